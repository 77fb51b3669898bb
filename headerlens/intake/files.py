"""The doors of the house: a file, a place in a mailbox, or octets become a `RawMessage` or a `Refusal`."""

from __future__ import annotations

import re
import stat
from dataclasses import replace
from itertools import islice
from pathlib import Path

from headerlens.intake import emlx
from headerlens.intake.blocks import header_end
from headerlens.intake.containers import messages_in
from headerlens.intake.forms import HEAD_OCTETS, Form, form_of
from headerlens.intake.mbox import is_from_line
from headerlens.intake.msg import is_msg, read_msg
from headerlens.intake.opening import Root, let_go, open_at, unpacked
from headerlens.intake.pieces import only_of
from headerlens.intake.refusing import reason_of, refusal, unpacking_refusal, unreadable
from headerlens.intake.repair.ladder import Mended, mended
from headerlens.intake.sniff import clues, known_format, shows_a_reading_pane, text_refusal
from headerlens.intake.unpacking import Trouble
from headerlens.model.limits import MAX_MESSAGE_OCTETS
from headerlens.model.locator import Inside, Locator
from headerlens.model.message import RawMessage, Refusal, SourceKind

_NEXT_IN_MBOX = re.compile(rb"\r\n\r\nFrom (?=\S)([^\r\n]*+)\r\n(?=[A-Za-z][A-Za-z0-9-]{0,75}:)")
_YEAR = re.compile(rb"\b[12]\d{3}\b")
_RFC_DATE = re.compile(
    rb"^Date:[ \t]*(?:[A-Za-z]{3},?[ \t]+)?\d{1,2}[ \t]+[A-Za-z]{3}[ \t]+\d{2,4}", re.MULTILINE | re.IGNORECASE
)


def read(locator: Locator) -> RawMessage | Refusal:
    """The message that `containers.messages_in` listed. Never raises.

    A message of a mailbox or an archive carries the names of what it was taken out of, outermost first.
    """
    return read_in(Root(locator.path), locator)


def read_in(root: Root, locator: Locator) -> RawMessage | Refusal:
    """The same where `root` may hold octets instead of a file (`containers.messages_in_octets`)."""
    if not locator.steps:
        return _read_plain(locator.path) if root.octets is None else read_octets(root.octets, locator.name)
    try:
        octets = _behind(root, locator)
    except FileNotFoundError:
        return unreadable("refusal.not-found", locator.name)
    except (OSError, ValueError) as trouble:
        return unreadable("refusal.not-readable", locator.name, reason=reason_of(trouble))
    if isinstance(octets, Refusal):
        return octets
    taken = _taken(octets, locator.name, pasted=False, in_mbox=locator.steps[-1].kind is Inside.MBOX)
    return taken if isinstance(taken, Refusal) else replace(taken, inside=_outer_names(locator))


def read_file(path: Path) -> RawMessage | Refusal:
    """The one message in a file, also in a mailbox or an archive that holds one.

    A file that cannot be read, or is too large to be, is a refusal with `unreadable` set. What holds more messages
    than one is refused: `containers.messages_in` lists them.
    """
    if _is_container(path):
        listed = list(islice(messages_in(path), 2))
        if len(listed) > 1:
            return refusal("refusal.mbox", path.name)
        if listed:
            one = listed[0]
            return read(one) if isinstance(one, Locator) else one.refusal
    return _read_plain(path)


def _is_container(path: Path) -> bool:
    """Whether this file may hold more messages than one; a folder is none, it is refused as such."""
    try:
        if not path.is_file():
            return False
        with path.open("rb") as stream:
            return form_of(stream.read(HEAD_OCTETS)) in (Form.MBOX, Form.ZIP, Form.GZIP)
    except (OSError, ValueError):
        return False


def _read_plain(path: Path) -> RawMessage | Refusal:
    """The message that a file is."""
    let_go()
    name = path.name or str(path)
    try:
        if path.is_dir():
            return unreadable("refusal.is-folder", name)
        status = path.stat()
        if status.st_size > MAX_MESSAGE_OCTETS:
            return _too_large(name, status.st_size)
        # a device, or a pipe that nobody writes to, could be read for ever; what a pipe brings comes in by "-"
        if not stat.S_ISREG(status.st_mode):
            return unreadable("refusal.not-readable", name, reason="Not a file")
        with path.open("rb") as stream:  # what grows meanwhile is not read on without end
            octets = stream.read(MAX_MESSAGE_OCTETS + 1)
    except FileNotFoundError:
        return unreadable("refusal.not-found", name)
    except (OSError, ValueError) as trouble:  # ValueError: a NUL in the path
        return unreadable("refusal.not-readable", name, reason=reason_of(trouble))
    return read_octets(octets, name)


