"""What the command line takes: folders, mailboxes, archives and standard input, every message of them in order."""

from __future__ import annotations

import io
import json
import sys
import zipfile
from pathlib import Path

import pytest

from headerlens.assets import asset
from headerlens.cli.main import main
from tests.support.containers import LOCKED, archive, mail, mboxo


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["check", "--offline", "--lang", "en", "--jobs", "1", *arguments])
    output = capsys.readouterr()
    return status, output.out, output.err


def names(lines: str) -> list[str]:
    return [json.loads(line)["source"]["name"] for line in lines.splitlines()]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a mail, a mailbox of two, a locked zip, a broken mail and a picture."""
    path = tmp_path / "mails"
    path.mkdir()
    (path / "1.eml").write_bytes(asset("samples", "all-pass.eml").read_bytes())
    (path / "2 Inbox").write_bytes(mboxo([mail(1), mail(2)]))
    (path / "3.zip").write_bytes(archive(LOCKED["aes256"]))
    (path / "4.eml").write_bytes(b"%PDF-1.7\n")
    (path / "5.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    return path


def test_every_message_of_a_folder_is_checked_in_order(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    status, out, err = run(capsys, "--format", "ndjson", str(folder))
    assert names(out) == ["1.eml", "2 Inbox #1", "2 Inbox #2"]
    assert [json.loads(line)["source"]["kind"] for line in out.splitlines()] == ["eml", "mbox", "mbox"]
    assert status == 66  # the locked archive
    assert f"{folder / '3.zip'}\n? This archive is locked with a password" in err
    assert f"{folder / '4.eml'}\n? This is a printed message (PDF)" in err
    assert "passed over: 1." in err


def test_json_of_several_is_one_array_and_text_is_separated(capsys: pytest.CaptureFixture[str], folder: Path) -> None:
    box = str(folder / "2 Inbox")
    status, out, _ = run(capsys, "--json", box)
    reports = json.loads(out)
    assert (status, [one["source"]["name"] for one in reports]) == (2, ["2 Inbox #1", "2 Inbox #2"])
    assert out == json.dumps(reports, ensure_ascii=False, indent=2) + "\n"
    _, single, _ = run(capsys, "--json", str(folder / "1.eml"))
    assert json.loads(single)["source"]["name"] == "1.eml"
    _, text, _ = run(capsys, box)
    assert text.count("\n\n? ") + text.startswith("? ") >= 1


def test_answers_go_to_a_file_as_before(capsys: pytest.CaptureFixture[str], folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "answers.ndjson"
    _, out, _ = run(capsys, "--format", "ndjson", "--output", str(target), str(folder))
    assert out == ""
    assert len(names(target.read_text(encoding="utf-8"))) == 3
    status, _, err = run(capsys, "--output", str(tmp_path / "no" / "where"), str(folder))
    assert (status, "cannot be written" in err) == (64, True)


def test_members_are_named_by_the_way_to_them(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "all.zip"
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("in/a\x1b[2J.eml", b"nothing")
        packed.writestr("in/b.eml", mail(1))
    status, out, err = run(capsys, "--format", "ndjson", str(path))
    assert (status, names(out)) == (65, ["b.eml"])
    assert err.startswith(f"{path}: in/a")
    assert "\x1b" not in err


@pytest.mark.parametrize("octets", [mboxo([mail(1), mail(2)]), mboxo([mail(1), mail(2)]).replace(b"\n", b"\r\n")])
def test_all_messages_of_a_mailbox_on_standard_input_are_checked(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, octets: bytes
) -> None:
    class Stdin(io.StringIO):
        buffer = io.BytesIO(octets)

    monkeypatch.setattr(sys, "stdin", Stdin())
    status, out, err = run(capsys, "--format", "ndjson", "-")
    assert (status, err) == (2, "")
    assert [json.loads(line)["message"]["subject"] for line in out.splitlines()] == ["mail 1", "mail 2"]
