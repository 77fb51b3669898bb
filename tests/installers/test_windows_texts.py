"""The installer's script, its sentences, the administrators' package: both languages, no path of a machine."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree as ET

import pytest

from installers.windows.msi import SCHEMA, file_list
from installers.windows.nsis import install_list, uninstall_list

WINDOWS = Path(__file__).parents[2] / "packaging/windows"
SCRIPT = (WINDOWS / "headerlens.nsi").read_text("utf-8")
PACKAGE = (WINDOWS / "headerlens.wxs").read_text("utf-8")
FILES = [
    PurePosixPath(name) for name in ("HeaderLens.exe", "bin/headerlens.exe", "runtime/lib/a/b.pyc", "runtime/x$.dll")
]


def _sentences(language: str) -> dict[str, str]:
    text = (WINDOWS / f"texts-{language}.nsh").read_text("utf-8")
    return dict(re.findall(r'^LangString (\w+) \$\{LANG_\w+\} "(.+)"$', text, re.MULTILINE))


def test_both_languages_have_every_sentence_the_script_uses() -> None:
    english, japanese = _sentences("en"), _sentences("ja")
    used = set(re.findall(r"\$\((\w+)\)", SCRIPT))
    assert english.keys() == japanese.keys() == used


def test_the_japanese_sentences_are_japanese() -> None:
    assert [name for name, text in _sentences("ja").items() if not re.search("[ぁ-んァ-ヶ一-龠]", text)] == []


@pytest.mark.parametrize("text", [SCRIPT, PACKAGE, (WINDOWS / "launcher.rc").read_text("utf-8")])
def test_no_text_names_a_place_on_the_machine_that_builds(text: str) -> None:
    assert not re.search(r'"/(?:[a-z]+/)+|"[A-Z]:\\|/home/|/root/|/tmp/', text.replace("$INSTDIR\\", ""))


def test_no_default_of_a_mail_type_is_taken() -> None:
    assert not re.search(r'\\\.(eml|msg|mbox)" ""', SCRIPT)
    for value in ET.fromstring(PACKAGE).iter(f"{{{SCHEMA}}}RegistryValue"):
        if re.search(r"\\\.(eml|msg|mbox)$", value.attrib["Key"]):
            pytest.fail(f"{value.attrib['Key']} belongs to somebody else")


def test_both_packages_offer_the_program_for_the_same_types() -> None:
    offered = set(re.findall(r'!insertmacro Offer "(\.\w+)"', SCRIPT))
    withdrawn = set(re.findall(r'!insertmacro Withdraw "(\.\w+)"', SCRIPT))
    package = set(re.findall(r"Classes\\(\.\w+)\\OpenWithProgids", PACKAGE))
    assert offered == withdrawn == package == {".eml", ".msg", ".mbox"}


def test_the_installer_takes_away_exactly_what_it_put_there() -> None:
    placed, here = set(), ""
    for line in install_list(FILES).splitlines():
        if line.startswith("SetOutPath"):
            here = line.split('"')[1]
        else:
            placed.add(f"{here}\\{PurePosixPath(line.split(chr(34))[1]).name}".replace("x$", "x$$"))
    lines = uninstall_list(FILES).splitlines()
    assert {line.split('"')[1] for line in lines if line.startswith("Delete")} == placed
    folders = [line.split('"')[1] for line in lines if line.startswith("RMDir")]
    assert folders == [
        "$INSTDIR\\runtime\\lib\\a", "$INSTDIR\\runtime\\lib", "$INSTDIR\\bin", "$INSTDIR\\runtime",
    ]  # fmt: skip
    assert "RMDir /r" not in SCRIPT


def test_the_package_lists_every_file_once_with_identifiers_that_never_change() -> None:
    fragment = ET.fromstring(file_list(FILES, Path("HeaderLens")))
    files = [one.attrib for one in fragment.iter(f"{{{SCHEMA}}}File")]
    assert [one["Source"] for one in files] == [f"HeaderLens/{name}" for name in FILES]
    components = [one.attrib for one in fragment.iter(f"{{{SCHEMA}}}Component")]
    referred = [one.attrib["Id"] for one in fragment.iter(f"{{{SCHEMA}}}ComponentRef")]
    assert sorted(one["Id"] for one in components) == sorted(referred)
    assert len({one["Guid"] for one in components}) == len(FILES)
    # Windows Installer takes a component of another GUID for another program's file
    assert components[0]["Guid"] == "070B44B8-D2D5-5F4E-B2A5-30DA3A1D6B55"
