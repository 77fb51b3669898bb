"""Colours, type and text size of the window (interface.md 8): one Theme object, handed to every widget."""

from __future__ import annotations

import sys
from typing import Literal, NamedTuple

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtGui import QBrush, QColor, QFont, QFontDatabase, QGuiApplication, QPalette, QPen
from PySide6.QtWidgets import QApplication

from headerlens.gui.qt_numbers import COLOUR_SCHEMES
from headerlens.gui.tokens import Tokens, palette_of, tokens, with_system_neutrals

__all__ = ["SCALES", "Choice", "Role", "Theme", "Tokens", "tokens"]

Choice = Literal["system", "light", "dark"]
Role = Literal["headline", "headline_narrow", "title", "body", "label", "small", "caption", "mono"]

SCALES = (1.0, 1.15, 1.3, 1.5)
"""The text sizes of the settings (interface.md 4.2)."""

BODY = 14.0
"""Body size, in logical px, at which the geometry of interface.md was drawn. Smaller system fonts are raised to it:
captions at 12/14 of a 12 px font would fall under the 12 px minimum of interface.md 8.2."""

LARGEST_BODY = 28.0
"""A system font beyond twice the drawn size no longer enlarges the geometry; the window would not fit a screen."""


class TypeSize(NamedTuple):
    """Size, line height and Japanese line height at a 14 px body (interface.md 8.2)."""

    size: float
    line: float
    japanese_line: float
    weight: int


TYPE: dict[Role, TypeSize] = {
    "headline": TypeSize(23, 32, 32.2, 600),
    "headline_narrow": TypeSize(20, 27, 28, 600),
    "title": TypeSize(15, 22, 24, 600),
    "body": TypeSize(14, 22, 24, 400),
    "label": TypeSize(13, 20, 21, 500),
    "small": TypeSize(12.5, 18, 20, 400),
    "caption": TypeSize(12, 17, 19, 400),
    "mono": TypeSize(12.5, 20, 20, 400),
}

JAPANESE_FACES = {
    "win32": ("Yu Gothic UI", "BIZ UDPGothic", "Meiryo UI", "Noto Sans JP"),
    "darwin": ("Hiragino Sans",),
}
MONO_FACES = {
    "win32": ("Cascadia Mono", "Consolas"),
    "darwin": ("SF Mono", "Menlo"),
}


def japanese_faces() -> tuple[str, ...]:
    """Installed faces with Japanese forms of the Han characters, by name so that no Chinese form is chosen."""
    wanted = (*JAPANESE_FACES.get(sys.platform, ()), "Noto Sans CJK JP", "Noto Sans JP", "IPAexGothic")
    return tuple(face for face in wanted if QFontDatabase.hasFamily(face))


def mono_faces() -> tuple[str, ...]:
    """Installed faces for header sources and records."""
    wanted = (*MONO_FACES.get(sys.platform, ()), "JetBrains Mono", "DejaVu Sans Mono")
    found = tuple(face for face in wanted if QFontDatabase.hasFamily(face))
    return found or (QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont).family(),)


def _system_body() -> float:
    """Size of the application font in logical px, within the range the geometry can follow."""
    font = QGuiApplication.font()
    size = float(font.pixelSize()) if font.pixelSize() > 0 else font.pointSizeF() * _dpi() / 72
    return min(max(size, BODY), LARGEST_BODY)


def _dpi() -> float:
    return next((screen.logicalDotsPerInchY() for screen in QGuiApplication.screens()), 96.0)


