"""A bare system with a package being tried in it, and the screen its windows come to."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from installers.commands import say
from installers.identity import NAME
from installers.selftest import prove
from installers.source import export
from installers.trials.chroots import Chroot
from installers.trials.screens import Screen, photograph

MAIL = "/root/受信 メール.eml"
ANSWERS = "/root/answers.json"

WATCHED = ("/usr", "/etc", "/opt", "/var/lib", "/var/cache", "/root", "/home", "/tmp")  # noqa: S108  looked at only
"""Where an installed program may leave something."""

OF_THE_SYSTEM = re.compile(
    r"var/lib/(apt|dpkg|systemd)/|var/cache/(apt|man|ldconfig|debconf|fontconfig|app-info|swcatalog)|var/log/|root/\.(cache|local)(/|$)"
    r"|etc/(ld\.so\.cache|fonts|mailcap|\.pwd\.lock|machine-id)|.*__pycache__"
)
"""What apt, fontconfig and others of the system write for themselves meanwhile."""

WINDOW = {"QT_QPA_PLATFORM": "xcb"}
OFFSCREEN = {"QT_QPA_PLATFORM": "offscreen"}


@dataclass(frozen=True, slots=True)
class Trial:
    """One bare system, called `name`; pictures of `shown` go to `pictures`."""

    system: Chroot
    name: str
    shown: Screen
    pictures: Path

    def say(self, text: str) -> None:
        """Tell what comes next, and where."""
        say(f"{self.name}: {text}")

    def bring(self, *packages: Path) -> None:
        """Put packages, a mail and the DNS answers for it into the system."""
        for one in packages:
            self.system.copy_in(one, f"/packages/{one.name}")
        with tempfile.TemporaryDirectory() as place:
            samples = export(Path(place)).tree / "resources" / "samples"
            self.system.copy_in(samples / "all-pass.eml", MAIL)
            self.system.copy_in(samples / "all-pass.dns.json", ANSWERS)

    def prove(self, program: str, *, with_: Mapping[str, str] | None = None) -> None:
        """Hold the program to its self-test inside."""
        words = self.system.command([program, "--self-test"], with_=OFFSCREEN | dict(with_ or {}))
        self.say(f"self-test ok ({prove(words):.1f} s)")

    def photograph(self, words: list[str], picture: str, *, with_: Mapping[str, str] | None = None) -> None:
        """Start `words`, and keep a picture of the window that comes."""
        variables = WINDOW | {"DISPLAY": self.shown.display} | dict(with_ or {})
        target = self.pictures / f"{self.name}-{picture}.png"
        seconds = photograph(self.system.command(words, with_=variables), self.shown, target)
        self.say(f"the window was painted after {seconds:.1f} s: {target}")

    def files(self) -> frozenset[str]:
        """What lies where programs leave things."""
        return self.system.files(*WATCHED)

    def changes(self, before: frozenset[str]) -> tuple[list[str], list[str]]:
        """What came and what went since `before`, but for what the system writes for itself; ours always counts."""
        after = self.files()
        return _told(after - before), _told(before - after)


def _told(names: frozenset[str]) -> list[str]:
    return sorted(one for one in names if NAME in one.lower() or not OF_THE_SYSTEM.match(one))
