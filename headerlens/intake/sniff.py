"""What something that is no mail is instead, so that its refusal can say how to get the mail (inputs.md 2, 3)."""

from __future__ import annotations

import re

from headerlens.intake.reading_pane import client_of_pane, shows_a_reading_pane

__all__ = ["clues", "known_format", "shows_a_reading_pane", "text_refusal"]

_HEAD_OCTETS = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"\0\0\1\0")
_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a", b"BZh91AY", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"PK\5\6")
_OFFICE_PARTS = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis", b"word/", b"xl/", b"ppt/")
_MSG_STREAMS = tuple(name.encode("utf-16-le") for name in ("__substg1.0_", "__properties_version1.0", "__nameid"))
_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "refusal.pdf"),
    (b"\x78\x9f\x3e\x22", "refusal.tnef"),  # MS-OXTNEF 2.1.3.1: 0x223E9F78
    (b"!BDN", "refusal.mail-store"),  # MS-PST 2.2.2.6: .pst and .ost
    (b"\xcf\xad\x12\xfe", "refusal.mail-store"),  # .dbx of Outlook Express
    (b"{\\rtf", "refusal.office"),
    (b"\x4c\0\0\0\1\x14\2\0", "refusal.url-file"),  # MS-SHLLINK 2.1: a Windows shortcut
)
_TEXT_FORMATS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"BEGIN:VCALENDAR\s", re.IGNORECASE), "refusal.calendar"),
    (re.compile(rb"BEGIN:VCARD\s", re.IGNORECASE), "refusal.contact"),
    (re.compile(rb"\[InternetShortcut\]|\[Desktop Entry\]"), "refusal.url-file"),
    (re.compile(rb"[^\0]{0,2000}?<key>URL</key>"), "refusal.url-file"),
    (re.compile(rb"bplist00[^\n]{0,200}URL[^\n]{0,20}(?:https?|message|mailto):"), "refusal.url-file"),
)  # fmt: skip
_XML_START = 2000
_REPORT_START = 6000
_HTML = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body|div|table)\b", re.IGNORECASE | re.DOTALL
)
_ONE_ADDRESS = re.compile(
    rb"\s*[a-z][a-z0-9+.-]{1,30}://\S{1,4000}\s*\Z|\s*(?:message|mid|cid|mailto):\S{1,1000}\s*\Z", re.IGNORECASE
)
_TEXT_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
_CLIENT_OF_ADDRESS = (
    ("gmail", re.compile(rb"mail\.google\.com", re.IGNORECASE)),
    ("outlook-new", re.compile(rb"outlook\.(?:live|office|office365)\.com|outlook\.cloud\.microsoft", re.IGNORECASE)),
    ("yahoo-japan", re.compile(rb"mail\.yahoo\.co\.jp", re.IGNORECASE)),
    ("yahoo", re.compile(rb"mail\.yahoo\.com", re.IGNORECASE)),
    ("icloud", re.compile(rb"www\.icloud\.com/mail", re.IGNORECASE)),
    ("proton", re.compile(rb"mail\.proton\.me", re.IGNORECASE)),
    ("fastmail", re.compile(rb"app\.fastmail\.com", re.IGNORECASE)),
    ("thunderbird", re.compile(rb"(?:imap|mailbox|news)-message:|\bimap://", re.IGNORECASE)),
    ("apple-mail", re.compile(rb"\bmessage:(?://)?(?:%3c|<)", re.IGNORECASE)),
)


def known_format(octets: bytes) -> str | None:
    """The refusal for a kind of file known by its first octets, None for anything that may be text."""
    for first, refused in _FORMATS:
        if octets.startswith(first):
            return refused
    if octets.startswith(_OLE):
        return "refusal.msg" if any(name in octets for name in _MSG_STREAMS) else "refusal.office"
    if octets.startswith(b"PK\3\4"):
        is_office = any(part in octets[:_HEAD_OCTETS] for part in _OFFICE_PARTS)
        return "refusal.office" if is_office else "refusal.archive"
    if octets.startswith(_ARCHIVES) or octets[257:262] == b"ustar":  # tar has its mark behind a name
        return "refusal.archive"
    return "refusal.image" if _is_image(octets) else None


def text_refusal(octets: bytes) -> str:
    """The refusal for what is no known format and holds no header block."""
    head = octets[:_HEAD_OCTETS]
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    for pattern, refused in _TEXT_FORMATS:
        if pattern.match(start):
            return refused
    if report := _report(start):
        return report
    if _ONE_ADDRESS.match(octets[:8192]):
        return "refusal.url-file"
    if _is_binary(head):
        return "refusal.binary"
    if shows_a_reading_pane(octets):
        return "refusal.reading-pane"
    return "refusal.html" if _HTML.match(head) else "refusal.not-mail"


def clues(refused: str, octets: bytes) -> dict[str, str]:
    """What the octets tell beyond the refusal: "client", the mail program (an id of resources/help), where they do."""
    client = ""
    if refused == "refusal.reading-pane":
        client = client_of_pane(octets)
    elif refused in {"refusal.html", "refusal.url-file"}:
        head = octets[:_HEAD_OCTETS]
        client = next((name for name, pattern in _CLIENT_OF_ADDRESS if pattern.search(head)), "")
    elif refused == "refusal.msg":
        client = "outlook-new"
    return {"client": client} if client else {}


def _report(start: bytes) -> str | None:
    """The refusal of a report as a file: DMARC's in XML (RFC 7489 app. C, RFC 9990), TLS's in JSON (RFC 8460 4.4)."""
    begin = start[:_REPORT_START]
    if start.startswith(b"<") and b"feedback" in start[:_XML_START] and b"report_metadata>" in begin:
        return "refusal.dmarc-report"
    is_tls = start.startswith(b"{") and b'"organization-name"' in begin and b'"date-range"' in begin
    return "refusal.tls-report" if is_tls else None


def _is_image(octets: bytes) -> bool:
    """Whether the first octets are those of a picture."""
    is_container = octets[8:12] == b"WEBP" or octets[4:12] in (b"ftypheic", b"ftypheif", b"ftypavif", b"ftypmif1")
    is_bitmap = octets[:2] == b"BM" and octets[6:10] == b"\0\0\0\0"
    return octets.startswith(_IMAGES) or is_container or is_bitmap


def _is_binary(head: bytes) -> bool:
    """Whether this is no text: a NUL, or more than one control character in thirty."""
    return b"\0" in head or (len(head) - len(head.translate(None, _TEXT_CONTROLS))) * 30 > len(head)
