"""Header changes are made as gateways and lists make them, and the proof must name exactly what was made."""

from __future__ import annotations

import base64
import random
import re
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cache

import pytest

from headerlens.causes.header import HeaderProof, header_causes
from headerlens.model.limits import CAUSE_HEADER_HASHES, CAUSE_HEADER_VERIFICATIONS
from headerlens.model.message import BodyState, Message
from headerlens.model.verdicts import DkimCheck, Match, Signer
from headerlens.verify.dkim import check_dkim
from tests.support.signing import answers, own_sign, plain_field, read, sign, zone_for

NOW = datetime(2026, 11, 21, tzinfo=UTC)
FIELDS = (
    b"From: Joe SixPack <joe@example.com>\r\n"
    b"To: Suzie Q <suzie@example.net>, Bob Builder <bob@example.org>,\r\n Carol <carol@example.org>\r\n"
    b"Cc: dave@example.org\r\n"
    b"Subject: Is dinner\r\n ready?\r\n"
    b"Date: Fri, 20 Nov 2026 10:00:00 +0000\r\n"
    b"Message-ID: <20261120@example.com>\r\n"
    b"MIME-Version: 1.0\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: 8bit\r\n"
)
BODY = b"\r\nHi.\r\n\r\nWe lost the game.\r\n"
NAMES = (
    "from",
    "to",
    "cc",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "content-transfer-encoding",
)
BOTH = ("relaxed/relaxed", "simple/simple")
KEYS = ("rsa2048", "ed25519")
AUTHOR = b"From: Joe SixPack <joe@example.com>"
LIST = b" <friends@lists.example.org>"

Changer = Callable[[bytes], bytes]


def put(old: bytes, new: bytes, *more: bytes) -> Changer:
    """The first `old` becomes `new`, then further pairs."""

    def change(octets: bytes) -> bytes:
        pairs = (old, new, *more)
        for before, after in zip(pairs[::2], pairs[1::2], strict=True):
            assert before in octets, before
            octets = octets.replace(before, after, 1)
        return octets

    return change


def _quoted(octet: int) -> bytes:
    """Letters as they are, a blank as "_"."""
    if octet == 0x20:
        return b"_"
    return bytes((octet,)) if octet < 0x7F else b"=%02X" % octet


def encoded(text: str, charset: str = "UTF-8", letter: str = "B") -> bytes:
    """One encoded word, by the standard library's own codecs."""
    octets = text.encode(charset)
    inside = base64.b64encode(octets) if letter == "B" else b"".join(_quoted(octet) for octet in octets)
    return b"=?" + charset.encode() + b"?" + letter.encode() + b"?" + inside + b"?="


