"""Themes for widgets, on the one application of pytest-qt."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication

from headerlens.gui.theme import Choice, Theme

SCHEMES: tuple[tuple[Choice, bool], ...] = tuple(itertools.product(("light", "dark"), (False, True)))


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme at 100 %; the application's palette is put back."""
    before = QPalette(qapp.palette())
    result = Theme()
    result.apply(qapp, "light")
    yield result
    qapp.setPalette(before)
