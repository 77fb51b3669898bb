"""Every word of the window is seen by lupdate, translated, and up to date."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from headerlens.gui.language import read_ts

ROOT = Path(__file__).resolve().parents[2]
GUI = ROOT / "headerlens" / "gui"
WORDS = ROOT / "resources" / "i18n"
LUPDATE = shutil.which("pyside6-lupdate", path=str(Path(sys.executable).parent)) or shutil.which("pyside6-lupdate")


def lupdate_starts() -> bool:
    """Whether lupdate is there and finds its libraries: without /proc (a bare chroot) it does not."""
    return (
        LUPDATE is not None and subprocess.run([LUPDATE, "-version"], check=False, capture_output=True).returncode == 0
    )


def lost(source: str) -> Iterator[str]:
    """Calls of `tr` and `translate` whose text lupdate would not find (conventions.md 5.1)."""
    tree = ast.parse(source)
    called = {id(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr == "tr" and not _good_tr(node):
                yield f"line {node.lineno}: tr"
            elif node.func.attr == "translate" and _of_words(node.func) and not _good_translate(node):
                yield f"line {node.lineno}: translate"
        elif isinstance(node, ast.Attribute) and id(node) not in called and _gives_words(node):
            yield f"line {node.lineno}: an alias"


def _gives_words(node: ast.Attribute) -> bool:
    return node.attr == "tr" or (node.attr == "translate" and _of_words(node))


def _of_words(function: ast.Attribute) -> bool:
    """QPainter has a `translate` too."""
    return isinstance(function.value, ast.Name) and function.value.id in {"QCoreApplication", "QApplication", "QtCore"}


def _good_tr(call: ast.Call) -> bool:
    function = call.func
    on_self = (
        isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id == "self"
    )
    return on_self and bool(call.args) and _literal(call.args[0]) and not call.keywords


def _good_translate(call: ast.Call) -> bool:
    function = call.func
    assert isinstance(function, ast.Attribute)
    assert isinstance(function.value, ast.Name)
    two = len(call.args) >= 2 and _literal(call.args[0]) and _literal(call.args[1])
    return function.value.id == "QCoreApplication" and two and not call.keywords


def _literal(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str)


@pytest.mark.parametrize("path", sorted(GUI.rglob("*.py")), ids=lambda path: str(path.relative_to(GUI)))
def test_lupdate_sees_every_text(path: Path) -> None:
    assert list(lost(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "line",
    [
        'self.tr(f"{x} mails")',
        "self.tr(text)",
        'other.tr("Open")',
        'self.tr("Open", disambiguation="menu")',
        '_ = QCoreApplication.translate; _("A", "Open")',
        'QCoreApplication.translate("A", text)',
        'QApplication.translate("A", "Open")',
        'say = self.tr; say("Open")',
    ],
)
def test_the_watchman_wakes(line: str) -> None:
    assert list(lost(line))


def test_the_watchman_lets_good_lines_pass() -> None:
    assert not list(lost('self.tr("%n file(s)", "", n); QCoreApplication.translate("A", "Open"); painter.translate(p)'))


@pytest.mark.parametrize("language", ["en", "ja"])
def test_nothing_is_unfinished_and_placeholders_agree(language: str) -> None:
    text = (WORDS / f"headerlens_{language}.ts").read_text(encoding="utf-8")
    messages = list(ET.fromstring(text).iterfind("context/message"))
    assert messages
    assert len(read_ts(text)) == len(messages)
    for (_, source, _), forms in read_ts(text).items():
        for form in forms:
            assert _holes(form) == _holes(source), source
            assert ("&" in form) == ("&" in source), source


def _holes(text: str) -> list[str]:
    import re

    return sorted(re.findall(r"\{\w+\}|%n", text))


@pytest.mark.parametrize(("language", "options"), [("ja", []), ("en", ["-pluralonly"])])
def test_the_files_are_what_lupdate_would_write(tmp_path: Path, language: str, options: list[str]) -> None:
    if LUPDATE is None or not lupdate_starts():
        pytest.skip("pyside6-lupdate is not installed or cannot start here")
    name = f"headerlens_{language}.ts"
    fresh = tmp_path / name
    fresh.write_bytes((WORDS / name).read_bytes())
    command = [LUPDATE, "-extensions", "py", "-locations", "none", "-no-obsolete", "-silent", *options, str(GUI)]
    subprocess.run([*command, "-ts", str(fresh)], check=True, capture_output=True, timeout=120)
    assert fresh.read_text(encoding="utf-8") == (WORDS / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("source", "japanese"),
    [("Answer", "判定"), ("Evidence", "根拠"), ("Re-check", "再検証"), ("Why", "理由"), ("What to do", "対応")],
)
def test_the_fixed_words_are_used(source: str, japanese: str) -> None:
    words = read_ts((WORDS / "headerlens_ja.ts").read_text(encoding="utf-8"))
    assert japanese in {form for (_, text, _), forms in words.items() if text == source for form in forms}


BANNED = (
    "安全",
    "本物",
    "詐欺メール",
    "正規メール",
    "safe",
    "secure",
    "verified",
    "legitimate",
    "genuine",
    "phishing",
    "virus",
)


def test_no_word_promises_what_nobody_checked() -> None:
    words = read_ts((WORDS / "headerlens_ja.ts").read_text(encoding="utf-8"))
    for (_, source, _), forms in words.items():
        for text in (source, *forms):
            for word in BANNED:
                assert word not in text.replace("Re-verifies", ""), text
