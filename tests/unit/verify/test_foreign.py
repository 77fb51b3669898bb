"""Messages signed by others: the RFCs' own examples, Mail::DKIM and OpenDKIM (tests/data/rfc, tests/data/foreign)."""

import json
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from headerlens.model.message import BodyState
from headerlens.model.verdicts import Match, Opinion, Result
from headerlens.verify.arc import check_arc
from headerlens.verify.dkim import check_dkim
from headerlens.verify.second_opinion import second_opinion
from tests.support.signing import Zone, answers, read, zone_for

NOW = datetime(2026, 11, 21, 8, 20, tzinfo=UTC)
DATA = Path(__file__).resolve().parents[2] / "data"
RFC_KEYS: Zone = json.loads((DATA / "rfc" / "keys.json").read_text("utf-8"))
OUR_KEYS: Zone = {**zone_for("rsa2048"), **zone_for("rsa2048", domain="example.org", selector="arc")}
PASSING = [
    *(pytest.param(DATA / "rfc" / name, RFC_KEYS, id=name) for name in ("rfc6376-a2.eml", "rfc8463-a3.eml")),
    *(pytest.param(path, OUR_KEYS, id=path.name) for path in sorted((DATA / "foreign").glob("mail-dkim-*.eml"))),
]


@pytest.mark.parametrize(("path", "zone"), PASSING)
def test_every_signature_of_others_passes_here_and_with_dkimpy(path: Path, zone: Zone) -> None:
    message, ask = read(path.read_bytes()), answers(zone)
    checks = check_dkim(message, ask, at=None, now=NOW, body=BodyState.COMPLETE)
    assert checks
    for found in checks:
        assert (found.result, found.header_hash, found.body_hash) == (Result.PASS, Match.MATCH, Match.MATCH)
    with patch("dkim.time.time", return_value=NOW.timestamp()):
        opinions = second_opinion(message, checks, ask)
    assert {each.opinion for each in opinions} == {Opinion.AGREES}


@pytest.mark.parametrize("length", [1, 2])
def test_chains_sealed_by_mail_dkim_pass(length: int) -> None:
    message = read((DATA / "foreign" / f"mail-dkim-arc-{length}.eml").read_bytes())
    found = check_arc(message, answers(OUR_KEYS), now=NOW, body=BodyState.COMPLETE)
    assert (found.result, found.oldest_pass, len(found.sets)) == (Result.PASS, 0, length)


def test_the_sha1_of_opendkim_fits_and_may_not_pass() -> None:
    message = read((DATA / "foreign" / "opendkim.eml").read_bytes())
    (found,) = check_dkim(message, answers(OUR_KEYS), at=None, now=NOW, body=BodyState.COMPLETE)
    assert (found.result, found.code) == (Result.POLICY, "sig.alg_weak")
    assert (found.header_hash, found.body_hash) == (Match.MATCH, Match.MATCH)
