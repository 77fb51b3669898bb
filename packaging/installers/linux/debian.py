"""The .deb for Debian 12 and 13 and Ubuntu 24.04: the frozen program, with the system's libraries from the system.

dpkg-deb is called directly, without debhelper: what debhelper does to a foreign Python and Qt would have to be undone.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

from installers import frozen, licensed
from installers.commands import Broken, run, say
from installers.identity import CONTACT, NAME, SUMMARY
from installers.linux import desktop, linking
from installers.linux.dep5 import copyright_text
from installers.source import HOME_VARIABLE, ROOT, Source

OWN_LIBRARIES = ("libpython",)
"""Of what PyInstaller took from this system, what others have in another version. The rest comes from the system, whose
security updates then count."""

RECOMMENDED = "fonts-noto-cjk"
"""Without any Japanese font the window shows boxes; a server that only checks in the terminal needs none."""

DESCRIPTION = """\
 HeaderLens takes a saved mail, verifies its signatures and the sending
 server again over DNS (DKIM, SPF, DMARC, ARC), shows who vouches for the
 sender, sets that beside what the receiving server recorded on arrival, and
 explains every failure: what happened, what it means, who must do what.
 .
 It opens .eml, .emlx, .msg, mailboxes, folders and archives, in a window or
 in the terminal, in English and Japanese. Nothing but DNS questions leaves
 the computer.
"""


def build(out: Path, version: str = "") -> list[Path]:
    """Write headerlens_VERSION_ARCHITECTURE.deb into `out`, hold it to lintian and its self-test, and name it.

    `version` replaces that of the source; the check of upgrades builds a later one.
    """
    root = ROOT / "build" / "linux" / "deb"
    shutil.rmtree(root, ignore_errors=True)
    program = root / "usr/lib" / NAME
    source = frozen.copy(program, "deb")
    source_version = version or source.version
    _leave_to_system(program / frozen.INSIDE)
    licensed.check(program, "linux")
    _modes(program)
    frozen.prove(program)
    _link(root / "usr/bin" / NAME, f"../lib/{NAME}/{NAME}")
    desktop.furnish(source, root / "usr/share")
    desktop.validate(root / "usr/share")
    _documents(source, root / "usr/share", source_version)
    _control(root, source_version)
    desktop.settle(root, source.epoch)
    package = _pack(root, out, source, source_version)
    frozen.weigh(package)
    _lint(package)
    return [package]


def architecture() -> str:
    """Debian's name for this machine."""
    return run(["dpkg", "--print-architecture"], shown=False).strip()


def _leave_to_system(inside: Path) -> None:
    for one in sorted(inside.iterdir()):
        if one.name.startswith("lib") and not one.is_symlink() and not one.name.startswith(OWN_LIBRARIES):
            one.unlink()


def _modes(program: Path) -> None:
    for one in program.rglob("*"):
        if one.is_file() and not one.is_symlink():
            one.chmod(0o755 if one == program / NAME else 0o644)


def _link(path: Path, target: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


def _documents(source: Source, share: Path, version: str) -> None:
    documents = share / "doc" / NAME
    desktop.write(documents / "copyright", copyright_text(source.tree))
    desktop.pack(documents / "changelog.gz", _changelog(source, version).encode())
    desktop.pack(documents / "CHANGELOG.md.gz", (source.tree / "CHANGELOG.md").read_bytes())
    overrides = source.tree / "packaging/linux/lintian-overrides"
    desktop.place(overrides, share / "lintian" / "overrides" / NAME)


def _changelog(source: Source, version: str) -> str:
    day = datetime.fromtimestamp(source.epoch, UTC).strftime("%a, %d %b %Y %H:%M:%S +0000")
    return (
        f"{NAME} ({version}) unstable; urgency=medium\n\n  * Release {version}; CHANGELOG.md.gz says what is new.\n\n"
        f" -- {CONTACT}  {day}\n"
    )


def _control(root: Path, version: str) -> None:
    depends, recommends = _relations(root)
    folder = root / "DEBIAN"
    home = os.environ.get(HOME_VARIABLE, "")
    desktop.write(folder / "control", (
        f"Package: {NAME}\nVersion: {version}\nArchitecture: {architecture()}\nMaintainer: {CONTACT}\n"
        f"Installed-Size: {_kibibytes(root)}\nDepends: {depends}\nRecommends: {recommends}\n"
        "Section: mail\nPriority: optional\n" + (f"Homepage: {home}\n" if home else "")
        + f"Description: {SUMMARY['en'][0].lower()}{SUMMARY['en'][1:]}\n{DESCRIPTION}"
    ))  # fmt: skip
    files = [
        one for one in sorted(root.rglob("*")) if one.is_file() and not one.is_symlink() and folder not in one.parents
    ]
    sums = (
        f"{hashlib.md5(one.read_bytes(), usedforsecurity=False).hexdigest()}  {one.relative_to(root)}\n"
        for one in files
    )
    desktop.write(folder / "md5sums", "".join(sums))


def _relations(root: Path) -> tuple[str, str]:
    """Depends and Recommends as dpkg-shlibdeps finds them; what only printing needs is recommended."""
    work = ROOT / "build" / "linux" / "shlibdeps"
    desktop.write(work / "debian" / "control", f"Source: {NAME}\n\nPackage: {NAME}\nArchitecture: {architecture()}\n")
    elves = linking.programs(root)
    own = sorted({one.parent for one in elves})
    command: list[str | Path] = ["dpkg-shlibdeps", "-O", "--ignore-missing-info", "--warnings=0"]
    command += [f"-l{folder}" for folder in own]
    for one in elves:
        command += ["-dRecommends" if one.name in frozen.OPTIONAL else "-dDepends", f"-e{one}"]
    found = dict(re.findall(r"^shlibs:(\w+)=(.*)$", run(command, inside=work, shown=False), re.MULTILINE))
    if "Depends" not in found:
        raise Broken("dpkg-shlibdeps names nothing that the program depends on")
    return found["Depends"], ", ".join([*found.get("Recommends", "").split(", "), RECOMMENDED]).removeprefix(", ")


def _kibibytes(root: Path) -> int:
    """Installed-Size as Debian's policy counts it: each file rounded up, 1 for everything else."""
    return sum(
        -(-one.lstat().st_size // 1024) if one.is_file() and not one.is_symlink() else 1 for one in root.rglob("*")
    )


def _pack(root: Path, out: Path, source: Source, version: str) -> Path:
    package = out / f"{NAME}_{version}_{architecture()}.deb"
    say(f"Packing {package.name}")
    run(["dpkg-deb", "--root-owner-group", "-Zxz", "-z6", "--build", root, package], with_=source.environment)
    return package


def _lint(package: Path) -> None:
    """lintian, where it is there. It says nothing of a clean package, and every line fails the build."""
    if shutil.which("lintian") is None:
        say("lintian is not installed: the package is not held to Debian's rules")
        return
    said = run(
        ["lintian", "--allow-root", "--fail-on=error,warning,info", "--display-info", "--tag-display-limit=0", package]
    )
    lines = [line for line in said.splitlines() if re.match(r"[EWI]:", line)]
    if lines:
        raise Broken("lintian: " + "\n   ".join(lines))
