# ruff: noqa: ARG002  the signatures are the engine's
"""An engine for tests of the window: it reads the message for real, judges by a word in its name, and can be held."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

from headerlens.gui.documents import Documents
from headerlens.gui.engine import Asking, Glance, LiveEngine
from headerlens.gui.many import LiveMany, ManyEngine
from headerlens.gui.opening import Relatives, read
from headerlens.gui.sources import Source
from headerlens.model.case import Case, Choices
from headerlens.model.dns import Answer, Evidence, Outcome, Question
from headerlens.model.findings import Judgement, Level
from headerlens.model.message import BodyState, Message, RawMessage, Refusal
from headerlens.model.progress import Progress, Step
from headerlens.model.verdicts import (
    ArcCheck,
    DmarcCheck,
    Identity,
    Organization,
    Result,
    SecondOpinion,
    SenderInputs,
    SpfCheck,
)
from headerlens.parse.message import parse
from headerlens.present.evidence_views import EvidenceView
from headerlens.present.views import Glyph, MessageLine, ProgressView, RefusalView, ResultView
from tests.support import views
from tests.support.domains import RecordedDomains

CHECKED = datetime(2026, 11, 21, 8, 20, tzinfo=UTC)
SENDER = SenderInputs("192.0.2.25", "received", None, "", "", "", 0, "")
KEY = Answer(
    Question("k2026._domainkey.example.co.jp", "TXT"), Outcome.FOUND, ((b"v=DKIM1; p=AA",),), milliseconds=12.0
)
NO_POLICY = Answer(Question("_dmarc.shop.example.co.jp", "TXT"), Outcome.NO_NAME, milliseconds=7.0)


def make_case(raw: RawMessage, level: Level = Level.PASS) -> Case:
    """A finished case of `raw` that says `level`, with two questions to DNS."""
    message = parse(raw)
    domain = message.author[0].domain if message.author else ""
    spf = SpfCheck(SENDER, Result.PASS, None, Identity.MAILFROM, "mail.example.co.jp")
    dmarc = DmarcCheck(
        Result.PASS, None, domain, Organization(domain, domain, "itself"), None, None, None, None, None,
        test_mode=False, spf_aligned=True, dkim_aligned=True,
    )  # fmt: skip
    evidence = (Evidence(NO_POLICY, ("dmarc",)), Evidence(KEY, ("dkim",)))
    return Case(
        raw, CHECKED, Choices(), message, BodyState.COMPLETE, SENDER, None, (), spf, ArcCheck(Result.NONE, None), dmarc,
        (), (), (), Judgement(level, "S2"), evidence,
    )  # fmt: skip


def _chosen(case: Case, asking: Asking) -> Case:
    """The case with what the person chose in it."""
    spf = asking.spf
    choices = Choices(asking.trusted, spf.client_ip, spf.mail_from, spf.helo, spf.border, offline=asking.offline)
    address = spf.client_ip or SENDER.client_ip
    return replace(case, choices=choices, sender=replace(SENDER, client_ip=address))


class FakeEngine:
    """Names with "spoofed" fail, with "broken" raise. `hold` keeps a check waiting until `go` or a stop."""

    def __init__(self) -> None:
        self.checked: list[str] = []
        self.asked_with: list[Asking] = []
        self.threads: set[int] = set()
        self.hold = False
        self.deaf = False
        self.go = threading.Event()
        self.words: list[str] = []
        self.judged: list[tuple[Asking, bool]] = []
        self.proposes = ""
        self.domains = RecordedDomains()

    @property
    def many(self) -> ManyEngine:
        return LiveMany()

    @property
    def documents(self) -> Documents:
        return Documents()

    def letter(self, case: Case, language: str, to: str, opinions: tuple[SecondOpinion, ...]) -> tuple[str, str] | None:
        return None if to == "own" else (f"{language} subject", "body")

    def warm(self) -> None:
        """Nothing to load."""

    def check(
        self,
        source: Source,
        asking: Asking,
        watcher: Callable[[Progress], None],
        opened: Callable[[Message], None],
        *,
        stop_asking: Callable[[], bool],
        cancelled: Callable[[], bool],
    ) -> Case | Refusal | None:
        self.threads.add(threading.get_ident())
        self.checked.append(source.name)
        self.asked_with.append(asking)
        raw = read(source)
        if isinstance(raw, RawMessage):
            opened(parse(raw))
        watcher(Progress(Step.READ))
        watcher(Progress(Step.SPF, 8, 5, "_spf.example.net"))
        while self.hold and not self.go.wait(0.01) and not cancelled() and (self.deaf or not stop_asking()):
            pass
        if cancelled():
            return None
        if isinstance(raw, Refusal):
            return raw
        if "broken" in source.name:
            msg = "the secret subject of the mail"
            raise ValueError(msg)
        stopped = self.hold and not self.go.is_set()
        level = Level.UNKNOWN if stopped else Level.FAIL if "spoofed" in source.name else Level.PASS
        return _chosen(make_case(raw, level), asking)

    def judge_again(
        self,
        case: Case,
        source: Source,
        asking: Asking,
        watcher: Callable[[Progress], None],
        *,
        may_ask: bool,
        stop_asking: Callable[[], bool],
        cancelled: Callable[[], bool],
    ) -> Case | None:
        self.judged.append((asking, may_ask))
        return _chosen(make_case(case.raw, case.judgement.level), asking)

    def second_opinion(self, case: Case) -> tuple[SecondOpinion, ...]:
        return ()

    def reviewed(self, case: Case, opinions: tuple[SecondOpinion, ...]) -> Case:
        return case

    def prove(self, case: Case, cancelled: Callable[[], bool]) -> Case:
        return case

    def relatives(self, source: Source, shown: RawMessage) -> Relatives:
        return LiveEngine().relatives(source, shown)

    def questions(self, source: Source, asking: Asking) -> tuple[Question, ...] | None:
        return LiveEngine().questions(source, asking)

    def proposal(self, case: Case, border: int | None) -> SenderInputs:
        return LiveEngine().proposal(case, border)

    def border_words(self, reason: str, language: str) -> str:
        return LiveEngine().border_words(reason, language)

    def receiver_to_trust(self, case: Case) -> str:
        return "" if self.proposes in case.choices.trusted else self.proposes

    def line(self, message: Message, language: str) -> MessageLine:
        return LiveEngine().line(message, language)

    def look(self, source: Source) -> Glance:
        return LiveEngine().look(source)

    def result(self, case: Case, language: str, *, sample: bool, second: tuple[SecondOpinion, ...]) -> ResultView:
        self.words.append(language)
        if case.judgement.level is Level.FAIL:
            return views.spoofed()
        return views.third_party() if language == "ja" else views.all_pass()

    def evidence(self, case: Case, language: str, *, sample: bool, second: tuple[SecondOpinion, ...]) -> EvidenceView:
        return LiveEngine().evidence(case, language, sample=sample, second=second)

    def refusal(self, refusal: Refusal, language: str) -> RefusalView:
        if language == "ja":
            return RefusalView(
                refusal.id, "メールのソースではありません", "ヘッダー行が見つかりません。", "すべてコピーしてください。"
            )
        return RefusalView(refusal.id, "This isn't an email source", "No header lines were found.", "Copy all of it.")

    def progress(self, progress: Progress, language: str) -> ProgressView:
        lines = (
            (Glyph.PASS, "SPF", progress.detail),
            (Glyph.RUN, "DKIM", "k2026"),
            (Glyph.WAIT, "DMARC", "_dmarc.example.co.jp"),
        )
        headline = f"Checking… {progress.answered} of {progress.asked}"
        times = ((5.0, 5.02), (5.02, None), (None, None))
        return ProgressView(
            headline, progress.asked, progress.answered, lines, began=5.0, times=times, waiting="waiting"
        )

    def answer_text(self, case: Case, language: str) -> str:
        return f"{language}: {case.judgement.level.value}"

    def report_json(self, case: Case, view: ResultView, opinions: tuple[SecondOpinion, ...]) -> str:
        return '{"schema": "headerlens.report/1"}'
