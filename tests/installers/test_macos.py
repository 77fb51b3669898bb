"""The Mac program, as far as no Mac is needed: icon, Info.plist, entitlements, translations, version of macOS."""

from __future__ import annotations

import plistlib
import re
import shutil
import struct
import subprocess
from pathlib import Path

import pytest

from installers.commands import Broken
from installers.identity import APP_ID
from installers.macos import bundle as mac_bundle
from installers.macos import icns, mach
from installers.macos import package as macos
from installers.macos import signing as mac_signing
from installers.source import ROOT


def _png(width: int) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I4sII", 13, b"IHDR", width, width) + bytes(9)


PICTURES = {width: _png(width) for width in set(icns.NAMES.values())}


def test_an_icon_holds_every_size_under_its_name() -> None:
    parts = icns.unpack(icns.pack(PICTURES))
    assert {name: PICTURES[width] for name, width in icns.NAMES.items()} == parts


@pytest.mark.parametrize(
    "spoil",
    [lambda icon: icon[:-1], lambda icon: b"icnt" + icon[4:], lambda icon: icon.replace(b"ic10", b"ic09")],
    ids=["cut", "another kind", "wrong size"],
)
def test_a_damaged_icon_is_noticed(spoil: object) -> None:
    assert callable(spoil)
    with pytest.raises(ValueError, match=r"icns file|what its name says"):
        icns.unpack(spoil(icns.pack(PICTURES)))


def test_info_plist_can_be_written_and_names_version_and_languages() -> None:
    plist = plistlib.loads(plistlib.dumps(mac_bundle.information("1.2.3")))
    assert plist == mac_bundle.information("1.2.3")
    assert plist["CFBundleIdentifier"] == APP_ID
    assert plist["CFBundleShortVersionString"] == "1.2.3"
    assert plist["CFBundleLocalizations"] == ["en", "ja"]


def test_mails_are_offered_and_only_cases_are_owned() -> None:
    types = mac_bundle.information("0")["CFBundleDocumentTypes"]
    ranks = {one["CFBundleTypeName"]: one["LSHandlerRank"] for one in types}
    assert {name for name, rank in ranks.items() if rank != "Alternate"} == {mac_bundle.CASE_NAME}
    endings = {ending for one in types for ending in one.get("CFBundleTypeExtensions", ())}
    known = {identifier for one in types for identifier in one.get("LSItemContentTypes", ())}
    assert endings == {"mbox", "mbx", "msg"}
    assert known == {"com.apple.mail.email", "com.apple.mail.emlx", mac_bundle.CASE}


def test_the_type_of_cases_is_declared_where_it_is_claimed() -> None:
    (declared,) = mac_bundle.information("0")["UTExportedTypeDeclarations"]
    assert declared["UTTypeIdentifier"] == mac_bundle.CASE
    assert declared["UTTypeTagSpecification"]["public.filename-extension"] == ["hlcase"]


@pytest.mark.parametrize("language", mac_bundle.LANGUAGES)
def test_every_type_has_a_name_in_every_language(language: str) -> None:
    text = (ROOT / f"packaging/macos/{language}.lproj/InfoPlist.strings").read_text("utf-8")
    told = dict(re.findall(r'^"(.+)" = "(.+)";$', text, re.MULTILINE))
    assert set(told) == set(mac_bundle.words())
    if language == "ja":
        assert all(re.search(r"[ぁ-んァ-ヶ一-龠]", one) for one in told.values())


def test_a_type_without_a_translation_breaks_the_build(tmp_path: Path) -> None:
    for language in mac_bundle.LANGUAGES:
        folder = tmp_path / f"packaging/macos/{language}.lproj"
        folder.mkdir(parents=True)
        (folder / "InfoPlist.strings").write_text('"Mailbox" = "Mailbox";\n', "utf-8")
    with pytest.raises(Broken, match="does not translate"):
        macos.check_words(tmp_path)


def test_the_hardened_runtime_is_loosened_in_one_point_only() -> None:
    asked = plistlib.loads(mac_signing.ENTITLEMENTS.read_bytes())
    assert asked == {"com.apple.security.cs.allow-unsigned-executable-memory": True}


def test_without_a_certificate_nobody_signs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(mac_signing.IDENTITY, raising=False)
    assert mac_signing.identity() == mac_signing.AD_HOC
    monkeypatch.setenv(mac_signing.IDENTITY, "Developer ID Application: Somebody (TEAM)")
    assert mac_signing.identity() == "Developer ID Application: Somebody (TEAM)"


def _thin(command: int, version: tuple[int, int]) -> bytes:
    """A Mach-O file of nothing but a head, a foreign command and the one that names the oldest macOS."""
    packed = version[0] << 16 | version[1] << 8
    foreign = struct.pack("<III", 0x1B, 12, 0)
    asked = (
        struct.pack("<IIIIII", 0x32, 24, 1, packed, 27 << 16, 0)
        if command == 0x32
        else struct.pack("<IIII", 0x24, 16, packed, 27 << 16)
    )
    head = struct.pack("<IIIIIIII", 0xFEEDFACF, 0, 0, 6, 2, len(foreign) + len(asked), 0, 0)
    return head + foreign + asked


@pytest.mark.parametrize("command", [0x24, 0x32])
def test_the_oldest_macos_is_read_from_a_library(command: int) -> None:
    assert mach.minimum(_thin(command, (15, 2))) == (15, 2)


def test_of_several_processors_the_newest_demand_counts() -> None:
    first, second = _thin(0x32, (11, 0)), _thin(0x32, (15, 0))
    places = [64, 64 + len(first)]
    entries = b"".join(struct.pack(">IIIII", 0, 0, at, len(first), 0) for at in places)
    fat = (struct.pack(">II", 0xCAFEBABE, 2) + entries).ljust(64, b"\0") + first + second
    assert mach.minimum(fat) == (15, 0)


@pytest.mark.parametrize("octets", [b"", b"\x7fELF" + bytes(60), b"#!/bin/sh\n" * 10])
def test_other_files_ask_for_no_macos(octets: bytes) -> None:
    assert mach.minimum(octets) is None


def test_the_libraries_a_file_loads_are_told() -> None:
    name = b"@rpath/QtCore.framework/Versions/A/QtCore\0"
    load = struct.pack("<IIIIII", 0x0C, 24 + 48, 24, 0, 0, 0) + name.ljust(48, b"\0")
    head = struct.pack("<IIIIIIII", 0xFEEDFACF, 0, 0, 6, 1, len(load), 0, 0)
    assert mach.needed(head + load) == {name[:-1].decode()}
    assert mach.needed(b"\x7fELF" + bytes(60)) == frozenset()


def test_the_oldest_macos_is_the_one_the_guides_and_the_lock_file_are_made_for() -> None:
    assert "pyside6-essentials==6.11.3" in (ROOT / "packaging/constraints/macos.txt").read_text("utf-8"), (
        "another PySide6: read from its wheels which macOS they need (installers.macos.mach), and set MINIMUM"
    )


@pytest.mark.skipif(shutil.which("sh") is None, reason="sh is not on this system")
def test_the_key_chain_script_is_a_script() -> None:
    script = ROOT / "packaging/macos/keychain"
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0
