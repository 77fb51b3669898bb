import html

import pytest

from headerlens.intake.files import read_octets
from headerlens.intake.repair.line_ends import with_crlf
from headerlens.model.message import RawMessage, Refusal, SourceKind

MAIL = """\
Delivered-To: staff@example.jp
Received: from mta.shop.example (mta.shop.example. [203.0.113.5])
        by mx.google.com with ESMTPS id x4; Sat, 21 Nov 2026 00:20:07 -0800 (PST)
DKIM-Signature: v=1; a=rsa-sha256; d=shop.example; s=s1;
\th=from:subject; bh=47DEQpj8HBSa; b=YWJj
From: Shop <news@shop.example>
To: staff@example.jp
Subject: お知らせ & more
Date: Sat, 21 Nov 2026 17:20:00 +0900
Message-ID: <1@shop.example>

Hello <b>you</b>

  > indented
last: line
""".replace("\n", "\r\n").encode()
LF = MAIL.replace(b"\r\n", b"\n")
GMAIL_PAGE = """\
Original Message
Message ID\t<1@shop.example>
Created at:\tSat, Nov 21, 2026 at 5:20 PM (Delivered after 7 seconds)
From:\tShop <news@shop.example>
To:\tstaff@example.jp
Subject:\tお知らせ & more
SPF:\tPASS with IP 203.0.113.5 Learn more
DKIM:\t'PASS' with domain shop.example Learn more
DMARC:\t'PASS' Learn more

Download Original
Copy to clipboard

""".encode()


def read(octets: bytes, *, pasted: bool = False) -> RawMessage:
    found = read_octets(octets, "mail.eml", pasted=pasted)
    assert isinstance(found, RawMessage), found
    assert found.original == (octets if found.repairs else None)
    return found


def prefixed(prefix: bytes, *, empty: bytes) -> bytes:
    return b"".join((prefix + line if line.strip() else empty) for line in LF.splitlines(keepends=True))


def test_a_mail_that_is_as_it_was_sent_is_not_touched() -> None:
    found = read(MAIL)
    assert found.octets is MAIL
    assert (found.repairs, found.original, found.kind) == ((), None, SourceKind.EML)
    assert read(MAIL, pasted=True).kind is SourceKind.PASTE


@pytest.mark.parametrize(
    ("damaged", "repairs"),
    [
        (LF, ["line-ends"]),
        (MAIL.replace(b"\r\n", b"\r"), ["line-ends"]),
        (MAIL.replace(b"\r\n", b"\r\r\n"), ["line-ends"]),
        (MAIL.replace(b"\r\n", b"\n", 4), ["line-ends"]),
        (b"\xef\xbb\xbf" + MAIL, ["bom"]),
        (MAIL.decode().encode("utf-16"), ["utf-16"]),
        (b"\xfe\xff" + LF.decode().encode("utf-16-be"), ["utf-16", "line-ends"]),
        (LF.decode().encode("utf-16-le"), ["utf-16", "line-ends"]),
        (b"\r\n \r\n" + MAIL, ["leading-blank"]),
        (b"From news@shop.example Sat Nov 21 08:20:00 2026\r\n" + MAIL, ["from-line"]),
        (b"\n>From - Sat Nov 21 08:20:00 2026\n" + LF, ["line-ends", "leading-blank", "from-line"]),
        (b"Please look:\nthis came today\n\n" + LF, ["line-ends", "leading-text"]),
        (GMAIL_PAGE + LF, ["line-ends", "gmail-page"]),
        (GMAIL_PAGE[GMAIL_PAGE.index(b"From:") : GMAIL_PAGE.index(b"\n\nDown") + 1] + LF, ["line-ends", "gmail-page"]),
        (b"Look:\n```eml\n" + LF + b"```\nthanks\n", ["line-ends", "fenced"]),
        (b"Ann wrote:\n" + prefixed(b"> ", empty=b">\n") + b"\nBye\n", ["line-ends", "quoted"]),
        (prefixed(b"    ", empty=b"\n"), ["line-ends", "indented"]),
        (html.escape(LF.decode()).encode(), ["line-ends", "html-escaped"]),
        (b"<html><head></head><pre id=x>\n" + html.escape(LF.decode()).encode() + b"</pre></html>",
         ["line-ends", "html-escaped"]),
        (MAIL.replace(b"\r\n        by", b"\r\n\xc2\xa0 \xc2\xa0 \xc2\xa0 \xc2\xa0 by"), ["nbsp"]),
    ],
)  # fmt: skip
def test_each_damage_is_undone_and_named(damaged: bytes, repairs: list[str]) -> None:
    found = read(damaged)
    assert found.octets == MAIL
    assert [repair.id for repair in found.repairs] == [f"repair.{name}" for name in repairs]
    assert all(repair.count for repair in found.repairs)


def test_line_ends_are_counted() -> None:
    assert read(LF).repairs[0].count == MAIL.count(b"\n")
    assert read(MAIL.replace(b"\r\n", b"\n", 4)).repairs[0].count == 4


def test_a_lone_carriage_return_in_a_mail_with_other_line_ends_stays() -> None:
    assert with_crlf(b"From: a\r\nTo: b\r\n\r\nx\ry\r\n") is None


def test_a_no_break_space_in_a_subject_stays() -> None:
    mail = MAIL.replace(b"& more", b"&\xc2\xa0more")
    assert read(mail).octets == mail


