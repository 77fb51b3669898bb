"""The gate of every package: a self-test that says anything but what it should fails the build."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from headerlens.cli import self_test_engine, self_test_files
from headerlens.gui import proof
from headerlens.samples import samples
from installers.commands import Broken
from installers.selftest import PARTS, judge, prove

GOOD = [f"ok {part}: as it should be" for part in sorted(PARTS)] + [f"self-test: ok ({len(PARTS)} parts)"]


def program(folder: Path, lines: list[str], *, status: int = 0, errors: str = "") -> list[str]:
    """A program that prints `lines` when it is asked for its self-test."""
    script = folder / "fake.py"
    script.write_text(
        f"import sys\nassert sys.argv[1:] == ['--self-test']\nprint({chr(10).join(lines)!r})\n"
        f"sys.stderr.write({errors!r})\nsys.exit({status})\n"
    )
    return [sys.executable, "-S", str(script)]


def test_a_good_one_passes_and_its_time_is_told(tmp_path: Path) -> None:
    assert 0 < prove(program(tmp_path, GOOD)) < 60


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["Qt: something new", *GOOD], "unexpected line: 'Qt: something new'"),
        ([*GOOD, "one more"], "no good end"),
        ([*GOOD[:3], "ok magic: a part nobody knows", *GOOD[3:]], "unexpected line"),
        (["", *GOOD], "unexpected line"),
        (GOOD[1:], "missing: archive"),
        ([GOOD[0], *GOOD], "told twice: archive"),
        (["FAILED archive: no file", *GOOD[1:]], "FAILED archive: no file"),
        (GOOD[:-1], "no good end"),
        ([], "no good end: .*\n.*missing: archive"),
    ],
    ids=["extra", "after", "unknown", "empty", "missing", "twice", "failed", "endless", "silent"],
)
def test_anything_else_is_broken(tmp_path: Path, lines: list[str], told: str) -> None:
    with pytest.raises(Broken, match=told):
        prove(program(tmp_path, lines))


def test_a_status_other_than_0_is_broken(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="status 3"):
        prove(program(tmp_path, GOOD, status=3))


def test_a_word_on_standard_error_is_broken(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="could not load the plugin"):
        prove(program(tmp_path, GOOD, errors="could not load the plugin\n"))


def test_what_wine_says_of_itself_is_passed_over_and_nothing_else() -> None:
    output, wine = "\n".join(GOOD), "0024:fixme:ntdll:something unimplemented\n002c:err:winediag:no driver\n"
    assert judge(output, wine, 0, wine=True) == []
    assert judge(output, wine, 0)
    assert judge(output, wine + "Traceback (most recent call last):\n", 0, wine=True)


def test_the_lines_of_windows_end_like_others() -> None:
    assert judge("\r\n".join(GOOD) + "\r\n", "", 0) == []


def test_a_program_that_is_not_there_is_broken(tmp_path: Path) -> None:
    with pytest.raises(Broken, match="could not be started"):
        prove([str(tmp_path / "nothing")])


def test_the_environment_is_added_to_the_present_one(tmp_path: Path) -> None:
    script = tmp_path / "fake.py"
    script.write_text(
        f"import os\nassert os.environ['PATH']\nprint(os.environ['SAID'])\nprint({chr(10).join(GOOD)!r})\n"
    )
    with pytest.raises(Broken, match="unexpected line: 'hello'"):
        prove([sys.executable, str(script)], environment={"SAID": "hello"})


def test_it_knows_the_parts_of_the_program() -> None:
    parts = (*self_test_files.PARTS, *self_test_engine.PARTS, *self_test_engine.AFTER_THE_WINDOW)
    told = {part.name for part in parts} | {f"example {one.name}" for one in samples()} | set(proof.NAMES)
    assert told == PARTS
