"""Every target of packaging/build and packaging/check leads somewhere, and the scripts know the same ones."""

from __future__ import annotations

import inspect
import re
from importlib import import_module
from pathlib import Path

import pytest

from installers.__main__ import BUILDERS, CHECKERS
from installers.source import ROOT
from installers.trials.readme import SOME_TESTS

TOOLS = (ROOT / "packaging/tools").read_text("utf-8")
ONLY_BY_PYTHON = {"windows-here"}
"""Where no sh is: `python -m installers check windows-here`."""


@pytest.mark.parametrize("module", sorted({one for modules in BUILDERS.values() for one in modules}))
def test_a_builder_takes_a_folder_and_names_files(module: str) -> None:
    build = inspect.signature(import_module(module).build, eval_str=True)
    assert next(iter(build.parameters.values())).annotation is Path
    assert build.return_annotation == list[Path]


@pytest.mark.parametrize("module", sorted(CHECKERS.values()))
def test_a_checker_takes_a_folder(module: str) -> None:
    check = inspect.signature(import_module(module).check, eval_str=True)
    assert [one.annotation for one in check.parameters.values()] == [Path]


def test_the_scripts_know_every_target() -> None:
    known = set(re.findall(r'^ +"(build|check) ([\w-]+)"\)', TOOLS, re.MULTILINE))
    assert {target for what, target in known if what == "build"} == set(BUILDERS)
    assert {target for what, target in known if what == "check"} == set(CHECKERS) - ONLY_BY_PYTHON


def test_every_lock_file_a_target_names_is_there() -> None:
    named = {name for names in re.findall(r'locked="([^"]+)"', TOOLS) for name in names.split()}
    assert named
    assert [name for name in named if not (ROOT / f"packaging/constraints/{name}.txt").is_file()] == []


def test_the_tests_readme_is_tried_with_exist() -> None:
    assert all((ROOT / one).is_dir() for one in SOME_TESTS)
