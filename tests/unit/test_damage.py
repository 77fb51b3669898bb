"""The damage table of inputs.md 1.4: each damage, eight kinds of body, four canonicalisations."""

from __future__ import annotations

import html
import quopri
import re
from base64 import encodebytes
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headerlens.model.message import BodyState, RawMessage
from headerlens.model.verdicts import DkimCheck, Match
from headerlens.parse.message import parse
from headerlens.reading import open_octets
from headerlens.verify.body import body_is_missing
from headerlens.verify.dkim import check_dkim
from tests.conftest import NOW
from tests.support.signing import answers, sign, zone_for

CANONICAL = ("simple/simple", "simple/relaxed", "relaxed/simple", "relaxed/relaxed")
JAPANESE = "本日はご予約をありがとうございます。\n平素のお引き立てに御礼申し上げます。\n株式会社 表示能力\n"
TEXT = (
    'Dear guest,\n\nFrom here on we write <b>plainly</b> & with "quotes".\n.dots at the start\n..two dots\n'
    "\n\tindented by a tab\n  and by blanks\nBye  now\n"
)
LOST = "�".encode()
NBSP = b"\xc2\xa0"

HEADER = """\
Received: from mta.shop.example (mta.shop.example. [203.0.113.5])
\tby mx.example.net with ESMTPS id x4
\tfor <guest@example.net>; Sat, 21 Nov 2026 08:20:07 +0000 (UTC)
From: Shop <news@example.com>
To: guest@example.net
Subject: The news of the shop
\twhich take two lines
Date: Sat, 21 Nov 2026 08:20:00 +0000
Message-ID: <20261121.1@example.com>
MIME-Version: 1.0
Content-Type: text/plain; charset={charset}
Content-Transfer-Encoding: {encoding}

"""


def mail(body: bytes, charset: str = "us-ascii", encoding: str = "7bit") -> bytes:
    text = HEADER.format(charset=charset, encoding=encoding).encode() + body
    return text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


BODIES: dict[str, bytes] = {
    "7bit": mail(TEXT.encode()),
    "trailing blanks": mail(b"Dear guest,  \n\nFrom here on \n.dots \n<b>x</b>\t\n\nBye \n"),
    "long line": mail(TEXT.encode() + b"word " * 240 + b"\nend\n"),
    "utf-8": mail((TEXT + JAPANESE).encode(), "utf-8", "8bit"),
    "iso-2022-jp": mail((TEXT + JAPANESE).encode("iso2022_jp"), "iso-2022-jp"),
    "shift_jis": mail((TEXT + JAPANESE).encode("cp932"), "Shift_JIS", "8bit"),
    "base64": mail(encodebytes((TEXT + JAPANESE).encode()), "utf-8", "base64"),
    "qp": mail(quopri.encodestring((TEXT + JAPANESE).encode()), "utf-8", "quoted-printable"),
}
EIGHT_BIT = {"utf-8", "shift_jis"}


@cache
def signed(body: str, canonical: str) -> bytes:
    return sign(BODIES[body], canonicalization=canonical)


@dataclass(frozen=True)
class Case:
    """One cell of the matrix."""

    body: str
    header_how: str
    body_how: str
    octets: bytes


def yes(_: Case) -> bool:
    return True


def relaxed_only(case: Case) -> bool:
    return case.header_how == "relaxed"


def no(_: Case) -> bool:
    return False


@dataclass(frozen=True)
class Row:
    """A damage: what it does, which halves verify after reading, and which repairs are made (None: any)."""

    damage: Callable[[bytes], bytes]
    repairs: Callable[[Case], set[str]]
    header: Callable[[Case], bool] = yes
    body: Callable[[Case], bool] | None = yes
    pasted: bool = True


def made(*names: str) -> Callable[[Case], set[str]]:
    return lambda _: {f"repair.{name}" for name in names}


def exchanged(octets: bytes) -> bytes:
    return octets.replace(b" ", NBSP)


def lf(octets: bytes) -> bytes:
    return octets.replace(b"\r\n", b"\n")


