"""Finds files under resources/, from a wheel, a frozen program or a checkout. Nobody else builds such a path."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def asset(*parts: str) -> Traversable:
    """The file or folder `parts` below resources/."""
    packaged = files("headerlens") / "resources"
    root: Traversable = packaged if packaged.is_dir() else Path(__file__).resolve().parent.parent / "resources"
    return root.joinpath(*parts)