def _behind(root: Root, locator: Locator) -> bytes | Refusal:
    """The octets of one message of a mailbox or an archive. Raises OSError or ValueError."""
    *way, last = locator.steps
    if last.kind is not Inside.MBOX:
        octets = unpacked(root, locator.steps, MAX_MESSAGE_OCTETS)
        return unpacking_refusal(octets, locator.name) if isinstance(octets, Trouble) else octets
    size = last.end - last.start
    if size > MAX_MESSAGE_OCTETS:
        return _too_large(locator.name, size)
    stream = open_at(root, tuple(way))
    if isinstance(stream, Trouble):
        return unpacking_refusal(stream, locator.name)
    with stream:
        stream.seek(last.start)
        octets = stream.read(size)
    # a mail program may have rewritten the mailbox since it was listed
    return octets if is_from_line(octets) else unreadable("refusal.mbox-changed", locator.name)


def _outer_names(locator: Locator) -> tuple[str, ...]:
    return tuple(Locator(locator.path, locator.steps[:depth]).name for depth in range(len(locator.steps)))


def read_octets(octets: bytes, name: str, *, pasted: bool = False) -> RawMessage | Refusal:
    """The message in octets: standard input, the clipboard (`pasted`, as UTF-8), a sample.

    Line ends become CRLF and what stands around the mail is taken away, each as a `Repair`; `original` then holds
    the octets as given. Octets with nothing wrong come back unchanged, with no repair and no `original`.
    """
    return _taken(octets, name, pasted=pasted)


def _taken(octets: bytes, name: str, *, pasted: bool, in_mbox: bool = False) -> RawMessage | Refusal:
    """The message in octets; `in_mbox` when they were cut out of a mailbox, so that they are one message."""
    if len(octets) > MAX_MESSAGE_OCTETS:
        return _too_large(name, len(octets))
    handed_over, inner = octets, emlx.message_in(octets)
    if inner is not None:
        octets = octets[inner.start : inner.end]
    if is_msg(octets):
        return read_msg(octets, name)
    refused = known_format(octets)
    if refused:
        return refusal(refused, name)
    draft = mended(octets)
    refused = _no_mail(draft, pasted=pasted)
    if refused:
        damaged = refused == "refusal.not-mail" and name.lower().endswith(".emlx")
        return refusal("refusal.emlx-damaged" if damaged else refused, name, **clues(refused, draft.octets))
    if not in_mbox and (messages := _messages_in_mbox(draft)):
        return refusal("refusal.mbox", name, count=str(messages))
    kind = _kind(draft, pasted=pasted)
    if not pasted and (inner or in_mbox):
        kind = SourceKind.EMLX if inner else SourceKind.MBOX
    is_partial = inner is not None and (not inner.is_whole or emlx.is_partial(name))
    return RawMessage(
        octets=draft.octets,
        name=name,
        kind=kind,
        repairs=tuple(draft.repairs),
        original=handed_over if pasted and inner else octets if draft.repairs else None,
        body_kept=draft.body_kept and not is_partial,
        page_rows=draft.page_rows,
    )


def _no_mail(draft: Mended, *, pasted: bool) -> str | None:
    """The refusal of what holds no mail's source, None where it does."""
    if only_of(None, draft.octets):
        return "refusal.empty"
    if not draft.found:
        return text_refusal(draft.octets)
    header = draft.octets[: header_end(draft.octets)]
    # a displayed mail that was copied has labels like a mail's source, but a date for people
    if pasted and not _RFC_DATE.search(header) and b"\ndate:" in header.lower() and shows_a_reading_pane(header):
        return "refusal.reading-pane"
    return None


def _messages_in_mbox(draft: Mended) -> int:
    """How many messages an mbox holds, 0 for one message or no mbox."""
    if not draft.has("repair.from-line"):
        return 0
    further = sum(1 for found in _NEXT_IN_MBOX.finditer(draft.octets) if _YEAR.search(found[1]))
    return further + 1 if further else 0


def _kind(draft: Mended, *, pasted: bool) -> SourceKind:
    """Where the message comes from, by what had to be cut and by what is there."""
    if draft.has("repair.gmail-page"):
        return SourceKind.GMAIL_PAGE
    if not pasted:
        return SourceKind.EML
    is_header_only = only_of(None, draft.octets, header_end(draft.octets))
    starts_received = draft.octets[:9].lower() == b"received:"
    return SourceKind.OUTLOOK_HEADERS if is_header_only and starts_received else SourceKind.PASTE


def _too_large(name: str, size: int) -> Refusal:
    """The refusal of more octets than are taken."""
    return unreadable("refusal.too-large", name, size=str(size), limit=str(MAX_MESSAGE_OCTETS))
