"""A case as everything that a written report shows; recipients are masked unless they may be seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import tzinfo
from hashlib import sha256
from typing import Any, TypeVar

from headerlens import __version__
from headerlens.model.case import Case
from headerlens.model.dns import Failure
from headerlens.model.verdicts import SecondOpinion
from headerlens.present.harmless import harmless
from headerlens.present.recipients import address_mask
from headerlens.present.report_tables import report_tables
from headerlens.present.report_views import ReportView
from headerlens.present.result import present_result
from headerlens.present.views import ResultView, plain
from headerlens.present.words import Words
from headerlens.providers.knowledge import service_name

T = TypeVar("T")


def present_report(
    case: Case,
    words: Words,
    *,
    zone: tzinfo | None = None,
    sample: bool = False,
    second: tuple[SecondOpinion, ...] = (),
    masked: bool = True,
) -> ReportView:
    """The whole report in one language, times in `zone`, None for that of this computer."""
    result = present_result(case, words, zone=zone, sample=sample, second=second)
    names = {"headline": plain(result.verdict.headline), "name": result.line.source_name}
    report = ReportView(
        language=words.language,
        title=words.phrase("report.title", names, dict.fromkeys(names, "ready")),
        name=result.line.source_name,
        checked=words.moment(case.checked_at, zone),
        result=result,
        facts=tuple(_facts(case, words, result)),
        tables=report_tables(case, words, zone),
        footer=tuple(_footer(case, words, zone, sample=sample, masked=masked)),
    )
    return hide_recipients(report, case) if masked else report


def hide_recipients(view: T, case: Case) -> T:
    """The same record with the recipients' addresses masked in every text."""
    mask = address_mask(case.message)
    return view if mask is None else _each_text(view, mask)


def _each_text(value: Any, change: Any) -> Any:  # noqa: ANN401  records, tuples and texts alike
    if type(value) is str:
        return change(value)
    if type(value) is tuple:
        return tuple(_each_text(one, change) for one in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _each_text(getattr(value, one.name), change) for one in fields(value)})
    return value


def _facts(case: Case, words: Words, result: ResultView) -> Iterator[tuple[str, str]]:
    """What the message says of itself and how it came, label and value."""
    line, message, inputs = result.line, case.message, case.sender
    pill = {"name": line.source_name, "pill": line.pill_text}
    written = {"date": line.date, "value": line.date_written}
    values = {
        "from": " ".join(part for part in (line.address, line.display) if part),
        "subject": line.subject,
        "date": words.phrase("report.date-written", written, dict.fromkeys(written, "ready"))
        if line.date_written
        else line.date,
        "message-id": harmless(message.message_id or ""),
        "return-path": harmless(case.spf.domain),
        "client": harmless(" ".join(part for part in (inputs.client_ip, inputs.helo) if part)),
        "service": harmless(service_name(case.provider.id, words.language)) if case.provider is not None else "",
        "source": words.phrase("ticket.file", pill, dict.fromkeys(pill, "ready")),
    }
    for name, value in values.items():
        if value:
            yield words.phrase(f"report.{name}"), value


def _footer(case: Case, words: Words, zone: tzinfo | None, *, sample: bool, masked: bool) -> Iterator[str]:
    given = case.raw.octets if case.raw.original is None else case.raw.original
    date = words.moment(case.checked_at, zone)
    yield words.phrase("report.checked", {"date": date, "version": __version__}, {"date": "ready"})
    if case.choices.as_of is not None:
        yield words.phrase("report.as-of", {"date": words.moment(case.choices.as_of, zone)}, {"date": "ready"})
    yield words.phrase("report.zone", {"value": f"UTC{case.checked_at.astimezone(zone).isoformat()[-6:]}"})
    yield words.phrase(f"report.answers-{_answers(case, sample=sample)}")
    yield words.phrase("report.digest", {"n": len(given), "value": sha256(given).hexdigest()})
    yield words.phrase("report.plain")
    if masked:
        yield words.phrase("report.masked")


def _answers(case: Case, *, sample: bool) -> str:
    if case.reopened:
        return "file"
    if sample:
        return "sample"
    failures = [one.answer.failure for one in case.evidence]
    return "offline" if failures and all(one is Failure.OFFLINE for one in failures) else "live"
