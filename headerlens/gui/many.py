"""The window's door to checking many messages. Like `engine`: every import of a room stands inside a function."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from headerlens.batch.outcome import Checked, Outcome
    from headerlens.batch.run import Plan
    from headerlens.gui.engine import Asking
    from headerlens.model.case import Case, Choices
    from headerlens.model.dns import Lookup
    from headerlens.model.locator import Locator
    from headerlens.model.message import Refusal
    from headerlens.model.verdicts import SecondOpinion
    from headerlens.present.batch import BatchRow, Listed, SharedCause

Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """A message among many; `refusal` where it is already clear that it can't be read."""

    locator: Locator
    refusal: Refusal | None = None


@dataclass(frozen=True, slots=True)
class Many:
    """What a check comes to when the file holds more than one message."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A line of the table as a case again. `changed` when the file is no longer the one that was checked."""

    case: Case
    opinions: tuple[SecondOpinion, ...]
    changed: bool


class ManyEngine(Protocol):
    """What the window needs; tests put a small one in its place."""

    def holds_many(self, path: Path, cancelled: Cancelled) -> bool: ...  # noqa: D102  see LiveMany
    def find(self, paths: Sequence[Path], cancelled: Cancelled) -> Iterator[Found]: ...  # noqa: D102
    def check_all(  # noqa: D102
        self, locators: Iterable[Locator], asking: Asking, cancelled: Cancelled
    ) -> Iterator[tuple[int, Outcome[BatchRow]]]: ...
    def judge_all(  # noqa: D102
        self, lines: Iterable[tuple[Locator, Checked[BatchRow]]], asking: Asking, cancelled: Cancelled
    ) -> Iterator[tuple[int, Outcome[BatchRow]]]: ...
    def line_of(self, case: Case, opinions: tuple[SecondOpinion, ...]) -> Checked[BatchRow]: ...  # noqa: D102
    def open_again(  # noqa: D102
        self, locator: Locator, before: Checked[BatchRow], asking: Asking, cancelled: Cancelled
    ) -> Opened | Refusal | None: ...
    def shared_causes(  # noqa: D102
        self, rows: Iterable[tuple[int, BatchRow]], language: str
    ) -> tuple[SharedCause, ...]: ...
    def time_text(self, moment: datetime | None, language: str) -> str: ...  # noqa: D102
    def refusal_line(self, refusal: Refusal, language: str) -> str: ...  # noqa: D102
    def table(self, listed: Iterable[Listed], language: str, *, as_json: bool) -> str: ...  # noqa: D102


