"""The contract of `headerlens check`: exit statuses, JSON, options, bad input."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest

from headerlens.assets import asset
from headerlens.cli.main import main
from headerlens.model.verdicts import Opinion, SecondOpinion
from tests.support.dohserver import DohServer
from tests.support.nameserver import NameServer


def sample(name: str) -> bytes:
    return asset("samples", name).read_bytes()


def zone(name: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(sample(f"{name}.dns.json"))
    return loaded


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["check", *arguments])
    output = capsys.readouterr()
    return status, output.out, output.err


@pytest.fixture
def mail(tmp_path: Path) -> Path:
    path = tmp_path / "invoice.eml"
    path.write_bytes(sample("all-pass.eml"))
    return path


def test_a_signed_mail_checked_over_a_real_server_is_authenticated(
    capsys: pytest.CaptureFixture[str], mail: Path
) -> None:
    with NameServer(zone("all-pass")) as server:
        status, out, _ = run(capsys, "--json", "--dns-server", server.address, str(mail))
    report = json.loads(out)
    assert status == 0
    assert report["schema"] == "headerlens.report/1"
    assert (report["dkim"][0]["result"], report["dkim"][0]["code"]) == ("pass", None)
    assert (report["dkim"][0]["header_hash"], report["dkim"][0]["body_hash"]) == ("match", "match")
    assert (report["spf"]["result"], report["spf"]["matched"]) == ("pass", "ip4:192.0.2.16/28")
    assert (report["dmarc"]["result"], report["dmarc"]["organizational_domain"]) == ("pass", "example.co.jp")
    assert report["verdict"]["level"] == "pass"
    assert {q["name"] for q in report["dns"]} >= {"k2026._domainkey.example.co.jp", "_dmarc.example.co.jp"}


def test_one_changed_body_byte_leaves_the_header_hash_alone(capsys: pytest.CaptureFixture[str], mail: Path) -> None:
    mail.write_bytes(mail.read_bytes().replace(b"12,500 JPY", b"12,501 JPY"))
    with NameServer(zone("all-pass")) as server:
        _, out, _ = run(capsys, "--json", "--dns-server", server.address, str(mail))
    dkim = json.loads(out)["dkim"][0]
    assert (dkim["body_hash"], dkim["header_hash"], dkim["code"]) == ("mismatch", "match", "hash.body")


def test_a_mail_checked_over_https_is_authenticated(capsys: pytest.CaptureFixture[str], mail: Path) -> None:
    with DohServer(zone("all-pass"), tls=False) as server:
        status, out, _ = run(capsys, "--json", "--doh", server.url, str(mail))
    assert (status, json.loads(out)["verdict"]["level"]) == (0, "pass")
    assert {entry.transport for entry in server.dns.log} == {"https"}


def test_questions_are_listed_and_not_asked(capsys: pytest.CaptureFixture[str], mail: Path) -> None:
    with NameServer(zone("all-pass")) as server:
        status, out, err = run(capsys, "--list-questions", "--dns-server", server.address, str(mail))
        assert server.log == ()
    assert (status, err) == (0, "")
    assert "TXT  k2026._domainkey.example.co.jp" in out.splitlines()
    assert "TXT  _dmarc.example.co.jp" in out.splitlines()
    assert run(capsys, "--list-questions", "--sample", "all-pass")[1] == out


def test_listing_the_questions_of_what_is_no_mail_is_refused(capsys: pytest.CaptureFixture[str], mail: Path) -> None:
    mail.write_bytes(b"")
    assert run(capsys, "--list-questions", str(mail))[0] == 65


def test_a_spoofed_mail_ends_with_status_1(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "--sample", "spoofed", "--lang", "en")
    assert status == 1
    assert "Not authenticated as bank.example.co.jp" in out.splitlines()[0]


def test_offline_cannot_tell(capsys: pytest.CaptureFixture[str], mail: Path) -> None:
    status, out, _ = run(capsys, "--offline", "--json", str(mail))
    report = json.loads(out)
    assert status == 2
    assert {q["outcome"] for q in report["dns"]} == {"offline"}


def test_evidence_answers_alone(capsys: pytest.CaptureFixture[str], mail: Path, tmp_path: Path) -> None:
    evidence = tmp_path / "dns.json"
    evidence.write_bytes(sample("all-pass.dns.json"))
    status, out, _ = run(capsys, "--dns-evidence", str(evidence), "--json", str(mail))
    assert (status, json.loads(out)["verdict"]["situation"]) == (0, "S2")


def test_standard_input_is_read_for_a_dash(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    class Stdin(io.StringIO):
        buffer = io.BytesIO(sample("all-pass.eml").replace(b"\r\n", b"\n"))

    monkeypatch.setattr(sys, "stdin", Stdin())
    status, out, _ = run(capsys, "--offline", "--json", "-")
    assert (status, json.loads(out)["message"]["from"][0]["domain"]) == (2, "shop.example.co.jp")


def test_several_mails_give_an_array_and_a_line_each(capsys: pytest.CaptureFixture[str], mail: Path) -> None:
    _, out, _ = run(capsys, "--offline", "--json", str(mail), str(mail))
    assert len(json.loads(out)) == 2
    _, out, _ = run(capsys, "--offline", "--format", "ndjson", str(mail), str(mail))
    assert [json.loads(line)["source"]["name"] for line in out.splitlines()] == ["invoice.eml", "invoice.eml"]


def test_overrides_reach_spf(capsys: pytest.CaptureFixture[str], mail: Path) -> None:
    options = ("--client-ip", "198.51.100.1", "--mail-from", "a@mail.example.co.jp", "--helo", "x.example")
    with NameServer(zone("all-pass")) as server:
        _, out, _ = run(capsys, "--json", "--dns-server", server.address, *options, str(mail))
    spf = json.loads(out)["spf"]
    assert (spf["result"], spf["client_ip"], spf["client_ip_source"]) == ("fail", "198.51.100.1", "user")


def test_a_trusted_receiver_is_believed_and_an_unknown_one_only_proposed(
    capsys: pytest.CaptureFixture[str], mail: Path
) -> None:
    _, out, _ = run(capsys, "--offline", "--json", str(mail))
    assert json.loads(out)["recorded"][0]["trusted"] == "proposed"
    _, out, _ = run(capsys, "--offline", "--json", "--trust", "MX.google.com", str(mail))
    assert json.loads(out)["recorded"][0]["trusted"] is True


def test_as_of_decides_the_time_of_receipt(capsys: pytest.CaptureFixture[str], mail: Path) -> None:
    _, out, _ = run(capsys, "--offline", "--json", "--as-of", "2020-01-01T00:00:00+00:00", str(mail))
    report = json.loads(out)
    assert report["as_of"] == "2020-01-01T00:00:00+00:00"
    assert report["dkim"][0]["at_receipt"] == "future"


def test_the_answer_is_written_to_a_file(capsys: pytest.CaptureFixture[str], mail: Path, tmp_path: Path) -> None:
    target = tmp_path / "answer.json"
    _, out, _ = run(capsys, "--offline", "--json", "--output", str(target), str(mail))
    assert out == ""
    assert json.loads(target.read_text(encoding="utf-8"))["schema"] == "headerlens.report/1"


@pytest.mark.parametrize("language", ["en", "ja"])
def test_japanese_and_english_are_spoken(capsys: pytest.CaptureFixture[str], language: str) -> None:
    _, out, _ = run(capsys, "--sample", "third-party", "--lang", language)
    assert ("認証されました" in out) is (language == "ja")


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"", 65),
        (b"\x00\x01\x02\xff" * 500, 65),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 40, 65),
        (b"%PDF-1.7\n" + b"x" * 300, 65),
        ("今日は会議があります。\r\nよろしくお願いします。\r\n".encode(), 65),
        (b"just some words\nwithout any header\n", 65),
    ],
    ids=["empty", "binary", "photo", "pdf", "japanese text", "text"],
)
@pytest.mark.parametrize("language", ["en", "ja"])
def test_what_is_no_mail_is_refused_with_a_next_step(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, content: bytes, status: int, language: str
) -> None:
    path = tmp_path / "given"
    path.write_bytes(content)
    found, out, err = run(capsys, "--lang", language, str(path))
    assert (found, out) == (status, "")
    assert "→ " in err or "> " in err
    assert "{" not in err


def test_a_missing_file_and_a_folder_cannot_be_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert run(capsys, str(tmp_path / "nothing.eml"))[0] == 66
    assert run(capsys, str(tmp_path))[0] == 66


@pytest.mark.parametrize(
    "arguments",
    [
        ("--lang", "fr"),
        ("--as-of", "yesterday"),
        ("--dns-timeout", "0"),
        ("--dns-timeout", "nan"),
        ("--sample", "unknown"),
        ("--dns-evidence", "/nonexistent.json"),
        ("--offline", "--dns-server", "127.0.0.1"),
        ("--doh", "http://dns.example/dns-query"),
        ("--doh", "dns.example"),
        ("--doh", "https://dns.example/dns-query", "--offline"),
        ("--doh", "https://dns.example/dns-query", "--dns-server", "127.0.0.1"),
        ("--doh", "https://dns.example/dns-query", "--dns-evidence", "x.json"),
        ("--sample", "spoofed", "--doh", "https://dns.example/dns-query"),
        ("--list-questions", "--json"),
        ("--nonsense",),
    ],
)
def test_wrong_usage_is_said_with_status_64(capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (64, "")
    assert err.startswith("headerlens check: ")


def test_bad_evidence_says_what_is_wrong(capsys: pytest.CaptureFixture[str], tmp_path: Path, mail: Path) -> None:
    path = tmp_path / "dns.json"
    path.write_text('{"example.com": {"TXT": [1]}}')
    status, _, err = run(capsys, "--dns-evidence", str(path), str(mail))
    assert status == 64
    assert "example.com" in err


def test_control_characters_of_a_mail_never_reach_the_terminal(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "evil.eml"
    path.write_bytes(
        sample("all-pass.eml")
        .replace(b"Subject: Invoice", "Subject: \x1b[31mred\x07 \u202egnp.exe".encode())
        .replace(b"Midori Supply <", "\x1b]0;owned\x07\u2066 <".encode())
    )
    _, out, _ = run(capsys, "--offline", "--lang", "en", str(path))
    assert not set(out) & set("\x1b\x07\u202e\u2066")


def test_version_and_help_are_answered(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert main(["--help"]) == 0
    assert "headerlens check" in capsys.readouterr().out
    with pytest.raises(SystemExit) as leaving:
        main(["check", "--help"])
    assert leaving.value.code == 0
    assert "exit status" in capsys.readouterr().out


def test_a_question_that_tells_the_sender_is_marked_in_the_report(
    capsys: pytest.CaptureFixture[str], mail: Path, tmp_path: Path
) -> None:
    answers = zone("all-pass")
    spf = next(name for name, entry in answers.items() if "v=spf1" in json.dumps(entry))
    answers[spf] = {"TXT": [["v=spf1 exists:%{i}._spf.example.net ip4:192.0.2.16/28 -all"]]}
    evidence = tmp_path / "dns.json"
    evidence.write_text(json.dumps(answers), encoding="utf-8")
    _, out, _ = run(capsys, "--dns-evidence", str(evidence), "--json", str(mail))
    told = {question["name"]: question["telltale"] for question in json.loads(out)["dns"]}
    assert told.pop("192.0.2.25._spf.example.net") == "telltale.macro"
    assert set(told.values()) == {None}


@pytest.mark.parametrize("form", ["text", "json", "ndjson"])
def test_a_dispute_of_the_two_verifiers_lowers_the_answer_in_every_form(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    disputed = (SecondOpinion(0, Opinion.DISAGREES, "ValidationError: odd"),)
    monkeypatch.setattr("headerlens.cli.answering.second_opinion", lambda *_: disputed)
    status, out, _ = run(capsys, "--sample", "all-pass", "--format", form, "--lang", "en")
    assert status == 2
    assert "The two verifiers disagree" in out
    assert "HL-225" in out


def test_the_second_verifier_is_heard_on_every_signature(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "--sample", "amazon-ses", "--json")
    assert [one["second_opinion"]["opinion"] for one in json.loads(out)["dkim"]].count("disagrees") == 0
    _, text, _ = run(capsys, "--sample", "amazon-ses", "--lang", "en")
    assert "Second opinion: dkimpy agrees." in text
