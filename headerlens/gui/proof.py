"""The parts of the self-test that need the window: words, drawings, and the window itself, painted offscreen."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, sleep

from PySide6.QtCore import QCoreApplication, QEvent, QLocale, QObject
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication, QDialogButtonBox

from headerlens.gui.app import Program, make_application
from headerlens.model.proof import Broken, Part

PATIENCE = 30.0
"""Seconds for a paint or a check; a loaded machine under wine takes several."""

ANSWER = "判定"
"""What the window calls the answer in Japanese."""

NAMES = ("help", "icons", "printing", "window en", "window ja", "labels", "words of qt")
"""The parts, in their order."""

_kept: QApplication | None = None


class _Watch(QObject):
    """Counts the paint events of the window."""

    def __init__(self) -> None:
        super().__init__()
        self.painted = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count, and let it pass."""
        self.painted += event.type() == QEvent.Type.Paint
        return super().eventFilter(watched, event)


def window_parts() -> Iterator[Part]:
    """What has to be proved, while one window is open. Settings are kept in a folder that is gone afterwards."""
    yield Part("help", _help)
    app = _application()
    yield Part("icons", _icons)
    yield Part("printing", _printing)
    spoken = QLocale()
    with TemporaryDirectory() as folder:
        program = Program(app, None, Path(folder) / "settings.json")
        try:
            yield Part("window en", lambda: _window(program, "en"))
            yield Part("window ja", lambda: _window(program, "ja"))
            yield Part("labels", lambda: _labels(program))
            yield Part("words of qt", _words_of_qt)
        finally:
            program.close()
            QLocale.setDefault(spoken)


def _application() -> QApplication:
    """The one of this process; it lives as long as the process, because Qt's PDF needs one too."""
    global _kept  # noqa: PLW0603  Qt knows one application for a process
    existing = QApplication.instance()
    if isinstance(existing, QApplication):
        return existing
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _kept = make_application(sys.argv[:1])
    return _kept


def _help() -> str:
    from headerlens.gui.help_pages import pages_in

    counts = {len(pages_in(language)["client"]) for language in ("en", "ja")}
    if len(counts) != 1 or 0 in counts:
        raise Broken(f"the languages have {counts} pages")
    return f"{counts.pop()} mail programs"


def _icons() -> str:
    """Every drawing is rendered, and none is blank."""
    from PySide6.QtSvg import QSvgRenderer

    from headerlens.assets import asset

    count = 0
    for folder in ("line", "status"):
        for file in asset("icons", folder).iterdir():
            renderer = QSvgRenderer(file.read_bytes())
            if not renderer.isValid() or not _draws(renderer.render):
                raise Broken(f"{folder}/{file.name} is blank")
            count += 1
    return f"{count} drawings"


def _draws(render: Callable[[QPainter], None]) -> bool:
    picture = QImage(24, 24, QImage.Format.Format_ARGB32_Premultiplied)
    picture.fill(0)
    painter = QPainter(picture)
    render(painter)
    painter.end()
    return any(picture.pixel(x, y) for x in range(24) for y in range(24))


def _printing() -> str:
    from PySide6.QtPrintSupport import QPrinter

    printer = QPrinter()
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    if not printer.isValid():
        raise Broken("no printer can be made, not even one that writes a file")
    return "a printer can be made"


def _window(program: Program, language: str) -> str:
    """The window is painted with a checked example in it, by its own threads; in `language`."""
    window, watch = program.window, _Watch()
    window.change(language=language)
    window.installEventFilter(watch)
    window.show()
    window.update()
    _wait(lambda: watch.painted > 0, "the window was not painted")
    _open_example(program)
    watch.painted = 0
    window.update()
    _wait(lambda: watch.painted > 0, "the answer was not painted")
    window.removeEventFilter(watch)
    colours = _colours(window.grab().toImage())
    if colours < 8:
        raise Broken(f"painted with {colours} colours")
    return f"an example painted with {colours} colours"


def _open_example(program: Program) -> None:
    from headerlens.gui.sources import of_sample
    from headerlens.samples import samples

    window = program.window
    window.open_sources([of_sample(samples()[0])])
    _wait(lambda: window.entry is not None and window.entry.has_case, "the example was not checked")
    _wait(lambda: window.body.shows("result"), "the answer was not shown")


def _wait(done: Callable[[], bool], otherwise: str) -> None:
    end = monotonic() + PATIENCE
    while not done():
        if monotonic() > end:
            raise Broken(otherwise)
        QCoreApplication.processEvents()
        sleep(0.002)


def _colours(picture: QImage) -> int:
    places = ((x, y) for y in range(0, picture.height(), 4) for x in range(0, picture.width(), 4))
    return len({picture.pixel(x, y) for x, y in places})


def _labels(program: Program) -> str:
    """The window of before speaks Japanese: its own file of words was found and read."""
    shown = program.window.actions_of_window["answer"].text()
    if ANSWER not in shown:
        raise Broken(f"the window calls the answer {shown!r}")
    return "the window speaks Japanese"


def _words_of_qt() -> str:
    """The buttons of Qt's own dialogs."""
    box = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
    if "Cancel" in box.button(QDialogButtonBox.StandardButton.Cancel).text():
        raise Broken("qtbase_ja is missing: Qt's own dialogs would speak English")
    return "qtbase_ja is there"
