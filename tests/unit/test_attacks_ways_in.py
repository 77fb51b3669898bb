"""Attacks on what reads, repairs and explains: the forger writes the whole mail, and the file that holds it.

The victim and the forger are those of test_attacks. What HeaderLens checks must be what a mail program shows.
"""

from __future__ import annotations

import base64
import hashlib
import json
from datetime import UTC, datetime
from typing import Any

import pytest

from headerlens.casefile import StoredCase, load_case, save_case
from headerlens.causes.search import prove
from headerlens.dns.recorded import load_evidence
from headerlens.intake.repair.page_rows import page_rows
from headerlens.model.case import Case
from headerlens.model.causes import Cause
from headerlens.model.message import RawMessage, Refusal
from headerlens.model.verdicts import Result
from headerlens.parse.attached import preferred
from headerlens.pipeline import analyse
from headerlens.present.recipients import masked
from headerlens.present.result import present_result
from headerlens.present.words import Words
from headerlens.reading import open_octets
from headerlens.report.csv import guarded
from tests.support.make_samples import gmail, key_record, signed
from tests.support.signing import MAIL, own_sign
from tests.support.signing import key_record as own_key_record

NOW = datetime(2026, 11, 21, 8, 20, tzinfo=UTC)
BANK, EVIL, EVIL_IP = "bank.example.co.jp", "evil.example", "198.51.100.9"
ZONE: dict[str, dict[str, Any]] = {
    f"k._domainkey.{BANK}": {"TXT": [key_record("k2026")]},
    f"_dmarc.{BANK}": {"TXT": ["v=DMARC1; p=reject"]},
    f"e._domainkey.{EVIL}": {"TXT": [key_record("m7")]},
    f"_dmarc.{EVIL}": {"TXT": ["v=DMARC1; p=none"]},
    EVIL: {"A": [EVIL_IP], "TXT": [f"v=spf1 ip4:{EVIL_IP} -all"]},
}
BANK_FROM = b"From: Bank <info@bank.example.co.jp>\r\n"
EVIL_FROM = b"From: x@evil.example\r\n"
REST = (
    b"To: you@recipient.example\r\nSubject: Notice\r\nDate: Fri, 20 Nov 2026 09:11:58 +0900\r\n"
    b"Message-ID: <1@x>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n"
)
AT = 1795133518
GENUINE = signed(BANK_FROM + REST + b"\r\nDear customer.\r\n", "k2026", BANK, "k", AT)


def at_gmail(octets: bytes) -> bytes:
    return gmail(
        octets,
        mail_from="x@evil.example",
        host="out.evil.example",
        ip=EVIL_IP,
        time="Thu, 19 Nov 2026 16:12:02 -0800 (PST)",
        spf="pass",
        results=f"{{spf}};\n       dmarc=fail (p=REJECT) header.from={BANK}",
    )


def case(octets: bytes) -> Case:
    raw = open_octets(octets, "a.eml")
    assert isinstance(raw, RawMessage)
    return analyse(raw, load_evidence(json.dumps(ZONE)), NOW)


def causes(octets: bytes) -> tuple[Cause, ...]:
    found = case(octets)
    return prove(found.message, found.dkim)


def kinds(octets: bytes) -> set[str]:
    return {change.kind for cause in causes(octets) for change in cause.changes}


def by_bank(content_type: bytes, body: bytes, encoding: str = "relaxed") -> bytes:
    head = BANK_FROM + REST.replace(b"text/plain", content_type)
    return signed(head + b"\r\n" + body, "k2026", BANK, "k", AT, encoding)


# ---- which mail is checked


@pytest.mark.parametrize("name", [b"SPF", b"DKIM", b"dmarc"])
def test_a_field_named_like_a_row_of_gmails_page_does_not_turn_the_eye_to_a_mail_in_the_body(name: bytes) -> None:
    outer = at_gmail(EVIL_FROM + name + b": x\r\n" + REST + b"\r\n<!--\r\n\r\n" + GENUINE + b"-->locked\r\n")
    assert case(outer).dmarc.author_domain == EVIL