def test_an_escape_in_a_body_or_beside_real_brackets_stays() -> None:
    mail = MAIL.replace(b"Hello", b"&lt;Hello&gt;").replace(b"& more", b"&lt;more&gt;")
    assert read(mail).octets == mail


def test_octets_that_are_no_utf_8_survive_every_repair() -> None:
    mail = MAIL.replace("お知らせ".encode(), b"\x82\xa8\x92m\xff")
    damaged = mail.replace(b"<", b"&lt;").replace(b">", b"&gt;").replace(b"\r\n", b"\n")
    assert read(damaged).octets == mail


def test_the_page_of_gmail_is_recognised_in_any_language() -> None:
    page = GMAIL_PAGE.replace(b"Original Message", "元のメッセージ".encode()).replace(b"From:", "差出人:".encode())
    found = read(page + LF, pasted=True)
    assert found.kind is SourceKind.GMAIL_PAGE
    assert found.octets == MAIL


def test_headers_from_outlook_are_recognised() -> None:
    headers = LF[LF.index(b"Received") : LF.index(b"\n\n") + 1]
    assert read(headers, pasted=True).kind is SourceKind.OUTLOOK_HEADERS
    found = read(b"Microsoft Mail Internet Headers Version 2.0\n" + headers, pasted=True)
    assert found.kind is SourceKind.OUTLOOK_HEADERS
    assert found.octets.startswith(b"Received: from")
    assert read(headers).kind is SourceKind.EML


FOLDED = LF.replace(b"\n\th=", b"\n    h=").replace(b"h=from:subject; ", b"h=from:\n  subject:date; ")


def test_names_of_a_signature_that_look_like_fields_stay_with_it() -> None:
    bare = FOLDED.replace(b"\n    h=", b"\nh=").replace(b"\n        by", b"\nby").replace(b"\n  subject", b"\nsubject")
    found = read(bare)
    assert b"from:\r\n subject:date; bh=" in found.octets
    assert [(made.id, made.count) for made in found.repairs if made.id != "repair.line-ends"] == [
        ("repair.fold-indents", 3)
    ]


@pytest.mark.parametrize(
    "header",
    [
        b"Received: from a\r\n by b\r\nodd line here\r\nFrom: a@example.com\r\nSubject: x\r\n",
        b"From: a@example.com\r\nodd line here\r\nSubject: x\r\n",
        b"Subject: x\r\n\r\nFrom: a@example.com\r\n",
    ],
)
def test_an_odd_line_that_came_with_the_mail_is_not_joined_to_its_neighbour(header: bytes) -> None:
    mail = header + b"Date: Sat, 21 Nov 2026 08:20:00 +0000\r\nTo: b@example.com\r\n\r\nx\r\n"
    assert read(b"Message-ID: <1@x>\r\nDate: Sat, 21 Nov 2026 08:20:00 +0000\r\n" + mail).repairs == ()


def test_one_invisible_character_in_one_name_stays_as_it_is() -> None:
    mail = MAIL.replace(b"Message-ID", b"Mess\xe2\x80\x8bage-ID")
    assert read(mail, pasted=True).octets == mail


def test_a_genuine_no_break_space_in_a_name_stays_although_others_are_ascii() -> None:
    mail = MAIL.replace(b"From: Shop", b"From: Shop\xc2\xa0Ltd")
    assert read(mail, pasted=True).octets == mail


def test_the_body_of_a_flattened_source_is_cut_off_at_its_boundary() -> None:
    mail = LF.replace(b"Message-ID", b'Content-Type: multipart/mixed; boundary="x1"\nMessage-ID').replace(
        b"\n\nHello", b"\n\n--x1\nContent-Type: text/plain\n\nHello"
    )
    found = read(mail.replace(b"\n", b" "), pasted=True)
    assert found.octets.endswith(b"Message-ID: <1@shop.example>\r\n")
    assert not found.body_kept
    assert [made.id for made in found.repairs] == ["repair.flattened"]


def test_prose_on_one_line_is_no_flattened_source() -> None:
    prose = b"Please send it To: me, with the Subject: x and the Date: y and a Reply-To: z, thanks From: Ann"
    assert isinstance(read_octets(prose, "x", pasted=True), Refusal)


def test_line_numbers_that_do_not_count_up_are_text() -> None:
    lines = b"".join(b"%d %s\n" % (at * at, line) for at, line in enumerate(LF.split(b"\n"), 1))
    assert isinstance(read_octets(lines, "x", pasted=True), Refusal)


def test_a_page_without_a_frame_for_the_source_is_read_by_its_lines() -> None:
    rows = html.escape(LF.decode()).replace("\n", "<br>")
    found = read(f"<html><head><style>p{{}}</style></head><body><p>Source</p><div>{rows}</div></body></html>".encode())
    assert found.octets.startswith(MAIL[:200])
    assert {made.id for made in found.repairs} == {"repair.html-escaped", "repair.leading-text"}


def test_a_saved_page_without_a_mail_is_refused() -> None:
    page = (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://example.com/\r\nSubject: News\r\n"
        b"Date: Sat, 21 Nov 2026 10:00:00 +0900\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n'
        b"--b\r\nContent-Type: text/html\r\n\r\n<html><body>Hello</body></html>\r\n--b--\r\n"
    )
    assert isinstance(read_octets(page, "x.mht"), Refusal)
