"""The disk image: the program beside a link to Applications, and the guides. Made, opened and tried with hdiutil."""

from __future__ import annotations

import platform
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from installers.commands import run
from installers.identity import NAME, TITLE
from installers.macos.bundle import LANGUAGES
from installers.source import Source

GUIDES = {"en": "First steps.html", "ja": "はじめに.html"}


def image(app: Path, source: Source, out: Path) -> Path:
    """Write headerlens-VERSION-PROCESSOR.dmg with the bundle `app` into `out`."""
    target = out / f"{NAME}-{source.version}-{platform.machine()}.dmg"
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        run(["ditto", app, folder / app.name])
        (folder / "Applications").symlink_to("/Applications")
        for language in LANGUAGES:
            shutil.copyfile(source.tree / f"resources/guides/macos-{language}.html", folder / GUIDES[language])
        run([
            "hdiutil", "create", "-quiet", "-ov", "-volname", TITLE, "-fs", "HFS+", "-format", "UDZO",
            "-srcfolder", folder, target,
        ])  # fmt: skip
    run(["hdiutil", "verify", "-quiet", target])
    return target


@contextmanager
def opened(target: Path) -> Iterator[Path]:
    """The folder of the opened image; it is closed afterwards."""
    with tempfile.TemporaryDirectory() as place:
        run(["hdiutil", "attach", "-quiet", "-nobrowse", "-readonly", "-mountpoint", place, target])
        try:
            yield Path(place)
        finally:
            run(["hdiutil", "detach", "-quiet", place])
