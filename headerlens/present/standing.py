"""How each identity stands towards From: what its line, its node and its chip must tell (interface.md 6.4, 7.3)."""

from __future__ import annotations

from enum import StrEnum

from headerlens.findings.facts import Facts
from headerlens.findings.grounds import (
    headers_fit_body_missing,
    identifier_of,
    is_offline,
    key_is_gone,
    spf_identifier,
    spoilt_by_copying,
)
from headerlens.model.findings import Level
from headerlens.model.verdicts import AlignedIdentifier, DkimCheck, Result
from headerlens.present.views import Glyph, Line, Tone


class Standing(StrEnum):
    """What became of an identity, seen from the shown sender."""

    COUNTS = "counts"
    PARTIAL = "partial"
    UNCLEAR = "unclear"
    WAITING = "waiting"
    OFFLINE = "offline"
    FADED = "faded"
    FAILS = "fails"
    ELSEWHERE = "elsewhere"
    ELSEWHERE_FAILS = "elsewhere-fails"
    NOTHING = "nothing"


UNDECIDED = frozenset({Standing.PARTIAL, Standing.UNCLEAR, Standing.WAITING, Standing.OFFLINE})
"""Would count if what is missing turned out well."""


def spf_standing(facts: Facts) -> Standing:
    """SPF's."""
    one, result = spf_identifier(facts), facts.spf.result
    if result is Result.NONE or one is None:
        return Standing.NOTHING
    if one.counts:
        return Standing.COUNTS
    if result is Result.TEMPERROR:
        return _waiting(facts, one)
    if result is Result.PASS:
        return Standing.WAITING if one.aligned is None else Standing.ELSEWHERE
    return Standing.ELSEWHERE_FAILS if one.aligned is False else Standing.FAILS


def dkim_standing(facts: Facts, check: DkimCheck) -> Standing:
    """A signature's."""
    one = identifier_of(facts, check.index)
    if one is not None and one.counts:
        return Standing.COUNTS
    if check.result is Result.PASS:
        return Standing.WAITING if one is not None and one.aligned is None else Standing.ELSEWHERE
    if one is None or one.aligned is False:
        return Standing.ELSEWHERE_FAILS
    if check.result is Result.TEMPERROR:
        return _waiting(facts, one)
    return _failing(facts, check)


def _failing(facts: Facts, check: DkimCheck) -> Standing:
    if headers_fit_body_missing(check):
        return Standing.PARTIAL
    if spoilt_by_copying(facts, check):
        return Standing.UNCLEAR
    return Standing.FADED if key_is_gone(check) else Standing.FAILS


def _waiting(facts: Facts, one: AlignedIdentifier) -> Standing:
    if is_offline(facts):
        return Standing.OFFLINE
    return Standing.ELSEWHERE_FAILS if one.aligned is False else Standing.WAITING


def line_of(standing: Standing) -> Line:
    """Solid counts, dotted is undecided, dashed stops before From."""
    if standing is Standing.COUNTS:
        return Line.SOLID
    return Line.DOTTED if standing in UNDECIDED else Line.DASHED


_NODES = {
    Standing.COUNTS: (Glyph.PASS, Tone.PASS),
    Standing.PARTIAL: (Glyph.HALF, Tone.INFO),
    Standing.UNCLEAR: (Glyph.UNKNOWN, Tone.UNKNOWN),
    Standing.WAITING: (Glyph.UNKNOWN, Tone.UNKNOWN),
    Standing.OFFLINE: (Glyph.UNKNOWN, Tone.UNKNOWN),
    Standing.FADED: (Glyph.WARN, Tone.WARN),
    Standing.ELSEWHERE_FAILS: (Glyph.OTHER, Tone.UNKNOWN),
    Standing.NOTHING: (Glyph.NONE, Tone.UNKNOWN),
}


def node_of(standing: Standing, level: Level) -> tuple[Glyph, Tone]:
    """Shape and colour of the row's node. Grey where the verdict does not hang on it; red needs a failing verdict."""
    if standing is Standing.ELSEWHERE:
        return Glyph.OTHER, Tone.FAIL if level is Level.FAIL else Tone.UNKNOWN
    if standing is Standing.FAILS:
        return Glyph.FAIL, Tone.FAIL if is_bad(level) else Tone.UNKNOWN
    if standing is Standing.FADED and not is_bad(level):
        return Glyph.WARN, Tone.UNKNOWN
    return _NODES[standing]


def is_bad(level: Level) -> bool:
    """Whether a failing check of the right name is a reason for the verdict."""
    return level in {Level.FAIL, Level.WARN}
