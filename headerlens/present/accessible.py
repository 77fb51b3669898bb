"""What a screen reader says for each row of the ladder (interface.md 6.8)."""

from __future__ import annotations

from headerlens.model.verdicts import AlignedIdentifier
from headerlens.present.standing import UNDECIDED, Standing
from headerlens.present.views import ChipView
from headerlens.present.words import Words

_KINDS = {"name": "domain", "recorded": "ready", "kind": "ready", "receiver": "ready", "result": "ready"}


def row_text(
    words: Words,
    *,
    kind: str,
    name: str,
    chips: tuple[ChipView, ChipView],
    receiver: str,
    relation: str,
    standing: Standing,
) -> str:
    """An identity's row; `relation` is a phrase id."""
    recorded, now = chips
    counts = words.phrase(counts_phrase(standing))
    if not name:
        return words.phrase("accessible.none", {"kind": kind, "now": now.word, "counts": counts})
    params = {
        "kind": kind,
        "name": name,
        "recorded": recorded_text(words, recorded, receiver),
        "now": now.word,
        "relation": words.phrase(relation),
        "counts": counts,
    }
    return words.phrase("accessible.row", params, _KINDS)


def recorded_text(words: Words, recorded: ChipView, receiver: str) -> str:
    """What the receiver recorded, or that it recorded nothing."""
    if not receiver or recorded.word == words.phrase("chip.not-recorded"):
        return words.phrase("accessible.unrecorded")
    return words.phrase("accessible.recorded", {"receiver": receiver, "result": recorded.word}, _KINDS)


def relation_phrase(one: AlignedIdentifier | None, *, strict_miss: bool) -> str:
    """How an identity's name relates to the shown sender's."""
    if one is None or one.aligned is None:
        return "relation.unknown"
    if one.exact:
        return "relation.exact"
    if one.aligned:
        return "relation.same"
    return "relation.strict" if strict_miss else "relation.other"


def counts_phrase(standing: Standing) -> str:
    """Whether it counts for DMARC."""
    if standing is Standing.COUNTS:
        return "counts.yes"
    return "counts.undecided" if standing in UNDECIDED else "counts.no"
