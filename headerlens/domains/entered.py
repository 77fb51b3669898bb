"""The domain that somebody meant who typed or pasted a name, a mail address, a web address or the name of a record."""

from __future__ import annotations

import re
from dataclasses import dataclass

from headerlens.parse.names import is_ip_literal, labels, to_ascii

_SCHEME = re.compile(r"\A[A-Za-z][A-Za-z0-9+.-]*:(?://)?(?=[^0-9/])")
_MAX_ENTERED = 2_000
_KEY_LABEL = "_domainkey"
_DMARC_LABEL = "_dmarc"


@dataclass(frozen=True, slots=True)
class Entered:
    """`domain` in A-labels; `selector` where the name of a key record was given, else ""."""

    domain: str
    selector: str = ""


def entered_domain(text: str) -> Entered | None:
    """What was meant, None where it is no domain name of two labels at least: an IP address, a single word, nothing."""
    bare = _inside_brackets(text[:_MAX_ENTERED]).strip("<>\"' \t\r\n\u3000")
    without_scheme = _SCHEME.sub("", bare)
    host = re.split(r"[/?#\\\s]", without_scheme, maxsplit=1)[0].rpartition("@")[2]
    host = re.sub(r":[0-9]*\Z", "", host).strip("<>\"',;")
    if is_ip_literal(host):
        return None
    name = to_ascii(host)
    return None if name is None else _without_record_labels(name)


def _inside_brackets(text: str) -> str:
    """The address of "Joe <joe@example.com>", else the text."""
    _, opened, rest = text.partition("<")
    return rest.partition(">")[0] if opened else text


def entered_selectors(text: str) -> tuple[str, ...] | None:
    """The selectors in a list divided by blanks or commas, each in A-labels; None where one cannot be a selector."""
    words = [word for word in re.split(r"[\s,;、]+", text[:_MAX_ENTERED]) if word]
    names = [to_ascii(word.partition(f".{_KEY_LABEL}")[0]) for word in words]
    return None if None in names else tuple(dict.fromkeys(name for name in names if name))


def _without_record_labels(name: str) -> Entered | None:
    parts = list(labels(name))
    selector = ""
    if _KEY_LABEL in parts:
        place = parts.index(_KEY_LABEL)
        selector, parts = ".".join(parts[:place]), parts[place + 1 :]
    elif parts[:1] == [_DMARC_LABEL]:
        parts = parts[1:]
    return Entered(".".join(parts), selector) if len(parts) > 1 else None
