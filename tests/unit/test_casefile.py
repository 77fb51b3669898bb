"""A case saved and opened again: the same result, offline; a damaged file is a refusal (architecture.md 7)."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headerlens import casefile
from headerlens.casefile import StoredCase, is_case_file, load_case, open_listed, open_listed_message, save_case
from headerlens.intake.containers import messages_in
from headerlens.model.locator import Inside, Locator, Step
from headerlens.model.message import RawMessage, Refusal
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


# ---- where many messages are listed


def _listed(path: Path) -> list[Locator]:
    return [one for one in messages_in(path) if isinstance(one, Locator)]


def _folder(tmp_path: Path, octets: bytes = SAVED, name: str = "Old.HLCASE") -> Path:
    folder = tmp_path / "box"
    folder.mkdir()
    (folder / name).write_bytes(octets)
    (folder / "zoo.eml").write_bytes(samples()[0].message().octets)
    return folder


def _packed(tmp_path: Path, octets: bytes = SAVED, name: str = "sub/old.hlcase") -> Path:
    path = tmp_path / "box.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr(name, octets)
        archive.writestr("zoo.eml", samples()[0].message().octets)
    return path


@pytest.mark.parametrize("make", [_folder, _packed])
def test_a_case_is_found_among_mails(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    case, mail = _listed(make(tmp_path))
    stored = open_listed(case)
    assert isinstance(stored, StoredCase)
    assert stored.reopen() == _reopened(SAVED).reopen()
    assert open_listed(mail) is None
    assert isinstance(open_listed_message(mail), RawMessage)
    assert isinstance(open_listed_message(case), StoredCase)


def test_a_compressed_case_is_found_too(tmp_path: Path) -> None:
    path = tmp_path / "old.hlcase.gz"
    path.write_bytes(gzip.compress(SAVED))
    (only,) = _listed(path)
    assert isinstance(open_listed(only), StoredCase)


def test_a_mail_that_calls_itself_a_case_is_a_mail(tmp_path: Path) -> None:
    folder = _folder(tmp_path, samples()[0].message().octets)
    case, _ = _listed(folder)
    assert open_listed(case) is None
    assert isinstance(open_listed_message(case), RawMessage)


@pytest.mark.parametrize("make", [_folder, _packed])
def test_a_listed_case_has_a_bound_of_its_own(
    tmp_path: Path, make: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    case, _ = _listed(make(tmp_path))
    monkeypatch.setattr(casefile, "MAX_LISTED_CASE_OCTETS", len(SAVED))
    assert isinstance(open_listed(case), StoredCase)
    monkeypatch.setattr(casefile, "MAX_LISTED_CASE_OCTETS", len(SAVED) - 1)
    assert isinstance(open_listed(case), Refusal)


def test_an_archive_made_to_hurt_is_refused_and_not_unpacked(tmp_path: Path) -> None:
    path = _packed(tmp_path, SAVED[:40] + b" " * 3_000_000)
    case = Locator(path, (Step(Inside.ZIP, number=0, name="sub/old.hlcase"),))
    assert isinstance(open_listed(case), Refusal)


def test_a_case_that_is_gone_is_told_by_whoever_reads_it(tmp_path: Path) -> None:
    folder = _folder(tmp_path)
    case, _ = _listed(folder)
    case.path.unlink()
    assert open_listed(case) is None
    assert isinstance(open_listed_message(case), Refusal)