CHANGES: dict[str, tuple[Changer, set[str]]] = {
    "tag": (put(b"Subject: ", b"Subject: [EXTERNAL] "), {"subject-tag"}),
    "tag without a blank": (put(b"Subject: ", b"Subject: [EXT]"), {"subject-tag"}),
    "starred tag": (put(b"Subject: ", b"Subject: ***SPAM*** "), {"subject-tag"}),
    "braces": (put(b"Subject: ", b"Subject: {Spam?} "), {"subject-tag"}),
    "word and colon": (put(b"Subject: ", b"Subject: EXT: "), {"subject-tag"}),
    "three tags": (put(b"Subject: ", b"Subject: [list] [EXTERNAL] *****SPAM***** "), {"subject-tag"}),
    "full-width brackets": (put(b"Subject: ", "Subject: 【外部】".encode()), {"subject-tag"}),
    "tag at the end": (put(b"ready?", b"ready? (external)"), {"subject-tag"}),
    "words in front": (put(b"Subject: ", b"Subject: Suspected junk mail - "), {"subject-text"}),
    "From rewritten, Reply-To kept": (
        put(AUTHOR, b"From: Joe SixPack via Friends" + LIST + b"\r\nReply-To: Joe SixPack <joe@example.com>"),
        {"author-rewritten"},
    ),
    "From rewritten by a Google group": (
        put(AUTHOR, b"From: \"'Joe SixPack' via Friends\"" + LIST + b"\r\nX-Original-" + AUTHOR),
        {"author-rewritten"},
    ),
    "From rewritten, only the sender's address kept": (
        put(AUTHOR, b"From: \"'Joe SixPack' via Friends\"" + LIST + b"\r\nX-Original-Sender: joe@example.com"),
        {"author-rewritten"},
    ),
    "From munged": (put(b"<joe@example.com>", b"<joe=example.com@lists.example.org>"), {"author-rewritten"}),
    "From disabled": (put(b"joe@example.com>", b"joe@example.com.invalid>"), {"author-rewritten"}),
    "second Subject on top": (lambda octets: b"X-Top: 1\r\nSubject: Other\r\n" + octets, set()),
    "second Subject at the bottom": (put(b"\r\n\r\n", b"\r\nSubject: Another\r\n\r\n"), {"field-added"}),
    "second From at the bottom": (put(b"\r\n\r\n", b"\r\nFrom: eve@example.org\r\n\r\n"), {"field-added"}),
    "Cc added to": (put(b"dave@example.org", b"dave@example.org, Joe SixPack <joe@example.com>"), {"mailbox-added"}),
    "To emptied of one": (put(b"To: Suzie", b"To: list@lists.example.org, Suzie"), {"mailbox-added"}),
    "Message-ID replaced": (
        put(b"Message-ID: <", b"Message-ID: <n@relay>\r\nX-Google-Original-Message-ID: <"),
        {"field-replaced"},
    ),
    "Date in another zone": (put(b"10:00:00 +0000", b"19:00:00 +0900"), {"date-rewritten"}),
    "Date with GMT": (put(b"10:00:00 +0000", b"10:00:00 GMT"), {"date-rewritten"}),
    "charset in quotes": (put(b"charset=utf-8", b'charset="utf-8"'), {"mime-field"}),
    "charset in capitals": (put(b"charset=utf-8", b'charset="UTF-8"'), {"mime-field"}),
    "format added": (put(b"charset=utf-8", b"charset=utf-8; format=flowed"), {"mime-field"}),
    "encoding changed": (put(b"Encoding: 8bit", b"Encoding: base64"), {"mime-field"}),
    "encoding taken away": (put(b"Content-Transfer-Encoding: 8bit\r\n", b""), {"field-removed"}),
    "no-break space": (put(b"Is dinner", b"Is\xc2\xa0dinner"), {"field-nbsp"}),
    "byte order mark": (put(b"Subject: ", b"Subject: \xef\xbb\xbf"), {"field-invisible"}),
    "quotes around a name": (put(b"Suzie Q <", b'"Suzie Q" <'), {"field-quotes"}),
    "tag, From and type": (
        put(
            b"Subject: ", b"Subject: [friends] ",
            AUTHOR, b"From: Joe SixPack via Friends" + LIST + b"\r\nReply-To: Joe SixPack <joe@example.com>",
            b"charset=utf-8", b'charset="UTF-8"',
        ),
        {"subject-tag", "author-rewritten", "mime-field"},
    ),
}  # fmt: skip
"""What is done to the signed message, and the kinds of change that must be told; none where nothing breaks."""

LAYOUT: dict[str, tuple[Changer, set[str]]] = {
    "Subject unfolded": (put(b"dinner\r\n ", b"dinner "), {"field-refolded"}),
    "To unfolded": (put(b"org>,\r\n ", b"org>, "), {"field-refolded"}),
    "fold with a tab": (put(b"dinner\r\n ", b"dinner\r\n\t"), {"field-refolded"}),
    "tag and refolded": (
        put(b"Subject: Is dinner\r\n ready?", b"Subject: [EXTERNAL]\r\n\tIs dinner ready?"),
        {"subject-tag", "field-refolded"},
    ),
    "names written otherwise": (
        put(b"Message-ID:", b"Message-Id:", b"MIME-Version:", b"Mime-Version:", b"Cc:", b"CC:"),
        {"field-name-case"},
    ),
    "two blanks behind the colon": (put(b"Subject: ", b"Subject:  "), {"field-spacing"}),
    "blanks at the end": (put(b"ready?\r\n", b"ready? \r\n"), {"field-spacing"}),
}
"""What only c=simple notices."""


@cache
def signed(how: str, key: str, names: tuple[str, ...] = NAMES, fields: bytes = FIELDS) -> bytes:
    return sign(fields + BODY, key, canonicalization=how, names=names)


def checked(octets: bytes, key: str, zone_key: str = "") -> tuple[Message, DkimCheck]:
    message = read(octets)
    zone = zone_for(zone_key or key)
    return message, check_dkim(message, answers(zone), at=None, now=NOW, body=BodyState.COMPLETE)[0]


def proof_of(octets: bytes, key: str, budget: int | None = None) -> HeaderProof | None:
    message, check = checked(octets, key)
    return header_causes(message, check, budget=budget).proof


def undone(octets: bytes, proof: HeaderProof) -> list[bytes]:
    """The fields from the top down, each edit made; what is put back comes last."""
    raws: dict[int, bytes | None] = {field.index: field.raw for field in read(octets).fields}
    raws |= {edit.index: edit.raw for edit in proof.edits if edit.index is not None}
    back = [edit.raw for edit in proof.edits if edit.index is None]
    return [raw for raw in (*raws.values(), *back) if raw is not None]


