"""What something that is no mail is instead, so that its refusal can say how to get the mail (inputs.md 2, 3)."""

from __future__ import annotations

import re

from headerlens.intake.blocks import TECHNICAL

_HEAD_OCTETS = 64 * 1024
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"\0\0\1\0")
_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a", b"BZh91AY", b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"PK\5\6")
_OFFICE_PARTS = (b"[Content_Types].xml", b"mimetypeapplication/vnd.oasis", b"word/", b"xl/", b"ppt/")
_MSG_STREAMS = tuple(name.encode("utf-16-le") for name in ("__substg1.0_", "__properties_version1.0", "__nameid"))
_HTML = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype html|html|head|body|div|table)\b", re.IGNORECASE | re.DOTALL
)
_ONE_ADDRESS = re.compile(
    rb"\s*[a-z][a-z0-9+.-]{1,30}://\S{1,4000}\s*\Z|\s*(?:mid|cid|mailto):\S{1,1000}\s*\Z", re.IGNORECASE
)
_TEXT_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
_LABEL = re.compile(
    r"^[\s>*|]{0,20}(?P<label>from|sent|to|subject|date|cc|差出人|送信者|送信元|送信日時|送信日|日時|日付|宛先|件名|題名)\s{0,5}[:：]",
    re.MULTILINE | re.IGNORECASE,
)
_SENDER_LABELS = frozenset({"from", "差出人", "送信者", "送信元"})
_OTHER_LABELS = frozenset({"sent", "subject", "date", "送信日時", "送信日", "日時", "日付", "宛先", "件名", "題名"})
_SOURCE_FIELD = re.compile(
    rb"^(?:" + b"|".join(name.encode() for name in sorted(TECHNICAL)) + rb")[ \t]*:", re.MULTILINE | re.IGNORECASE
)


def known_format(octets: bytes) -> str | None:
    """The refusal for a kind of file known by its first octets, None for anything that may be text."""
    if octets.startswith(b"%PDF-"):
        return "refusal.pdf"
    if octets.startswith(_OLE):
        return "refusal.msg" if any(name in octets for name in _MSG_STREAMS) else "refusal.office"
    if octets.startswith(b"PK\3\4"):
        is_office = any(part in octets[:_HEAD_OCTETS] for part in _OFFICE_PARTS)
        return "refusal.office" if is_office else "refusal.archive"
    if octets.startswith(_ARCHIVES):
        return "refusal.archive"
    return "refusal.image" if _is_image(octets) else None


def text_refusal(octets: bytes) -> str:
    """The refusal for what is no known format and holds no header block."""
    head = octets[:_HEAD_OCTETS]
    if b"[InternetShortcut]" in head[:500] or b"<key>URL</key>" in head or _ONE_ADDRESS.match(octets[:8192]):
        return "refusal.url-file"
    if _is_binary(head):
        return "refusal.binary"
    if shows_a_reading_pane(octets):
        return "refusal.reading-pane"
    return "refusal.html" if _HTML.match(head) else "refusal.not-mail"


def shows_a_reading_pane(octets: bytes) -> bool:
    """Whether this is a copy of a displayed mail: the labels of sender and subject or date, no field of the source."""
    head = octets[:_HEAD_OCTETS]
    text = head.decode("utf-8", "replace")
    labels = {found["label"].lower() for found in _LABEL.finditer(text)}
    return bool(labels & _SENDER_LABELS and labels & _OTHER_LABELS) and not _SOURCE_FIELD.search(head)


def _is_image(octets: bytes) -> bool:
    """Whether the first octets are those of a picture."""
    is_container = octets[8:12] == b"WEBP" or octets[4:12] in (b"ftypheic", b"ftypheif", b"ftypavif", b"ftypmif1")
    is_bitmap = octets[:2] == b"BM" and octets[6:10] == b"\0\0\0\0"
    return octets.startswith(_IMAGES) or is_container or is_bitmap


def _is_binary(head: bytes) -> bool:
    """Whether this is no text: a NUL, or more than one control character in thirty."""
    return b"\0" in head or (len(head) - len(head.translate(None, _TEXT_CONTROLS))) * 30 > len(head)
