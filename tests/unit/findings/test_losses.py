"""What a copy lost is said where a hash fails, and nowhere else."""

from __future__ import annotations

import re

import pytest

from headerlens.model.findings import Finding
from headerlens.model.message import RawMessage
from headerlens.pipeline import analyse
from headerlens.present.words import Words
from headerlens.reading import open_octets
from tests.conftest import NOW
from tests.support.signing import answers, sign, zone_for

HEAD = (
    "Received: from a.example.com by mx.example.net; Sat, 21 Nov 2026 08:20:00 +0000\r\n"
    "From: Shop <news@example.com>\r\nTo: a@example.net\r\nSubject: one\r\n\ttwo\r\n"
    "Date: Sat, 21 Nov 2026 08:20:00 +0000\r\nMessage-ID: <1@example.com>\r\n"
    "Content-Type: text/plain; charset={}\r\n\r\n"
)


def mail(body: str, charset: str = "utf-8", how: str = "relaxed/simple") -> bytes:
    return sign(HEAD.format(charset).encode() + body.replace("\n", "\r\n").encode(charset), canonicalization=how)


def found(octets: bytes, *, pasted: bool = True) -> dict[str, Finding]:
    raw = open_octets(octets, "x", pasted=pasted)
    assert isinstance(raw, RawMessage)
    case = analyse(raw, answers(zone_for("rsa2048")), NOW)
    return {one.id: one for one in case.findings if one.id.startswith(("input.", "repair."))}


def test_characters_that_no_program_could_read_are_lost() -> None:
    sent = mail("予約\nお知らせ\n", "shift_jis")
    shown = found(sent.decode("utf-8", "replace").encode(), pasted=False)
    assert int(shown["input.lost-characters"].params["n"]) >= 5
    assert "input.lost-characters" not in found(mail("it was � all the time\n"))


def test_escapes_that_cannot_be_put_back_are_lost() -> None:
    sent = mail("予約です\nお知らせ\n", "iso-2022-jp")
    spoilt = sent.replace(b"\x1b", b"").replace(b"(B\r\n", b"(B!\r\n", 1)
    assert "input.lost-escapes" in found(spoilt)
    assert "input.lost-escapes" not in found(sent.replace(b"\x1b", b""))
    assert "input.lost-escapes" not in found(mail("pay $Bill(B) now\n").replace(b"now", b"new"))


def test_blanks_at_line_ends_may_be_lost_where_every_blank_counts() -> None:
    sent = mail("Dear guest, \nBye\n")
    stripped = sent.replace(b"guest, \r\n", b"guest,\r\n")
    assert "input.lost-blanks" in found(stripped)
    assert "input.lost-blanks" not in found(stripped, pasted=False)
    assert "input.lost-blanks" not in found(sent.replace(b"Bye", b"Boo"))
    relaxed = mail("Dear guest, \nBye\n", how="relaxed/relaxed")
    assert "input.lost-blanks" not in found(relaxed.replace(b"Bye", b"Boo"))


def test_words_cut_at_a_column_may_have_been_wrapped() -> None:
    text = "".join(f"word{at % 7} and another one of them " for at in range(60))
    sent = mail(text + "\n")
    header, _, body = sent.partition(b"\r\n\r\n")
    wrapped = header + b"\r\n\r\n" + re.sub(rb"([^\r\n]{78})(?=[^\r\n])", rb"\1\r\n", body)
    assert found(wrapped)["input.hard-wrapped"].params["n"] == 78
    assert "input.hard-wrapped" not in found(sent.replace(b"word1", b"ward1"))
    assert "input.hard-wrapped" not in found(sent)


def test_tabs_may_be_lost_where_every_blank_of_the_header_counts() -> None:
    sent = mail("Hi\n", how="simple/relaxed")
    assert "input.lost-tabs" in found(sent.replace(b"\t", b"        "))
    assert "input.lost-tabs" not in found(sent)
    assert "input.lost-tabs" not in found(mail("Hi\n").replace(b"\t", b" "))


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "Gmail's page showed: SPF pass (192.0.2.1), DKIM pass (example.com), DMARC fail."),
        ("ja", "Gmail の画面には「SPF pass (192.0.2.1), DKIM pass (example.com), DMARC fail」と表示されていました。"),
    ],
)
def test_what_gmails_page_showed_is_told(language: str, sentence: str) -> None:
    rows = b"SPF:\tPASS with IP 192.0.2.1\nDKIM:\t'PASS' with domain example.com\nDMARC:\t'FAIL'\n\n"
    told = found(rows + mail("Hi\n"))
    assert Words(language).finding(told["input.page-rows"]).title == sentence
    assert "input.page-rows" not in found(mail("Hi\n"))


def test_each_repair_of_the_ladder_is_told_with_its_number_or_charset() -> None:
    sent = mail("caf\u00e9\nFrom here\n", how="relaxed/relaxed")
    told = found(sent.replace(b"\r\nFrom here", b"\r\n>From here").decode("cp1252").encode())
    assert told["repair.charset"].params == {"charset": "Windows-1252"}
    assert told["repair.mbox-escapes"].params == {"n": 1}
    flat = found(mail("Hi\n").replace(b"\r\n", b" "))
    assert flat["repair.flattened"].params == {"n": 8}
    assert "input.headers-only" in flat
