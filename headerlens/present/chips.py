"""Result chips: the protocol's word, in the colour of its consequence for the shown sender (interface.md 7.3)."""

from __future__ import annotations

from headerlens.model.findings import Level
from headerlens.model.verdicts import Comparison, Result
from headerlens.present.standing import Standing, is_bad
from headerlens.present.views import ChipView, Glyph, Tone
from headerlens.present.words import Words, harmless

_FAILING = frozenset({"fail", "softfail", "permerror", "policy", "hardfail"})
_NO_RESULT = frozenset({"none", "temperror", "neutral", "unknown"})
_MAX_WORD = 16
"""A receiver's word longer than any registered result is cut."""


def now_chip(words: Words, standing: Standing, result: Result, level: Level, *, no_key: bool = False) -> ChipView:
    """The chip of today's check of an identity."""
    if standing in _FIXED:
        phrase, tone, glyph, dashed = _FIXED[standing]
        return ChipView(words.phrase(phrase), tone, glyph, dashed)
    if standing is Standing.FADED or no_key:
        return ChipView(words.phrase("chip.no-key"), Tone.WARN if is_bad(level) else Tone.UNKNOWN, Glyph.WARN)
    if result is Result.TEMPERROR:
        return ChipView(words.phrase("chip.no-answer"), Tone.UNKNOWN, Glyph.UNKNOWN, dashed=True)
    if result is Result.PASS:
        return ChipView("pass", Tone.PASS if standing is Standing.COUNTS else Tone.UNKNOWN, Glyph.PASS)
    if result is Result.NONE:
        return ChipView("none", Tone.UNKNOWN, Glyph.UNKNOWN, dashed=True)
    tone = Tone.FAIL if standing is Standing.FAILS and is_bad(level) else Tone.UNKNOWN
    return ChipView(result.value, tone, Glyph.FAIL if result.value in _FAILING else Glyph.UNKNOWN)


_FIXED = {
    Standing.PARTIAL: ("chip.partial", Tone.INFO, Glyph.HALF, False),
    Standing.UNCLEAR: ("chip.unclear", Tone.UNKNOWN, Glyph.UNKNOWN, True),
    Standing.OFFLINE: ("chip.offline", Tone.UNKNOWN, Glyph.UNKNOWN, True),
}


def recorded_chip(words: Words, row: Comparison | None, level: Level, *, fits: bool) -> ChipView:
    """The chip of what the believed receiver wrote; `fits` when the name is the shown sender's."""
    if row is None or row.recorded is None:
        return ChipView(words.phrase("chip.not-recorded"), Tone.UNKNOWN, Glyph.UNKNOWN, dashed=True)
    word = harmless(row.recorded, _MAX_WORD)
    if word in {"pass", "bestguesspass"}:
        return ChipView(word, Tone.PASS if fits else Tone.UNKNOWN, Glyph.PASS)
    if word in _FAILING:
        return ChipView(word, Tone.FAIL if fits and is_bad(level) else Tone.UNKNOWN, Glyph.FAIL)
    return ChipView(word, Tone.UNKNOWN, Glyph.UNKNOWN, dashed=word in _NO_RESULT)


_BY_SITUATION = {
    "S12": ("chip.no-answer", Tone.UNKNOWN, Glyph.UNKNOWN, True),
    "S13": ("chip.offline", Tone.UNKNOWN, Glyph.UNKNOWN, True),
    "S14": ("chip.unclear", Tone.UNKNOWN, Glyph.UNKNOWN, True),
    "S15": ("chip.partial", Tone.INFO, Glyph.HALF, False),
    "S25": ("chip.unclear", Tone.UNKNOWN, Glyph.UNKNOWN, True),
    "S30": ("chip.unclear", Tone.UNKNOWN, Glyph.UNKNOWN, True),
}


def dmarc_chip(words: Words, result: Result, situation: str) -> ChipView:
    """The chip of DMARC today, in From's row."""
    if situation in _BY_SITUATION:
        phrase, tone, glyph, dashed = _BY_SITUATION[situation]
        return ChipView(words.phrase(phrase), tone, glyph, dashed)
    if result is Result.PASS:
        return ChipView("pass", Tone.PASS, Glyph.PASS)
    if result is Result.FAIL:
        return ChipView("fail", Tone.FAIL, Glyph.FAIL)
    if result is Result.TEMPERROR:
        return ChipView(words.phrase("chip.no-answer"), Tone.UNKNOWN, Glyph.UNKNOWN, dashed=True)
    return ChipView("none" if result is Result.NONE else result.value, Tone.UNKNOWN, Glyph.UNKNOWN, dashed=True)


def between(row: Comparison | None, now: ChipView) -> str:
    """The mark between the two chips: nothing where there is nothing to compare, or no result today."""
    if row is None or row.recorded is None or row.agrees is None:
        return ""
    if now.dashed and now.word != "none":
        return ""
    return "same" if row.agrees else "differs"
