"""The accessible tree of a widget as text, one "Role Name [description]" a line, compared with an approved file."""

from __future__ import annotations

import os
from difflib import unified_diff
from pathlib import Path

from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QWidget

FOLDER = Path(__file__).resolve().parents[1] / "gui" / "outlines"

SILENT = {QAccessible.Role.Client, QAccessible.Role.ScrollBar, QAccessible.Role.Grip, QAccessible.Role.Splitter}
"""Roles of mere holders: without a name nobody hears of them."""


def outline(widget: QWidget) -> str:
    """What a screen reader walks through. Invisible parts are left out."""
    root = QAccessible.queryAccessibleInterface(widget)
    return "\n".join(_lines(root, 0)) + "\n"


def _lines(node: QAccessibleInterface, depth: int) -> list[str]:
    if node.state().invisible:
        return []
    name = node.text(QAccessible.Text.Name)
    silent = not name and node.role() in SILENT
    described = " / ".join(part for part in node.text(QAccessible.Text.Description).split("\n") if part)
    words = f"{node.role().name} {name}".rstrip() + (f" [{described}]" if described not in {"", name} else "")
    lines = [] if silent else [f"{'  ' * depth}{words}"]
    depth -= silent
    for number in range(node.childCount()):
        child = node.child(number)
        if child.isValid():
            lines += _lines(child, depth + 1)
    return lines


def compare(name: str, text: str) -> None:
    """Fail when `text` is not the approved one; HEADERLENS_APPROVE=1 approves it."""
    path = FOLDER / f"{name}.txt"
    if os.environ.get("HEADERLENS_APPROVE"):
        path.write_text(text, encoding="utf-8")
    approved = path.read_text(encoding="utf-8")
    changed = list(unified_diff(approved.splitlines(), text.splitlines(), "approved", "found", lineterm="", n=0))
    assert not changed, "\n".join(changed)
