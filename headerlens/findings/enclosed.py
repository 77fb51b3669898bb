"""Findings about mails inside a mail: that there are some, which one was checked, and what a report is about."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.findings.facts import Facts
from headerlens.model.findings import Finding, Where
from headerlens.model.message import SourceKind
from headerlens.parse.attached import Attached, How, attached_in
from headerlens.parse.mime import walk
from headerlens.parse.reports import Report, report_of

_NAMES_TOLD = 3


def find_enclosed(facts: Facts) -> Iterator[Finding]:
    """Notes on the mail around this one, and on those inside it."""
    raw = facts.message.raw
    if raw.kind is SourceKind.ATTACHED and raw.inside:
        yield Finding("input.inside", {"name": raw.inside[-1]})
    found = attached_in(raw)
    report = report_of(walk(raw.octets)) or (Report.BOUNCE if any(one.how is How.BOUNCE for one in found) else None)
    if report:
        yield Finding("input.report", {"what": f"report.{report}"})
    if found:
        places = tuple(Where(start=one.start, end=one.end) for one in found[:_NAMES_TOLD] if one.end)
        params: dict[str, str | int] = {"n": len(found), "names": _names(found), "how": f"enclosed.{found[0].how}"}
        yield Finding("input.attached", params, places)


def _names(found: tuple[Attached, ...]) -> str:
    """The first few by their subjects, else by whoever sent them."""
    told = [one.subject or one.name or one.sender or "…" for one in found[:_NAMES_TOLD]]
    return ", ".join(told) + (", …" if len(found) > _NAMES_TOLD else "")
