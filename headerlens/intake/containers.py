"""Every message in what was handed over: a file, a folder, a Maildir, a mailbox, an archive, and those inside archives.

Messages are found lazily and in a stable order; only where they stand is told, `files.read` reads one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from headerlens.intake.folders import Walk
from headerlens.intake.forms import HEAD_OCTETS, Form, form_of, says_mail
from headerlens.intake.mbox import from_lines, spans
from headerlens.intake.opening import Root, directory_at, open_at
from headerlens.intake.refusing import reason_of, refusal, unpacking_refusal, unreadable
from headerlens.intake.unpacking import Trouble, unpack_gzip, unpack_member
from headerlens.intake.zip_directory import Member
from headerlens.model.limits import (
    MAX_ARCHIVE_DEPTH,
    MAX_ARCHIVE_MEMBERS,
    MAX_LISTED,
    MAX_UNPACKED_TOTAL_OCTETS,
)
from headerlens.model.locator import Inside, Locator, Step
from headerlens.model.message import Refusal


@dataclass(frozen=True, slots=True)
class Refused:
    """A place where messages were looked for, and why none can be had there."""

    locator: Locator
    refusal: Refusal


Listed = Locator | Refused


def messages_in(
    path: Path,
    *,
    cancelled: Callable[[], bool] | None = None,
    passed_over: Callable[[Locator], None] | None = None,
) -> Iterator[Listed]:
    """Where the messages in `path` stand, as they are found; a plain file is one message, whatever it holds.

    What cannot be opened on the way is `Refused` and stops nothing. In folders and archives, files that are no mail are
    told to `passed_over`, unless their name promises one: those are listed, and reading them says what they are.
    Ends early, without a word, once `cancelled()` is true. Never raises.
    """
    listing = _Listing(Root(path), cancelled or (lambda: False), passed_over or (lambda _: None))
    yield from listing.all()


def messages_in_octets(
    octets: bytes, name: str, *, cancelled: Callable[[], bool] | None = None
) -> tuple[Root, Iterator[Listed]]:
    """The same for octets without a file, such as standard input; `files.read` needs the root beside the locator."""
    root = Root(Path(name), octets)
    return root, _Listing(root, cancelled or (lambda: False), lambda _: None).all()


class _Listing:
    """One walk through what was handed over, with all that bounds it."""

    def __init__(self, root: Root, cancelled: Callable[[], bool], passed_over: Callable[[Locator], None]) -> None:
        self._root = root
        self._cancelled = cancelled
        self._passed_over = passed_over
        self._budget = MAX_UNPACKED_TOTAL_OCTETS

    def all(self) -> Iterator[Listed]:
        """Everything, up to `MAX_LISTED`."""
        count = 0
        for listed in self._start():
            if self._cancelled():
                return
            if isinstance(listed, Locator):
                count += 1
            if count > MAX_LISTED:
                yield _refused(Locator(self._root.path), "refusal.too-many", most=str(MAX_LISTED))
                return
            yield listed

    def _start(self) -> Iterator[Listed]:
        path = self._root.path
        try:
            is_folder = self._root.octets is None and path.is_dir()
        except (OSError, ValueError):
            is_folder = False
        if is_folder:
            yield from self._in_folder(path)
        else:
            yield from self._in_file(self._root, is_given=True)

    def _in_folder(self, folder: Path) -> Iterator[Listed]:
        walk = Walk(folder, self._cancelled)
        count = 0
        for path in walk.files():
            self._budget = MAX_UNPACKED_TOTAL_OCTETS  # each archive has its own
            for listed in self._in_file(Root(path), is_given=False):
                count += 1
                yield listed
        for unread, reason in walk.unread:
            count += 1
            yield Refused(Locator(unread), unreadable("refusal.not-readable", Locator(unread).name, reason=reason))
        if walk.was_cut:
            yield _refused(Locator(folder), "refusal.folder-too-large")
        if not count and not self._cancelled():
            yield Refused(Locator(folder), unreadable("refusal.folder-empty", Locator(folder).name))

    def _in_file(self, root: Root, *, is_given: bool) -> Iterator[Listed]:
        """The messages of one file; `is_given` where the person named this very file."""
        whole = Locator(root.path)
        try:
            if root.octets is None and not root.path.is_file():
                yield from self._single(whole, is_given=is_given)
                return
            with root.open() as stream:
                yield from self._in_stream(root, stream, whole, is_given=is_given)
        except (OSError, ValueError) as trouble:
            yield Refused(whole, unreadable("refusal.not-readable", whole.name, reason=reason_of(trouble)))

    def _in_stream(self, root: Root, stream: BinaryIO, here: Locator, *, is_given: bool) -> Iterator[Listed]:
        head = stream.read(HEAD_OCTETS)
        stream.seek(0)
        form = form_of(head)
        if form is Form.MBOX:
            yield from self._in_mbox(stream, here)
        elif form is Form.ZIP:
            yield from self._in_zip(root, stream, here)
        elif form is Form.GZIP:
            yield from self._in_gzip(root, stream, here, is_given=is_given)
        else:
            yield from self._single(here, is_given=is_given or form is Form.MAIL)

    def _single(self, here: Locator, *, is_given: bool) -> Iterator[Listed]:
        """One message, or a file to pass over."""
        if is_given or says_mail(here.name):
            yield here
        else:
            self._passed_over(here)

    def _in_mbox(self, stream: BinaryIO, here: Locator) -> Iterator[Listed]:
        """Its messages; a mailbox of one is the file itself, as a mail that was saved with its From_ line is."""
        first: Locator | None = None
        number = -1
        for number, (start, end) in enumerate(spans(stream, self._cancelled)):
            locator = _into(here, Step(Inside.MBOX, start, end, number))
            if number == 0:
                first = locator
                continue
            if first is not None:
                yield first
                first = None
            yield locator
        if first is not None:
            yield here if self._is_plain(stream, first) else first

    @staticmethod
    def _is_plain(stream: BinaryIO, only: Locator) -> bool:
        """Whether the one message of a mailbox is the whole file and has no From_ line within."""
        stream.seek(0)
        head = stream.read(HEAD_OCTETS)
        start = len(head) - len(head.lstrip(b"\r\n"))
        return only.steps[-1].start == start and next(from_lines(stream, start + 5), None) is None

    def _in_gzip(self, root: Root, stream: BinaryIO, here: Locator, *, is_given: bool) -> Iterator[Listed]:
        inside = _into(here, Step(Inside.GZIP))
        head = unpack_gzip(stream, HEAD_OCTETS, HEAD_OCTETS)
        if isinstance(head, Trouble):
            yield _troubled(here, head)
            return
        self._budget -= len(head)
        yield from self._in_unpacked(root, inside, head, is_given=is_given, fallback=here)

    def _in_zip(self, root: Root, stream: BinaryIO, here: Locator) -> Iterator[Listed]:
        """Its members in the order of its directory; of those under another password the first is told."""
        directory = directory_at(root, here.steps, stream)
        if directory is None:
            yield _troubled(here, Trouble.DAMAGED)
            return
        count, is_locked = 0, False
        for member in directory.members:
            if self._cancelled():
                return
            if _is_hidden(member):
                continue
            for listed in self._in_member(root, stream, here, member):
                locked = isinstance(listed, Refused) and listed.refusal.id == "refusal.zip-password"
                if not (locked and is_locked):
                    count += 1
                    yield listed
                is_locked = is_locked or locked
            if self._budget <= 0:
                yield _troubled(here, Trouble.TOO_LARGE)
                return
        if directory.cut:
            yield _refused(here, "refusal.zip-too-many", most=str(MAX_ARCHIVE_MEMBERS))
        elif not count and not self._cancelled():
            yield _refused(here, "refusal.zip-empty")

    def _in_member(self, root: Root, stream: BinaryIO, here: Locator, member: Member) -> Iterator[Listed]:
        inside = _into(here, Step(Inside.ZIP, number=member.number, name=member.name))
        head = unpack_member(stream, member, HEAD_OCTETS, HEAD_OCTETS)
        if isinstance(head, Trouble):
            # a password is the archive's matter: it is told once
            yield _troubled(here if head is Trouble.PASSWORD else inside, head)
            return
        self._budget -= len(head)
        yield from self._in_unpacked(root, inside, head, is_given=False, fallback=inside)

    def _in_unpacked(
        self, root: Root, inside: Locator, head: bytes, *, is_given: bool, fallback: Locator
    ) -> Iterator[Listed]:
        """The messages in what a step opened, by its first octets; only containers are unpacked whole."""
        form = form_of(head)
        if form not in (Form.MBOX, Form.ZIP, Form.GZIP):
            yield from self._single(inside, is_given=is_given or form is Form.MAIL)
            return
        if sum(step.kind is not Inside.MBOX for step in inside.steps) >= MAX_ARCHIVE_DEPTH:
            yield _refused(fallback, "refusal.zip-too-deep", most=str(MAX_ARCHIVE_DEPTH))
            return
        stream = open_at(root, inside.steps)
        if isinstance(stream, Trouble):
            yield _troubled(fallback, stream)
            return
        with stream:
            self._budget -= stream.seek(0, 2)
            if self._budget <= 0:
                yield _troubled(fallback, Trouble.TOO_LARGE)
                return
            stream.seek(0)
            yield from self._in_stream(root, stream, inside, is_given=is_given)


def _into(locator: Locator, step: Step) -> Locator:
    return replace(locator, steps=(*locator.steps, step))


def _is_hidden(member: Member) -> bool:
    """Whether a member is a folder, or a file that a system leaves for itself (`__MACOSX/`, `.DS_Store`)."""
    parts = member.name.replace("\\", "/").split("/")
    return member.is_folder or parts[0] == "__MACOSX" or parts[-1].startswith(".")


def _refused(locator: Locator, identifier: str, **params: str) -> Refused:
    return Refused(locator, refusal(identifier, locator.name, **params))


def _troubled(locator: Locator, trouble: Trouble) -> Refused:
    return Refused(locator, unpacking_refusal(trouble, locator.name))
