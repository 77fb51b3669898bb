"""The texts on how to use the program agree: --help, the manual page, README in both languages."""

from __future__ import annotations

import argparse
import re
from functools import cache
from pathlib import Path

import pytest

from headerlens.__main__ import TERMINAL
from headerlens.cli import domain, options, usage

ROOT = Path(__file__).resolve().parents[2]
READMES = ("README.md", "README.ja.md")
PARSERS = {"check": options._parser(), "domain": domain._parser()}
SHARED = re.compile(r"The options of output and DNS are those of")


@cache
def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@cache
def page() -> str:
    """The manual page with its marks of troff taken out."""
    source = text_of("packaging/man/headerlens.1")
    return source.replace(r"\-", "-")


def chapter(title: str) -> str:
    """What stands under a heading of the manual page."""
    parts = re.split(r'^\.SH "?([^"\n]+)"?\n', page(), flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))[title]


def options_told(text: str) -> set[str]:
    """The options that have an entry of their own, or are named as part of a line of one."""
    entries = re.findall(r"^\.TP\n(\..*)$", text, re.MULTILINE)
    return {name for entry in entries for name in re.findall(r"--[a-z][a-z-]*", entry)}


def actions(command: str) -> dict[str, argparse.Action]:
    """The options of a command by name, but for --help, which has every program."""
    found = PARSERS[command]._actions
    return {name: one for one in found for name in one.option_strings if name not in {"-h", "--help"}}


def entry(command: str, option: str) -> str:
    """The head line of an option's entry, the signs of fonts taken out."""
    wanted = rf'^\.TP\n\.BI? ("?{re.escape(option)}\b(?!-).*)$'
    found = re.search(wanted, chapter(f"HEADERLENS {command.upper()}"), re.MULTILINE)
    return " ".join(found.group(1).replace('"', "").split()) if found else ""


# -- options -----------------------------------------------------------------------------------------------------------


def test_every_option_of_check_stands_in_the_manual_page_and_no_other() -> None:
    assert options_told(chapter("HEADERLENS CHECK")) == set(actions("check"))


def test_every_option_of_domain_stands_in_the_manual_page_and_no_other() -> None:
    told = chapter("HEADERLENS DOMAIN")
    assert SHARED.search(told)
    own = options_told(told)
    assert own <= set(actions("domain"))
    # what is left to the chapter on check has to be an option of both, and mean the same
    for name in set(actions("domain")) - own:
        assert name in actions("check"), name
        assert actions("check")[name].metavar == actions("domain")[name].metavar, name


@pytest.mark.parametrize("name", sorted(actions("check")))
def test_an_option_of_check_takes_the_same_value_in_the_manual_page(name: str) -> None:
    assert entry("check", name) == f"{name} {value_of(actions('check')[name])}".strip()


@pytest.mark.parametrize("name", ["--selector", "--provider", "--format"])
def test_an_option_of_domain_takes_the_same_value_in_the_manual_page(name: str) -> None:
    assert entry("domain", name) == f"{name} {value_of(actions('domain')[name])}".strip()


def value_of(action: argparse.Action) -> str:
    """What follows an option's name: its metavar, its few choices, "" for a switch."""
    if action.nargs == 0:
        return ""
    if action.metavar is not None:
        return str(action.metavar)
    choices = [str(one) for one in action.choices or ()]
    return "|".join(choices) if len(choices) < 4 and "text" not in choices else "FORMAT"


@pytest.mark.parametrize("command", sorted(PARSERS))
def test_the_formats_are_those_of_the_manual_page(command: str) -> None:
    told = chapter(f"HEADERLENS {command.upper()}").partition("--format")[2]
    sentence = told.partition("\n")[2].partition(".TP")[0].partition(".\n")[0]
    named = re.findall(r"[a-z]+", sentence.replace("(the default)", "").replace(" or ", " "))
    assert named == [str(one) for one in actions(command)["--format"].choices or ()]
    assert "text (the default)" in sentence


# -- exit statuses -----------------------------------------------------------------------------------------------------


def statuses(text: str) -> list[int]:
    return [int(one) for one in re.findall(r"(?<![\w.])(\d{1,2})(?=[ :：]{1,4}\S)", text)]


def test_the_exit_statuses_are_the_same_everywhere() -> None:
    known = [0, 1, 2, 64, 65, 66, 70]
    assert statuses(usage.EXIT_STATUS) == known
    told = re.findall(r"^\.TP\n\.B (\d+)$", chapter("EXIT STATUS"), re.MULTILINE)
    assert [int(one) for one in told] == known
    assert statuses(paragraph("README.md", "Exit status")) == known
    assert statuses(paragraph("README.ja.md", "終了コード")) == known


def test_the_exit_statuses_of_domain_are_some_of_them() -> None:
    assert statuses(usage.DOMAIN_EXIT_STATUS) == [0, 1, 2, 64, 70]


def paragraph(name: str, beginning: str) -> str:
    """The sentence of a README that begins so, up to its full stop."""
    found = re.search(rf"^{beginning}[^。]*?(?=\. |。)", text_of(name), re.MULTILINE | re.DOTALL)
    assert found
    return found.group()


# -- commands ----------------------------------------------------------------------------------------------------------


def forms(text: str) -> set[str]:
    """The commands and switches that follow the program's name."""
    return set(re.findall(r"headerlens(?:\\-)? (check|domain|--[a-z-]+)", text))


def test_every_command_stands_in_help_and_in_the_manual_page() -> None:
    known = {*TERMINAL, "--licences", "--sample", "--self-test", "--version"}
    assert forms(usage.OVERVIEW) - {"--help"} == known
    assert forms(chapter("SYNOPSIS")) - {"--help"} == known
    for name in (*known, "--help"):
        assert name in usage.OVERVIEW
        assert name in chapter("SYNOPSIS")


@pytest.mark.parametrize("readme", READMES)
def test_a_readme_names_the_commands_of_help(readme: str) -> None:
    told = forms(text_of(readme))
    assert told <= forms(usage.OVERVIEW) | {"--help"}
    assert set(TERMINAL) | {"--self-test"} <= told


@pytest.mark.parametrize("readme", READMES)
def test_the_examples_of_a_readme_can_be_run_as_they_stand(readme: str) -> None:
    assert examples(text_of(readme)) == examples(text_of("README.md"))


@pytest.mark.parametrize("text", [text_of("README.md"), chapter("EXAMPLES")], ids=["README", "manual"])
def test_every_example_is_understood(text: str) -> None:
    found = examples(text)
    assert len(found) >= 4
    for command, *given in found:
        if command == "check":
            options.parse_options(given)
        elif command == "domain":
            domain.parse_domain_options(given)
        else:
            assert command == "--self-test"


def examples(text: str) -> list[list[str]]:
    """The command lines at the beginning of a line, without comment and redirection."""
    lines = re.findall(r"^headerlens (.*)$", text, re.MULTILINE)
    return [re.split(r" +#| < ", line)[0].split() for line in lines]


def test_the_manual_page_and_help_name_the_same_kinds_of_files() -> None:
    told = set(re.findall(r"\.[a-z]{2,6}\b", chapter("DESCRIPTION")))
    assert {".eml", ".emlx", ".msg", ".txt", ".zip", ".gz", ".hlcase"} <= told
    for readme in READMES:
        for ending in (".eml", ".emlx", ".msg", ".zip", ".gz"):
            assert ending in text_of(readme)
