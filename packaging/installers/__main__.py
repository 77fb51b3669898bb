"""`python -m installers build|check TARGET [--out FOLDER]`; packaging/build and packaging/check call it."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path

from installers.commands import Broken, say
from installers.source import ROOT

BUILDERS = {
    "linux": ("installers.linux.debian", "installers.linux.appimage", "installers.linux.bill"),
    "windows": ("installers.windows.package", "installers.windows.bill"),
    "macos": ("installers.macos.package",),
    "wheel": ("installers.wheels.package",),
    "papers": ("installers.papers",),
}
"""Modules with `build(out: Path) -> list[Path]`: writes the packages into `out`, self-tests them, names them."""

CHECKERS = {
    "linux": "installers.trials.linux",
    "windows": "installers.trials.windows",
    "windows-here": "installers.trials.windows_here",
    "wheel": "installers.trials.wheel",
    "readme": "installers.trials.readme",
    "macos": "installers.trials.macos",
}
"""Modules with `check(out: Path) -> None`: tries the packages of `out` as a person would; raises `Broken`."""


def main() -> int:
    """Do what the command line says; 1 when something is broken."""
    options = _options()
    options.out.mkdir(parents=True, exist_ok=True)
    try:
        if options.what == "check":
            import_module(CHECKERS[options.target]).check(options.out)
            return 0
        for name in BUILDERS[options.target]:
            for path in import_module(name).build(options.out):
                say(f"{path} ({path.stat().st_size / 1e6:.1f} MB)")
    except Broken as broken:
        print(f"Broken: {broken}", file=sys.stderr)
        return 1
    return 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="installers", description="Build what people install, or try it out.")
    kinds = parser.add_subparsers(dest="what", required=True)
    for what, targets in (("build", BUILDERS), ("check", CHECKERS)):
        one = kinds.add_parser(what)
        one.add_argument("target", choices=sorted(targets))
        one.add_argument("--out", type=Path, default=ROOT / "dist", metavar="FOLDER")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
