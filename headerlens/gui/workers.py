"""The one bridge between the window and work in other threads.

A `Task` is made on the GUI thread around one function and tells it by queued signals how the work ended. A cancelled
task is silent. Here stands the program's only broad `except`: whatever escapes a room is a bug, and becomes a `Failure`
that can be shown and copied.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, QThreadPool, Signal, Slot

from headerlens.batch.crash import Failure, failure_of

__all__ = ["Crew", "Failure", "Task", "Work", "failure_of", "running_version"]

Cancelled = Callable[[], bool]
Work = Callable[[Cancelled], object]


class Task(QObject):
    """One piece of work. Make it on the GUI thread, connect bound slots, then `start` it."""

    done = Signal(object)
    failed = Signal(object)
    ended = Signal()
    _came = Signal(object)
    _broke = Signal(object)

    def __init__(self, work: Work, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._cancelled = threading.Event()
        self._came.connect(self._tell)
        self._broke.connect(self._complain)

    def cancel(self) -> None:
        """Ask the work to stop; from now on neither `done` nor `failed` is emitted."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether somebody has cancelled it."""
        return self._cancelled.is_set()

    def _run(self) -> None:
        try:
            result = self._work(self._cancelled.is_set)
        except Exception as error:  # noqa: BLE001  the only place: every bug of a worker becomes a page
            self._broke.emit(failure_of(error))
        else:
            self._came.emit(result)
        finally:
            self._work = _nothing
            self.ended.emit()

    @Slot(object)
    def _tell(self, result: object) -> None:
        """On the GUI thread, where `cancel` is called too: nothing can slip in between."""
        if not self._cancelled.is_set():
            self.done.emit(result)

    @Slot(object)
    def _complain(self, failure: object) -> None:
        if not self._cancelled.is_set():
            self.failed.emit(failure)


def _nothing(_cancelled: Cancelled) -> object:
    """Stands in for work that is over, so that a finished task keeps no message alive."""
    return None


class Crew(QObject):
    """The tasks that are under way, and the pool that runs them; `join` before the application object goes.

    It owns its tasks as their Qt parent, so that a task dies on the GUI thread even if the pool lets go of it last.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = QThreadPool(self)
        self._under_way: set[Task] = set()
        self._dismissed = False

    def start(self, task: Task) -> Task:
        """Run `task` in the pool; it is kept alive until it has ended. After `join` it is only cancelled."""
        task.setParent(self)
        if self._dismissed:
            task.cancel()
            return task
        self._under_way.add(task)
        task.ended.connect(self._let_go)
        # never QRunnable.create: the pool deletes the runnable, PySide6 6.12 keeps its wrapper, and the next object at
        # that address is taken for a QRunnable (seen as random crashes); a bare callable has no wrapper
        self._pool.start(task._run)  # noqa: SLF001  the runner of its own class
        return task

    def warm(self, load: Callable[[], None]) -> Task:
        """Load something in the background that the first check would have to wait for."""

        def work(_cancelled: Cancelled) -> object:
            load()
            return None

        return self.start(Task(work))

    @Slot()
    def _let_go(self) -> None:
        task = self.sender()
        if isinstance(task, Task):
            self._under_way.discard(task)
            task.deleteLater()

    def cancel_all(self) -> None:
        """Cancel everything without waiting."""
        for task in tuple(self._under_way):
            task.cancel()

    def join(self, milliseconds: int = 10_000) -> bool:
        """Cancel everything and wait for the threads; false when some did not end in time.

        Nothing is started any more: Qt destroys the pool while Python holds its lock, and would wait for ever for a
        thread that wants the lock.
        """
        self._dismissed = True
        self.cancel_all()
        self._pool.clear()
        return self._pool.waitForDone(milliseconds)


def running_version() -> str:
    """The versions a bug report needs."""
    from PySide6 import __version__ as qt_version

    from headerlens import __version__

    python = ".".join(str(part) for part in sys.version_info[:3])
    return f"HeaderLens {__version__}, Python {python}, PySide6 {qt_version}, {sys.platform}"
