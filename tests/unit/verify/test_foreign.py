"""Messages signed by others (tests/data/rfc, tests/data/foreign): the RFCs, Mail::DKIM, OpenDKIM, mailauth."""

import json
from datetime import UTC, datetime
from pathlib import Path
from unittest.mock import patch

import pytest

from headerlens.model.message import BodyState
from headerlens.model.verdicts import ArcCheck, DkimCheck, Match, Opinion, Result
from headerlens.verify.arc import check_arc
from headerlens.verify.dkim import check_dkim
from headerlens.verify.second_opinion import second_opinion
from tests.support.signing import Zone, answers, read, zone_for

NOW = datetime(2026, 11, 22, 8, 20, tzinfo=UTC)
"""After the milter signed: it knows no clock but the machine's."""
DATA = Path(__file__).resolve().parents[2] / "data"
RFC_KEYS: Zone = json.loads((DATA / "rfc" / "keys.json").read_text("utf-8"))
OUR_KEYS: Zone = {**zone_for("rsa2048"), **zone_for("rsa2048", domain="example.org", selector="arc")}
MAILAUTH_KEYS: Zone = json.loads((DATA / "foreign" / "mailauth_keys.json").read_text("utf-8"))
FOREIGN = [
    *(pytest.param(path, OUR_KEYS, id=path.name) for path in sorted((DATA / "foreign").glob("mail-dkim-*.eml"))),
    *(pytest.param(path, OUR_KEYS, id=path.name) for path in sorted((DATA / "foreign").glob("opendkim-milter-*.eml"))),
    *(pytest.param(path, MAILAUTH_KEYS, id=path.name) for path in sorted((DATA / "foreign").glob("mailauth-*.eml"))),
]
CHAINS = [
    pytest.param(f"{program}-arc-{length}.eml", keys, length, id=f"{program}-{length}")
    for program, keys in (("mail-dkim", OUR_KEYS), ("mailauth", MAILAUTH_KEYS))
    for length in (1, 2)
]
PASSING = [
    *(pytest.param(DATA / "rfc" / name, RFC_KEYS, id=name) for name in ("rfc6376-a2.eml", "rfc8463-a3.eml")),
    *FOREIGN,
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


def test_there_are_messages_of_three_programs() -> None:
    assert len(FOREIGN) == 6 + 3 + 9


def checks_of(path: Path, zone: Zone, old: bytes, new: bytes) -> tuple[DkimCheck, ...]:
    octets = path.read_bytes()
    assert octets.count(old) == 1
    message = read(octets.replace(old, new))
    return check_dkim(message, answers(zone), at=None, now=NOW, body=BodyState.COMPLETE)


@pytest.mark.parametrize(("path", "zone"), FOREIGN)
def test_one_octet_of_the_body_breaks_the_body_hash_only(path: Path, zone: Zone) -> None:
    for found in checks_of(path, zone, b"\r\nHi.\r\n", b"\r\nHo.\r\n"):
        assert (found.result, found.header_hash, found.body_hash) == (Result.FAIL, Match.MATCH, Match.MISMATCH)


@pytest.mark.parametrize(("path", "zone"), FOREIGN)
def test_one_octet_of_the_header_breaks_the_signature_only(path: Path, zone: Zone) -> None:
    for found in checks_of(path, zone, b"\nTo: Suzie", b"\nTo: Susie"):
        assert (found.result, found.header_hash, found.body_hash) == (Result.FAIL, Match.MISMATCH, Match.MATCH)


@pytest.mark.parametrize(("path", "zone"), FOREIGN)
def test_blanks_harm_simple_only(path: Path, zone: Zone) -> None:
    for found in checks_of(path, zone, b"We lost  the", b"We lost the"):
        assert found.signature.body_canonicalization is not None
        assert (found.body_hash is Match.MATCH) == (found.signature.body_canonicalization == "relaxed")
        assert found.header_hash is Match.MATCH


def chain(name: str, zone: Zone, old: bytes = b"", new: bytes = b"") -> ArcCheck:
    octets = (DATA / "foreign" / name).read_bytes()
    return check_arc(read(octets.replace(old, new)), answers(zone), now=NOW, body=BodyState.COMPLETE)


@pytest.mark.parametrize(("name", "zone", "length"), CHAINS)
def test_chains_sealed_by_others_pass(name: str, zone: Zone, length: int) -> None:
    found = chain(name, zone)
    assert (found.result, found.oldest_pass, len(found.sets)) == (Result.PASS, 0, length)


@pytest.mark.parametrize(("name", "zone", "length"), CHAINS)
@pytest.mark.parametrize(
    ("old", "new", "header", "body"),
    [
        (b"\r\nHi.\r\n", b"\r\nHo.\r\n", Match.MATCH, Match.MISMATCH),
        (b"\nTo: Suzie", b"\nTo: Susie", Match.MISMATCH, Match.MATCH),
    ],
    ids=["body", "header"],
)
def test_one_octet_breaks_the_right_half_of_the_newest_message_signature(
    name: str, zone: Zone, length: int, old: bytes, new: bytes, header: Match, body: Match
) -> None:
    found = chain(name, zone, old, new)
    newest = found.sets[-1].message_signature
    assert newest is not None
    assert (found.result, len(found.sets)) == (Result.FAIL, length)
    assert (newest.header_hash, newest.body_hash) == (header, body)


@pytest.mark.parametrize(("name", "zone", "length"), CHAINS)
def test_a_changed_seal_breaks_the_chain(name: str, zone: Zone, length: int) -> None:
    found = chain(name, zone, b"cv=none", b"cv=none; x=y")
    assert (found.result, len(found.sets)) == (Result.FAIL, length)
    seals = [each.seal for each in found.sets if each.seal is not None]
    assert Match.MISMATCH in {seal.header_hash for seal in seals}


def test_the_sha1_of_opendkim_fits_and_may_not_pass() -> None:
    message = read((DATA / "foreign" / "opendkim.eml").read_bytes())
    (found,) = check_dkim(message, answers(OUR_KEYS), at=None, now=NOW, body=BodyState.COMPLETE)
    assert (found.result, found.code) == (Result.POLICY, "sig.alg_weak")
    assert (found.header_hash, found.body_hash) == (Match.MATCH, Match.MATCH)
