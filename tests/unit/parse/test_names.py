import pytest

from headerlens.parse.names import clean_domain, is_ip_literal, is_subdomain, labels, to_ascii, to_unicode


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Example.COM", "example.com"),
        ("example.com.", "example.com"),
        ("_dmarc.example.com", "_dmarc.example.com"),
        ("-a.example", "-a.example"),
        ("localhost", "localhost"),
        ("日本語.jp", "xn--wgv71a119e.jp"),
        ("例え。テスト。", "xn--r8jz45g.xn--zckzah"),
        ("ＥＸＡＭＰＬＥ．com", "example.com"),
        ("faß.de", "xn--fa-hia.de"),
        ("BÜCHER.example", "xn--bcher-kva.example"),
        ("XN--WGV71A119E.jp", "xn--wgv71a119e.jp"),
        ("1.0.0.127.in-addr.arpa", "1.0.0.127.in-addr.arpa"),
    ],
)
def test_a_name_becomes_a_labels_in_lower_case_without_a_final_dot(written: str, expected: str) -> None:
    assert to_ascii(written) == expected


@pytest.mark.parametrize(
    "written",
    [
        "", ".", "..", "a..b", ".a", "a b.com", "a\tb", "a.com\0", "a/b.com", "a／b.com", "user@a.com", "[192.0.2.1]",
        "192.0.2.1", "x" * 64 + ".com", ("a" * 49 + ".") * 5 + "abcd", "\ud800.com", "a\u202eb.com", "日" * 60 + ".jp",
        "a" * 100_000, "日" * 1000, "\u0301a.com", "a.com..",
    ],
)  # fmt: skip
def test_what_is_no_domain_name_is_none(written: str) -> None:
    assert to_ascii(written) is None


def test_a_name_of_253_octets_is_the_longest() -> None:
    longest = ".".join(["a" * 63, "b" * 63, "c" * 63, "d" * 61])
    assert to_ascii(longest) == longest
    assert to_ascii(longest + "d") is None


def test_to_unicode_decodes_label_by_label_and_leaves_what_it_cannot() -> None:
    assert to_unicode("mail.xn--wgv71a119e.jp.") == "mail.日本語.jp"
    assert to_unicode("xn--999999999999999.xn--wgv71a119e") == "xn--999999999999999.日本語"
    assert to_unicode("xn--a.xn--.com") == "xn--a.xn--.com"


def test_a_name_hidden_in_punycode_is_not_shown_as_a_plain_one() -> None:
    assert to_unicode("xn--example-.com") == "xn--example-.com"


def test_clean_domain_takes_the_domain_out_of_a_value() -> None:
    assert clean_domain(" <User@Example.COM.> ") == "example.com"
    assert clean_domain('"@example.org"') == "example.org"
    assert clean_domain("not a name") is None


def test_labels_are_counted_from_the_left() -> None:
    assert labels("a.b.c.") == ("a", "b", "c")
    assert labels("") == ()


def test_a_subdomain_ends_at_a_label() -> None:
    assert is_subdomain("a.Example.com.", "example.COM")
    assert is_subdomain("example.com", "example.com")
    assert not is_subdomain("badexample.com", "example.com")
    assert not is_subdomain("example.com", "a.example.com")
    assert not is_subdomain("example.com", "")


@pytest.mark.parametrize("text", ["192.0.2.1", "[192.0.2.1]", "[IPv6:2001:db8::1]", "2001:db8::1"])
def test_an_address_is_an_ip_literal(text: str) -> None:
    assert is_ip_literal(text)


def test_a_name_is_no_ip_literal() -> None:
    assert not is_ip_literal("example.com")
    assert not is_ip_literal("[example.com]")
