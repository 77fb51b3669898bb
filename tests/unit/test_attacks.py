"""Attacks on the answer: what a forger who owns evil.example and writes the whole mail must never reach.

The victim is bank.example.co.jp (SPF "-all", one DKIM key, p=reject); the forger's own domain passes every check.
Facts about rooms are asserted at their doors, the verdict only where no wording is involved.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from headerlens.cli.answering import EX_CANNOT_READ
from headerlens.cli.check import check
from headerlens.dns.recorded import EvidenceError, load_evidence
from headerlens.findings.verdict import exit_status
from headerlens.intake.files import read_file, read_octets
from headerlens.model.case import Case, Choices
from headerlens.model.message import BodyState, Hop, Message, RawMessage, Refusal
from headerlens.model.verdicts import Result, Trust
from headerlens.parse.message import parse
from headerlens.parse.tags import parse_tags
from headerlens.pipeline import analyse
from headerlens.present.result import present_result
from headerlens.present.words import Words
from headerlens.report.json import report, report_line, report_text
from headerlens.report.terminal import Style
from headerlens.report.text import text_report
from headerlens.verify.receiver import is_hand_over
from tests.support.make_samples import gmail, key_record, signed
from tests.support.signing import key_record as own_key_record
from tests.support.signing import own_sign

NOW = datetime(2026, 11, 21, 8, 20, tzinfo=UTC)
BANK, EVIL = "bank.example.co.jp", "evil.example"
BANK_IP, EVIL_IP = "192.0.2.90", "198.51.100.9"
ZONE: dict[str, dict[str, Any]] = {
    f"k._domainkey.{BANK}": {"TXT": [key_record("k2026")]},
    f"_dmarc.{BANK}": {"TXT": ["v=DMARC1; p=reject; rua=mailto:d@bank.example.co.jp"]},
    BANK: {"A": [BANK_IP], "TXT": [f"v=spf1 ip4:{BANK_IP} -all"]},
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
PHISHING = b"\r\n\r\nYour account is locked: http://evil.example/\r\n"
DATE = b"; Fri, 20 Nov 2026 00:12:02 +0000\r\n"
RETURN_PATH = b"Return-Path: <a@bank.example.co.jp>\r\n"
FORGED_HOP = b"Received: from bank.example.co.jp (bank.example.co.jp [192.0.2.90]) by mx.office.example" + DATE


def at_gmail(octets: bytes, dkim: str = "dkim=pass header.i=@evil.example", dmarc: str = "fail") -> bytes:
    """The mail as Gmail leaves it, handed over by the forger's server."""
    return gmail(
        octets,
        mail_from="x@evil.example",
        host="out.evil.example",
        ip=EVIL_IP,
        time="Thu, 19 Nov 2026 16:12:02 -0800 (PST)",
        spf="pass",
        results=f"{dkim};\n       {{spf}};\n       dmarc={dmarc} (p=REJECT) header.from={BANK}",
    )


def by_evil(header: bytes) -> bytes:
    """A mail with this header, signed by the forger in his own name."""
    return signed(header + REST + b"\r\nclick\r\n", "m7", EVIL, "e", AT)


def case(octets: bytes, zone: dict[str, dict[str, Any]] | None = None, *, name: str = "a.eml", **choices: Any) -> Case:
    raw = read_octets(octets, name)
    assert isinstance(raw, RawMessage)
    return analyse(raw, load_evidence(json.dumps(zone or ZONE)), NOW, choices=Choices(**choices))


def parsed(octets: bytes) -> Message:
    return parse(RawMessage(octets, "a.eml"))


def hop(value: bytes) -> Hop:
    return parsed(b"Received: " + value + b"\r\n").hops[0]


def is_bank(found: Case) -> bool:
    """Whether the bank is said to be authenticated."""
    return found.dmarc.result is Result.PASS and found.dmarc.author_domain == BANK


# ---- who wrote From


