"""Mails of many forms, and what servers do to their bodies: written with the standard library and literal octets.

Nothing here knows how the changes are undone; the outputs follow what Mailman 2 and 3, Google Groups, Exchange and
antivirus gateways are known to write.
"""

from __future__ import annotations

import base64
import quopri
import re
from collections.abc import Callable
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from urllib.parse import quote

HEAD = (
    b"From: Joe SixPack <joe@example.com>\r\nTo: Suzie Q <suzie@example.net>\r\nSubject: Is dinner ready?\r\n"
    b"Date: Fri, 20 Nov 2026 10:00:00 +0000\r\nMessage-ID: <20261120@example.com>\r\nMIME-Version: 1.0\r\n"
)
PLAIN = (
    "Dear Suzie,\r\n\r\nWe lost  the game, 3:0. \tThe coach says it was the grass.\r\n"
    "See https://example.com/game?id=4&half=2 for the report,\r\nor ask Tim.\r\n\r\n"
    "Are you hungry yet?  There is soup.\r\n\r\nJoe\r\n-- \r\nJoe SixPack, Example Ltd\r\n"
)
JAPANESE = (
    "鈴木様\r\n\r\nお世話になっております。株式会社例の山田です。\r\n来週の打ち合わせの資料をお送りいたします。\r\n"
    "詳しくは https://example.com/資料 をご覧ください。\r\n\r\n何卒よろしくお願いいたします。\r\n\r\n山田太郎\r\n"
)
HTML = (
    '<!DOCTYPE html>\r\n<html><head><title>Dinner</title></head>\r\n<body class="a" bgcolor="#ffffff">\r\n'
    '<p>Dear Suzie,</p>\r\n<p>We lost the game. See <a href="https://example.com/game?id=4&amp;half=2">the report</a>'
    ' or <a href="https://example.org/">our page</a>, it is all there and more than you may wish to know.</p>\r\n'
    "<p>Joe &#8212; with love</p>\r\n</body>\r\n</html>\r\n"
)


def single(content_type: str, encoding: str, body: bytes) -> bytes:
    return HEAD + f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


def quoted(text: str) -> bytes:
    return quopri.encodestring(text.replace("\r\n", "\n").encode()).replace(b"\n", b"\r\n")


def lines_of_base64(octets: bytes) -> bytes:
    return base64.encodebytes(octets).replace(b"\n", b"\r\n")


def part(content_type: str, encoding: str, body: bytes) -> bytes:
    return f"Content-Type: {content_type}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + body


def multipart(kind: str, boundary: str, *parts: bytes) -> bytes:
    mark = b"--" + boundary.encode()
    return (
        f'Content-Type: multipart/{kind}; boundary="{boundary}"\r\n\r\n'.encode()
        + b"".join(mark + b"\r\n" + each + b"\r\n" for each in parts)
        + mark
        + b"--\r\n"
    )


@dataclass(frozen=True)
class Texts:
    """What the reader sees of a mail."""

    plain: str = PLAIN
    japanese: str = JAPANESE
    html: str = HTML

    def each(self, edit: Callable[[str], str], html: Callable[[str], str] | None = None) -> Texts:
        """Both plain texts edited, and the HTML where a way is given."""
        return Texts(edit(self.plain), edit(self.japanese), html(self.html) if html else self.html)


def _by_library(texts: Texts) -> bytes:
    mail = EmailMessage(policy=policy.SMTP)
    mail.set_content(texts.japanese.replace("\r\n", "\n"), cte="base64")
    mail.add_alternative(
        texts.html.replace("\r\n", "\n").replace("Joe", "山田"), subtype="html", cte="quoted-printable"
    )
    mail.set_boundary("==lib==")
    return HEAD.replace(b"MIME-Version: 1.0\r\n", b"") + mail.as_bytes()


def _alternative(texts: Texts) -> bytes:
    return HEAD + multipart(
        "alternative",
        "alt1",
        part("text/plain; charset=utf-8", "7bit", texts.plain.encode()),
        part("text/html; charset=utf-8", "7bit", texts.html.encode()),
    )


