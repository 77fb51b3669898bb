"""The line above the verdict."""

from __future__ import annotations

import pytest

from headerlens.model.message import BodyState, RawMessage, SourceKind
from headerlens.parse.message import parse
from headerlens.present.message_line import line_of
from headerlens.present.words import Words

MAIL = b"From: a@example.com\r\nSubject: Invoice\r\nDate: Fri, 20 Nov 2026 09:12:00 +0900\r\n\r\nx\r\n"


@pytest.mark.parametrize(
    ("language", "name"), [("en", "mail[U+202E].eml › attached mail"), ("ja", "mail[U+202E].eml › 添付のメール")]
)
def test_a_mail_inside_another_one_goes_by_the_name_of_that_one(language: str, name: str) -> None:
    raw = RawMessage(MAIL, "Invoice", kind=SourceKind.ATTACHED, inside=("box.zip", "mail\u202e.eml"))
    assert line_of(parse(raw), BodyState.COMPLETE, Words(language)).source_name == name


def test_any_other_mail_goes_by_its_own_name() -> None:
    raw = RawMessage(MAIL, "a\u202e.eml", inside=("box.zip",))
    assert line_of(parse(raw), BodyState.COMPLETE, Words("en")).source_name == "a[U+202E].eml"


@pytest.mark.parametrize(
    ("language", "shown"), [("en", "info@tax.example and 2 more"), ("ja", "info@tax.example ほか2件")]
)
def test_several_senders_are_not_shown_as_one(language: str, shown: str) -> None:
    made = parse(RawMessage(MAIL.replace(b"a@example.com", b"<b>Tax</b> <info@tax.example>"), "a.eml"))
    assert line_of(made, BodyState.COMPLETE, Words(language)).address == shown
