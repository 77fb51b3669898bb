"""What the paths of the command line hold: every message in files, folders, mailboxes, archives and standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from headerlens.casefile import StoredCase, is_case_file, load_case, open_case, open_listed
from headerlens.intake.containers import Listed, Refused, messages_in, messages_in_octets
from headerlens.intake.files import read_in, read_octets
from headerlens.intake.opening import Root
from headerlens.model.limits import MAX_CASE_OCTETS, MAX_MESSAGE_OCTETS
from headerlens.model.locator import Inside, Locator
from headerlens.model.message import RawMessage, Refusal
from headerlens.present.harmless import harmless
from headerlens.present.words import Words
from headerlens.reading import restored


@dataclass(frozen=True, slots=True)
class Given:
    """One message, or why there is none, and where it stands: the path as it was typed and the way inside.

    `message` is a Locator where it was asked for later.
    """

    place: str
    message: RawMessage | Refusal | Locator | StoredCase


def given(path: str, words: Words, *, later: bool = False) -> Iterator[Given]:
    """Every message of one path, as it is found; "-" reads standard input. What was passed over is said at the end.

    With `later` messages on disk are only located: a worker reads them.
    """
    if path == "-":
        yield from _from_standard_input()
        return
    stored = open_case(Path(path))
    if stored is not None:
        yield Given(harmless(path), stored)
        return
    passed: list[Locator] = []
    start = Path(path)
    for listed in messages_in(start, passed_over=passed.append):
        if isinstance(listed, Locator) and (stored := open_listed(listed)) is not None:
            yield Given(_place(listed, path, start), stored)
            continue
        if later and isinstance(listed, Locator):
            yield Given(_place(listed, path, start), listed)
            continue
        yield _given(Root(listed.locator.path if isinstance(listed, Refused) else listed.path), listed, path, start)
    if passed:
        print(words.phrase("listing.passed-over", {"name": path, "n": len(passed)}), file=sys.stderr)


def _from_standard_input() -> Iterator[Given]:
    if sys.stdin.isatty():
        print("Reading a mail from standard input; end it with Ctrl+D (Windows: Ctrl+Z, Enter).", file=sys.stderr)
    octets = sys.stdin.buffer.read(MAX_MESSAGE_OCTETS + 1)
    if is_case_file(octets):
        octets += sys.stdin.buffer.read(MAX_CASE_OCTETS + 1)
        yield Given("-", load_case(octets, "-"))
        return
    if len(octets) > MAX_MESSAGE_OCTETS:
        yield Given("-", read_octets(octets, "-"))
        return
    root, listed = messages_in_octets(octets, "-")
    for one in listed:
        yield _given(root, one, "-", Path("-"))


def _given(root: Root, listed: Listed, path: str, start: Path) -> Given:
    if isinstance(listed, Refused):
        return Given(_place(listed.locator, path, start), listed.refusal)
    raw = read_in(root, listed)
    return Given(_place(listed, path, start), raw if isinstance(raw, Refusal) else restored(raw))


def _place(locator: Locator, path: str, start: Path) -> str:
    """Such as "mails/box.zip: inner.mbox: #3", with nothing in it that could steer a terminal."""
    names = [path if locator.path == start else str(locator.path)]
    for step in locator.steps:
        if step.kind is Inside.MBOX:
            names.append(f"#{step.number + 1}")
        elif step.kind is Inside.ZIP:
            names.append(step.name)
    return harmless(": ".join(names))
