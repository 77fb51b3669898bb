"""Quoted-printable in the ways of several programs."""

from __future__ import annotations

import quopri
from email import policy
from email.message import EmailMessage

import pytest

from headerlens.causes.body_quoted import Breaking, Escaping, Quoting, breakings, decode, escapings, quoted_lines

TEXT = (
    "Dear Suzie, the match went on and on = and on, so that nobody could say who won it in the end, not even Tim.\r\n"
    "お世話になっております。株式会社例の山田です。来週の打ち合わせの資料をお送りいたします。\r\n\r\nJoe\r\n"
).encode()


@pytest.mark.parametrize("breaking", breakings())
def test_every_way_reads_back_as_the_text(breaking: Breaking) -> None:
    written = b"\r\n".join(Quoting(Escaping(), breaking).line(line) for line in TEXT.split(b"\r\n"))
    assert max(map(len, written.split(b"\r\n"))) <= max(76, breaking.last)
    assert quopri.decodestring(written) == TEXT
    assert b"\r\n".join(line.text for line in quoted_lines(written)) == TEXT


def test_one_of_the_ways_is_that_of_quopri() -> None:
    wanted = quopri.encodestring(TEXT.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    assert wanted in ways(wanted)


def test_one_of_the_ways_is_that_of_the_email_package() -> None:
    mail = EmailMessage(policy=policy.SMTP)
    mail.set_content(TEXT.decode().replace("\r\n", "\n"), cte="quoted-printable")
    wanted = mail.as_bytes().partition(b"\r\n\r\n")[2]
    assert wanted in ways(wanted)


def ways(shown: bytes) -> set[bytes]:
    return {
        b"\r\n".join(Quoting(escaping, breaking).line(line) for line in TEXT.split(b"\r\n"))
        for escaping in escapings(shown)
        for breaking in breakings()
    }


def test_what_is_no_escape_stays() -> None:
    assert decode(b"a=4gb=\r\nc=") == b"a=4gbc="
