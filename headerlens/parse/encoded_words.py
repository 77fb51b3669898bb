"""Text of header fields for the eye: encoded words (RFC 2047) and raw 8-bit text, Japanese charsets foremost."""

from __future__ import annotations

import base64
import binascii
import re
from encodings.aliases import aliases

_INTRODUCER = re.compile(r"=\?([A-Za-z0-9_.:+-]{1,60})(?:\*[A-Za-z0-9-]{0,60})?\?([bBqQ])\?")
_KANA = re.compile("[\u3040-\u30ff]")
_LIKELY = 0.6
_JUDGED = 2000
_QUOTED_OCTET = re.compile(rb"=([0-9A-Fa-f]{2})")
_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")
_JIS_SEGMENT = re.compile(rb"\x1b(\$[@B]|\([BJI])([^\x1b]*)")

# Codecs that are no charsets of mail, some of them slow or dependent on the machine.
_NO_CHARSETS = frozenset(
    {
        "base64_codec",
        "bz2_codec",
        "hex_codec",
        "idna",
        "mbcs",
        "oem",
        "palmos",
        "punycode",
        "quopri_codec",
        "raw_unicode_escape",
        "rot_13",
        "undefined",
        "unicode_escape",
        "uu_codec",
        "zlib_codec",
    }
)
_CHARSETS = frozenset(aliases.values()) - _NO_CHARSETS
# What the names mean in practice: the vendors' supersets, tried in this order.
_SUPERSETS = {
    "shift_jis": ("cp932", "shift_jis_2004"),
    "x_sjis": ("cp932", "shift_jis_2004"),
    "windows_31j": ("cp932",),
    "euc_jp": ("euc_jp", "euc_jis_2004"),
    "x_euc_jp": ("euc_jp", "euc_jis_2004"),
    "iso2022_jp": ("iso2022_jp", "iso2022_jp_ext"),
    "gb2312": ("gb18030",),
    "gbk": ("gb18030",),
    "euc_kr": ("cp949",),
    "big5": ("big5", "cp950", "big5hkscs"),
    "latin_1": ("cp1252", "latin_1"),
    "iso8859_9": ("cp1254", "iso8859_9"),
    "ascii": ("utf_8", "cp1252"),
    "unknown_8bit": ("utf_8", "cp1252"),
    "x_unknown": ("utf_8", "cp1252"),
}


def decode_words(text: str) -> str:
    """The text with its encoded words decoded; words that cannot be decoded at all stay as they stand.

    Blanks between two encoded words vanish (6.2). A character split over two words is put together again. Octets that
    do not fit their charset become U+FFFD.
    """
    if "=?" not in text:
        return text
    parts: list[str] = []
    run: list[tuple[str, bytes]] = []
    place = 0
    for start, end, charset, octets in _words(text):
        between = text[place:start]
        if not run or between.strip(" \t\r\n"):
            parts.append(_joined(run) + between)
            run = []
        run.append((charset, octets))
        place = end
    return "".join(parts) + _joined(run) + text[place:]


def decode_text(octets: bytes, charset: str = "") -> str:
    """Unfolded octets of an unstructured field (Subject) or a phrase as text: raw 8-bit read, words decoded."""
    return decode_words(decode_raw(octets, charset))


def decode_raw(octets: bytes, charset: str = "") -> str:
    """Octets of a header that names no charset of its own, read by `raw_codec`."""
    return _decode(octets, raw_codec(octets, charset))


def raw_codec(octets: bytes, charset: str = "") -> str:
    """The codec of a header that names no charset of its own; `charset` is that of the body, "" when it names none.

    ISO-2022-JP by its ESC; UTF-8, which hardly any other text is by chance; the body's charset; EUC-JP or Shift_JIS
    where Japanese words come out; else Latin-1. Each but the first and the last only where every octet fits.
    """
    if b"\x1b$" in octets:
        return "iso2022_jp"
    named = _codecs(charset) if charset else ()
    # what is no 8-bit charset, or unknown, says nothing about these octets
    named = () if any(codec.startswith("utf") for codec in named) else tuple(named)
    fitting = (codec for codec in ("utf_8", *named) if _strict(octets, codec) is not None)
    return next(fitting, "") or japanese_text(octets)[0] or "latin-1"


def japanese_text(octets: bytes) -> tuple[str, str | None]:
    """The codec and the text of raw EUC-JP or Shift_JIS; None where neither gives Japanese words."""
    read = ((codec, _strict(octets, codec)) for codec in ("euc_jp", "cp932"))
    judged = [(_likeness(text), codec, text) for codec, text in read if text is not None]
    likeness, codec, text = max(judged, key=lambda one: one[0], default=(0.0, "", None))
    return (codec, text) if likeness >= _LIKELY else ("", None)


def _likeness(text: str) -> float:
    """How far the letters beyond ASCII are those of Japanese texts, 0 to 1.

    Kana and signs count whole; kanji count when they are of the common level, and alone only where all of them are.
    Half-width kana count half: that is what EUC-JP looks like when it is read as Shift_JIS.
    """
    letters = [character for character in text[:_JUDGED] if not character.isascii()]
    kana = sum(1 for character in letters if _KANA.match(character))
    half = sum(1 for character in letters if "\uff61" <= character <= "\uff9f")
    common = sum(1 for character in letters if _is_common(character))
    if not letters or (not kana and not half and common < max(2, len(letters))):
        return 0.0
    return (kana + common + half / 2) / len(letters)


