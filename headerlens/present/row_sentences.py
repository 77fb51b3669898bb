"""Which sentence stands under the tiles of a row (interface.md 11); the words are phrases of the catalogue."""

from __future__ import annotations

from headerlens.findings.alignment import is_separate
from headerlens.findings.facts import Facts
from headerlens.findings.grounds import (
    KEY_GONE,
    author_signatures,
    body_only_changed,
    compared,
    counting,
    fails_by_strict_mode,
    forwarder,
    hashes_differ,
    identifier_of,
    recorded_pass,
    spf_identifier,
    third_party_passes,
)
from headerlens.findings.kinship import is_undeclared, undeclared_pass
from headerlens.model.findings import Judgement
from headerlens.model.message import BodyState
from headerlens.model.verdicts import AlignedIdentifier, DkimCheck, Drift, Identity, Match, Result, Signer
from headerlens.parse.names import labels
from headerlens.present.standing import Standing

Sentence = tuple[str, dict[str, str | int]]
"""A phrase id with its values."""


def spf_sentence(facts: Facts, judgement: Judgement, standing: Standing) -> Sentence:
    """Under SPF's tiles."""
    one, spf = spf_identifier(facts), facts.spf
    fits = one is None or one.aligned is not False
    if standing is Standing.COUNTS:
        return _plain(_spf_counts(facts, one))
    if spf.domain and (incomparable := _incomparable(facts, one)):
        return _plain(incomparable)
    if standing is Standing.OFFLINE:
        return _plain(_offline(facts, "spf", None, fits=fits))
    if standing is Standing.NOTHING:
        return _plain(_spf_nothing(spf.code, fits=fits))
    if standing is Standing.ELSEWHERE and one is not None:
        return _plain(_near_miss(facts, one, "spf") or _spf_elsewhere(judgement))
    return _plain(_spf_fails(facts, fits=fits))


def _incomparable(facts: Facts, one: AlignedIdentifier | None) -> str | None:
    """Where no name is "the right one", and none a different one: From gives no single domain, or no record tells."""
    if not facts.dmarc.author_domain:
        return "row.no-sender"
    return "row.undeclared" if one is not None and is_undeclared(facts, one) else None


def _spf_counts(facts: Facts, one: AlignedIdentifier | None) -> str:
    if facts.spf.identity is Identity.HELO:
        return "row.spf.helo"
    return "row.spf.exact" if one is not None and one.exact else "row.spf.counts"


def _spf_nothing(code: str | None, *, fits: bool) -> str:
    if code == "spf.no_ip":
        return "row.spf.no-ip"
    if code == "spf.no_domain":
        return "row.spf.no-domain"
    return "row.spf.none" if fits else "row.spf.none-other"


def _spf_elsewhere(judgement: Judgement) -> str:
    if _names_list(judgement):
        return "row.spf.list"
    return "row.spf.service" if judgement.situation in {"S5", "S19"} else "row.spf.other"


def _names_list(judgement: Judgement) -> bool:
    """Whether the answer names a mailing list whose own check passes."""
    return (judgement.situation, judgement.params.get("variant", "")) in {("S7", ""), ("S3", "list")}


def _spf_fails(facts: Facts, *, fits: bool) -> str:
    result = facts.spf.result
    if result is Result.PASS:
        # it passes, and yet the comparison of the names still waits for an answer
        return "row.undecided"
    if result is Result.TEMPERROR:
        return "row.spf.no-answer" if fits else "row.spf.no-answer-other"
    if not fits:
        return "row.spf.other-failed"
    if result is Result.PERMERROR:
        return "row.spf.broken"
    if result is Result.NEUTRAL:
        return "row.spf.neutral"
    return "row.spf.forwarded" if counting(facts) and forwarder(facts) else "row.spf.unlisted"


def dkim_sentence(facts: Facts, judgement: Judgement, check: DkimCheck, standing: Standing) -> Sentence:
    """Under a signature's tiles."""
    one = identifier_of(facts, check.index)
    fits = one is None or one.aligned is not False
    if standing is Standing.COUNTS:
        return _plain(_dkim_counts(facts, one))
    if incomparable := _incomparable(facts, one):
        return _plain(incomparable)
    if standing is Standing.OFFLINE:
        return _plain(_offline(facts, "dkim", check.index, fits=fits))
    if standing is Standing.ELSEWHERE and one is not None:
        return _strict_missing(facts, one) or _plain(
            _near_miss(facts, one, "dkim") or _dkim_elsewhere(facts, judgement)
        )
    if standing is Standing.ELSEWHERE_FAILS:
        is_partial = check.code == "body.missing" and check.header_hash is Match.MATCH
        return _plain("row.dkim.headers-only-other" if is_partial else "row.dkim.other-failed")
    return _plain(_UNDECIDED[standing](facts, check) if standing in _UNDECIDED else _dkim_fails(check))


