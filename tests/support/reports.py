"""Reports of shipped samples and of a hostile mail, and a strict reader of HTML."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache
from html.parser import HTMLParser

from headerlens.dns.live import offline_lookup
from headerlens.findings.second import reviewed
from headerlens.intake.files import read_octets
from headerlens.model.case import Case
from headerlens.model.message import RawMessage
from headerlens.pipeline import analyse, prove
from headerlens.present.report import present_report
from headerlens.present.report_views import ReportView
from headerlens.present.words import Words
from headerlens.samples import samples

NOW = datetime(2026, 11, 21, 8, 20, tzinfo=UTC)

EVIL = "\"'><script>alert(1)</script></style></title><img src=x onerror=alert(1)>"
"""What somebody would write into a mail to get out of the text."""

HOSTILE = (
    "Received: from evil.example (evil.example [192.0.2.66]) by mx.example.net with ESMTP id 1"
    " for <hanako@victim.example>; Fri, 20 Nov 2026 00:12:02 +0000\r\n"
    f"Authentication-Results: mx.example.net; spf=pass ({EVIL})"
    " smtp.mailfrom=bounce+hanako=victim.example@evil.example\r\n"
    f"DKIM-Signature: v=1; a=rsa-sha256; d=evil.example; s=<b>x</b>; h=from; bh=AAAA; b=AAAA; x-{EVIL}\r\n"
    "Return-Path: <bounce+hanako=victim.example@evil.example>\r\n"
    f'From: "{EVIL.replace(chr(34), "")}\u202egnp.exe" <a@evil.example>\r\n'
    "To: Hanako <hanako@victim.example>\r\n"
    f"Subject: {EVIL} \u202egnp.exe \x1b[31m for hanako@victim.example & co\r\n"
    f"Message-ID: <{EVIL}@evil.example>\r\nDate: Fri, 20 Nov 2026 09:12:00 +0900\r\n\r\nbody\r\n"
).encode()


@cache
def sample_case(name: str) -> Case:
    """A shipped sample, analysed."""
    one = next(one for one in samples() if one.name == name)
    return prove(analyse(one.message(), one.lookup(), one.checked_at, choices=one.choices))


@cache
def hostile_case() -> Case:
    """The hostile mail, checked without a network."""
    raw = read_octets(HOSTILE, f"{EVIL}.eml")
    assert isinstance(raw, RawMessage)
    return reviewed(analyse(raw, offline_lookup(), NOW), ())


def view_of(case: Case, language: str = "en", *, masked: bool = True) -> ReportView:
    """Its report, times in UTC."""
    return present_report(case, Words(language), zone=UTC, masked=masked)


class Strict(HTMLParser):
    """Reads HTML and keeps what a test wants to know; a tag that does not close fails."""

    VOID = frozenset({"meta", "br", "img"})
    DRAWN = frozenset({"path", "circle", "rect"})

    def __init__(self, document: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.texts: list[str] = []
        self.ids: list[str] = []
        self.feed(document)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), (tag, names)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        self.ids += [value or "" for name, value in attrs if name == "id"]
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, _attrs: list[tuple[str, str | None]]) -> None:
        assert tag in self.DRAWN, tag
        self.tags.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.texts.append(data)

    @property
    def text(self) -> str:
        """All text that is shown."""
        return "".join(self.texts)