def signed_part(raws: list[bytes], how: str) -> dict[str, bytes]:
    """The lowest field of each signed name, in its canonical form by the letter of the standard."""
    form = how.partition("/")[0]
    return {name: plain_field(raw, form) for raw in raws if (name := raw.partition(b":")[0].lower().decode()) in NAMES}


def fields_of(octets: bytes) -> list[bytes]:
    return re.findall(rb"[^\r\n][^\n]*\n(?:[ \t][^\n]*\n)*", octets.partition(b"\r\n\r\n")[0] + b"\r\n")


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("how", BOTH)
@pytest.mark.parametrize("name", CHANGES)
def test_the_change_that_was_made_is_the_one_that_is_proved(name: str, how: str, key: str) -> None:
    changer, kinds = CHANGES[name]
    octets = changer(signed(how, key))
    proof = proof_of(octets, key)
    if not kinds:
        assert checked(octets, key)[1].header_hash is Match.MATCH
        assert proof is None
        return
    assert proof is not None
    assert {change.kind for change in proof.changes} == kinds
    assert signed_part(undone(octets, proof), how) == signed_part(fields_of(FIELDS), how)


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("name", LAYOUT)
def test_a_new_layout_is_proved_where_it_breaks_the_signature(name: str, key: str) -> None:
    changer, kinds = LAYOUT[name]
    octets = changer(signed("simple/simple", key))
    proof = proof_of(octets, key)
    assert proof is not None
    assert {change.kind for change in proof.changes} == kinds
    assert signed_part(undone(octets, proof), "simple") == signed_part(fields_of(FIELDS), "simple")
    relaxed = proof_of(changer(signed("relaxed/relaxed", key)), key)
    assert (relaxed is None) == ("subject-tag" not in kinds)


def test_two_unfolded_fields_are_found_with_rsa() -> None:
    changer = put(b"dinner\r\n ", b"dinner ", b"org>,\r\n ", b"org>, ")
    proof = proof_of(changer(signed("simple/simple", "rsa2048")), "rsa2048")
    assert proof is not None
    assert [(change.kind, change.field) for change in proof.changes] == [
        ("field-refolded", "To"),
        ("field-refolded", "Subject"),
    ]


@pytest.mark.parametrize("key", KEYS)
def test_tabs_that_became_blanks_in_all_folds_are_found(key: str) -> None:
    octets = signed("simple/simple", key, fields=FIELDS.replace(b"\r\n ", b"\r\n\t"))
    proof = proof_of(octets.replace(b"\r\n\t", b"\r\n        "), key)
    assert proof is not None
    assert {change.kind for change in proof.changes} == {"field-refolded"}


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("how", BOTH)
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"Subject: Re: Is dinner", b"Subject: Re: [EXTERNAL] Is dinner"),
        (b"Subject: Re: Is dinner", b"Subject: [EXTERNAL] Re: Is dinner"),
        (b"Subject: Re: [list] Is dinner", b"Subject: [list] Re: Is dinner"),
        (b"Subject: RE: Is dinner", b"Subject: RE: *EXT* Is dinner"),
        ("Subject: 回复：Is dinner".encode(), "Subject: 回复：[EXT] Is dinner".encode()),
        (b"Subject: " + encoded("予約の確認"), b"Subject: [EXTERNAL] " + encoded("予約の確認")),
        (b"Subject: " + encoded("予約の確認"), b"Subject: " + encoded("[EXTERNAL] 予約の確認", "utf-8")),
        (b"Subject: " + encoded("予約の確認", "ISO-2022-JP"), b"Subject: " + encoded("【外部】予約の確認", "utf-8")),
        (b"Subject: " + encoded("café", "UTF-8", "Q"), b"Subject: " + encoded("[EXT] café")),
        (b"Subject: =?utf-8?Q?Caf=C3=A9_open?=", b"Subject: =?utf-8?Q?[EXT]_Caf=C3=A9_open?="),
        (b"Subject: =?utf-8?Q?Caf=C3=A9_open?=", b"Subject: =?UTF-8?Q?Caf=C3=A9_open?="),
        (b"Subject: " + encoded("予約の確認"), "Subject: 予約の確認".encode()),
        ("Subject: 予約の確認".encode(), b"Subject: " + encoded("予約の確認")),
    ],
)
def test_tags_are_found_behind_reply_words_and_inside_encoded_words(
    before: bytes, after: bytes, how: str, key: str
) -> None:
    fields = FIELDS.replace(b"Subject: Is dinner\r\n ready?", before)
    octets = signed(how, key, fields=fields).replace(before, after)
    proof = proof_of(octets, key)
    assert proof is not None
    assert signed_part(undone(octets, proof), how) == signed_part(fields_of(fields), how)
    assert {change.field for change in proof.changes} == {"Subject"}


