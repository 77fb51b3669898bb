"""Starts the window: application object, settings, language, theme, and their end.

Nothing here or below it may load dkimpy, pyspf, dnspython or cryptography before the first paint (conventions.md 7).
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Slot
from PySide6.QtWidgets import QApplication

from headerlens import __version__
from headerlens.gui.garbage import Collector
from headerlens.gui.language import Speaker
from headerlens.gui.main_window import MainWindow
from headerlens.gui.settings import Settings, load, save, settings_path
from headerlens.gui.theme import Theme

if TYPE_CHECKING:
    from types import TracebackType

    from headerlens.gui.engine import Engine
    from headerlens.samples import Sample


class Program(QObject):
    """The window with what surrounds it. Settings change here and nowhere else.

    `engine` None means the real one, loaded when the window first needs it.
    """

    def __init__(self, app: QApplication, engine: Engine | None, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._app, self._path = app, path
        self._showing_bug = False
        self.settings, self._problems = load(path)
        self.speaker = Speaker(app)
        self.theme = Theme()
        self._dress(self.settings, ask=False)
        self.window = MainWindow(engine, self.settings, self.theme, self.speaker.language)
        # every widget of the window asks it for colours to the very end
        self.theme.setParent(self.window)
        self.window.settings_changed.connect(self.change)
        if self._problems:
            self.window.mention(self._about_problems())

    @Slot(object)
    def change(self, settings: Settings) -> None:
        """Apply `settings` and keep them."""
        if settings == self.settings:
            return
        looks_alike = _looks(settings) == _looks(self.settings)
        self.settings = settings
        if not looks_alike:
            self._dress(settings)
        self.window.apply_settings(settings, self.speaker.language)
        if not save(settings, self._path):
            self.window.mention(self._about_saving())

    def on_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """What Qt calls for an exception in a slot: show the page, and let the terminal have the traceback too."""
        from headerlens.batch.crash import failure_of

        sys.__excepthook__(kind, error, trace)
        if not self._showing_bug:
            self._showing_bug = True
            self.window.show_bug(failure_of(error))
            self._showing_bug = False

    def close(self) -> None:
        """End every thread, then take the translators out."""
        self.window.close()
        self.speaker.silence()

    def _dress(self, settings: Settings, *, ask: bool = True) -> None:
        language = self.speaker.speak(settings.language)
        self.theme.set_japanese(language == "ja")
        self.theme.set_scale(settings.text_size / 100)
        self.theme.set_calm(wanted=settings.reduced_motion)
        self.theme.apply(self._app, settings.theme, ask=ask)  # type: ignore[arg-type]  # settings allow these three only

    def _about_problems(self) -> str:
        names = ", ".join(one for one in self._problems if one)
        if not names:
            return QCoreApplication.translate("Program", "The settings could not be read; the defaults are used.")
        return QCoreApplication.translate("Program", "Some settings were not usable and were reset: {names}").format(
            names=names
        )

    @staticmethod
    def _about_saving() -> str:
        return QCoreApplication.translate("Program", "The settings could not be saved; they hold until you quit.")


def _looks(settings: Settings) -> tuple[str, str, int, bool]:
    return settings.language, settings.theme, settings.text_size, settings.reduced_motion


def make_application(argv: Sequence[str]) -> QApplication:
    """The application object with its names, which decide where the settings live."""
    # by an argument, because QApplication.setStyle hands out a QStyle, whose enumerations take 10 ms to make
    style = () if sys.platform == "darwin" else ("-style", "Fusion")
    app = QApplication([*argv, *style])
    app.setApplicationName("headerlens")
    app.setApplicationDisplayName("HeaderLens")
    app.setApplicationVersion(__version__)
    app.setDesktopFileName("org.headerlens.HeaderLens")
    return app


def fell_back(platform: str, asked: str) -> bool:
    """Whether Qt had to take the last platform of a list, the one without a screen."""
    return ";" in asked and asked.endswith(f";{platform}") and platform == "offscreen"


def _open(window: MainWindow, paths: Sequence[str], sample: Sample | None) -> None:
    """What the command line named, once the window is there."""
    from headerlens.gui.sources import of_path, of_sample

    window.open_sources([of_path(Path(path)) for path in paths] if sample is None else [of_sample(sample)])


def _take_events(app: QApplication, window: MainWindow) -> None:
    """Only where files come as events: a filter in Python sees every event of every object."""
    from headerlens.gui.file_opener import FileOpener

    opener = FileOpener(window)  # ends with it
    opener.opened.connect(window.open_paths)
    app.installEventFilter(opener)


def run(paths: Sequence[str], sample: Sample | None = None) -> int | None:
    """Show the window with `paths` or `sample` opened in it; the exit status, None when there is no screen for it."""
    app = make_application(sys.argv[:1])
    if fell_back(app.platformName(), os.environ.get("QT_QPA_PLATFORM", "")):
        return None
    program = Program(app, None, settings_path())
    if sys.platform == "darwin":
        _take_events(app, program.window)
    sys.excepthook = program.on_bug
    program.window.show()
    collector = Collector(program.window)
    program.window.moved_in.connect(collector.settle)
    if sample is not None or paths:
        QTimer.singleShot(0, program.window, lambda: _open(program.window, paths, sample))
    status = app.exec()
    sys.excepthook = sys.__excepthook__
    collector.hand_back()
    program.close()
    return status
