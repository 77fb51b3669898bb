"""DKIM from end to end: every code raised once and not raised once, header and body each on its own."""

import base64
import hashlib
from datetime import UTC, datetime, timedelta

import pytest

from headerlens.model.dns import Failure, Outcome, Question
from headerlens.model.limits import MAX_SIGNATURES_CHECKED
from headerlens.model.message import BodyState
from headerlens.model.verdicts import AtReceipt, DkimCheck, Match, Result, Signer
from headerlens.verify.dkim import check_dkim
from tests.support.signing import MAIL, SIGNED_NAMES, Zone, answers, key_record, own_sign, read, sign, zone_for

NOW = datetime(2026, 11, 21, 8, 20, tzinfo=UTC)
KEY_NAME = "s1._domainkey.example.com"
HOWS = ["relaxed/relaxed", "relaxed/simple", "simple/relaxed", "simple/simple"]


def check(
    octets: bytes,
    zone: Zone | None = None,
    *,
    at: datetime | None = None,
    body: BodyState = BodyState.COMPLETE,
    asked: list[Question] | None = None,
) -> DkimCheck:
    ask = answers(zone_for("rsa2048") if zone is None else zone, asked)
    return check_dkim(read(octets), ask, at=at, now=NOW, body=body)[0]


def verdict(found: DkimCheck) -> tuple[Result, str | None, Match, Match]:
    return found.result, found.code, found.header_hash, found.body_hash


def notes(found: DkimCheck) -> set[str]:
    return {note.code for note in found.notes}


PASSES = (Result.PASS, None, Match.MATCH, Match.MATCH)


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("name", ["rsa1024", "rsa2048", "ed25519"])
def test_what_dkimpy_and_the_small_signer_sign_passes(name: str, how: str) -> None:
    for octets in (sign(MAIL, name, canonicalization=how), own_sign(MAIL, name, tags={"c": how})):
        assert verdict(check(octets, zone_for(name))) == PASSES


@pytest.mark.parametrize("how", HOWS)
def test_header_and_body_are_judged_apart(how: str) -> None:
    octets = own_sign(MAIL, tags={"c": how})
    body_changed, header_changed = octets.replace(b"lost", b"won"), octets.replace(b"Suzie", b"Susan")
    assert verdict(check(body_changed)) == (Result.FAIL, "hash.body", Match.MATCH, Match.MISMATCH)
    assert verdict(check(header_changed)) == (Result.FAIL, "hash.header", Match.MISMATCH, Match.MATCH)


def test_with_both_hashes_wrong_the_body_gives_the_code_and_the_header_a_note() -> None:
    found = check(own_sign(MAIL).replace(b"lost", b"won").replace(b"Suzie", b"Susan"))
    assert verdict(found) == (Result.FAIL, "hash.body", Match.MISMATCH, Match.MISMATCH)
    assert "hash.header" in notes(found)
    assert "hash.header" not in notes(check(own_sign(MAIL).replace(b"lost", b"won")))


def test_both_body_hashes_are_shown() -> None:
    octets = own_sign(MAIL)
    found = check(octets)
    assert found.expected_body_hash == found.actual_body_hash
    changed = check(octets.replace(b"lost", b"won"))
    assert changed.expected_body_hash == found.expected_body_hash != changed.actual_body_hash


def test_without_a_body_a_good_header_is_never_a_pass() -> None:
    head = own_sign(MAIL).partition(b"\r\n\r\n")[0] + b"\r\n"
    good = check(head, body=BodyState.MISSING)
    assert verdict(good) == (Result.NEUTRAL, "body.missing", Match.MATCH, Match.UNCHECKED)
    assert good.actual_body_hash is None
    bad = check(head.replace(b"Suzie", b"Susan"), body=BodyState.MISSING)
    assert verdict(bad) == (Result.FAIL, "hash.header", Match.MISMATCH, Match.UNCHECKED)


@pytest.mark.parametrize(
    ("tags", "result", "code"),
    [
        ({"i": "joe@example.org"}, Result.NEUTRAL, "sig.domain_mismatch"),
        ({"v": "2"}, Result.NEUTRAL, "sig.version"),
        ({"v": None}, Result.NEUTRAL, "sig.missing_tag"),
        ({"h": "to:subject"}, Result.PERMERROR, "sig.from_not_signed"),
        ({"a": "rsa-sha1"}, Result.POLICY, "sig.alg_weak"),
        ({"q": "http/get"}, Result.NEUTRAL, "sig.query_unknown"),
        ({"t": "1795000000", "x": "1794000000"}, Result.NEUTRAL, "sig.x_before_t"),
        ({"t": "soon"}, Result.NEUTRAL, "sig.syntax"),
        ({"t": "1800000000"}, Result.NEUTRAL, "sig.future"),
    ],
)
def test_a_broken_rule_gives_the_code_and_both_hashes_are_judged_all_the_same(
    tags: dict[str, str | None], result: Result, code: str
) -> None:
    assert verdict(check(own_sign(MAIL, tags=tags))) == (result, code, Match.MATCH, Match.MATCH)


