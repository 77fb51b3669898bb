"""The tables of a report: what receivers recorded, the signatures, the path and the questions to DNS."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from headerlens.model.case import Case
from headerlens.model.dns import Answer, Outcome
from headerlens.model.limits import MAX_REPORT_ROWS, MAX_SHOWN_CHARACTERS
from headerlens.model.message import Hop
from headerlens.model.records import RecordedField
from headerlens.model.verdicts import DkimCheck
from headerlens.present.harmless import harmless
from headerlens.present.report_views import TableView
from headerlens.present.words import Words

_MINUTE, _HOUR = 60, 3600


def report_tables(case: Case, words: Words, zone: tzinfo | None = None) -> tuple[TableView, ...]:
    """Those that have anything to tell, in the order of the evidence panes."""
    found = (
        _table(words, "recorded", ("writer", "believed", "results"), tuple(_recorded(case, words)), (0,)),
        _table(words, "signatures", _SIGNATURES, tuple(_signatures(case, words)), (1, 2, 3)),
        _table(words, "path", _PATH, tuple(_hops(case, words, zone)), (1, 2)),
        _table(words, "dns", ("dns-name", "dns-type", "dns-answer", "dns-used"), tuple(_dns(case, words)), (0, 2)),
    )
    return tuple(table for table in found if table.rows)


_SIGNATURES = ("number", "domain", "selector", "algorithm", "headers-part", "body-part", "result")
_PATH = ("number", "path-from", "path-by", "path-time", "path-delay", "path-protocol")


def _table(
    words: Words, name: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], mono: tuple[int, ...]
) -> TableView:
    left = len(rows) - MAX_REPORT_ROWS
    return TableView(
        name,
        words.phrase(f"report.{name}-heading"),
        tuple(words.phrase(f"report.{column}") for column in columns),
        rows[:MAX_REPORT_ROWS],
        mono,
        words.phrase("report.more", {"n": left}) if left > 0 else "",
    )


# ---- recorded results


def _recorded(case: Case, words: Words) -> Iterator[tuple[str, ...]]:
    trust = {one.field_index: one for one in case.trust}
    for field in case.message.recorded:
        judged = trust.get(field.field_index)
        believed = words.phrase(f"report.believed-{judged.trust.value}") if judged is not None else "?"
        name = judged.name if judged is not None and judged.name else field.authserv_id or field.field_name
        yield harmless(name), believed, harmless(_results(field))


def _results(field: RecordedField) -> str:
    return ", ".join(f"{one.method}={one.result}" for one in field.results)


# ---- signatures


def _signatures(case: Case, words: Words) -> Iterator[tuple[str, ...]]:
    for check in case.dkim:
        yield (
            str(check.index + 1),
            harmless(check.signature.domain or "?"),
            harmless(check.signature.selector or "?"),
            harmless(_algorithm(check)),
            words.phrase(f"report.{check.header_hash.value}"),
            words.phrase(f"report.{check.body_hash.value}"),
            check.result.value,
        )


def _algorithm(check: DkimCheck) -> str:
    bits = check.key.bits if check.key is not None else None
    return " ".join(part for part in (check.signature.algorithm or "?", str(bits) if bits else "") if part)


# ---- path


def _hops(case: Case, words: Words, zone: tzinfo | None) -> Iterator[tuple[str, ...]]:
    hops = case.message.hops
    for number, place in enumerate(range(len(hops) - 1, -1, -1), 1):
        hop = hops[place]
        before = hops[place + 1] if place + 1 < len(hops) else None
        by = harmless(hop.by or "?")
        yield (
            str(number),
            harmless(_client(hop)),
            words.phrase("report.path-border", {"name": by}, {"name": "ready"}) if place == case.sender.border else by,
            words.moment(hop.time, zone) if hop.time is not None else "",
            _delay(hop, before, words),
            harmless(" ".join(part for part in (hop.protocol, hop.tls) if part)),
        )


def _client(hop: Hop) -> str:
    name = hop.rdns or hop.helo or ""
    return f"{name} [{hop.ip}]".strip() if hop.ip else name or "?"


def _delay(hop: Hop, before: Hop | None, words: Words) -> str:
    """How long the server before kept it; clocks that disagree are said, not counted."""
    if before is None or hop.time is None or before.time is None:
        return ""
    seconds = round((hop.time - before.time).total_seconds())
    if seconds < 0:
        return words.phrase("report.clocks")
    if seconds < _MINUTE:
        return words.phrase("report.seconds", {"n": seconds})
    if seconds < _HOUR:
        return words.phrase("report.minutes", {"n": seconds // _MINUTE})
    return words.phrase("report.hours", {"n": seconds // _HOUR})


# ---- DNS


def _dns(case: Case, words: Words) -> Iterator[tuple[str, ...]]:
    asked = [(one.answer, ", ".join(name.upper() for name in one.used_by)) for one in case.evidence]
    for answer, used in (*asked, *((answer, "") for answer in case.foreseen)):
        name = harmless(answer.question.name)
        for alias in answer.aliases:
            name = words.phrase("report.dns-alias", {"name": name, "value": harmless(alias)}, _READY)
        yield name, answer.question.rtype, _answer(answer, words), used


_READY = {"name": "ready", "value": "ready"}


def _answer(answer: Answer, words: Words) -> str:
    if answer.outcome is Outcome.NO_DATA:
        return words.phrase("report.dns-nodata")
    if answer.outcome is Outcome.NO_NAME:
        return words.phrase("report.dns-nxdomain")
    if answer.outcome is Outcome.FAILED:
        return words.phrase("report.dns-failed", {"value": answer.failure.value if answer.failure else "?"})
    records = " | ".join(text.decode("utf-8", "backslashreplace") for text in answer.texts)
    return harmless(records, 4 * MAX_SHOWN_CHARACTERS)
