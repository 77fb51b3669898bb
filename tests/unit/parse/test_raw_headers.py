"""Headers with raw octets beyond ASCII, as a quarter of real mails have them, are shown rightly."""

from __future__ import annotations

import pytest

from headerlens.model.message import Message, RawMessage
from headerlens.parse.encoded_words import decode_raw
from headerlens.parse.masking import masked, unmasked
from headerlens.parse.message import parse

TITLE = "ソニー表示能力についてのお知らせ"
NAME = "東京ショップ＠ソニー"


def message(subject: bytes, name: bytes = b"x", charset: str = "") -> Message:
    kind = f"Content-Type: text/plain; charset={charset}\r\n".encode() if charset else b""
    octets = (
        b"From: " + name + b" <news@example.com>\r\nSubject: " + subject
        + b"\r\nDate: Sat, 21 Nov 2026 08:20:00 +0000\r\n" + kind + b"\r\nx\r\n"
    )  # fmt: skip
    return parse(RawMessage(octets, "x"))


@pytest.mark.parametrize("codec", ["utf-8", "shift_jis", "euc_jp", "iso2022_jp"])
def test_raw_japanese_is_read_whatever_its_charset(codec: str) -> None:
    found = message(TITLE.encode(codec), NAME.encode(codec))
    assert found.subject == TITLE
    assert [(one.display, one.address) for one in found.author] == [(NAME, "news@example.com")]


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        ("重要通知", "gb2312"), ("重要通知", "big5"), ("중요 알림", "euc-kr"),
        ("Важно", "windows-1251"), ("Важно", "koi8-r"),
        ("Žluťoučký kůň", "iso-8859-2"), ("会議", "shift_jis"), ("会議", "euc-jp"), ("ｶﾀｶﾅ", "shift_jis"),
    ],
)  # fmt: skip
def test_the_charset_of_the_body_reads_the_header(text: str, charset: str) -> None:
    found = message(text.encode(charset), text.encode(charset), charset)
    assert found.subject == text
    assert found.author[0].display == text


def test_utf_8_is_taken_for_utf_8_whatever_the_body_is_written_in() -> None:
    assert message("お知らせ".encode(), charset="shift_jis").subject == "お知らせ"


@pytest.mark.parametrize("text", ["Grüße aus Köln", "Été à la plage", "naïve Café", "ÄÖÜ", "Señor Muñoz"])
@pytest.mark.parametrize("charset", ["", "us-ascii", "utf-8", "x-none"])
def test_western_text_without_a_charset_is_no_japanese(text: str, charset: str) -> None:
    assert decode_raw(text.encode("latin-1"), charset) == text


def test_kanji_alone_are_read_where_all_are_common() -> None:
    assert decode_raw("会議資料".encode("euc_jp")) == "会議資料"
    assert decode_raw("会議資料".encode("cp932")) == "会議資料"


def test_an_address_inside_japanese_octets_is_still_an_author() -> None:
    hidden = b"\x1b$B<info@bank.example.co.jp>>\x1b(B <x@evil.example>"
    assert "bank.example.co.jp" in {
        one.domain for one in parse(RawMessage(b"From: " + hidden + b"\r\n\r\n", "x")).author
    }
    shifted = b"\x83@bank.example.co.jp \x83V\x83\x87\x83b\x83v"
    assert parse(RawMessage(b"From: " + shifted + b"\r\n\r\n", "x")).author[0].domain == "bank.example.co.jp"


@pytest.mark.parametrize("codec", ["shift_jis", "iso2022_jp", "euc_jp", "utf-8"])
def test_masking_keeps_the_length_and_can_be_undone(codec: str) -> None:
    octets = f'"{NAME}" <news@example.com>, ソ <b@example.com>'.encode(codec)
    assert len(masked(octets)) == len(octets)
    assert unmasked(masked(octets)) == octets


def test_an_address_and_a_domain_beyond_ascii_are_read() -> None:
    octets = "From: 佐藤 <佐藤@例え.jp>\r\n\r\n".encode()
    author = parse(RawMessage(octets, "x")).author[0]
    assert (author.address, author.domain) == ("佐藤@例え.jp", "xn--r8jz45g.jp")