def test_a_broken_rule_hides_no_change() -> None:
    found = check(own_sign(MAIL, tags={"h": "to:subject"}).replace(b"lost", b"won").replace(b"Suzie", b"Susan"))
    assert verdict(found) == (Result.PERMERROR, "sig.from_not_signed", Match.MISMATCH, Match.MISMATCH)


@pytest.mark.parametrize(
    ("tags", "code"), [({"a": "rsa-md5"}, "sig.alg_unknown"), ({"c": "nofws/simple"}, "sig.canon_unknown")]
)
def test_what_nobody_can_compute_is_left_unchecked(tags: dict[str, str | None], code: str) -> None:
    found = check(own_sign(MAIL, tags=tags))
    assert verdict(found) == (Result.NEUTRAL, code, Match.UNCHECKED, Match.UNCHECKED)


def test_an_unreadable_domain_asks_nothing() -> None:
    asked: list[Question] = []
    found = check(own_sign(MAIL, tags={"d": "a..b"}), asked=asked)
    assert verdict(found) == (Result.NEUTRAL, "sig.syntax", Match.UNCHECKED, Match.MATCH)
    assert (asked, found.key) == ([], None)


def test_the_question_is_selector_domainkey_domain() -> None:
    asked: list[Question] = []
    check(own_sign(MAIL), asked=asked)
    assert asked == [Question(KEY_NAME, "TXT")]


def test_an_internationalised_domain_is_asked_in_a_labels() -> None:
    asked: list[Question] = []
    zone = {"s1._domainkey.xn--bcher-kva.example": key_record("rsa2048")}
    found = check(own_sign(MAIL, tags={"d": "bücher.example", "i": "jö@bücher.example"}), zone, asked=asked)
    assert verdict(found) == PASSES
    assert asked == [Question("s1._domainkey.xn--bcher-kva.example", "TXT")]


@pytest.mark.parametrize(
    ("zone", "result", "code"),
    [
        ({}, Result.PERMERROR, "key.none"),
        ({KEY_NAME: Outcome.NO_DATA}, Result.PERMERROR, "key.none"),
        ({KEY_NAME: Failure.TIMEOUT}, Result.TEMPERROR, "key.unavailable"),
        ({KEY_NAME: Failure.SERVFAIL}, Result.TEMPERROR, "key.unavailable"),
        ({KEY_NAME: "v=DKIM1; p="}, Result.PERMERROR, "key.revoked"),
        ({KEY_NAME: "v=DKIM1; p=?"}, Result.PERMERROR, "key.syntax"),
        ({KEY_NAME: "v=DKIM9; p=AAAA"}, Result.PERMERROR, "key.version"),
        ({KEY_NAME: key_record("ed25519")}, Result.PERMERROR, "key.type"),
        ({KEY_NAME: "v=DKIM1; k=x; p=AAAA"}, Result.PERMERROR, "key.type"),
    ],
)
def test_a_key_that_cannot_serve_gives_the_code_and_the_body_is_judged(zone: Zone, result: Result, code: str) -> None:
    assert verdict(check(own_sign(MAIL), zone)) == (result, code, Match.UNCHECKED, Match.MATCH)


@pytest.mark.parametrize(
    ("extra", "code"),
    [
        ("h=sha1; ", "key.hash"),
        ("s=tlsrpt; ", "key.service"),
        ("s=other:more; ", "key.service"),
        ("t=s; ", "key.i_not_d"),
    ],
)
def test_a_key_that_forbids_its_use_is_still_tried(extra: str, code: str) -> None:
    octets = own_sign(MAIL, tags={"i": "joe@sub.example.com"})
    expected = (Result.PERMERROR, code, Match.MATCH, Match.MATCH)
    assert verdict(check(octets, zone_for("rsa2048", extra=extra))) == expected


@pytest.mark.parametrize("extra", ["h=sha1:sha256; ", "s=*; ", "s=x:email; ", "n=s; "])
def test_a_key_that_allows_its_use_passes(extra: str) -> None:
    octets = own_sign(MAIL, tags={"i": "joe@sub.example.com"})
    assert verdict(check(octets, zone_for("rsa2048", extra=extra))) == PASSES


