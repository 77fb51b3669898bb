"""The language of provider files: what fits, what does not, and that no text takes long."""

from __future__ import annotations

import re

import pytest

from headerlens.providers.knowledge import services
from headerlens.providers.patterns import FORMS, MAX_TEXT, BadPattern, compiled, first_match, match


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("outN-N.dm.aliyun.com", "out28-41.dm.aliyun.com"),
        ("smtp-*.core1.sfdc-*.mta.salesforce.com", "smtp-0a1b.core1.sfdc-x9.mta.salesforce.com"),
        ("*.outbound.protection.outlook.com", "mail-a.b.outbound.protection.outlook.com"),
        ("mtaN*-ord.mtasv.net", "mta25a-ord.mtasv.net"),
        ("bounce_*@mailN.zgpm.zcsend.net", "bounce_1+a.2f_v1@mail2.zgpm.zcsend.net"),
        ("*-bounces@*", "project-bounces@lists.example.org"),
        ("*+bncb*@*", "list+bncBCY2abc@example.org"),
        ("*@*.rsgsv.net", "b@mail41.atl11.rsgsv.net"),
    ],
)
def test_a_pattern_fits_what_it_describes(pattern: str, text: str) -> None:
    assert match(pattern, text) == {}


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("outN-N.dm.aliyun.com", "out28-41.dm.aliyun.com.evil.example"),
        ("outN-N.dm.aliyun.com", "x.out28-41.dm.aliyun.com"),
        ("outN-N.dm.aliyun.com", "out28-41xdm.aliyun.com"),
        ("outN-N.dm.aliyun.com", "out-41.dm.aliyun.com"),
        ("*.outbound.protection.outlook.com", "outbound.protection.outlook.com"),
        ("*.outbound.protection.outlook.com", "a@b.outbound.protection.outlook.com"),
        ("mail-*-fN.google.com", "mail-a.b-f41.google.com"),
        ("sN.example", "s٣.example"),
        ("sN.example", "s1.example\n"),
    ],
)
def test_a_pattern_fits_the_whole_name_and_nothing_near_it(pattern: str, text: str) -> None:
    assert match(pattern, text) is None


def test_a_name_in_braces_keeps_its_value() -> None:
    host = "e234-7.smtp-out.ap-northeast-1.amazonses.com"
    assert match("{letter}N-N.smtp-out.{region}.amazonses.com", host) == {"region": "ap-northeast-1"}
    assert match("aliyun-{region}", "aliyun-cn-hangzhou") == {"region": "cn-hangzhou"}
    assert match("{token}", "hirnkqcf5yr5zevtzlpqbykd7mk6xj2w") == {"token": "hirnkqcf5yr5zevtzlpqbykd7mk6xj2w"}


def test_a_value_of_another_form_does_not_fit() -> None:
    assert match("aliyun-{region}", "aliyun-Hangzhou") is None
    assert match("{token}", "s1") is None
    assert match("{account}", "48a") is None


def test_the_first_pattern_that_fits_decides() -> None:
    assert first_match(["a.example", "{account}.example"], "12.example") == {"account": "12"}
    assert first_match([], "12.example") is None


@pytest.mark.parametrize(
    "pattern",
    ["(a+)+.example", "a|b", "{unknown}.example", "{region}.{region}.example", "a*b*.example", "[ab].example"],
)
def test_what_the_language_does_not_have_is_refused(pattern: str) -> None:
    with pytest.raises(BadPattern):
        compiled(pattern)


def test_a_text_longer_than_any_name_fits_nothing() -> None:
    assert match("*@*", "a@" + "b" * MAX_TEXT) is None


def _texts() -> list[str]:
    size = MAX_TEXT - 1
    seeds = ("a", "1", "-", "a.", "1.", "a-", "1-", "+bncb", "a@", "bounce_", ".a1-")
    tails = ("", "!", ".com!", "@x!", ".amazonses.com", "@zcsend.net")
    return [(seed * size)[: size - len(tail)] + tail for seed in seeds for tail in tails]


def _patterns() -> set[str]:
    return {
        one
        for known in services().values()
        for one in (*known.hosts, *known.return_paths, *known.signing, *known.selectors, *known.includes)
    }


def test_every_repetition_of_every_pattern_is_bounded() -> None:
    for pattern in _patterns():
        made = compiled(pattern).pattern.replace("\\+", "")
        assert not re.search(r"[*+]", made), pattern
        assert made.count("{1,64}") + made.count("{1,63}") <= 4, pattern


def test_hostile_texts_fit_no_pattern_and_end() -> None:
    """A pattern that backtracks would not come to an end here."""
    for pattern in _patterns() - {"*@amazonses.com", "{account}"}:
        fitting = [text for text in _texts() if match(pattern, text) is not None]
        assert fitting == [], pattern


def test_no_form_of_a_value_holds_a_dot() -> None:
    for form in FORMS.values():
        assert compiled("x").fullmatch("x")
        assert "." not in form
