"""How long the window takes to appear, beside a bare PySide6 window staged in the same folder, in the same run."""

from __future__ import annotations

import shutil
import time
from statistics import median

from installers.commands import Broken, run, say
from installers.source import ROOT
from installers.trials.windows_program import Tried
from installers.trials.wine import HOME
from installers.windows.tools import python_of_the_program

TIMES = 5
"""Starts of each, taken in turns, so that whatever else the machine does hits both."""

PLACE = "C:\\pace"
TOLD = f"{HOME}\\AppData\\Local\\Temp\\pace.txt"


def compare(tried: Tried) -> None:
    """Say the medians. Nothing fails for them: wine and a loaded machine are no measure of a real Windows."""
    try:
        python = python_of_the_program()
    except Broken:
        say("Start-up is not measured: what measures it has to be compiled by the program's version of Python")
        return
    folder = tried.windows.outside(PLACE)
    shutil.copytree(tried.windows.outside(tried.folder), folder)
    measuring, start = ROOT / "packaging/windows/pace.py", folder / "runtime/start.pyc"
    start.unlink()
    run([
        python, "-c", "import py_compile, sys; py_compile.compile(*sys.argv[1:], doraise=True)",
        measuring, start,
    ])  # fmt: skip
    found: dict[str, list[tuple[float, float]]] = {"bare": [], "window": []}
    for _ in range(TIMES):
        for what, times in found.items():
            times.append(_once(tried, what))
    for what, times in found.items():
        seconds, of_processor = (median(column) for column in zip(*times, strict=True))
        say(f"Start-up under wine, {what}: {seconds:.2f} s, {of_processor:.2f} s of processor time")
    shutil.rmtree(folder)


def _once(tried: Tried, what: str) -> tuple[float, float]:
    tried.windows.output(
        tried.windows.command([f"{PLACE}\\HeaderLens.exe", what, f"{time.time():.3f}"], display=tried.shown.display)
    )
    file = tried.windows.outside(TOLD)
    seconds, of_processor = file.read_text("utf-8").split()
    file.unlink()
    return float(seconds), float(of_processor)
