"""What the window must not load before its first paint, and which face `headerlens` chooses."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"dkim", "spf", "dns", "cryptography", "publicsuffixlist", "asyncio", "nacl", "headerlens.pipeline"}


def run(code: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """A fresh interpreter without a display, unless `environment` gives one."""
    clean = {
        key: value for key, value in os.environ.items() if key not in {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    }
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=ROOT, env={**clean, **environment}, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def test_the_window_starts_without_the_engine() -> None:
    done = run("import sys, headerlens.gui.app; print(*sys.modules)")
    assert done.returncode == 0, done.stderr
    loaded = done.stdout.split()
    assert "headerlens.gui.main_window" in loaded
    assert {one for one in loaded if one in HEAVY or one.split(".")[0] in HEAVY} == set()


def test_the_first_paint_waits_for_the_start_page_only() -> None:
    """More is loaded a few milliseconds later (`headerlens.gui.moving_in`); each module here costs every start."""
    code = (
        "import sys; from pathlib import Path; from headerlens.gui.app import Program, make_application;"
        "app = make_application(['headerlens']); program = Program(app, None, Path('/nonexistent/settings.json'));"
        "program.window.show(); app.processEvents(); assert program.window._painted;"
        "print(*(one for one in sys.modules if one.startswith('headerlens.') or one in "
        "{'json', 'tomllib', 'html', 'importlib.resources', 'xml.etree.ElementTree'}));"
        "import os; sys.stdout.flush(); os._exit(0)"
    )
    done = run(code, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "headerlens.gui.pages.start" in loaded
    later = ("headerlens.model.", "headerlens.present.views", "headerlens.gui.session", "headerlens.gui.engine")
    assert not [one for one in loaded if one.startswith(later)]
    assert len(loaded) <= 40, sorted(loaded)
    assert not [one for one in loaded if not one.startswith("headerlens.")]


def test_the_first_paint_does_without_the_enumerations_of_qt() -> None:
    """They take 25 ms to build (`headerlens.gui.qt_numbers`); the window makes them, like its commands, afterwards."""
    code = """
import enum, os, sys
from pathlib import Path
built, call = [], enum.EnumType.__call__
def note(cls, *given, **named):
    built.extend(given[:1] if len(given) > 1 else ())
    return call(cls, *given, **named)
enum.EnumType.__call__ = note
from headerlens.gui.app import Program, make_application
app = make_application(["headerlens"])
program = Program(app, None, Path("/nonexistent/settings.json"))
program.window.show()
app.processEvents()
assert program.window._painted
enum.EnumType.__call__ = call
print(*built)
enum.EnumType.__call__ = note
from PySide6.QtCore import Qt
enum.EnumType.__call__ = call
print(*built)
sys.stdout.flush()
os._exit(0)
"""
    done = run(code, QT_QPA_PLATFORM="offscreen")
    assert done.returncode == 0, done.stderr
    before, after = (set(line.split()) for line in done.stdout.splitlines())
    assert {"AlignmentFlag", "PenStyle"} <= after  # they can be seen here
    assert not before & {"AlignmentFlag", "PenStyle", "Preset", "ThemeIcon", "StandardKey"}


def test_nothing_but_the_window_loads_qt() -> None:
    done = run("import sys, headerlens.__main__, headerlens.model.case, headerlens.present.views; print(*sys.modules)")
    assert done.returncode == 0, done.stderr
    assert not [one for one in done.stdout.split() if one.startswith(("PySide6", "shiboken6"))]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a display")
def test_without_a_display_it_says_so_and_does_not_crash() -> None:
    done = run("import sys; from headerlens.__main__ import main; sys.exit(main([]))")
    assert done.returncode == 64
    assert "no display" in done.stderr
    assert "headerlens check" in done.stderr


def test_the_self_test_paints_a_window_without_a_display() -> None:
    code = (
        "from headerlens.gui.proof import window_parts\nfor part in window_parts(): print(part.name, '-', part.prove())"
    )
    done = run(code)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    assert "window ja - an example painted" in done.stdout


def test_the_terminal_commands_never_touch_the_window() -> None:
    code = (
        "import sys, types; cli = types.ModuleType('headerlens.cli.main'); cli.main = lambda a: print(a) or 7;"
        "sys.modules['headerlens.cli.main'] = cli; from headerlens.__main__ import main;"
        "status = main(['check', '--json', 'x.eml']);"
        "print([m for m in sys.modules if 'PySide6' in m]); sys.exit(status)"
    )
    done = run(code)
    assert done.returncode == 7
    assert done.stdout.splitlines() == ["['check', '--json', 'x.eml']", "[]"]


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a display")
def test_a_display_that_does_not_answer_is_no_abort() -> None:
    done = run("import sys; from headerlens.__main__ import main; sys.exit(main([]))", DISPLAY=":4711")
    assert done.returncode == 64
    assert "no display" in done.stderr


def test_an_unknown_option_is_a_matter_of_the_terminal() -> None:
    code = (
        "import sys, types; cli = types.ModuleType('headerlens.cli.main'); cli.main = lambda a: print(a) or 64;"
        "sys.modules['headerlens.cli.main'] = cli; from headerlens.__main__ import main; sys.exit(main(['--nope']))"
    )
    assert run(code).stdout.strip() == "['--nope']"


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="there is always a display")
def test_without_a_display_files_are_checked_in_the_terminal() -> None:
    code = (
        "import sys, types; cli = types.ModuleType('headerlens.cli.main'); cli.main = lambda a: print(a) or 1;"
        "sys.modules['headerlens.cli.main'] = cli; from headerlens.__main__ import main; sys.exit(main(['x.eml']))"
    )
    done = run(code)
    assert done.returncode == 1
    assert done.stdout.strip() == "['check', 'x.eml']"
    assert "in the terminal instead" in done.stderr
