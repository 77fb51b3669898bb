"""DKIM-Signature fields and the signed fields of ARC."""

import base64

import pytest

from headerlens.model.message import HeaderField
from headerlens.model.records import Canonicalization, DkimSignature
from headerlens.parse.dkim import ArcKind, parse_signature
from headerlens.parse.header import split_fields

SOUND = "v=1; a=rsa-sha256; d=example.com; s=s1; h=From:To; bh=YWJj; b=ZGVm"


def field_of(value: str | bytes, name: str = "DKIM-Signature") -> HeaderField:
    octets = name.encode() + b":" + (value.encode() if isinstance(value, str) else value) + b"\r\n"
    return split_fields(b"X: 1\r\n" + octets)[0][1]


def read(value: str | bytes, arc: ArcKind | None = None) -> DkimSignature:
    return parse_signature(field_of(value), arc=arc)


def codes(value: str | bytes, arc: ArcKind | None = None) -> list[str]:
    return [fault.code for fault in read(value, arc).faults]


def test_a_sound_field_has_no_fault_and_its_defaults() -> None:
    signature = read(SOUND)
    assert signature.faults == ()
    assert (signature.domain, signature.selector, signature.identity) == ("example.com", "s1", "@example.com")
    assert (signature.signature, signature.body_hash) == (b"def", b"abc")
    assert signature.header_canonicalization is signature.body_canonicalization is Canonicalization.SIMPLE
    assert signature.signed_names == ("from", "to")
    assert signature.field_index == 1
    assert signature.length is signature.timestamp is signature.expiry is signature.instance is None


def test_every_tag_is_read() -> None:
    signature = read(
        SOUND + "; c=relaxed/simple; l=12; t=100; x=200; q=other:dns/txt; z=From:a|To:b; i=joe@a.example.com"
    )
    assert signature.faults == ()
    assert signature.header_canonicalization is Canonicalization.RELAXED
    assert (signature.length, signature.timestamp, signature.expiry) == (12, 100, 200)
    assert signature.copied_fields == "From:a|To:b"
    assert signature.identity == "joe@a.example.com"


def test_one_word_of_canonicalization_is_for_the_header() -> None:
    signature = read(SOUND + "; c=relaxed")
    assert signature.header_canonicalization is Canonicalization.RELAXED
    assert signature.body_canonicalization is Canonicalization.SIMPLE


@pytest.mark.parametrize(
    ("value", "code"),
    [
        (SOUND.replace("h=From:To", "h"), "sig.syntax"),
        (SOUND + "; ; x=1", "sig.syntax"),
        (SOUND.replace("b=ZGVm", "b=!!!"), "sig.syntax"),
        (SOUND.replace("b=ZGVm", "b="), "sig.syntax"),
        (SOUND.replace("bh=YWJj", "bh=Y"), "sig.syntax"),
        (SOUND.replace("d=example.com", "d=a..b"), "sig.syntax"),
        (SOUND.replace("d=example.com", "d=" + "a" * 300), "sig.syntax"),
        (SOUND.replace("d=example.com", "d="), "sig.syntax"),
        (SOUND.replace("s=s1", "s=a b"), "sig.syntax"),
        (SOUND + "; t=x", "sig.syntax"),
        (SOUND + "; t=1234567890123", "sig.syntax"),
        (SOUND + "; x=" + "9" * 5000, "sig.syntax"),
        (SOUND + "; l=" + "9" * 77, "sig.syntax"),
        (SOUND + "; i=example.com", "sig.syntax"),
        (SOUND + "; d=example.com", "sig.duplicate_tag"),
        (SOUND.replace("v=1", "v=2"), "sig.version"),
        (SOUND.replace("v=1", "v=0.5"), "sig.version"),
        (SOUND + "; i=a@example.org", "sig.domain_mismatch"),
        (SOUND + "; i=a@badexample.com", "sig.domain_mismatch"),
        (SOUND.replace("From:", ""), "sig.from_not_signed"),
        (SOUND.replace("rsa-sha256", "rsa-sha512"), "sig.alg_unknown"),
        (SOUND.replace("rsa-sha256", "RSA-SHA256"), "sig.alg_unknown"),
        (SOUND.replace("rsa-sha256", "rsa-sha1"), "sig.alg_weak"),
        (SOUND + "; c=nowsp", "sig.canon_unknown"),
        (SOUND + "; c=", "sig.canon_unknown"),
        (SOUND + "; c=relaxed/relaxed/relaxed", "sig.canon_unknown"),
        (SOUND + "; q=http/get", "sig.query_unknown"),
        (SOUND + "; t=200; x=200", "sig.x_before_t"),
    ],
)
def test_what_the_field_alone_shows_is_a_fault(value: str, code: str) -> None:
    assert code in codes(value)


