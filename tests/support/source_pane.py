"""The header pane by itself, with real mails and their findings in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cache

from headerlens.gui.pages.headers import HeadersPane
from headerlens.model.case import Case
from headerlens.model.causes import Cause, Change, Part
from headerlens.model.message import RawMessage
from headerlens.pipeline import analyse
from headerlens.present.result import present_result
from headerlens.present.views import FindingView
from headerlens.present.words import Words
from headerlens.samples import samples
from tests.support.fake_engine import make_case

NOW = datetime(2026, 11, 21, 8, 20, tzinfo=UTC)


@cache
def sample_case(name: str) -> Case:
    """A shipped sample, judged by its recorded answers."""
    sample = next(one for one in samples() if one.name == name)
    return analyse(sample.message(), sample.lookup(), NOW)


def case_of(octets: bytes, *changes: Change) -> Case:
    """A case of `octets` whose first signature is explained by `changes`, with no findings of its own."""
    made = make_case(RawMessage(octets, "mail.eml"))
    case = replace(made, sender=replace(made.sender, border=None))
    cause = Cause(0, changes, header=False, body=True, whole=True)
    return replace(case, causes=(cause,) if changes else ())


def findings_of(case: Case, language: str = "en") -> tuple[FindingView, ...]:
    """What was found, in words."""
    return present_result(case, Words("ja" if language == "ja" else "en")).findings


def change(part: Part, start: int, end: int, *, signed: str = "", now: str = "", field: str = "") -> Change:
    """A change of no particular kind."""
    return Change("footer", part, start, end, signed, now, field)


def texts(pane: HeadersPane) -> list[str]:
    """The lines on the screen."""
    return pane.view.toPlainText().split("\n")