def parts(octets: bytes) -> tuple[bytes, bytes]:
    header, _, body = octets.partition(b"\r\n\r\n")
    return header, b"\r\n\r\n" + body


def in_header(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda octets: change(parts(octets)[0]) + parts(octets)[1]


def in_body(change: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    return lambda octets: parts(octets)[0] + change(parts(octets)[1])


def mixed(octets: bytes) -> bytes:
    ends = (b"\r\n", b"\n", b"\r")
    lines = octets.split(b"\r\n")
    return b"".join(line + ends[at % 3] for at, line in enumerate(lines[:-1])) + lines[-1]


def prefixed(mark: bytes) -> Callable[[bytes], bytes]:
    return lambda octets: b"".join(mark + line for line in lf(octets).splitlines(keepends=True))


def numbered(octets: bytes) -> bytes:
    return b"".join(b"%6d\t%s\n" % (at, line) for at, line in enumerate(lf(octets).split(b"\n")[:-1], 1))


def utf16(octets: bytes) -> bytes:
    try:
        return octets.decode("utf-8").encode("utf-16")
    except UnicodeDecodeError:
        return octets.decode("latin-1").encode("utf-16")


def read_as(codec: str, errors: str = "strict") -> Callable[[bytes], bytes]:
    return lambda octets: octets.decode(codec, errors).encode("utf-8")


def as_1252(octets: bytes) -> bytes:
    free = {0x81, 0x8D, 0x8F, 0x90, 0x9D}
    return "".join(chr(each) if each in free else bytes([each]).decode("cp1252") for each in octets).encode()


def as_shown(octets: bytes) -> bytes:
    """A page that reads the body in the charset it names."""
    found = re.search(rb"charset=([\w-]+)", octets)
    return octets.decode(found[1].decode() if found else "utf-8", "replace").encode()


def spoilt_names(mark: bytes) -> Callable[[bytes], bytes]:
    return in_header(lambda header: re.sub(rb"(?m)^([A-Z][a-z]+)-", rb"\1" + mark + rb"-", header))


def wrapped(body: bytes) -> bytes:
    return re.sub(rb"([^\r\n]{80})(?=[^\r\n])", rb"\1\r\n", body)


def page(rows: str) -> Callable[[bytes], bytes]:
    return lambda octets: rows.encode() + lf(octets)


def archived(octets: bytes) -> bytes:
    shown = as_page(octets).replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return (
        b"From: <Saved by Blink>\r\nSnapshot-Content-Location: https://mail.google.com/mail/u/0/?view=om\r\n"
        b"Subject: Original\r\nDate: Sat, 21 Nov 2026 10:00:00 +0900\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="----MultipartBoundary--x"\r\n\r\n\r\n'
        b"------MultipartBoundary--x\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        + quopri.encodestring(shown) + b"\r\n------MultipartBoundary--x--\r\n"
    )  # fmt: skip


def as_page(octets: bytes) -> bytes:
    rows = b"<table><tr><th>SPF:</th><td>PASS with IP 203.0.113.5 <a>Learn more</a></td></tr></table>"
    escaped = lf(octets).replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;").replace(b'"', b"&quot;")
    front = b'<!DOCTYPE html><html><body><a href="https://mail.google.com/">x</a>' + rows
    return front + b'<pre class="raw_message_text">' + escaped + b"</pre></body></html>"


ENGLISH = """Original Message
Message ID\t<1@example.com>
Created at:\tSat, Nov 21, 2026 at 5:20 PM (Delivered after 7 seconds)
From:\tShop <news@example.com>
SPF:\tPASS with IP 203.0.113.5 Learn more
DKIM:\t'PASS' with domain example.com Learn more
DMARC:\t'FAIL' Learn more

Download Original
Copy to clipboard

"""
JAPANESE_PAGE = """元のメッセージ
メッセージ ID\t<1@example.com>
作成日:\t2026年11月21日 17:20（7 秒後に配信済み）
差出人:\tShop <news@example.com>
SPF:\tPASS（IP: 2001:db8::5）。詳細
DKIM:\t'PASS'（ドメイン: example.com）詳細
DMARC:\t'FAIL' 詳細

"""
MARKDOWN = """# Original Message

| Message ID | <1@example.com> |
| --- | --- |
| Created at: | Sat, Nov 21, 2026 |
| From: | Shop <news@example.com> |
| Subject: | The news of the shop |
| SPF: | PASS with IP 203.0.113.5 |
| DKIM: | 'PASS' with domain example.com |

"""


def escaped(octets: bytes) -> bytes:
    return octets.replace(b"&", b"&amp;").replace(b"<", b"&lt;").replace(b">", b"&gt;")


def starts(*marks: bytes) -> Callable[[Case], bool]:
    return lambda case: any(b"\r\n" + mark in parts(case.octets)[1] for mark in marks)


def only_if(test: Callable[[Case], bool], *names: str, always: tuple[str, ...] = ()) -> Callable[[Case], set[str]]:
    return lambda case: {f"repair.{name}" for name in (*always, *(names if test(case) else ()))}


def has_eight_bit(case: Case) -> bool:
    return case.body in EIGHT_BIT


def kept_by_932(case: Case) -> bool:
    try:
        return parts(case.octets)[1].decode("cp932").encode("cp932") == parts(case.octets)[1]
    except UnicodeError:
        return False


def blanks_do_not_count(case: Case) -> bool:
    return case.body_how == "relaxed" or not re.search(rb"[ \t]\r\n", parts(case.octets)[1])


def no_long_line(case: Case) -> bool:
    return max(map(len, parts(case.octets)[1].split(b"\r\n"))) <= 80


ROWS: dict[str, Row] = {
    "nothing": Row(lambda octets: octets, made()),
    "LF": Row(lf, made("line-ends")),
    "CR": Row(lambda octets: octets.replace(b"\r\n", b"\r"), made("line-ends")),
    "mixed line ends": Row(mixed, made("line-ends")),
    "CR CR LF": Row(lambda octets: octets.replace(b"\r\n", b"\r\r\n"), made("line-ends")),
    "every line doubled": Row(lambda octets: lf(octets).replace(b"\n", b"\n\n"), made("line-ends", "doubled-lines")),
    "leading blank lines": Row(lambda octets: b"\r\n \r\n" + octets, made("leading-blank")),
    "BOM": Row(lambda octets: b"\xef\xbb\xbf" + octets, made("bom")),
    "UTF-16": Row(utf16, only_if(lambda case: case.body == "shift_jis", "charset", always=("utf-16",))),
    "text in front": Row(lambda octets: b"Look what came:\r\n\r\n" + octets, made("leading-text")),
    "From_ line": Row(lambda octets: b"From x Sat Nov 21 08:20:00 2026\r\n" + octets, made("from-line")),
    ">From, mboxo": Row(
        in_body(lambda body: body.replace(b"\r\nFrom ", b"\r\n>From ")), only_if(starts(b"From "), "mbox-escapes")
    ),
    ">From, mboxrd": Row(
        in_body(lambda body: re.sub(rb"(?m)^(>*From )", rb">\1", body)), only_if(starts(b"From "), "mbox-escapes")
    ),
    "dot-stuffed": Row(in_body(lambda body: re.sub(rb"(?m)^\.", b"..", body)), only_if(starts(b"."), "dot-stuffing")),
    "both of these": Row(
        in_body(lambda body: re.sub(rb"(?m)^From ", b">From ", re.sub(rb"(?m)^\.", b"..", body))),
        only_if(starts(b"."), "dot-stuffing", "mbox-escapes"),
    ),
    "last newline lost": Row(lambda octets: octets.removesuffix(b"\r\n"), made()),
    "more newlines": Row(lambda octets: octets + b"\r\n\r\n", made()),
    "trailing blanks stripped": Row(
        in_body(lambda body: re.sub(rb"[ \t]+\r\n", b"\r\n", body)), made(), body=blanks_do_not_count
    ),
    "fold tabs to blanks": Row(in_header(lambda head: head.replace(b"\n\t", b"\n ")), made(), header=relaxed_only),
    "headers unfolded": Row(
        in_header(lambda head: re.sub(rb"\r\n(?=[ \t])", b"", head)), made(), header=relaxed_only
    ),
    "fold indents lost": Row(
        in_header(lambda head: re.sub(rb"\r\n[ \t]+", b"\r\n", head)), made("fold-indents"), header=relaxed_only
    ),
    "indented": Row(prefixed(b"    "), made("line-ends", "indented")),
    "quoted": Row(prefixed(b"> "), made("line-ends", "quoted")),
    "quoted twice": Row(prefixed(b"> > "), made("line-ends", "quoted")),
    "quoted below a sentence": Row(
        lambda octets: b"Ann wrote:\n\n" + prefixed(b">> ")(octets), made("line-ends", "quoted")
    ),
    "fenced": Row(lambda octets: b"```\n" + lf(octets) + b"```\n", made("line-ends", "fenced")),
    "quoted fence": Row(
        lambda octets: prefixed(b"> ")(b"```\n" + lf(octets) + b"```\n"), made("line-ends", "fenced", "quoted")
    ),
    "numbered": Row(numbered, made("line-ends", "line-numbers")),
    "nbsp in folds": Row(in_header(lambda head: head.replace(b"\n\t", b"\n" + NBSP)), made("nbsp"), relaxed_only),
    "nbsp in the header": Row(in_header(lambda head: head.replace(b" ", NBSP)), made("nbsp")),
    "nbsp everywhere": Row(
        lambda octets: octets.replace(b" ", NBSP) if octets.isascii() else in_header(exchanged)(octets),
        made("nbsp"),
    ),
    "soft hyphens in names": Row(spoilt_names(b"\xc2\xad"), made("invisible")),
    "zero width spaces in names": Row(spoilt_names(b"\xe2\x80\x8b"), made("invisible")),
    "<wbr> in names": Row(spoilt_names(b"<wbr>"), made("invisible")),
    "hard wrap at 80": Row(in_body(wrapped), made(), body=no_long_line),
    "UTF-8 decode with replacement": Row(
        read_as("utf-8", "replace"), made(), body=lambda case: case.body != "shift_jis"
    ),
    "read as latin-1": Row(read_as("latin-1"), only_if(has_eight_bit, "charset")),
    "read as cp1252": Row(as_1252, only_if(has_eight_bit, "charset")),
    "read as cp932": Row(
        read_as("cp932", "replace"),
        only_if(lambda case: has_eight_bit(case) and kept_by_932(case), "charset"),
        body=lambda case: case.body not in EIGHT_BIT or kept_by_932(case),
    ),
    "read in its own charset": Row(
        as_shown, only_if(lambda case: case.body in {"shift_jis", "iso-2022-jp"}, "charset")
    ),
    "ESC lost": Row(
        lambda octets: octets.replace(b"\x1b", b""), only_if(lambda case: case.body == "iso-2022-jp", "escapes")
    ),
    "ESC replaced": Row(
        lambda octets: octets.replace(b"\x1b", LOST), only_if(lambda case: case.body == "iso-2022-jp", "escapes")
    ),
    "HTML-escaped": Row(escaped, made("html-escaped")),
    "HTML-escaped twice": Row(lambda octets: escaped(escaped(octets)), made("html-escaped")),
    "HTML-escaped with quotes": Row(
        lambda octets: html.escape(octets.decode("latin-1")).encode("latin-1"), made("html-escaped")
    ),
    "newlines to blanks": Row(
        lambda octets: lf(octets).replace(b"\n", b" "), made("flattened"), header=relaxed_only, body=None
    ),
    "headers only": Row(lambda octets: parts(octets)[0] + b"\r\n", made(), body=None),
    "Outlook's first line": Row(
        lambda octets: b"Microsoft Mail Internet Headers Version 2.0\r\n" + octets, made("leading-text")
    ),
    "Gmail's page": Row(page(ENGLISH), made("line-ends", "gmail-page")),
    "Gmail's page in Japanese": Row(page(JAPANESE_PAGE), made("line-ends", "gmail-page")),
    "Gmail's page as Markdown": Row(page(MARKDOWN), made("line-ends", "gmail-page")),
    "Gmail's page saved": Row(as_page, made("line-ends", "gmail-page"), pasted=False),
    "Gmail's page saved as .mht": Row(archived, made("saved-page", "gmail-page"), pasted=False),
}  # fmt: skip


def checked(raw: RawMessage) -> DkimCheck:
    message = parse(raw)
    state = BodyState.MISSING if body_is_missing(message) else BodyState.COMPLETE
    checks = check_dkim(message, answers(zone_for("rsa2048")), at=None, now=NOW, body=state)
    assert len(checks) == 1
    return checks[0]


@pytest.mark.parametrize("canonical", CANONICAL)
@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("name", ROWS)
def test_the_expected_halves_verify_and_the_repair_is_named(name: str, body: str, canonical: str) -> None:
    row = ROWS[name]
    header_how, _, body_how = canonical.partition("/")
    case = Case(body, header_how, body_how, signed(body, canonical))
    raw = open_octets(row.damage(case.octets), "mail", pasted=row.pasted)
    assert isinstance(raw, RawMessage)
    check = checked(raw)
    halves = (check.header_hash is Match.MATCH, check.body_hash)
    expected = Match.UNCHECKED if row.body is None else Match.MATCH if row.body(case) else Match.MISMATCH
    assert halves == (row.header(case), expected), [made.id for made in raw.repairs]
    assert {made.id for made in raw.repairs} == row.repairs(case)
    assert raw.body_kept == (name != "newlines to blanks")


@pytest.mark.parametrize("canonical", CANONICAL)
@pytest.mark.parametrize("body", BODIES)
def test_an_undamaged_message_comes_back_as_the_very_same_octets(body: str, canonical: str) -> None:
    octets = signed(body, canonical)
    for pasted in (False, True):
        raw = open_octets(octets, "mail", pasted=pasted)
        assert isinstance(raw, RawMessage)
        assert raw.octets is octets
        assert (raw.repairs, raw.original) == ((), None)


LINES = st.lists(
    st.one_of(
        st.sampled_from([
            b"From here", b">From here", b">>From x", b".", b"..x", b"--", b"$B;3ED(B", b"&lt;b&gt;", b"", b" ", b"x  ",
            "caf\u00e9 お知らせ".encode(), b"\x82\xa8\x92m", b"a" * 120, NBSP + b"x", LOST, b"Subject: x", b"```",
            b"> q",
        ]),
        st.binary(max_size=20).map(lambda each: each.replace(b"\r", b"").replace(b"\n", b"")),
    ),
    max_size=12,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(LINES, st.booleans())
def test_no_body_is_touched_unless_a_body_hash_says_so(lines: list[bytes], pasted: bool) -> None:
    header = parts(signed("7bit", "relaxed/relaxed"))[0]  # its bh= is that of another body
    octets = header + b"\r\n\r\n" + b"\r\n".join(lines) + b"\r\n"
    raw = open_octets(octets, "mail", pasted=pasted)
    assert isinstance(raw, RawMessage)
    assert raw.octets == octets
    assert raw.repairs == ()


@pytest.mark.parametrize(
    ("front", "rows"),
    [
        (ENGLISH, (("spf", "pass 203.0.113.5"), ("dkim", "pass example.com"), ("dmarc", "fail"))),
        (JAPANESE_PAGE, (("spf", "pass 2001:db8::5"), ("dkim", "pass example.com"), ("dmarc", "fail"))),
        (MARKDOWN, (("spf", "pass 203.0.113.5"), ("dkim", "pass example.com"))),
    ],
)
def test_what_gmails_page_showed_is_kept(front: str, rows: tuple[tuple[str, str], ...]) -> None:
    raw = open_octets(front.encode() + lf(signed("7bit", "relaxed/relaxed")), "x", pasted=True)
    assert isinstance(raw, RawMessage)
    assert raw.page_rows == rows


def test_what_a_saved_page_showed_is_kept() -> None:
    for damage in (as_page, archived):
        raw = open_octets(damage(signed("utf-8", "relaxed/relaxed")), "x.html")
        assert isinstance(raw, RawMessage)
        assert raw.page_rows == (("spf", "pass 203.0.113.5"),)
