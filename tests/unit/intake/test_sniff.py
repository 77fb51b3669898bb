import json
import plistlib
import random
import re
import time
import tomllib
from pathlib import Path

import pytest

from headerlens.findings.catalogue import read_table
from headerlens.intake import sniff
from headerlens.intake.files import read_octets
from headerlens.intake.reading_pane import _TRACES, client_of_pane
from headerlens.intake.sniff import clues, known_format, text_refusal
from headerlens.model.message import RawMessage, Refusal
from headerlens.present.words import LANGUAGES, Words

CALENDAR = (
    b"BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nPRODID:Microsoft Exchange Server 2010\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\n"
)
CARD = b"BEGIN:VCARD\r\nVERSION:3.0\r\nN:Gump;Forrest\r\nFN:Forrest Gump\r\nEND:VCARD\r\n"
DMARC = (
    b'<?xml version="1.0" encoding="UTF-8" ?>\n<feedback>\n  <report_metadata>\n    <org_name>google.com</org_name>\n'
    b"    <email>noreply-dmarc-support@google.com</email>\n  </report_metadata>\n"
)
DMARC_BIS = (
    b'<?xml version="1.0"?>\n<!-- made by x -->\n<feedback xmlns="urn:ietf:params:xml:ns:dmarc-2.0">'
    b"<version>1.0</version><report_metadata><org_name>Sample-Reporter</org_name>"
)
DMARC_PREFIXED = b'<ns2:feedback xmlns:ns2="urn:ietf:params:xml:ns:dmarc-2.0">\r\n<ns2:report_metadata>\r\n'
TLS = {"organization-name": "Company-X", "date-range": {"start-datetime": "2026-04-01T00:00:00Z"}, "policies": []}
WEBLOC = {"URL": "https://mail.google.com/mail/u/0/#inbox/x"}


def refused(octets: bytes, *, pasted: bool = False) -> str:
    found = read_octets(octets, "x", pasted=pasted)
    assert isinstance(found, Refusal), found
    return found.id.removeprefix("refusal.")


