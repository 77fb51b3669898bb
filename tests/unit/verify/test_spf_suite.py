"""The openspf.org suite for RFC 7208, read in place and run over a real name server on loopback."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from headerlens.model.verdicts import SenderInputs
from headerlens.verify.spf import check_spf
from tests.support.nameserver import NameServer

SUITE = Path(__file__).parents[4] / "shared" / "data" / "conformance" / "rfc7208-tests.yml"

EXCEPTIONS: Mapping[str, str] = {}
"""Cases we answer otherwise than the suite, each with its reason. There are none."""

pytestmark = pytest.mark.skipif(not SUITE.exists(), reason="the suite is not part of the repository (shared/data)")


def scenarios() -> list[dict[str, Any]]:
    """The documents of the suite, each a zone and its cases; [] in a clone without it."""
    if not SUITE.exists():
        return []
    return list(yaml.safe_load_all(SUITE.read_text(encoding="utf-8")))


def served(zonedata: Mapping[str, list[Any]]) -> dict[str, dict[str, Any]]:
    """A zone of the suite in the name server's format: SPF records become TXT, unless the name has TXT of its own."""
    return {name.lower().replace(" ", r"\032"): _types(records) for name, records in zonedata.items()}


def _types(records: list[Any]) -> dict[str, Any]:
    pairs = [pair for record in records if isinstance(record, dict) for pair in record.items()]
    has_text = any(rtype == "TXT" for rtype, _ in pairs)
    types: dict[str, Any] = {}
    for rtype, value in pairs:
        if value == "NONE":
            types.setdefault(rtype, [])
        elif rtype != "SPF" or not has_text:
            types.setdefault("TXT" if rtype == "SPF" else rtype, []).append(_record(rtype, value))
    if "TIMEOUT" in records:
        for rtype in ("TXT", "A", "AAAA", "MX", "PTR"):
            types[rtype] = types.get(rtype) or {"error": "servfail"}
    return types


def _record(rtype: str, value: Any) -> Any:
    if rtype == "MX":
        return f"{value[0]} {value[1] or '.'}"
    if rtype in {"SPF", "TXT"}:
        strings = [value] if isinstance(value, str) else value
        return [string.encode("utf-8").decode("latin-1") for string in strings]
    return value


@pytest.mark.parametrize("scenario", scenarios(), ids=lambda scenario: scenario["description"])
def test_every_case_of_the_suite_has_its_result(scenario: dict[str, Any]) -> None:
    wrong = []
    with NameServer(served(scenario["zonedata"])) as server:
        ask = server.lookup()
        for name, case in scenario["tests"].items():
            inputs = SenderInputs(case["host"], "user", case["helo"], "user", case["mailfrom"], "user", None, "")
            expected = case["result"] if isinstance(case["result"], list) else [case["result"]]
            check = check_spf(inputs, ask)
            if check.result.value not in expected and name not in EXCEPTIONS:
                wrong.append((name, expected, check.result.value, check.code, check.problem))
    assert not wrong


def test_the_suite_is_whole() -> None:
    assert sum(len(scenario["tests"]) for scenario in scenarios()) == 203
