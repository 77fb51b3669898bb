"""The letter to an administrator: facts, fix, and no recipient in it (product.md 2.12)."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from headerlens.dns.recorded import load_evidence
from headerlens.intake.files import read_octets
from headerlens.model.case import Case, Choices
from headerlens.model.message import Refusal
from headerlens.pipeline import analyse
from headerlens.present.letter import Addressee, letter
from headerlens.present.words import LANGUAGES, Words

CORPUS = Path(__file__).resolve().parents[2] / "corpus"


def _case(name: str, message: bytes | None = None) -> Case:
    folder = CORPUS / name
    given = json.loads((folder / "expected.json").read_text("utf-8"))["input"]
    raw = read_octets(message or (folder / "message.eml").read_bytes(), name, pasted=given["pasted"])
    assert not isinstance(raw, Refusal)
    choices = Choices(trusted=tuple(given["choices"].get("trusted", ())))
    ask = load_evidence((folder / "dns.json").read_text("utf-8"))
    return analyse(raw, ask, datetime.fromisoformat(given["checked_at"]), choices=choices)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sender_is_told_what_is_wrong_and_what_to_publish(language: str) -> None:
    told = letter(_case("publish-doubled-key"), Words(language), Addressee.SENDER, zone=UTC)
    assert told is not None
    assert "s1._domainkey.example.com.example.com" in told.body
    assert "v=DKIM1; k=rsa; p=" in told.body
    assert "<1182.20261120@example.com>" in told.body
    assert "dkim=permerror (example.com, s1)" in told.body
    assert "{" not in told.body
    assert "letter." not in told.body + told.subject


def test_the_recipient_stays_out_of_it() -> None:
    message = (CORPUS / "publish-doubled-key" / "message.eml").read_bytes()
    message = message.replace(
        b"Subject: Invoice 1182", b"Subject: suzuki.hanako, invoice for suzuki.hanako@recipient.example"
    )
    message = message.replace(b"you@recipient.example", b"suzuki.hanako@recipient.example")
    message = message.replace(b"b1182@bounce", b"b-suzuki.hanako=recipient.example@bounce")
    told = letter(_case("publish-doubled-key", message), Words("en"), Addressee.SENDER, zone=UTC)
    assert told is not None
    assert "hanako" not in told.subject + told.body
    assert "Subject: ***, invoice for ***@recipient.example" in told.body


@pytest.mark.parametrize(
    ("to", "subject", "shown"),
    [
        (b"Hanako Suzuki", b"Hanako, your invoice", "***, your invoice"),
        ("山田 花子".encode(), "山田様 ご請求".encode(), "***様 ご請求"),
        (b"Example Reader", b"Example Shop: readers wanted", "Example Shop: readers wanted"),
    ],
)
def test_neither_does_the_name_of_the_recipient_nor_a_part_of_it(to: bytes, subject: bytes, shown: str) -> None:
    message = (CORPUS / "publish-doubled-key" / "message.eml").read_bytes()
    message = message.replace(b"To: ", b'To: "' + to + b'" ', 1).replace(b"Invoice 1182", subject)
    told = letter(_case("publish-doubled-key", message), Words("en"), Addressee.SENDER, zone=UTC)
    assert told is not None
    assert f"Subject: {shown}\n" in told.body


def test_there_is_no_letter_where_nothing_is_to_be_mended() -> None:
    assert letter(_case("microsoft-pass"), Words("en"), Addressee.SENDER) is None


@pytest.mark.parametrize("to", Addressee)
@pytest.mark.parametrize("name", sorted(path.name for path in CORPUS.iterdir()))
def test_every_case_gives_a_whole_letter_or_none(name: str, to: Addressee) -> None:
    case = _case(name)
    for language in LANGUAGES:
        told = letter(case, Words(language), to, zone=UTC)
        if told is not None:
            assert told.subject
            assert "\n" not in told.subject
            assert "you@recipient.example" not in told.body


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sender_gets_the_advice_for_the_service_that_was_used(language: str) -> None:
    told = letter(_case("zoho-unsigned"), Words(language), Addressee.SENDER, zone=UTC)
    assert told is not None
    assert "Domain Authentication" in told.body
    assert "d=example.com" in told.body


def test_the_sender_is_not_told_how_the_reader_should_treat_them() -> None:
    texts = {to: letter(_case("zoho-unsigned"), Words("en"), to, zone=UTC) for to in Addressee}
    assert "Treat the sender as unproven." in getattr(texts[Addressee.OWN], "body", "")
    assert "Treat the sender as unproven." not in getattr(texts[Addressee.SENDER], "body", "")


def test_whose_mail_is_authenticated_is_not_asked_whether_it_is_theirs() -> None:
    told = letter(_case("directmail-unsigned"), Words("en"), Addressee.SENDER, zone=UTC)
    assert told is not None
    assert "It is authenticated" in told.body
    assert "using your name" not in told.body


def test_the_same_evidence_is_told_once() -> None:
    told = letter(_case("ses-unsigned"), Words("en"), Addressee.SENDER, zone=UTC)
    assert told is not None
    assert told.body.count("Evidence: Return address: ap-northeast-1.amazonses.com") == 1


def test_the_senders_administrator_gets_no_letter_about_what_a_list_did() -> None:
    assert letter(_case("list-footer"), Words("en"), Addressee.SENDER) is None


def test_without_a_single_sender_the_letter_names_all_domains() -> None:
    told = letter(_case("from-added"), Words("en"), Addressee.OWN)
    assert told is not None
    assert told.subject.startswith("A mail shown as from example.org, example.com:")
