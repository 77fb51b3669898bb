"""A case in one file: the message, the DNS answers, the clock and the choices, so that it opens years later, offline.

Only the inputs of `analyse` are kept; opening is analysing them again (architecture.md 7). The form is JSON:
`{"schema": "headerlens.case/1", "program", "checked_at", "message": {...}, "choices": {...}, "dns": {...}}`, "dns" as
`--dns-evidence` reads it. Whoever can edit the file can write any answer into it: the faces say that the answers come
from a file.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from headerlens import __version__
from headerlens.dns.recorded import EvidenceError, dump_evidence, load_evidence
from headerlens.intake.opening import Root, unpacked
from headerlens.intake.refusing import unpacking_refusal
from headerlens.intake.unpacking import Trouble
from headerlens.model.case import Case, Choices
from headerlens.model.dns import Lookup
from headerlens.model.limits import MAX_CASE_OCTETS, MAX_HOPS, MAX_LISTED_CASE_OCTETS, MAX_MESSAGE_OCTETS
from headerlens.model.locator import Locator
from headerlens.model.message import RawMessage, Refusal, Repair, SourceKind
from headerlens.pipeline import analyse
from headerlens.reading import Which, open_message

SCHEMA = "headerlens.case/1"
ENDING = ".hlcase"
_MOST_LISTED = 200
"""Repairs, rows and names in a case file; each is shown, and a hundred thousand of them kept the reader waiting."""

_BEGINNING = b'{"schema": "headerlens.case/'

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class StoredCase:
    """What a case file holds: everything that `analyse` asks for."""

    raw: RawMessage
    lookup: Lookup
    checked_at: datetime
    choices: Choices

    def reopen(self) -> Case:
        """The case as it was saved; it says of itself that its answers come from a file."""
        return self.judged_by(self.choices)

    def judged_by(self, choices: Choices) -> Case:
        """The case that the same answers give with other choices."""
        return replace(analyse(self.raw, self.lookup, self.checked_at, choices=choices), reopened=True)


class _Damaged(Exception):  # noqa: N818  never leaves this module
    """A value of the file is not what it should be."""


def save_case(case: Case) -> bytes:
    """The file for a case; `load_case` gives it back equal."""
    document = {
        "schema": SCHEMA,
        "program": __version__,
        "checked_at": case.checked_at.isoformat(),
        "message": _message(case.raw),
        "choices": _choices(case.choices),
        "dns": dump_evidence((*case.evidence, *case.foreseen)),
    }
    # the beginning is how a case file is told from other JSON
    return (json.dumps(document, ensure_ascii=True, indent=None, separators=(", ", ": ")) + "\n").encode("ascii")


def is_case_file(octets: bytes) -> bool:
    """Whether these octets begin like a case file."""
    return octets.startswith(_BEGINNING)


def begins_case(path: Path) -> bool:
    """Whether the file begins like a case file; not where it can't be read. Never raises."""
    try:
        # a pipe or device would keep the program waiting
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return is_case_file(stream.read(len(_BEGINNING)))
    except (OSError, ValueError):
        return False


def open_case(path: Path) -> StoredCase | Refusal | None:
    """The case in a file, or why it can't be opened; None where it is no case file or can't be read. Never raises."""
    if not begins_case(path):
        return None
    try:
        with path.open("rb") as stream:
            return load_case(stream.read(MAX_CASE_OCTETS + 1), path.name)
    except OSError:
        return None


def is_listed_case(locator: Locator) -> bool:
    """Whether a place in a folder or archive is a case file by its name; no other is looked for there."""
    return locator.name.lower().endswith(ENDING)


def open_listed(locator: Locator) -> StoredCase | Refusal | None:
    """The case at a place that `containers.messages_in` listed; None where it is none. Never raises."""
    if not is_listed_case(locator):
        return None
    try:
        octets = _octets_at(locator)
    except (OSError, ValueError):
        return None  # whoever reads it as a message says why
    if isinstance(octets, Trouble):
        return unpacking_refusal(octets, locator.name)
    return load_case(octets, locator.name, MAX_LISTED_CASE_OCTETS) if is_case_file(octets) else None


def open_listed_message(locator: Locator, which: Which = Which.OUTER) -> RawMessage | StoredCase | Refusal:
    """What stands at a listed place: a stored case, or the message, read and restored. Never raises."""
    stored = open_listed(locator)
    return open_message(locator, which) if stored is None else stored


def _octets_at(locator: Locator) -> bytes | Trouble:
    """One octet more than may be read tells that there are more. Raises OSError or ValueError."""
    if locator.steps:
        return unpacked(Root(locator.path), locator.steps, MAX_LISTED_CASE_OCTETS + 1)
    if not locator.path.is_file():
        return b""
    with locator.path.open("rb") as stream:
        return stream.read(MAX_LISTED_CASE_OCTETS + 1)


