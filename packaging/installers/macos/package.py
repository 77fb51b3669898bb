"""The Mac program and its disk image. On a Mac it is built and tried; elsewhere what can be checked without one is.

What no other system can tell: whether PyInstaller's bundle starts, Finder's "Open with", the signature, the notary.
"""

from __future__ import annotations

import os
import platform
import plistlib
import re
import shutil
from pathlib import Path

from installers import frozen, icons, sbom, selftest
from installers.commands import Broken, say
from installers.identity import NAME, TITLE
from installers.macos import bundle as mac_bundle
from installers.macos import icns, mach
from installers.macos import image as mac_image
from installers.macos import signing as mac_signing
from installers.source import ROOT, Source, export, stamp
from installers.trimming import kept

FOLDER = ROOT / "build" / "macos"
MARGIN = 0.056
"""Free on each side of the icon: Apple's grid leaves a tenth, our drawing has half of that."""

INDISPENSABLE = ("libqcocoa.dylib", "libqoffscreen.dylib", "libqsvg.dylib", "libqmacstyle.dylib", "qtbase_ja.qm")
ICON_VARIABLE = "HEADERLENS_ICON"
_STRING = re.compile(r'^"((?:[^"\\]|\\.)+)" = "((?:[^"\\]|\\.)+)";$', re.MULTILINE)


def build(out: Path) -> list[Path]:
    """Write the disk image and the bill of materials into `out`. Elsewhere than on a Mac: check what can be checked."""
    source = export(FOLDER)
    icon = _icon(source)
    check_words(source.tree)
    if platform.system() != "Darwin":
        _elsewhere()
        return []
    stamp(source, "dmg")
    app = _bundle(source, icon)
    _inspect(app)
    mac_signing.sign_program(app)
    _prove(app)
    target = mac_image.image(app, source, out)
    mac_signing.release(target)
    with mac_image.opened(target) as folder:
        _prove(folder / app.name)
    return [target, sbom.write(sbom.bill_of("macos", platform.python_version()), source, out)]


def _elsewhere() -> None:
    """What another system can tell: the texts are in order, and the same frozen program works here."""
    plist = plistlib.loads(plistlib.dumps(mac_bundle.information("0")))
    if plist != mac_bundle.information("0") or not plistlib.loads(mac_signing.ENTITLEMENTS.read_bytes()):
        raise Broken("Info.plist or the entitlements do not come back as they were written")
    if platform.system() == "Linux":
        frozen.frozen()
    say("This is no Mac: icon, Info.plist, entitlements and translations are in order, and nothing was built.")


def _icon(source: Source) -> Path:
    """The icon in every size, packed and read again."""
    pictures: dict[int, bytes] = {}
    for width in sorted(set(icns.NAMES.values())):
        picture = FOLDER / "icon" / f"{width}.png"
        icons.draw(source.tree, width, picture, margin=MARGIN)
        pictures[width] = picture.read_bytes()
    target = FOLDER / f"{NAME}.icns"
    target.write_bytes(icns.pack(pictures))
    if set(icns.unpack(target.read_bytes())) != set(icns.NAMES):
        raise Broken(f"{target} does not hold every size")
    return target


def check_words(tree: Path) -> None:
    """Raise `Broken` where InfoPlist.strings of a language has not a name for each type, or has others."""
    for language in mac_bundle.LANGUAGES:
        text = (tree / f"packaging/macos/{language}.lproj/InfoPlist.strings").read_text("utf-8")
        if sorted(dict(_STRING.findall(text))) != sorted(mac_bundle.words()):
            raise Broken(f"InfoPlist.strings ({language}) does not translate what Info.plist names")


def _bundle(source: Source, icon: Path) -> Path:
    """Freeze the program as HeaderLens.app and give it its translations."""
    os.environ[ICON_VARIABLE] = str(icon)  # the spec reads it
    app = frozen.freeze(source, FOLDER).parent / f"{TITLE}.app"
    for language in mac_bundle.LANGUAGES:
        name = f"{language}.lproj"
        shutil.copytree(source.tree / "packaging/macos" / name, app / "Contents/Resources" / name)
    return app


def _inspect(app: Path) -> None:
    """Raise `Broken` where the bundle lacks a part, holds more of Qt than it should, or asks for a newer macOS."""
    files = [one for one in app.rglob("*") if one.is_file() and not one.is_symlink()]
    names = {one.name for one in files}
    libraries = {one.name: one.read_bytes() for one in files}
    wanted = {one for octets in libraries.values() for one in mach.needed(octets) if one.startswith("@")}
    lost = [one for one in (*INDISPENSABLE, *sorted(wanted)) if one.rpartition("/")[2] not in names]
    surplus = [str(one.relative_to(app)) for one in files if not kept(str(one.relative_to(app)))]
    oldest = tuple(int(part) for part in mac_bundle.MINIMUM.split("."))
    newer = [name for name, octets in libraries.items() if (mach.minimum(octets) or oldest) > oldest]
    if lost or surplus or newer:
        raise Broken(f"{app.name} lacks {lost}, should not hold {surplus[:20]}, is too new for {oldest}: {newer[:20]}")


def _prove(app: Path) -> None:
    seconds = selftest.prove([str(app / "Contents/MacOS" / NAME)], environment={"QT_QPA_PLATFORM": "offscreen"})
    say(f"self-test of {app}: {seconds:.1f} s")
