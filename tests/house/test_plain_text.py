"""Values of a mail are plain text: Qt reads a tooltip or a label that looks like HTML as HTML."""

import ast
from pathlib import Path

import pytest

GUI = Path(__file__).resolve().parents[2] / "headerlens" / "gui"


def tooltips(source: str) -> list[tuple[int, str]]:
    """Line and argument of each call of setToolTip whose text is neither escaped nor our own literal."""
    found = []
    for node in ast.walk(ast.parse(source)):
        is_call = isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        if is_call and node.func.attr == "setToolTip" and not _is_safe(node.args[0]):  # type: ignore[attr-defined]
            found.append((node.lineno, ast.unparse(node.args[0])))  # type: ignore[attr-defined]
    return found


def _is_safe(argument: ast.expr) -> bool:
    if not isinstance(argument, ast.Call):
        return isinstance(argument, ast.Constant)
    name = argument.func.id if isinstance(argument.func, ast.Name) else getattr(argument.func, "attr", "")
    return name in {"plain_tooltip", "tr"}


@pytest.mark.parametrize("path", sorted(GUI.rglob("*.py")), ids=lambda path: path.relative_to(GUI).as_posix())
def test_a_tooltip_is_escaped(path: Path) -> None:
    assert tooltips(path.read_text(encoding="utf-8")) == []


def test_an_unescaped_tooltip_is_noticed() -> None:
    assert tooltips("w.setToolTip(value)\nw.setToolTip(plain_tooltip(value))\nw.setToolTip(self.tr('x'))") == [
        (1, "value")
    ]


ESCAPING = {"widgets/label.py"}
"""The one label with emphasis: it escapes what stands between its own tags."""


def test_nothing_else_shows_rich_text() -> None:
    for path in GUI.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        name = path.relative_to(GUI).as_posix()
        assert "TextFormat.RichText" not in source or name in ESCAPING, name
        assert "setHtml" not in source, name
        assert "setOpenExternalLinks" not in source, name
