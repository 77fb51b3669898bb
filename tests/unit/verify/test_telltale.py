"""Questions that tell the sender of a check, and ordinary ones that must not be accused of it."""

import pytest

from headerlens.model.case import Choices
from headerlens.model.dns import Answer, Outcome, Question
from headerlens.model.limits import TELLTALE_SELECTOR_CHARACTERS
from headerlens.model.message import RawMessage
from headerlens.parse.message import parse
from headerlens.samples import samples
from headerlens.verify.sender import propose_sender
from headerlens.verify.telltale import IDS, tell_tales

MAIL = b"From: a@shop.example\r\nTo: Joe <joe.public@reader.example>\r\nDelivered-To: jp@reader.example\r\n\r\n"


def whys(
    names: dict[str, str], *, mail_from: str = "bounce@shop.example", ip: str = "192.0.2.9", mail: bytes = MAIL
) -> dict[str, set[str]]:
    """Why each name tells; `names` gives each its TXT record, "" for none."""
    message = parse(RawMessage(mail, "x"))
    sender = propose_sender(message, Choices(client_ip=ip, mail_from=mail_from, helo="out.shop.example"))
    answers = [
        Answer(Question(name, "TXT"), Outcome.FOUND if text else Outcome.NO_NAME, ((text.encode(),),) if text else ())
        for name, text in names.items()
    ]
    found: dict[str, set[str]] = {}
    for tale in tell_tales(message, sender, answers):
        found.setdefault(tale.question.name, set()).add(tale.why)
    return found


@pytest.mark.parametrize(
    ("term", "name"),
    [
        ("exists:%{i}._spf.shop.example", "192.0.2.9._spf.shop.example"),
        ("exists:%{ir}.%{v}._spf.%{d2}", "9.2.0.192.in-addr._spf.shop.example"),
        ("include:%{h}._ehlo.vendor.example", "out.shop.example._ehlo.vendor.example"),
        ("redirect=%{o}.vendor.example", "shop.example.vendor.example"),
        ("exists:%{l}.x.example", "bounce.x.example"),
        ("exists:%{L1R-}.x.example", "bounce.x.example"),
    ],
)
def test_a_macro_of_the_sender_tells(term: str, name: str) -> None:
    assert whys({"shop.example": f"v=spf1 {term} -all", name: ""}) == {name: {"telltale.macro"}}


def test_a_local_part_in_a_macro_is_told_twice() -> None:
    names = {"shop.example": "v=spf1 exists:%{l}.%{i}.x.example", "b-20261121-77.192.0.2.9.x.example": ""}
    assert whys(names, mail_from="b-20261121-77@shop.example") == {
        "b-20261121-77.192.0.2.9.x.example": {"telltale.macro", "telltale.local-part"}
    }


@pytest.mark.parametrize(
    "term", ["include:_spf.%{d}", "exists:%{p}.x.example", "exp=%{i}.x.example", "x=%{i}.x.example"]
)
def test_other_macros_do_not_tell(term: str) -> None:
    names = {"shop.example": f"v=spf1 {term} -all", "_spf.shop.example": "", "192.0.2.9.x.example": ""}
    assert whys(names) == {}


def test_a_macro_that_was_not_asked_for_does_not_tell() -> None:
    assert whys({"shop.example": "v=spf1 exists:%{i}.x.example -all"}) == {}


def test_a_token_of_the_return_path_tells() -> None:
    names = {"u7f3a99c1.t.shop.example": "", "_dmarc.u7f3a99c1.t.shop.example": "", "shop.example": ""}
    assert whys(names, mail_from="bounce+u7f3a99c1@t.shop.example") == {
        "u7f3a99c1.t.shop.example": {"telltale.local-part"},
        "_dmarc.u7f3a99c1.t.shop.example": {"telltale.local-part"},
    }


@pytest.mark.parametrize("name", ["joe.public.reader.example.t.shop.example", "joe-public-reader-example.b.example"])
def test_a_recipient_in_a_name_tells(name: str) -> None:
    assert whys({name: ""}) == {name: {"telltale.local-part"}}


def test_a_selector_with_the_reader_in_it_tells() -> None:
    name = "jp-reader-example._domainkey.shop.example"
    assert whys({name: ""}) == {name: {"telltale.local-part"}}


def test_a_selector_like_a_hash_tells_and_amazons_does_not() -> None:
    amazon = "ug7nbtf4gccmlpwj322ax3p6ow6yfsug"
    assert len(amazon) == TELLTALE_SELECTOR_CHARACTERS
    told = "5d41402abc4b2a76b9719d911017c592f._domainkey.shop.example"
    assert whys({f"{amazon}._domainkey.shop.example": "", told: ""}) == {told: {"telltale.selector"}}


def test_a_long_name_that_is_no_key_is_no_selector() -> None:
    assert whys({"x" * 40 + ".shop.example": "", "_dmarc." + "x" * 40 + ".example": ""}) == {}


@pytest.mark.parametrize(
    "mail_from", ["info@shop.example", "news@news.shop.example", "newsletter@shop.example", "", "x"]
)
def test_everyday_names_do_not_tell(mail_from: str) -> None:
    names = {
        "news.shop.example": "",
        "shop.example": "v=spf1 include:_spf.shop.example -all",
        "_spf.shop.example": "v=spf1 -all",
        "news._domainkey.shop.example": "",
        "selector1-shop-example._domainkey.shop.example": "",
        "_dmarc.reader.example": "",
    }
    assert whys(names, mail_from=mail_from) == {}


def test_the_samples_ask_nothing_that_tells() -> None:
    for sample in samples():
        message = parse(sample.message())
        sender = propose_sender(message, sample.choices)
        from headerlens.verify.foresee import foreseeable

        planned = [Answer(question, Outcome.NO_NAME) for question in foreseeable(message, sender)]
        assert tell_tales(message, sender, planned) == (), sample.name


def test_odd_input_raises_nothing() -> None:
    odd = {
        "": "v=spf1 %",
        "a" * 300: "v=spf1 exists:%{i999999999999r}.x",
        "é.example": "v=spf1 \xff",
        "._domainkey.": "",
    }
    assert set().union(*whys(odd, mail_from="@" * 500).values(), set()) <= set(IDS)
    assert whys(odd, mail_from="", ip="no address") is not None
    assert tell_tales(parse(RawMessage(b"", "x")), propose_sender(parse(RawMessage(b"", "x")), Choices()), ()) == ()
