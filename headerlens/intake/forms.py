"""Which form a file has, by its first octets and not by its name: a mailbox, an archive, a mail, or neither."""

from __future__ import annotations

from enum import Enum

from headerlens.intake.blocks import begins_mail
from headerlens.intake.emlx import begins_emlx
from headerlens.intake.mbox import begins_mbox
from headerlens.intake.repair.line_ends import decoded, with_crlf, without_from_line, without_leading_blank
from headerlens.intake.sniff import known_format

HEAD_OCTETS = 64 * 1024
"""How much of a file tells its form."""

_MAIL_ENDINGS = (".eml", ".emlx", ".msg", ".mbox", ".mbx", ".email", ".rfc822", ".mht", ".hlcase")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


class Form(Enum):
    """How the messages in a file are got at. `OTHER` may still hold a mail between other text."""

    MBOX = "mbox"
    ZIP = "zip"
    GZIP = "gzip"
    MAIL = "mail"
    OTHER = "other"


def form_of(head: bytes) -> Form:
    """The form of a file whose first octets (`HEAD_OCTETS` of them) these are."""
    if head.startswith((b"PK\3\4", b"PK\5\6")):
        return Form.OTHER if known_format(head) == "refusal.office" else Form.ZIP
    if head.startswith(b"\x1f\x8b"):
        return Form.GZIP
    if begins_mbox(head):
        return Form.MBOX
    return Form.MAIL if _is_mail(head) else Form.OTHER


def says_mail(name: str) -> bool:
    """Whether a file's name promises a message, so that whoever gave it is told when there is none."""
    return name.lower().endswith(_MAIL_ENDINGS)


def _is_mail(head: bytes) -> bool:
    """Whether a mail begins here without other text before it."""
    if head.startswith(_OLE):
        return known_format(head) == "refusal.msg"
    if begins_emlx(head):
        return True
    for undo in (decoded, with_crlf, without_leading_blank, without_from_line):
        done = undo(head)
        head = done[0] if done else head
    return begins_mail(head)
