"""The bill of materials: everything a package carries, with its version where one is pinned, the same every time."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from installers import sbom
from installers.source import ROOT, Source
from installers.windows import bill as windows_bill
from installers.windows.python import ARCHIVE_VARIABLE, OFFICIAL

SOURCE = Source(ROOT, "1.2.3", "0123456789ab", 1_790_000_000)
SYSTEMS = ("linux", "macos", "windows")
LISTED = tomllib.loads((ROOT / "resources/licences/list.toml").read_text("utf-8"))["component"]


@pytest.mark.parametrize("system", SYSTEMS)
def test_everything_the_licences_name_for_a_system_is_in_it(system: str) -> None:
    made = sbom.document(sbom.bill_of(system, "3.13.1"), SOURCE)
    wanted = [one["name"] for one in LISTED if system in one["systems"]]
    assert ["HeaderLens", *(one["name"] for one in made["components"])] == wanted
    assert made["metadata"]["component"]["version"] == "1.2.3"


@pytest.mark.parametrize("system", SYSTEMS)
def test_a_distribution_has_its_pinned_version_and_its_address(system: str) -> None:
    bill = sbom.bill_of(system, "3.13.1")
    components = {one["name"]: one for one in sbom.document(bill, SOURCE)["components"]}
    for name in ("cryptography", "dkimpy", "dnspython", "PyNaCl"):
        version = bill.pins[name.lower()]
        assert components[name]["version"] == version
        assert components[name]["purl"] == f"pkg:pypi/{name.lower()}@{version}"
    assert components["Qt 6"]["version"] == bill.pins["pyside6-essentials"]
    assert components["Python"]["version"] == "3.13.1"


def test_what_only_the_program_knows_has_no_version() -> None:
    components = {one["name"]: one for one in sbom.document(sbom.bill_of("linux", ""), SOURCE)["components"]}
    assert "version" not in components["OpenSSL"]
    assert "version" not in components["Python"]
    assert "cpe" not in components["Python"]


@pytest.mark.parametrize("system", SYSTEMS)
def test_every_part_has_a_licence_and_a_reference_of_its_own(system: str) -> None:
    made = sbom.document(sbom.bill_of(system, "3.13.1"), SOURCE)
    references = [one["bom-ref"] for one in made["components"]]
    assert len(set(references)) == len(references)
    assert made["dependencies"][0]["dependsOn"] == references
    assert all(one["licenses"][0]["expression"] for one in made["components"])
    addresses = [reference["url"] for one in made["components"] for reference in one.get("externalReferences", ())]
    assert addresses
    assert not any(set(" ,") & set(address) for address in addresses)


def test_dkimpy_has_the_licence_its_authors_gave_it_and_not_the_one_its_metadata_tells() -> None:
    components = {one["name"]: one for one in sbom.document(sbom.bill_of("linux", ""), SOURCE)["components"]}
    assert components["dkimpy"]["licenses"] == [{"expression": "Zlib"}]


def test_it_is_the_same_every_time_and_another_for_each_commit(tmp_path: Path) -> None:
    bill = sbom.bill_of("linux", "3.11.2")
    first = sbom.write(bill, SOURCE, tmp_path).read_bytes()
    assert sbom.write(bill, SOURCE, tmp_path).read_bytes() == first
    other = Source(ROOT, "1.2.3", "ba9876543210", 1_790_000_000)
    numbers = {sbom.document(bill, one)["serialNumber"] for one in (SOURCE, other)}
    assert len(numbers) == 2
    assert json.loads(first)["serialNumber"] in numbers


def test_names_are_compared_as_pip_compares_them() -> None:
    told = "PySide6_Essentials==6.12.0 \\\n    --hash=sha256:00\n# a==1\nruamel.yaml==0.18\n"
    assert sbom.pins(told) == {"pyside6-essentials": "6.12.0", "ruamel-yaml": "0.18"}


def test_only_python_from_python_org_has_a_version_in_the_bill_for_windows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(windows_bill, "export", lambda _: SOURCE)
    for archive, known in (("", False), (str(tmp_path / "python-embed.zip"), True)):
        monkeypatch.setenv(ARCHIVE_VARIABLE, archive)
        (made,) = windows_bill.build(tmp_path)
        (python,) = [one for one in json.loads(made.read_text("utf-8"))["components"] if one["name"] == "Python"]
        assert ("version" in python) is known
    assert f"/{python['version']}/" in OFFICIAL
