"""An SPF record as it should be written, as far as the slip tells what was meant (RFC 7208 4.6, 5, 12)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from ipaddress import ip_address, ip_network

from headerlens.parse.spf import is_spf, parse_spf
from headerlens.verify.unquoted import unquoted

_QUALIFIERS = "+-~?"
_LOOK_ALIKES = str.maketrans(
    {"–": "-", "—": "-", "−": "-", "～": "~", "：": ":", "＝": "=", "\u3000": " ", "\u00a0": " "}
)
_HALVED = re.compile(r"(?<=[ +~?-])((?:include|ip4|ip6|a|mx|exists|redirect|ptr)[:=]) +(?=[^ ])", re.IGNORECASE)
_VERSION = re.compile(r"v\s*=\s*spf1?(?:\.0)?[;,:]?(?= |$)", re.IGNORECASE)
_NAMES = {
    "ip": "ip4", "ipv4": "ip4", "ipv6": "ip6", "includes": "include", "inc": "include", "mx4": "mx", "host": "a",
}  # fmt: skip
_WITH_VALUE = frozenset({"include", "ip4", "ip6", "a", "mx", "exists", "ptr"})
_DOMAIN = re.compile(r"(?:[A-Za-z0-9_-]{1,63}\.)+[A-Za-z][A-Za-z0-9-]*[A-Za-z0-9]\.?")


def mended_spf(text: str) -> str | None:
    """The record with its slips mended, None where a slip does not tell what was meant, or nothing had to be mended."""
    plain = unquoted(text).translate(_LOOK_ALIKES)
    if "%{" not in plain:  # a macro may hold commas
        plain = plain.replace(",", " ")
    plain = _HALVED.sub(r"\1", " ".join(plain.split()))
    version = _VERSION.match(plain)
    if version is None:
        return None
    words = [word for word in plain[version.end() :].split() if not _VERSION.fullmatch(word)]
    fixed = [_word(word) for word in words]
    if any(word is None for word in fixed):
        return None
    record = _record(word for word in fixed if word)
    wrong = any(term.fault for term in parse_spf(record)) or not is_spf(record.encode()[:7])
    return None if wrong or record == text else record


def merged_spf(texts: Iterable[str]) -> str | None:
    """One record for several: the terms of all of them once each, then the mildest of their "all".

    None where one of them cannot be read, or a redirect= stands in one that has no "all": it cannot be merged.
    """
    terms: list[str] = []
    endings: list[str] = []
    for text in texts:
        parsed = parse_spf(text)
        if any(term.fault for term in parsed) or not is_spf(text.encode("utf-8", "replace")[:7]):
            return None
        if any(term.kind == "redirect" for term in parsed):
            return None
        endings += [term.qualifier for term in parsed if term.kind == "all"][:1]
        terms += [term.text for term in parsed if term.kind not in {"all", "exp"}]
    mildest = max(endings, key="-~?+".index, default="?")
    return _record([*terms, f"{'~' if mildest == '+' else mildest}all"])


def without_terms(text: str, unwanted: Iterable[str]) -> str:
    """The record without these terms, as they are written in it."""
    gone = set(unwanted)
    return _record(term.text for term in parse_spf(text) if term.text not in gone)


def _record(words: Iterable[str]) -> str:
    """The record of these words, each once; what stands behind "all" is never reached (5.1) and goes."""
    kept: list[str] = []
    for word in dict.fromkeys(words):
        kept.append(word)
        if word.lstrip(_QUALIFIERS).lower() == "all":
            break
    return " ".join(["v=spf1", *kept])


def _word(word: str) -> str | None:
    """One term as it was meant; "" for a stray sign, None when it cannot be told."""
    bare = word.strip(",;'\"")
    if not bare.strip(".-+~?"):
        return ""
    term = parse_spf(f"v=spf1 {bare}")
    if term and term[0].fault is None and term[0].kind != "modifier":
        return bare
    qualifier = bare[0] if bare[0] in _QUALIFIERS else ""
    return _meant(qualifier, bare[len(qualifier) :])


def _meant(qualifier: str, bare: str) -> str | None:
    lower = bare.lower().rstrip(".:=")
    if lower in {"all", "all-", "all~"}:
        return (qualifier or bare.rstrip(".:=")[3:]) + "all"
    if network := _network(bare):
        return qualifier + network
    name, value = _split(bare)
    name = _NAMES.get(name, name)
    if not value:
        return f"{qualifier}{name}" if name in {"a", "mx"} else None
    return _with_value(qualifier, name, value)


def _with_value(qualifier: str, name: str, value: str) -> str | None:
    if name == "redirect":
        return f"redirect={value}"
    if name in {"ip4", "ip6"}:
        return _address(qualifier, value)
    if name in _WITH_VALUE and (_DOMAIN.fullmatch(value) or "%{" in value):
        return f"{qualifier}{name}:{value}"
    return None


def _split(bare: str) -> tuple[str, str]:
    """Name and value, whichever sign stands between them."""
    found = re.match(r"([A-Za-z0-9]{1,10})[:=]+(.*)", bare)
    return (found[1].lower(), found[2].strip(":=")) if found else (bare.lower(), "")


def _address(qualifier: str, value: str) -> str | None:
    """ip4 or ip6 by what the value is; a host name belongs into "a"."""
    network = _network(value)
    if network is not None:
        return qualifier + network
    return f"{qualifier}a:{value}" if _DOMAIN.fullmatch(value) else None


def _network(value: str) -> str | None:
    """The term (ip4 or ip6) for an address or network, None for anything else."""
    try:
        network = ip_network(value, strict=False)
    except ValueError:
        return None
    plain = value if "/" in value else str(ip_address(value))
    return f"ip{network.version}:{plain}"
