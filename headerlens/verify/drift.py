"""Why a recorded result and ours differ: words made comparable, and a table for each method (standards.md 2.4).

A table is read from the top; the first row that fits decides. A row names the recorded words and the present
situations it is for, ANY standing for all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from headerlens.model.message import BodyState
from headerlens.model.records import KeyStatus
from headerlens.model.verdicts import DkimCheck, Drift, Match, Result, Signer

SYNONYMS = {
    "hardfail": "fail",
    "reject": "fail",
    "discard": "fail",
    "tempfail": "temperror",
    "temperr": "temperror",
    "error": "temperror",
    "permfail": "permerror",
    "permerr": "permerror",
    "invalid": "permerror",
    "nxdomain": "permerror",
    "bestguesspass": "none",  # Microsoft: no record; it would have passed (standards.md 4.5)
    "skipped": "none",
    "unknown": "neutral",
}
"""Result words from outside RFC 8601, and what they come to. They are shown as recorded."""

_GROUPS = {
    "spf": {"none": "neutral", "unknown": "permerror"},  # no record, or one that says nothing: RFC 7208 8.2
    "dkim": {"fail": "failed", "neutral": "failed", "permerror": "failed"},
    "dmarc": {"permerror": "none"},  # RFC 9989 9.2 and 4.10.1 leave open which (standards.md 1.8 h)
    "arc": {"permerror": "fail", "temperror": "fail"},  # RFC 8617 5.2.1: every error is a failure
}
_WORDS = frozenset(result.value for result in Result)


class Now(StrEnum):
    """How a signature stands today."""

    PASSES = "passes"
    KEY_GONE = "key gone"
    KEY_REVOKED = "key revoked"
    KEY_UNUSABLE = "key unusable"
    OTHER_KEY = "made by another key"
    HEADER_CHANGED = "header changed"
    HEADER_OR_KEY_CHANGED = "header changed or another key"
    BODY_CHANGED = "body changed in a complete copy"
    BODY_REWRITTEN = "body rewritten by a known program"
    BODY_DOUBTFUL = "body of a doubtful copy does not fit"
    BODY_MISSING = "body missing"
    REFUSED = "refused by a rule"
    UNANSWERED = "no answer"
    OTHERWISE = "fails otherwise"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; an empty set is ANY."""

    recorded: frozenset[str]
    now: frozenset[str]
    drift: Drift


def _row(recorded: str, now: str | tuple[str, ...], drift: Drift) -> Row:
    present = frozenset([now] if isinstance(now, str) else now) - {ANY}
    return Row(frozenset(recorded.split()) - {ANY}, present, drift)


ANY = "any"

DKIM_TABLE = (
    _row("none", ANY, Drift.INCOMPARABLE),
    _row(ANY, Now.BODY_MISSING, Drift.COPY_INCOMPLETE),
    _row("temperror", Now.UNANSWERED, Drift.AGREES),
    _row("temperror", ANY, Drift.TRANSIENT),
    _row(ANY, Now.UNANSWERED, Drift.TRANSIENT),
    _row("pass", Now.PASSES, Drift.AGREES),
    _row("pass", Now.KEY_GONE, Drift.KEY_GONE),
    _row("pass", Now.KEY_REVOKED, Drift.KEY_REVOKED),
    _row("pass", (Now.KEY_UNUSABLE, Now.OTHER_KEY), Drift.KEY_CHANGED),
    _row("pass", (Now.HEADER_CHANGED, Now.BODY_CHANGED), Drift.COPY_ALTERED),
    _row("pass", Now.BODY_REWRITTEN, Drift.COPY_REWRITTEN),
    _row("pass", Now.BODY_DOUBTFUL, Drift.COPY_INCOMPLETE),
    _row("pass", Now.REFUSED, Drift.LOCAL_POLICY),
    _row("pass", Now.HEADER_OR_KEY_CHANGED, Drift.UNCLEAR),  # Ed25519 does not tell which (engine.md 3)
    _row("pass", ANY, Drift.UNCLEAR),
    _row("policy", Now.PASSES, Drift.LOCAL_POLICY),
    _row("failed", Now.PASSES, Drift.CORRECTED),
    _row("failed policy", ANY, Drift.AGREES),
)
"""Recorded words are groups of `group_of`, situations those of `Now`."""