def _mixed(texts: Texts) -> bytes:
    return HEAD + multipart(
        "mixed",
        "mix1",
        multipart(
            "alternative",
            "alt2",
            part("text/plain; charset=utf-8", "quoted-printable", quoted(texts.plain)),
            part("text/html; charset=utf-8", "quoted-printable", quoted(texts.html)),
        ),
        part('application/pdf; name="a.pdf"', "base64", lines_of_base64(bytes(range(256)) * 12)),
    )


FORMS: dict[str, Callable[[Texts], bytes]] = {
    "plain": lambda texts: single("text/plain; charset=us-ascii", "7bit", texts.plain.encode()),
    "eightbit": lambda texts: single("text/plain; charset=utf-8", "8bit", texts.japanese.encode()),
    "quoted": lambda texts: single("text/plain; charset=utf-8", "quoted-printable", quoted(texts.japanese)),
    "base64": lambda texts: single("text/plain; charset=utf-8", "base64", lines_of_base64(texts.japanese.encode())),
    "html": lambda texts: single("text/html; charset=utf-8", "8bit", texts.html.encode()),
    "alternative": _alternative,
    "encoded": _by_library,
    "mixed": _mixed,
}
"""Eight forms of a mail; each writes its texts in its own encodings."""

MAILS = {name: form(Texts()) for name, form in FORMS.items()}

FOOTER = (
    "_______________________________________________\r\nDinner mailing list\r\nhttps://lists.example.net/dinner\r\n"
)
BANNER = "CAUTION: This email originated from outside of the organization.\r\nDo not click links.\r\n\r\n"
HTML_FOOTER = (
    '<div style="color:gray"><hr>This email has been checked for viruses by Avast. <a href="#x">Avast</a></div>'
)
HTML_BANNER = '<div style="background:#ff0"><b>CAUTION:</b> This mail is from outside. <br>Take care.</div>'


def body_of(mail: bytes) -> bytes:
    return mail.partition(b"\r\n\r\n")[2]


def with_body(mail: bytes, body: bytes) -> bytes:
    return mail.partition(b"\r\n\r\n")[0] + b"\r\n\r\n" + body


def html_footer(html: str) -> str:
    return html.replace("</body>", HTML_FOOTER + "</body>")


def html_footer_line(html: str) -> str:
    return html.replace("</body>", HTML_FOOTER + "\r\n</body>")


def html_banner(html: str) -> str:
    return html.replace('bgcolor="#ffffff">', 'bgcolor="#ffffff">' + HTML_BANNER)


def html_banner_line(html: str) -> str:
    return html.replace('bgcolor="#ffffff">\r\n', 'bgcolor="#ffffff">\r\n' + HTML_BANNER + "\r\n")


def footer(text: str) -> str:
    return text + FOOTER


def blank_footer(text: str) -> str:
    return text + "\r\n-- \r\n" + FOOTER


def banner(text: str) -> str:
    return BANNER + text


IN_TEXTS: dict[str, tuple[Callable[[Texts], Texts], frozenset[str]]] = {
    "footer": (lambda texts: texts.each(footer), frozenset({"footer"})),
    "blank footer": (lambda texts: texts.each(blank_footer), frozenset({"footer"})),
    "banner": (lambda texts: texts.each(banner), frozenset({"banner"})),
    "banner and footer": (lambda texts: texts.each(lambda text: banner(footer(text))), frozenset({"banner", "footer"})),
    "footers": (lambda texts: texts.each(footer, html_footer), frozenset({"footer", "footer-html"})),
    "banners": (lambda texts: texts.each(banner, html_banner), frozenset({"banner", "banner-html"})),
    "html footer": (lambda texts: texts.each(str, html_footer), frozenset({"footer-html"})),
    "html footer line": (lambda texts: texts.each(str, html_footer_line), frozenset({"footer-html"})),
    "html banner": (lambda texts: texts.each(str, html_banner), frozenset({"banner-html"})),
    "html banner line": (lambda texts: texts.each(str, html_banner_line), frozenset({"banner-html"})),
    "html banner and footer": (
        lambda texts: texts.each(str, lambda html: html_banner(html_footer(html))),
        frozenset({"banner-html", "footer-html"}),
    ),
}
"""Changes to what the reader sees, written in the encodings of the form, and what they are called."""


