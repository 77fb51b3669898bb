"""Contrast of every pair of tokens that stands on another (interface.md 8.1)."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from headerlens.gui.tokens import Tokens, palette_of, tokens, with_system_neutrals

TONES = ("pass", "warn", "fail", "unk", "info")
THEMES = {
    "light": tokens(dark=False),
    "dark": tokens(dark=True),
    "high contrast light": tokens(dark=False, high_contrast=True),
    "high contrast dark": tokens(dark=True, high_contrast=True),
}
GROUNDS = ("window", "surface", "sunken", "hover", "selected", "accent_soft", "zone")

PAIRS = [
    *((ink, ground, 4.5) for ink in ("text", "text2") for ground in GROUNDS),
    *(("text3", ground, 4.5) for ground in ("window", "surface", "sunken", "zone")),
    *(("accent", ground, 4.5) for ground in ("window", "surface", "accent_soft")),
    *((ink, f"{tone}_bg", 4.5) for ink in ("text", "text2") for tone in TONES),
    *((f"{tone}_fg", f"{tone}_bg", 4.5) for tone in TONES),
    *((f"{tone}_fg", "surface", 4.5) for tone in TONES),
    *(
        (f"{tone}_solid", ground, 3.0)
        for tone in TONES
        for ground in ("window", "surface", f"{tone}_bg", "accent_soft")
    ),
    *(("on_solid", f"{tone}_solid", 4.5) for tone in TONES),
    *(("on_solid", ground, 4.5) for ground in ("accent", "accent_hover")),
    *(("line_strong", ground, 3.0) for ground in ("window", "surface")),
    *(("focus", ground, 3.0) for ground in ("window", "surface", *(f"{tone}_bg" for tone in TONES))),
    *((sig, "surface", 3.0) for sig in ("sig1", "sig2", "sig3")),
]


def luminance(color: str) -> float:
    """Relative luminance of WCAG 2.2."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_the_formula_gives_the_known_ratios() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("ink", "ground", "least"), PAIRS)
def test_what_stands_on_a_ground_can_be_read(name: str, ink: str, ground: str, least: float) -> None:
    theme = THEMES[name]
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= least


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES)
def test_every_token_is_a_colour(theme: Tokens) -> None:
    for name in Tokens._fields:
        if name not in {"dark", "high_contrast"}:
            assert theme.color(name).name() == getattr(theme, name).lower()


def test_in_high_contrast_every_tone_stands_on_the_surface() -> None:
    for theme in (THEMES["high contrast light"], THEMES["high contrast dark"]):
        assert {getattr(theme, f"{tone}_bg") for tone in TONES} == {theme.surface}


def test_the_palette_carries_the_tokens_to_stock_widgets() -> None:
    palette = palette_of(THEMES["dark"])
    assert palette.color(QPalette.ColorRole.Window).name() == "#12151a"
    assert palette.color(QPalette.ColorRole.Text).name() == "#eef1f5"


def test_a_contrast_theme_of_the_system_keeps_its_own_neutrals() -> None:
    palette = QPalette(QColor("#202020"), QColor("#202020"))
    palette.setColor(QPalette.ColorRole.WindowText, QColor("#ffff00"))
    mixed = with_system_neutrals(THEMES["high contrast dark"], palette)
    assert (mixed.window, mixed.text, mixed.pass_fg) == ("#202020", "#ffff00", "#7DF0CE")