SPF_TABLE = (
    _row("temperror", "temperror", Drift.AGREES),
    _row("temperror", ANY, Drift.TRANSIENT),
    _row(ANY, "temperror", Drift.TRANSIENT),
    _row("policy", ANY, Drift.LOCAL_POLICY),
    _row("guess", "neutral", Drift.LOCAL_POLICY),
    _row(ANY, "elsewhere", Drift.OTHER_HOP),
    _row("fail softfail neutral permerror", "pass", Drift.CORRECTED),
    _row(ANY, ANY, Drift.DNS_CHANGED),
)
"""For groups that differ. "guess" is a pass by a record the receiver made up, "elsewhere" another hop's inputs."""

DMARC_TABLE = (
    _row("temperror", ANY, Drift.TRANSIENT),
    _row(ANY, "temperror", Drift.TRANSIENT),
    _row("policy", ANY, Drift.LOCAL_POLICY),
    _row("pass fail", "overridden", Drift.ARC_OVERRIDE),
    _row(ANY, "older", Drift.OLD_RULES),
    _row(ANY, "no author", Drift.UNCLEAR),
    _row(ANY, "none", Drift.DNS_CHANGED),
    _row("none", ANY, Drift.DNS_CHANGED),
    _row(ANY, "alike", Drift.DNS_CHANGED),
    _row(ANY, ANY, Drift.UNCLEAR),
)
"""For groups that differ, where no identifier explains it: "overridden" by ARC, "older" rules give the recorded word,
"no author" to judge, "alike" when SPF and DKIM agree with the record and only the policy can have changed."""

ARC_TABLE = (
    _row("none", ANY, Drift.INCOMPARABLE),  # the receiver may have added the first set after judging
    _row("pass", ("none", "fail"), Drift.COPY_ALTERED),
    _row("fail", "pass", Drift.CORRECTED),
    _row("fail", "none", Drift.COPY_ALTERED),
    _row(ANY, ANY, Drift.UNCLEAR),
)
"""For groups that differ; a pass that fails for a signature's sake is looked up in DKIM_TABLE instead."""


def look_up(table: tuple[Row, ...], recorded: str, now: str) -> Drift:
    """The drift of the first row that fits; UNCLEAR where none does."""
    for row in table:
        if (not row.recorded or recorded in row.recorded) and (not row.now or now in row.now):
            return row.drift
    return Drift.UNCLEAR


def group_of(method: str, word: str) -> str | None:
    """The word that results of one weight share, None for a word nobody knows."""
    groups = _GROUPS.get(method, {})
    lower = word.lower()
    if lower in groups:
        return groups[lower]
    known = SYNONYMS.get(lower, lower)
    return groups.get(known, known) if known in _WORDS else None


def situation(check: DkimCheck, body: BodyState) -> Now:
    """How this signature stands today. A body that certainly differs outweighs the key: time never explains it."""
    return next((now for holds, now in _situations(check, body) if holds), Now.OTHERWISE)


def _situations(check: DkimCheck, body: BodyState) -> Iterator[tuple[bool, Now]]:
    """What may be the case, the weightiest first."""
    status = check.key.status if check.key else None
    body_differs = check.body_hash is Match.MISMATCH
    yield check.result is Result.PASS, Now.PASSES
    yield body_differs and body is BodyState.COMPLETE, Now.BODY_CHANGED
    yield body_differs and body is BodyState.ALTERED, Now.BODY_REWRITTEN
    yield status is KeyStatus.NONE, Now.KEY_GONE
    yield status is KeyStatus.REVOKED, Now.KEY_REVOKED
    yield status is KeyStatus.UNAVAILABLE or check.result is Result.TEMPERROR, Now.UNANSWERED
    yield check.code == "body.missing", Now.BODY_MISSING
    yield check.result is Result.POLICY, Now.REFUSED
    yield status is KeyStatus.UNUSABLE, Now.KEY_UNUSABLE
    yield body_differs, Now.BODY_DOUBTFUL
    header_differs = check.header_hash is Match.MISMATCH
    yield header_differs and check.signer is Signer.OTHER_KEY, Now.OTHER_KEY
    yield header_differs and check.signer is Signer.THIS_KEY, Now.HEADER_CHANGED
    yield header_differs, Now.HEADER_OR_KEY_CHANGED
