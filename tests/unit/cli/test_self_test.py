"""What every packaged program runs after it was built."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headerlens.__main__ import main
from headerlens.cli import self_test_engine
from headerlens.cli.self_test import MOST_WORDS, _example, self_test
from headerlens.gui import proof
from headerlens.model.proof import Broken, Part
from headerlens.samples import samples

OF_THE_WINDOW = tuple(Part(name, lambda: "there") for name in proof.NAMES)


def failing(error: Exception) -> Part:
    def prove() -> str:
        raise error

    return Part("window en", prove)


@pytest.mark.usefixtures("qapp")
def test_every_part_holds_and_has_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--self-test"]) == 0
    told = capsys.readouterr()
    *lines, last = told.out.splitlines()
    assert all(line.startswith("ok ") for line in lines), told.out
    assert last == f"self-test: ok ({len(lines)} parts)"
    assert told.err == ""
    assert told.out.isascii()
    for example in samples():
        assert f"ok example {example.name}: {' '.join(example.expect)}" in lines
    assert [line.split(":")[0].removeprefix("ok ") for line in lines if line.split(":")[0][3:] in proof.NAMES] == list(
        proof.NAMES
    )


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(
    ("error", "words"),
    [
        (Broken("the window\nstayed blank"), "FAILED window en: the window stayed blank"),
        (ImportError("libEGL.so.1"), "FAILED window en: ImportError: libEGL.so.1"),
        (ValueError("x" * 1000), f"FAILED window en: {'ValueError: ' + 'x' * 1000:.{MOST_WORDS}}"),
    ],
)
def test_a_part_that_fails_says_why_and_the_others_go_on(
    capsys: pytest.CaptureFixture[str], error: Exception, words: str
) -> None:
    assert self_test(lambda: [failing(error), *OF_THE_WINDOW[4:]]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert words in lines
    assert lines[-1].startswith("self-test: FAILED (1 of ")
    assert lines[-2].startswith("ok pdf: ")


@pytest.mark.usefixtures("qapp")
def test_a_window_that_can_not_even_be_loaded_fails_it(capsys: pytest.CaptureFixture[str]) -> None:
    def nothing() -> list[Part]:
        raise ImportError("no Qt")

    assert self_test(nothing) == 1
    assert "FAILED window en: ImportError: no Qt" in capsys.readouterr().out


def test_a_batch_without_a_process_of_its_own_fails(monkeypatch: pytest.MonkeyPatch) -> None:
    worker = next(part for part in self_test_engine.PARTS if part.name == "worker")
    monkeypatch.setattr("multiprocessing.process.BaseProcess.start", unwilling)
    with pytest.raises(Broken, match="in this very process"):
        worker.prove()


def unwilling(_process: object) -> None:
    raise OSError("no process can be started")


def test_a_verdict_that_came_out_differently_fails() -> None:
    with pytest.raises(Broken, match="expected pass S99, found"):
        _example(replace(samples()[0], expect=("pass", "S99"))).prove()
