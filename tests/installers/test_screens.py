"""Pictures of a screen nobody sees: read from Xvfb's own file, written as PNG."""

from __future__ import annotations

import shutil
import struct
import sys
from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from installers.commands import Broken
from installers.trials.screens import Screen, photograph, screen

WIDTH, HEIGHT = 3, 2
PIXELS = [(255, 0, 0), (0, 255, 0), (0, 0, 255), (1, 2, 3), (250, 251, 252), (1, 2, 3)]


def _dump(path: Path, *, bits: int = 32) -> Path:
    """A window dump with one entry in its colour table."""
    words = [104, 7, 2, 24, WIDTH, HEIGHT, 0, 0, 32, 0, 32, bits, WIDTH * 4, 4, 0, 0, 0, 8, 256, 1, 0, 0, 0, 0, 0, 0]
    pixels = b"".join(bytes((blue, green, red, 0)) for red, green, blue in PIXELS)
    path.write_bytes(struct.pack(">26I", *words) + bytes(12) + pixels)
    return path


def test_a_picture_holds_the_colours_of_the_screen(tmp_path: Path) -> None:
    shown = Screen(":9", _dump(tmp_path / "screen"))
    shown.picture(tmp_path / "made/picture.png")
    picture = QImage(str(tmp_path / "made/picture.png"))
    colours = [picture.pixelColor(at % WIDTH, at // WIDTH) for at in range(WIDTH * HEIGHT)]
    assert [(one.red(), one.green(), one.blue()) for one in colours] == PIXELS
    assert shown.colours() == 5


def test_a_screen_of_another_depth_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="16 bits"):
        Screen(":9", _dump(tmp_path / "screen", bits=16)).colours()


@pytest.mark.skipif(shutil.which("Xvfb") is None, reason="Xvfb is not on this system")
def test_a_program_that_ends_without_a_window_is_told_with_its_words(tmp_path: Path) -> None:
    with screen() as shown:
        command = [sys.executable, "-c", "print('no such display')"]
        with pytest.raises(Broken, match="no such display"):
            photograph(command, shown, tmp_path / "picture.png")
    assert not (tmp_path / "picture.png").exists()