def _is_common(character: str) -> bool:
    """Whether this is a sign, a full-width form or a kanji of JIS level 1 (rows 16 to 47 of JIS X 0208)."""
    if "\u3000" <= character <= "\u303f" or "\uff01" <= character <= "\uff60":
        return True
    try:
        return "\u4e00" <= character <= "\u9fff" and 0xB0 <= character.encode("euc_jp")[0] <= 0xCF
    except UnicodeEncodeError:
        return False


def _words(text: str) -> list[tuple[int, int, str, bytes]]:
    """Start, end, charset and octets of every encoded word, in one pass: each search goes on where the last ended."""
    found: list[tuple[int, int, str, bytes]] = []
    start, close = text.find("=?"), -1
    while start >= 0:
        introduced = _INTRODUCER.match(text, start)
        if introduced is None:
            start = text.find("=?", start + 1)
            continue
        inside = introduced.end()
        close = text.find("?=", inside) if close < inside else close
        if close < 0:
            break
        following = text.find("=?", inside)
        if 0 <= following < close - 1:  # another word begins before this one ends: this one is cut off
            start = following
            continue
        octets = _content(introduced[2], text[inside:close])
        if octets is not None:
            found.append((start, close + 2, introduced[1].lower(), octets))
        start = text.find("=?", close + 2)
    return found


def _content(encoding: str, written: str) -> bytes | None:
    """The octets inside an encoded word, None when its text is not ASCII."""
    if not written.isascii():
        return None
    octets = written.encode("ascii")
    if encoding in "qQ":
        octets = octets.replace(b"_", b" ")
        return _QUOTED_OCTET.sub(lambda match: bytes([int(match[1], 16)]), octets)
    clean = _NOT_BASE64.sub(b"", octets)
    clean = clean[:-1] if len(clean) % 4 == 1 else clean
    try:
        return base64.b64decode(clean + b"=" * (-len(clean) % 4))
    except (binascii.Error, ValueError):
        return None


def _joined(run: list[tuple[str, bytes]]) -> str:
    """The text of adjacent encoded words; those of one charset together."""
    parts: list[str] = []
    index = 0
    while index < len(run):
        charset = run[index][0]
        same = index
        while same < len(run) and run[same][0] == charset:
            same += 1
        parts.append(_decode_pieces([octets for _, octets in run[index:same]], charset))
        index = same
    return "".join(parts)


def _decode_pieces(pieces: list[bytes], charset: str) -> str:
    """Each piece for itself where that works, else all together: a character may be split between two."""
    codecs = _codecs(charset)
    for codec in codecs:
        single = [_strict(piece, codec) for piece in pieces]
        if None not in single:
            return "".join(text for text in single if text is not None)
    return _decode(b"".join(pieces), charset)


def _decode(octets: bytes, charset: str) -> str:
    """The octets in the first reading of this charset that fits, else with U+FFFD where it does not."""
    codecs = _codecs(charset)
    for codec in codecs:
        found = _strict(octets, codec)
        if found is not None:
            return found
    if "iso2022_jp" in codecs:
        return _decode_jis(octets)
    # UTF-7 alone lets lone surrogates pass, which no output can hold
    return octets.decode(codecs[0], "replace").encode("utf-8", "replace").decode()


def _codecs(charset: str) -> tuple[str, ...]:
    """The Python codecs to try for a charset name, never empty; an unknown name is read as UTF-8 or Windows-1252."""
    name = re.sub(r"[^a-z0-9]+", "_", charset.lower())
    name = aliases.get(name, name)
    if name in _SUPERSETS:
        return _SUPERSETS[name]
    return (name,) if name in _CHARSETS else ("utf_8", "cp1252")


def _strict(octets: bytes, codec: str) -> str | None:
    """The octets decoded, None when they do not fit."""
    try:
        text = octets.decode(codec)
        if codec == "utf_7":
            text.encode()
    except (UnicodeError, LookupError, ValueError):
        return None
    return text


def _decode_jis(octets: bytes) -> str:
    """ISO-2022-JP with the vendors' characters in row 13 and above ("①", "㈱"), by way of Shift_JIS (CP932)."""
    first = octets.find(b"\x1b")
    parts = [octets[: first if first >= 0 else len(octets)].decode("latin-1")]
    for designation, segment in _JIS_SEGMENT.findall(octets):
        if designation.startswith(b"$"):
            parts.append(_shifted(segment).decode("cp932", "replace"))
        elif designation == b"(I":
            parts.append(bytes(octet | 0x80 for octet in segment).decode("cp932", "replace"))
        else:
            parts.append(segment.decode("latin-1"))
    return "".join(parts)


def _shifted(pairs: bytes) -> bytes:
    """JIS X 0208 octet pairs as Shift_JIS; an octet left over is dropped."""
    shifted = bytearray()
    for row, cell in zip(pairs[::2], pairs[1::2], strict=False):
        if not (0x21 <= row <= 0x7E and 0x21 <= cell <= 0x7E):
            shifted += b"?"
            continue
        lead = (row + 1) // 2 + (0x70 if row < 0x5F else 0xB0)
        trail = cell + (0x7E if row % 2 == 0 else 0x1F if cell < 0x60 else 0x20)
        shifted += bytes((lead, trail))
    return bytes(shifted)
