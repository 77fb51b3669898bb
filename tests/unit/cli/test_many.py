"""Many messages on the command line: --jobs and --format csv."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest

from headerlens.cli.check import check
from headerlens.samples import samples


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shipped examples twice, and a file that promises a mail and holds none."""
    box = tmp_path / "mails"
    box.mkdir()
    for number in range(2):
        for one in samples():
            (box / f"{number}-{one.name}.eml").write_bytes(one.message().octets)
    (box / "0-empty.eml").write_bytes(b"")
    return box


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """The answers to all of them in one file."""
    answers: dict[str, object] = {}
    from headerlens.assets import asset

    for one in samples():
        answers |= json.loads(asset("samples", f"{one.name}.dns.json").read_text(encoding="utf-8"))
    path = tmp_path / "dns.json"
    path.write_text(json.dumps(answers), encoding="utf-8")
    return path


def answers(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str]:
    status = check([str(one) for one in arguments])
    return status, capsys.readouterr().out


@pytest.mark.parametrize("form", ["text", "ndjson", "csv"])
def test_two_workers_say_what_one_says_in_the_order_of_the_input(
    capsys: pytest.CaptureFixture[str], folder: Path, evidence: Path, form: str
) -> None:
    common = (folder, "--dns-evidence", evidence, "--format", form, "--as-of", "2026-11-21T08:00:00Z", "--lang", "en")
    one, two = answers(capsys, *common, "--jobs", "1"), answers(capsys, *common, "--jobs", "2")
    assert _timeless(one[1], form) == _timeless(two[1], form)
    assert one[0] == two[0] == 1


def _timeless(text: str, form: str) -> object:
    """Without the moment of the check, which differs between two runs."""
    if form == "ndjson":
        return [{**json.loads(line), "checked_at": ""} for line in text.splitlines()]
    if form == "csv":
        return [{**row, "checked_at": ""} for row in csv.DictReader(text.splitlines())]
    # the ladder's head has the minute
    return [line for line in text.splitlines() if not re.search(r"202[67]|\d\d:\d\d$", line)]


def test_a_table_has_a_line_for_every_message_with_its_place(
    capsys: pytest.CaptureFixture[str], folder: Path, evidence: Path
) -> None:
    _, text = answers(capsys, folder, "--dns-evidence", evidence, "--format", "csv", "--jobs", "2")
    rows = {row["file"].rpartition("/")[2]: row for row in csv.DictReader(text.splitlines())}
    assert len(rows) == 2 * len(samples()) + 1
    assert rows["0-spoofed.eml"]["exit_status"] == "1"
    assert rows["0-all-pass.eml"]["exit_status"] == "0"
    assert rows["0-empty.eml"]["result"] == ""
    assert rows["0-empty.eml"]["problem"]


def test_a_table_in_a_file_begins_with_the_mark_that_excel_needs(
    capsys: pytest.CaptureFixture[str], folder: Path, evidence: Path, tmp_path: Path
) -> None:
    out = tmp_path / "table.csv"
    answers(capsys, folder, "--dns-evidence", evidence, "--format", "csv", "--output", out, "--lang", "ja")
    octets = out.read_bytes()
    assert octets.startswith(b"\xef\xbb\xbffile,result,")
    assert octets.count(b"\r\n") == octets.count(b"\n") == 2 * len(samples()) + 2
    assert "認証" in octets.decode("utf-8-sig")


def test_standard_output_has_no_mark(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    _, text = answers(capsys, folder / "0-spoofed.eml", "--offline", "--format", "csv")
    assert text.startswith("file,result,")


@pytest.mark.parametrize("jobs", ["0", "-1", "x", "1000", ""])
def test_a_number_of_jobs_that_makes_no_sense_is_refused(jobs: str) -> None:
    assert check(["--jobs", jobs, "x.eml"]) == 64