class LiveMany:
    """The real one. `jobs` at a time, None for the usual number."""

    jobs: int | None = None

    def answers(self, asking: Asking) -> Callable[[Cancelled], Lookup]:
        """What makes the lookup of one message."""
        from headerlens.dns.live import LiveOptions, live_lookup, offline_lookup

        if asking.offline:
            return lambda _cancelled: offline_lookup()
        options = LiveOptions(servers=asking.servers, timeout=asking.seconds, doh=asking.doh or None)
        return lambda cancelled: live_lookup(options, cancelled)

    def holds_many(self, path: Path, cancelled: Cancelled) -> bool:
        """Whether there is more than one message in it; a folder is a table, however little it holds."""
        from headerlens.intake.containers import messages_in

        return path.is_dir() or len(list(islice(messages_in(path, cancelled=cancelled), 2))) > 1

    def find(self, paths: Sequence[Path], cancelled: Cancelled) -> Iterator[Found]:
        """Every message in `paths`, in a stable order, each file once."""
        from headerlens.intake.containers import messages_in
        from headerlens.model.locator import Locator

        for path in dict.fromkeys(paths):
            for one in messages_in(path, cancelled=cancelled):
                if cancelled():
                    return
                yield Found(one) if isinstance(one, Locator) else Found(one.locator, one.refusal)

    def check_all(
        self, locators: Iterable[Locator], asking: Asking, cancelled: Cancelled
    ) -> Iterator[tuple[int, Outcome[BatchRow]]]:
        """What became of each, with its place, in the order of completion."""
        from headerlens.batch.run import run

        return run(locators, self._plan(asking), cancelled)

    def judge_all(
        self, lines: Iterable[tuple[Locator, Checked[BatchRow]]], asking: Asking, cancelled: Cancelled
    ) -> Iterator[tuple[int, Outcome[BatchRow]]]:
        """The same for lines that were checked before, by the answers kept with them: only a changed file asks."""
        from headerlens.batch.run import run
        from headerlens.batch.work import Again

        return run((Again(locator, before) for locator, before in lines), self._plan(asking), cancelled)

    def _plan(self, asking: Asking) -> Plan[BatchRow]:
        from headerlens.batch.run import Plan, usual_jobs
        from headerlens.casefile import open_listed_message
        from headerlens.present.batch import summarise
        from headerlens.reading import Which

        jobs = self.jobs or usual_jobs()
        read = partial(open_listed_message, which=Which.AUTO)
        return Plan(read, summarise, self.answers(asking), _now, _choices(asking), jobs, asking.seconds)

    def line_of(self, case: Case, opinions: tuple[SecondOpinion, ...]) -> Checked[BatchRow]:
        """What the table keeps of a message that was checked by itself."""
        from headerlens.batch.outcome import checked
        from headerlens.present.batch import summarise

        return checked(summarise(case, opinions), case)

    def open_again(
        self, locator: Locator, before: Checked[BatchRow], asking: Asking, cancelled: Cancelled
    ) -> Opened | Refusal | None:
        """The case that the line was made of, from the answers kept with it: nothing is asked.

        Where the file has changed since, it is checked as it is now. None when `cancelled` turned true.
        """
        from headerlens.batch.outcome import digest_of
        from headerlens.batch.work import judged
        from headerlens.casefile import open_listed_message
        from headerlens.dns.recorded import replay
        from headerlens.findings.second import reviewed
        from headerlens.model.message import Refusal
        from headerlens.model.progress import Stopped
        from headerlens.pipeline import prove
        from headerlens.reading import Which
        from headerlens.verify.second_opinion import second_opinion

        found = open_listed_message(locator, Which.AUTO)
        if isinstance(found, Refusal):
            return found
        try:
            ask = self.answers(asking)(cancelled)
            case = judged(found, before, _choices(asking), ask=ask, now=_now(), cancelled=cancelled)
        except Stopped:
            return None
        changed = digest_of(case.raw) != before.digest
        opinions = second_opinion(case.message, case.dkim, replay(case.evidence))
        return Opened(prove(reviewed(case, opinions), cancelled), opinions, changed)

    def shared_causes(self, rows: Iterable[tuple[int, BatchRow]], language: str) -> tuple[SharedCause, ...]:
        """What several messages have in common, the commonest first."""
        from headerlens.present.batch import shared_causes

        return shared_causes(rows, language)

    def time_text(self, moment: datetime | None, language: str) -> str:
        """When a message was received, for a narrow column."""
        from headerlens.present.batch import time_text
        from headerlens.present.words import Words

        return time_text(moment, Words(language), datetime.now().astimezone().year)

    def refusal_line(self, refusal: Refusal, language: str) -> str:
        """Why it can't be read, in one line."""
        from headerlens.present.words import Words

        return Words(language).refusal(refusal).headline

    def table(self, listed: Iterable[Listed], language: str, *, as_json: bool) -> str:
        """The table as a file's text; CSV begins with a byte order mark."""
        from headerlens.present.words import Words
        from headerlens.report.csv import BYTE_ORDER_MARK, csv_text, table_json

        words = Words(language)
        return table_json(listed, words) + "\n" if as_json else BYTE_ORDER_MARK + csv_text(listed, words)


def _now() -> datetime:
    return datetime.now(UTC)


def _choices(asking: Asking) -> Choices:
    """What holds for every message; what SPF is judged by belongs to one."""
    from headerlens.model.case import Choices

    return replace(Choices(), trusted=asking.trusted, offline=asking.offline)
