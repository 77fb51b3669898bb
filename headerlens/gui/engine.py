"""The window's only door to the engine. Every import of a room stands inside a function.

Start-up must not load dkimpy, pyspf, dnspython or cryptography (conventions.md 7): `warm` does so in a worker after the
first paint. Whatever is slow here is called from workers; what only puts words on a finished case is called by pages.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

from headerlens.gui.sources import Source

if TYPE_CHECKING:
    from headerlens.model.case import Case
    from headerlens.model.dns import Lookup
    from headerlens.model.message import RawMessage, Refusal
    from headerlens.model.progress import Progress
    from headerlens.model.verdicts import SecondOpinion
    from headerlens.present.views import ProgressView, RefusalView, ResultView

Watcher = Callable[["Progress"], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Asking:
    """How DNS may be asked: `servers` empty means the system's, `seconds` is the limit of one look-up."""

    offline: bool = False
    servers: tuple[str, ...] = ()
    seconds: float = 5.0
    trusted: tuple[str, ...] = ()


class Engine(Protocol):
    """What the window needs; tests put a small one in its place."""

    def warm(self) -> None: ...  # noqa: D102  see LiveEngine
    def check(  # noqa: D102
        self, source: Source, asking: Asking, watcher: Watcher, *, stop_asking: Cancelled, cancelled: Cancelled
    ) -> Case | Refusal | None: ...
    def second_opinion(self, case: Case) -> tuple[SecondOpinion, ...]: ...  # noqa: D102
    def look(self, source: Source) -> Glance: ...  # noqa: D102
    def result(self, case: Case, language: str, *, sample: bool) -> ResultView: ...  # noqa: D102
    def refusal(self, refusal: Refusal, language: str) -> RefusalView: ...  # noqa: D102
    def progress(self, progress: Progress, language: str) -> ProgressView: ...  # noqa: D102
    def answer_text(self, case: Case, language: str) -> str: ...  # noqa: D102
    def report_json(self, case: Case, view: ResultView, opinions: tuple[SecondOpinion, ...]) -> str: ...  # noqa: D102


@dataclass(frozen=True, slots=True)
class Glance:
    """A quick look at a pasted text: how many header lines, whether a body follows, the From domain or None."""

    fields: int
    body: bool
    domain: str | None
    has_from: bool


class LiveEngine:
    """The real one."""

    def warm(self) -> None:
        """Load what a first check needs, so that it does not have to wait for it."""
        import headerlens.pipeline
        import headerlens.present.result  # noqa: F401
        from headerlens.present.words import Words

        Words("en")
        Words("ja")

    def check(
        self, source: Source, asking: Asking, watcher: Watcher, *, stop_asking: Cancelled, cancelled: Cancelled
    ) -> Case | Refusal | None:
        """The case of `source`, a refusal, or None when `cancelled` turned true.

        `stop_asking` ends the look-ups only: what is known by then is judged.
        """
        from headerlens.model.case import Choices
        from headerlens.model.message import Refusal
        from headerlens.model.progress import Stopped
        from headerlens.pipeline import analyse

        raw = read(source)
        if isinstance(raw, Refusal):
            return raw
        ask, now = _lookup(source, asking, stop_asking)
        if source.sample is not None:
            choices = source.sample.choices
        else:
            choices = Choices(trusted=asking.trusted, offline=asking.offline)
        try:
            return analyse(raw, ask, now, choices=choices, progress=watcher, cancelled=cancelled)
        except Stopped:
            return None

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

    def result(self, case: Case, language: str, *, sample: bool) -> ResultView:
        """The answer page in words."""
        from headerlens.present.result import present_result
        from headerlens.present.words import Words

        return present_result(case, Words(_language(language)), sample=sample)

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


def read(source: Source) -> RawMessage | Refusal:
    """The octets behind `source`, repaired as far as that is certain."""
    from headerlens.intake.files import read_file, read_octets

    if source.path is not None:
        return read_file(source.path)
    if source.sample is not None:
        return source.sample.message()
    return read_octets(source.octets or b"", source.name, pasted=True)


def _lookup(source: Source, asking: Asking, stop_asking: Cancelled) -> tuple[Lookup, datetime]:
    """Where answers come from and what time it is: a sample brings both with it."""
    if source.sample is not None:
        return source.sample.lookup(), source.sample.checked_at
    return _network(asking, stop_asking), datetime.now(UTC)


def _network(asking: Asking, stop_asking: Cancelled) -> Lookup:
    from headerlens.dns.live import LiveOptions, live_lookup, offline_lookup

    if asking.offline:
        return offline_lookup()
    options = LiveOptions(servers=asking.servers, timeout=asking.seconds)
    return live_lookup(options, stop_asking)


def _language(language: str) -> str:
    return "ja" if language == "ja" else "en"
