"""The tables of drift: each row, and how words and signatures come to be looked up."""

import pytest

from headerlens.model.message import BodyState
from headerlens.model.records import Canonicalization, DkimKey, DkimSignature, KeyStatus, TagList
from headerlens.model.verdicts import DkimCheck, Match, Result, Signer
from headerlens.verify.drift import (
    ARC_TABLE,
    DKIM_TABLE,
    DMARC_TABLE,
    SPF_TABLE,
    Now,
    Row,
    group_of,
    look_up,
    situation,
)

SIGNATURE = DkimSignature(
    0, TagList(), None, None, None, Canonicalization.RELAXED, Canonicalization.RELAXED, "example.com", "", "s", "", ()
)
MISMATCH, MATCH = Match.MISMATCH, Match.MATCH

DKIM_ROWS = [
    ("pass", "passes", "agrees"),
    ("pass", "key gone", "key-gone"),
    ("pass", "key revoked", "key-revoked"),
    ("pass", "key unusable", "key-changed"),
    ("pass", "made by another key", "key-changed"),
    ("pass", "header changed", "copy-altered"),
    ("pass", "body changed in a complete copy", "copy-altered"),
    ("pass", "body rewritten by a known program", "copy-rewritten"),
    ("pass", "body of a doubtful copy does not fit", "copy-incomplete"),
    ("pass", "body missing", "copy-incomplete"),
    ("pass", "refused by a rule", "local-policy"),
    ("pass", "no answer", "transient"),
    ("pass", "header changed or another key", "unclear"),
    ("pass", "fails otherwise", "unclear"),
    ("failed", "passes", "corrected"),
    ("failed", "key gone", "agrees"),
    ("failed", "body changed in a complete copy", "agrees"),
    ("failed", "body missing", "copy-incomplete"),
    ("failed", "no answer", "transient"),
    ("policy", "passes", "local-policy"),
    ("policy", "header changed", "agrees"),
    ("temperror", "passes", "transient"),
    ("temperror", "key gone", "transient"),
    ("temperror", "no answer", "agrees"),
    ("none", "passes", "incomparable"),
]
SPF_ROWS = [
    ("temperror", "temperror", "agrees"),
    ("temperror", "pass", "transient"),
    ("pass", "temperror", "transient"),
    ("policy", "pass", "local-policy"),
    ("guess", "neutral", "local-policy"),
    ("guess", "fail", "dns-changed"),
    ("pass", "elsewhere", "other-hop"),
    ("fail", "elsewhere", "other-hop"),
    ("fail", "pass", "corrected"),
    ("softfail", "pass", "corrected"),
    ("neutral", "pass", "corrected"),
    ("permerror", "pass", "corrected"),
    ("pass", "fail", "dns-changed"),
    ("softfail", "fail", "dns-changed"),
    ("pass", "neutral", "dns-changed"),
]
DMARC_ROWS = [
    ("temperror", "pass", "transient"),
    ("pass", "temperror", "transient"),
    ("policy", "fail", "local-policy"),
    ("pass", "overridden", "arc-override"),
    ("pass", "older", "old-rules"),
    ("pass", "no author", "unclear"),
    ("pass", "none", "dns-changed"),
    ("none", "fail", "dns-changed"),
    ("pass", "alike", "dns-changed"),
    ("pass", "fail", "unclear"),
]
ARC_ROWS = [
    ("none", "pass", "incomparable"),
    ("pass", "none", "copy-altered"),
    ("pass", "fail", "copy-altered"),
    ("fail", "pass", "corrected"),
    ("fail", "none", "copy-altered"),
    ("policy", "pass", "unclear"),
]
TABLES = ((DKIM_TABLE, DKIM_ROWS), (SPF_TABLE, SPF_ROWS), (DMARC_TABLE, DMARC_ROWS), (ARC_TABLE, ARC_ROWS))
CASES = [(table, *case) for table, cases in TABLES for case in cases]


@pytest.mark.parametrize(("table", "recorded", "now", "drift"), CASES)
def test_a_row_gives_its_reason(table: tuple[Row, ...], recorded: str, now: str, drift: str) -> None:
    assert look_up(table, recorded, now).value == drift


@pytest.mark.parametrize(("table", "cases"), TABLES)
def test_every_row_has_a_case(table: tuple[Row, ...], cases: list[tuple[str, str, str]]) -> None:
    deciding = [_first(table, recorded, now) for recorded, now, _ in cases]
    assert [row for row in table if row not in deciding] == []


def _first(table: tuple[Row, ...], recorded: str, now: str) -> Row | None:
    return next(
        (r for r in table if (not r.recorded or recorded in r.recorded) and (not r.now or now in r.now)),
        None,
    )