def test_strict_identity_asks_for_the_same_domain_only() -> None:
    octets = own_sign(MAIL, tags={"i": "joe@EXAMPLE.com"})
    assert verdict(check(octets, zone_for("rsa2048", extra="t=s; "))) == PASSES
    assert verdict(check(own_sign(MAIL), zone_for("rsa2048", extra="t=s; "))) == PASSES


def test_a_short_key_is_refused_although_it_fits() -> None:
    found = check(own_sign(MAIL, "rsa512"), zone_for("rsa512"))
    assert verdict(found) == (Result.POLICY, "key.short", Match.MATCH, Match.MATCH)


def test_a_weak_key_and_a_key_in_testing_pass_with_a_note() -> None:
    weak = check(own_sign(MAIL, "rsa1024"), zone_for("rsa1024", extra="t=y; "))
    assert verdict(weak) == PASSES
    assert notes(weak) == {"key.weak", "key.testing"}
    assert notes(check(own_sign(MAIL))) == set()
    assert notes(check(own_sign(MAIL, "ed25519"), zone_for("ed25519"))) == set()


@pytest.mark.parametrize("place", [0, 1, 2])
def test_of_several_keys_the_one_that_fits_counts(place: int) -> None:
    records = [key_record("rsa2048b"), "v=spf1 -all"]
    records.insert(place, key_record("rsa2048"))
    found = check(own_sign(MAIL), {KEY_NAME: records})
    assert verdict(found) == PASSES
    assert notes(found) == {"key.several"}


def test_of_several_keys_that_do_not_fit_a_usable_one_gives_the_reason() -> None:
    found = check(own_sign(MAIL), {KEY_NAME: [key_record("rsa2048b"), "v=DKIM1; p="]})
    assert verdict(found) == (Result.FAIL, "hash.header", Match.MISMATCH, Match.MATCH)


@pytest.mark.parametrize(
    ("records", "code"),
    [(["v=DKIM1; p=", "v=DKIM1; p=?"], "key.syntax"), (["v=DKIM1; p=?", "v=DKIM1; p="], "key.revoked")],
)
def test_of_several_keys_that_cannot_serve_the_last_error_counts(records: list[str], code: str) -> None:
    assert check(own_sign(MAIL), {KEY_NAME: records}).code == code


def test_rsa_tells_a_changed_header_from_another_key() -> None:
    octets = own_sign(MAIL)
    changed = check(octets.replace(b"Suzie", b"Susan"))
    assert changed.signer is Signer.THIS_KEY
    assert changed.recovered_digest is not None
    assert len(changed.recovered_digest) == hashlib.sha256().digest_size
    other = check(octets, zone_for("rsa2048b"))
    assert (other.signer, other.recovered_digest) == (Signer.OTHER_KEY, None)
    assert verdict(other) == (Result.FAIL, "hash.header", Match.MISMATCH, Match.MATCH)


def test_ed25519_does_not_tell_who_signed_a_changed_header() -> None:
    changed = check(own_sign(MAIL, "ed25519").replace(b"Suzie", b"Susan"), zone_for("ed25519"))
    assert (changed.header_hash, changed.signer) == (Match.MISMATCH, Signer.UNKNOWN)


def test_octets_after_l_are_counted_and_remarked_on() -> None:
    octets = own_sign(MAIL, body_length=20)
    found = check(octets + b"Buy now!\r\n")
    assert verdict(found) == PASSES
    assert found.unsigned_octets is not None
    assert found.unsigned_octets > 20
    assert "body.unsigned" in notes(found)


def test_an_l_of_the_whole_body_leaves_nothing_unsigned() -> None:
    found = check(sign(MAIL, length=True))
    assert (verdict(found), found.unsigned_octets, notes(found)) == (PASSES, 0, set())
    assert check(sign(MAIL)).unsigned_octets is None


def test_l_of_nothing_signs_no_body() -> None:
    found = check(own_sign(MAIL, body_length=0).partition(b"\r\n\r\n")[0] + b"\r\n\r\nanything\r\n")
    assert (verdict(found), found.unsigned_octets) == (PASSES, len("anything\r\n"))


def test_l_beyond_the_body_fails() -> None:
    found = check(own_sign(MAIL, tags={"l": "9999"}))
    assert verdict(found) == (Result.FAIL, "body.l_too_long", Match.MATCH, Match.MATCH)
    cut = check(own_sign(MAIL, body_length=30).partition(b"\r\n\r\n")[0] + b"\r\n\r\nHi.\r\n")
    assert verdict(cut) == (Result.FAIL, "body.l_too_long", Match.MATCH, Match.MISMATCH)


