"""Windows programs on Linux: wine in a throw-away Debian 13, with a C: drive of its own for each check."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from installers.commands import Broken, run, say
from installers.source import ROOT
from installers.trials.chroots import Chroot, bare
from installers.trials.screens import COLOURS, Screen, photograph
from installers.windows.launcher import STRICT, TOOLS

ROOT_VARIABLE = "HEADERLENS_WINE_ROOT"
"""A folder with such a Debian 13, with wine, fonts-noto-cjk and the Japanese locale: saves making one. It stays."""

JAPANESE = "ja_JP.UTF-8"
"""wine's Windows is Japanese with this locale."""

SHIMS = ROOT / "packaging/windows/wine-shims"
PREFIX = "/root/headerlens-wine"
HOME = "C:\\users\\root"

ENVIRONMENT = {
    "WINEPREFIX": PREFIX,
    "WINEDEBUG": "-all",
    # the shims stand in for libraries wine lacks; no offers to fetch .NET and a browser engine
    "WINEDLLOVERRIDES": "icuuc,mscms=n;mscoree,mshtml=;winemenubuilder.exe=d",
    "XDG_RUNTIME_DIR": "/tmp",  # noqa: S108  of the throw-away system; wine's Wayland part complains without one
}

DYING_SECONDS = 20

SETTLE = 'cd "$0" && "$@"; status=$?; wineserver -w; exit $status'
"""Wait for everything a program has left running, such as an uninstaller's copy of itself, until the registry is saved.
"""


@dataclass(frozen=True, slots=True)
class Wine:
    """A running wine. Paths for programs in it are Windows paths; `outside` finds the same file from here."""

    system: Chroot

    def command(self, words: Sequence[str], *, display: str = "", inside: str = "C:\\", locale: str = "") -> list[str]:
        """The command that runs the Windows program `words` on the X server `display`, in the Windows folder `inside`.

        Its status is the program's. `locale` makes another Windows of it than the English one.
        """
        here = self.outside(inside).relative_to(self.system.root)
        speaking = ["env", f"LC_ALL={locale}"] if locale else []
        return self.script(SETTLE, f"/{here}", *speaking, "wine", *words, display=display)

    def script(self, script: str, *words: str, display: str = "") -> list[str]:
        """The command for a shell script that calls `wine`; what it leaves running ends with it. `words`: $0, $1."""
        shown = {"DISPLAY": display, "WINEQT_QPA_PLATFORM": "windows"} if display else {}
        return self.system.command(["sh", "-c", script, *words], with_=ENVIRONMENT | shown)

    def run(self, *words: str, expect: int = 0, inside: str = "C:\\", locale: str = "") -> str:
        """What a Windows program printed on standard output; raises `Broken` for another status than `expect`."""
        print(f"   wine {' '.join(words)[:180]}", flush=True)
        return self.output(self.command(words, inside=inside, locale=locale), expect=expect)

    @staticmethod
    def output(command: list[str], *, expect: int = 0) -> str:
        """The same for what `command` or `script` made."""
        done = subprocess.run(command, capture_output=True, encoding="utf-8", errors="replace", check=False)
        if done.returncode != expect:
            told = (done.stdout + done.stderr)[-2000:]
            raise Broken(f"it ended with status {done.returncode}, not {expect}: {told}")
        return done.stdout

    def photograph(self, words: Sequence[str], shown: Screen, target: Path, *, locale: str = "") -> float:
        """A picture of the window of the Windows program `words`; the seconds until it was painted."""
        seconds = photograph(self.command(words, display=shown.display, locale=locale), shown, target)
        self._wait_for_the_killed(shown)
        return seconds

    def _wait_for_the_killed(self, shown: Screen) -> None:
        """A wine that is being killed still answers the next one, and its window still stands for a moment."""
        end = time.monotonic() + DYING_SECONDS
        while (self._alive() or shown.colours() > COLOURS) and time.monotonic() < end:
            time.sleep(0.1)
        shutil.rmtree(self.system.root / "tmp/.wine-0", ignore_errors=True)

    def _alive(self) -> bool:
        """Whether any process has its root in this system."""
        for process in Path("/proc").glob("[0-9]*/root"):
            with suppress(OSError):
                if process.readlink() == self.system.root:
                    return True
        return False

    def outside(self, path: str) -> Path:
        """Where the Windows path C:... is on this machine."""
        return self.system.root / PREFIX.lstrip("/") / "drive_c" / path.removeprefix("C:\\").replace("\\", "/")

    def fresh(self) -> None:
        """Make C: anew, as of a new user of a new Windows."""
        shutil.rmtree(self.system.root / PREFIX.lstrip("/"), ignore_errors=True)
        self.system.run(["sh", "-c", SETTLE, "/", "wineboot", "--init"], with_=ENVIRONMENT)
        for shim in sorted(SHIMS.glob("*.c")):
            self._put_shim(shim)

    def _put_shim(self, source: Path) -> None:
        with tempfile.TemporaryDirectory() as place:
            library = Path(place) / f"{source.stem}.dll"
            run([f"{TOOLS}gcc", *STRICT, "-shared", "-O2", "-s", source, "-o", library], shown=False)
            shutil.copyfile(library, self.outside(f"C:\\windows\\system32\\{library.name}"))


@contextmanager
def wine() -> Iterator[Wine]:
    """A wine with a fresh C: drive; the system around it is deleted at the end, unless it was given."""
    given = os.environ.get(ROOT_VARIABLE)
    if given:
        made = Wine(Chroot(Path(given)))
        made.fresh()
        yield made
        return
    with bare("debian13") as system:
        say("wine, into a bare Debian 13 (some minutes)")
        system.install("wine", "fonts-noto-cjk", "locales")
        system.run(["localedef", "-i", "ja_JP", "-f", "UTF-8", JAPANESE])
        made = Wine(system)
        made.fresh()
        yield made
