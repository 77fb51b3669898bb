"""Damage of every kind: nothing raises, and nothing but the intact message passes by accident."""

import random
from datetime import UTC, datetime
from unittest.mock import patch

import pytest

from headerlens.model.dns import Answer, Lookup, Outcome, Question
from headerlens.model.message import BodyState
from headerlens.model.verdicts import Match, Opinion, Result, SecondOpinion
from headerlens.verify.arc import check_arc
from headerlens.verify.dkim import check_dkim
from headerlens.verify.second_opinion import second_opinion
from tests.support.signing import MAIL, answers, key_record, own_seal, own_sign, read, zone_for

NOW = datetime(2026, 11, 21, 8, 20, tzinfo=UTC)
ROUNDS = 1500
BITS = [
    b"",
    b";",
    b"=",
    b":",
    b" ",
    b"\t",
    b"\r\n",
    b"\r\n ",
    b"\x00",
    b"\xff",
    b"=?",
    b"9" * 30,
    b"@",
    b"/",
    b"--",
    b"i=",
    b"b=",
]


def damaged(octets: bytes, rng: random.Random, start: int, end: int) -> bytes:
    """One to three places between `start` and `end` cut, doubled or replaced."""
    for _ in range(rng.randint(1, 3)):
        at = rng.randint(start, max(start, min(end, len(octets))))
        cut = rng.choice([0, 1, 1, 2, 7])
        put = rng.choice([*BITS, octets[at : at + rng.randint(0, 20)], bytes([rng.randrange(256)])])
        octets = octets[:at] + put + octets[at + cut :]
    return octets


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", ["rsa1024", "ed25519"])
def test_damaged_signatures_never_raise_and_dkimpy_never_disagrees_unexplained(name: str, seed: int) -> None:
    rng = random.Random(seed)
    signed = own_sign(MAIL, name, tags={"i": "joe@example.com", "t": "1795000000", "q": "dns/txt"})
    field_end = len(signed) - len(MAIL)
    ask = answers(zone_for(name))
    opinions: list[SecondOpinion] = []
    with patch("dkim.time.time", return_value=NOW.timestamp()):
        for _ in range(ROUNDS // 6):
            message = read(damaged(signed, rng, 0, field_end + 40))
            checks = check_dkim(message, ask, at=NOW, now=NOW, body=BodyState.COMPLETE)
            opinions += second_opinion(message, checks, ask)
            for found in checks:
                sound = found.header_hash is found.body_hash is Match.MATCH
                assert sound or found.result is not Result.PASS
    assert [each for each in opinions if each.opinion is Opinion.DISAGREES] == []


@pytest.mark.parametrize("seed", range(3))
def test_damaged_keys_never_raise(seed: int) -> None:
    rng = random.Random(seed)
    message = read(own_sign(MAIL, "rsa1024"))
    record = key_record("rsa1024", extra="h=sha256; s=email; t=y; ").encode()

    def ask(question: Question) -> Answer:
        return Answer(question, Outcome.FOUND, ((damaged(record, rng, 0, len(record)),),))

    for _ in range(ROUNDS // 3):
        (found,) = check_dkim(message, ask, at=NOW, now=NOW, body=BodyState.COMPLETE)
        assert found.header_hash is Match.MATCH or found.result is not Result.PASS


def chain_lookup() -> Lookup:
    return answers(zone_for("rsa1024"))


@pytest.mark.parametrize("seed", range(3))
def test_damaged_chains_never_raise(seed: int) -> None:
    rng = random.Random(seed)
    sealed = own_seal(own_seal(MAIL, "rsa1024", 1, "none"), "rsa1024", 2, "pass")
    end = len(sealed) - len(MAIL)
    ask = chain_lookup()
    for _ in range(ROUNDS // 5):
        octets = damaged(sealed, rng, 0, end)
        found = check_arc(read(octets), ask, now=NOW, body=BodyState.COMPLETE)
        assert found.result in {Result.NONE, Result.PASS, Result.FAIL}


@pytest.mark.parametrize(
    "octets", [b"", b"\r\n", b"DKIM-Signature:", b"DKIM-Signature:\r\n\r\n", b"ARC-Seal: i=1", b" \r\n"]
)
def test_next_to_nothing_never_raises(octets: bytes) -> None:
    message = read(octets)
    for state in BodyState:
        checks = check_dkim(message, answers({}), at=None, now=NOW, body=state)
        assert all(found.result is not Result.PASS for found in checks)
        assert check_arc(message, answers({}), now=NOW, body=state).result is not Result.PASS
        second_opinion(message, checks, answers({}))
