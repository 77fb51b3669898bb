"""Domain names as written and as DNS knows them: IDNA (RFC 5891, UTS 46), case, final dots, RFC 1035 lengths."""

from __future__ import annotations

import ipaddress
import re
import unicodedata

MAX_LABEL = 63
MAX_NAME = 253

_DOTS = re.compile("[.\u3002\uff0e\uff61]")
_ASCII_LABEL = re.compile(r"[a-z0-9_-]{1,63}\Z")
_JOINERS = "\u200c\u200d"
_VANISHING = re.compile("[\u00ad\u200b\u2060\ufe00-\ufe0f\ufeff]")
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zs", "Zl", "Zp"})


def to_ascii(domain: str) -> str | None:
    """The name in A-labels, lower case, without a final dot; None when it is not a domain name.

    Underscores and hyphens may stand anywhere (DNS has such names); address literals and bare IPv4 addresses are no
    names, nor is anything with an empty label, a blank or a control character, or longer than RFC 1035 2.3.4 allows.
    U-labels are mapped as browsers do (UTS 46, non-transitional: "ß" stays itself). An A-label is not judged.
    """
    if not domain or len(domain) > 4 * MAX_NAME:
        return None
    written = _DOTS.split(domain.removesuffix("."))
    if written[-1] == "" and len(written) > 1 and not domain.endswith("."):
        written.pop()
    encoded = [_label_to_ascii(label) for label in written]
    name = ".".join(label for label in encoded if label)
    if None in encoded or len(name) > MAX_NAME or is_ip_literal(name):
        return None
    return name


def to_unicode(domain: str) -> str:
    """The name for the eye: A-labels decoded one by one; a label that is not sound Punycode stays as it stands."""
    return ".".join(_label_to_unicode(label) for label in domain.removesuffix(".").split("."))


def clean_domain(written: str) -> str | None:
    """The domain inside a value of a header field, as by `to_ascii`: blanks, quotes, "<>" and a local part removed."""
    bare = written.strip(" \t\r\n\"'<>;,()")
    return to_ascii(bare.rpartition("@")[2])


def labels(domain: str) -> tuple[str, ...]:
    """The labels from left to right; () for an empty name."""
    bare = domain.removesuffix(".")
    return tuple(bare.split(".")) if bare else ()


def is_subdomain(child: str, parent: str) -> bool:
    """Whether `child` is `parent` or a name below it; both in A-labels, case and a final dot do not matter."""
    lower, upper = child.lower().removesuffix("."), parent.lower().removesuffix(".")
    return bool(upper) and (lower == upper or lower.endswith("." + upper))


def is_ip_literal(text: str) -> bool:
    """Whether this is an IP address, bare or as an address literal (RFC 5321 4.1.3)."""
    bare = text.strip()
    if bare.startswith("[") and bare.endswith("]"):
        bare = bare[1:-1]
    if bare[:5].lower() == "ipv6:":
        bare = bare[5:]
    try:
        ipaddress.ip_address(bare)
    except ValueError:
        return False
    return True


def _label_to_ascii(label: str) -> str | None:
    """One label as an A-label or a plain one; None when it cannot be either."""
    if label.isascii():
        lower = label.lower()
        return lower if _ASCII_LABEL.match(lower) else None
    mapped = _mapped(label)
    if mapped is None:
        return None
    if mapped.isascii():
        return mapped if _ASCII_LABEL.match(mapped) else None
    encoded = "xn--" + mapped.encode("punycode").decode("ascii")
    return encoded if len(encoded) <= MAX_LABEL else None


def _mapped(label: str) -> str | None:
    """UTS 46 mapping of a label, None where it holds what no label may hold."""
    if len(label) > 2 * MAX_LABEL:  # Python's Punycode is quadratic: it never gets more than this
        return None
    mapped = unicodedata.normalize("NFKC", _VANISHING.sub("", label)).lower()
    mapped = unicodedata.normalize("NFKC", mapped)
    if not 0 < len(mapped) <= MAX_LABEL or unicodedata.category(mapped[0]).startswith("M"):
        return None
    return mapped if all(map(_is_allowed, mapped)) else None


def _is_allowed(character: str) -> bool:
    """Whether a mapped label may hold this; symbols pass, because names with them are registered."""
    if character.isascii():
        return character.isalnum() or character in "-_"
    return character in _JOINERS or unicodedata.category(character) not in _REFUSED_CATEGORIES


def _label_to_unicode(label: str) -> str:
    """The U-label, only when encoding it again gives the same A-label: no two names may look one way by accident."""
    lower = label.lower()
    if not lower.startswith("xn--") or len(lower) > MAX_LABEL or not lower.isascii():
        return label
    try:
        decoded = lower[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError, OverflowError):
        return label
    return decoded if not decoded.isascii() and _label_to_ascii(decoded) == lower else label