def test_a_mail_that_was_sent_is_no_saved_web_page() -> None:
    page = b"<p>locked</p><pre hidden>\r\n" + GENUINE.replace(b"<", b"&lt;") + b"</pre>\r\n"
    head = (
        EVIL_FROM + b"Snapshot-Content-Location: x\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=b"
    )
    outer = at_gmail(head + b"\r\n\r\n--b\r\nContent-Type: text/html\r\n\r\n" + page + b"--b--\r\n")
    assert case(outer).dmarc.author_domain == EVIL


# ---- what a repair changes


def test_line_ends_made_of_lone_returns_do_not_exchange_the_author() -> None:
    seen = b"X: y\rFrom: x@evil.example\rSubject: x\r\rzzz\r\n" + BANK_FROM + REST + b"\r\nhello" + b"\r" * 60
    found = case(at_gmail(seen))
    assert found.dmarc.result is not Result.PASS
    assert BANK in {one.domain for one in found.message.author}


def test_undone_escapes_do_not_exchange_the_author() -> None:
    escaped = b"From: (&#40;a) info@bank.example.co.jp (b&#41; x@evil.example &#40;c)\r\n"
    found = case(escaped + b"To: y@z.example\r\nSubject: &lt;\r\nDate: Fri, 20 Nov 2026 09:11:58 +0900\r\n\r\nhi\r\n")
    assert {one.domain for one in found.message.author} == {BANK, EVIL}


def test_an_escaped_paste_of_one_author_has_one_author() -> None:
    page = b"From: Bank &lt;info@bank.example.co.jp&gt;\r\n" + REST.replace(b"<", b"&lt;").replace(b">", b"&gt;")
    found = case(page + b"\r\nhi\r\n")
    assert [one.domain for one in found.message.author] == [BANK]


def test_a_subject_that_looks_like_rows_of_gmails_page_is_none_of_them() -> None:
    shown = (
        b"Subject:\tSPF: PASS with IP 192.0.2.9 DKIM: 'PASS' with domain bank.example.co.jp DMARC: 'PASS'\n"
        b"SPF:\tFAIL with IP 198.51.100.9 Learn more\nDMARC:\t'FAIL' Learn more\n"
    )
    assert page_rows(shown) == (("spf", "fail 198.51.100.9"), ("dmarc", "fail"))


# ---- mails inside mails

OUTER = b"Received: from a by b; Fri, 20 Nov 2026 00:12:02 +0000\r\n" + EVIL_FROM + REST.partition(b"Content-Type")[0]
INSIDE = b"--q\r\nContent-Type: message/rfc822\r\n\r\n" + GENUINE + b"\r\n--q--\r\n"
MIXED = b"Content-Type: multipart/mixed; boundary=q\r\n\r\n"


def wrapped(text: bytes, head: bytes = MIXED) -> RawMessage:
    return RawMessage(OUTER + head + text + INSIDE, "a.eml")


def test_a_wrapper_without_any_text_is_not_judged() -> None:
    assert preferred(wrapped(b"--q\r\nContent-Type: text/plain\r\n\r\n\r\n")) == 0


@pytest.mark.parametrize(
    "style",
    [
        b"p{display:list-item;list-style-type:'call 0120'}",
        b"@counter-style x{system:cyclic;symbols:'call 0120'}p{list-style:x}",
        b"@list l0:level1 {mso-level-text:'call 0120'}",
        b"p{text-overflow:'call 0120'}",
    ],
)
def test_a_style_that_writes_is_text_of_the_wrapper(style: bytes) -> None:
    assert preferred(wrapped(b"--q\r\nContent-Type: text/html\r\n\r\n<style>" + style + b"</style><p></p>\r\n")) is None


@pytest.mark.parametrize(
    "outer",
    [
        wrapped(b"--z\r\n\r\nlocked\r\n--q\r\n\r\n\r\n", MIXED.replace(b"boundary=q", b"boundary*0=q; boundary=z")),
        wrapped(b"--q2\r\n\r\nlocked\r\n--q2--\r\n--q\r\n\r\n\r\n"),
        wrapped(b"--q\r\n\r\n\r\n", b"Your account is locked\r\n" + MIXED),
    ],
    ids=["two boundaries", "a boundary with the same beginning", "a line of text in the header"],
)
def test_what_only_some_programs_show_is_text_of_the_wrapper(outer: RawMessage) -> None:
    assert preferred(outer) is None