@pytest.mark.parametrize("key", KEYS)
@pytest.mark.parametrize("how", BOTH)
def test_added_fields_that_the_signature_excluded_are_found(how: str, key: str) -> None:
    octets = signed(how, key, names=(*NAMES, "from", "subject", "reply-to", "list-unsubscribe"))
    octets = put(b"\r\n\r\n", b"\r\nReply-To: eve@example.org\r\n\r\n")(octets)
    proof = proof_of(b"Subject: Win\r\n" + octets, key)
    assert proof is not None
    assert [(change.kind, change.field, change.signed) for change in proof.changes] == [
        ("field-added", "Subject", ""),
        ("field-added", "Reply-To", ""),
    ]


@pytest.mark.parametrize("how", ["relaxed", "simple"])
def test_copied_fields_of_the_signature_tell_what_was_signed(how: str) -> None:
    copies = "|".join(
        f"{name}:=20{value}"
        for name, value in (("From", "Joe=20SixPack=20<joe@example.com>"), ("Subject", "Lunch=20or=20dinner"))
    )
    fields = FIELDS.replace(b"Is dinner\r\n ready?", b"Lunch or dinner")
    octets = own_sign(fields + BODY, tags={"c": f"{how}/relaxed", "z": copies})
    proof = proof_of(octets.replace(b"Lunch or dinner", b"Your account is locked"), "rsa2048")
    assert proof is not None
    (change,) = proof.changes
    assert (change.kind, change.signed, change.now) == ("field-replaced", "Lunch or dinner", "Your account is locked")


def test_a_change_tells_its_place_the_signed_value_and_the_tag() -> None:
    octets = put(b"Subject: ", b"Subject: [EXTERNAL] ")(signed("relaxed/relaxed", "rsa2048"))
    proof = proof_of(octets, "rsa2048")
    assert proof is not None
    (change,) = proof.changes
    assert octets[change.start : change.end] == b" [EXTERNAL] Is dinner\r\n ready?\r\n"
    assert (change.signed, change.now) == ("Is dinner ready?", "[EXTERNAL] Is dinner ready?")
    assert dict(change.params) == {"tag": "[EXTERNAL]"}
    assert change.field == "Subject"


def test_a_refolded_signature_field_is_found_under_simple() -> None:
    octets = signed("simple/simple", "rsa2048")
    own = fields_of(octets)[0]
    wrapped = own.replace(b"\r\n ", b"\r\n\t")
    assert wrapped != own
    proof = proof_of(octets.replace(own, wrapped), "rsa2048")
    assert proof is not None
    assert "DKIM-Signature" in {change.field for change in proof.changes}


# ---- nothing is claimed without a proof


TAMPERINGS = [
    ("relaxed/relaxed", "rsa2048", 1750),
    ("simple/simple", "rsa2048", 100),
    ("relaxed/relaxed", "ed25519", 150),
]


def _tampered(octets: bytes, chance: random.Random) -> bytes:
    """One letter or digit of a signed value is another one, lost, doubled, or the value is one word shorter inside."""
    head, blank, body = octets.partition(b"\r\n\r\n")
    top = head.index(b"\r\nFrom:")
    places = [at for at in range(top + 3, len(head) - 1) if re.match(rb"[a-z0-9]{3}", head[at - 1 : at + 2])]
    at = chance.choice(places)
    letter = bytes((chance.choice([each for each in b"abcdefghijklmnopqrstuvwxyz" if each != head[at]]),))
    now = chance.choice([letter, b"", letter + head[at : at + 1]])
    return head[:at] + now + head[at + 1 :] + blank + body


@pytest.mark.parametrize(("how", "key", "count"), TAMPERINGS)
def test_random_tampering_is_never_explained(how: str, key: str, count: int) -> None:
    chance = random.Random(f"{how} {key}")
    names = ("from", "subject", "message-id")
    fields = AUTHOR + b"\r\nSubject: Is dinner ready?\r\nMessage-ID: <20261120@example.com>\r\n"
    original = signed(how, key, names, fields)
    tried = 0
    for _ in range(count):
        message, check = checked(_tampered(original, chance), key)
        if check.header_hash is Match.MISMATCH:
            found = header_causes(message, check, budget=150 if key == "rsa2048" else 20)
            assert found.proof is None
            tried += 1
    assert tried > count * 0.8


