"""The door of the command line."""

from __future__ import annotations

import pytest

from headerlens.cli import check, domain
from headerlens.cli.main import main


def broken(*_: object) -> int:
    """A mistake of the program over a hostile mail."""
    raise ValueError("\x1b[2Jthe secret subject of the mail")


@pytest.mark.parametrize("command", ["check", "domain"])
def test_a_mistake_of_the_program_is_not_told_as_a_mail_that_failed(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr({"check": check, "domain": domain}[command], command, broken)
    assert main([command, "example.com"]) == 70
    told = capsys.readouterr()
    assert told.out == ""
    assert "ValueError" in told.err
    assert "secret" not in told.err


def test_help_of_a_command_ends_well(capsys: pytest.CaptureFixture[str]) -> None:
    for command in ("check", "domain"):
        with pytest.raises(SystemExit) as ended:
            main([command, "--help"])
        assert ended.value.code == 0
        assert "exit status:" in capsys.readouterr().out