@pytest.mark.parametrize(
    "hidden",
    [
        b"X-A: a\rFrom: info@bank.example.co.jp\r\n",
        b"From\0: info@bank.example.co.jp\r\n",
        b"\xef\xbb\xbfFrom: info@bank.example.co.jp\r\n",
        b"\x0bFrom: info@bank.example.co.jp\r\n",
        b"From\r\n : info@bank.example.co.jp\r\n",
        b"From : info@bank.example.co.jp\r\n",
    ],
    ids=["lone CR", "NUL", "BOM", "VT", "folded name", "blank before the colon"],
)
def test_a_from_that_only_some_programs_see_leaves_no_single_author(hidden: bytes) -> None:
    found = case(at_gmail(b"X-First: 1\r\n" + hidden + EVIL_FROM + REST + b"\r\nclick\r\n"))
    assert (found.dmarc.code or "").startswith("na.several")


def test_a_from_past_the_limit_of_fields_counts_as_an_author() -> None:
    octets = at_gmail(EVIL_FROM + REST + b"X: y\r\n" * 20_001 + BANK_FROM + b"\r\nclick\r\n")
    found = case(octets)
    assert found.dmarc.code == "na.several_domains"
    assert BANK in {one.domain for one in found.message.author}


def test_an_author_behind_two_hundred_others_is_not_forgotten() -> None:
    found = parsed(b"From: " + b"x@evil.example,\r\n " * 200 + b"info@bank.example.co.jp\r\n\r\n")
    assert {one.domain for one in found.author} == {EVIL, ""}


def test_an_author_behind_sixty_four_kilobytes_of_comments_is_not_forgotten() -> None:
    padding = b" (aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa)\r\n" * 1300
    found = parsed(b"From: x@evil.example,\r\n" + padding + b" info@bank.example.co.jp\r\n\r\n")
    assert "" in {one.domain for one in found.author}


@pytest.mark.parametrize(
    "written",
    [
        b'"bank.example.co.jp" <x@evil.example>',
        b"bank.example.co.jp, x@evil.example",
        "info＠bank.example.co.jp <x@evil.example>".encode(),
        b'"' + b"a " * 1500 + b'info@bank.example.co.jp" <x@evil.example>',
        b'"info@bank.example.co.jp"@evil.example',
    ],
)
def test_a_pass_of_the_forger_points_at_the_bank_in_his_name(written: bytes) -> None:
    found = case(at_gmail(by_evil(b"From: " + written + b"\r\n"), dmarc="pass"))
    assert not is_bank(found)
    assert "identity.address-in-name" in {finding.id for finding in found.findings}


def test_a_folded_line_that_looks_like_from_is_no_author() -> None:
    found = parsed(
        b"Subject: Fwd:\r\n From: info@bank.example.co.jp\r\nX-B: a\rb\r\n From: y@z.example\r\n" + EVIL_FROM
    )
    assert [one.address for one in found.author] == ["x@evil.example"]


@pytest.mark.parametrize(
    "written",
    [
        b"<info@bank.example.co.jp> <x@evil.example>",
        b"x@evil.example; info@bank.example.co.jp",
        b'x@evil.example " <info@bank.example.co.jp>',
        b"x@evil.example ( <info@bank.example.co.jp>",
        b"info@bank.example.co.jp: x@evil.example;",
        b"x@evil.example\rFrom: info@bank.example.co.jp",
        b"info@bank.example.co.jp(<x@evil.example>)",
        b"<x@evil.example@bank.example.co.jp>",
        b"x@evil.example " + b"(" * 60 + b")" * 60 + b", info@bank.example.co.jp",
    ],
)
def test_no_way_of_writing_two_addresses_lets_the_other_one_pass(written: bytes) -> None:
    assert case(at_gmail(by_evil(b"From: " + written + b"\r\n"))).dmarc.result is not Result.PASS


@pytest.mark.parametrize(
    "domain", [b"bank.example.co.jp\0.evil.example", b"bank.example.co.jp\xc2\xa0.evil.example", b"[198.51.100.9]"]
)
def test_what_is_no_domain_name_never_passes(domain: bytes) -> None:
    assert case(at_gmail(b"From: info@" + domain + b"\r\n" + REST + b"\r\nx\r\n")).dmarc.code == ("na.no_domain")


# ---- whose address SPF is asked about

QMAIL = b"from unknown (HELO %s) (198.51.100.9) by mx.office.example with SMTP" + DATE


