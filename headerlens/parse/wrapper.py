"""Whether a mail is nothing but the wrapper of another one, so that the other one may be judged in its place.

Whoever puts a genuine mail into his own must not be judged by it. So all that some program might show counts as shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from headerlens.parse.blank import is_blank
from headerlens.parse.mime import Part, decode_body

_SIGNATURES = frozenset({"application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"})
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:")
_FROM_LINE = re.compile(rb">?From ")
_TYPE_FIELD = re.compile(rb"^content-type[ \t]*:[^\n]*+(?:\n[ \t][^\n]*+)*+", re.MULTILINE | re.IGNORECASE)
_BOUNDARY = re.compile(rb"boundary[ \t]*\*?[\d*]*[ \t]*=", re.IGNORECASE)
_DASHES = re.compile(rb"^--", re.MULTILINE)
_ONLY_BASE64 = re.compile(rb"[A-Za-z0-9+/\s]*+=*\s*+")
_LIKE_ASCII = re.compile(
    r"|(?:us-)?ascii|utf-8|iso-8859-\d{1,2}|windows-\d{3,4}|koi8-[ru]|iso-2022-(?:jp|kr)|shift_jis|euc-(?:jp|kr)"
    r"|gb2312|gbk|gb18030|big5|ks_c_5601-1987",
    re.IGNORECASE,
)


def shows_nothing(octets: bytes, root: Part, mail: Part) -> bool:
    """Whether the walked mail shows its reader nothing but the part `mail`: blank text, no picture, no attachment."""
    return all(_is_silent(octets, part, is_root=part is root) for part in _own_parts(root) if part.start != mail.start)


def _own_parts(root: Part) -> Iterator[Part]:
    """The part and those inside it, attached mails not entered."""
    waiting = [root]
    while waiting:
        part = waiting.pop()
        yield part
        waiting.extend(reversed(part.parts))


def _is_silent(octets: bytes, part: Part, *, is_root: bool) -> bool:
    """Whether one part shows nothing, its children aside, in whatever way a program reads it."""
    if not _is_header(octets[part.start : part.body_start], is_root=is_root):
        return False
    if part.content_type in _SIGNATURES:
        return True
    if part.parts:
        # behind the last delimiter, where some programs look and others do not, and before the first, where one that
        # takes the beginning of a boundary for the whole of it finds other parts
        is_closed = b"\n" not in octets[part.parts[-1].end : part.end].strip(b"\r\n")
        return is_closed and len(_DASHES.findall(octets, part.body_start, part.parts[0].start)) <= 1
    return _is_blank_text(octets, part)


def _is_blank_text(octets: bytes, part: Part) -> bool:
    """Whether this is a blank text, also to a program that does not undo its encoding or guesses its charset."""
    is_html = part.content_type == "text/html"
    is_text = is_html or part.content_type == "text/plain"
    if not is_text or not _LIKE_ASCII.fullmatch(dict(part.params).get("charset", "").strip()):
        return False
    if part.encoding == "base64" and not _ONLY_BASE64.fullmatch(octets, part.body_start, part.end):
        return False
    return is_blank(decode_body(octets, part), html=is_html)


def _is_header(octets: bytes, *, is_root: bool) -> bool:
    """Whether there is nothing of which programs take one or the other, nor a line of text where some see the body.

    That is a MIME field or a boundary that stands twice; in front of a whole mail may stand the line of an mbox.
    """
    names: list[bytes] = []
    for line in octets.splitlines():
        found = _FIELD.match(line)
        if found:
            names.append(found[1].lower())
        elif line and line[:1] not in b" \t" and not (is_root and not names and _FROM_LINE.match(line)):
            return False
    described = [name for name in names if name.startswith(b"content-")]
    boundaries = sum(len(_BOUNDARY.findall(found[0])) for found in _TYPE_FIELD.finditer(octets))
    return len(described) == len(set(described)) and boundaries <= 1