def mailman(body: bytes, head: bytes) -> bytes:
    """Mailman 2.1: the mail becomes the first part, its own MIME fields with it."""
    own = b"".join(line + b"\r\n" for line in head.split(b"\r\n") if re.match(rb"(?i)content-|\s+boundary", line))
    return (
        b"--===============1234567890==\r\n" + own + b"\r\n" + body + b"\r\n--===============1234567890==\r\n"
        b'Content-Type: text/plain; charset="us-ascii"\r\nMIME-Version: 1.0\r\n'
        b"Content-Transfer-Encoding: 7bit\r\nContent-Disposition: inline\r\n\r\n"
        + FOOTER.encode()
        + b"\r\n--===============1234567890==--\r\n"
    )


def wrapped(mail: bytes) -> bytes:
    head, _, body = mail.partition(b"\r\n\r\n")
    kept = re.sub(rb"(?im)^content-[^\n]*\n(?:[ \t][^\n]*\n)*", b"", head + b"\r\n")
    field = b'Content-Type: multipart/mixed; boundary="===============1234567890=="\r\n'
    return kept + field + b"\r\n" + mailman(body, head)


def with_part(mail: bytes) -> bytes:
    """A footer as one more part before the closing delimiter."""
    place = mail.rindex(b"\r\n--", 0, len(mail.rstrip(b"-\r\n")))
    mark = mail[place:].split(b"\r\n")[1].removesuffix(b"--")
    extra = b"\r\n" + mark + b"\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n" + FOOTER.encode()
    return mail[:place] + extra + mail[place:]


def meta_added(mail: bytes) -> bytes:
    meta = b'<meta http-equiv="Content-Type" content="text/html; charset=utf-8">'
    return mail.replace(b"<head>", b"<head>\r\n" + meta)


def safe_links(text: str) -> str:
    """As Exchange Online writes them."""

    def lead(match: re.Match[str]) -> str:
        target = quote(match[0].replace("&amp;", "&"), safe="")
        data = "data=05%7C02%7C%7Cabc&sdata=x%2Fy%3D&reserved=0"
        made = f"https://nam02.safelinks.protection.outlook.com/?url={target}&{data}"
        return made.replace("&", "&amp;") if "&amp;" in match[0] or "</a>" in text else made

    return re.sub(r"https://example[^\s\"<>]*", lead, text)


def proofpoint(text: str) -> str:
    """Version 2."""

    def lead(match: re.Match[str]) -> str:
        target = match[0].replace("&amp;", "&").replace("&", "%26").replace("?", "%3F").replace("=", "%3D")
        target = target.replace("_", "%5F").replace("-", "%2D").replace(":", "%3A").replace("%", "-").replace("/", "_")
        made = f"https://urldefense.proofpoint.com/v2/url?u={target}&d=DwMFaQ&c=abc&r=d&m=e&s=f&e="
        return made.replace("&", "&amp;") if "</a>" in text else made

    return re.sub(r"https://example[^\s\"<>]*", lead, text)


def proofpoint_3(text: str) -> str:
    """Version 3: signs that a URL may not hold as they are become stars."""

    def lead(match: re.Match[str]) -> str:
        target = match[0].replace("&amp;", "&")
        held = "".join(sign for sign in target if sign in "?&")
        starred = re.sub("[?&]", "*", target)
        listed = base64.urlsafe_b64encode(held.encode()).decode().rstrip("=")
        return f"https://urldefense.com/v3/__{starred}__;{listed}!!ABC123!def$"

    return re.sub(r"https://example[^\s\"<>]*", lead, text)


def barracuda(text: str) -> str:
    def lead(match: re.Match[str]) -> str:
        target = quote(match[0].replace("&amp;", "&"), safe="").replace("%3A", "%3a").replace("%2F", "%2f")
        made = f"https://linkprotect.cudasvc.com/url?a={target}&c=E,1,abc&typo=1"
        return made.replace("&", "&amp;") if "</a>" in text else made

    return re.sub(r"https://example[^\s\"<>]*", lead, text)


def google(html: str) -> str:
    return re.sub(
        r'href="(https://example[^"]*)"',
        lambda match: (
            match[0]
            + f' data-saferedirecturl="https://www.google.com/url?q={quote(match[1], safe="")}&amp;source=gmail"'
        ),
        html,
    )


LINKS: dict[str, Callable[[str], str]] = {
    "safe links": safe_links,
    "proofpoint 2": proofpoint,
    "proofpoint 3": proofpoint_3,
    "barracuda": barracuda,
    "google": google,
}
