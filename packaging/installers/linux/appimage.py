"""The AppImage: one file for every newer Linux desktop, with the libraries that such desktops do not all have."""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
from pathlib import Path

from installers import frozen, licensed, selftest
from installers.commands import Broken, run, say
from installers.identity import APP_ID, NAME, TITLE
from installers.linux import desktop, linking
from installers.source import ROOT, Source

RUNTIME_VARIABLE = "HEADERLENS_APPIMAGE_RUNTIME"
"""A runtime of the AppImage project to begin the file with, instead of our own (packaging/linux/runtime.c)."""

DIGEST_VARIABLE = "HEADERLENS_APPIMAGE_RUNTIME_SHA256"
"""What that file must hash to. It is somebody else's program that runs first: without a hash it is not taken."""

RUN_EXTRACTED = {"APPIMAGE_EXTRACT_AND_RUN": "1"}
"""For systems without FUSE, such as most containers."""

LEFT_TO_SYSTEM = (
    "libX11.so", "libX11-xcb.so", "libfontconfig.so", "libfreetype.so", "libexpat.so", "libz.so", "libstdc++.so",
    "libgcc_s.so", "libcom_err.so", "libgpg-error.so", "libdbus-1.so",
)  # fmt: skip
"""Every desktop has them, and in a version that fits its own drivers and fonts: those of the AppImage project's
excludelist that PyInstaller collects, and D-Bus, which would bring half of systemd along. PyInstaller never collects
libGL, libxcb and the C library."""

BLOCK = "128K"
"""Squashfs blocks: with 1M the file is 6 % smaller and starts half a second later."""


def build(out: Path) -> list[Path]:
    """Write HeaderLens-VERSION-MACHINE.AppImage into `out`, hold it to its self-test, and name it."""
    folder = ROOT / "build" / "linux" / "AppDir"
    shutil.rmtree(folder, ignore_errors=True)
    program = folder / "usr/lib" / NAME
    source = frozen.copy(program, "AppImage")
    _leave_to_system(program)
    licensed.check(folder, "linux")
    desktop.furnish(source, folder / "usr/share", compressed=False)
    _front(source, folder)
    desktop.settle(folder, source.epoch)
    image = out / f"{TITLE}-{source.version}-{platform.machine()}.AppImage"
    _pack(source, folder, image)
    frozen.weigh(image)
    _prove(image)
    return [image]


def _leave_to_system(program: Path) -> None:
    """Take out what every desktop has, and what only printing needs: a system with CUPS has all of that."""
    inside = program / frozen.INSIDE
    for one in inside.iterdir():
        if one.name.startswith(LEFT_TO_SYSTEM):
            one.unlink()
    roots = [one for one in linking.programs(program) if one.parent != inside and one.name not in frozen.OPTIONAL]
    wanted = linking.reached(roots, inside)
    for one in inside.iterdir():
        if one.name.startswith("lib") and one.name not in wanted and not one.name.startswith("libpython"):
            one.unlink()


def _front(source: Source, folder: Path) -> None:
    """What the AppImage specification wants at the top: how to start, the menu entry, the icon."""
    desktop.place(source.tree / "packaging/linux/AppRun", folder / "AppRun")
    (folder / "AppRun").chmod(0o755)
    share = folder / "usr/share"
    desktop.place(share / f"applications/{APP_ID}.desktop", folder / f"{APP_ID}.desktop")
    desktop.place(share / f"icons/hicolor/256x256/apps/{APP_ID}.png", folder / f"{APP_ID}.png")
    (folder / ".DirIcon").symlink_to(f"{APP_ID}.png")


def _pack(source: Source, folder: Path, image: Path) -> None:
    say(f"Packing {image.name}")
    packed = folder.with_suffix(".squashfs")
    packed.unlink(missing_ok=True)
    run([
        "mksquashfs", folder, packed, "-all-root", "-noappend", "-no-xattrs", "-no-exports", "-no-progress", "-quiet",
        "-comp", "zstd", "-Xcompression-level", "19", "-b", BLOCK,
    ], with_=source.environment)  # fmt: skip
    image.write_bytes(_marked(_runtime(source)) + packed.read_bytes())
    image.chmod(0o755)
    packed.unlink()


def _runtime(source: Source) -> bytes:
    given = os.environ.get(RUNTIME_VARIABLE, "")
    if not given:
        return _own_runtime(source)
    octets = Path(given).read_bytes()
    if hashlib.sha256(octets).hexdigest() != os.environ.get(DIGEST_VARIABLE, ""):
        raise Broken(f"{given} is not the runtime that {DIGEST_VARIABLE} names")
    return octets


def _own_runtime(source: Source) -> bytes:
    """Our own, compiled: static, so that it needs nothing of the system it starts on."""
    target = ROOT / "build" / "linux" / "runtime"
    run([
        "gcc", "-O2", "-Wall", "-Wextra", "-Wl,--no-warnings", "-static", "-s", "-o", target,
        source.tree / "packaging/linux/runtime.c",
        *("-lsquashfuse_ll", "-lsquashfuse", "-lfuse3", "-lzstd", "-lz", "-llzma", "-llz4", "-lpthread"),
    ], with_=source.environment)  # fmt: skip
    return target.read_bytes()


def _marked(runtime: bytes) -> bytes:
    """With the three octets in ELF's padding by which file managers know an AppImage of type 2."""
    return runtime[:8] + b"AI\x02" + runtime[11:]


def _prove(image: Path) -> None:
    """The self-test of the file itself, unpacked by its own runtime: a machine that builds need not have FUSE."""
    say(f"Self-test of {image.name}")
    command = frozen.bare([str(image.resolve()), "--self-test"])
    at = command.index("-i") + 1
    selftest.prove([*command[:at], *(f"{name}={value}" for name, value in RUN_EXTRACTED.items()), *command[at:]])
