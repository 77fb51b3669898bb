"""Findings about the copy that was handed over, the path it shows, and DNS that gave no answer."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.findings.catalogue import entries
from headerlens.findings.enclosed import find_enclosed
from headerlens.findings.facts import Facts
from headerlens.findings.grounds import is_offline, without_answer
from headerlens.findings.losses import find_losses
from headerlens.model.findings import Finding, Where
from headerlens.model.message import BodyState, RawMessage, Repair, SourceKind
from headerlens.model.verdicts import Match

REPAIRS = (
    "repair.line-ends", "repair.bom", "repair.utf-16", "repair.leading-blank", "repair.gmail-page",
    "repair.leading-text", "repair.from-line", "repair.nbsp", "repair.quoted", "repair.indented", "repair.fenced",
    "repair.html-escaped", "repair.doubled-lines", "repair.flattened", "repair.line-numbers", "repair.fold-indents",
    "repair.invisible", "repair.saved-page", "repair.mbox-escapes", "repair.dot-stuffing", "repair.charset",
    "repair.escapes", "repair.line-blanks", "repair.msg-headers",
)  # fmt: skip
"""What intake may have changed."""

_DOUBTED = frozenset({
    "repair.utf-16", "repair.nbsp", "repair.quoted", "repair.indented", "repair.html-escaped", "repair.invisible",
})  # fmt: skip
"""Repairs that may not give back what was sent, as long as no signature says so."""

_CHARSETS = {
    "cp1252": "Windows-1252", "latin-1": "ISO-8859-1", "cp932": "Shift_JIS", "cp949": "EUC-KR",
}  # fmt: skip
"""Codecs by the names that people know."""

_NAMES_TOLD = 5
"""Names without an answer that a sentence lists; the DNS pane has them all."""


def find_intake(facts: Facts) -> Iterator[Finding]:
    """Notes on the copy, the path and DNS."""
    yield from _dns(facts)
    yield from find_enclosed(facts)
    yield from _body(facts)
    yield from find_losses(facts)
    yield from _path(facts)
    if facts.message.raw.page_rows:
        yield Finding("input.page-rows", {"rows": _rows(facts.message.raw.page_rows)})
    for repair in facts.message.raw.repairs:
        if repair.id in REPAIRS:
            yield _undone(repair) if repair.id in _DOUBTED and _body_is_signed(facts) else _repair(repair)
    faults = [fault for fault in facts.message.faults if fault.code != "many-signatures"]  # told with the signatures
    if faults:
        places = tuple(Where(start=fault.start, end=fault.end) for fault in faults[:_NAMES_TOLD])
        yield Finding("headers.malformed", {"n": len(faults)}, places)


def rewriting_program(facts: Facts) -> str:
    """The phrase id of the program whose traces the copy carries (inputs.md 0.1)."""
    keys = [field.key for field in facts.message.fields]
    if any(key.startswith("x-pm-") for key in keys):
        return "program.proton"
    return "program.microsoft" if any(key.startswith("x-ms-exchange-") for key in keys) else "program.other"


def _dns(facts: Facts) -> Iterator[Finding]:
    if is_offline(facts):
        yield Finding("dns.offline")
        return
    names = without_answer(facts)
    if names:
        told = ", ".join(names[:_NAMES_TOLD]) + (", …" if len(names) > _NAMES_TOLD else "")
        places = tuple(Where(question=f"TXT {name}") for name in names[:_NAMES_TOLD])
        yield Finding("dns.no-answer", {"n": len(names), "names": told}, places)


def _body(facts: Facts) -> Iterator[Finding]:
    if facts.body_state is BodyState.MISSING:
        yield Finding(_missing_body(facts.message.raw))
    elif facts.body_state is BodyState.ALTERED:
        yield Finding("input.rewritten", {"program": rewriting_program(facts)})
    elif facts.message.raw.kind is SourceKind.PASTE and facts.body_state is BodyState.UNKNOWN:
        yield Finding("input.pasted")


def _missing_body(raw: RawMessage) -> str:
    """The finding for the kind of source that kept no body, or not all of it."""
    if raw.kind is SourceKind.MSG:
        return "input.converted"
    return "input.partial" if raw.kind is SourceKind.EMLX and not raw.body_kept else "input.headers-only"


def _path(facts: Facts) -> Iterator[Finding]:
    if not facts.message.hops:
        yield Finding("path.none")
    elif facts.sender.border is None:
        yield Finding("path.no-border")


def _rows(page_rows: tuple[tuple[str, str], ...]) -> str:
    """What Gmail's page showed, on one line: "SPF pass (192.0.2.1), DKIM pass (example.com)"."""
    parts = ((method.upper(), *result.partition(" ")) for method, result in page_rows)
    return ", ".join(
        f"{method} {word} ({detail})" if detail else f"{method} {word}" for method, word, _, detail in parts
    )


def _body_is_signed(facts: Facts) -> bool:
    """Whether a signature's hash matches the whole body: then the repair gave back what was sent."""
    return any(check.body_hash is Match.MATCH and not check.unsigned_octets for check in facts.dkim)


def _undone(repair: Repair) -> Finding:
    return Finding("repair.undone", {"n": repair.count, "how": repair.id.replace("repair.", "undone.")})


def _repair(repair: Repair) -> Finding:
    params = entries()[repair.id].params
    if "charset" in params:
        return Finding(repair.id, {"charset": _CHARSETS.get(repair.detail, repair.detail.upper())})
    return Finding(repair.id, {"n": repair.count} if "n" in params else {})
