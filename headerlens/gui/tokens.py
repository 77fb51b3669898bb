"""The colour tokens of interface.md 8.1 (present/tokens.py) for Qt."""

from __future__ import annotations

from PySide6.QtGui import QColor, QPalette

from headerlens.present import tokens as numbers
from headerlens.present.tokens import Colours


class Tokens(Colours):
    """The colours of one theme."""

    __slots__ = ()

    def color(self, name: str) -> QColor:
        """The colour of the token `name`, for example "pass_fg"."""
        return QColor(str(getattr(self, name)))


def _of(colours: Colours) -> Tokens:
    return Tokens(*colours)


LIGHT, DARK = _of(numbers.LIGHT), _of(numbers.DARK)
HIGH_CONTRAST_LIGHT, HIGH_CONTRAST_DARK = _of(numbers.HIGH_CONTRAST_LIGHT), _of(numbers.HIGH_CONTRAST_DARK)


def tokens(dark: bool, high_contrast: bool = False) -> Tokens:  # noqa: FBT001, FBT002  the interface is fixed
    """The tokens of one of the four themes."""
    if high_contrast:
        return HIGH_CONTRAST_DARK if dark else HIGH_CONTRAST_LIGHT
    return DARK if dark else LIGHT


def with_system_neutrals(base: Tokens, palette: QPalette) -> Tokens:
    """`base` with the neutral colours of a Windows contrast theme, whose user chose them."""
    paper = palette.color(QPalette.ColorRole.Window).name()
    ink = palette.color(QPalette.ColorRole.WindowText).name()
    highlight = palette.color(QPalette.ColorRole.Highlight).name()
    return base._replace(
        window=paper,
        surface=paper,
        sunken=paper,
        zone=paper,
        hover=paper,
        selected=paper,
        accent_soft=paper,
        on_solid=paper,
        line=ink,
        line_strong=ink,
        zone_line=ink,
        text=ink,
        text2=ink,
        text3=ink,
        focus=highlight,
    )


def palette_of(base: Tokens) -> QPalette:
    """The QPalette stock widgets are painted with."""
    palette = QPalette(base.color("surface"), base.color("window"))
    role = QPalette.ColorRole
    colours = {
        role.Window: "window",
        role.WindowText: "text",
        role.Base: "surface",
        role.AlternateBase: "sunken",
        role.Text: "text",
        role.Button: "surface",
        role.ButtonText: "text",
        role.BrightText: "on_solid",
        role.Highlight: "accent",
        role.HighlightedText: "on_solid",
        role.Link: "accent",
        role.LinkVisited: "accent",
        role.ToolTipBase: "surface",
        role.ToolTipText: "text",
        role.PlaceholderText: "text3",
        role.Accent: "accent",
        role.Light: "hover",
        role.Midlight: "line",
        role.Mid: "line",
        role.Dark: "line_strong",
    }
    for which, name in colours.items():
        palette.setColor(which, base.color(name))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, base.color("text3"))
    return palette
