"""The files of a folder in a stable order: any folder, a Maildir, a mailbox of Apple Mail."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path

from headerlens.model.limits import MAX_FOLDER_DEPTH, MAX_FOLDER_ENTRIES

_NUMBERS = re.compile(r"(\d{1,18})")


class Walk:
    """A walk through one folder.

    `was_cut` tells that there was more than the limits allow, `unread` which folders gave no access, and why.
    """

    def __init__(self, folder: Path, cancelled: Callable[[], bool]) -> None:
        self._folder = folder
        self._cancelled = cancelled
        self._left = MAX_FOLDER_ENTRIES
        self._seen: set[tuple[int, int]] = set()
        self.was_cut = False
        self.unread: list[tuple[Path, str]] = []

    def files(self) -> Iterator[Path]:
        """Every file, those of a folder before its inner folders, in natural order; hidden ones are left out.

        Links are followed to files inside the folder only. Of a Maildir (`cur`, `new`, `tmp`), `tmp` is left out.
        """
        yield from self._in(self._folder, 0)

    def _in(self, folder: Path, depth: int) -> Iterator[Path]:
        entries = self._entries(folder)
        inner = [entry for entry in entries if _is_folder(entry)]
        is_maildir = {"cur", "new"} <= {entry.name for entry in inner}
        for entry in entries:
            if self._cancelled():
                return
            if not entry.name.startswith(".") and self._is_file(entry):
                yield Path(entry.path)
        for entry in inner:
            if (is_maildir and entry.name == "tmp") or (entry.name.startswith(".") and not _is_maildir(entry)):
                continue
            if depth >= MAX_FOLDER_DEPTH:
                self.was_cut = True
            else:
                yield from self._in(Path(entry.path), depth + 1)

    def _entries(self, folder: Path) -> list[os.DirEntry[str]]:
        """The entries of a folder not seen before; empty when it can't be read."""
        try:
            status = folder.stat()
            if status.st_ino and (status.st_dev, status.st_ino) in self._seen:
                return []
            self._seen.add((status.st_dev, status.st_ino))
            with os.scandir(folder) as found:
                entries = list(islice(found, self._left + 1))
        except OSError as trouble:
            self.unread.append((folder, trouble.strerror or ""))
            return []
        if len(entries) > self._left:
            self.was_cut = True
            entries = entries[: self._left]
        self._left -= len(entries)
        return sorted(entries, key=lambda entry: natural(entry.name))

    def _is_file(self, entry: os.DirEntry[str]) -> bool:
        try:
            if not entry.is_symlink():
                return entry.is_file(follow_symlinks=False)
            return entry.is_file() and Path(entry.path).resolve().is_relative_to(self._folder.resolve())
        except (OSError, RuntimeError):  # RuntimeError: a ring of links, before Python 3.13
            return False


def natural(name: str) -> tuple[tuple[tuple[int, int, str], ...], str]:
    """The key that sorts "mail 2" before "mail 10"."""
    parts = _NUMBERS.split(name.casefold())
    return tuple((0, int(part), "") if index % 2 else (1, 0, part) for index, part in enumerate(parts)), name


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_maildir(entry: os.DirEntry[str]) -> bool:
    """Whether this is a mailbox of a Maildir++, whose inner mailboxes begin with a dot."""
    path = Path(entry.path)
    return (path / "cur").is_dir() and (path / "new").is_dir()
