"""dkimpy's word beside ours: agreement over everything signed, and each known deviation shown once."""

import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from unittest.mock import patch

import pytest

from headerlens.model.dns import Failure
from headerlens.model.message import BodyState
from headerlens.model.verdicts import DkimCheck, Opinion, SecondOpinion
from headerlens.verify import second_opinion as module
from headerlens.verify.dkim import check_dkim
from headerlens.verify.second_opinion import second_opinion
from tests.support.signing import MAIL, Zone, answers, key_record, own_sign, read, sign, zone_for

NOW = datetime(2026, 11, 21, 8, 20, tzinfo=UTC)
KEY_NAME = "s1._domainkey.example.com"
HOWS = ["relaxed/relaxed", "relaxed/simple", "simple/relaxed", "simple/simple"]


@pytest.fixture(autouse=True)
def _dkimpys_clock() -> Iterator[None]:
    with patch("dkim.time.time", return_value=NOW.timestamp()):
        yield


def ask(
    octets: bytes, zone: Zone | None = None, *, body: BodyState = BodyState.COMPLETE, at: datetime | None = None
) -> tuple[DkimCheck, SecondOpinion]:
    message, lookup = read(octets), answers(zone_for("rsa2048") if zone is None else zone)
    checks = check_dkim(message, lookup, at=at, now=NOW, body=body)
    return checks[0], second_opinion(message, checks, lookup)[0]


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("name", ["rsa512", "rsa1024", "rsa2048", "ed25519"])
def test_dkimpy_agrees_on_sound_and_on_changed_messages(name: str, how: str) -> None:
    for octets in (sign(MAIL, name, canonicalization=how), own_sign(MAIL, name, tags={"c": how})):
        changed = (octets, octets.replace(b"lost", b"won"), octets.replace(b"Suzie", b"Susan"), octets + b"x\r\n")
        for each in changed:
            assert ask(each, zone_for(name))[1] == SecondOpinion(0, Opinion.AGREES)


@pytest.mark.parametrize(
    "zone",
    [
        {},
        {KEY_NAME: "v=DKIM1; p="},
        {KEY_NAME: "v=DKIM2; p=AAAA"},
        {KEY_NAME: key_record("ed25519")},
        {KEY_NAME: key_record("rsa2048b")},
        {KEY_NAME: [key_record("rsa2048b"), key_record("rsa2048")]},
        {KEY_NAME: key_record("rsa2048", bare=True)},
        {KEY_NAME: key_record("rsa2048", extra="t=y; s=email; h=sha256; ")},
        {KEY_NAME: "garbage"},
        {KEY_NAME: b"\xff\xfe"},
    ],
)
def test_dkimpy_agrees_whatever_the_key(zone: Zone) -> None:
    assert ask(own_sign(MAIL), zone)[1] == SecondOpinion(0, Opinion.AGREES)


@pytest.mark.parametrize(
    "tags",
    [
        {"v": "2"},
        {"v": None},
        {"a": "rsa-md5"},
        {"c": "nofws"},
        {"c": "relaxed"},
        {"c": None},
        {"i": "joe@example.org"},
        {"i": "joe@sub.example.com"},
        {"q": "http/get"},
        {"q": "dns/txt"},
        {"d": "a..b"},
        {"d": "example.net"},
        {"h": "from:to:from:cc:cc"},
        {"h": "From : To"},
        {"z": "From:x|To:y"},
        {"t": "1795000000", "x": "1896000000"},
        {"t": "soon"},
        {"t": "9" * 5000},
        {"b": "AAAA"},
    ],
)
def test_dkimpy_agrees_on_odd_fields(tags: dict[str, str | None]) -> None:
    assert ask(own_sign(MAIL, tags=tags))[1] == SecondOpinion(0, Opinion.AGREES)


def known(detail: str) -> SecondOpinion:
    return SecondOpinion(0, Opinion.KNOWN_DEVIATION, detail)


@pytest.mark.parametrize(
    ("tags", "detail"),
    [
        ({"a": "rsa-sha1"}, "rsa-sha1"),
        ({"h": "to:subject"}, "from-not-signed"),
        ({"t": "1795249000", "x": "1795249000"}, "x-equals-t"),
        ({"l": "9999"}, "l-too-long"),
        ({"t": "1795280000"}, "own-clock"),
        ({"t": "1790000000", "x": "1790600000"}, "own-clock"),
        ({"q": "x/y:dns/txt"}, "query-list"),
        ({"i": "joe=40example.com"}, "encoded-identity"),
        ({"x-odd": "1"}, "loose-syntax"),
    ],
)
def test_what_dkimpy_is_known_to_see_otherwise_in_the_field(tags: dict[str, str | None], detail: str) -> None:
    assert ask(own_sign(MAIL, tags=tags))[1] == known(detail)


@pytest.mark.parametrize(
    ("record", "detail"),
    [
        (key_record("rsa2048", extra="h=sha1; "), "key-hash"),
        (key_record("rsa2048", extra="t=s; "), "key-strict"),
        (key_record("rsa2048", extra="s=email:x; "), "key-services"),
        (key_record("rsa2048", extra="s=; "), "key-services"),
        (key_record("rsa2048").removeprefix("v=DKIM1; ") + "; v=DKIM1", "key-version-place"),
        (key_record("rsa2048", extra="x-odd=1; "), "loose-key"),
    ],
)
def test_what_dkimpy_is_known_to_see_otherwise_in_the_key(record: str, detail: str) -> None:
    octets = own_sign(MAIL, tags={"i": "joe@sub.example.com"})
    assert ask(octets, {KEY_NAME: record})[1] == known(detail)