def load_case(octets: bytes, name: str, most: int = MAX_CASE_OCTETS) -> StoredCase | Refusal:
    """What a case file of at most `most` octets holds, or why it cannot be opened. Never raises."""
    if len(octets) > most:
        return Refusal("refusal.case-damaged", (("name", name), ("reason", "size")))
    try:
        document = json.loads(octets.decode("utf-8"))
        return _stored(_table(document))
    except _Damaged as wrong:
        return Refusal("refusal.case-damaged", (("name", name), ("reason", str(wrong))))
    except EvidenceError:
        return Refusal("refusal.case-damaged", (("name", name), ("reason", "dns")))
    except (ValueError, RecursionError):
        return Refusal("refusal.case-damaged", (("name", name), ("reason", "JSON")))


def _stored(document: Json) -> StoredCase:
    schema = document.get("schema")
    if schema != SCHEMA:
        raise _Damaged("schema")
    return StoredCase(
        raw=_read_message(_table(document.get("message"))),
        lookup=load_evidence(json.dumps(_table(document.get("dns")))),
        checked_at=_moment(document.get("checked_at")),
        choices=_read_choices(_table(document.get("choices"))),
    )


# ---- the message


def _message(raw: RawMessage) -> Json:
    return {
        "name": raw.name,
        "kind": raw.kind.value,
        "sha256": sha256(raw.octets).hexdigest(),
        "octets": base64.b64encode(raw.octets).decode("ascii"),
        "original": None if raw.original is None else base64.b64encode(raw.original).decode("ascii"),
        "repairs": [{"id": one.id, "count": one.count, "detail": one.detail} for one in raw.repairs],
        "inside": list(raw.inside),
        "body_kept": raw.body_kept,
        "copied": raw.copied,
        "page_rows": [list(row) for row in raw.page_rows],
    }


def _read_message(table: Json) -> RawMessage:
    octets = _octets(table.get("octets"), "octets")
    if sha256(octets).hexdigest() != table.get("sha256"):
        raise _Damaged("sha256")
    original = table.get("original")
    return RawMessage(
        octets=octets,
        name=_text(table.get("name"), "name"),
        kind=_kind(table.get("kind")),
        repairs=tuple(_repair(_table(one)) for one in _list(table.get("repairs"), "repairs")),
        original=None if original is None else _octets(original, "original"),
        inside=tuple(_text(one, "inside") for one in _list(table.get("inside"), "inside")),
        body_kept=table.get("body_kept") is True,
        copied=table.get("copied") is True,
        page_rows=tuple(_row(one) for one in _list(table.get("page_rows"), "page_rows")),
    )


def _kind(value: object) -> SourceKind:
    if value not in {kind.value for kind in SourceKind}:
        raise _Damaged("kind")
    return SourceKind(value)


def _repair(table: Json) -> Repair:
    count = table.get("count")
    if not isinstance(count, int) or isinstance(count, bool) or not 0 <= count <= MAX_MESSAGE_OCTETS:
        raise _Damaged("repairs")
    return Repair(_text(table.get("id"), "repairs"), count, _text(table.get("detail"), "repairs"))


def _row(value: object) -> tuple[str, str]:
    pair = _list(value, "page_rows")
    if len(pair) != 2:
        raise _Damaged("page_rows")
    return _text(pair[0], "page_rows"), _text(pair[1], "page_rows")


# ---- the choices


def _choices(choices: Choices) -> Json:
    table = {one.name: getattr(choices, one.name) for one in fields(Choices)}
    as_of = choices.as_of
    return {**table, "trusted": list(choices.trusted), "as_of": None if as_of is None else as_of.isoformat()}


def _read_choices(table: Json) -> Choices:
    border = table.get("border")
    is_place = isinstance(border, int) and not isinstance(border, bool) and 0 <= border < MAX_HOPS
    if border is not None and not is_place:
        raise _Damaged("border")
    words = {name: _optional(table.get(name), name) for name in ("client_ip", "mail_from", "helo")}
    as_of = table.get("as_of")
    return Choices(
        trusted=tuple(_text(one, "trusted") for one in _list(table.get("trusted"), "trusted")),
        border=border,
        as_of=None if as_of is None else _moment(as_of),
        offline=table.get("offline") is True,
        **words,
    )


# ---- values


def _table(value: object) -> Json:
    if not isinstance(value, Mapping):
        raise _Damaged("JSON")
    return dict(value)


def _list(value: object, name: str) -> list[object]:
    if not isinstance(value, list) or len(value) > _MOST_LISTED:
        raise _Damaged(name)
    return value


def _text(value: object, name: str) -> str:
    if not isinstance(value, str):
        raise _Damaged(name)
    return value


def _optional(value: object, name: str) -> str | None:
    return None if value is None else _text(value, name)


def _octets(value: object, name: str) -> bytes:
    try:
        octets = base64.b64decode(_text(value, name), validate=True)
    except (binascii.Error, ValueError) as wrong:
        raise _Damaged(name) from wrong
    if len(octets) > MAX_MESSAGE_OCTETS:
        raise _Damaged(name)
    return octets


def _moment(value: object) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(value, "date"))
    except ValueError as wrong:
        raise _Damaged("date") from wrong
    # at both ends of the calendar another time zone has no date
    if moment.tzinfo is None or not 1900 < moment.year < 9000:
        raise _Damaged("date")
    return moment
