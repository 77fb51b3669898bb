import configparser
import gzip
import os
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from installers.commands import Broken
from installers.identity import APP_ID, SUMMARY
from installers.linux import desktop
from installers.source import HOME_VARIABLE, ROOT, Source

LINUX = ROOT / "packaging" / "linux"
MIME = "{http://www.freedesktop.org/standards/shared-mime-info}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
OWN_TYPE = "application/x-headerlens-case"

SOURCE = Source(ROOT, "1.2.3", "abc", 1_800_000_000)


def entry() -> configparser.SectionProxy:
    parser = configparser.ConfigParser(interpolation=None, delimiters="=")
    parser.optionxform = str  # type: ignore[assignment,method-assign]  # the documented way to keep capitals
    parser.read(LINUX / f"{APP_ID}.desktop", "utf-8")
    return parser["Desktop Entry"]


@pytest.mark.parametrize("key", ["Name", "GenericName", "Comment", "Keywords"])
def test_the_menu_entry_speaks_both_languages(key: str) -> None:
    assert entry()[key]
    assert entry()[f"{key}[ja]"]


def test_the_menu_entry_says_what_the_program_says_of_itself() -> None:
    assert entry()["Comment"] == SUMMARY["en"]
    assert entry()["Comment[ja]"] == SUMMARY["ja"]
    assert entry()["Icon"] == APP_ID


def test_files_are_handed_over_as_paths_and_lists_end_with_a_semicolon() -> None:
    assert entry()["Exec"] == "headerlens %F"
    assert all(entry()[key].endswith(";") for key in ("Categories", "MimeType", "Keywords", "Keywords[ja]"))


def test_our_own_type_is_defined_where_it_is_claimed() -> None:
    types = ET.parse(LINUX / f"{APP_ID}.xml").getroot().findall(f"{MIME}mime-type")
    defined = {one.attrib["type"]: one for one in types}
    assert OWN_TYPE in entry()["MimeType"].split(";")
    assert [glob.attrib["pattern"] for glob in defined[OWN_TYPE].iter(f"{MIME}glob")] == ["*.hlcase"]


def test_every_type_we_define_has_a_name_in_both_languages() -> None:
    for one in ET.parse(LINUX / f"{APP_ID}.xml").getroot().findall(f"{MIME}mime-type"):
        assert {comment.get(LANG) for comment in one.findall(f"{MIME}comment")} == {None, "ja"}


def test_a_case_file_is_known_by_its_first_octets() -> None:
    from headerlens.casefile import SCHEMA

    match = next(ET.parse(LINUX / f"{APP_ID}.xml").getroot().iter(f"{MIME}match"))
    assert f'{{"schema": "{SCHEMA}'.startswith(match.attrib["value"])


def test_metainfo_speaks_both_languages_paragraph_by_paragraph(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    root = ET.fromstring(desktop.metainfo(SOURCE))
    assert root.findtext("id") == APP_ID
    assert [one.text for one in root.findall("summary")] == [SUMMARY["en"], SUMMARY["ja"]]
    for parts in (root.findall("description/p"), root.findall("description/ul/li")):
        assert [one.get(LANG) for one in parts] == [None, "ja"] * (len(parts) // 2)


def test_metainfo_names_this_version_and_the_home_page_only_where_it_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(HOME_VARIABLE, raising=False)
    root = ET.fromstring(desktop.metainfo(SOURCE))
    assert root.find("url") is None
    release = root.find("releases/release")
    assert release is not None
    assert release.attrib == {"version": "1.2.3", "date": "2027-01-15"}
    monkeypatch.setenv(HOME_VARIABLE, "https://example.org/headerlens")
    assert ET.fromstring(desktop.metainfo(SOURCE)).findtext("url") == "https://example.org/headerlens"


def test_what_is_packed_is_the_same_each_time_and_names_no_date(tmp_path: Path) -> None:
    desktop.pack(tmp_path / "one.gz", b"text")
    octets = (tmp_path / "one.gz").read_bytes()
    assert gzip.decompress(octets) == b"text"
    assert octets[4:8] == b"\0\0\0\0"
    assert octets[9] == 3


def test_everything_in_a_package_has_one_date_and_folders_are_open(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(mode=0o700)
    (tmp_path / "a" / "file").touch()
    (tmp_path / "link").symlink_to("nowhere")
    desktop.settle(tmp_path, 1_800_000_000)
    assert {one.lstat().st_mtime for one in (tmp_path, *tmp_path.rglob("*"))} == {1_800_000_000}
    assert os.name == "nt" or (tmp_path / "a").stat().st_mode & 0o777 == 0o755


def test_a_missing_home_page_is_no_mistake_and_everything_else_is() -> None:
    desktop.complain("I: x:11: hint\nW: x:~: url-homepage-missing\n\n✘ Validation failed: warnings: 1\n")
    desktop.complain("✔ Validation was successful.\n")
    for said in ("E: x:3: tag-invalid\n✘ Validation failed\n", "W: x:3: other\n✘ Validation failed\n", ""):
        with pytest.raises(Broken, match="appstreamcli"):
            desktop.complain(said)
