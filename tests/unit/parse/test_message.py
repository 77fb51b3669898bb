import random
from datetime import UTC, datetime

import pytest

from headerlens.model import limits
from headerlens.model.message import Message, RawMessage
from headerlens.parse.message import parse

MAIL = b"""\
Delivered-To: staff@example.jp
Received: by 2002:a05:6a10:1::2 with SMTP id z1; Sat, 21 Nov 2026 00:20:09 -0800 (PST)
X-Received: by 2002:a17:902 with SMTP id a1; Sat, 21 Nov 2026 00:20:08 -0800 (PST)
ARC-Authentication-Results: i=1; mx.google.com; spf=pass smtp.mailfrom=news@shop.example
Return-Path: <bounce+1@mail.shop.example>
Received: from mta.shop.example (mta.shop.example. [203.0.113.5])
        by mx.google.com with ESMTPS id x4
        (version=TLS1_3 cipher=TLS_AES_128_GCM_SHA256 bits=128/128);
        Sat, 21 Nov 2026 00:20:07 -0800 (PST)
Received-SPF: pass (google.com: domain of news@shop.example designates 203.0.113.5) client-ip=203.0.113.5;
Authentication-Results: mx.google.com;
       dkim=pass header.i=@shop.example header.s=s1 header.b=abc;
       spf=pass smtp.mailfrom=bounce+1@mail.shop.example
DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=shop.example; s=s1;
        h=from:to:subject:date; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=YWJj
X-Original-Authentication-Results: old.example; spf=fail smtp.mailfrom=a.example
From: =?ISO-2022-JP?B?GyRCRnxLXDhsGyhC?= <news@shop.example>
Reply-To: help@shop.example
To: staff@example.jp
Subject: =?UTF-8?B?44GK55+l?=
 =?UTF-8?B?44KJ44Gb?=
Date: Sat, 21 Nov 2026 17:20:00 +0900
Message-ID: <1@shop.example>

Hello
""".replace(b"\n", b"\r\n")


def message(octets: bytes) -> Message:
    return parse(RawMessage(octets, "test.eml"))


def codes(octets: bytes) -> list[tuple[str, str]]:
    return [(fault.code, fault.detail) for fault in message(octets).faults]


def test_a_mail_is_read_as_a_whole() -> None:
    found = message(MAIL)
    assert found.subject == "お知らせ"
    assert [(author.display, author.address, author.domain) for author in found.author] == [
        ("日本語", "news@shop.example", "shop.example")
    ]
    assert [found.fields[index].name for index in found.from_fields] == ["From"]
    assert [address.address for address in found.reply_to] == ["help@shop.example"]
    assert found.date == datetime(2026, 11, 21, 8, 20, tzinfo=UTC)
    assert found.message_id == "<1@shop.example>"
    assert found.return_path == "bounce+1@mail.shop.example"
    assert found.body == b"Hello\r\n"
    assert found.faults == ()


def test_hops_stand_newest_first() -> None:
    found = message(MAIL)
    assert [hop.by for hop in found.hops] == ["2002:a05:6a10:1::2", "mx.google.com"]
    assert [found.fields[hop.field_index].name for hop in found.hops] == ["Received", "Received"]


def test_signatures_and_recorded_results_know_their_fields() -> None:
    found = message(MAIL)
    assert [signature.domain for signature in found.signatures] == ["shop.example"]
    assert [item.field_name for item in found.recorded] == [
        "Authentication-Results",
        "X-Original-Authentication-Results",
    ]
    assert [found.fields[item.field_index].name for item in found.recorded] == [
        item.field_name for item in found.recorded
    ]
    assert [item.result for item in found.received_spf] == ["pass"]
    assert [item.instance for item in found.arc] == [1]


def test_the_mailboxes_of_several_from_fields_are_all_authors() -> None:
    octets = b"From: a@one.example\r\nFrom: b@two.example, c@three.example\r\nDate: 21 Nov 2026 08:00 GMT\r\n\r\n"
    found = message(octets)
    assert found.from_fields == (0, 1)
    assert [author.domain for author in found.author] == ["one.example", "two.example", "three.example"]
    assert codes(octets) == [("duplicate-field", "From")]


