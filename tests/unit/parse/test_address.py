import random

import pytest

from headerlens.model import limits
from headerlens.model.message import Address, HeaderField
from headerlens.parse.address import parse_addresses
from headerlens.parse.header import split_fields


def field(value: str | bytes) -> HeaderField:
    octets = value if isinstance(value, bytes) else value.encode()
    return split_fields(b"From: " + octets + b"\r\n")[0][0]


def read(value: str | bytes) -> list[tuple[str, str]]:
    return [(found.display, found.address) for found in parse_addresses(field(value))]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("a@b.example", [("", "a@b.example")]),
        ("Ann <a@b.example>", [("Ann", "a@b.example")]),
        ('"Doe, \\"J\\" Q" <j@x.example>, k@y.example', [('Doe, "J" Q', "j@x.example"), ("", "k@y.example")]),
        ("a@b.example (Ann (of) B)", [("Ann (of) B", "a@b.example")]),
        ("Friends: a@b, <c@d>; e@f", [("", "a@b"), ("", "c@d"), ("", "e@f")]),
        ("undisclosed-recipients:;", []),
        ("", []),
        ("<@r.example,@s.example:c@d.example>", [("", "c@d.example")]),
        ("pete(his @ account)@silly.test(his host)", [("his @ account", "pete@silly.test")]),
        ("x . y @ z . example", [("", "x.y@z.example")]),
        ('"a@b"@c.example', [("", "a@b@c.example")]),
        ("Ann\r\n\tB <a@b.example>", [("Ann\tB", "a@b.example")]),
    ],
)
def test_what_rfc_5322_allows_is_read(value: str, expected: list[tuple[str, str]]) -> None:
    assert read(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Doe, John <j@x.example>", [("Doe, John", "j@x.example")]),
        ("Ann a@b.example", [("Ann", "a@b.example")]),
        ("Ann <a@b.example", [("Ann", "a@b.example")]),
        ('"Ann <a@b.example>', [('"Ann', "a@b.example")]),
        ("(Ann <a@b.example>", [("(Ann", "a@b.example")]),
        ("<a@b.example, c@d.example", [("", "a@b.example"), ("", "c@d.example")]),
        ("a@b.example c@d.example", [("", "a@b.example"), ("", "c@d.example")]),
        ("mailto:a@b.example", [("", "a@b.example")]),
        ("a@b.example,,;", [("", "a@b.example")]),
        ("=?utf-8?Q?a@b,c?= <x@y.example>", [("a@b,c", "x@y.example")]),
    ],
)
def test_what_is_badly_written_is_read_all_the_same(value: str, expected: list[tuple[str, str]]) -> None:
    assert read(value) == expected


@pytest.mark.parametrize(
    ("value", "domains"),
    [
        ("good@bank.example <x@evil.example>", ["evil.example"]),
        ('"good@bank.example" <x@evil.example>', ["evil.example"]),
        ("<x@evil.example> <good@bank.example>", ["evil.example", "bank.example"]),
        ("x@evil.example@bank.example", ["bank.example"]),
        ("<a@b.example;c@d.example>", ["b.example", "d.example"]),
    ],
)
def test_every_mailbox_somebody_might_take_for_the_author_is_given(value: str, domains: list[str]) -> None:
    assert [found.domain for found in parse_addresses(field(value))] == domains


def test_a_name_without_an_address_has_no_domain() -> None:
    assert parse_addresses(field("root"))[0] == Address("", "root", "", "", 6, 10)
    assert parse_addresses(field("John Smith"))[0] == Address("John Smith", "", "", "", 6, 16)
    assert read("Mail System <>") == [("Mail System", "")]


def test_display_names_are_decoded_in_the_charsets_of_japanese_mail() -> None:
    assert read("=?ISO-2022-JP?B?GyRCRnxLXDhsGyhC?= <u@x.example>") == [("日本語", "u@x.example")]
    assert read('"=?Shift_JIS?B?k/qWe4zq?=" <u@x.example>') == [("日本語", "u@x.example")]
    assert read("日本語です".encode("cp932") + b" <u@x.example>") == [("日本語です", "u@x.example")]
    assert read("日本語 <u@x.example>") == [("日本語", "u@x.example")]


def test_the_whole_field_says_in_which_charset_a_short_name_stands() -> None:
    found = read("「<b>国税庁の担当</b>」 <info@tax.example>".encode("cp932"))
    assert found[-1] == ("」", "info@tax.example")


def test_an_internationalised_address_has_its_domain_in_a_labels() -> None:
    (found,) = parse_addresses(field("用户 <用户@日本語.jp>"))
    assert (found.local, found.domain, found.domain_written) == ("用户", "xn--wgv71a119e.jp", "日本語.jp")


def test_an_address_literal_is_no_domain() -> None:
    (found,) = parse_addresses(field("a@[192.0.2.1]"))
    assert (found.domain, found.domain_written) == ("", "[192.0.2.1]")


def test_offsets_point_at_the_address_even_behind_8_bit_text() -> None:
    value = "日本語 <u@x.example>, v@y.example"
    octets = b"From: " + value.encode()
    assert [octets[found.start : found.end] for found in parse_addresses(field(value))] == [
        b"u@x.example",
        b"v@y.example",
    ]


def test_no_more_than_the_limit_is_read() -> None:
    assert len(parse_addresses(field("a@b," * 1000))) == limits.MAX_ADDRESSES


def test_nothing_raises() -> None:
    chance = random.Random(5322)
    pieces = [
        b"<",
        b">",
        b"@",
        b",",
        b";",
        b":",
        b'"',
        b"(",
        b")",
        b"[",
        b"]",
        b"\\",
        b".",
        b" ",
        b"a",
        b"\xe3\x81",
        b"=?",
        b"?=",
    ]
    for _ in range(3000):
        parse_addresses(field(b"".join(chance.choices(pieces, k=chance.randrange(25)))))
