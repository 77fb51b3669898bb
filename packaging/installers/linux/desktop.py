"""What a Linux desktop reads of a program: menu entry, icons, file types, AppStream, manual page.

`python -m installers.linux.desktop FOLDER` puts all of it into FOLDER, without git (the Flatpak does so).
"""

from __future__ import annotations

import gzip
import os
import shutil
import sys
import time
from pathlib import Path

from installers.commands import Broken, run
from installers.icons import SIZES, draw
from installers.identity import APP_ID, NAME
from installers.source import HOME_VARIABLE, ROOT, Source, version_of


def furnish(source: Source, share: Path, *, compressed: bool = True) -> None:
    """Put all of it into `share`, which becomes /usr/share or its like. Debian wants manual pages compressed."""
    linux = source.tree / "packaging" / "linux"
    place(linux / f"{APP_ID}.desktop", share / "applications" / f"{APP_ID}.desktop")
    place(linux / f"{APP_ID}.xml", share / "mime" / "packages" / f"{APP_ID}.xml")
    write(share / "metainfo" / f"{APP_ID}.metainfo.xml", metainfo(source))
    manual = (source.tree / "packaging" / "man" / f"{NAME}.1").read_bytes()
    if compressed:
        pack(share / "man" / "man1" / f"{NAME}.1.gz", manual)
    else:
        write(share / "man" / "man1" / f"{NAME}.1", manual.decode())
    _icons(source, share / "icons" / "hicolor")


def validate(share: Path) -> None:
    """Hold the menu entry and the AppStream text in `share` to their standards, where the judges are installed."""
    entry = ("desktop-file-validate", share / "applications" / f"{APP_ID}.desktop")
    said = run(entry) if shutil.which(entry[0]) else ""
    if said.strip():
        raise Broken(f"desktop-file-validate: {said}")  # it warns without failing
    if shutil.which("appstreamcli"):
        complain(run(appstream(share)))


def appstream(share: Path) -> list[str]:
    """The command that judges the AppStream text in `share`; `complain` reads what it says, for it may fail."""
    return ["sh", "-c", 'appstreamcli validate --no-net "$1" || true', "sh",
            str(share / "metainfo" / f"{APP_ID}.metainfo.xml")]  # fmt: skip


def complain(said: str) -> None:
    """Raise `Broken` for errors and warnings of appstreamcli, but for the home page: a build by hand knows none."""
    wrong = [line for line in said.splitlines() if line.startswith(("E:", "W:")) and "url-homepage-missing" not in line]
    if wrong or "alid" not in said:
        raise Broken(f"appstreamcli: {wrong or said}")


def _icons(source: Source, theme: Path) -> None:
    drawings = source.tree / "resources" / "icons"
    place(drawings / f"{NAME}.svg", theme / "scalable" / "apps" / f"{APP_ID}.svg")
    place(drawings / f"{NAME}-symbolic.svg", theme / "symbolic" / "apps" / f"{APP_ID}-symbolic.svg")
    for size in SIZES:
        draw(source.tree, size, theme / f"{size}x{size}" / "apps" / f"{APP_ID}.png")


def metainfo(source: Source) -> str:
    """The AppStream text with this version, and with the home page where one is known."""
    text = (source.tree / "packaging" / "linux" / f"{APP_ID}.metainfo.xml").read_text("utf-8")
    release = f'<release version="{source.version}" date="{source.day}"/>'
    text = text.replace("<releases/>", f"<releases>\n    {release}\n  </releases>")
    home = os.environ.get(HOME_VARIABLE, "")
    link = f'\n  <url type="homepage">{home}</url>' if home else ""
    return text.replace("</launchable>", f"</launchable>{link}")


def place(source: Path, target: Path) -> None:
    """Copy a file to `target`, readable by all, with the folders it needs."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)
    target.chmod(0o644)


def write(target: Path, text: str) -> None:
    """Write `text`, readable by all, with the folders it needs."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")
    target.chmod(0o644)


def pack(target: Path, octets: bytes) -> None:
    """Write `octets` as gzip, without a name or time in it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(_settled(gzip.compress(octets, 9, mtime=0)))
    target.chmod(0o644)


def _settled(packed: bytes) -> bytes:
    """With "Unix" as the system of its making, which releases of Python write differently; lintian knows only this."""
    return packed[:9] + b"\x03" + packed[10:]


def settle(folder: Path, epoch: int) -> None:
    """Give everything in `folder` the modes and the one date that packages have."""
    for one in sorted(folder.rglob("*"), reverse=True):
        if one.is_dir() and not one.is_symlink():
            one.chmod(0o755)
        os.utime(one, (epoch, epoch), follow_symlinks=False)
    folder.chmod(0o755)
    os.utime(folder, (epoch, epoch))


if __name__ == "__main__":
    moment = int(os.environ.get("SOURCE_DATE_EPOCH", time.time()))
    furnish(Source(ROOT, version_of(ROOT), "", moment), Path(sys.argv[1]), compressed=False)
