"""Damage of every kind, from a seed: the same number gives the same damage on every machine."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from typing import Any

SIGNS = (
    b"", b";", b"=", b":", b" ", b"\t", b"\r\n", b"\r\n ", b"\r", b"\n", b"\r\n\r\n", b"\x00", b"\xff", b"\x80",
    b"\x7f", b"\\", b'"', b"(", b")", b"<", b">", b"[", b"]", b"@", b"/", b"--", b"%", b"%{", b"}", b"{", b"*", b".",
    b"..", b",", b"=?utf-8?b?", b"=?iso-2022-jp?b?GyRC?=", b"=?x?q?=?=", "こ".encode(), "\u202e".encode(),
    "\u2028".encode(), "İ".encode(), "ß".encode(), "\U0001f4a9".encode(), b"\xed\xa0\x80", "\xa0".encode(),
    "\ufeff".encode(), b"9" * 30, b"9" * 5000, b"-1", b"0", b"1e9", b"0x10", "²".encode(), "٣".encode(), b"a" * 300,
    b"x." * 200,
    b"i=", b"b=", b"bh=", b"d=", b"s=", b"l=", b"t=", b"x=", b"h=", b"c=", b"z=", b"q=", b"cv=", b"p=", b"sp=", b"np=",
    b"psd=y", b"rua=", b"include:", b"redirect=", b"exists:", b"ptr", b"mx/0//0", b"ip4:", b"ip6:::", b"%{ir}", b"%{p}",
    b"%{d0}", b"xn--", b"xn--a", b"\r\nFrom: ", b"\r\nDKIM-Signature: ", b"\r\nReceived: ", b"\r\nARC-Seal: i=1; ",
    b"\r\nAuthentication-Results: ", b"\r\nReceived-SPF: ", b"\r\nReturn-Path: <>", b"> ", b"<pre>", b"&lt;", b"```\n",
)  # fmt: skip
"""What breaks readers: signs of the grammars, odd characters, huge numbers, tags, whole beginnings of fields."""

Change = Callable[[bytes, random.Random, bytes], bytes]


def _replace(octets: bytes, rng: random.Random, other: bytes) -> bytes:
    """A place cut, doubled, or replaced by a sign, an octet or a piece of the other text."""
    at = rng.randint(0, len(octets))
    cut = rng.choice((0, 1, 1, 2, 7))
    from_other = rng.randint(0, len(other))
    put = rng.choice(
        (rng.choice(SIGNS), rng.choice(SIGNS), bytes([rng.randrange(256)]), other[from_other : from_other + 30])
    )
    return octets[:at] + put + octets[at + cut :]


def _flip(octets: bytes, rng: random.Random, _other: bytes) -> bytes:
    if not octets:
        return octets
    at = rng.randrange(len(octets))
    return octets[:at] + bytes([octets[at] ^ 1 << rng.randrange(8)]) + octets[at + 1 :]


def _repeat(octets: bytes, rng: random.Random, _other: bytes) -> bytes:
    at = rng.randint(0, len(octets))
    return octets[:at] + octets[at : at + rng.randint(1, 60)] * rng.choice((2, 3, 40)) + octets[at:]


def _cut(octets: bytes, rng: random.Random, _other: bytes) -> bytes:
    at, to = sorted((rng.randint(0, len(octets)), rng.randint(0, len(octets))))
    return octets[:at] if rng.random() < 0.3 else octets[:at] + octets[to:]


def _lines(octets: bytes, rng: random.Random, other: bytes) -> bytes:
    """A line taken away, doubled, moved, or put in from the other text."""
    lines, others = octets.split(b"\n"), other.split(b"\n")
    place, to = rng.randrange(len(lines)), rng.randrange(len(lines))
    how = rng.randrange(4)
    if how == 0:
        del lines[place]
    elif how == 1:
        lines.insert(to, lines[place])
    elif how == 2:
        lines.insert(to, lines.pop(place))
    else:
        lines.insert(to, rng.choice(others))
    return b"\n".join(lines)


def _tags(octets: bytes, rng: random.Random, other: bytes) -> bytes:
    """The same with what stands between semicolons."""
    parts, others = octets.split(b";"), other.split(b";")
    place = rng.randrange(len(parts))
    parts[place] = rng.choice((b"", rng.choice(parts), rng.choice(others), parts[place].swapcase()))
    return b";".join(parts)


CHANGES: tuple[Change, ...] = (_replace, _replace, _replace, _flip, _repeat, _cut, _lines, _tags)


def mutated(seeds: Sequence[bytes], rng: random.Random) -> bytes:
    """One of the texts with one to four changes; seldom nothing is left."""
    octets, other = rng.choice(seeds), rng.choice(seeds)
    for _ in range(rng.choice((1, 1, 2, 2, 3, 4))):
        octets = rng.choice(CHANGES)(octets, rng, other)
    return octets


ODD_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 10**30, "", ".", "x" * 300, "a..b", "こ", "\ud800", [], {}, [[]], [[""]], [None],
    ["", ["a"]],
    {"error": "timeout"}, {"error": "nxdomain"}, {"error": "no such"}, {"error": 1}, {"aliases": ["b."], "records": []},
    {"aliases": "b"}, {"aliases": [], "records": [["a"]]}, [{"error": "timeout"}], {"TXT": ["v=spf1"]}, {"": {}},
)  # fmt: skip
"""What stands in JSON where something else is expected."""


def mutated_document(value: Any, rng: random.Random) -> Any:
    """A JSON document in which one value or name, at any depth, is another."""
    if rng.random() < 0.15 or not value or not isinstance(value, dict | list):
        return rng.choice(ODD_VALUES)
    if isinstance(value, list):
        place = rng.randrange(len(value))
        return [mutated_document(each, rng) if at == place else each for at, each in enumerate(value)]
    chosen = rng.choice(list(value))
    if rng.random() < 0.15:
        renamed = rng.choice(("", ".", "A", "txt", "CNAME", "MX", "aliases", "error", chosen.upper() + ".", "x" * 300))
        return {renamed if name == chosen else name: of for name, of in value.items()}
    return {name: mutated_document(of, rng) if name == chosen else of for name, of in value.items()}
