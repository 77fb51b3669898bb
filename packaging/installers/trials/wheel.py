"""Tries the wheel as a person would: pip in a fresh environment here, pipx in bare Debian and Ubuntu systems."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from installers.commands import Broken, run, say
from installers.identity import NAME, TITLE
from installers.selftest import prove
from installers.source import ROOT, export
from installers.trials.chroots import Chroot, bare
from installers.wheels.package import OFFSCREEN, install

PIPX_SYSTEMS = {"debian12": False, "debian13": True, "ubuntu24.04": True}
"""Where pipx is tried, and whether its version brings manual pages along (1.3 and later)."""

QT_NEEDS = ("libegl1", "libgl1", "libglib2.0-0", "libfontconfig1", "libdbus-1-3", "libxkbcommon0", "fonts-noto-cjk")
"""As packaging/prepare has them; a test compares the two."""

MAIL = "resources/samples/all-pass.eml"
ANSWERS = "resources/samples/all-pass.dns.json"
HOME = "/root"
PIPX = {"PATH": f"{HOME}/.local/bin:/usr/sbin:/usr/bin:/sbin:/bin", **OFFSCREEN}
OWN_OF_PIPX = (".cache", ".local/share/pipx", ".local/state/pipx", ".local/pipx")
"""What pipx keeps for itself when its last program has gone; nothing of it is named after a program."""


def check(out: Path) -> None:
    """Try the wheel of `out`; in bare systems only as root. Raises `Broken`."""
    wheels = sorted(out.glob(f"{NAME}-*.whl"))
    if len(wheels) != 1:
        raise Broken(f"{out} should hold one wheel, not {len(wheels)}: build it first")
    _with_pip(wheels[0])
    if os.name == "nt" or os.geteuid() != 0:
        say("Not root: pipx in bare systems is not tried")
        return
    for system, manual in PIPX_SYSTEMS.items():
        _with_pipx(wheels[0], system, manual=manual)


def _with_pip(wheel: Path) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "venv"
        program = install(wheel, folder)
        _told_version(run([program, "--version"]))
        prove([str(program)], environment=OFFSCREEN)
        _judged(run([program, "check", "--dns-evidence", ROOT / ANSWERS, ROOT / MAIL]))
        if not (folder / "share/man/man1/headerlens.1").is_file():
            raise Broken("pip installed no manual page")
        run([program.with_name("python" + program.suffix), "-m", "pip", "uninstall", "-q", "-y", NAME])
        left = [str(path) for path in folder.rglob(f"*{NAME}*")]
        if left:
            raise Broken(f"pip uninstall left {left[:10]}")


def _with_pipx(wheel: Path, name: str, *, manual: bool) -> None:
    with bare(name) as system, tempfile.TemporaryDirectory() as place:
        system.install("pipx", *QT_NEEDS)
        system.copy_in(wheel, f"/packages/{wheel.name}")
        system.copy_in(export(Path(place)).tree, "/checkout")
        before = system.files(HOME)
        for package in (f"/packages/{wheel.name}", "/checkout"):
            say(f"{name}: pipx install {package}")
            system.run(["pipx", "install", package], with_=PIPX)
            _tried(system, manual=manual)
            system.run(["pipx", "uninstall", NAME], with_=PIPX)
            _gone(system, before)


def _tried(system: Chroot, *, manual: bool) -> None:
    """What `pipx install` gave: the program works, `man` would find its page, and running it left no file."""
    before = system.files(HOME)
    _told_version(system.run([NAME, "--version"], with_=PIPX))
    seconds = prove(system.command([NAME, "--self-test"], with_=PIPX))
    say(f"{system.root.name}: self-test {seconds:.1f} s")
    inside = [f"/checkout/{one}" for one in (ANSWERS, MAIL)]
    _judged(system.run([NAME, "check", "--dns-evidence", *inside], with_=PIPX))
    if manual:
        # from inside: pipx links to absolute paths
        system.run(["test", "-f", f"{HOME}/.local/share/man/man1/{NAME}.1"])
    made = {one for one in system.files(HOME) - before if "__pycache__" not in one}
    if made:
        raise Broken(f"running it left {sorted(made)[:10]}")


def _gone(system: Chroot, before: frozenset[str]) -> None:
    """Nothing with our name is left, and nothing else but what pipx keeps for itself."""
    top, made = HOME.lstrip("/"), system.files(HOME) - before
    kept = tuple(f"{top}/{one}" for one in OWN_OF_PIPX)
    ours = {one for one in made if NAME in one.lower() and not one.startswith(f"{top}/.cache")}
    others = {one for one in made if not one.startswith(kept) and not (system.root / one).is_dir()}
    if ours | others:
        raise Broken(f"pipx uninstall left {sorted(ours | others)[:10]}")


def _told_version(output: str) -> None:
    if not output.startswith(f"{TITLE} "):
        raise Broken(f"--version said {output!r}")


def _judged(output: str) -> None:
    if "Authenticated as" not in output:
        raise Broken(f"the sample came out differently: {output[:300]!r}")
