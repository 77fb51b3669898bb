"""What of a source is marked, as octets."""

from __future__ import annotations

import pytest

from headerlens.gui.source_places import covered, marks_of, not_believed, octets_of, places_of, signers
from headerlens.model.causes import Part
from headerlens.model.findings import Where
from tests.support.source_pane import case_of, change, findings_of, sample_case

MAIL = b"From: a@example.com\r\nSubject: [EXT] Invoice\r\n\r\nDear customer,\r\n--\r\nthe list\r\n"
SUBJECT = MAIL.index(b" [EXT]")
FOOTER = MAIL.index(b"--")


def test_a_tag_is_marked_and_not_the_words_after_it() -> None:
    case = case_of(
        MAIL,
        change(Part.HEADER, SUBJECT, SUBJECT + 16, signed="Invoice", now="[EXT] Invoice", field="Subject"),
    )
    (mark,) = marks_of(case)
    assert MAIL[mark.start : mark.end] == b"[EXT] "
    assert (mark.what, mark.signed) == ("added", "Subject: Invoice")
    assert mark.after == MAIL.index(b"\r\n\r\n") + 2


@pytest.mark.parametrize(
    ("now", "signed", "marked", "what"),
    [
        ("Invoice", "invoice", "I", "changed"),
        ("Invoice 2", "Invoice 1", "2", "changed"),
        ("Re: Re: x", "Re: x", "Re: ", "added"),
        ("aaa", "aa", "a", "added"),
        ("x", "", " x\r\n", "added"),
        ("語あ", "語い", "あ", "changed"),
        ("語a", "誤a", "語", "changed"),
    ],
)
def test_only_what_differs_is_marked(now: str, signed: str, marked: str, what: str) -> None:
    octets = b"X: y\r\nSubject: " + now.encode() + b"\r\n\r\n"
    start = octets.index(b"Subject:") + 8
    case = case_of(octets, change(Part.HEADER, start, len(octets) - 2, signed=signed, now=now, field="Subject"))
    (mark,) = marks_of(case)
    assert octets[mark.start : mark.end].decode() == marked
    assert mark.what == what


def test_a_footer_is_added_and_a_gap_is_removed() -> None:
    case = case_of(
        MAIL, change(Part.BODY, FOOTER, len(MAIL)), change(Part.BODY, FOOTER, FOOTER, signed="two\nlines \u202e")
    )
    gone, footer = marks_of(case)
    assert (gone.start, gone.end, gone.what, gone.signed) == (FOOTER, FOOTER, "removed", "two lines ⟨U+202E⟩")
    assert (footer.start, footer.end, footer.what, footer.signed) == (FOOTER, len(MAIL), "added", "")


def test_a_change_beyond_the_source_does_no_harm() -> None:
    assert marks_of(case_of(MAIL, change(Part.BODY, 500, 900)))[0].end == len(MAIL)
    assert marks_of(case_of(MAIL, change(Part.BODY, 900, 30))) == ()


def test_a_place_in_a_header_is_the_whole_field() -> None:
    message = case_of(MAIL).message
    whole = (0, 21)
    assert octets_of(message, Where(field_index=0)) == whole
    assert octets_of(message, Where(start=8, end=9)) == whole
    assert octets_of(message, Where(start=FOOTER, end=FOOTER + 4)) == (FOOTER, FOOTER + 4)
    assert octets_of(message, Where(field_index=99)) is None
    assert octets_of(message, Where(question="TXT example.com")) is None


def test_the_signature_of_a_sample_covers_what_it_signed() -> None:
    case = sample_case("spoofed")
    names = {case.message.fields[index].key for index in covered(case)}
    assert {"from", "to", "subject", "date"} <= names
    assert "reply-to" not in names
    assert signers(case) == ("mailer-7.example.net",)


def test_findings_point_at_the_headers_they_are_about() -> None:
    case = sample_case("spoofed")
    keys = {
        next(field.key for field in case.message.fields if (field.start, field.end) == place)
        for finding in findings_of(case)
        for place in places_of(case.message, finding)
    }
    assert {"from", "reply-to"} <= keys


def test_a_forged_result_is_not_believed() -> None:
    assert not_believed(sample_case("all-pass")) == frozenset()
