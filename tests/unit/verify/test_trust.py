from __future__ import annotations

import pytest

from headerlens.model.case import Choices
from headerlens.model.message import Message
from headerlens.model.verdicts import Trust, TrustedField
from headerlens.verify.sender import propose_sender
from headerlens.verify.trust import TRUST_REASONS, border_end, judge_trust
from tests.support.received_mail import (
    FASTMAIL,
    GMAIL,
    LAYOUTS,
    MICROSOFT,
    POSTFIX,
    POSTFIX_SILENT,
    YAHOO,
    mail,
)

IDS = {
    "gmail": "mx.google.com",
    "microsoft": "outlook.com",
    "fastmail": "mx1.messagingengine.com",
    "yahoo": "atlas-production.v2-mail-prod1-bf1.omega.yahoo.com",
    "postfix": "mx.office.example",
}


def judged(message: Message, *trusted: str) -> tuple[TrustedField, ...]:
    choices = Choices(trusted=trusted)
    return judge_trust(message, choices, propose_sender(message, choices))


def results(message: Message, *trusted: str) -> list[tuple[Trust, str]]:
    """The verdicts on Authentication-Results, from the top."""
    places = {field.field_index for field in message.recorded}
    return [(one.trust, one.why) for one in judged(message, *trusted) if one.field_index in places]


@pytest.mark.parametrize("layout", [name for name in LAYOUTS if name != "postfix"])
def test_the_results_of_a_known_provider_are_proposed(layout: str) -> None:
    assert results(mail(LAYOUTS[layout])) == [(Trust.PROPOSED, "trust.known-provider")]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_chosen_id_is_trusted_where_its_server_writes(layout: str) -> None:
    assert results(mail(LAYOUTS[layout]), IDS[layout]) == [(Trust.TRUSTED, "trust.chosen")]


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("is_chosen", [True, False])
def test_the_senders_imitation_of_the_same_field_is_never_believed(layout: str, is_chosen: bool) -> None:
    name = "" if layout == "microsoft" else f"{IDS[layout]}; "
    forged = f"Authentication-Results: {name}spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=bank.example; dmarc=pass\n"
    verdicts = results(mail(LAYOUTS[layout] + forged), *([IDS[layout]] if is_chosen else []))
    assert len(verdicts) == 2
    assert verdicts[1][0] is Trust.UNTRUSTED
    assert verdicts[1][1] == "trust.second-of-id"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_forged_field_of_google_in_other_receivers_mail_is_not_believed(layout: str) -> None:
    forged = "Authentication-Results: mx.google.com; dmarc=pass header.from=bank.example\n"
    verdict = results(mail(LAYOUTS[layout] + forged), "mx.google.com")[-1]
    assert verdict[0] is Trust.UNTRUSTED


def test_a_server_that_writes_nothing_gives_a_forger_no_way_in_without_a_choice() -> None:
    forged = "Authentication-Results: mx.office.example; dmarc=pass header.from=bank.example\n"
    assert results(mail(POSTFIX_SILENT + forged)) == [(Trust.UNTRUSTED, "trust.below-received")]


def test_a_field_below_is_foreign_when_the_server_wrote_one_above() -> None:
    above = "Authentication-Results: filter.office.example; dkim=pass header.d=shop.example\n" + POSTFIX
    assert results(mail(above), "mx.office.example", "filter.office.example") == [
        (Trust.TRUSTED, "trust.chosen"),
        (Trust.UNTRUSTED, "trust.below-received"),
    ]


def test_without_a_border_nothing_is_trusted() -> None:
    message = mail("Authentication-Results: mx.google.com; spf=pass\nReceived-SPF: pass\n", own="From: a@b.example\n")
    assert {(one.trust, one.why) for one in judged(message, "mx.google.com")} == {
        (Trust.UNTRUSTED, "trust.no-border"),
    }


def test_a_foreign_id_above_the_border_is_told_apart() -> None:
    assert results(mail(FASTMAIL.replace("Authentication-Results: mx1.messagingengine.com", "X: "))) == []
    foreign = YAHOO.replace("atlas-production.v2-mail-prod1-bf1.omega.yahoo.com", "filter.example")
    assert results(mail(foreign)) == [(Trust.UNTRUSTED, "trust.foreign-id")]


def test_several_fields_of_one_pass_stand_together() -> None:
    both = "Authentication-Results: mx1.messagingengine.com; bimi=pass\nReceived: from x"
    split = FASTMAIL.replace("Received: from out.shop.example", "X: y\n" + both.replace("x", "out.shop.example"), 1)
    assert [trust for trust, _ in results(mail(split))] == [Trust.PROPOSED, Trust.PROPOSED]


def test_an_earlier_pass_of_the_same_id_is_the_second() -> None:
    twice = "Authentication-Results: mx1.messagingengine.com; spf=pass\n" + FASTMAIL
    assert results(mail(twice)) == [
        (Trust.PROPOSED, "trust.known-provider"),
        (Trust.UNTRUSTED, "trust.second-of-id"),
    ]


def test_an_unknown_version_is_not_understood() -> None:
    versioned = GMAIL.replace("\nAuthentication-Results: mx.google.com;", "\nAuthentication-Results: mx.google.com 2;")
    assert results(mail(versioned), "mx.google.com") == [(Trust.UNTRUSTED, "trust.version")]


def test_a_kept_original_field_is_no_result_of_the_receiver() -> None:
    kept = "X-Original-Authentication-Results: mx.google.com; spf=pass\n" + GMAIL
    assert results(mail(kept), "mx.google.com")[0] == (Trust.UNTRUSTED, "trust.original-field")


def test_a_nameless_field_is_only_microsofts_on_microsofts_servers() -> None:
    nameless = "Authentication-Results: spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=x.example\n"
    assert results(mail(nameless + POSTFIX_SILENT)) == [(Trust.UNTRUSTED, "trust.no-id")]


def test_received_spf_follows_the_results_beside_it() -> None:
    message = mail(GMAIL + "Received-SPF: pass client-ip=192.0.2.1\n")
    place = [field.field_index for field in message.received_spf]
    verdicts = {one.field_index: (one.trust, one.why) for one in judged(message, "mx.google.com")}
    assert verdicts[place[0]] == (Trust.TRUSTED, "trust.beside-results")
    assert verdicts[place[1]] == (Trust.UNTRUSTED, "trust.below-border")
    assert {one.name for one in judged(message, "mx.google.com") if one.field_index == place[0]} == {"mx.google.com"}


@pytest.mark.parametrize(
    ("layout", "last"), [(GMAIL, "Authentication-Results"), (MICROSOFT, "Received"), (YAHOO, "Received")]
)
def test_the_border_is_drawn_below_the_receivers_last_field(layout: str, last: str) -> None:
    message = mail(layout)
    sender = propose_sender(message, Choices())
    end = border_end(message, sender, judge_trust(message, Choices(), sender))
    assert end is not None
    assert message.fields[end].name == last
    assert message.fields[end + 1].name == "DKIM-Signature"


def test_no_border_is_drawn_without_one() -> None:
    message = mail("", own="From: a@b.example\n")
    assert border_end(message, propose_sender(message, Choices()), ()) is None


def test_every_reason_is_listed() -> None:
    messages = [mail(layout) for layout in LAYOUTS.values()]
    assert {one.why for message in messages for one in judged(message)} <= set(TRUST_REASONS)
