"""Which files of Qt go into a package: one list for Linux, Windows and macOS. What is not named here stays out.

The wheel of PySide6-Essentials holds 300 MB; the program needs five modules and a dozen plugins. Everything else in a
package would only be downloaded, scanned and patched for nothing. A list of what to keep, not of what to drop, because
each release of Qt adds something. What is missing shows at once: the loader's report (`frozen.py`) and the self-test.

`python -m installers.trimming FOLDER` deletes what is not kept below a folder (the Flatpak does so).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping
from pathlib import Path, PurePosixPath

MODULES: Mapping[str, str] = {
    "Core": "", "Gui": "", "Widgets": "",
    "Svg": "icons, and the drawings of reports",
    "PrintSupport": "File > Print",
    "DBus": "Linux: QtGui is linked against it; Japanese input (ibus) and the desktop's colour scheme come over it",
    "XcbQpa": "Linux: what the xcb plugin consists of",
    "WaylandClient": "Linux: what the Wayland plugin consists of",
    "WlShellIntegration": "Linux: Wayland's windows",
}  # fmt: skip
"""Libraries of Qt and why; those without a reason are named in the program's imports."""

BINDINGS = frozenset({"QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport"})
"""Python's side of them: exactly what headerlens imports (a test compares)."""

PLUGINS: Mapping[str, Mapping[str, str]] = {
    "platforms": {
        "xcb": "", "wayland": "", "wayland-generic": "until Qt 6.9", "windows": "", "cocoa": "",
        "offscreen": "the self-test, and PDF from the terminal",
    },
    "platforminputcontexts": {
        "ibusplatforminputcontextplugin": "Japanese input",
        "composeplatforminputcontextplugin": "dead keys",
    },
    "platformthemes": {"xdgdesktopportal": "file dialogs inside Flatpak"},
    "wayland-shell-integration": {"xdg-shell": "a Wayland window is none without it"},
    "wayland-decoration-client": {
        "bradient": "title bars where the compositor draws none (GNOME)", "adwaita": "the same in GNOME's look",
    },
    "iconengines": {"svgicon": ""},
    "imageformats": {"svg": "", "ico": "Windows: the icon of a file"},
    "printsupport": {"cupsprintersupport": "", "windowsprintersupport": "until Qt 6", "cocoaprintersupport": ""},
    "styles": {"macstyle": "the native look; elsewhere the program asks for Fusion, which is built in", "mac": ""},
}  # fmt: skip
"""Plugins by folder. Not here on purpose: GTK's theme (it drags in GTK), everything for GL (all is painted in memory),
network, TLS (DNS over HTTPS goes through Python), virtual keyboard, embedded screens, image formats we never show."""

TRANSLATIONS = frozenset({"qtbase_ja"})
"""English is what Qt speaks by itself; `headerlens.gui.language` loads this one."""

_BINDING = re.compile(r"(Qt[A-Za-z0-9]+)(?:\.abi3|\.cpython-[^.]+)?\.(?:so|pyd)")
_LIBRARY = re.compile(r"(?:lib)?Qt6?([A-Za-z0-9]+)(?:\.so(?:\.\d+)*|\.dll|\.dylib)")
_FRAMEWORK = re.compile(r"Qt([A-Z][A-Za-z0-9]*)(?:\.framework)?")
"""macOS; PyInstaller links the bare name beside the program."""
_PLUGIN = re.compile(r"(?:lib)?q?([A-Za-z0-9-]+?)(?:\.so|\.dll|\.dylib)")
_SOFTWARE_GL = re.compile(r"opengl32sw\.dll|d3dcompiler_\d+\.dll|lib(?:EGL|GLESv2)\.dll", re.IGNORECASE)


def kept(name: str) -> bool:
    """Whether the file `name` belongs into a package; only files of Qt are ever left out.

    `name` is a path inside PySide6 or a frozen program, with slashes of either kind; the start of it may be anything.
    """
    path = PurePosixPath(name.replace("\\", "/"))
    if "plugins" in path.parts:
        return _plugin(path)
    if "translations" in path.parts and path.suffix == ".qm":
        return path.stem in TRANSLATIONS
    if {"qml", "metatypes", "typesystems", "glue", "include", "doc", "scripts"} & set(path.parts[:-1]):
        return "PySide6" not in path.parts
    return _library(path)


def _plugin(path: PurePosixPath) -> bool:
    parts = path.parts[path.parts.index("plugins") + 1 :]
    if len(parts) != 2:
        return False
    found = _PLUGIN.fullmatch(parts[1])
    return found is not None and found[1] in PLUGINS.get(parts[0], {})


def _library(path: PurePosixPath) -> bool:
    if _SOFTWARE_GL.fullmatch(path.name):
        return False
    for part in path.parts:
        if found := _FRAMEWORK.fullmatch(part):
            return found[1] in MODULES
    if found := _BINDING.fullmatch(path.name):
        return found[1] in BINDINGS
    if found := _LIBRARY.fullmatch(path.name):
        return found[1] in MODULES
    return True


def trim(folder: Path) -> None:
    """Delete every file of Qt below `folder` that is not kept."""
    for one in sorted(folder.rglob("*")):
        if not one.is_dir() and not kept(str(one.relative_to(folder))):
            one.unlink()


if __name__ == "__main__":
    trim(Path(sys.argv[1]))
