from dataclasses import replace

import pytest

from headerlens.findings.enclosed import find_enclosed
from headerlens.findings.find import find
from headerlens.model.findings import Finding
from headerlens.model.message import RawMessage, Repair, SourceKind
from headerlens.parse.attached import How
from headerlens.parse.message import parse
from headerlens.parse.reports import Report
from headerlens.present.words import LANGUAGES, Words
from tests.support.facts import facts

INNER = b"Received: from a.example by b.example\r\nFrom: a@example.com\r\nSubject: Invoice\r\n\r\nHello\r\n"


def holding(*parts: bytes, kind: bytes = b"multipart/mixed") -> RawMessage:
    pieces = b"".join(b"--b\r\n" + one + b"\r\n" for one in parts)
    return RawMessage(
        b"From: o@example.org\r\nContent-Type: " + kind + b"; boundary=b\r\n\r\n" + pieces + b"--b--\r\n", "o.eml"
    )


def found(raw: RawMessage) -> list[Finding]:
    return list(find_enclosed(facts(made=parse(raw))))


MAIL = b"Content-Type: message/rfc822\r\n\r\n" + INNER


def test_a_mail_without_another_says_nothing() -> None:
    assert found(RawMessage(INNER, "x")) == []


def test_the_mails_inside_are_counted_and_named_with_their_places() -> None:
    raw = holding(b"\r\nsee", MAIL, MAIL, MAIL, MAIL)
    (told,) = found(raw)
    assert told.params == {"n": 4, "names": "Invoice, Invoice, Invoice, …", "how": "enclosed.forwarded"}
    assert [raw.octets[place.start : place.end] for place in told.where] == [INNER] * 3
    assert told in find(facts(made=parse(raw)))


def test_a_mail_taken_out_of_another_says_so() -> None:
    raw = RawMessage(INNER, "Invoice", SourceKind.ATTACHED, inside=("archive.zip", "o.eml"))
    assert found(raw) == [Finding("input.inside", {"name": "o.eml"})]
    assert found(replace(raw, kind=SourceKind.EML)) == []


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (holding(b"\r\nx", kind=b"multipart/report; report-type=delivery-status"), "bounce"),
        (holding(b"\r\nx", kind=b"multipart/report; report-type=feedback-report"), "feedback"),
        (holding(b"\r\nx", kind=b"multipart/report; report-type=disposition-notification"), "receipt"),
        (holding(b"Content-Type: application/zip; name=a!b!1!2.zip\r\n\r\nPK"), "dmarc"),
        (holding(b"\r\nx", kind=b"multipart/report; report-type=tlsrpt"), "tls"),
        (
            RawMessage(
                b"From: MAILER-DAEMON@b\r\nSubject: failure notice\r\n\r\n"
                b"--- Below this line is a copy of the message.\r\n\r\n" + INNER,
                "x",
            ),
            "bounce",
        ),
    ],
)
def test_a_report_is_called_what_it_is_in_both_languages(raw: RawMessage, what: str) -> None:
    told = found(raw)[0]
    assert told == Finding("input.report", {"what": f"report.{what}"})
    for language in LANGUAGES:
        title = Words(language).finding(told).title
        assert "report." not in title
        assert Words(language).phrase(f"report.{what}") in title


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_role_of_a_mail_and_every_report_has_words(language: str) -> None:
    words = Words(language)
    assert [how for how in How if not words.has_phrase(f"enclosed.{how}")] == []
    assert [one for one in Report if not words.has_phrase(f"report.{one}")] == []


def test_the_headers_of_outlooks_file_are_noted() -> None:
    raw = RawMessage(INNER, "a.msg", SourceKind.MSG, (Repair("repair.msg-headers", 1),), b"", body_kept=False)
    assert "repair.msg-headers" in [one.id for one in find(facts(made=parse(raw)))]