def _dkim_counts(facts: Facts, one: AlignedIdentifier | None) -> str:
    exact = one is not None and one.exact
    if third_party_passes(facts):
        return "row.dkim.author-exact" if exact else "row.dkim.author"
    return "row.dkim.exact" if exact else "row.dkim.counts"


def _dkim_elsewhere(facts: Facts, judgement: Judgement) -> str:
    if _names_list(judgement):
        return "row.dkim.list"
    return "row.dkim.third-party" if author_signatures(facts) else "row.dkim.other"


def _faded(facts: Facts, check: DkimCheck) -> str:
    row = compared(facts, "dkim", check.index)
    then = row is not None and row.recorded == "pass" and row.reason in {Drift.KEY_GONE, Drift.KEY_REVOKED}
    return "row.dkim.key-gone" if then and recorded_pass(facts, check) else "row.dkim.no-key"


def _unclear(facts: Facts, _check: DkimCheck) -> str:
    return "row.dkim.rewritten" if facts.body_state is BodyState.ALTERED else "row.dkim.pasted"


def _waiting(_facts: Facts, check: DkimCheck) -> str:
    return "row.undecided" if check.result is Result.PASS else "row.dkim.no-answer"


_UNDECIDED = {
    Standing.PARTIAL: lambda _facts, _check: "row.dkim.headers-only",
    Standing.UNCLEAR: _unclear,
    Standing.WAITING: _waiting,
    Standing.FADED: _faded,
}


def _dkim_fails(check: DkimCheck) -> str:
    code = check.code or ""
    if code in KEY_GONE:
        return "row.dkim.no-key"
    if code.startswith("key."):
        return "row.dkim.key-unusable"
    if not hashes_differ(check):
        return "row.dkim.unusable"
    if body_only_changed(check):
        return "row.dkim.body-changed"
    return "row.dkim.headers-changed" if check.signer is Signer.THIS_KEY else "row.dkim.mismatch"


def _near_miss(facts: Facts, one: AlignedIdentifier, method: str) -> str | None:
    """Names that nearly fit: strict mode, or an organisation of its own (interface.md 6.6)."""
    if fails_by_strict_mode(facts, one):
        return f"row.{method}.strict"
    return "row.separate" if is_separate(facts, one) else None


def _strict_missing(facts: Facts, one: AlignedIdentifier) -> Sentence | None:
    """In strict mode, the label that From has and the identity lacks."""
    author = labels(facts.dmarc.author_domain)
    missing = author[: max(0, len(author) - len(labels(one.domain)))]
    if not fails_by_strict_mode(facts, one) or not missing or not facts.dmarc.author_domain.endswith(one.domain):
        return None
    return "row.dkim.missing", {"label": ".".join(missing)}


def _offline(facts: Facts, method: str, index: int | None, *, fits: bool) -> str:
    row = compared(facts, method, index)
    known = row is not None and row.recorded is not None
    return ("row.recorded-only" if known else "row.offline") + ("" if fits else "-other")


def from_sentence(facts: Facts, judgement: Judgement, rows: int) -> Sentence:
    """In From's row; `rows` is the number of identities beside it."""
    if judgement.situation in _FROM_BY_SITUATION:
        return _plain(_FROM_BY_SITUATION[judgement.situation])
    if judgement.situation == "S13":
        return _plain("row.from.offline" if recorded_pass(facts) else "row.from.no-answer")
    n = len(counting(facts))
    if n == 0:
        return _plain(_nothing_connects(facts, judgement))
    if judgement.situation == "S20" and judgement.params.get("lack") != "lack.unknown":
        return "row.from.no-policy", {"n": n, "m": rows}
    if n == 1:
        return _plain("row.from.one")
    return ("row.from.both", {}) if n == rows else ("row.from.many", {"n": n})


_FROM_BY_SITUATION = {
    "S12": "row.from.no-answer",
    "S14": "row.from.original",
    "S15": "row.from.partial",
    "S16": "row.from.once",
    "S23": "row.from.no-sender",
    "S25": "row.from.unsent",
    "S30": "row.from.disputed",
}


def _nothing_connects(facts: Facts, judgement: Judgement) -> str:
    if judgement.situation == "S18" and "variant" not in judgement.params:
        return "row.from.nothing"
    if undeclared_pass(facts) is not None:
        return "row.from.undeclared"
    near = [one for one in facts.dmarc.identifiers if one.authenticated and fails_by_strict_mode(facts, one)]
    return "row.from.strict" if near else "row.from.none"


def _plain(phrase: str) -> Sentence:
    return phrase, {}
