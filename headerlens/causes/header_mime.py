"""What gateways do to MIME-Version, Content-Type and Content-Transfer-Encoding (RFC 2045 5, 6)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from headerlens.causes.header_readings import Mark, Value, with_line_end
from headerlens.model.message import Message
from headerlens.parse.header import split_fields
from headerlens.parse.mime import walk

MIME_NAMES = frozenset({"mime-version", "content-type", "content-transfer-encoding"})
_ENCODINGS = (
    b"7bit",
    b"8bit",
    b"quoted-printable",
    b"base64",
    b"binary",
    b"7BIT",
    b"8BIT",
    b"QUOTED-PRINTABLE",
    b"BASE64",
)
_CHARSETS = (b"utf-8", b"UTF-8", b"us-ascii", b"US-ASCII", b"iso-8859-1", b"ISO-8859-1", b"iso-2022-jp", b"ISO-2022-JP",
             b"windows-1252", b"shift_jis", b"Shift_JIS")  # fmt: skip
_PARAMETER = re.compile(
    rb";[ \t\r\n]*([A-Za-z0-9*._-]{1,60})[ \t]*=[ \t]*(\"(?:[^\"\\\r\n]|\\.){0,998}\"|[^\s;\"]{0,998})"
)
_CHARSET = re.compile(rb"(charset[ \t]*=[ \t]*)\"?([A-Za-z0-9_:.+-]{1,60})\"?", re.IGNORECASE)
_LOST_PARAMETERS = (
    b"; format=flowed",
    b"; format=flowed; delsp=yes",
    b'; format="flowed"',
    b"; charset=utf-8",
    b'; charset="utf-8"',
    b"; charset=UTF-8",
    b'; charset="UTF-8"',
    b"; charset=us-ascii",
    b";",
)
_LONG_FIELD = 4_000
_MOST_PARAMETERS = 8
_MOST_PARTS = 3


def mime_values(key: str, body: bytes) -> Iterator[Value]:
    """Earlier values of a MIME field of the header; nothing for other fields or one of absurd length."""
    if len(body) > _LONG_FIELD:
        return
    if key == "content-transfer-encoding":
        for each in _ENCODINGS:
            yield _value(b" " + each, 2)
    elif key == "mime-version":
        yield _value(b" 1.0", 2)
        yield _value(body.partition(b"(")[0].rstrip(), 2)
    elif key == "content-type":
        yield from _types(body)


def absent_values(key: str) -> Iterator[bytes]:
    """What may have stood in a MIME field that is there no more."""
    if key == "mime-version":
        yield b" 1.0\r\n"
    elif key == "content-transfer-encoding":
        yield from (b" " + each + b"\r\n" for each in _ENCODINGS)
    elif key == "content-type":
        for charset in _CHARSETS:
            for kind in (b"plain", b"html"):
                yield b" text/" + kind + b"; charset=" + charset + b"\r\n"
                yield b" text/" + kind + b'; charset="' + charset + b'"\r\n'
        yield b" text/plain\r\n"


def part_fields(message: Message) -> Iterator[tuple[str, bytes]]:
    """Content-Type and Content-Transfer-Encoding of the first parts: a wrapper has moved them there from the header.

    Name in lower case and raw field; nothing for a message without parts.
    """
    if message.body_start is None:
        return
    octets = message.raw.octets
    for part in walk(octets).parts[:_MOST_PARTS]:
        fields, _, _ = split_fields(octets[part.start : part.body_start])
        for field in fields:
            if field.key in MIME_NAMES and len(field.raw) <= _LONG_FIELD:
                yield field.key, with_line_end(field.raw)


def _types(body: bytes) -> Iterator[Value]:
    yield from _charsets(body)
    found = list(_PARAMETER.finditer(body))[:_MOST_PARAMETERS]
    for one in found:
        yield _value(body[: one.start()] + body[one.end() :], 2)
        yield _value(body[: one.start(2)] + _other_quotes(one[2]) + body[one.end(2) :], 2)
    for other in (_other_quotes, _quoted, _unquoted):
        yield _value(_PARAMETER.sub(lambda one, how=other: _with(one, how(one[2])), body), 2)  # type: ignore[misc]
    yield _value(_PARAMETER.sub(lambda one: b"; " + one[1] + b"=" + one[2], body), 2)
    yield _value(_PARAMETER.sub(lambda one: b";" + one[1] + b"=" + one[2], body), 2)
    kind, semicolon, rest = body.partition(b";")
    yield _value(kind.lower() + semicolon + rest, 2)
    yield _value(kind, 3)
    bare = body.rstrip(b" \t\r\n")
    if bare.endswith(b";"):
        yield _value(bare.rstrip(b"; \t"), 2)
    for added in _LOST_PARAMETERS:
        yield _value(bare + added, 3)


def _charsets(body: bytes) -> Iterator[Value]:
    now = _CHARSET.search(body)
    if now is None:
        return
    for charset in (now[2], now[2].lower(), now[2].upper(), *_CHARSETS):
        for quote in (b"", b'"'):
            written = now[1] + quote + charset + quote
            near = charset.lower() == now[2].lower()
            yield _value(body[: now.start()] + written + body[now.end() :], 1 if near else 2)


def _with(one: re.Match[bytes], value: bytes) -> bytes:
    return one[0][: one.start(2) - one.start()] + value


def _other_quotes(value: bytes) -> bytes:
    return _unquoted(value) if value.startswith(b'"') else _quoted(value)


def _quoted(value: bytes) -> bytes:
    return value if value.startswith(b'"') else b'"' + value + b'"'


def _unquoted(value: bytes) -> bytes:
    return value[1:-1] if value.startswith(b'"') else value


def _value(body: bytes, weight: int) -> Value:
    return Value(with_line_end(body), weight, Mark("mime-field"))
