from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from headerlens.gui import icons
from headerlens.gui.theme import SCALES, TYPE, Role, Theme
from headerlens.present.views import Glyph


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    before = QPalette(qapp.palette())
    yield Theme()
    qapp.setPalette(before)


def test_system_follows_the_lightness_of_the_desktops_palette(theme: Theme, qapp: QApplication) -> None:
    qapp.setPalette(QPalette(QColor("#1e1e1e")))
    theme.apply(qapp, "system")
    assert theme.tokens.dark
    qapp.setPalette(QPalette(QColor("#f0f0f0")))
    theme.refresh()
    assert not theme.tokens.dark


def test_its_own_palette_is_not_taken_for_the_desktops(theme: Theme, qapp: QApplication) -> None:
    qapp.setPalette(QPalette(QColor("#f0f0f0")))
    theme.apply(qapp, "dark")
    theme.apply(qapp, "system")
    assert not theme.tokens.dark


def test_a_choice_paints_the_application(theme: Theme, qapp: QApplication, qtbot: QtBot) -> None:
    with qtbot.waitSignal(theme.changed):
        theme.apply(qapp, "dark")
    assert qapp.palette().color(QPalette.ColorRole.Window).name() == "#12151a"


@pytest.mark.parametrize("role", TYPE)
@pytest.mark.parametrize("scale", SCALES)
def test_no_text_is_smaller_than_twelve_pixels(theme: Theme, role: Role, scale: float) -> None:
    theme.set_scale(scale)
    info = QFontInfo(theme.font(role))
    assert info.pixelSize() >= 12 * scale - 1
    assert theme.line(role) > info.pixelSize()


def test_text_size_grows_type_and_geometry_alike(theme: Theme) -> None:
    before = (theme.font("body").pointSizeF(), theme.px(40), theme.line("body"))
    theme.set_scale(1.5)
    assert (theme.font("body").pointSizeF(), theme.px(40), theme.line("body")) == (
        before[0] * 1.5,
        before[1] * 1.5,
        before[2] * 1.5,
    )


def test_japanese_lines_are_higher(theme: Theme) -> None:
    latin = theme.line("body")
    theme.set_japanese(japanese=True)
    assert theme.line("body") > latin


def test_only_installed_families_are_asked_for(theme: Theme) -> None:
    families = theme.font("mono").families()
    assert families
    assert len(set(families)) == len(families)


@pytest.mark.parametrize("glyph", list(Glyph))
@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_every_glyph_has_a_status_shape_and_a_chip_icon(qapp: QApplication, glyph: Glyph, ratio: float) -> None:  # noqa: ARG001
    for pixmap in (
        icons.status_pixmap(glyph.value, "#087F5B", "#FFFFFF", 20, ratio),
        icons.chip_pixmap(glyph.value, "#087F5B", 20, ratio),
    ):
        image = pixmap.toImage()
        assert pixmap.width() == round(20 * ratio)
        assert any(image.pixelColor(x, y).alpha() for x in range(image.width()) for y in range(image.height()))


def test_a_status_shape_takes_both_colours(qapp: QApplication) -> None:  # noqa: ARG001
    image = icons.status_pixmap("pass", "#ff0000", "#00ff00", 48, 1.0).toImage()
    seen = {image.pixelColor(x, y).name() for x in range(48) for y in range(48)}
    assert {"#ff0000", "#00ff00"} <= seen


def test_the_app_icon_has_all_its_sizes(qapp: QApplication) -> None:  # noqa: ARG001
    assert {16, 32, 48, 256} <= {size.width() for size in icons.app_icon().availableSizes()}
