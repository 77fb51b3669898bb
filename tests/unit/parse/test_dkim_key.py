"""Key records on their own."""

import base64

import pytest

from headerlens.model.dns import Answer, Failure, Outcome, Question
from headerlens.model.limits import MAX_KEYS_TRIED
from headerlens.model.records import DkimKey, KeyStatus
from headerlens.parse.dkim import parse_key, parse_keys
from tests.support.signing import key_record, public_octets

NAME = "s1._domainkey.example.com"
QUESTION = Question(NAME, "TXT")


def found(*texts: str | bytes) -> Answer:
    records = tuple((text if isinstance(text, bytes) else text.encode(),) for text in texts)
    return Answer(QUESTION, Outcome.FOUND, records)


def read(*texts: str | bytes) -> DkimKey:
    return parse_key(NAME, found(*texts))


@pytest.mark.parametrize(("name", "bits"), [("rsa1024", 1024), ("rsa2048", 2048), ("ed25519", 256)])
def test_a_sound_key_is_found_with_its_size(name: str, bits: int) -> None:
    key = read(key_record(name))
    assert (key.status, key.code, key.bits, key.count) == (KeyStatus.FOUND, None, bits, 1)
    assert key.material == public_octets(name)


def test_a_bare_rsa_key_is_found_too() -> None:
    assert read(key_record("rsa2048", bare=True)).bits == 2048


def test_the_type_is_rsa_where_none_is_given() -> None:
    key = read("p=" + base64.b64encode(public_octets("rsa2048")).decode())
    assert (key.status, key.type) == (KeyStatus.FOUND, "rsa")


def test_a_record_in_pieces_is_one_record() -> None:
    text = key_record("rsa2048").encode()
    key = parse_key(NAME, Answer(QUESTION, Outcome.FOUND, ((text[:255], text[255:]),)))
    assert key.status is KeyStatus.FOUND
    assert key.record == text.decode()


@pytest.mark.parametrize(
    ("text", "status", "code"),
    [
        ("v=DKIM1; p=", KeyStatus.REVOKED, "key.revoked"),
        ("v=DKIM1; p= ; t=y", KeyStatus.REVOKED, "key.revoked"),
        ("", KeyStatus.UNUSABLE, "key.syntax"),
        ("v=spf1 -all", KeyStatus.UNUSABLE, "key.version"),
        ("v=DKIM1", KeyStatus.UNUSABLE, "key.syntax"),
        ("v=DKIM1; k=rsa", KeyStatus.UNUSABLE, "key.syntax"),
        ("v=DKIM1; p=AAAA; p=AAAA", KeyStatus.UNUSABLE, "key.syntax"),
        ("v=DKIM1; p=!", KeyStatus.UNUSABLE, "key.syntax"),
        ("v=DKIM1; p=AAAA", KeyStatus.UNUSABLE, "key.syntax"),
        ("v=DKIM2; p=AAAA", KeyStatus.UNUSABLE, "key.version"),
        ("p=AAAA; v=DKIM1", KeyStatus.UNUSABLE, "key.version"),
        ("v=DKIM1; k=dsa; p=AAAA", KeyStatus.UNUSABLE, "key.type"),
        ("v=DKIM1; k=ed25519; p=AAAA", KeyStatus.UNUSABLE, "key.syntax"),
        (b"v=DKIM1; n=\xff\xfe; p=", KeyStatus.REVOKED, "key.revoked"),
    ],
)
def test_what_cannot_serve_has_its_code(text: str | bytes, status: KeyStatus, code: str) -> None:
    key = read(text)
    assert (key.status, key.code) == (status, code)


def test_a_short_rsa_key_keeps_its_size_and_material() -> None:
    key = read(key_record("rsa512"))
    assert (key.status, key.code, key.bits) == (KeyStatus.UNUSABLE, "key.short", 512)
    assert key.material == public_octets("rsa512")


def test_a_key_beyond_the_limit_is_refused_without_being_used() -> None:
    number = (1 << 16_999) | 1
    body = number.to_bytes(17_000 // 8 + 1, "big")
    inner = b"\x02\x82" + len(body).to_bytes(2, "big") + body + b"\x02\x03\x01\x00\x01"
    octets = b"\x30\x82" + len(inner).to_bytes(2, "big") + inner
    key = read("v=DKIM1; p=" + base64.b64encode(octets).decode())
    assert (key.status, key.code, key.bits, key.material) == (KeyStatus.UNUSABLE, "key.syntax", 17_000, None)


def test_a_key_of_another_kind_inside_rsa_is_a_syntax_error() -> None:
    ed25519 = base64.b64encode(public_octets("ed25519")).decode()
    assert read(f"v=DKIM1; k=rsa; p={ed25519}").code == "key.syntax"
    assert read("v=DKIM1; k=ed25519; p=" + base64.b64encode(public_octets("rsa1024")).decode()).code == "key.syntax"


def test_lists_and_flags_are_read() -> None:
    key = read(key_record("rsa1024", extra="h=sha1:sha256; s=email:x; t=y:s; n=hi; "))
    assert (key.hashes, key.services, key.flags) == (("sha1", "sha256"), ("email", "x"), ("y", "s"))


@pytest.mark.parametrize(
    ("answer", "status", "code"),
    [
        (Answer(QUESTION, Outcome.NO_NAME), KeyStatus.NONE, "key.none"),
        (Answer(QUESTION, Outcome.NO_DATA), KeyStatus.NONE, "key.none"),
        (Answer(QUESTION, Outcome.FOUND), KeyStatus.NONE, "key.none"),
        (Answer(QUESTION, Outcome.FAILED, failure=Failure.BAD_NAME), KeyStatus.NONE, "key.none"),
        (Answer(QUESTION, Outcome.FAILED, failure=Failure.SERVFAIL), KeyStatus.UNAVAILABLE, "key.unavailable"),
        (Answer(QUESTION, Outcome.FAILED, failure=Failure.OFFLINE), KeyStatus.UNAVAILABLE, "key.unavailable"),
        (Answer(QUESTION, Outcome.FAILED), KeyStatus.UNAVAILABLE, "key.unavailable"),
    ],
)
def test_no_answer_is_told_apart_from_no_key(answer: Answer, status: KeyStatus, code: str) -> None:
    key = parse_key(NAME, answer)
    assert (key.name, key.status, key.code) == (NAME, status, code)


def test_of_several_records_the_first_usable_is_the_key() -> None:
    key = read("v=spf1 -all", key_record("rsa1024"), key_record("rsa2048"))
    assert (key.bits, key.count) == (1024, 3)


def test_of_several_unusable_records_the_last_error_counts() -> None:
    assert read("v=DKIM1; p=", "v=DKIM1; k=dsa; p=AAAA").code == "key.type"


def test_no_more_records_are_read_than_may_be_tried() -> None:
    keys = parse_keys(NAME, found(*["v=DKIM1; p="] * 30))
    assert (len(keys), keys[0].count) == (MAX_KEYS_TRIED, 30)
