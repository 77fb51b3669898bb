"""The window's only door to the engine. Every import of a room stands inside a function.

Start-up must not load dkimpy, pyspf, dnspython or cryptography (conventions.md 7): `warm` does so in a worker after the
first paint. Whatever is slow here is called from workers; what only puts words on a finished case is called by pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from headerlens.gui.documents import Documents
from headerlens.gui.domains import DomainEngine, LiveDomains
from headerlens.gui.many import LiveMany, ManyEngine
from headerlens.gui.opening import Relatives, read, relatives, stored_in
from headerlens.gui.sources import Source, of_sample

if TYPE_CHECKING:
    from headerlens.model.case import Case, Choices
    from headerlens.model.dns import Answer, Lookup, Question
    from headerlens.model.message import Message, RawMessage, Refusal
    from headerlens.model.progress import Progress
    from headerlens.model.verdicts import SecondOpinion, SenderInputs
    from headerlens.present.evidence_views import EvidenceView
    from headerlens.present.views import MessageLine, ProgressView, RefusalView, ResultView

Watcher = Callable[["Progress"], None]
Opened = Callable[["Message"], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class SpfValues:
    """What SPF is judged by instead of the headers, as in `Choices`; None leaves a value to them."""

    border: int | None = None
    client_ip: str | None = None
    helo: str | None = None
    mail_from: str | None = None


NOT_CHOSEN = SpfValues()


@dataclass(frozen=True, slots=True)
class Asking:
    """How DNS may be asked: `servers` empty means the system's, `seconds` is the limit of one look-up.

    `doh` is the URL of a resolver to ask over HTTPS instead, "" for none; `spf` belongs to one mail.
    """

    offline: bool = False
    servers: tuple[str, ...] = ()
    seconds: float = 5.0
    trusted: tuple[str, ...] = ()
    doh: str = ""
    spf: SpfValues = NOT_CHOSEN


class Engine(Protocol):
    """What the window needs; tests put a small one in its place."""

    @property
    def many(self) -> ManyEngine: ...  # noqa: D102  see LiveEngine
    @property
    def documents(self) -> Documents: ...  # noqa: D102  see LiveEngine
    @property
    def domains(self) -> DomainEngine: ...  # noqa: D102  see LiveEngine
    def warm(self) -> None: ...  # noqa: D102  see LiveEngine
    def check(  # noqa: D102
        self, source: Source, asking: Asking, watcher: Watcher, opened: Opened,
        *, stop_asking: Cancelled, cancelled: Cancelled,
    ) -> Case | Refusal | None: ...  # fmt: skip
    def judge_again(  # noqa: D102
        self, case: Case, source: Source, asking: Asking, watcher: Watcher,
        *, may_ask: bool, stop_asking: Cancelled, cancelled: Cancelled,
    ) -> Case | None: ...  # fmt: skip
    def second_opinion(self, case: Case) -> tuple[SecondOpinion, ...]: ...  # noqa: D102
    def reviewed(self, case: Case, opinions: tuple[SecondOpinion, ...]) -> Case: ...  # noqa: D102
    def prove(self, case: Case, cancelled: Cancelled) -> Case: ...  # noqa: D102
    def look(self, source: Source) -> Glance: ...  # noqa: D102
    def relatives(self, source: Source, shown: RawMessage) -> Relatives: ...  # noqa: D102
    def questions(self, source: Source, asking: Asking) -> tuple[Question, ...] | None: ...  # noqa: D102
    def proposal(self, case: Case, border: int | None) -> SenderInputs: ...  # noqa: D102
    def border_words(self, reason: str, language: str) -> str: ...  # noqa: D102
    def receiver_to_trust(self, case: Case) -> str: ...  # noqa: D102
    def line(self, message: Message, language: str) -> MessageLine: ...  # noqa: D102
    def result(  # noqa: D102
        self, case: Case, language: str, *, sample: bool, second: tuple[SecondOpinion, ...]
    ) -> ResultView: ...
    def evidence(  # noqa: D102
        self, case: Case, language: str, *, sample: bool, second: tuple[SecondOpinion, ...]
    ) -> EvidenceView: ...
    def refusal(self, refusal: Refusal, language: str) -> RefusalView: ...  # noqa: D102
    def progress(self, progress: Progress, language: str) -> ProgressView: ...  # noqa: D102
    def answer_text(self, case: Case, language: str) -> str: ...  # noqa: D102
    def report_json(self, case: Case, view: ResultView, opinions: tuple[SecondOpinion, ...]) -> str: ...  # noqa: D102
    def letter(  # noqa: D102
        self, case: Case, language: str, to: str, opinions: tuple[SecondOpinion, ...]
    ) -> tuple[str, str] | None: ...


@dataclass(frozen=True, slots=True)
class Glance:
    """A quick look at a pasted text: how many header lines, whether a body follows, the From domain or None."""

    fields: int
    body: bool
    domain: str | None
    has_from: bool


class LiveEngine:
    """The real one."""

    @property
    def many(self) -> ManyEngine:
        """The same for many messages at once."""
        return LiveMany()

    @property
    def documents(self) -> Documents:
        """What makes files and papers of a case."""
        return Documents()

    @property
    def domains(self) -> DomainEngine:
        """The set-up of a domain, without a mail."""
        return LiveDomains()

    def warm(self) -> None:
        """Do everything once with a shipped example, so that the first mail waits for no import and for no table.

        The catalogue alone takes 100 ms a language to read, and the window's thread would read it.
        """
        import headerlens.batch.run
        import headerlens.intake.containers
        import headerlens.present.batch  # noqa: F401
        from headerlens.model.case import Case
        from headerlens.samples import samples

        case = self.check(of_sample(samples()[0]), Asking(), _unheard, _unheard, stop_asking=_never, cancelled=_never)
        if isinstance(case, Case):
            for language in ("en", "ja"):
                self.result(case, language, sample=True, second=())
                self.evidence(case, language, sample=True, second=())

    def check(
        self,
        source: Source,
        asking: Asking,
        watcher: Watcher,
        opened: Opened,
        *,
        stop_asking: Cancelled,
        cancelled: Cancelled,
    ) -> Case | Refusal | None:
        """The case of `source`, a refusal, or None when `cancelled` turned true.

        `opened` gets the message as soon as it is read. `stop_asking` ends the look-ups only: what is known by then is
        judged.
        """
        from headerlens.casefile import StoredCase
        from headerlens.model.message import Refusal
        from headerlens.parse.message import parse

        stored = stored_in(source)
        if isinstance(stored, StoredCase) and source.attached is None and not source.live:
            opened(parse(stored.raw))
            return stored.reopen()
        raw = read(source)
        if isinstance(raw, Refusal):
            return raw
        opened(parse(raw))
        ask, now = _lookup(source, asking, stop_asking)
        return _analyse(raw, ask, now, _choices(source, asking), watcher=watcher, cancelled=cancelled)

    def judge_again(
        self,
        case: Case,
        source: Source,
        asking: Asking,
        watcher: Watcher,
        *,
        may_ask: bool,
        stop_asking: Cancelled,
        cancelled: Cancelled,
    ) -> Case | None:
        """`case` with the choices of `asking`, from the answers it has; None when `cancelled` turned true.

        With `may_ask` the questions it has no answer to are asked. Without, it is judged by its own evidence alone.
        """
        from headerlens.dns.recorded import replay

        choices = _choices(source, asking)
        if may_ask:
            ask = _known_first(case, _lookup(source, asking, stop_asking)[0])
        else:
            ask = replay((*case.evidence, *case.foreseen))
            choices = replace(choices, offline=case.choices.offline)
        again = _analyse(case.raw, ask, case.checked_at, choices, watcher=watcher, cancelled=cancelled)
        return None if again is None else replace(again, reopened=case.reopened)

    def reviewed(self, case: Case, opinions: tuple[SecondOpinion, ...]) -> Case:
        """The case after dkimpy's word; the very same one when that changes nothing."""
        from headerlens.findings.second import reviewed

        return reviewed(case, opinions)

    def prove(self, case: Case, cancelled: Cancelled) -> Case:
        """The case with what was changed since signing; the very same one where nothing of that can be proved."""
        from headerlens.pipeline import prove

        return prove(case, cancelled)

    def second_opinion(self, case: Case) -> tuple[SecondOpinion, ...]:
        """What dkimpy says about the same signatures from the same answers."""
        from headerlens.dns.recorded import replay
        from headerlens.verify.second_opinion import second_opinion

        return tuple(second_opinion(case.message, case.dkim, replay(case.evidence)))

    def look(self, source: Source) -> Glance:
        """How far `source` looks like a mail."""
        from headerlens.model.message import Refusal
        from headerlens.parse.message import parse

        raw = read(source)
        if isinstance(raw, Refusal):
            return Glance(0, body=False, domain=None, has_from=False)
        message = parse(raw)
        domains = [one.domain for one in message.author if one.domain]
        domain = domains[0] if domains and len(message.fields) >= 3 else None
        return Glance(len(message.fields), bool(message.body.strip()), domain, bool(message.from_fields))

    def relatives(self, source: Source, shown: RawMessage) -> Relatives:
        """The mails around and inside `shown`, which `source` meant."""
        return relatives(source, shown)

    def questions(self, source: Source, asking: Asking) -> tuple[Question, ...] | None:
        """What a check of `source` would ask DNS first; None when it is no mail. Asks nobody."""
        from headerlens.model.message import Refusal
        from headerlens.preview import questions_ahead

        raw = read(source)
        return None if isinstance(raw, Refusal) else questions_ahead(raw, _choices(source, asking))

    def proposal(self, case: Case, border: int | None) -> SenderInputs:
        """What the headers say SPF is to be judged by, if hop `border` is the border, None for the likeliest."""
        from headerlens.model.case import Choices
        from headerlens.verify.sender import propose_sender

        return propose_sender(case.message, Choices(border=border))

    def border_words(self, reason: str, language: str) -> str:
        """Why a hop is taken for the border."""
        from headerlens.present.words import Words

        return Words(_language(language)).phrase_or(reason, "border.other")

    def receiver_to_trust(self, case: Case) -> str:
        """The receiver whose record would be believed if the person said so, "" when there is none to ask about."""
        from headerlens.model.verdicts import Trust
        from headerlens.verify.receiver import organization_of_host

        ids = {one.field_index: one.authserv_id for one in case.message.recorded}
        for one in case.trust:
            if one.trust is Trust.PROPOSED and one.field_index in ids:
                # Microsoft writes no id: then the organisation of its servers stands for it (verify/trust.py)
                return (ids[one.field_index] or organization_of_host(one.name) or "").lower()
        return ""

    def line(self, message: Message, language: str) -> MessageLine:
        """Who the message says it is from, before anything is checked."""
        from headerlens.model.message import BodyState
        from headerlens.present.message_line import line_of
        from headerlens.present.words import Words
        from headerlens.verify.body import body_is_missing

        state = BodyState.MISSING if body_is_missing(message) else BodyState.COMPLETE
        return line_of(message, state, Words(_language(language)))

    def result(self, case: Case, language: str, *, sample: bool, second: tuple[SecondOpinion, ...]) -> ResultView:
        """The answer page in words."""
        from headerlens.present.result import present_result
        from headerlens.present.words import Words

        return present_result(case, Words(_language(language)), sample=sample, second=second)

    def evidence(self, case: Case, language: str, *, sample: bool, second: tuple[SecondOpinion, ...]) -> EvidenceView:
        """The evidence panes in words."""
        from headerlens.present.evidence_panes import present_evidence
        from headerlens.present.words import Words

        return present_evidence(case, Words(_language(language)), sample=sample, second=second)

    def refusal(self, refusal: Refusal, language: str) -> RefusalView:
        """A refusal in words."""
        from headerlens.present.refusal import present_refusal
        from headerlens.present.words import Words

        return present_refusal(refusal, Words(_language(language)))

    def progress(self, progress: Progress, language: str) -> ProgressView:
        """How far it is, in words."""
        from headerlens.present.progress import present_progress
        from headerlens.present.words import Words

        return present_progress(progress, Words(_language(language)))

    def answer_text(self, case: Case, language: str) -> str:
        """What "Copy answer" puts on the clipboard."""
        from headerlens.present.answer import answer_text
        from headerlens.present.words import Words

        return answer_text(case, Words(_language(language)))

    def report_json(self, case: Case, view: ResultView, opinions: tuple[SecondOpinion, ...]) -> str:
        """The report as JSON (product.md 3), the same as `headerlens check --json` prints."""
        from headerlens.report.json import report, report_text

        return report_text([report(case, view, opinions)])

    def letter(self, case: Case, language: str, to: str, opinions: tuple[SecondOpinion, ...]) -> tuple[str, str] | None:
        """Subject and text for the administrator of the "sender" or one's "own"; None where nothing is to be mended."""
        from headerlens.present.letter import Addressee, letter
        from headerlens.present.words import Words

        made = letter(case, Words(_language(language)), Addressee(to), second=opinions)
        return None if made is None else (made.subject, made.body)


