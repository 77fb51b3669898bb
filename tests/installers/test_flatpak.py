import re
from typing import Any

import pytest
import yaml

from installers.identity import APP_ID, NAME
from installers.source import ROOT


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    read: dict[str, Any] = yaml.safe_load((ROOT / f"packaging/linux/{APP_ID}.yml").read_text("utf-8"))
    return read


def test_it_is_ours_and_starts_the_program(manifest: dict[str, Any]) -> None:
    assert manifest["id"] == APP_ID
    assert manifest["command"] == NAME


def test_it_may_ask_dns_and_show_a_window_and_nothing_else(manifest: dict[str, Any]) -> None:
    """Files come through portals; a new permission has to be argued for here."""
    assert set(manifest["finish-args"]) == {
        "--share=network", "--share=ipc", "--socket=wayland", "--socket=fallback-x11",
    }  # fmt: skip


def test_what_is_fetched_is_fetched_by_its_hash(manifest: dict[str, Any]) -> None:
    sources = [source for module in manifest["modules"] for source in module["sources"]]
    fetched = [source for source in sources if "url" in source]
    assert fetched
    assert all(re.fullmatch(r"[0-9a-f]{64}", source["sha256"]) for source in fetched)


def test_python_packages_come_from_the_locked_lists_without_a_network(manifest: dict[str, Any]) -> None:
    module = manifest["modules"][-1]
    assert module["build-options"]["env"]["PIP_NO_INDEX"] == "1"
    lists = re.findall(r"packaging/constraints/[\w.]+", " ".join(module["build-commands"]))
    assert lists
    assert all((ROOT / name).is_file() for name in lists)


def test_it_is_built_only_where_the_self_test_holds(manifest: dict[str, Any]) -> None:
    assert any("--self-test" in command for command in manifest["modules"][-1]["post-install"])