def test_what_dkimpy_is_known_to_see_otherwise_in_the_message() -> None:
    signed = own_sign(MAIL)
    assert ask(b"From: evil@example.org\r\n" + signed)[1] == known("second-from")
    assert ask(b"no colon here\r\n" + signed)[1] == known("stray-lines")
    assert ask(b"X-Odd : 1\r\n" + signed)[1] == known("stray-lines")
    assert ask(own_sign(MAIL.rstrip(b"\r\n") + b" "))[1] == known("blank-end")
    assert ask(own_sign(MAIL, "ed25519").replace(b"==\r\nReceived", b"\r\nReceived"), zone_for("ed25519"))[1] == known(
        "unpadded"
    )


def test_white_space_after_the_value_is_a_known_deviation_in_simple_form() -> None:
    octets = own_sign(MAIL, tags={"c": "simple/simple"})
    field, rest = octets.removesuffix(MAIL), MAIL
    found, opinion = ask(field.removesuffix(b"\r\n") + b" ;\r\n" + rest)
    assert (found.code, opinion.opinion) == ("hash.header", Opinion.AGREES)


def test_expiry_on_arrival_is_a_known_deviation_within_dkimpys_slack() -> None:
    octets = own_sign(MAIL, tags={"t": "1795240000", "x": "1795240600"})
    found, opinion = ask(octets, at=NOW)
    assert (found.code, opinion) == ("sig.expired", known("own-clock"))


def test_a_difference_nothing_explains_is_shown() -> None:
    with patch("dkim.DKIM.verify", return_value=False):
        assert ask(own_sign(MAIL))[1] == SecondOpinion(0, Opinion.DISAGREES, "False")
    with patch("dkim.DKIM.verify", side_effect=RecursionError("deep")):
        assert ask(own_sign(MAIL))[1] == SecondOpinion(0, Opinion.DISAGREES, "RecursionError: deep")
    with patch("dkim.DKIM.verify", return_value=True):
        assert ask(own_sign(MAIL).replace(b"lost", b"won"))[1].opinion is Opinion.DISAGREES


def test_a_hash_that_differs_is_never_explained_away() -> None:
    octets = own_sign(MAIL, tags={"a": "rsa-sha1"}).replace(b"lost", b"won")
    with patch("dkim.DKIM.verify", return_value=True):
        assert ask(octets)[1].opinion is Opinion.DISAGREES


def not_asked(why: str) -> SecondOpinion:
    return SecondOpinion(0, Opinion.NOT_ASKED, why)


def test_dkimpy_is_not_asked_where_it_could_say_nothing() -> None:
    signed = own_sign(MAIL)
    assert ask(signed, body=BodyState.MISSING)[1] == not_asked("no-body")
    assert ask(signed, {KEY_NAME: Failure.TIMEOUT})[1] == not_asked("no-key")


def test_dkimpy_is_not_asked_what_it_takes_too_long_over() -> None:
    signed = own_sign(MAIL)
    assert ask(signed + b"x" * 1024 * 1024)[1] == not_asked("size")
    assert ask(signed + b" " * 1001 + b"x\r\n")[1] == not_asked("blanks")
    assert ask(signed + (b" " * 999 + b"x\r\n") * 60)[1] == not_asked("blanks")
    assert ask(signed.removesuffix(MAIL) * 5 + signed)[1] == not_asked("signatures")
    many = own_sign(
        b"".join(b"a%d: x\r\n" % n for n in range(1500)) + MAIL, tags={"h": "from:" + ":".join(["x"] * 1500)}
    )
    assert ask(many)[1] == not_asked("fields")
    folded = own_sign(b"X-Long: a\r\n" + b"\tfolded\r\n" * 20_000 + MAIL)
    assert ask(folded)[1] == not_asked("fields")
    assert ask(own_sign(b"X-Long: a\r\n" + b"\tfolded\r\n" * 2_000 + MAIL))[1].opinion is Opinion.AGREES


def test_dkimpy_is_not_asked_about_a_huge_key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SECOND_OPINION_MAX_KEY_BITS", 2047)
    assert ask(own_sign(MAIL))[1] == not_asked("key-size")


def test_every_check_gets_its_own_opinion() -> None:
    octets = own_sign(own_sign(MAIL, "ed25519", tags={"s": "ed"}).replace(b"lost", b"won"))
    zone = {**zone_for("rsa2048"), **zone_for("ed25519", selector="ed")}
    message, lookup = read(octets), answers(zone)
    checks = check_dkim(message, lookup, at=None, now=NOW, body=BodyState.COMPLETE)
    assert [found.code for found in checks] == [None, "hash.body"]
    assert [each.opinion for each in second_opinion(message, checks, lookup)] == [Opinion.AGREES] * 2


def test_failures_of_dkimpy_write_nothing(capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture) -> None:
    ask(own_sign(MAIL), {})
    assert capsys.readouterr() == ("", "")
    assert caplog.records == []


def test_the_room_is_loaded_without_dkimpy() -> None:
    code = "import sys, headerlens.verify.second_opinion, headerlens.verify.arc; print('dkim' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
