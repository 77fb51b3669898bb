"""How a sender shows itself."""

from __future__ import annotations

import pytest

from headerlens.findings.facts import Facts
from headerlens.findings.identity import find_identity
from headerlens.findings.scripts import for_the_eye, has_deceptive_label, looks_like
from headerlens.parse.names import to_ascii
from tests.support.facts import AUTHOR, RESULTS, dkim, dmarc, facts, message


def _ids(given: Facts) -> list[str]:
    return [finding.id for finding in find_identity(given)]


def _from(sender: str, author: str = AUTHOR, *extra: str) -> Facts:
    checks = (dkim(author),)
    return facts(checks, policy=dmarc(checks, author=author, home=author), made=message(RESULTS, *extra, sender=sender))


def test_an_ordinary_sender_raises_nothing() -> None:
    assert _ids(_from(f'"Midori Supply" <billing@{AUTHOR}>')) == []


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        ("help@bank-support.example.net", ["identity.reply-to"]),
        (f"desk@{AUTHOR}", []),
        (f"desk@sub.{AUTHOR}", []),
        ("desk@example.co.jp", []),
        ("nobody", []),
    ],
)
def test_a_reply_that_leaves_the_organisation_is_a_warning(reply: str, expected: list[str]) -> None:
    assert _ids(_from(f"<billing@{AUTHOR}>", AUTHOR, f"Reply-To: {reply}")) == expected


def test_another_address_in_the_display_name_is_a_warning() -> None:
    assert _ids(_from(f'"ceo@bank.example" <x@{AUTHOR}>')) == ["identity.address-in-name"]
    assert _ids(_from(f'"billing@{AUTHOR}" <billing@{AUTHOR}>')) == []


@pytest.mark.parametrize(
    "sender",
    [
        f'"bank.example.co.uk" <x@{AUTHOR}>',
        f"bank.example.co.uk <x@{AUTHOR}>",
        f"bank.example.co.uk, x@{AUTHOR}",
        f'"ｂａｎｋ．example．co．uk" <x@{AUTHOR}>',
        f'"ceo＠bank.example" <x@{AUTHOR}>',
        f'"ceo﹫bank.example" <x@{AUTHOR}>',
        f'"ceo@ba\u200bnk.example" <x@{AUTHOR}>',
        f'"{"a " * 900}ceo@bank.example" <x@{AUTHOR}>',
        f'"ceo@bank.example"@{AUTHOR}',
        f'"billing@{AUTHOR} ceo@bank.example" <x@{AUTHOR}>',
    ],
)
def test_no_way_of_writing_another_address_into_the_name_goes_unseen(sender: str) -> None:
    assert "identity.address-in-name" in _ids(_from(sender))


@pytest.mark.parametrize(
    "name", [AUTHOR, "example.co.jp", "www.example.co.jp", "john.smith", "Mr. A", "Node.js", "Tokyo 3.11", "@home", "@"]
)
def test_a_name_of_its_own_is_no_other_address(name: str) -> None:
    assert _ids(_from(f'"{name}" <x@{AUTHOR}>')) == []


def test_another_customer_of_a_public_suffix_is_not_the_senders_own() -> None:
    made = message(RESULTS, sender='"bank.co.jp" <x@evil.co.jp>')
    assert "identity.address-in-name" in _ids(facts(made=made, policy=dmarc(author="evil.co.jp", home="co.jp")))


def test_several_and_missing_senders_are_problems() -> None:
    for code, identifier in (
        ("na.several_from", "identity.several-from"),
        ("na.several_domains", "identity.several-from"),
        ("na.no_from", "identity.no-from"),
        ("na.no_domain", "identity.no-domain"),
    ):
        assert _ids(facts(policy=dmarc(author="", code=code))) == [identifier]


@pytest.mark.parametrize(
    ("domain", "identifier"),
    [
        ("例え.jp", "identity.international"),
        ("bücher.example", "identity.international"),
        ("pаypal.example", "identity.mixed-scripts"),  # one Cyrillic letter
        ("сосо.example", "identity.mixed-scripts"),  # all Cyrillic, looks Latin
    ],
)
def test_other_alphabets_are_told_and_deceptive_ones_told_apart(domain: str, identifier: str) -> None:
    ascii_name = to_ascii(domain)
    assert ascii_name is not None
    assert _ids(_from(f"<a@{ascii_name}>", ascii_name)) == [identifier]


def test_a_deceptive_label_is_shown_as_it_stands_in_dns() -> None:
    shown = for_the_eye(to_ascii("pаypal.例え.jp") or "")
    assert shown.startswith("xn--")
    assert shown.endswith(".例え.jp")


def test_kana_kanji_and_latin_belong_together() -> None:
    assert not has_deceptive_label(to_ascii("abcカタカナ漢字ひらがな.jp") or "")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("rnidori.example", "midori.example", True),
        ("paypa1.example", "paypal.example", True),
        ("shop.example", "shop.example", False),
        ("shop.example", "mail.example", False),
    ],
)
def test_names_that_are_easily_confused(one: str, other: str, expected: bool) -> None:
    assert looks_like(one, other) is expected


def test_a_look_alike_of_a_name_in_the_message_is_a_warning() -> None:
    given = _from("<a@rnidori.example>", "rnidori.example", "Reply-To: b@midori.example")
    assert "identity.look-alike" in _ids(given)


def test_characters_that_reorder_a_line_are_a_warning() -> None:
    made = message(RESULTS, subject="invoice\u202efdp.exe")
    assert "identity.hidden-characters" in _ids(facts((dkim(AUTHOR),), made=made))
    emoji = message(RESULTS, subject="party \U0001f468\u200d\U0001f469")
    assert _ids(facts((dkim(AUTHOR),), made=emoji)) == []