def _unheard(_news: object) -> None:
    """Nobody listens."""


def _never() -> bool:
    return False


def _lookup(source: Source, asking: Asking, stop_asking: Cancelled) -> tuple[Lookup, datetime]:
    """Where answers come from and what time it is: a sample brings both with it."""
    if source.sample is not None:
        return source.sample.lookup(), source.sample.checked_at
    return _network(asking, stop_asking), datetime.now(UTC)


def _network(asking: Asking, stop_asking: Cancelled) -> Lookup:
    from headerlens.dns.live import LiveOptions, live_lookup, offline_lookup

    if asking.offline:
        return offline_lookup()
    options = LiveOptions(servers=asking.servers, timeout=asking.seconds, doh=asking.doh or None)
    return live_lookup(options, stop_asking)


def _choices(source: Source, asking: Asking) -> Choices:
    """What the person decided; a sample has decided whom it believes."""
    from headerlens.model.case import Choices

    spf = asking.spf
    sample = source.sample
    base = Choices(trusted=asking.trusted, offline=asking.offline) if sample is None else sample.choices
    return replace(base, border=spf.border, client_ip=spf.client_ip, helo=spf.helo, mail_from=spf.mail_from)


def _analyse(
    raw: RawMessage, ask: Lookup, now: datetime, choices: Choices, *, watcher: Watcher, cancelled: Cancelled
) -> Case | None:
    from headerlens.model.progress import Stopped
    from headerlens.pipeline import analyse

    try:
        return analyse(raw, ask, now, choices=choices, progress=watcher, cancelled=cancelled)
    except Stopped:
        return None


def _known_first(case: Case, ask: Lookup) -> Lookup:
    """The answers `case` has, and `ask` for the rest. A question that was never sent has no answer yet."""
    from headerlens.model.dns import Failure

    def was_asked(answer: Answer) -> bool:
        return answer.failure not in {Failure.OFFLINE, Failure.CANCELLED, Failure.TOO_MANY}

    answers = (*(one.answer for one in case.evidence), *case.foreseen)
    known = {answer.question: answer for answer in answers if was_asked(answer)}

    def look_up(question: Question) -> Answer:
        return known[question] if question in known else ask(question)

    return look_up


def _language(language: str) -> str:
    return "ja" if language == "ja" else "en"
