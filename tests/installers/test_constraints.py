import re
import tomllib

import pytest

from installers.source import ROOT

FOLDER = ROOT / "packaging" / "constraints"
FILES = sorted(path.name for path in FOLDER.glob("*.txt"))


def pins(name: str) -> dict[str, list[str]]:
    """The hashes behind each NAME==VERSION of a file."""
    found: dict[str, list[str]] = {}
    text = (FOLDER / name).read_text("utf-8").replace("\\\n", " ")
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            requirement, *words = line.split(" --hash=")
            found[requirement.split(";")[0].strip()] = [word.strip() for word in words]
    return found


@pytest.mark.parametrize("name", FILES)
def test_every_package_is_pinned_to_a_version_and_to_hashes(name: str) -> None:
    for requirement, hashes in pins(name).items():
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.+]+", requirement)
        assert hashes
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", one) for one in hashes)


@pytest.mark.parametrize("path", sorted(path.name for path in FOLDER.iterdir()))
def test_no_file_says_where_packages_come_from(path: str) -> None:
    """Each machine has its own index; a name of one would break the build on another."""
    text = (FOLDER / path).read_text("utf-8")
    assert not re.search(r"https?://|file:|--(?:extra-)?index-url|--find-links", text)


def test_linux_pins_every_dependency_of_the_program_and_what_freezes_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = {_canonical(re.split(r"[<>=!~ ;\[]", one)[0]) for one in project["dependencies"]} | {"pyinstaller"}
    pinned = {_canonical(one.split("==")[0]) for one in pins("linux.txt")}
    assert wanted <= pinned


def test_source_packages_are_built_with_a_pinned_setuptools() -> None:
    assert [one.split("==")[0] for one in pins("builders.txt")] == ["setuptools"]


def test_on_linux_pyside_is_one_that_does_not_abort_python_3_11() -> None:
    versions = [one.split("==")[1] for one in pins("linux.txt") if one.startswith("pyside6-essentials")]
    assert [tuple(map(int, one.split(".")[:2])) < (6, 12) for one in versions] == [True]


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
