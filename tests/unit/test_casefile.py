"""A case saved and opened again: the same result, offline; a damaged file is a refusal (architecture.md 7)."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headerlens.casefile import StoredCase, is_case_file, load_case, save_case
from headerlens.model.message import Refusal
from headerlens.pipeline import analyse
from headerlens.samples import samples
from tests.unit.findings.test_edits import CORPUS, _case


def _reopened(octets: bytes) -> StoredCase:
    stored = load_case(octets, "x.hlcase")
    assert not isinstance(stored, Refusal)
    return stored


@pytest.mark.parametrize("name", sorted(path.name for path in Path(CORPUS).iterdir()))
def test_a_case_opens_as_it_was_saved(name: str) -> None:
    case = _case(name)
    stored = _reopened(save_case(case))
    assert stored.raw == case.raw
    assert stored.reopen() == case


def test_samples_open_as_they_were_saved() -> None:
    for sample in samples():
        case = analyse(sample.message(), sample.lookup(), sample.checked_at, choices=sample.choices)
        octets = save_case(case)
        assert is_case_file(octets)
        assert _reopened(octets).reopen() == case


SAVED = save_case(_case("body-changed" if (Path(CORPUS) / "body-changed").exists() else "key-none"))


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "headerlens.case/99"),
        (("checked_at",), "yesterday"),
        (("checked_at",), "2026-11-21T08:20:00"),
        (("message", "octets"), "!"),
        (("message", "sha256"), "0" * 64),
        (("message", "kind"), "pigeon"),
        (("message", "repairs"), [{"id": 3}]),
        (("message", "page_rows"), [["a"]]),
        (("choices", "border"), -1),
        (("choices", "border"), True),
        (("choices", "trusted"), "mx.example.com"),
        (("choices", "as_of"), 3),
        (("dns",), []),
        (("dns",), {"example.com": {"TXT": 3}}),
        (("message",), None),
    ],
)
def test_a_damaged_value_is_a_refusal(path: tuple[str, ...], value: object) -> None:
    document = json.loads(SAVED)
    table = document
    for step in path[:-1]:
        table = table[step]
    table[path[-1]] = value
    refused = load_case(json.dumps(document).encode(), "x.hlcase")
    assert isinstance(refused, Refusal)
    assert refused.id == "refusal.case-damaged"


@given(st.binary(max_size=200))
@settings(max_examples=200)
def test_no_octets_break_the_reader(octets: bytes) -> None:
    assert isinstance(load_case(octets, "x"), Refusal)


@given(st.integers(0, len(SAVED) - 1), st.integers(0, 255))
@settings(max_examples=200, deadline=None)
def test_a_changed_octet_opens_or_is_refused(at: int, octet: int) -> None:
    changed = SAVED[:at] + bytes([octet]) + SAVED[at + 1 :]
    stored = load_case(changed, "x")
    if isinstance(stored, StoredCase):
        stored.reopen()


def test_a_deeply_nested_file_is_refused() -> None:
    assert isinstance(load_case(b"[" * 200_000, "x"), Refusal)
