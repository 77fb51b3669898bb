"""Makes the guides for staff: `python -m tests.support.guides` takes the pictures and writes resources/guides/*.html.

`python -m tests.support.guides --words` keeps the pictures that stand in the pages and puts the words in anew.
"""

from __future__ import annotations

import argparse
import base64
import os
import re
import tempfile
from collections import Counter
from html import escape
from pathlib import Path
from string import Template

from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QApplication

from headerlens.present.guides import LANGUAGES, SYSTEMS, Guide, guide

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "resources" / "guides"
TEMPLATE = ROOT / "packaging" / "guides" / "page.html"
ICONS = ROOT / "resources" / "icons"
EXAMPLE = "spoofed"
WIDTH, HEIGHT = 760, 500
"""Of the window in the pictures."""

EXACT = 96
"""So many of the most frequent colours stay as they are: areas, and the edges of text."""

STEP = 32
"""The others are rounded to multiples of this; both together fit into a palette."""


def page_of(words: Guide, language: str, pictures: tuple[str, str]) -> str:
    """The whole page; `pictures` are data URIs."""
    check, answer = pictures
    fields = {
        "language": language,
        "icon": (ICONS / "headerlens.svg").read_text(encoding="utf-8"),
        "install_title": words.install[0],
        "install_note": words.install[2],
        "check_title": words.check[0],
        "check_more": words.check[2],
        "answer_title": words.answer[0],
        "call_title": words.call[0],
        "call_text": words.call[1],
        "remove_title": words.remove[0],
        "remove_text": words.remove[1],
        "check_caption": words.captions[0],
        "answer_caption": words.captions[1],
        "title": words.title,
        "lead": words.lead,
        "system": words.system,
    }
    made = {name: text if name == "icon" else escape(text) for name, text in fields.items()}
    made |= {
        "install_steps": "".join(f"<li>{escape(step)}</li>" for step in words.install[1]),
        "check_steps": "".join(f"<li>{escape(step)}</li>" for step in words.check[1]),
        "answer_rows": "".join(
            f'<div><dt class="{row.tone}">{status(row.tone)}{escape(row.word)}</dt><dd>{escape(row.means)}</dd></div>'
            for row in words.answer[1]
        ),
        "call_lines": "".join(f"<span>{escape(line)}</span>" for line in words.call[2]),
        "check_picture": check,
        "answer_picture": answer,
        "width": str(WIDTH),
        "height": str(HEIGHT),
    }
    return Template(TEMPLATE.read_text(encoding="utf-8")).substitute(made)


def status(tone: str) -> str:
    """The drawing of a tone."""
    return (ICONS / "status" / f"{tone}.svg").read_text(encoding="utf-8").strip()


def pictures_in(page: str) -> tuple[str, str]:
    """The two pictures of a page that was made before."""
    first, second = re.findall(r'<img src="(data:image/png;base64,[^"]+)"', page)
    return first, second


def shoot(app: QApplication, language: str) -> tuple[str, str]:
    """The two pictures of the real window in `language`: a file hangs over it, and the answer about an example."""
    from headerlens.gui.app import Program
    from headerlens.gui.settings import Settings
    from headerlens.gui.widgets.drop_zone import Hover
    from tests.support.screens import ENGINE, settle, show_sample

    program = Program(app, ENGINE, Path(tempfile.mkdtemp()) / "settings.json")
    program.change(Settings(language=language, theme="light", look_at_clipboard=False))
    window = program.window
    window.resize(WIDTH, HEIGHT)
    window.show()
    settle(300)
    window.body.show_hover(Hover.USABLE)
    settle()
    start = window.grab().toImage()
    window.body.show_hover(Hover.NOTHING)
    show_sample(program, EXAMPLE, None)
    settle(300)
    answer = window.grab().toImage()
    program.close()
    window.deleteLater()
    settle()
    return small_png(start), small_png(answer)


def small_png(picture: QImage) -> str:
    """The picture as a data URI, with a palette: the frequent colours as they are, the others rounded."""
    shown = picture.convertToFormat(QImage.Format.Format_RGB32)
    pixels = memoryview(shown.constBits()).cast("B").cast("I")
    frequent = {colour for colour, _ in Counter(pixels).most_common(EXACT)}
    near = {colour: colour if colour in frequent else rounded(colour) for colour in set(pixels)}
    palette = sorted(set(near.values()))
    places = {colour: palette.index(kept) for colour, kept in near.items()}
    octets = bytes(places[colour] for colour in pixels)
    result = QImage(octets, shown.width(), shown.height(), shown.width(), QImage.Format.Format_Indexed8)
    result.setColorTable(palette)
    return "data:image/png;base64," + base64.b64encode(written(result)).decode("ascii")


def written(picture: QImage) -> bytes:
    """The picture as PNG, packed as small as can be."""
    octets = QByteArray()
    buffer = QBuffer(octets)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    picture.save(buffer, "PNG", 0)  # type: ignore[call-overload]  # the stubs want bytes for the format
    return bytes(octets.data())


def rounded(pixel: int) -> int:
    """A colour near `pixel` out of few."""
    red, green, blue = (min(255, round(((pixel >> shift) & 0xFF) / STEP) * STEP) for shift in (16, 8, 0))
    return 0xFF000000 | red << 16 | green << 8 | blue


def main() -> None:
    """All six pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", action="store_true", help="keep the pictures")
    keeps = parser.parse_args().words
    app = None if keeps else application()
    for language in LANGUAGES:
        pictures = None if app is None else shoot(app, language)
        for system in SYSTEMS:
            path = PAGES / f"{system}-{language}.html"
            shown = pictures or pictures_in(path.read_text(encoding="utf-8"))
            path.write_text(page_of(guide(system, language), language, shown), encoding="utf-8")
            print(f"{path.name}: {path.stat().st_size // 1000} kB")


def application() -> QApplication:
    """As for the other pictures: the same face and size on each machine that has it; twice the pixels, for paper."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    os.environ.setdefault("QT_SCALE_FACTOR", "2")
    from headerlens.gui.app import make_application

    app = make_application(["headerlens"])
    font = QFont("Inter")
    font.setPixelSize(14)
    app.setFont(font)
    return app


if __name__ == "__main__":
    main()