def test_every_situation_of_a_signature_is_in_the_table() -> None:
    for now in Now:
        for recorded in ("pass", "failed", "policy", "temperror", "none"):
            assert _first(DKIM_TABLE, recorded, now) is not None


@pytest.mark.parametrize(
    ("method", "word", "group"),
    [
        ("spf", "Pass", "pass"),
        ("spf", "hardfail", "fail"),
        ("spf", "none", "neutral"),
        ("spf", "neutral", "neutral"),
        ("spf", "softfail", "softfail"),
        ("spf", "unknown", "permerror"),
        ("spf", "tempfail", "temperror"),
        ("spf", "error", "temperror"),
        ("spf", "3dpass", None),
        ("dkim", "fail", "failed"),
        ("dkim", "neutral", "failed"),
        ("dkim", "permerror", "failed"),
        ("dkim", "invalid", "failed"),
        ("dkim", "policy", "policy"),
        ("dkim", "none", "none"),
        ("dmarc", "bestguesspass", "none"),
        ("dmarc", "permerror", "none"),
        ("dmarc", "fail", "fail"),
        ("arc", "reject", "fail"),
        ("arc", "temperror", "fail"),
        ("dmarc", "oddword", None),
    ],
)
def test_words_of_one_weight_share_a_group(method: str, word: str, group: str | None) -> None:
    assert group_of(method, word) == group


def check(
    result: Result,
    *,
    code: str | None = None,
    header: Match = Match.UNCHECKED,
    body: Match = Match.UNCHECKED,
    key: KeyStatus | None = None,
    signer: Signer = Signer.UNKNOWN,
) -> DkimCheck:
    record = DkimKey("s._domainkey.example.com", key) if key else None
    return DkimCheck(0, SIGNATURE, result, code, header, body, record, signer=signer)


COMPLETE, ALTERED, UNKNOWN, MISSING = BodyState.COMPLETE, BodyState.ALTERED, BodyState.UNKNOWN, BodyState.MISSING
FAIL, PERMERROR = Result.FAIL, Result.PERMERROR


@pytest.mark.parametrize(
    ("signature", "body", "now"),
    [
        (check(Result.PASS), COMPLETE, Now.PASSES),
        (check(PERMERROR, key=KeyStatus.NONE), COMPLETE, Now.KEY_GONE),
        (check(PERMERROR, key=KeyStatus.NONE, body=MISMATCH), COMPLETE, Now.BODY_CHANGED),
        (check(PERMERROR, key=KeyStatus.NONE, body=MISMATCH), UNKNOWN, Now.KEY_GONE),
        (check(PERMERROR, key=KeyStatus.REVOKED), COMPLETE, Now.KEY_REVOKED),
        (check(PERMERROR, key=KeyStatus.UNUSABLE), COMPLETE, Now.KEY_UNUSABLE),
        (check(Result.TEMPERROR, key=KeyStatus.UNAVAILABLE), COMPLETE, Now.UNANSWERED),
        (check(Result.TEMPERROR), COMPLETE, Now.UNANSWERED),
        (check(Result.POLICY, key=KeyStatus.UNUSABLE), COMPLETE, Now.REFUSED),
        (check(Result.NEUTRAL, code="body.missing", header=MATCH), MISSING, Now.BODY_MISSING),
        (check(FAIL, header=MISMATCH, body=MATCH, signer=Signer.OTHER_KEY), COMPLETE, Now.OTHER_KEY),
        (check(FAIL, header=MISMATCH, body=MATCH, signer=Signer.THIS_KEY), COMPLETE, Now.HEADER_CHANGED),
        (check(FAIL, header=MISMATCH, body=MATCH), COMPLETE, Now.HEADER_OR_KEY_CHANGED),
        (check(FAIL, header=MISMATCH, body=MISMATCH, signer=Signer.OTHER_KEY), COMPLETE, Now.BODY_CHANGED),
        (check(FAIL, header=MATCH, body=MISMATCH), COMPLETE, Now.BODY_CHANGED),
        (check(FAIL, header=MATCH, body=MISMATCH), ALTERED, Now.BODY_REWRITTEN),
        (check(FAIL, header=MATCH, body=MISMATCH), UNKNOWN, Now.BODY_DOUBTFUL),
        (check(Result.NEUTRAL, code="sig.syntax"), COMPLETE, Now.OTHERWISE),
    ],
)
def test_how_a_signature_stands(signature: DkimCheck, body: BodyState, now: Now) -> None:
    assert situation(signature, body) is now