@pytest.mark.parametrize(
    ("octets", "identifier"),
    [
        (b"\x78\x9f\x3e\x22" + bytes(200), "tnef"),
        (b"\x78\x9f\x3e\x22\x01\0\x01\x06\x90\x08\0", "tnef"),
        (b"\x78\x9f\x3e\x22", "tnef"),
        (b"!BDN" + bytes(600), "mail-store"),
        (b"!BDN\x12\x34SM\x17\0", "mail-store"),
        (b"\xcf\xad\x12\xfe\xc5\xfd\x74\x6f" + bytes(100), "mail-store"),
        (CALENDAR, "calendar"),
        (b"\xef\xbb\xbf" + CALENDAR, "calendar"),
        (b"\r\n" + CALENDAR.replace(b"\r\n", b"\n").lower(), "calendar"),
        (CARD, "contact"),
        (CARD.replace(b"\r\n", b"\n"), "contact"),
        (b"begin:vcard\nversion:4.0\nfn:x\nend:vcard\n", "contact"),
        (DMARC, "dmarc-report"),
        (DMARC_BIS, "dmarc-report"),
        (DMARC_PREFIXED, "dmarc-report"),
        (DMARC.decode().encode("utf-16"), "dmarc-report"),
        (json.dumps(TLS).encode(), "tls-report"),
        (json.dumps(TLS, indent=2).encode(), "tls-report"),
        (b"\xef\xbb\xbf" + json.dumps(TLS).encode(), "tls-report"),
        (b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", "pdf"), (b"%PDF-1.7\n", "pdf"), (b"%PDF-2.0\r\n", "pdf"),
        (b"{\\rtf1\\ansi\\deff0", "office"),
        (b"{\\rtf1\\adeflang1025\\ansi", "office"),
        (b"{\\rtf1}", "office"),
        (b"7z\xbc\xaf\x27\x1c\0\4", "archive"), (b"Rar!\x1a\x07\0", "archive"), (b"Rar!\x1a\x07\1\0", "archive"),
        (b"[InternetShortcut]\r\nURL=https://mail.example/\r\n", "url-file"),
        (b"[Desktop Entry]\nType=Link\nURL=https://mail.example/\n", "url-file"),
        (b"\x4c\0\0\0\1\x14\2\0\0\0\0\0\xc0\0\0\0\0\0\0F" + bytes(60), "url-file"),
        (plistlib.dumps(WEBLOC), "url-file"),
        (plistlib.dumps(WEBLOC, fmt=plistlib.FMT_BINARY), "url-file"),
        (b"message:%3Cabc@mail.example.com%3E\n", "url-file"),
        (b"imap-message://user@example.com/INBOX#12\n", "url-file"),
        (b"<!DOCTYPE html><html><head></head><body>Hello</body></html>", "html"),
        (b"<html><body><table><tr><td>x</td></tr></table></body></html>", "html"),
        (b"<div dir=ltr>x</div>", "html"),
    ],
)  # fmt: skip
def test_what_is_no_mail_is_called_what_it_is(octets: bytes, identifier: str) -> None:
    assert refused(octets) == identifier


@pytest.mark.parametrize("front", [CALENDAR, CARD, DMARC, b"{\n", b"[Desktop Entry]\n"])
def test_a_mail_that_holds_such_a_thing_is_still_a_mail(front: bytes) -> None:
    octets = b"From: a@example.com\r\nSubject: x\r\nDate: Sat, 21 Nov 2026 08:20:00 +0000\r\n\r\n" + front
    found = read_octets(octets, "x")
    assert isinstance(found, RawMessage)
    assert found.octets == octets.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


@pytest.mark.parametrize(
    "octets",
    [b"BEGIN:VEVENT\r\n", b"<feedback>nice</feedback>", b'{"organization-name": 1}', b"{}", b"VCARD", b"[x]\n"],
)
def test_what_only_resembles_it_is_not_called_so(octets: bytes) -> None:
    assert refused(octets) == "not-mail"


PANES = {
    "outlook-classic": (
        "From: Ann <a@example.com>\nSent: Friday, November 20, 2026 10:00 AM\nTo: Bob\nSubject: Hi\n\nHello",
        "差出人: Ann <a@example.com>\n送信日時: 2026年11月20日金曜日 10:00\n宛先: Bob\n件名: ご案内\n\nこんにちは",
        "Von: Ann <a@example.com>\nGesendet: Freitag, 20. November 2026 10:00\nAn: Bob\nBetreff: Hallo\n\nHallo",
        "De : Ann <a@example.com>\nEnvoyé : vendredi 20 novembre 2026 10:00\nÀ : Bob\nObjet : Bonjour\n\nBonjour",
        "De : Ann\nEnvoyé\u00a0: vendredi 20 novembre 2026\nÀ\u00a0: Bob\nObjet\u00a0: Bonjour\n",
        "De: Ann\nEnviado el: viernes, 20 de noviembre de 2026\nPara: Bob\nAsunto: Hola\n\nHola",
        "发件人: Ann\n发送时间: 2026年11月20日 10:00\n收件人: Bob\n主题: 你好\n\n你好",
        "寄件者: Ann\n寄件日期: 2026年11月20日 10:00\n收件者: Bob\n主旨: 你好\n\n你好",
        "보낸 사람: Ann\n보낸 날짜: 2026년 11월 20일\n받는 사람: Bob\n제목: 안녕하세요\n\n안녕하세요",
        "*From:* Ann\n*Sent:* Friday\n*To:* Bob\n*Subject:* Hi\n",
    ),
    "apple-mail": (
        "From: Ann <a@example.com>\nSubject: Hi\nDate: 7 September 2026 at 13:07:05 JST\nTo: B\n\nHello",
        "差出人: Ann <a@example.com>\n件名: ご案内\n日付: 2026年9月7日 13:07:05 JST\n宛先: B\n\nこんにちは",
        "Begin forwarded message:\n\nFrom: Ann\nDate: 7 September 2026\nSubject: Hi\n",
        "Von: Ann\nBetreff: Hallo\nDatum: 7. September 2026 um 13:07:05 MESZ\nAn: B\n",
    ),
    "thunderbird": (
        "Subject: Hi\nFrom: Ann <a@example.com>\nDate: 20.11.26, 10:00\nTo: B\n\nHello",
        "件名: ご案内\n差出人: Ann\n日時: 2026/11/20 10:00\n宛先: B\n\nこんにちは",
        "-------- Forwarded Message --------\nSubject: \tHi\nDate: \tFri, Nov 20\nFrom: \tAnn\nTo: \tB\n",
    ),
    "gmail": (
        "---------- Forwarded message ---------\nFrom: A <a@b>\nDate: Mon, Sep 7, 2026 at 1:07 PM\nSubject: Hi\n",
        "from:\tAnn <a@example.com>\nto:\tB\ndate:\tNov 20, 2026\nsubject:\tHi\nmailed-by:\texample.com\n",
        "差出人:\tAnn <a@example.com>\nTo:\tB\n日付:\t2026/11/20\n件名:\tご案内\n署名元:\texample.com\n",
    ),
    "yahoo-japan": (
        "Yahoo!メール\n差出人: Ann\n日時: 2026/11/20\n件名: ご案内\n",
        "https://mail.yahoo.co.jp/u/pc/f/message/x\n差出人：Ann\n件名：ご案内\n",
        "Yahoo!メール - ご案内\n件名: ご案内\n差出人: Ann\n宛先: B\n",
    ),
    "": (
        "From: Ann\nDate: 20 Nov, at noon\nTo: B\n",
        "件名：ご案内\n差出人：Ann\n\nこんにちは",
        "From: Ann\nDate: yesterday\nSubject: Hi\n",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("client", "text"), [(client, text) for client, texts in PANES.items() for text in texts])
def test_a_copy_of_what_is_shown_is_refused_with_the_program_it_came_from(client: str, text: str) -> None:
    found = read_octets(text.encode(), "x", pasted=True)
    expected = (("name", "x"), ("client", client)) if client else (("name", "x"),)
    assert found == Refusal("refusal.reading-pane", expected)


@pytest.mark.parametrize(
    "text",
    [
        "Dear all,\n\nfrom: here on we go\nto: there\n",
        "An: alle\nVon: Herzen\n\nliebe Grüße",
        "De: quoi s'agit-il\nDate: inconnue\n",
        "Data: x\nPara: y\n",
        "주제: x\n제목: y\n",
        "Subject: only\nOne: more\n",
    ],
)
def test_a_letter_with_such_words_is_no_reading_pane(text: str) -> None:
    assert refused(text.encode(), pasted=True) == "not-mail"


def test_words_of_the_mail_itself_far_down_do_not_name_the_program() -> None:
    text = PANES[""][0] + "\n" + "text\n" * 1000 + "see mail.google.com"
    assert client_of_pane(text.encode()) == client_of_pane(PANES[""][0].encode())


@pytest.mark.parametrize(
    ("refusal", "octets", "client"),
    [
        ("refusal.html", b"<html><a href='https://mail.google.com/mail/u/0'>", "gmail"),
        ("refusal.html", b"<html><base href='https://outlook.live.com/mail/0/'>", "outlook-new"),
        ("refusal.html", b"<html>https://mail.yahoo.co.jp/", "yahoo-japan"),
        ("refusal.html", b"<html>", ""),
        ("refusal.url-file", b"imap-message://user@example.com/INBOX#12", "thunderbird"),
        ("refusal.url-file", b"message:%3Ca@b%3E", "apple-mail"),
        ("refusal.url-file", b"https://outlook.office.com/mail/", "outlook-new"),
        ("refusal.url-file", b"https://example.com/", ""),
        ("refusal.msg", b"", "outlook-new"),
        ("refusal.pdf", b"https://mail.google.com/", ""),
    ],
)
def test_the_program_is_named_where_the_octets_tell_it(refusal: str, octets: bytes, client: str) -> None:
    assert clues(refusal, octets) == ({"client": client} if client else {})


def test_every_program_named_has_a_help_page() -> None:
    help_text = (Path(__file__).resolve().parents[3] / "resources" / "help" / "en.toml").read_text("utf-8")
    pages = {page["id"] for page in tomllib.loads(help_text)["client"]}
    named = {client for client, _ in (*_TRACES, *sniff._CLIENT_OF_ADDRESS)} | set(PANES) - {""}
    assert named <= pages


def test_every_refusal_says_what_happened_and_what_to_do_next() -> None:
    identifiers = set(re.findall(r'"(refusal\.[a-z-]+)"', Path(sniff.__file__).read_text("utf-8")))
    assert len(identifiers) > 15
    for language in LANGUAGES:
        table = read_table(f"{language}.toml")["refusals"]
        for identifier in identifiers:
            words = Words(language).refusal(Refusal(identifier, (("name", "a.bin"), ("client", "gmail"))))
            assert identifier in table
            assert words.headline
            assert words.sentence
            assert words.action
            assert "{" not in words.sentence + words.action


@pytest.mark.parametrize(
    "octets",
    [
        b"From:" * 200_000, b"\nFrom: \n" * 150_000, b"> " * 400_000, b"\n" * 800_000, b"<feedback>" * 80_000,
        b"BEGIN:VCALENDAR" * 50_000, b"{" * 800_000, b"bplist00" + b"URL" * 200_000, b"<" * 800_000,
        b"a://" + b"x" * 800_000, "보낸 사람".encode() * 50_000, b"\n" + b" " * 800_000 + b"From:",
    ],
    ids=range(12),
)  # fmt: skip
def test_hostile_text_costs_little(octets: bytes) -> None:
    before = time.process_time()
    known_format(octets)
    for refusal in ("refusal.reading-pane", "refusal.html", text_refusal(octets)):
        clues(refusal, octets)
    assert time.process_time() - before < 1


def test_nothing_raises() -> None:
    chance = random.Random(7)
    pieces = [text.encode() for texts in PANES.values() for text in texts] + [
        CALENDAR,
        DMARC,
        b"\0",
        b"\xff\xfe",
        b"<html>",
    ]
    for _ in range(1000):
        octets = b"".join(chance.choices(pieces, k=chance.randrange(4))) + chance.randbytes(chance.randrange(60))
        clues(text_refusal(octets), octets)
        known_format(octets)
