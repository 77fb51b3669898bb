"""Canonicalisation of header fields and bodies (RFC 6376 3.4), in linear time and with little memory.

Runs of blanks are reduced by replacing two by one until none is left: each pass halves every run, so the work is
linear in the octets and grows with the logarithm of the longest run. Bodies are worked on in blocks of whole lines;
line ends at the end of a block are held back until something follows them, because empty lines at the end do not count.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from headerlens.model.records import Canonicalization

CRLF = b"\r\n"
_BLOCK = 256 * 1024
_CRLFS_REVERSED = re.compile(rb"(?:\n\r)*")


def canonical_field(raw: bytes, how: Canonicalization) -> bytes:
    """One header field as it is hashed, its CRLF included (3.4.1, 3.4.2). `raw` may lack its CRLF."""
    if how is Canonicalization.SIMPLE:
        return raw if raw.endswith(CRLF) else raw + CRLF
    name, _, value = raw.partition(b":")
    return name.rstrip(b" \t\r\n").lower() + b":" + _reduced(value.replace(CRLF, b"")).strip(b" \r\n") + CRLF


def canonical_body(body: bytes, how: Canonicalization) -> Iterator[bytes | memoryview]:
    """The body as it is hashed, in pieces (3.4.3, 3.4.4). An empty body is CRLF for simple and nothing for relaxed."""
    return _simple_body(body) if how is Canonicalization.SIMPLE else _relaxed_body(body)


def without_signature_value(raw: bytes) -> bytes:
    """The signature's own field as it is hashed: the value of b= taken out with the white space around it (3.5)."""
    colon = raw.find(b":") + 1
    start = colon
    while start <= len(raw):
        end = raw.find(b";", start)
        end = len(raw) if end < 0 else end
        equals = raw.find(b"=", start, end)
        if equals >= 0 and raw[start:equals].strip(b" \t\r\n") == b"b":
            return raw[: equals + 1] + raw[end:]
        start = end + 1
    return raw


def _reduced(octets: bytes) -> bytes:
    """Every run of blanks and tabs made one blank."""
    octets = octets.replace(b"\t", b" ")
    while b"  " in octets:
        octets = octets.replace(b"  ", b" ")
    return octets


def _content_end(octets: bytes) -> int:
    """Where the line ends at the end of `octets` begin."""
    tail = octets[len(octets.rstrip(CRLF)) :]
    match = _CRLFS_REVERSED.match(tail[::-1])
    return len(octets) - (match.end() if match else 0)


def _simple_body(body: bytes) -> Iterator[bytes | memoryview]:
    end = _content_end(body)
    if end:
        yield memoryview(body)[:end]
    yield CRLF


def _relaxed_body(body: bytes) -> Iterator[bytes]:
    held, any_content = 0, False
    for block in _blocks(body):
        reduced = _reduced(block).replace(b" \r\n", CRLF)
        end = _content_end(reduced)
        if end:
            yield from _line_ends(held)
            yield reduced[:end]
            held, any_content = 0, True
        held += (len(reduced) - end) // 2
    if any_content:
        yield CRLF


def _blocks(body: bytes) -> Iterator[bytes]:
    """Pieces that end with a line end; one is put after a last line that has none."""
    start = 0
    while start < len(body):
        line_end = body.find(b"\n", start + _BLOCK)
        end = len(body) if line_end < 0 else line_end + 1
        block = body[start:end]
        yield block if end < len(body) or block.endswith(CRLF) else block + CRLF
        start = end


def _line_ends(count: int) -> Iterator[bytes]:
    """So many line ends, in blocks."""
    whole, rest = divmod(count, _BLOCK)
    yield from (CRLF * _BLOCK for _ in range(whole))
    if rest:
        yield CRLF * rest