class Theme(QObject):
    """What every widget asks for colours, fonts and lengths. `changed` follows each change of them."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.tokens: Tokens = tokens(dark=False)
        self.scale: float = 1.0
        self.japanese: bool = False
        self.reduced_motion: bool = False
        self._calm = False
        self._app: QApplication | None = None
        self._choice: Choice = "system"
        self._own_palette: QPalette | None = None
        self._system_palette = QPalette()
        self._asks = True
        self._high_contrast: bool | None = None
        self._sans: tuple[str, ...] | None = None
        self._mono: tuple[str, ...] | None = None
        self._unit: float | None = None
        self._fonts: dict[tuple[Role, int | None], QFont] = {}
        self.changed.connect(self._forget)  # first of all: every widget asks for the new ones

    def apply(self, app: QApplication, choice: Choice, *, ask: bool = True) -> None:
        """Paint `app` in the chosen scheme; "system" follows the desktop from now on.

        Without `ask` the desktop's palette alone decides until `ask_desktop`: its answers on scheme, contrast and
        motion are enumerations of `Qt`, which the first paint does without (`qt_numbers`).
        """
        self._choice, self._asks = choice, ask
        if self._app is None:
            self._app = app
            app.styleHints().colorSchemeChanged.connect(self._on_scheme)
        app.styleHints().setProperty("colorScheme", COLOUR_SCHEMES[choice])
        self.refresh()

    def ask_desktop(self) -> None:
        """Ask what `apply` left open; on nearly every desktop the palette has said the same before."""
        app, guessed = self._app, (self.tokens, self.reduced_motion)
        if app is None or self._asks:
            return
        self._asks = True
        if guessed != (self._chosen_tokens(app), self._calm or self._desktop_is_calm(app)):
            self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Look at the desktop again; a window calls this when it hears PaletteChange or a change of the font."""
        app = self._app
        if app is None:
            return
        if self._own_palette is None or app.palette() != self._own_palette:
            self._system_palette = app.palette()  # a copy already; QPalette(…) would have PySide build `Qt`
        self.reduced_motion = self._calm or self._desktop_is_calm(app)
        self._sans = self._mono = None
        self._use(app, self._chosen_tokens(app))

    def set_scale(self, scale: float) -> None:
        """Text size as a factor, one of SCALES."""
        if scale != self.scale:
            self.scale = scale
            self.changed.emit()

    def set_calm(self, *, wanted: bool) -> None:
        """Nothing moves because the person said so, whatever the desktop prefers (Qt before 6.12 cannot ask it)."""
        self._calm = wanted
        if self._app is not None:
            self.refresh()

    def set_japanese(self, japanese: bool) -> None:  # noqa: FBT001  a setter
        """Line heights for Japanese text."""
        if japanese != self.japanese:
            self.japanese = japanese
            self.changed.emit()

    def set_high_contrast(self, wanted: bool | None) -> None:  # noqa: FBT001  a setter
        """High contrast on or off; None follows the desktop."""
        self._high_contrast = wanted
        if self._app is None:
            self.tokens = tokens(self.tokens.dark, bool(wanted))
            self.changed.emit()
        else:
            self.refresh()

    @property
    def unit(self) -> float:
        """Factor from lengths of interface.md to logical px."""
        if self._unit is None:
            self._unit = _system_body() / BODY * self.scale
        return self._unit

    def px(self, length: float) -> int:
        """A length of interface.md in whole logical px."""
        return round(length * self.unit)

    def color(self, name: str) -> QColor:
        """The colour of a token in the current theme."""
        return self.tokens.color(name)

    def brush(self, name: str) -> QBrush:
        """A brush in the colour of a token, for `QPainter.fillPath`."""
        return self.pen(name).brush()  # QBrush(QColor) would have PySide build the 170 gradients Qt knows by name

    def pen(self, name: str, width: float = 1) -> QPen:
        """A solid pen in the colour of a token, for `QPainter.strokePath`."""
        pen = QPen()  # its constructor with a colour would have PySide build `Qt` (`qt_numbers`)
        pen.setColor(self.color(name))
        pen.setWidthF(width)
        return pen

    def line(self, role: Role) -> float:
        """Line height of `role` in logical px."""
        size = TYPE[role]
        return round((size.japanese_line if self.japanese else size.line) * self.unit)

    def font(self, role: Role, weight: int | None = None) -> QFont:
        """The font of `role`; its own weight unless `weight` is one of 400, 500, 600, 700."""
        known = self._fonts.get((role, weight))
        if known is None:
            known = self._fonts[role, weight] = self._made_font(role, weight)
        return QFont(known)

    def _made_font(self, role: Role, weight: int | None) -> QFont:
        font = QFont(QGuiApplication.font())
        font.setFamilies(list(self._mono_families() if role == "mono" else self._sans_families()))
        font.setPointSizeF(TYPE[role].size * self.unit * 72 / _dpi())
        font.setWeight(QFont.Weight(weight or TYPE[role].weight))
        return font

    @Slot()
    def _forget(self) -> None:
        """What was measured no longer holds."""
        self._unit = None
        self._fonts.clear()

    @Slot()
    def _on_scheme(self) -> None:
        if self._choice == "system":
            self.refresh()

    def _use(self, app: QApplication, chosen: Tokens) -> None:
        self.tokens = chosen
        palette = palette_of(chosen)
        if app.palette() != palette:
            app.setPalette(palette)
        self._own_palette = app.palette()
        self.changed.emit()

    def _chosen_tokens(self, app: QApplication) -> Tokens:
        chosen = tokens(self._is_dark(app), self._wants_contrast(app))
        if chosen.high_contrast and sys.platform == "win32":
            return with_system_neutrals(chosen, self._system_palette)
        return chosen

    def _is_dark(self, app: QApplication) -> bool:
        if self._choice != "system":
            return self._choice == "dark"
        scheme = app.styleHints().colorScheme().name if self._asks else "Unknown"
        if scheme != "Unknown":
            return scheme == "Dark"
        # offscreen and on bare X11 the scheme stays Unknown: the desktop's own palette decides
        return self._system_palette.color(QPalette.ColorRole.Window).lightness() < 128

    def _wants_contrast(self, app: QApplication) -> bool:
        if self._high_contrast is not None:
            return self._high_contrast
        return self._asks and _prefers(app, "contrastPreference", "HighContrast")

    def _desktop_is_calm(self, app: QApplication) -> bool:
        return self._asks and _prefers(app, "motionPreference", "Reduced")

    def _sans_families(self) -> tuple[str, ...]:
        if self._sans is None:
            own = QGuiApplication.font().families()
            self._sans = tuple(dict.fromkeys((*own, *japanese_faces())))
        return self._sans

    def _mono_families(self) -> tuple[str, ...]:
        if self._mono is None:
            self._mono = (*mono_faces(), *japanese_faces())
        return self._mono


def _prefers(app: QApplication, question: str, answer: str) -> bool:
    """What the desktop says about motion or contrast; False where this Qt cannot be asked (before 6.10 or 6.12)."""
    # the hints stay referenced: PySide6 6.12 deletes what a forgotten wrapper handed out
    hints = app.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    preferences = accessibility() if accessibility else None
    ask = getattr(preferences, question, None)
    return ask is not None and getattr(ask(), "name", "") == answer