@pytest.mark.parametrize("tag", ["v", "a", "b", "bh", "d", "h", "s"])
def test_each_tag_that_must_be_there_is_missed(tag: str) -> None:
    left = "; ".join(item for item in SOUND.split("; ") if not item.startswith(tag + "="))
    faults = read(left).faults
    assert [(fault.code, fault.detail) for fault in faults if fault.code == "sig.missing_tag"] == [
        ("sig.missing_tag", tag)
    ]


def test_faults_come_in_the_order_of_a_verifier() -> None:
    value = "v=2; a=rsa-md5; d=example.com; s=s1; h=To; bh=YWJj; i=a@b.example; c=x; q=y; x=1; t=2; s=s2"
    assert codes(value) == [
        "sig.duplicate_tag",
        "sig.version",
        "sig.missing_tag",
        "sig.domain_mismatch",
        "sig.from_not_signed",
        "sig.alg_unknown",
        "sig.canon_unknown",
        "sig.query_unknown",
        "sig.x_before_t",
    ]


def test_a_fault_points_at_its_tag() -> None:
    field = field_of(SOUND + "; t=x")
    octets = b"X: 1\r\n" + field.raw
    fault = parse_signature(field).faults[0]
    assert octets[fault.start : fault.end] == b"t=x"


def test_quoted_printable_in_i_is_decoded() -> None:
    assert read(SOUND + "; i=j=6Fe=40example.com").identity == "joe@example.com"
    assert codes(SOUND + "; i=j=6Fe=40example.com") == []


def test_u_labels_become_a_labels_and_stay_as_written() -> None:
    signature = read(
        SOUND.replace("d=example.com; s=s1", "d=Bücher.example; s=schlüssel") + "; i=jö@büro.bücher.example"
    )
    assert signature.faults == ()
    assert (signature.domain, signature.domain_written) == ("xn--bcher-kva.example", "Bücher.example")
    assert signature.selector == "xn--schlssel-95a"
    assert signature.identity == "jö@büro.bücher.example"


def test_folds_inside_values_do_not_matter() -> None:
    signature = read("v=1; a=rsa-sha256; d=example.com;\r\n\ts=s1; h=From :\r\n To; bh=YW\r\n Jj;\r\n b=ZG\r\n\tVm;")
    assert (signature.signed_names, signature.body_hash, signature.signature) == (("from", "to"), b"abc", b"def")
    assert signature.faults == ()


def test_a_message_signature_of_arc_needs_no_version_and_no_from() -> None:
    signature = read("i=2; a=rsa-sha256; d=example.com; s=s1; h=to; bh=YWJj; b=ZGVm", "ams")
    assert (signature.faults, signature.instance) == ((), 2)


def test_a_message_signature_without_c_is_relaxed() -> None:
    assert read("i=2; a=rsa-sha256", "ams").body_canonicalization is Canonicalization.RELAXED


def test_a_message_signature_may_not_sign_the_seal() -> None:
    assert codes("i=1; a=rsa-sha256; d=example.com; s=s1; h=arc-seal; bh=YWJj; b=ZGVm", "ams") == ["arc.seal_signed"]


@pytest.mark.parametrize("instance", ["", "0", "51", "a", "-1", "1.0"])
def test_an_instance_outside_1_to_50_is_a_fault(instance: str) -> None:
    assert codes(f"i={instance}; a=rsa-sha256; cv=none; d=example.com; s=s1; b=ZGVm", "seal") == ["arc.instance"]


def test_a_seal_may_not_have_h() -> None:
    value = "i=1; a=rsa-sha256; cv=none; d=example.com; s=s1; b=ZGVm"
    assert codes(value, "seal") == []
    assert codes(value + "; h=from", "seal") == ["arc.seal_h"]


def test_a_huge_field_is_read_in_linear_time() -> None:
    value = SOUND + ";" + "a=;" * 200_000 + base64.b64encode(b"x" * 100_000).decode()
    assert "sig.duplicate_tag" in codes(value)
