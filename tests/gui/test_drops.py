"""What each program's drop and clipboard is taken for, with real QMimeData."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl

from headerlens.gui.drops import MOST_FILES, Carried, Unusable, carried, offers_something
from tests.gui.conftest import MAIL
from tests.support import dropped

OUTLOOK_ITEM = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600

pytestmark = pytest.mark.usefixtures("qapp")


def asks_for(client: str, reason: Unusable = Unusable.MAIL_PROGRAM) -> Carried:
    return Carried(unusable=reason, client=client)


def test_files_come_in_their_order_and_each_once(tmp_path: Path) -> None:
    one, two = tmp_path / "b.eml", tmp_path / "a.eml"
    assert carried(dropped.files(one, two, one)).paths == (one, two)


def test_a_folder_and_a_mailbox_are_files_too(tmp_path: Path) -> None:
    assert carried(dropped.files(tmp_path)).paths == (tmp_path,)


def test_names_of_every_script_come_through(tmp_path: Path) -> None:
    path = tmp_path / "請求書 100% #1?.eml"
    assert carried(dropped.files(path)).paths == (path,)


def test_more_files_than_are_taken_are_counted(tmp_path: Path) -> None:
    what = carried(dropped.files(*(tmp_path / f"{n}.eml" for n in range(MOST_FILES + 3))))
    assert len(what.paths) == MOST_FILES
    assert what.left == 3


@pytest.mark.parametrize(
    "format_of_list", ["x-special/gnome-copied-files", "x-special/mate-copied-files", "as text", "uri-list beside text"]
)
def test_files_copied_in_a_file_manager_are_files(tmp_path: Path, format_of_list: str) -> None:
    url = QUrl.fromLocalFile(str(tmp_path / "mail one.eml")).toString(QUrl.ComponentFormattingOption.FullyEncoded)
    mime = QMimeData()
    if format_of_list == "as text":
        mime.setText(f"x-special/nautilus-clipboard\ncopy\n{url}\n")
    elif format_of_list == "uri-list beside text":
        mime.setText(str(tmp_path / "mail one.eml"))
        mime.setUrls([QUrl(url)])
    else:
        mime.setData(format_of_list, f"cut\n{url}".encode())
    assert carried(mime).paths == (tmp_path / "mail one.eml",)
    assert offers_something(mime)


@pytest.mark.parametrize(
    ("url", "client"),
    [
        ("https://example.com/mail.eml", ""),
        ("https://mail.google.com/mail/u/0/#inbox/FMfcgz", "gmail"),
        ("https://outlook.live.com/mail/0/inbox/id/AQ", "outlook-new"),
        ("https://outlook.office365.com/mail/", "outlook-new"),
        ("https://mail.yahoo.co.jp/u/pc/f/list", "yahoo-japan"),
        ("https://www.icloud.com/mail/", "icloud"),
        ("https://mail.proton.me/u/0/inbox", "proton"),
        ("https://mail.google.com.evil.example/", ""),
        ("ftp://example.com/mail.eml", ""),
    ],
)
def test_an_address_is_never_fetched_and_names_its_web_mail(url: str, client: str) -> None:
    wanted = asks_for(client, Unusable.REMOTE)
    assert carried(dropped.uris(url)) == wanted
    if url.startswith("https"):
        assert carried(dropped.text(f"{url}\n")) == wanted
    assert not offers_something(dropped.uris(url))


def test_classic_outlook_is_recognised_by_its_formats() -> None:
    assert carried(dropped.classic_outlook()) == asks_for("outlook-classic")
    assert not offers_something(dropped.classic_outlook())


def test_new_outlook_is_recognised_by_its_formats() -> None:
    assert carried(dropped.new_outlook()) == asks_for("outlook-new")


def test_apple_mail_is_recognised_by_its_promise() -> None:
    assert carried(dropped.apple_mail()) == asks_for("apple-mail")
    assert carried(dropped.uris("message:%3C1182@shop.example.co.jp%3E")) == asks_for("apple-mail")


@pytest.mark.parametrize(
    ("url", "client"), [("https://mail.google.com/mail/#inbox/1", "gmail"), ("https://a.example/", "")]
)
def test_a_link_out_of_chrome_on_windows_is_an_address_and_not_a_mail_of_outlook(url: str, client: str) -> None:
    mime = dropped.uris(url)
    mime.setData(dropped.WINDOWS.format("FileGroupDescriptorW"), dropped.descriptor("Inbox.url"))
    mime.setData(f"{dropped.WINDOWS.format('FileContents')};index=0", b"[InternetShortcut]\r\nURL=x\r\n")
    assert carried(mime) == asks_for(client, Unusable.REMOTE)


def test_a_selection_dragged_out_of_firefox_is_text() -> None:
    mime = dropped.text(MAIL.decode(), "<pre>x</pre>")
    mime.setData("text/_moz_htmlcontext", b"<html></html>")
    mime.setData("text/x-moz-text-internal", b"x")
    assert carried(mime).text == MAIL.decode()
    assert offers_something(mime)


def test_a_promise_of_an_unknown_program_gets_general_advice() -> None:
    mime = QMimeData()
    mime.setData("com.apple.pasteboard.promised-file-url", b"")
    assert carried(mime) == asks_for("")


@pytest.mark.parametrize("scheme", ["imap-message", "mailbox-message", "mailbox", "news-message"])
def test_an_address_inside_thunderbird_is_no_file(scheme: str) -> None:
    assert carried(dropped.uris(f"{scheme}://me@example.com/INBOX#1")) == asks_for("thunderbird")
    assert carried(dropped.text(f"{scheme}://me@example.com/INBOX#1")) == asks_for("thunderbird")


def test_thunderbird_without_a_file_gets_its_own_advice() -> None:
    assert carried(dropped.thunderbird()) == asks_for("thunderbird")


def test_thunderbird_on_linux_hands_over_a_file(tmp_path: Path) -> None:
    path = tmp_path / "dnd_file-1" / "Invoice.eml"
    assert carried(dropped.thunderbird(path)).paths == (path,)
    assert offers_something(dropped.thunderbird(path))


def test_a_virtual_file_that_came_is_taken_under_its_name() -> None:
    assert carried(dropped.new_outlook(MAIL)).files == (("Invoice.eml", MAIL),)


def test_virtual_files_that_came_are_all_taken() -> None:
    mime = dropped.classic_outlook(("a.msg", "sub\\..\\b.eml", "c.pdf"), (OUTLOOK_ITEM, MAIL, b"%PDF-1.7"))
    assert carried(mime).files == (("a.msg", OUTLOOK_ITEM), ("b.eml", MAIL))


@pytest.mark.parametrize(
    "octets",
    [b"", b"\0", b"\xff\xff\xff\xff" + b"\0" * 20, b"\xff\xff\xff\xff" + b"A" * 592 * 2, b"\2\0\0\0" + b"\0" * 592],
)
def test_a_descriptor_that_lies_does_no_harm(octets: bytes) -> None:
    mime = QMimeData()
    mime.setData(dropped.WINDOWS.format("FileGroupDescriptorW"), octets)
    mime.setData(f"{dropped.WINDOWS.format('FileContents')};index=0", b"junk")
    assert carried(mime) == asks_for("outlook-new")


def test_a_source_as_text_is_text_whatever_it_begins_with() -> None:
    assert carried(dropped.text(MAIL.decode())).text == MAIL.decode()
    two_lines = "https://example.com/\nFrom: a@example.com\n"
    assert carried(dropped.text(two_lines)).text == two_lines


def test_both_halves_of_a_rich_clipboard_are_kept() -> None:
    what = carried(dropped.text("flat", "<pre>From: a</pre>"))
    assert (what.text, what.html) == ("flat", "<pre>From: a</pre>")


@pytest.mark.parametrize("mime", [QMimeData(), dropped.text(" \n\t\n")], ids=["empty", "blank"])
def test_nothing_is_nothing(mime: QMimeData) -> None:
    assert carried(mime) == Carried(unusable=Unusable.NOTHING)