def test_return_paths_of_all_writers_are_read() -> None:
    assert message(b"Return-Path: <>\r\n").return_path == ""
    assert message(b"Return-Path: a@b.example\r\n").return_path == "a@b.example"
    assert message(b"Return-Path: <a@b>\r\nReturn-Path: <c@d>\r\n").return_path == "a@b"
    assert message(b"From: a@b\r\n").return_path is None


def test_what_is_missing_is_none_and_a_fault() -> None:
    found = message(b"Subject: x\r\n\r\n")
    assert (found.date, found.message_id, found.return_path, found.author) == (None, None, None, ())
    assert codes(b"Subject: x\r\n\r\n") == [("missing-field", "Date"), ("missing-field", "From")]
    assert message(b"").body_start is None


def test_what_is_too_many_is_counted() -> None:
    head = b"From: a@b\r\nDate: 21 Nov 2026 08:00 GMT\r\n"
    signatures = head + b"DKIM-Signature: v=1\r\n" * 30
    assert len(message(signatures).signatures) == limits.MAX_SIGNATURES_SHOWN
    assert codes(signatures) == [("many-signatures", "30")]
    hops = head + b"Received: by x\r\n" * 201
    assert len(message(hops).hops) == limits.MAX_HOPS
    assert codes(hops) == [("many-hops", "201")]
    recorded = head + b"Authentication-Results: x; none\r\n" * 150
    assert len(message(recorded).recorded) == limits.MAX_RECORDED_FIELDS
    assert codes(recorded) == [("many-recorded-fields", "150")]


def test_an_author_hidden_behind_a_very_long_field_is_a_fault() -> None:
    octets = b"Date: 21 Nov 2026 08:00 GMT\r\nFrom: a@b " + b" " * limits.MAX_STRUCTURED_OCTETS + b", c@d\r\n"
    assert codes(octets) == [("field-too-long", "From")]


def test_nothing_raises() -> None:
    chance = random.Random(6376)
    for _ in range(400):
        octets = bytearray(MAIL)
        for _ in range(chance.randrange(1, 20)):
            place = chance.randrange(len(octets))
            octets[place : place + chance.randrange(3)] = chance.choice(
                [b"", b"\0", b"\xff", b'"', b"(", b"<", b"\r\n", b";", b"=", b":", b"\\", b"9" * 400, b"\xe3\x81"]
            )
        message(bytes(octets))
    for _ in range(200):
        message(chance.randbytes(chance.randrange(300)))


def _flood(own: bytes, place: int) -> bytes:
    """Forty worthless signatures of others, the sender's at `place` among them."""
    lines = [b"DKIM-Signature: v=1; d=junk.example; s=s%d; b=A\r\n" % number for number in range(40)]
    lines.insert(place, own)
    return b"From: a@news.shop.example\r\n" + b"".join(lines) + b"\r\nHello\r\n"


@pytest.mark.parametrize("place", [0, 20, 40])
@pytest.mark.parametrize(
    "own",
    [
        b"DKIM-Signature: v=1; d=news.shop.example; s=own; b=A\r\n",
        b"DKIM-Signature: v=1; s=own; b=A;\r\n\td = SHOP.example\r\n",
        b"DKIM-Signature: d=mta.news.shop.example; s=own; b=A\r\n",
    ],
)
def test_a_flood_of_signatures_does_not_push_out_the_senders_own(own: bytes, place: int) -> None:
    found = message(_flood(own, place))
    assert len(found.signatures) == limits.MAX_SIGNATURES_SHOWN
    assert [one.selector for one in found.signatures].count("own") == 1
    indexes = [one.field_index for one in found.signatures]
    assert indexes == sorted(indexes)
    assert codes(_flood(own, place))[-1] == ("many-signatures", "41")
