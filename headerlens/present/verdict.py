"""The verdict card (interface.md 3, 4.4)."""

from __future__ import annotations

from datetime import tzinfo

from headerlens.model.case import Case
from headerlens.model.findings import Level
from headerlens.present.views import Glyph, Tone, VerdictView
from headerlens.present.words import Words

_LOOK = {
    Level.PASS: (Glyph.PASS, Tone.PASS),
    Level.PARTIAL: (Glyph.HALF, Tone.INFO),
    Level.WARN: (Glyph.WARN, Tone.WARN),
    Level.FAIL: (Glyph.FAIL, Tone.FAIL),
    Level.UNKNOWN: (Glyph.UNKNOWN, Tone.UNKNOWN),
}
"""The tick stands for a pass only."""

NEVERTHELESS = frozenset({
    "identity.reply-to", "identity.look-alike", "identity.international", "identity.mixed-scripts",
    "identity.address-in-name", "identity.hidden-characters", "headers.added", "headers.added-body",
    "dkim.unsigned-text", "dkim.unsigned-body", "spf.allows-everyone",
})  # fmt: skip
"""Warnings that do not change the level, but must not be overlooked beside a pass."""


def present_verdict(case: Case, words: Words, zone: tzinfo | None = None) -> VerdictView:
    """The card in words."""
    judgement = case.judgement
    texts = words.situation(judgement, zone)
    glyph, tone = _LOOK[judgement.level]
    warned = judgement.level is Level.PASS and any(finding.id in NEVERTHELESS for finding in case.findings)
    see_below = words.phrase("verdict.see-below") if warned else ""
    return VerdictView(
        level=judgement.level.value,
        glyph=glyph,
        tone=tone,
        situation=judgement.situation,
        headline=texts.headline,
        sentence=words.join(texts.sentence, see_below),
        action=texts.action,
        footnote=texts.footnote,
    )
