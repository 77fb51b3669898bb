"""The typefaces of a printed report: the system's, Japanese ones by name so that Han characters are Japanese."""

from __future__ import annotations

import re

from PySide6.QtGui import QFont, QFontDatabase

from headerlens.present.report_views import ReportView

_TEXT = ("Segoe UI", "Helvetica Neue", "Inter", "Noto Sans", "DejaVu Sans")
_JAPANESE = ("Yu Gothic UI", "Yu Gothic", "Hiragino Sans", "Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic", "Meiryo")
_MONO = ("Cascadia Mono", "Consolas", "Menlo", "JetBrains Mono", "DejaVu Sans Mono", "Liberation Mono")

_JAPANESE_SIGNS = re.compile("[\u3040-\u30ff\u3400-\u9fff\uff00-\uffef]")


def font(pixels: float, *, weight: int = 400, mono: bool = False) -> QFont:
    """A font of this size on a page measured in 96ths of an inch."""
    made = QFont()
    made.setFamilies(families(mono=mono))
    made.setPixelSize(round(pixels))
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for name in ("calt", "liga", "clig"):
        # drawings for several signs at once have no letters behind them: "22:48" could not be found or copied
        made.setFeature(QFont.Tag(name), 0)
    return made


def families(*, mono: bool = False) -> list[str]:
    """What is installed of the faces we ask for, in their order; what Qt takes itself where nothing is."""
    there = set(QFontDatabase.families())
    found = [name for name in (*(_MONO if mono else _TEXT), *_JAPANESE) if name in there]
    return found or [QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()]


def lacks_japanese(views: tuple[ReportView, ...]) -> bool:
    """Whether there are Japanese characters to print and no face that has them."""
    wanted = any(view.language == "ja" or _JAPANESE_SIGNS.search(repr(view)) for view in views)
    return wanted and not QFontDatabase.families(QFontDatabase.WritingSystem.Japanese)
