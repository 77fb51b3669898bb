"""What every frozen program runs after it was built."""

import pytest

from headerlens.__main__ import main
from headerlens.cli.self_test import self_test
from headerlens.samples import samples


def test_every_part_holds(capsys: pytest.CaptureFixture[str]) -> None:
    assert self_test(lambda: 100) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(samples()) + 2
    assert lines[-1].startswith("self-test: ok")


def test_a_blank_window_fails_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert self_test(lambda: 1) == 1
    assert "FAILED window" in capsys.readouterr().out


@pytest.mark.usefixtures("qapp")
def test_the_real_window_is_painted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--self-test"]) == 0
    assert "ok window" in capsys.readouterr().out
