"""A DMARC record as it should be written: what is wrong goes, what is meant stays (RFC 9989 4.7, 4.8, 9.3)."""

from __future__ import annotations

import re

from headerlens.parse.dmarc import FAILURE_OPTIONS, HISTORIC_TAGS, PLAIN_VALUES, POLICIES, POLICY_TAGS, is_uri
from headerlens.parse.tags import parse_tags
from headerlens.verify.unquoted import unquoted

_VERSION = re.compile(r"\s*v\s*=\s*dmarc\s*\d*\s*;?\s*", re.IGNORECASE)
_NO_SEMICOLON = re.compile(r"\s+(?=[a-z]{1,6}\s*=)", re.IGNORECASE)
_MAILBOX = re.compile(r"[^\s@:;,!]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+")
_ORDER = ("p", "sp", "np", "psd", "t", "adkim", "aspf", "fo", "rua", "ruf")


def mended_dmarc(text: str) -> str | None:
    """The record with v=DMARC1 and p first, every tag once, known and with a value that counts; None for no DMARC.

    A missing or unreadable p becomes p=none, which is how receivers act on it (4.10.1); pct=0 becomes t=y (A.6). A bare
    mailbox in rua or ruf gets its "mailto:". A record with nothing wrong comes back with its tags in the usual order.
    """
    plain = unquoted(text)
    version = _VERSION.match(plain)
    if version is None:
        return None
    tags = _tags(plain[version.end() :])
    kept = {name: value for name, value in ((n, _value(n, v)) for n, v in tags.items()) if value is not None}
    kept.setdefault("p", "none")
    if tags.get("pct") == "0" and kept["p"] != "none":
        kept.setdefault("t", "y")
    return "; ".join(["v=DMARC1", *(f"{name}={kept[name]}" for name in _ORDER if name in kept)])


def merged_dmarc(texts: tuple[str, ...]) -> str | None:
    """One record for several: the mildest policy among them, and the report addresses of all; None without any."""
    records = [record for record in map(mended_dmarc, texts) if record is not None]
    if not records:
        return None
    tags = [_tags(record) for record in records]
    mildest = min(tags, key=lambda one: POLICIES.index(one.get("p", "none")))
    for name in ("rua", "ruf"):
        addresses = [address for one in tags for address in one.get(name, "").split(",") if address]
        if addresses:
            mildest[name] = ",".join(dict.fromkeys(addresses))
    return mended_dmarc("v=DMARC1; " + "; ".join(f"{name}={value}" for name, value in mildest.items()))


def _tags(text: str) -> dict[str, str]:
    """The first value of each tag, names in lower case."""
    if ";" not in text:
        text = _NO_SEMICOLON.sub(";", text.strip())
    return {tag.name.lower(): tag.value for tag in reversed(parse_tags(text).tags)}


def _value(name: str, value: str) -> str | None:
    """The value as it should be written, None for a tag that goes."""
    lower = value.lower()
    if name in HISTORIC_TAGS or name not in _ORDER:
        return None
    if name in POLICY_TAGS:
        return lower if lower in POLICIES else None
    if name in PLAIN_VALUES:
        return lower if lower in PLAIN_VALUES[name] else None
    if name == "fo":
        return lower if set(lower.split(":")) <= FAILURE_OPTIONS else None
    return _addresses(value)


def _addresses(value: str) -> str | None:
    given = (address.strip() for address in value.split(","))
    uris = [f"mailto:{address}" if _MAILBOX.fullmatch(address) else address for address in given]
    return ",".join(uri for uri in uris if is_uri(uri)) or None
