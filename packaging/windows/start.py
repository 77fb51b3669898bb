"""The first Python code of the Windows program: both launchers run it, compiled, as start.pyc of the runtime."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

BUG = 70
"""sysexits.h EX_SOFTWARE: a mistake of the program."""

TEXTS = {
    False: "HeaderLens could not start. Please install it again; if that does not help, send us these lines:",
    True: "HeaderLens を起動できませんでした。再インストールしても直らない場合は、次の内容をお知らせください:",
}


def start() -> int:
    """Run HeaderLens; the exit status."""
    # worker processes are started as this exe with "--multiprocessing-fork": it takes no "-c" as python.exe does
    sys.frozen = True  # type: ignore[attr-defined]
    windowed = sys.stdout is None
    if windowed:
        # without a terminal there is nowhere to print to, and code that prints must not end for that
        sys.stdout = sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: PTH123, SIM115  lives as long as we
    try:
        from headerlens.__main__ import main

        return main()
    except Exception:  # the window tells of its own mistakes; this one happened before there was one
        if not windowed:
            raise
        _show(sys.exception())
        return BUG


def _show(error: BaseException | None) -> None:
    import ctypes
    import traceback

    user: Callable[..., int] = ctypes.windll.user32.MessageBoxW  # type: ignore[attr-defined]
    japanese = ctypes.windll.kernel32.GetUserDefaultUILanguage() & 0x3FF == 0x11  # type: ignore[attr-defined]
    lines = "".join(traceback.format_exception(error)[-3:])
    user(None, f"{TEXTS[japanese]}\n\n{lines}", "HeaderLens", 0x10)


if __name__ == "__main__":
    sys.exit(start())
