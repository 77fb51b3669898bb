import random
from pathlib import Path

import pytest

from headerlens.intake import files
from headerlens.intake.files import read_file, read_octets
from headerlens.model.message import RawMessage, Refusal, SourceKind

MAIL = b"From: a@example.com\r\nSubject: x\r\nDate: Sat, 21 Nov 2026 08:20:00 +0000\r\n\r\nHello\r\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)


def refused(octets: bytes, *, pasted: bool = False) -> str:
    found = read_octets(octets, "x", pasted=pasted)
    assert isinstance(found, Refusal), found
    assert ("name", "x") in found.params
    return found.id


def test_a_file_is_read_with_its_name(tmp_path: Path) -> None:
    path = tmp_path / "手紙.eml"
    path.write_bytes(MAIL)
    assert read_file(path) == RawMessage(MAIL, "手紙.eml", SourceKind.EML)


def test_a_file_that_cannot_be_read_is_unreadable(tmp_path: Path) -> None:
    missing = read_file(tmp_path / "no.eml")
    assert missing == Refusal("refusal.not-found", (("name", "no.eml"),), unreadable=True)
    folder = read_file(tmp_path)
    assert folder == Refusal("refusal.is-folder", (("name", tmp_path.name),), unreadable=True)
    odd = read_file(Path("a\0b"))
    assert isinstance(odd, Refusal)
    assert odd.unreadable


def test_a_file_without_permission_is_not_readable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def forbid(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = tmp_path / "x.eml"
    path.write_bytes(MAIL)
    monkeypatch.setattr(Path, "open", forbid)
    found = read_file(path)
    assert found == Refusal(
        "refusal.not-readable", (("name", "x.eml"), ("reason", "Permission denied")), unreadable=True
    )


def test_too_large_is_told_with_both_sizes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MAX_MESSAGE_OCTETS", 50)
    path = tmp_path / "x.eml"
    path.write_bytes(MAIL)
    expected = Refusal(
        "refusal.too-large", (("name", "x.eml"), ("size", str(len(MAIL))), ("limit", "50")), unreadable=True
    )
    assert read_file(path) == expected
    assert read_octets(MAIL, "x.eml") == expected


@pytest.mark.parametrize(
    ("octets", "refusal"),
    [
        (b"", "empty"), (b" \r\n\t\n", "empty"), (b"\xef\xbb\xbf\n", "empty"), (b"\xff\xfe\n\0", "empty"),
        (b"Dear all,\nthis is a letter: nothing more\n", "not-mail"),
        (b"a=1\nb=2\n", "not-mail"),
        (bytes(range(256)) * 4, "binary"), (b"\x7fELF\2\1\1\0\0", "binary"),
        (b"\x89PNG\r\n\x1a\n", "image"), (b"\xff\xd8\xff\xe0", "image"), (b"GIF89a", "image"),
        (b"RIFF1234WEBP", "image"),
        (b"BM\x46\0\0\0\0\0\0\0", "image"),
        (b"%PDF-1.7\n", "pdf"),
        (OLE + b"WordDocument", "office"), (OLE + "__substg1.0_007D001F".encode("utf-16-le"), "msg-damaged"),
        (b"PK\3\4" + bytes(26) + b"[Content_Types].xml", "office"),
        (b"PK\3\4" + bytes(26) + b"mail.eml", "archive"), (b"\x1f\x8b\x08", "archive"), (b"Rar!\x1a\x07", "archive"),
        (b"7z\xbc\xaf\x27\x1c", "archive"),
        (b"<!DOCTYPE html><html><body>Hello</body></html>", "html"),
        (b"[InternetShortcut]\r\nURL=https://mail.example/\r\n", "url-file"),
        (b"imap-message://user@example.com/INBOX#12\n", "url-file"),
        (b"https://mail.google.com/mail/u/0/?view=om", "url-file"),
    ],
)  # fmt: skip
def test_what_is_no_mail_is_refused_by_what_it_is(octets: bytes, refusal: str) -> None:
    assert refused(octets) == f"refusal.{refusal}"


@pytest.mark.parametrize(
    "text",
    [
        "From: Ann <a@example.com>\nSent: Friday, 20 November 2026 10:00\nTo: B\nSubject: Hi\n\nHello",
        "差出人: Ann <a@example.com>\n送信日時: 2026年11月20日 10:00\n宛先: B\n件名: ご案内\n\nこんにちは",
        "件名：ご案内\n差出人：Ann\n\nこんにちは",
        "- Forwarded message -\nFrom: A <a@b>\nDate: Mon, Sep 7, 2026 at 1:07 PM\nSubject: Hi\nTo: B\n\nHello",
        "From: Ann <a@example.com>\nSubject: Hi\nDate: 7 September 2026 at 13:07:05 JST\nTo: B\n\nHello",
    ],
)
def test_a_copy_of_what_a_mail_program_shows_is_refused(text: str) -> None:
    assert refused(text.encode(), pasted=True) == "refusal.reading-pane"


def test_a_letter_about_headers_with_the_source_in_it_is_no_reading_pane() -> None:
    found = read_octets(b"Received: from a by b\n" + MAIL, "x", pasted=True)
    assert isinstance(found, RawMessage)


def test_several_messages_in_an_mbox_are_refused_with_their_number() -> None:
    line = b"From a@example.com Sat Nov 21 08:20:00 2026\r\n"
    found = read_octets((line + MAIL + b"\r\n") * 3, "x")
    assert found == Refusal("refusal.mbox", (("name", "x"), ("count", "3")))
    single = read_octets(line + MAIL + b"\r\nFrom here on: 2026 things\r\nand so on\r\n", "x")
    assert isinstance(single, RawMessage)


def test_nothing_raises() -> None:
    chance = random.Random(822)
    pieces = [
        MAIL,
        b"\r\n",
        b"\n",
        b"\r",
        b"> ",
        b"```\n",
        b"<pre>",
        b"</pre>",
        b"From a 2026\n",
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b"a",
        b":",
    ]
    for _ in range(2000):
        read_octets(b"".join(chance.choices(pieces, k=chance.randrange(9))), "x", pasted=chance.random() < 0.5)
        read_octets(chance.randbytes(chance.randrange(100)), "x")