@pytest.mark.parametrize(
    "received",
    [
        QMAIL % b"x)([192.0.2.90]",
        QMAIL % b"x([192.0.2.90]",
        QMAIL % b"x)(192.0.2.90",
        QMAIL % b"[192.0.2.90]",
        b"from evil.example ([198.51.100.9] ident=[192.0.2.90]) by mx.office.example with esmtp" + DATE,
        b"from evil.example ([198.51.100.9] ident=a [192.0.2.90] helo=x) by mx.office.example with esmtp" + DATE,
        b"from [198.51.100.9] (helo=[192.0.2.90]) by mx.office.example with esmtp" + DATE,
        b"from x[192.0.2.90] (198.51.100.9) by m.mail.protection.outlook.com with Microsoft SMTP Server" + DATE,
        b"from x([10.0.0.1] (evil [198.51.100.9]) by mx.office.example [10.0.0.1] with ESMTP" + DATE,
        b"from [192.0.2.90] (unknown [198.51.100.9]) by mx.office.example" + DATE,
    ],
)
def test_nothing_the_client_says_replaces_its_address(received: bytes) -> None:
    assert hop(received).ip == EVIL_IP
    assert not is_bank(case(RETURN_PATH + b"Received: " + received + BANK_FROM + REST + b"\r\nx\r\n"))


def test_two_addresses_of_which_the_client_wrote_one_are_none() -> None:
    written = b"from 198.51.100.9 (EHLO x) ([192.0.2.90]) by 10.217.151.13 with SMTPs" + DATE
    assert hop(written).ip is None
    assert hop(b"from 127.0.0.1 (EHLO x) (192.0.2.7) by 10.1.2.3 with SMTPs" + DATE).ip == "192.0.2.7"


@pytest.mark.parametrize(
    "helo", [b"(x)by", b"(x)with(y)local", b'"', b"(", b"x(", b"<>", b";", b"by", b"\\", b"x;from"]
)
def test_no_helo_makes_the_border_a_hand_over(helo: bytes) -> None:
    """Else the walk would go on into the forged Received below."""
    received = b"from " + helo + b" (unknown [198.51.100.9])\r\n by mx.office.example (Postfix) with ESMTPS id 1" + DATE
    assert not is_hand_over(hop(received))
    found = case(RETURN_PATH + b"Received: " + received + FORGED_HOP + BANK_FROM + REST + b"\r\nx\r\n")
    assert found.sender.client_ip in {None, EVIL_IP}
    assert not is_bank(found)


def test_fields_about_addresses_below_the_border_are_not_heard() -> None:
    own = b"X-Originating-IP: [192.0.2.90]\r\nX-Sender-IP: 192.0.2.90\r\nReceived-SPF: pass client-ip=192.0.2.90\r\n"
    received = b"Received: from x (x [198.51.100.9]) by mx.office.example" + DATE
    found = case(RETURN_PATH + received + own + BANK_FROM + REST + b"\r\nx\r\n")
    assert (found.sender.client_ip, found.spf.result) == (EVIL_IP, Result.FAIL)


# ---- signatures


@pytest.mark.parametrize(
    "tags",
    [
        b"d=bank.example.co.jp; s=e",
        b"d=evil.example; d=bank.example.co.jp; s=e",
        b"d=co.jp; s=e._domainkey.evil.example",
        b"d=bank.example.co.jp; s=e._domainkey.evil.example.",
        b"d=evil.example\0bank.example.co.jp; s=e",
        b"d=bank.example.co.jp\r\n .evil.example; s=e",
        b"d=evil.example; s=e; i=@bank.example.co.jp",
    ],
)
def test_no_tag_makes_the_forgers_key_the_banks(tags: bytes) -> None:
    octets = by_evil(BANK_FROM)
    octets = re.sub(rb"d=evil\.example; s=e", lambda _: tags, octets, count=1)
    assert not is_bank(case(at_gmail(octets)))


def test_a_header_that_was_cut_proves_no_signature() -> None:
    found = case(GENUINE.replace(b"\r\n\r\n", b"\r\n" + b"X: y\r\n" * 20_001 + b"\r\n", 1))
    assert {check.code for check in found.dkim} == {"sig.not_checked"}
    assert not is_bank(found)


@pytest.mark.parametrize("mark", [b"X-Pm-Origin: external", b"X-MS-Exchange-Organization-AuthAs: Anonymous"])
def test_a_mark_of_another_mailbox_does_not_excuse_a_replaced_body(mark: bytes) -> None:
    octets = mark + b"\r\n" + GENUINE.partition(b"\r\n\r\n")[0] + PHISHING
    found = case(at_gmail(octets, f"dkim=fail header.i=@{BANK}"))
    assert found.body_state is BodyState.COMPLETE
    assert (found.judgement.level, found.judgement.situation) == ("fail", "S6")


