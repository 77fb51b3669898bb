"""Documents and case files of the command line: HTML, Markdown, PDF, a table, and a case kept and opened again."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

from headerlens.assets import asset
from headerlens.cli.options import WrongUsage
from headerlens.cli.stored import _chosen
from headerlens.cli.writing import Writer
from headerlens.model.case import Choices
from headerlens.model.limits import MAX_PDF_MESSAGES
from tests.support.nameserver import NameServer
from tests.support.reports import HOSTILE, Strict, sample_case, view_of
from tests.unit.cli.test_check import run, zone


@pytest.fixture
def mails(tmp_path: Path) -> Path:
    """Two samples in a folder."""
    folder = tmp_path / "mails"
    folder.mkdir()
    for name in ("all-pass", "spoofed"):
        (folder / f"{name}.eml").write_bytes(asset("samples", f"{name}.eml").read_bytes())
    return folder


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "dns.json"
    path.write_text(json.dumps(zone("all-pass") | zone("spoofed")), encoding="utf-8")
    return path


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("language", ["en", "ja"])
def test_several_messages_are_one_page_with_contents(
    capsys: pytest.CaptureFixture[str], mails: Path, answers: Path, jobs: str, language: str
) -> None:
    common = ("--dns-evidence", str(answers), "--lang", language, "--jobs", jobs)
    status, out, _ = run(capsys, str(mails), "--format", "html", *common)
    page = Strict(out)
    assert status == 1
    assert page.ids == ["m1", "m2"]
    assert ("html", "lang", language) in page.attributes
    _, markdown, _ = run(capsys, str(mails), "--format", "markdown", *common)
    assert markdown.count("\n# ") == 2
    assert markdown.index("all-pass.eml") < markdown.index("spoofed.eml")


def test_a_document_goes_whole_into_a_file(
    capsys: pytest.CaptureFixture[str], mails: Path, answers: Path, tmp_path: Path, qapp: object
) -> None:
    assert qapp is not None
    for form, beginning in (("html", b"<!DOCTYPE html>"), ("markdown", b"# "), ("pdf", b"%PDF-")):
        out = tmp_path / f"x.{form}"
        options = ("--dns-evidence", str(answers), "--format", form, "--output", str(out), "--lang", "en")
        status, shown, complaint = run(capsys, str(mails), *options)
        assert (status, shown, complaint) == (1, "", "")
        assert out.read_bytes().startswith(beginning)


def test_a_pdf_is_not_written_to_a_terminal(
    capsys: pytest.CaptureFixture[str], mails: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    status, out, complaint = run(capsys, str(mails), "--offline", "--format", "pdf")
    assert status == 64
    assert out == ""
    assert "--output" in complaint


def test_what_is_no_mail_is_told_beside_the_document(
    capsys: pytest.CaptureFixture[str], mails: Path, answers: Path
) -> None:
    no_mail = mails.parent / "milk.eml"
    no_mail.write_text("milk and bread")
    status, out, complaint = run(
        capsys, str(no_mail), str(mails / "all-pass.eml"), "--dns-evidence", str(answers), "--format", "html"
    )
    assert status == 65
    assert Strict(out).ids == ["m1"]
    assert "milk.eml" in complaint
    status, out, _ = run(capsys, str(no_mail), "--offline", "--format", "html")
    assert (status, out) == (65, "")


def test_recipients_are_masked_unless_they_are_asked_for(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "evil.eml"
    path.write_bytes(HOSTILE)
    for form in ("html", "markdown"):
        _, masked, _ = run(capsys, str(path), "--offline", "--format", form)
        _, shown, _ = run(capsys, str(path), "--offline", "--format", form, "--show-recipients")
        assert "hanako@victim.example" not in masked.replace("\\", "")
        assert "hanako@victim.example" in shown.replace("\\", "")


def test_a_pdf_has_its_bound(tmp_path: Path) -> None:
    writer = Writer("pdf", tmp_path / "x.pdf")
    view = view_of(sample_case("spoofed"))
    for _ in range(MAX_PDF_MESSAGES):
        writer.add("", {}, view)
    with pytest.raises(WrongUsage, match="at most"):
        writer.add("", {}, view)


# ---- case files


@pytest.fixture
def case(capsys: pytest.CaptureFixture[str], mails: Path, answers: Path) -> Path:
    """The case of a mail that passes."""
    path = mails.parent / "x.hlcase"
    options = ("--dns-evidence", str(answers), "--case", str(path), "--lang", "en")
    assert run(capsys, str(mails / "all-pass.eml"), *options)[0] == 0
    return path


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_case_opens_offline_with_the_same_result(capsys: pytest.CaptureFixture[str], case: Path, jobs: str) -> None:
    status, out, _ = run(capsys, str(case), "--lang", "en", "--jobs", jobs)
    assert status == 0
    assert "Authenticated as" in out
    assert "From a case file of" in out
    status, out, _ = run(capsys, str(case), "--lang", "ja", "--offline")
    assert status == 0
    assert "ケースファイル" in out


def test_a_case_stands_among_mails_in_its_turn(capsys: pytest.CaptureFixture[str], case: Path, mails: Path) -> None:
    paths = (str(mails / "spoofed.eml"), str(case), str(mails / "all-pass.eml"))
    status, out, _ = run(capsys, *paths, "--offline", "--format", "ndjson", "--jobs", "2")
    levels = [json.loads(line)["verdict"]["level"] for line in out.splitlines()]
    assert levels[1] == "pass"
    assert levels[0] != "pass"
    assert status in {1, 2}


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("packed", [False, True])
def test_a_case_in_a_folder_or_archive_is_judged_by_its_own_answers(
    capsys: pytest.CaptureFixture[str], case: Path, mails: Path, jobs: str, packed: bool
) -> None:
    case.rename(mails / "kept.hlcase")
    given = mails
    if packed:
        given = mails.parent / "mails.zip"
        with ZipFile(given, "w") as archive:
            for path in sorted(mails.iterdir()):
                archive.write(path, path.name)
    status, out, complaint = run(capsys, str(given), "--offline", "--format", "ndjson", "--jobs", jobs)
    reports = [json.loads(line) for line in out.splitlines()]
    assert [one["verdict"]["level"] for one in reports] == ["unknown", "pass", "unknown"]
    assert complaint == ""
    assert status == 2


def test_a_server_named_for_a_case_is_asked(capsys: pytest.CaptureFixture[str], case: Path) -> None:
    with NameServer(zone("all-pass") | {"k2026._domainkey.example.co.jp": {"TXT": []}}) as server:
        _, out, _ = run(capsys, str(case), "--dns-server", server.address, "--json", "--lang", "en")
    report = json.loads(out)
    assert report["dkim"][0]["code"] == "key.none"
    assert "case file" not in json.dumps(report["findings"])


def test_a_case_comes_over_standard_input_too(
    capsys: pytest.CaptureFixture[str], case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(case.read_bytes())))
    status, out, _ = run(capsys, "-", "--lang", "en")
    assert status == 0
    assert "From a case file of" in out


def test_a_damaged_case_is_refused(capsys: pytest.CaptureFixture[str], case: Path) -> None:
    case.write_bytes(case.read_bytes()[:-40])
    status, _, complaint = run(capsys, str(case), "--lang", "en")
    assert status == 65
    assert "case file can't be opened" in complaint


def test_a_case_keeps_one_message(capsys: pytest.CaptureFixture[str], mails: Path, tmp_path: Path) -> None:
    path = tmp_path / "two.hlcase"
    status, _, complaint = run(capsys, str(mails), "--offline", "--case", str(path))
    assert status == 64
    assert "one message" in complaint
    assert not path.exists()
    status, _, complaint = run(capsys, str(mails), "--list-questions", "--case", str(path))
    assert status == 64


def test_what_is_chosen_now_takes_the_place_of_what_was_kept() -> None:
    kept = Choices(trusted=("mx.example.net",), helo="old.example", offline=True)
    assert _chosen(kept, Choices(helo="new.example")) == Choices(("mx.example.net",), helo="new.example", offline=True)
    assert _chosen(kept, Choices(offline=False)) == kept


def test_help_names_every_format_and_the_case_file(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as done:
        run(capsys, "--help")
    assert done.value.code == 0
    shown = capsys.readouterr().out
    for word in ("markdown", "html", "pdf", "csv", "--case FILE.hlcase", "--show-recipients"):
        assert word in shown
