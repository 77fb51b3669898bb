"""The contract of `headerlens domain`: exit statuses, forms, what may be given as a domain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from headerlens.__main__ import main as program
from headerlens.cli.main import main
from tests.support.domains import HOME, MISTAKES, Mistake, Zone, good_zone, zone_with
from tests.support.nameserver import NameServer


@pytest.fixture
def good(tmp_path: Path) -> str:
    return write(tmp_path, good_zone())


def write(folder: Path, zone: Zone) -> str:
    path = folder / "dns.json"
    path.write_text(json.dumps(zone), "utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(["domain", *arguments])
    output = capsys.readouterr()
    return status, output.out, output.err


def test_a_domain_in_order_has_status_0(capsys: pytest.CaptureFixture[str], good: str) -> None:
    status, out, err = run(capsys, HOME, "--selector", "s1", "--dns-evidence", good, "--lang", "en")
    assert (status, err) == (0, "")
    assert out.startswith(f"✓ {HOME} is set up in order.")


@pytest.mark.parametrize(
    ("identifier", "status"),
    [("domain.key-weak", 1), ("domain.spf-none", 1), ("domain.no-answer", 2), ("domain.offline", 2)],
)
def test_the_status_says_what_is_to_be_done(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, identifier: str, status: int
) -> None:
    mistake: Mistake = MISTAKES[identifier]
    evidence = write(tmp_path, zone_with(mistake.changes))
    assert run(capsys, HOME, "--selector", "s1", "--dns-evidence", evidence)[0] == status


def test_a_real_server_gives_the_same_answer(capsys: pytest.CaptureFixture[str], good: str) -> None:
    with NameServer(good_zone()) as server:
        status, live, _ = run(capsys, HOME, "--selector", "s1", "--json", "--dns-server", server.address)
    _, recorded, _ = run(capsys, HOME, "--selector", "s1", "--json", "--dns-evidence", good)
    assert status == 0
    first, second = json.loads(live), json.loads(recorded)
    for part in ("spf", "dkim", "dmarc", "mx", "findings", "verdict"):
        assert first[part] == second[part]
    assert first["schema"] == "headerlens.domain/1"


def test_a_parked_domain_is_recognised_over_a_real_server(capsys: pytest.CaptureFixture[str]) -> None:
    with NameServer(zone_with(MISTAKES["domain.parked"].changes)) as server:
        status, out, _ = run(capsys, HOME, "--json", "--dns-server", server.address)
    report = json.loads(out)
    assert (status, report["parked"], report["mx"]["null"]) == (0, True, True)


@pytest.mark.parametrize("given", [f"https://{HOME}/", f"info@{HOME}", f"{HOME}.", f"_dmarc.{HOME}", HOME.upper()])
def test_what_people_paste_is_understood(capsys: pytest.CaptureFixture[str], good: str, given: str) -> None:
    _, out, _ = run(capsys, given, "--json", "--dns-evidence", good)
    assert json.loads(out)["domain"] == HOME


def test_the_name_of_a_key_is_taken_with_its_selector(capsys: pytest.CaptureFixture[str], good: str) -> None:
    _, out, _ = run(capsys, f"s1._domainkey.{HOME}", "--json", "--dns-evidence", good)
    assert [(one["selector"], one["why"]) for one in json.loads(out)["dkim"]] == [("s1", "given")]


def test_an_international_domain_is_understood(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    evidence = write(tmp_path, {"xn--r8jz45g.jp": {"TXT": [["v=spf1 -all"]]}})
    _, out, _ = run(capsys, "例え.jp", "--dns-evidence", evidence, "--lang", "ja")
    assert "例え.jp" in out


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["192.0.2.1"], "no domain name"),
        (["localhost"], "no domain name"),
        ([HOME, "--provider", "amazon"], "amazon-ses"),
        ([HOME, "--selector", "a/b"], "selector"),
        ([HOME, "--offline", "--doh", "https://dns.example/q"], "exclude each other"),
        ([HOME, "--format", "pdf"], "invalid choice"),
        ([], "required"),
    ],
)
def test_wrong_use_is_explained(capsys: pytest.CaptureFixture[str], arguments: list[str], complaint: str) -> None:
    status, out, err = run(capsys, *arguments)
    assert (status, out) == (64, "")
    assert complaint in err
    assert "Traceback" not in err


def test_offline_asks_nobody_and_cannot_tell(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, HOME, "--offline", "--lang", "en")
    assert status == 2
    assert "Nothing was looked up" in out


@pytest.mark.parametrize("form", ["text", "json", "markdown"])
def test_each_form_goes_into_a_file(capsys: pytest.CaptureFixture[str], good: str, tmp_path: Path, form: str) -> None:
    path = tmp_path / "report"
    status, out, _ = run(capsys, HOME, "--dns-evidence", good, "--format", form, "--output", str(path), "--lang", "ja")
    assert (status, out) == (0, "")
    assert "\x1b" not in path.read_text("utf-8")
    assert HOME in path.read_text("utf-8")


def test_help_lists_the_services_and_the_statuses(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["domain", "--help"])
    out = capsys.readouterr().out
    assert ended.value.code == 0
    for word in ("--selector", "--provider", "--dns-server", "--doh", "amazon-ses", "exit status"):
        assert word in out


def test_the_program_knows_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    assert program(["domain", "192.0.2.1"]) == 64
    assert program(["--help"]) == 0
    assert "headerlens domain" in capsys.readouterr().out
