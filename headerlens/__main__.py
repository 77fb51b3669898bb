"""Chooses the face: the window, or the terminal for its commands and where there is no display."""

from __future__ import annotations

import gc
import multiprocessing
import os
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from headerlens.model.proof import Part

TERMINAL = frozenset({"check", "domain"})
"""Commands. The window knows no options: what begins with a hyphen is the terminal's matter too."""

FALLBACK = "offscreen"
DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")


def main(argv: Sequence[str] | None = None) -> int:
    """Run `headerlens` with `argv` (without the program's name); the exit status."""
    multiprocessing.freeze_support()
    arguments = list(sys.argv[1:] if argv is None else argv)
    arguments = [one for one in arguments if not one.startswith("-psn_")]  # what old macOS hands to every program
    if arguments == ["--self-test"]:
        return _self_test()
    if arguments[:1] == ["--sample"] and len(arguments) == 2:
        return _sample(arguments[1])
    if arguments and (arguments[0] in TERMINAL or any(one.startswith("-") for one in arguments)):
        return _terminal(arguments)
    if has_display():
        return _window(arguments)
    return _without_display(arguments)


def _self_test() -> int:
    """The one command that needs both faces."""
    from headerlens.cli.self_test import self_test

    def window() -> Iterable[Part]:
        from headerlens.gui.proof import window_parts

        return window_parts()

    return self_test(window)


def _sample(name: str) -> int:
    """A shipped example, in the window where there is one."""
    from headerlens.samples import sample

    if sample(name) is None or not has_display():
        return _terminal(["check", "--sample", name])
    return _window([], name)


def has_display() -> bool:
    """Whether a window can be shown at all: Qt aborts the process where it cannot."""
    return sys.platform in {"win32", "darwin"} or any(os.environ.get(name) for name in DISPLAYS)


def _window(arguments: Sequence[str], example: str = "") -> int:
    # hardly anything that start-up makes is garbage; gui/garbage.py takes over when the window stands
    gc.disable()
    try:
        from headerlens.gui.app import run
        from headerlens.samples import sample
    except ImportError as error:
        # Qt's libraries need some of the system's, such as libEGL, which a server may lack
        return _without_display(
            ["--sample", example] if example else arguments, f"HeaderLens can't open its window: {error}"
        )
    _allow_no_platform()
    status = run(arguments, sample(example))
    if status is not None:
        return status
    return _without_display(["--sample", example] if example else arguments)


def _allow_no_platform() -> None:
    """Qt aborts the process when no platform of its list answers; with "offscreen" as the last it comes back."""
    if sys.platform in {"win32", "darwin"} or "QT_QPA_PLATFORM" in os.environ:
        return
    first, second = ("wayland", "xcb") if os.environ.get("WAYLAND_DISPLAY") else ("xcb", "wayland")
    os.environ["QT_QPA_PLATFORM"] = f"{first};{second};{FALLBACK}"


def _without_display(arguments: Sequence[str], reason: str = "HeaderLens found no display to open a window on.") -> int:
    hint = "Checking in the terminal instead." if arguments else 'Use "headerlens check FILE" in the terminal.'
    gc.enable()
    print(f"{reason} {hint}", file=sys.stderr)  # noqa: T201  the terminal is all there is
    return _terminal(["check", *arguments]) if arguments else 64


def _terminal(arguments: Sequence[str]) -> int:
    from headerlens.cli.main import main as terminal

    return terminal(list(arguments))


if __name__ == "__main__":
    sys.exit(main())
