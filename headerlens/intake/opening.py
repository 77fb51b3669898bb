"""The way to the octets that a locator names: a file, and what was unpacked on the way, held while it is being used."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from headerlens.intake.unpacking import Trouble, unpack_gzip, unpack_member
from headerlens.intake.zip_directory import Directory, Member, read_directory
from headerlens.model.limits import MAX_UNPACKED_OCTETS
from headerlens.model.locator import Inside, Step

Steps = tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Root:
    """Where all begins: a file, or octets that came without one (`path` then only names them)."""

    path: Path
    octets: bytes | None = None

    def open(self) -> BinaryIO:
        """A stream over the whole. Raises OSError or ValueError."""
        return self.path.open("rb") if self.octets is None else BytesIO(self.octets)

    def key(self) -> tuple[object, ...]:
        """Equal as long as the file stays as it is. Raises OSError or ValueError."""
        if self.octets is not None:
            return (id(self.octets),)
        status = self.path.stat()
        return (str(self.path), status.st_size, status.st_mtime_ns)


class _Held:
    """The last thing that was unpacked or listed, kept until another is.

    Messages of one archive are read one after the other; unpacking it for each would take the square of the time.
    """

    def __init__(self) -> None:
        self._kept: tuple[tuple[object, ...], bytes | Directory] | None = None

    def get(self, key: tuple[object, ...]) -> bytes | Directory | None:
        kept = self._kept  # read once: another thread may replace it
        return kept[1] if kept is not None and kept[0] == key else None

    def keep(self, key: tuple[object, ...], value: bytes | Directory) -> None:
        self._kept = (key, value)

    def drop(self) -> None:
        self._kept = None


_OCTETS, _DIRECTORY = _Held(), _Held()


def let_go() -> None:
    """Give back the memory of what is held: whoever reads a plain file is done with the archive before."""
    _OCTETS.drop()
    _DIRECTORY.drop()


def open_at(root: Root, steps: Steps) -> BinaryIO | Trouble:
    """A stream over what stands behind `steps`, none of which is an mbox. Raises OSError or ValueError for the root."""
    if not steps:
        return root.open()
    key = (*root.key(), steps)
    held = _OCTETS.get(key)
    if isinstance(held, bytes):
        return BytesIO(held)
    octets = unpacked(root, steps, MAX_UNPACKED_OCTETS)
    if isinstance(octets, Trouble):
        return octets
    _OCTETS.keep(key, octets)
    return BytesIO(octets)


def unpacked(root: Root, steps: Steps, limit: int, head: int | None = None) -> bytes | Trouble:
    """What the last of `steps` opens, a zip's member or a gzip file: at most `limit` octets, or its first `head`."""
    outer = open_at(root, steps[:-1])
    if isinstance(outer, Trouble):
        return outer
    with outer:
        if steps[-1].kind is Inside.GZIP:
            return unpack_gzip(outer, limit, head)
        directory = directory_at(root, steps[:-1], outer)
        member = _named(directory, steps[-1])
        return Trouble.DAMAGED if member is None else unpack_member(outer, member, limit, head)


def directory_at(root: Root, steps: Steps, stream: BinaryIO) -> Directory | None:
    """The directory of the zip behind `steps`, over which `stream` is; None when it has none."""
    key = (*root.key(), steps)
    held = _DIRECTORY.get(key)
    if isinstance(held, Directory):
        return held
    directory = read_directory(stream)
    if directory is not None:
        _DIRECTORY.keep(key, directory)
    return directory


def _named(directory: Directory | None, step: Step) -> Member | None:
    """The member of a step, unless the archive has changed since it was listed."""
    if directory is None or not 0 <= step.number < len(directory.members):
        return None
    member = directory.members[step.number]
    return member if member.name == step.name else None
