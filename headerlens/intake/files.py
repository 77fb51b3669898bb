"""The doors of the house: a file, or octets from a pipe or the clipboard, become a `RawMessage` or a `Refusal`."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from pathlib import Path

from headerlens.intake import repair
from headerlens.intake.blocks import begins_mail, header_end
from headerlens.intake.sniff import known_format, shows_a_reading_pane, text_refusal
from headerlens.model.limits import MAX_MESSAGE_OCTETS
from headerlens.model.message import RawMessage, Refusal, Repair, SourceKind

_NEXT_IN_MBOX = re.compile(rb"\r\n\r\nFrom (?=\S)([^\r\n]*+)\r\n(?=[A-Za-z][A-Za-z0-9-]{0,75}:)")
_YEAR = re.compile(rb"\b[12]\d{3}\b")
_RFC_DATE = re.compile(
    rb"^Date:[ \t]*(?:[A-Za-z]{3},?[ \t]+)?\d{1,2}[ \t]+[A-Za-z]{3}[ \t]+\d{2,4}", re.MULTILINE | re.IGNORECASE
)


def read_file(path: Path) -> RawMessage | Refusal:
    """The message in a file. A file that cannot be read, or is too large to be, is a refusal with `unreadable` set."""
    name = path.name or str(path)
    try:
        if path.is_dir():
            return _refusal("refusal.is-folder", name, unreadable=True)
        status = path.stat()
        if status.st_size > MAX_MESSAGE_OCTETS:
            return _too_large(name, status.st_size)
        # a device, or a pipe that nobody writes to, could be read for ever; what a pipe brings comes in by "-"
        if not stat.S_ISREG(status.st_mode):
            return _refusal("refusal.not-readable", name, unreadable=True, reason="Not a file")
        with path.open("rb") as stream:  # what grows meanwhile is not read on without end
            octets = stream.read(MAX_MESSAGE_OCTETS + 1)
    except FileNotFoundError:
        return _refusal("refusal.not-found", name, unreadable=True)
    except (OSError, ValueError) as trouble:  # ValueError: a NUL in the path
        return _refusal("refusal.not-readable", name, unreadable=True, reason=_reason(trouble))
    return read_octets(octets, name)


def read_octets(octets: bytes, name: str, *, pasted: bool = False) -> RawMessage | Refusal:
    """The message in octets: standard input, the clipboard (`pasted`, as UTF-8), a sample.

    Line ends become CRLF and what stands around the mail is taken away, each as a `Repair`; `original` then holds
    the octets as given. Octets with nothing wrong come back unchanged, with no repair and no `original`.
    """
    if len(octets) > MAX_MESSAGE_OCTETS:
        return _too_large(name, len(octets))
    draft = _Draft(octets)
    refused = known_format(octets) or _locate(draft, pasted=pasted)
    if refused:
        return _refusal(refused, name)
    if messages := _messages_in_mbox(draft):
        return _refusal("refusal.mbox", name, count=str(messages))
    draft.apply(repair.unescaped)
    draft.apply(repair.without_nbsp)
    return RawMessage(
        octets=draft.octets,
        name=name,
        kind=_kind(draft, pasted=pasted),
        repairs=tuple(draft.repairs),
        original=octets if draft.repairs else None,
    )


class _Draft:
    """Octets on their way through the repairs, and the repairs made."""

    def __init__(self, octets: bytes) -> None:
        self.octets = octets
        self.repairs: list[Repair] = []

    def apply(self, undo: Callable[[bytes], repair.Repaired | None]) -> bool:
        """Keep what `undo` gives; whether it gave anything."""
        done = undo(self.octets)
        if done is None:
            return False
        self.octets = done[0]
        self.repairs.append(done[1])
        return True

    def has(self, identifier: str) -> bool:
        """Whether this repair was made."""
        return any(made.id == identifier for made in self.repairs)


def _locate(draft: _Draft, *, pasted: bool) -> str | None:
    """Bring the header block to the front; the refusal when there is none."""
    draft.apply(repair.decoded)
    if not draft.octets.strip():
        return "refusal.empty"
    draft.apply(repair.with_crlf)
    if not begins_mail(draft.octets):
        draft.apply(repair.without_leading_blank)
        draft.apply(repair.without_from_line)
    if not begins_mail(draft.octets) and not any(draft.apply(undo) for undo in repair.LADDER):
        return text_refusal(draft.octets)
    header = draft.octets[: header_end(draft.octets)]
    # a displayed mail that was copied has labels like a mail's source, but a date for people
    if pasted and not _RFC_DATE.search(header) and b"\nDate:" in header and shows_a_reading_pane(header):
        return "refusal.reading-pane"
    return None


def _messages_in_mbox(draft: _Draft) -> int:
    """How many messages an mbox holds, 0 for one message or no mbox."""
    if not draft.has("repair.from-line"):
        return 0
    further = sum(1 for found in _NEXT_IN_MBOX.finditer(draft.octets) if _YEAR.search(found[1]))
    return further + 1 if further else 0


def _kind(draft: _Draft, *, pasted: bool) -> SourceKind:
    """Where the message comes from, by what had to be cut and by what is there."""
    if draft.has("repair.gmail-page"):
        return SourceKind.GMAIL_PAGE
    if not pasted:
        return SourceKind.EML
    is_header_only = not draft.octets[header_end(draft.octets) :].strip()
    starts_received = draft.octets[:9].lower() == b"received:"
    return SourceKind.OUTLOOK_HEADERS if is_header_only and starts_received else SourceKind.PASTE


def _refusal(identifier: str, name: str, *, unreadable: bool = False, **params: str) -> Refusal:
    """A refusal whose texts may name the input."""
    return Refusal(identifier, (("name", name), *params.items()), unreadable)


def _too_large(name: str, size: int) -> Refusal:
    """The refusal of more octets than are taken."""
    return _refusal("refusal.too-large", name, unreadable=True, size=str(size), limit=str(MAX_MESSAGE_OCTETS))


def _reason(trouble: OSError | ValueError) -> str:
    """The system's word for what went wrong, without the path."""
    return (trouble.strerror or "") if isinstance(trouble, OSError) else str(trouble)