def test_a_second_subject_on_top_breaks_a_signature_that_covers_the_absence() -> None:
    assert is_bank(case(at_gmail(GENUINE, dmarc="pass")))
    assert not is_bank(case(at_gmail(b"Subject: LOCKED\r\n" + GENUINE, dmarc="pass")))


REPLAY_ZONE = {**ZONE, f"k._domainkey.{BANK}": {"TXT": [own_key_record("rsa2048")]}}


@pytest.mark.parametrize("added", [b"Content-Type: text/html", b"Subject: LOCKED", b"Reply-To: x@evil.example"])
def test_a_replayed_mail_with_an_unsigned_line_put_in_is_no_plain_pass(added: bytes) -> None:
    mail = BANK_FROM + b"Reply-To: info@bank.example.co.jp\r\n" + REST + b"\r\nDear customer.\r\n"
    names = "from:to:subject:date:content-type:reply-to"
    replayed = own_sign(mail, tags={"d": BANK, "s": "k", "h": names})
    found = case(at_gmail(added + b"\r\n" + replayed, dmarc="pass"), REPLAY_ZONE)
    assert is_bank(found)
    assert (found.judgement.level, found.judgement.params["variant"], exit_status(found)) == ("warn", "partly", 2)


def test_a_replayed_mail_with_text_behind_its_length_is_no_plain_pass() -> None:
    octets = own_sign(BANK_FROM + REST + b"\r\nHi.\r\n", tags={"d": BANK, "s": "k"}, body_length=5)
    found = case(at_gmail(octets + PHISHING, dmarc="pass"), REPLAY_ZONE)
    assert is_bank(found)
    assert (found.judgement.level, found.judgement.params["variant"], exit_status(found)) == ("warn", "partly", 2)


@pytest.mark.parametrize("pasted", [True, False])
def test_no_copy_excuses_what_the_receiver_found_wrong_on_delivery(pasted: bool) -> None:
    header, _, _ = GENUINE.partition(b"\r\n\r\n")
    octets = at_gmail(header + PHISHING, f"dkim=fail header.i=@{BANK}")
    if not pasted:  # a saved file whose body is missing
        octets = octets.partition(b"\r\n\r\n")[0] + b"\r\n"
    raw = read_octets(octets, "a.eml", pasted=pasted)
    assert isinstance(raw, RawMessage)
    found = analyse(raw, load_evidence(json.dumps(ZONE)), NOW, choices=Choices())
    variant = "changed" if pasted else "denied"
    judged = found.judgement
    assert (judged.situation, judged.params["variant"], exit_status(found)) == ("S6", variant, 1)


@pytest.mark.parametrize("list_id", [b"news.example.org", BANK.encode(), b"news.bank.example.co.jp", b"\xff", b"com"])
def test_an_invented_list_does_not_excuse_a_replaced_body(list_id: bytes) -> None:
    octets = b"List-Id: <" + list_id + b">\r\n" + GENUINE.partition(b"\r\n\r\n")[0] + PHISHING
    judged = case(at_gmail(octets, f"dkim=fail header.i=@{BANK}")).judgement
    assert (judged.level, judged.situation, judged.params["variant"]) == ("fail", "S6", "changed")
    assert "news.example.org" not in judged.params.values()


# ---- recorded results

FORGED_RESULT = b"Authentication-Results: %s; dkim=pass header.d=bank.example.co.jp; dmarc=pass\r\n"


def test_a_forged_result_below_gmails_own_is_not_believed() -> None:
    found = case(at_gmail(FORGED_RESULT % b"mx.google.com" + by_evil(BANK_FROM)), trusted=("mx.google.com",))
    assert [one.trust for one in found.trust][-1] is Trust.UNTRUSTED
    assert found.judgement.situation == "S6"


def test_a_forged_result_below_a_provider_that_writes_above_is_not_believed_even_when_chosen() -> None:
    received = b"Received: from x (198.51.100.9) by a.mail.protection.outlook.com with Microsoft SMTP Server" + DATE
    octets = received + FORGED_RESULT % b"protection.outlook.com" + BANK_FROM + REST + b"\r\nx\r\n"
    found = case(octets, trusted=("protection.outlook.com",))
    assert [(one.trust, one.why) for one in found.trust] == [(Trust.UNTRUSTED, "trust.below-border")]