# ---- causes

LINK = b"https://bank.example.co.jp/login"
QUOTED_LINK = b"https%3A%2F%2Fbank.example.co.jp%2Flogin"
PAGE = by_bank(b"text/html", b'<p>Dear customer, <a href="' + LINK + b'">log in</a> today</p>\r\n')


def test_a_link_led_through_a_gateway_is_told() -> None:
    gateway = b"https://eu.safelinks.protection.outlook.com/?url=" + QUOTED_LINK + b"&amp;data=1"
    assert kinds(PAGE.replace(LINK, gateway)) == {"link-rewritten"}


@pytest.mark.parametrize(
    "link",
    [
        b"https://evil.example#.safelinks.protection.outlook.com/?url=",
        b"https://evil.example,.safelinks.protection.outlook.com/?url=",
        b"https://evil.example&#47;.safelinks.protection.outlook.com/?url=",
        b"https://evil.example&sol;.safelinks.protection.outlook.com/?url=",
        b"https://evil.example@eu.safelinks.protection.outlook.com/?url=",
        b"https://www.google.com/url?url=https://evil.example/&amp;q=",
        b"https://www.google.com/url?q=https://evil.example/&amp;Q=",
        b"https://www.google.com/url?%71=https://evil.example/&amp;q=",
        b"https://www.google.com/url?&#113;=https://evil.example/&amp;q=",
        b"https://www.google.com/url?url=https://evil.example/#&amp;q=",
    ],
)
def test_a_link_that_leads_elsewhere_is_no_rewritten_one(link: bytes) -> None:
    assert "link-rewritten" not in kinds(PAGE.replace(LINK, link + QUOTED_LINK))
    assert "link-rewritten" not in kinds(PAGE.replace(LINK, link.replace(b"&amp;", b"&") + QUOTED_LINK))


def test_a_visible_text_is_no_attribute_of_a_link() -> None:
    assert "link-rewritten" not in kinds(PAGE.replace(b" today", b' shash="Call 0120 111 222 now" today'))


@pytest.mark.parametrize("behind", [b"", b"====", b"\r\n"])
@pytest.mark.parametrize("length", [0, 1, 2])
def test_a_text_behind_the_end_of_base64_is_not_called_another_encoding(behind: bytes, length: int) -> None:
    text = b"Dear customer.\r\nHello there." + b"!" * length + b"\r\n"
    frame = b"--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: %s\r\n\r\n%s\r\n--b--\r\n"
    mail = by_bank(b"multipart/mixed; boundary=b", frame % (b"7bit", text))
    locked = base64.b64encode(b"Your account is locked: http://evil.example/\r\n")
    encoded = base64.b64encode(text).rstrip(b"=")
    added = encoded + b"=" * (-len(encoded) % 4 or 2) + behind + b"\r\n" + locked
    assert causes(mail.replace(frame % (b"7bit", text), frame % (b"base64", added))) == ()
    honest = base64.b64encode(text)
    assert kinds(mail.replace(frame % (b"7bit", text), frame % (b"base64", honest))) == {"re-encoded"}


def test_what_is_shown_in_place_of_the_text_is_no_notice() -> None:
    text = b"\r\n--b\r\nContent-Type: text/plain\r\n\r\nDear customer.\r\n"
    body = text + b"--b\r\nContent-Type: text/html\r\n\r\nlocked\r\n--b--\r\n"
    wrapper = GENUINE.replace(b"text/plain", b"multipart/alternative; boundary=b").replace(
        b"\r\nDear customer.\r\n", body
    )
    assert "part-added" in kinds(wrapper)
    assert not kinds(wrapper) & {"footer-part", "banner-part"}


