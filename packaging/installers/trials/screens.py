"""A screen nobody sees (Xvfb), and a picture of what is on it. Programs in a bare system reach it too."""

from __future__ import annotations

import os
import signal
import struct
import subprocess
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from installers.commands import Broken, say

SIZE = (1280, 900)
SECONDS = 60
"""How long a window may take to appear; loaded machines are slow."""

STILL = 4
"""So many seconds without a change, and a window has said what it has to say, on a loaded machine too."""

COLOURS = 60
"""A painted window of ours has hundreds of colours, an empty screen one, a bare frame a few."""


@dataclass(frozen=True, slots=True)
class Screen:
    """A running X server. `display` is what DISPLAY has to be; it listens to this machine alone."""

    display: str
    _buffer: Path

    def colours(self) -> int:
        """How many colours are on it now."""
        pixels = self._pixels()[2]
        return len({pixels[at : at + 4] for at in range(0, len(pixels), 4)})

    def fingerprint(self) -> int:
        """A number that is another one when anything on it has changed."""
        return zlib.crc32(self._pixels()[2])

    def picture(self, target: Path) -> None:
        """Write what is on it now as PNG."""
        width, height, pixels = self._pixels()
        rows = (pixels[at : at + width * 4] for at in range(0, len(pixels), width * 4))
        # X keeps blue, green, red, unused; each row of a PNG begins with its filter, 0 for none
        packed = zlib.compress(b"".join(b"\0" + _rgb(row) for row in rows))
        head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(
            b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")
        )

    def _pixels(self) -> tuple[int, int, bytes]:
        """Width, height and four bytes for each pixel, from the X window dump that Xvfb keeps up to date."""
        dump = self._buffer.read_bytes()
        words = struct.unpack(">20I", dump[:80])
        start, width, height, bits, line, colours = words[0], words[4], words[5], words[11], words[12], words[19]
        if bits != 32 or line != width * 4:
            raise Broken(f"the screen has {bits} bits in a pixel, not 32")
        start += colours * 12
        return width, height, dump[start : start + line * height]


@contextmanager
def screen() -> Iterator[Screen]:
    """Start an X server on a free number and end it."""
    with tempfile.TemporaryDirectory() as place:
        size = f"{SIZE[0]}x{SIZE[1]}x24"
        words = ["Xvfb", "-displayfd", "1", "-screen", "0", size, "-fbdir", place, "-nolisten", "tcp"]
        with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
            try:
                assert server.stdout is not None
                number = server.stdout.readline().strip()
                if not number:
                    raise Broken("Xvfb did not start")
                yield Screen(f":{number}", Path(place) / "Xvfb_screen0")
            finally:
                server.terminate()


def photograph(command: Sequence[str], shown_on: Screen, target: Path, *, wait: int = SECONDS) -> float:
    """Start `command`, wait for its window on `shown_on`, write a picture of it, end it; the seconds it took to paint.

    Raises `Broken` when it ends by itself or paints nothing within `wait` seconds.
    """
    say(f"a window on {shown_on.display}")
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as talk:
        began = time.monotonic()
        with subprocess.Popen(command, stdout=talk, stderr=subprocess.STDOUT, start_new_session=True) as program:
            try:
                seen = _until(lambda: program.poll() is not None or shown_on.colours() > COLOURS, wait) - began
                if program.poll() is not None or shown_on.colours() <= COLOURS:
                    talk.seek(0)
                    raise Broken(f"no window came: {talk.read()[-2000:]}")
                _until_still(shown_on)  # the answer follows the first paint
                shown_on.picture(target)
            finally:
                # its whole group: `unshare` lets nothing else end it, and takes what is inside along
                with suppress(ProcessLookupError):
                    os.killpg(program.pid, signal.SIGKILL)
    return seen


def _until_still(shown_on: Screen) -> None:
    """Wait until nothing has changed for STILL seconds; something turns as long as a check runs."""
    end, since, last = time.monotonic() + SECONDS, time.monotonic(), shown_on.fingerprint()
    while time.monotonic() < min(end, since + STILL):
        time.sleep(0.3)
        now = shown_on.fingerprint()
        if now != last:
            since, last = time.monotonic(), now


def _until(come: Callable[[], bool], wait: int) -> float:
    """When `come` first held, or when the time was over."""
    end = time.monotonic() + wait
    while not come() and time.monotonic() < end:
        time.sleep(0.1)
    return time.monotonic()


def _rgb(row: bytes) -> bytes:
    out = bytearray(len(row) // 4 * 3)
    out[0::3], out[1::3], out[2::3] = row[2::4], row[1::4], row[0::4]
    return bytes(out)


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