@pytest.mark.parametrize("name", [b"Authentication-Results ", b"AUTHENTICATION-RESULTS", b"Authentication-Results\0"])
def test_no_spelling_of_the_field_name_is_believed_below_the_border(name: bytes) -> None:
    field = FORGED_RESULT.replace(b"Authentication-Results", name) % b"mx.google.com"
    found = case(at_gmail(field + by_evil(BANK_FROM)))
    believed = [one for one in found.trust if one.trust is not Trust.UNTRUSTED]
    assert len(believed) == 2  # Gmail's own two
    assert not is_bank(found)


# ---- the forger's DNS


def test_a_public_suffix_flag_of_the_forger_gives_him_no_foreign_organisation() -> None:
    for flag in ("psd=y", "psd=n", "psd=u"):
        zone = {**ZONE, f"_dmarc.{EVIL}": {"TXT": [f"v=DMARC1; p=none; {flag}"]}}
        assert not is_bank(case(at_gmail(by_evil(BANK_FROM)), zone))


def test_another_customer_of_a_suffix_without_psd_is_no_proof_of_the_sender() -> None:
    zone: dict[str, dict[str, Any]] = {
        "_dmarc.uk.com": {"TXT": ["v=DMARC1; p=reject"]},
        "e._domainkey.evil.uk.com": {"TXT": [key_record("m7")]},
    }
    octets = signed(b"From: info@bank.uk.com\r\n" + REST + b"\r\nclick\r\n", "m7", "evil.uk.com", "e", AT)
    found = case(at_gmail(octets, dmarc="fail"), zone)
    assert found.dmarc.result is Result.PASS  # by the letter (RFC 9989 11.8)
    assert (found.judgement.level, found.judgement.situation, exit_status(found)) == ("warn", "S2", 2)


def test_an_alias_into_the_banks_names_proves_nothing() -> None:
    zone = {**ZONE, EVIL: {"CNAME": [BANK]}, f"_dmarc.{EVIL}": {"CNAME": [f"_dmarc.{BANK}"]}}
    assert not is_bank(case(at_gmail(by_evil(BANK_FROM)), zone))


def test_an_spf_record_that_includes_itself_ends() -> None:
    zone = {**ZONE, EVIL: {"TXT": ["v=spf1" + " include:evil.example" * 200 + " -all"]}}
    assert case(at_gmail(by_evil(EVIL_FROM)), zone).spf.result is Result.PERMERROR


def test_nested_evidence_is_an_error_and_no_crash() -> None:
    with pytest.raises(EvidenceError):
        load_evidence("[" * 200_000)


# ---- what is shown

POISON = "\u202eX\x1b[31m\x9b31m\u200b\u2066<b>A&amp;b</b>{x}%s\x00\U000e0041"
_HOSTILE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066\u2067\U000e0000-\U000e007f]")


def _poisoned() -> Case:
    octets = (
        "Return-Path: <P@evil.example>\r\n"
        "Received: from P (P [198.51.100.9]) by mxP.example (xP) with P; Fri, 20 Nov 2026 00:12:02 +0000\r\n"
        'Authentication-Results: mx; dkim=pass (P) header.d=P reason="P"; spf=fP smtp.mailfrom=P; dmarc=pass\r\n'
        "Received-SPF: pass (P) client-ip=P\r\nList-Id: <P.x>\r\nReply-To: P@P.example\r\n"
        "DKIM-Signature: v=1; a=rsa-sha256; c=P; d=evil.example; s=kP; i=P@evil.example; h=from:P; bh=AAP; b=BP\r\n"
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=evil.example; s=e; h=from:xP; bh=AAAA; b=BBBB\r\n"
        'From: "dP" <lP@evil.example>\r\nSubject: sP\r\nDate: P\r\n\r\nx\r\n'
    )
    zone = {
        **ZONE,
        EVIL: {"TXT": [f"v=spf1 include:{POISON} exists:%{{l}}.evil.example -all {POISON}"]},
        f"_dmarc.{EVIL}": {"TXT": [f"v=DMARC1; p=none; rua={POISON}; x{POISON}=1"]},
        f"e._domainkey.{EVIL}": {"TXT": [f"v=DKIM1; k={POISON}; p=AAAA"]},
    }
    return case(octets.replace("P", POISON).encode(), zone, name=f"a\n{POISON}\udce9.eml")


