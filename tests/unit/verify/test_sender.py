from __future__ import annotations

import pytest

from headerlens.model.case import Choices
from headerlens.verify.sender import BORDER_REASONS, propose_sender
from tests.support.received_mail import FASTMAIL, GMAIL, LAYOUTS, MICROSOFT, MICROSOFT_BELOW, POSTFIX, YAHOO, mail

NOTHING = Choices()


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_receiver_we_know_tells_the_same_three_facts(layout: str) -> None:
    message = mail(LAYOUTS[layout], below=MICROSOFT_BELOW if layout == "microsoft" else "")
    sender = propose_sender(message, NOTHING)
    assert (sender.client_ip, sender.helo, sender.mail_from) == (
        "198.51.100.9",
        "out.shop.example",
        "bounce@shop.example",
    )
    assert sender.border_reason in BORDER_REASONS


@pytest.mark.parametrize(
    ("layout", "border", "reason"),
    [
        (GMAIL, 1, "border.received-spf"),
        (MICROSOFT, 2, "border.received-spf"),
        (FASTMAIL, 3, "border.received-spf"),
        (YAHOO, 0, "border.received-spf"),
        (POSTFIX, 2, "border.first-outside"),
    ],
)
def test_the_border_is_the_first_hop_from_outside(layout: str, border: int, reason: str) -> None:
    sender = propose_sender(mail(layout), NOTHING)
    assert (sender.border, sender.border_reason) == (border, reason)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_forged_fields_of_the_sender_change_nothing(layout: str) -> None:
    forged = """\
Return-Path: <ceo@bank.example>
Received-SPF: pass (google.com: domain of ceo@bank.example designates 192.0.2.1) client-ip=192.0.2.1;
Authentication-Results: mx.google.com; spf=pass smtp.mailfrom=ceo@bank.example smtp.remote-ip=192.0.2.1
X-Sender-IP: 192.0.2.1
Received: from mx.bank.example (mx.bank.example [192.0.2.1]) by mx.google.com with ESMTPS id 1;
 Mon, 02 Nov 2026 10:00:03 +0000
"""
    below = MICROSOFT_BELOW if layout == "microsoft" else ""
    honest = propose_sender(mail(LAYOUTS[layout], below=below), NOTHING)
    sender = propose_sender(mail(LAYOUTS[layout] + forged, below=below), NOTHING)
    assert (sender.client_ip, sender.helo, sender.border) == (honest.client_ip, honest.helo, honest.border)
    assert sender.mail_from in {"bounce@shop.example", "shop.example"}


def test_a_sent_copy_has_no_border_and_no_address() -> None:
    sender = propose_sender(mail("", own="From: me@office.example\nSubject: hi\n"), NOTHING)
    assert (sender.border, sender.border_reason, sender.client_ip) == (None, "border.none", None)


def test_what_the_person_chose_goes_before_all() -> None:
    choices = Choices(client_ip="[IPv6:2001:db8::1]", mail_from="<a@b.example>", helo="h.example", border=2)
    sender = propose_sender(mail(GMAIL), choices)
    assert (sender.client_ip, sender.mail_from, sender.helo) == ("2001:db8::1", "a@b.example", "h.example")
    assert {sender.client_ip_source, sender.mail_from_source, sender.helo_source} == {"user"}
    assert (sender.border, sender.border_reason) == (2, "border.user")


def test_a_chosen_border_that_does_not_exist_is_ignored() -> None:
    assert propose_sender(mail(GMAIL), Choices(border=99)).border == 1


def test_a_private_client_address_does_not_lead_into_the_senders_own_hops() -> None:
    behind_nat = """\
Received: from out.shop.example (out.shop.example [172.18.0.1]) by mx.office.example with ESMTP id 1;
 Mon, 02 Nov 2026 10:00:04 +0000
Received: from laptop (unknown [203.0.113.77]) by out.shop.example with ESMTP id 0; Mon, 02 Nov 2026 10:00:00 +0000
"""
    sender = propose_sender(mail(behind_nat), NOTHING)
    assert (sender.border, sender.border_reason, sender.client_ip) == (None, "border.unclear", None)


def test_a_public_relay_named_like_the_receiver_is_left_to_the_person() -> None:
    relayed = """\
Received: from relay.office.example (relay.office.example [198.51.100.1]) by mx.office.example with ESMTP id 2;
 Mon, 02 Nov 2026 10:00:04 +0000
Received: from bank.example (bank.example [192.0.2.1]) by relay.office.example with ESMTP id 1;
 Mon, 02 Nov 2026 10:00:03 +0000
"""
    assert propose_sender(mail(relayed), NOTHING).border_reason == "border.unclear"
    recorded = "Received-SPF: pass (x) client-ip=192.0.2.1; envelope-from=a@bank.example; helo=bank.example\n" + relayed
    sender = propose_sender(mail(recorded), NOTHING)
    assert (sender.border, sender.border_reason, sender.client_ip) == (1, "border.received-spf", "192.0.2.1")


def test_mail_handed_in_by_a_user_of_the_same_server_crossed_no_border() -> None:
    submitted = """\
Received: from [10.0.0.5] (home.isp.example [203.0.113.5]) by mx.office.example with ESMTPSA id 1;
 Mon, 02 Nov 2026 10:00:04 +0000
"""
    sender = propose_sender(mail(submitted), NOTHING)
    assert (sender.border, sender.border_reason) == (None, "border.submission")


def test_google_takes_mail_from_google_at_a_border() -> None:
    inside = GMAIL.replace("out.shop.example (out.shop.example.", "mail-a.google.com (mail-a.google.com.")
    own = "Received: by mail-a.google.com with SMTP id 1; Mon, 02 Nov 2026 02:00:00 -0800 (PST)\nFrom: a@gmail.com\n"
    assert propose_sender(mail(inside, own=own), NOTHING).client_ip == "198.51.100.9"


def test_the_null_path_is_kept_so_that_helo_can_be_checked() -> None:
    bounced = POSTFIX.replace("<bounce@shop.example>", "<>")
    sender = propose_sender(mail(bounced), NOTHING)
    assert (sender.mail_from, sender.mail_from_source) == ("", "return-path")


def test_a_return_path_below_the_border_is_no_fact() -> None:
    header = "".join(line + "\n" for line in POSTFIX.splitlines() if not line.startswith("Return-Path"))
    assert propose_sender(mail(header + "Return-Path: <x@bank.example>\n"), NOTHING).mail_from is None


def test_microsoft_completes_a_recorded_domain_only_by_its_own_address() -> None:
    assert propose_sender(mail(MICROSOFT, below="Return-Path: x@bank.example\n"), NOTHING).mail_from == "shop.example"


def test_an_address_comes_from_the_results_when_the_border_names_none() -> None:
    nameless = YAHOO.replace("from 198.51.100.9 (EHLO out.shop.example)", "from out.shop.example")
    sender = propose_sender(mail(nameless), NOTHING)
    assert (sender.border, sender.client_ip, sender.client_ip_source) == (0, "198.51.100.9", "received-spf")


@pytest.mark.parametrize(
    "own", ["", "Received:\n", "Received: ;;;((([[[\n", "Received: from\n by\n with\n", "\x00: x\n"]
)
def test_broken_headers_raise_nothing(own: str) -> None:
    assert propose_sender(mail("Received-SPF: \nReturn-Path:\n", own=own), NOTHING).client_ip is None