def test_an_unharmed_message_is_not_searched() -> None:
    for how in BOTH:
        for key in KEYS:
            message, check = checked(signed(how, key), key)
            found = header_causes(message, check)
            assert (found.proof, found.tried) == (None, 0)


def test_a_replaced_key_explains_nothing() -> None:
    octets = put(b"Subject: ", b"Subject: [EXTERNAL] ")(signed("relaxed/relaxed", "rsa2048"))
    message, check = checked(octets, "rsa2048", "rsa2048b")
    assert check.signer is Signer.OTHER_KEY
    found = header_causes(message, check)
    assert (found.proof, found.tried) == (None, 0)


@pytest.mark.parametrize("extra", ["s=other; ", "h=sha1; "])
def test_a_key_that_may_not_be_used_proves_nothing(extra: str) -> None:
    octets = put(b"Subject: ", b"Subject: [EXTERNAL] ")(signed("relaxed/relaxed", "rsa2048"))
    message = read(octets)
    zone = zone_for("rsa2048", extra=extra)
    (check,) = check_dkim(message, answers(zone), at=None, now=NOW, body=BodyState.COMPLETE)
    assert header_causes(message, check).proof is None


def test_sha1_proves_nothing() -> None:
    octets = own_sign(FIELDS + BODY, tags={"a": "rsa-sha1"}).replace(b"Subject: ", b"Subject: [EXT] ")
    assert proof_of(octets, "rsa2048") is None


# ---- bounds


def test_the_search_ends_with_its_budget_and_says_how_many_were_tried() -> None:
    octets = signed("relaxed/relaxed", "rsa2048").replace(b"dinner", b"dinmer")
    message, check = checked(octets, "rsa2048")
    assert header_causes(message, check, budget=1000).tried == 1000


@pytest.mark.parametrize(("key", "usual"), [("rsa2048", CAUSE_HEADER_HASHES), ("ed25519", CAUSE_HEADER_VERIFICATIONS)])
def test_a_search_with_a_share_of_the_budget_keeps_to_it(key: str, usual: int) -> None:
    octets = signed("simple/simple", key).replace(b"dinner", b"dinmer")
    message, check = checked(octets, key)
    assert 0 < header_causes(message, check, share=64).tried <= usual // 64


def test_the_same_message_gives_the_same_answer_twice() -> None:
    changer, _ = CHANGES["tag, From and type"]
    message, check = checked(changer(signed("simple/simple", "rsa2048")), "rsa2048")
    assert header_causes(message, check) == header_causes(message, check)


def test_a_cancelled_search_stops() -> None:
    octets = signed("relaxed/relaxed", "rsa2048").replace(b"dinner", b"dinmer")
    message, check = checked(octets, "rsa2048")
    asked = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > 2

    found = header_causes(message, check, cancelled=cancelled)
    assert found.proof is None
    assert found.tried < 10_000


@pytest.mark.parametrize(
    "hostile",
    [
        b"Subject: " + b"[" * 60_000,
        b"Subject: " + b"[a] " * 20_000,
        b"Subject: " + b"*" * 60_000,
        b"Subject: " + b"Re: " * 20_000,
        b"Subject: " + b"=?utf-8?Q?" * 8_000,
        b"Subject: " + "予".encode() * 20_000,
        b"Subject: " + b" \r\n" * 20_000 + b" x",
        b"Subject: " + b"\xff\xfe" * 20_000,
        b"From: " + b"<" * 60_000,
        b"From: " + b"a@b," * 20_000,
        b"From: " + b'"' * 60_001,
        b"From: " + b"\\" * 60_001,
        b"From: " + b"via " * 20_000,
        b"Date: " + b"(" * 60_000,
        b"Content-Type: text/plain" + b"; a=b" * 12_000,
        b'Content-Type: text/plain; a="' + b"\\" * 60_000,
        b"Message-ID: " + b"\xc2\xa0" * 30_000,
    ],
    ids=lambda each: each[:22].decode("latin-1"),
)
@pytest.mark.parametrize("how", BOTH)
def test_hostile_fields_cost_little_and_raise_nothing(hostile: bytes, how: str) -> None:
    name = hostile.partition(b":")[0] + b":"
    octets = signed(how, "rsa2048")
    now = next(raw for raw in fields_of(octets) if raw.startswith(name))
    message, check = checked(octets.replace(now, hostile + b"\r\n"), "rsa2048")
    begun = datetime.now(UTC)
    found = header_causes(message, check, budget=200)
    assert found.tried <= 200
    assert (datetime.now(UTC) - begun).total_seconds() < 3
