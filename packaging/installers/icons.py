"""`python -m installers.icons SVG SIZE PNG MARGIN`: the program's icon as a picture, painted by Qt.

Needs PySide6, so it runs in the build's own environment; `draw` starts it there.
"""

from __future__ import annotations

import sys
from pathlib import Path

from installers.commands import Broken, run

SMALL = 24
"""Up to this size the simplified drawing is the clearer one."""

SIZES = (16, 24, 32, 48, 64, 128, 256, 512)


def drawing(tree: Path, size: int) -> Path:
    """The SVG in the source tree `tree` that is meant for pictures of `size` pixels."""
    return tree / "resources" / "icons" / ("headerlens-small.svg" if size <= SMALL else "headerlens.svg")


def draw(tree: Path, size: int, target: Path, *, margin: float = 0) -> None:
    """Write the icon as a PNG of `size` times `size` pixels, with `margin` of that free on each side."""
    target.parent.mkdir(parents=True, exist_ok=True)
    run([sys.executable, "-m", "installers.icons", drawing(tree, size), str(size), target, str(margin)])


def _paint(svg: Path, size: int, target: Path, margin: float) -> None:
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    picture = QImage(size, size, QImage.Format.Format_ARGB32)
    picture.fill(0)
    painter = QPainter(picture)
    free = size * margin
    QSvgRenderer(str(svg)).render(painter, QRectF(free, free, size - 2 * free, size - 2 * free))
    painter.end()
    if not picture.save(str(target), "PNG"):  # type: ignore[call-overload]  # the stubs of 6.12 ask for bytes, Qt for str
        raise Broken(f"{target} could not be written")


if __name__ == "__main__":
    _paint(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), float(sys.argv[4]))
