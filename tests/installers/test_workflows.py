"""Public CI: what its files promise can be read from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from installers.__main__ import BUILDERS, CHECKERS

ROOT = Path(__file__).resolve().parents[2]
FILES = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
PINNED = re.compile(r"[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+")
OWN = re.compile(r"\./\.github/workflows/[\w-]+\.yml")
CALLS = re.compile(r"(?:packaging/|-m installers )(build|check) ([\w-]+)")
WRITING = {"draft": {"contents", "id-token", "attestations"}, "pypi": {"id-token"}}
"""Jobs that may write, and what; no other may."""


def _read(path: Path) -> dict[str, Any]:
    """The file with every value as text; as YAML 1.1 says it, the key "on" would be a truth value."""
    loaded: dict[str, Any] = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
    return loaded


def _jobs() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path in FILES:
        for name, job in _read(path)["jobs"].items():
            yield path.name, name, job


def _commands() -> Iterator[str]:
    for _, _, job in _jobs():
        yield from (step["run"] for step in job.get("steps", ()) if "run" in step)


def test_there_is_a_workflow_for_tests_for_packages_and_for_releases() -> None:
    assert [path.name for path in FILES] == ["packages.yml", "release.yml", "test.yml"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_action_is_pinned_by_its_commit_and_says_its_version(path: Path) -> None:
    used = re.findall(r"^\s*(?:- )?uses: (.+)$", path.read_text("utf-8"), re.MULTILINE)
    assert used
    assert [one for one in used if not PINNED.fullmatch(one) and not OWN.fullmatch(one)] == []


def test_an_action_has_the_same_commit_everywhere() -> None:
    used = {one for path in FILES for one in re.findall(r"uses: (\S+@\S+)", path.read_text("utf-8"))}
    assert len({one.partition("@")[0] for one in used}) == len(used)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_nothing_is_permitted_that_is_not_said(path: Path) -> None:
    assert _read(path)["permissions"] == {}
    for name, job in _read(path)["jobs"].items():
        writing = {what for what, how in job["permissions"].items() if how != "read"}
        assert writing == WRITING.get(name, set()), name


def test_a_job_that_may_write_installs_nothing_and_waits_for_a_person() -> None:
    writing = [job for _, name, job in _jobs() if name in WRITING]
    assert len(writing) == len(WRITING)
    for job in writing:
        assert job["environment"]
        assert not any(re.search(r"\b(pip|npm|apt-get|curl)\b", step.get("run", "")) for step in job["steps"])


def test_every_container_is_pinned_by_its_digest() -> None:
    images = re.findall(r"image: (debian\S+)", "".join(path.read_text("utf-8") for path in FILES))
    assert images
    assert all(re.fullmatch(r"debian:[\w-]+@sha256:[0-9a-f]{64}", image) for image in images)


def test_no_checkout_leaves_its_token_behind() -> None:
    steps = [step for _, _, job in _jobs() for step in job.get("steps", ())]
    checkouts = [step for step in steps if "actions/checkout@" in step.get("uses", "")]
    assert checkouts
    assert all(step["with"]["persist-credentials"] == "false" for step in checkouts)


def test_what_is_released_is_built_without_a_cache() -> None:
    assert "cache" not in (ROOT / ".github/workflows/packages.yml").read_text("utf-8").partition("name: Packages")[2]


def test_every_target_that_is_built_or_tried_exists() -> None:
    named = {found for command in _commands() for found in CALLS.findall(command)}
    built, tried = ({target for what, target in named if what == kind} for kind in ("build", "check"))
    assert built == set(BUILDERS)
    assert {"linux", "wheel", "readme", "windows-here", "macos"} <= tried <= set(CHECKERS)


def test_every_script_that_is_run_exists() -> None:
    scripts = {found for command in _commands() for found in re.findall(r"\bsh (packaging/[\w/-]+)", command)}
    assert scripts
    assert [one for one in scripts if not (ROOT / one).is_file()] == []


def test_secrets_reach_no_command_line() -> None:
    assert not any("secrets." in command or "${{" in command for command in _commands())


def test_a_build_needs_no_secret() -> None:
    declared = _read(ROOT / ".github/workflows/packages.yml")["on"]["workflow_call"]["secrets"]
    assert declared
    assert all(one["required"] == "false" for one in declared.values())
    handed = next(job["secrets"] for _, name, job in _jobs() if name == "packages")
    assert set(handed) == set(declared)


def test_linux_is_tested_by_readmes_own_command() -> None:
    commands = [
        step["run"] for _, name, job in _jobs() if name in {"linux", "ubuntu"} for step in job["steps"] if "run" in step
    ]
    assert "sh packaging/test" in commands
    assert "sudo sh packaging/test" in commands