@pytest.mark.parametrize("language", ["en", "ja"])
def test_no_value_of_a_mail_commands_the_terminal_or_turns_the_text_around(language: str) -> None:
    text = text_report(present_result(_poisoned(), Words(language)), Style())
    assert not _HOSTILE.search(text)
    assert text.encode()


def test_json_holds_no_raw_control_and_still_means_the_same() -> None:
    found = _poisoned()
    data = report(found, present_result(found, Words("en")))
    for text in (report_text([data]), report_line(data)):
        assert not _HOSTILE.search(text)
        assert text.encode()
        assert json.loads(text)["message"]["from"][0]["display"] == found.message.author[0].display


@pytest.mark.parametrize(
    "charset", ["utf-7", "utf-16", "unicode-escape", "punycode", "idna", "undefined", "hex", "zlib"]
)
def test_no_charset_of_a_word_crashes_or_leaves_half_characters(charset: str) -> None:
    for content in ("=D8=00=D8=00", "=5Cud800+2AA-", "+2AA-+2AD"):
        subject = parsed(f"Subject: =?{charset}?q?{content}?=\r\n\r\n".encode()).subject
        assert subject.encode().decode() == subject


# ---- denial


@pytest.fixture
def quickly() -> Iterator[None]:
    """Ten times what the slowest machine needs; the attacks took minutes."""
    begun = time.monotonic()
    yield
    assert time.monotonic() - begun < 10


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize("piece", [";", "a=b;", ";;a", "a=b;a=b;"])
def test_a_list_of_a_million_tags_is_cut(piece: str) -> None:
    found = parse_tags(piece * 250_000)
    assert len(found.tags) + len(found.faults) < 5000
    assert found.faults[-1].code == "syntax"


@pytest.mark.usefixtures("quickly")
def test_many_lengths_cost_one_canonical_body() -> None:
    field = (
        b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=evil.example; s=e; h=from; bh=AAAA; b=BBBB; l=%d\r\n"
    )
    header = b"".join(field % length for length in range(5_000_000, 5_000_030)) + EVIL_FROM + REST
    found = case(header + b"\r\n" + b"x \t \r\n" * 2_000_000)
    assert sum(check.actual_body_hash is not None for check in found.dkim) == 10


@pytest.mark.usefixtures("quickly")
def test_millions_of_lone_line_ends_are_mended_in_linear_time() -> None:
    raw = read_octets(EVIL_FROM + REST + b"\r\n" + b"\r" * 8_000_000, "a.eml")
    assert isinstance(raw, RawMessage)
    assert raw.octets.count(b"\r\n") == raw.octets.count(b"\r") == raw.octets.count(b"\n")


@pytest.mark.usefixtures("quickly")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_a_pipe_nobody_writes_to_and_a_device_are_refused(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.eml"
    os.mkfifo(pipe)
    link = tmp_path / "link.eml"
    link.symlink_to("/dev/zero")
    for path in (pipe, link):
        found = read_file(path)
        assert isinstance(found, Refusal)
        assert (found.id, found.unreadable) == ("refusal.not-readable", True)


@pytest.mark.usefixtures("quickly")
@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no such files here")
def test_evidence_from_a_pipe_or_a_device_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pipe = tmp_path / "dns.json"
    os.mkfifo(pipe)
    for path in (str(pipe), "/dev/zero"):
        assert check(["--dns-evidence", path, "mail.eml"]) == 64
        assert "is no file" in capsys.readouterr().err


@pytest.mark.skipif(os.name == "nt", reason="no such names there")
def test_a_file_name_cannot_command_the_terminal(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a\n\x1b[2J\u202e.eml"
    path.write_bytes(b"no mail")
    assert check([str(path), str(path) + "\x9b"]) in {65, EX_CANNOT_READ}
    assert not _HOSTILE.search(capsys.readouterr().err)


def test_a_from_clause_without_anything_readable_is_no_hand_over() -> None:
    given = hop(b"by 2002:a05:6000::1 with SMTP id x" + DATE)
    assert is_hand_over(given)
    assert not is_hand_over(replace(given, has_client=True))