def test_what_a_length_leaves_out_makes_no_cause_whole() -> None:
    body = MAIL.partition(b"\r\n\r\n")[2]
    partly = own_sign(MAIL, tags={"c": "relaxed/simple"}, body_length=len(body.rstrip()) + 2)
    tagged = partly.replace(b"Subject: Is", b"Subject: [EXTERNAL] Is")
    zone = load_evidence(json.dumps({"s1._domainkey.example.com": {"TXT": [own_key_record("rsa2048")]}}))

    def wholes(octets: bytes) -> list[bool]:
        found = analyse(RawMessage(octets, "a.eml"), zone, NOW)
        return [cause.whole for cause in prove(found.message, found.dkim)]

    assert wholes(tagged) == [True]
    assert wholes(tagged + b"Your account is locked.\r\n") == [False]
    topped = tagged.replace(b"\r\n\r\nHi.", b"\r\n\r\nBanner\r\nHi.")
    assert wholes(topped) == [True]
    assert wholes(topped + b"Your account is locked.\r\n") == [False]


def test_a_body_hash_without_a_genuine_signature_proves_nothing_without_a_condition() -> None:
    text = b"Your account is locked: http://evil.example/\r\n"
    digest = base64.b64encode(hashlib.sha256(text).digest())
    forged = b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/simple; d=bank.example.co.jp; s=k; h=from; bh=" + digest
    mail = (
        forged
        + b"; b="
        + base64.b64encode(b"x" * 256)
        + b"\r\n"
        + BANK_FROM
        + REST
        + b"\r\n"
        + text
        + b"-- \r\nlist\r\n"
    )
    found = case(at_gmail(mail))
    (cause,) = prove(found.message, found.dkim)
    assert not cause.whole
    assert Words("en").has_phrase("change.footer")


# ---- case files, letters, tables


def stored(**changes: Any) -> StoredCase | Refusal:
    document = json.loads(save_case(case(at_gmail(GENUINE))))
    for place, value in changes.items():
        *way, last = place.split("__")
        table = document
        for step in way:
            table = table[step]
        table[last] = value
    return load_case(json.dumps(document).encode(), "a.hlcase")


@pytest.mark.parametrize(
    "changes",
    [
        {"checked_at": "0001-01-01T00:00:00+14:00"},
        {"checked_at": "9999-12-31T23:59:59-14:00"},
        {"choices__as_of": "0001-01-01T00:00:00+00:00"},
        {"message__page_rows": [["dkim", "pass"]] * 100_000},
        {"message__repairs": [{"id": "repair.line-ends", "count": 1, "detail": ""}] * 100_000},
        {"message__repairs": [{"id": "repair.line-ends", "count": 10**400, "detail": ""}]},
    ],
    ids=["first day", "last day", "first as_of", "rows", "repairs", "count"],
)
def test_a_case_file_that_would_hang_or_crash_the_faces_is_damaged(changes: dict[str, Any]) -> None:
    assert isinstance(stored(**changes), Refusal)


def test_a_case_file_cannot_say_words_of_the_catalogue() -> None:
    found = stored(
        message__repairs=[{"id": "publish.key-cut", "count": 1, "detail": "x"}], message__name="\ud800\x1b[1m"
    )
    assert isinstance(found, StoredCase)
    view = present_result(found.reopen(), Words("en"))
    assert "publish.key-cut" not in {finding.id for finding in view.findings}
    view.line.source_name.encode("utf-8")


@pytest.mark.parametrize(
    "written",
    ["taro.yamada@office.example", "taro%2Eyamada%40office.example", "b-taro.yamada=office.example@x", "TARO_YAMADA"],
)
def test_no_way_of_writing_a_recipient_leaves_the_house(written: str) -> None:
    message = case(
        b"From: x@evil.example\r\nTo: taro.yamada@office.example\r\nDate: x\r\nMessage-ID: <1@x>\r\n\r\n"
    ).message
    assert "yamada" not in masked(f"Unsubscribe: <{written}>", message).lower()


@pytest.mark.parametrize("cell", ["x;=1+1", "x\t@SUM(A1)", "a; +cmd|' /C calc'!A0", "x\n=1", "=1"])
def test_no_cell_computes_where_another_sign_parts_columns(cell: str) -> None:
    parts = guarded(cell).replace("\t", ";").replace("\n", ";").split(";")
    assert not any(part.lstrip(" ").startswith(("=", "+", "-", "@")) for part in parts)
