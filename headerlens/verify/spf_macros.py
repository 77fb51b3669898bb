"""Macros of a domain-spec (RFC 7208 7), expanded without asking anybody.

pyspf expands what a check reaches. Here names are made before it runs (`verify.foresee`) and after it, to tell which of
them said more than the domain (`verify.telltale`).
"""

from __future__ import annotations

import ipaddress
import re
from dataclasses import dataclass

MAX_NAME = 253
"""Octets of a name; a longer one loses labels from the left (7.3)."""

_MACRO = re.compile(r"%(?:([%_\-])|\{([A-Za-z])([0-9]*)([rR]?)([.\-+,/_=]*)\})")
_LITERALS = {"%": "%", "_": " ", "-": "%20"}
_UNSAFE = re.compile(r"[^A-Za-z0-9\-._~]")
_DELIMITER = re.compile(r"[.\-+,/_=]")


@dataclass(frozen=True, slots=True)
class MacroValues:
    """What macros stand for, besides the domain under evaluation: `ip` in canonical text form, names in A-labels."""

    ip: str
    local: str
    sender_domain: str
    helo: str


def letters(spec: str) -> frozenset[str]:
    """The macro letters in a domain-spec, in lower case."""
    return frozenset(match[2].lower() for match in _MACRO.finditer(spec) if match[2])


def expand(spec: str, values: MacroValues, domain: str) -> str | None:
    """The name that `spec` stands for in the record of `domain`; lower case, without a final dot.

    None where it cannot be told without asking (%{p}) or at all.
    """
    known = _values(values, domain)
    if not letters(spec) <= known.keys():
        return None
    name = _MACRO.sub(lambda match: _replacement(match, known), spec).lower().removesuffix(".")
    return name if len(name) <= MAX_NAME else name[name.find(".", len(name) - MAX_NAME - 1) + 1 :]


def _values(values: MacroValues, domain: str) -> dict[str, str]:
    """7.2."""
    return {
        "s": f"{values.local}@{values.sender_domain}",
        "l": values.local,
        "o": values.sender_domain,
        "d": domain,
        "i": _dotted(values.ip),
        "v": "ip6" if ":" in values.ip else "in-addr",
        "h": values.helo,
    }


def _dotted(ip: str) -> str:
    """7.3: an IPv6 address as 32 digits with dots between."""
    if ":" not in ip:
        return ip
    return ".".join(ipaddress.IPv6Address(ip).exploded.replace(":", ""))


def _replacement(match: re.Match[str], known: dict[str, str]) -> str:
    """7.3: split, turned round, cut to the rightmost parts, joined with dots; a capital letter asks for URL escapes."""
    literal, letter, digits, turned, delimiters = match.groups()
    if literal:
        return _LITERALS[literal]
    value = known[letter.lower()]
    parts = _DELIMITER.sub(lambda sign: "\0" if sign[0] in (delimiters or ".") else sign[0], value).split("\0")
    parts = parts[::-1] if turned else parts
    wanted = int(digits[:3]) if digits else 0
    joined = ".".join(parts[-wanted:] if wanted else parts)
    return _UNSAFE.sub(_escaped, joined) if letter.isupper() else joined


def _escaped(sign: re.Match[str]) -> str:
    return "".join(f"%{octet:02X}" for octet in sign[0].encode("utf-8", "surrogateescape"))
