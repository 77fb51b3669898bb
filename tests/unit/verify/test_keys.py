"""Keys judged against a signature."""

import pytest

from headerlens.model.dns import Question
from headerlens.model.records import DkimKey, DkimSignature, KeyStatus
from headerlens.verify.keys import find_keys, is_computable, key_code, key_name, key_notes
from tests.support.signing import answers, key_record, read


def signature(tags: str = "a=rsa-sha256; d=Example.com; s=S1") -> DkimSignature:
    return read(f"DKIM-Signature: v=1; {tags}\r\n\r\n".encode()).signatures[0]


def key_with(extra: str = "", name: str = "rsa2048") -> DkimKey:
    return find_keys(signature(), answers({"s1._domainkey.example.com": key_record(name, extra=extra)}))[0]


def test_the_name_is_put_together_in_lower_case() -> None:
    assert key_name(signature()) == "s1._domainkey.example.com"


@pytest.mark.parametrize(
    "tags", ["a=rsa-sha256; d=a..b; s=s1", "a=rsa-sha256; s=s1", "d=example.com", "d=example.com; s=a b"]
)
def test_without_a_readable_domain_and_selector_nothing_is_asked(tags: str) -> None:
    asked: list[Question] = []
    assert find_keys(signature(tags), answers({}, asked)) == ()
    assert asked == []


def test_rules_are_broken_in_the_order_of_the_standard() -> None:
    every = key_with("s=x; h=sha1; t=s; ", "rsa512")
    ed25519 = signature("a=ed25519-sha256; d=example.com; s=s1; i=a@b.example.com")
    assert key_code(ed25519, every) == "key.service"
    assert key_code(ed25519, key_with("h=sha1; t=s; ", "rsa512")) == "key.hash"
    assert key_code(ed25519, key_with("t=s; ", "rsa512")) == "key.type"
    below = signature("a=rsa-sha256; d=example.com; s=s1; i=a@b.example.com")
    assert key_code(below, key_with("t=s; ", "rsa512")) == "key.short"
    assert key_code(below, key_with("t=s; ")) == "key.i_not_d"
    assert key_code(below, key_with()) is None


def test_an_unknown_algorithm_is_not_blamed_on_the_key() -> None:
    assert key_code(signature("a=x; d=example.com; s=s1"), key_with("h=sha1; ")) is None


def test_only_material_of_the_right_type_can_be_computed_with() -> None:
    assert is_computable(signature(), key_with())
    assert is_computable(signature(), key_with(name="rsa512"))
    assert not is_computable(signature(), key_with(name="ed25519"))
    assert not is_computable(signature(), DkimKey("x", KeyStatus.NONE, "key.none"))


def test_a_key_too_long_to_be_tried_is_remarked_on() -> None:
    notes = key_notes(DkimKey("x", KeyStatus.UNUSABLE, "key.syntax", type="rsa", bits=20_000))
    assert [(note.code, note.detail) for note in notes] == [("key.too_long", "20000")]
