"""What the receiver says it did with the message: Gmail's dis=, Microsoft's action=, compauth and its spam filter.

Only fields that are believed speak (standards.md 4.2, 4.5, 4.6). None of this counts for the sender: it is what a
receiver decided by rules of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from headerlens.model.message import Message
from headerlens.model.records import RecordedField, RecordedResult
from headerlens.model.verdicts import SenderInputs, Trust, TrustedField
from headerlens.parse.antispam import Pairs, first_value, parse_antispam_report
from headerlens.verify.receiver import MICROSOFT, own_fields, provider_of, receiver_host

ACTIONS = ("none", "quarantine", "reject", "oreject", "pct", "other")
"""Every `Handling.meaning` of kind "action"."""

COMPAUTH_MEANINGS = (
    "explicit-fail", "implicit-fail", "blocked", "own-domain", "pass", "arc", "softpass", "not-checked", "bypassed",
    "undocumented", "none",
)  # fmt: skip
"""Every `Handling.meaning` of kind "compauth"."""

FILTER_MEANINGS = (
    "not-spam", "spam", "blocked", "allowed", "rule-allowed", "rule-blocked", "released", "rule-spam", "rule-clean",
    "credentials", "malware", "imitation", "forged", "bulk", "attachment", "other", "none",
)  # fmt: skip
"""Every `Handling.meaning` of kind "filter"."""

REPORT_FIELD = "x-forefront-antispam-report"

_DISPOSITION = re.compile(r"\bdis=([a-z]{1,20})\b", re.IGNORECASE)
_REASONS = {
    "000": "explicit-fail", "001": "implicit-fail", "002": "blocked", "010": "own-domain", "130": "arc",
    "601": "own-domain",
}  # fmt: skip
_HUNDREDS = {"1": "pass", "2": "softpass", "3": "not-checked", "4": "bypassed", "6": "own-domain", "7": "pass",
             "9": "bypassed"}  # fmt: skip
_CATEGORIES = {
    "PHSH": "credentials", "HPHSH": "credentials", "HPHISH": "credentials", "MALW": "malware", "AMP": "malware",
    "SAP": "malware", "SPOOF": "forged", "BIMP": "imitation", "DIMP": "imitation", "GIMP": "imitation",
    "UIMP": "imitation", "BULK": "bulk", "FTBP": "attachment", "SPM": "spam", "HSPM": "spam", "OSPM": "spam",
    "INTOS": "imitation",
}  # fmt: skip
_VERDICTS = {
    "NSPM": "not-spam", "SPM": "spam", "BLK": "blocked", "SFE": "allowed", "SKA": "rule-allowed",
    "SKB": "rule-blocked", "SKN": "rule-clean", "SKQ": "released", "SKS": "rule-spam",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Handling:
    """One thing the receiver says: `kind` is "action", "compauth" or "filter", `word` as it wrote it.

    `meaning` is one of ACTIONS, COMPAUTH_MEANINGS or FILTER_MEANINGS. `dmarc` is the recorded DMARC result of an
    action. `receiver` is what the writer is called.
    """

    kind: str
    word: str
    meaning: str
    receiver: str
    field_index: int
    dmarc: str = ""


def handlings(message: Message, trust: tuple[TrustedField, ...], sender: SenderInputs) -> tuple[Handling, ...]:
    """What believed fields say, in the order of the header; () for nothing. Never raises."""
    names = {one.field_index: one.name for one in trust if one.trust is not Trust.UNTRUSTED}
    fields = [field for field in message.recorded if field.field_index in names]
    found = [one for field in fields for one in _of_field(field, names[field.field_index])]
    found += _of_filter(message, sender)
    return tuple(sorted(found, key=lambda one: one.field_index))


def foreign_reports(message: Message, sender: SenderInputs) -> tuple[int, ...]:
    """Indexes of filter reports whose writer cannot be shown to be the receiver: foreign, forged, or out of place."""
    own = _own_reports(message, sender)
    return tuple(field.index for field in message.fields if field.key == REPORT_FIELD and field.index not in own)


def _of_field(field: RecordedField, receiver: str) -> Iterator[Handling]:
    for result in field.results:
        if result.method == "compauth":
            yield Handling("compauth", result.result, _compauth(result), receiver, field.field_index)
        elif result.method == "dmarc":
            word = _action(result)
            if word:
                meaning = _action_meaning(word)
                yield Handling("action", word, meaning, receiver, field.field_index, result.result)


def _action(result: RecordedResult) -> str:
    """Gmail writes dis= into a comment, Microsoft action= as a property; "" for neither."""
    written = result.get("action")
    if written:
        return written.lower()
    matches = (_DISPOSITION.search(comment) for comment in result.comments)
    return next((match[1].lower() for match in matches if match), "")


def _action_meaning(word: str) -> str:
    if word.startswith("pct."):
        return "pct"
    return word if word in ACTIONS else "other"


def _compauth(result: RecordedResult) -> str:
    """By the numbers that Microsoft documents (standards.md 4.5)."""
    reason = (result.reason or "").strip()
    if not reason:
        return "none"
    if not (len(reason) == 3 and reason.isascii() and reason.isdigit()):
        return "undocumented"
    return _REASONS.get(reason) or _HUNDREDS.get(reason[0], "undocumented")


def _own_reports(message: Message, sender: SenderInputs) -> frozenset[int]:
    """Reports the receiver surely wrote: above the border, on a server of Microsoft."""
    if provider_of(receiver_host(message, sender.border)) is not MICROSOFT:
        return frozenset()
    own = own_fields(message, sender.border)
    return frozenset(field.index for field in message.fields if field.key == REPORT_FIELD and field.index in own)


def _of_filter(message: Message, sender: SenderInputs) -> list[Handling]:
    """The topmost report: a lower one was written earlier."""
    own = _own_reports(message, sender)
    if not own:
        return []
    index = min(own)
    pairs = parse_antispam_report(message.fields[index].value)
    return [Handling("filter", _marks(pairs), _filtered(pairs), receiver_host(message, sender.border), index)]


def _filtered(pairs: Pairs) -> str:
    """The category weighs more than the filter's verdict, which a category explains."""
    category, verdict = first_value(pairs, "CAT").upper(), first_value(pairs, "SFV").upper()
    if category and category != "NONE":
        return _CATEGORIES.get(category, "other")
    return _VERDICTS.get(verdict, "other") if verdict else "none"


def _marks(pairs: Pairs) -> str:
    """The pairs that tell the decision, as written."""
    shown = [(key, first_value(pairs, key)) for key in ("SFV", "CAT", "SCL")]
    return "; ".join(f"{key}:{value[:20]}" for key, value in shown if value)
