"""The same field in other folds, blanks and letters of its name: what only c=simple notices (RFC 6376 3.4.1)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import combinations

from headerlens.causes.header_readings import Mark, Reading

REFOLDED = Mark("field-refolded")
_SPACED = Mark("field-spacing")
_CASED = Mark("field-name-case")

_FOLD = re.compile(rb"\r\n[ \t]+")
_BLANKS = re.compile(rb"[ \t]+")
_LONG_FIELD = 2_000
_WIDE_LINE = 78
_WIDTHS = (76, 78, 72, 75, 70, 80, 998)
_MOST_PLACES = 40
_THREE_FOLDS = 12
_SPELLINGS = {
    b"message-id": (b"Message-ID", b"Message-Id"),
    b"mime-version": (b"MIME-Version", b"Mime-Version"),
    b"cc": (b"Cc", b"CC"),
    b"dkim-signature": (b"DKIM-Signature",),
    b"list-id": (b"List-ID", b"List-Id"),
}

Layout = Callable[[bytes], bytes]


def whole_layouts() -> tuple[tuple[Layout | None, int, Mark | None], ...]:
    """Changes that a gateway makes to all fields alike, each as its undoing; the first is none."""
    return (
        (None, 0, None),
        (lambda raw: refolded(raw, b"\t"), 1, REFOLDED),
        (lambda raw: refolded(raw, b" "), 1, REFOLDED),
        (lambda raw: raw.replace(b"        ", b"\t"), 1, REFOLDED),
        (_usual_name, 1, _CASED),
        (lambda raw: _named(raw, bytes.lower), 2, _CASED),
        (lambda raw: _named(raw, bytes.upper), 3, _CASED),
    )


def refolded(raw: bytes, blank: bytes) -> bytes:
    """The field with the same folds and these blanks in each."""
    return _FOLD.sub(b"\r\n" + blank, raw)


def layouts(reading: Reading) -> Iterator[Reading]:
    """The reading itself and in other layouts; folds at up to three places (engine.md 3)."""
    yield reading
    raw = reading.raw
    if raw is None or len(raw) > _LONG_FIELD:
        return
    yield from _names(reading, raw)
    yield from _spacings(reading, raw)
    yield from _foldings(reading, raw)


def light_layouts(reading: Reading) -> Iterator[Reading]:
    """The reading itself, unfolded, and folded by the usual rules."""
    yield reading
    raw = reading.raw
    if raw is None or len(raw) > _LONG_FIELD:
        return
    more = _surprise(reading, raw)
    for joined in _joined(raw):
        yield reading.then(joined, 1 + more, REFOLDED)
        for width in _WIDTHS[:2]:
            for blank in (None, b"\t"):
                yield reading.then(_wrapped(joined, width, blank), 1 + more, REFOLDED)


def _names(reading: Reading, raw: bytes) -> Iterator[Reading]:
    name = raw.partition(b":")[0]
    for other in (name.lower(), *_SPELLINGS.get(name.lower(), ()), _titled(name), name.upper()):
        yield reading.then(other + raw[len(name) :], 2, _CASED)


def _spacings(reading: Reading, raw: bytes) -> Iterator[Reading]:
    """Blanks behind the colon and at the end."""
    name, _, body = raw.partition(b":")
    bare = body.lstrip(b" \t")
    for front in (b"", b" ", b"  ", b"\t"):
        yield reading.then(name + b":" + front + bare, 2, _SPACED)
    ended = raw.rstrip(b" \t\r\n")
    for back in (b"", b" ", b"  "):
        yield reading.then(ended + back + b"\r\n", 2, _SPACED)
    if b"  " in body:
        yield reading.then(name + b":" + _BLANKS.sub(b" ", body), 2, _SPACED)


def _foldings(reading: Reading, raw: bytes) -> Iterator[Reading]:
    more = _surprise(reading, raw)
    for joined in _joined(raw):
        yield reading.then(joined, 1 + more, REFOLDED)
        for width in _WIDTHS:
            for blank in (None, b"\t", b" "):
                yield reading.then(_wrapped(joined, width, blank), 1 + more, REFOLDED)
        for sign in (b",", b";", b">,"):
            for blank in (b"\r\n ", b"\r\n\t", b"\r\n        ", b"\r\n    "):
                spread = re.sub(re.escape(sign) + rb"[ \t]*(?=[^\s])", lambda _, end=sign + blank: end, joined)  # type: ignore[misc]
                yield reading.then(spread, 1 + more, REFOLDED)
        yield from _folded_somewhere(reading, joined, more)


def _surprise(reading: Reading, raw: bytes) -> int:
    """One more where nothing speaks for new folds: a field that was changed, or has long lines, was written anew."""
    return 0 if reading.marks or any(len(line) > _WIDE_LINE for line in raw.split(b"\r\n")) else 1


def _joined(raw: bytes) -> tuple[bytes, ...]:
    """Without folds: the blanks of each fold kept, made one blank, or removed."""
    if b"\r\n" not in raw[:-2]:
        return (raw,)
    body, end = raw[:-2], raw[-2:]
    forms = (body.replace(b"\r\n", b""), _FOLD.sub(b" ", body), _FOLD.sub(b"", body))
    return tuple(dict.fromkeys(form + end for form in forms))


def _folded_somewhere(reading: Reading, joined: bytes, more: int) -> Iterator[Reading]:
    places = [found.span() for found in _BLANKS.finditer(joined, joined.find(b":") + 1)]
    places = [span for span in places if span[1] < len(joined) - 2][:_MOST_PLACES]
    most = 3 if len(places) <= _THREE_FOLDS else 2
    for count in range(1, most + 1):
        for chosen in combinations(places, count):
            for blank in (None, b"\t", b" "):
                yield reading.then(_folded(joined, chosen, blank), count + more, REFOLDED)


def _folded(joined: bytes, spans: tuple[tuple[int, int], ...], blank: bytes | None) -> bytes:
    """A fold before the blanks of each span, or with `blank` in their place."""
    pieces, at = [], 0
    for start, end in spans:
        pieces += [joined[at:start], b"\r\n", joined[start:end] if blank is None else blank]
        at = end
    return b"".join((*pieces, joined[at:]))


def _wrapped(joined: bytes, width: int, blank: bytes | None) -> bytes:
    """Folded at the last blank that keeps a line within `width` octets, as most programs do."""
    lines, rest = [], joined.removesuffix(b"\r\n")
    front = b""
    while len(front) + len(rest) > width:
        cut = max(rest.rfind(b" ", 1, width + 1 - len(front)), rest.rfind(b"\t", 1, width + 1 - len(front)))
        if cut <= 0 or not rest[cut:].strip():
            break
        lines.append(front + rest[:cut])
        front, rest = (b"", rest[cut:]) if blank is None else (blank, rest[cut:].lstrip(b" \t"))
    return b"\r\n".join((*lines, front + rest)) + b"\r\n"


def _usual_name(raw: bytes) -> bytes:
    name = raw.partition(b":")[0]
    return _SPELLINGS.get(name.lower(), (_titled(name),))[0] + raw[len(name) :]


def _named(raw: bytes, how: Callable[[bytes], bytes]) -> bytes:
    name = raw.partition(b":")[0]
    return how(name) + raw[len(name) :]


def _titled(name: bytes) -> bytes:
    return b"-".join(part.capitalize() for part in name.split(b"-"))
