import base64
import random
from encodings.aliases import aliases

import pytest

from headerlens.parse.encoded_words import decode_raw, decode_text, decode_words


def word(octets: bytes, charset: str) -> str:
    return f"=?{charset}?B?{base64.b64encode(octets).decode()}?="


@pytest.mark.parametrize("charset", ["UTF-8", "ISO-2022-JP", "Shift_JIS", "EUC-JP", "x-sjis", "windows-31j", "cp932"])
def test_japanese_charsets_are_decoded(charset: str) -> None:
    codec = {"x-sjis": "cp932", "windows-31j": "cp932"}.get(charset, charset)
    assert decode_words("Re: " + word("請求書のご案内".encode(codec), charset)) == "Re: 請求書のご案内"


def test_blanks_between_two_words_vanish_and_others_stay() -> None:
    assert decode_words("a =?utf-8?Q?b_c?=\r\n =?utf-8*en?q?=C3=A9?= d") == "a b cé d"


@pytest.mark.parametrize("charset", ["utf-8", "shift_jis", "euc-jp"])
def test_a_character_split_between_two_words_is_joined(charset: str) -> None:
    octets = "日本語".encode(charset)
    assert decode_words(f"{word(octets[:1], charset)} {word(octets[1:], charset)}") == "日本語"


def test_vendor_characters_in_iso_2022_jp_are_read() -> None:
    assert decode_words(word(b"\x1b$B-!-jF|\x1b(B ok", "ISO-2022-JP")) == "①㈱日 ok"


def test_a_charset_that_does_not_fit_gives_replacement_characters() -> None:
    assert decode_words(word(b"\xe6\x97", "utf-8")) == "\ufffd"
    assert decode_words(word(b"abc\x1b$B\xff\xff\x1b(Bd", "ISO-2022-JP")).endswith("d")


@pytest.mark.parametrize("charset", ["zlib", "punycode", "idna", "unicode_escape", "no-such-charset", "undefined"])
def test_a_name_that_is_no_charset_is_read_as_utf_8(charset: str) -> None:
    assert decode_words(word("日本".encode(), charset)) == "日本"


def test_what_is_no_encoded_word_stays() -> None:
    for text in ("=?utf-8?Q?open", "=?utf-8?X?a?=", "a =? b ?=", "=?utf-8?B?日本?=", "plain"):
        assert decode_words(text) == text


def test_a_cut_off_word_does_not_swallow_the_next() -> None:
    assert decode_words("=?utf-8?Q?cut =?utf-8?Q?whole?=") == "=?utf-8?Q?cut whole"


def test_broken_base64_gives_what_is_left_of_it() -> None:
    assert decode_words("=?utf-8?B?aGVsbG8?=") == "hello"
    assert decode_words("=?utf-8?B?aGVs bG8=_?=") == "hello"


def test_raw_8_bit_text_is_guessed() -> None:
    text = "こんにちは"
    assert [decode_raw(text.encode(codec)) for codec in ("utf-8", "cp932", "euc-jp", "iso2022_jp")] == [text] * 4
    assert decode_raw("Müller".encode("latin-1")) == "Müller"
    assert decode_text(b"=?utf-8?Q?a?= b") == "a b"


def test_no_charset_and_no_octets_raise() -> None:
    chance = random.Random(2047)
    for charset in [*sorted(set(aliases) | set(aliases.values())), "x", "utf-8"]:
        decode_words(" ".join(word(chance.randbytes(chance.randrange(12)), charset) for _ in range(3)))