def test_fields_left_out_and_fields_protected_are_named() -> None:
    found = check(own_sign(MAIL, tags={"h": "from:from:to:date"}))
    assert found.unsigned_names == ("subject", "message-id")
    assert found.oversigned_names == ("from",)
    assert [signed.name for signed in found.signed_fields] == ["from", "from", "to", "date"]


def test_a_field_added_above_shows_as_unsigned_or_breaks_an_oversigned_name() -> None:
    added = b"Subject: Win a prize\r\n"
    plain = check(added + own_sign(MAIL))
    assert verdict(plain) == PASSES
    assert plain.unsigned_names == ("subject",)
    names = ":".join([*SIGNED_NAMES, "subject"])
    assert check(added + own_sign(MAIL, tags={"h": names})).code == "hash.header"


def test_a_domain_nobody_owns_is_remarked_on() -> None:
    zone = {"s1._domainkey.co.jp": key_record("rsa2048")}
    found = check(own_sign(MAIL, tags={"d": "co.jp"}), zone)
    assert verdict(found) == PASSES
    assert "sig.domain_unacceptable" in notes(found)


def test_expiry_is_judged_by_the_time_of_receipt() -> None:
    signed = datetime(2026, 11, 1, tzinfo=UTC)
    expires = signed + timedelta(days=3)
    octets = own_sign(MAIL, tags={"t": str(int(signed.timestamp())), "x": str(int(expires.timestamp()))})
    on_time = check(octets, at=signed + timedelta(hours=1))
    assert (verdict(on_time), on_time.at_receipt, notes(on_time)) == (PASSES, AtReceipt.VALID, {"sig.expired_now"})
    late = check(octets, at=expires + timedelta(days=1))
    assert verdict(late) == (Result.POLICY, "sig.expired", Match.MATCH, Match.MATCH)
    assert late.at_receipt is AtReceipt.EXPIRED
    unknown = check(octets)
    assert (verdict(unknown), unknown.at_receipt) == (PASSES, AtReceipt.UNKNOWN)
    assert notes(unknown) == {"sig.expired_now"}


def test_signatures_stand_alone_and_keep_their_order() -> None:
    octets = own_sign(own_sign(MAIL, "ed25519", tags={"s": "ed"}), tags={"d": "example.org"})
    zone = {"ed._domainkey.example.com": key_record("ed25519"), "s1._domainkey.example.org": Failure.TIMEOUT}
    checks = check_dkim(read(octets), answers(zone), at=None, now=NOW, body=BodyState.COMPLETE)
    assert [(found.index, found.result) for found in checks] == [(0, Result.TEMPERROR), (1, Result.PASS)]


def test_signatures_beyond_the_limit_are_listed_and_not_checked() -> None:
    octets = MAIL
    for _ in range(MAX_SIGNATURES_CHECKED + 2):
        octets = own_sign(MAIL).removesuffix(MAIL) + octets
    asked: list[Question] = []
    checks = check_dkim(read(octets), answers(zone_for("rsa2048"), asked), at=None, now=NOW, body=BodyState.COMPLETE)
    assert [found.code for found in checks] == [None] * MAX_SIGNATURES_CHECKED + ["sig.not_checked"] * 2
    assert checks[-1].result is Result.NEUTRAL
    assert len(asked) == MAX_SIGNATURES_CHECKED


def test_worthless_signatures_on_top_do_not_hide_the_senders_own() -> None:
    octets = own_sign(MAIL)
    for _ in range(MAX_SIGNATURES_CHECKED + 1):
        octets = own_sign(MAIL, tags={"d": "junk.example.net"}).removesuffix(MAIL) + octets
    checks = check_dkim(read(octets), answers(zone_for("rsa2048")), at=None, now=NOW, body=BodyState.COMPLETE)
    assert checks[-1].result is Result.PASS
    assert [found.code for found in checks].count("sig.not_checked") == 2


def test_a_message_without_signatures_has_no_checks() -> None:
    assert check_dkim(read(MAIL), answers({}), at=None, now=NOW, body=BodyState.COMPLETE) == ()


def test_the_hashes_of_a_lost_body_are_those_of_the_standard() -> None:
    head = own_sign(MAIL).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert check(head).actual_body_hash == base64.b64encode(hashlib.sha256(b"").digest()).decode()
    simple = own_sign(MAIL, tags={"c": "simple/simple"}).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    assert check(simple).actual_body_hash == "frcCV1k9oG9oKj3dpUqdJg1PxRT2RSN/XKdLCPjaYaY="
