import ast
from pathlib import Path

import pytest

from installers import trimming
from installers.source import ROOT


@pytest.mark.parametrize(
    "name",
    [
        "_internal/PySide6/Qt/lib/libQt6Core.so.6",
        "_internal/libQt6XcbQpa.so.6",
        "PySide6/QtPrintSupport.abi3.so",
        "PySide6\\QtWidgets.pyd",
        "PySide6/Qt6Svg.dll",
        "Contents/Frameworks/PySide6/Qt/lib/QtGui.framework/Versions/A/QtGui",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqwayland.so",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqcocoa.dylib",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "PySide6/Qt/plugins/printsupport/libcupsprintersupport.so",
        "PySide6/Qt/translations/qtbase_ja.qm",
        "PySide6/Qt/lib/libicudata.so.73",
        "PySide6/libpyside6.abi3.so.6.11",
        "headerlens/resources/samples/spoofed.eml",
        "libssl.so.3",
    ],
)
def test_what_the_program_needs_is_kept(name: str) -> None:
    assert trimming.kept(name)


@pytest.mark.parametrize(
    "name",
    [
        "PySide6/Qt/lib/libQt6Network.so.6",
        "_internal/libQt6Qml.so.6",
        "PySide6/QtNetwork.abi3.so",
        "PySide6/QtDBus.abi3.so",
        "PySide6/Qt6Quick.dll",
        "PySide6/opengl32sw.dll",
        "Contents/Frameworks/PySide6/Qt/lib/QtNetwork.framework/Versions/A/QtNetwork",
        "Contents/Frameworks/QtNetwork",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "PySide6/Qt/plugins/platforms/libqeglfs.so",
        "PySide6/Qt/plugins/tls/libqopensslbackend.so",
        "PySide6/plugins/imageformats/qjpeg.dll",
        "PySide6/Qt/plugins/platforms/nested/libqxcb.so",
        "PySide6/Qt/translations/qtbase_de.qm",
        "PySide6/Qt/translations/qt_help_ja.qm",
        "PySide6/Qt/qml/QtQuick/qmldir",
        "PySide6/typesystems/typesystem_core.xml",
    ],
)
def test_what_it_does_not_need_is_left_out(name: str) -> None:
    assert not trimming.kept(name)


def test_the_bindings_are_exactly_those_the_program_imports() -> None:
    """A new import would fail in the frozen program only; one that has gone would be shipped for ever."""
    assert _imported() == trimming.BINDINGS
    assert {name.removeprefix("Qt") for name in trimming.BINDINGS} <= set(trimming.MODULES)


def test_a_folder_is_trimmed_and_what_is_not_of_qt_stays(tmp_path: Path) -> None:
    names = ["PySide6/QtCore.abi3.so", "PySide6/QtQml.abi3.so", "nacl/_sodium.abi3.so"]
    for name in names:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    trimming.trim(tmp_path)
    assert [name for name in names if (tmp_path / name).exists()] == [names[0], names[2]]


def _imported() -> set[str]:
    found: set[str] = set()
    for path in (ROOT / "headerlens").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_bytes())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("PySide6."):
                found.add((node.module or "").split(".")[1])
            if isinstance(node, ast.Import):
                found.update(one.name.split(".")[1] for one in node.names if one.name.startswith("PySide6."))
    return found
