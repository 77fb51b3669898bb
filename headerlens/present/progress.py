"""The running card: how many look-ups are answered, and which check is under way (interface.md 4.5)."""

from __future__ import annotations

from headerlens.model.progress import Progress, Step
from headerlens.present.harmless import harmless
from headerlens.present.views import Glyph, ProgressView
from headerlens.present.words import Words

_MAX_DETAIL = 120


def present_progress(progress: Progress, words: Words) -> ProgressView:
    """One line per step: done, running, waiting."""
    counts: dict[str, str | int] = {"asked": progress.asked, "answered": progress.answered}
    headline = words.phrase("progress.headline" if progress.asked else "progress.headline-start", counts)
    return ProgressView(
        headline, progress.asked, progress.answered, tuple(_line(step, progress, words) for step in Step)
    )


def _line(step: Step, progress: Progress, words: Words) -> tuple[Glyph, str, str]:
    name = words.phrase(f"progress.{step}")
    order = list(Step)
    if order.index(step) < order.index(progress.step):
        return Glyph.PASS, name, words.phrase(f"progress.{step}.done")
    if step is progress.step:
        return Glyph.RUN, name, harmless(progress.detail, _MAX_DETAIL) or words.phrase(f"progress.{step}.running")
    return Glyph.WAIT, name, words.phrase("progress.waiting")
