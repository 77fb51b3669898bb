"""For the check only: put in the place of start.py, it measures the start-up of the window, or of a bare one.

    HeaderLens.exe bare|window

"bare" is the same kind of window without our program: PySide6 alone, staged the same way. The last line printed tells
the seconds from the start of the process to the first painting, and the processor time of it.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path
from tempfile import gettempdir

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QTableWidget, QWidget


class FirstPaint(QObject):
    """Ends the program once the window has been painted."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  Qt's name
        """Look for the first painting of a window."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            QTimer.singleShot(0, _end)
        return False


def _end() -> None:
    spent = time.time() - float(sys.argv[2])
    told = f"{spent:.2f} {time.process_time():.2f}\n"
    (Path(gettempdir()) / "pace.txt").write_text(told, encoding="utf-8")
    QApplication.exit(0)


def _bare() -> int:
    app = QApplication(["bare", "-style", "Fusion"])
    filtering = FirstPaint()
    app.installEventFilter(filtering)
    window = QMainWindow()
    window.setCentralWidget(QTableWidget(20, 4))
    window.resize(1080, 760)
    window.show()
    return app.exec()


def _ours() -> int:
    from headerlens.gui.app import Program, make_application

    app = make_application(["headerlens"])
    filtering = FirstPaint()
    app.installEventFilter(filtering)
    program = Program(app, None, Path(gettempdir()) / "pace-settings.json")
    program.window.show()
    status = app.exec()
    program.close()
    return status


if __name__ == "__main__":
    sys.exit(_bare() if sys.argv[1] == "bare" else _ours())
