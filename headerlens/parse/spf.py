"""SPF records as text: their terms with places and faults, by the grammar of RFC 7208 12; nothing is asked here."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address

from headerlens.model.limits import SPF_MAX_TERM_CHARACTERS

COUNTED_KINDS = frozenset({"include", "a", "mx", "ptr", "exists", "redirect"})
"""What counts towards the ten look-ups (RFC 7208 4.6.4)."""

_VERSION = b"v=spf1"
_TERM = re.compile(r"[^ ]+")
_MODIFIER = re.compile(r"([A-Za-z][A-Za-z0-9_.\-]*)=(.*)", re.DOTALL)
_MECHANISM = re.compile(r"([+\-?~]?)([A-Za-z0-9_.\-]*)([:/]?.*)", re.DOTALL)
_MACRO = r"%(?:[%_\-]|\{[slodiphvcrtSLODIPHVCRT][0-9]*[rR]?[.\-+,/_=]*\})"
_MACRO_STRING = re.compile(rf"(?:{_MACRO}|[!-$&-~])*")
_PIECE = re.compile(rf"{_MACRO}|.", re.DOTALL)
_MACRO_LETTER = re.compile(r"%\{([A-Za-z])([0-9]*)")
_NUMBER = r"(?:0|[1-9][0-9]{0,2})"
_DUAL_CIDR = re.compile(rf"(?:/({_NUMBER}))?(?://({_NUMBER}))?\Z")
_SINGLE_CIDR = re.compile(rf"/({_NUMBER})\Z")
_TOP_LABEL = re.compile(r"[0-9A-Za-z](?:[0-9A-Za-z\-]*[0-9A-Za-z])?\Z")


@dataclass(frozen=True, slots=True)
class ParsedTerm:
    """One term of a record: `text` as written at character offset `start`.

    `kind` is "all", "include", "a", "mx", "ptr", "ip4", "ip6", "exists", "redirect", "exp", "modifier" (one that RFC
    7208 does not know and 6 tells us to ignore) or "bad". `qualifier` is "+", "-", "?" or "~", "" for a modifier.
    `spec` is the domain-spec or the address as written, "" when there is none. `cidr4` and `cidr6` are prefix lengths,
    None when not written. `fault` says in a word what is wrong with it: "mechanism", "qualifier", "domain", "macro",
    "address", "cidr", "argument", "repeated", "length" or "characters"; None when the grammar is kept.
    """

    text: str
    start: int
    kind: str
    qualifier: str = "+"
    spec: str = ""
    cidr4: int | None = None
    cidr6: int | None = None
    fault: str | None = None

    @property
    def end(self) -> int:
        """The character offset after the term."""
        return self.start + len(self.text)

    @property
    def is_mechanism(self) -> bool:
        """Whether it stands for a directive; what cannot be read counts as one."""
        return self.kind not in {"redirect", "exp", "modifier"}


def is_spf(octets: bytes) -> bool:
    """Whether a TXT record is an SPF record: exactly "v=spf1", then a blank or the end (RFC 7208 4.5)."""
    return octets[:6].lower() == _VERSION and octets[6:7] in {b"", b" "}


def parse_spf(text: str) -> tuple[ParsedTerm, ...]:
    """The terms of a record in order, without its version; () for a text that is no SPF record. Never raises."""
    if not is_spf(text[:7].encode("utf-8", "replace")):
        return ()
    terms = [_term(match[0], match.start()) for match in _TERM.finditer(text, 6)]
    return tuple(_mark_repeated(terms))


def followers(text: str) -> tuple[str, ...]:
    """Domains whose records this one refers to by include and redirect, in order, lower case without a final dot.

    Those written with macros are left out, because they depend on the message.
    """
    wanted = (t for t in parse_spf(text) if t.kind in {"include", "redirect"} and t.fault is None and "%" not in t.spec)
    return tuple(dict.fromkeys(term.spec.lower().removesuffix(".") for term in wanted))


def _term(text: str, start: int) -> ParsedTerm:
    """Read one word of the record (RFC 7208 4.6.1)."""
    modifier = _MODIFIER.fullmatch(text)
    if modifier is not None:
        return _modifier(text, start, modifier[1].lower(), modifier[2])
    if len(text) > SPF_MAX_TERM_CHARACTERS:
        return ParsedTerm(text, start, "bad", fault="length")
    match = _MECHANISM.fullmatch(text)
    if match is None:  # the last group takes anything
        return ParsedTerm(text, start, "bad", fault="mechanism")
    return _mechanism(text, start, match[1] or "+", match[2].lower(), match[3])


def _modifier(text: str, start: int, name: str, value: str) -> ParsedTerm:
    """RFC 7208 6: redirect and exp take a domain, everything else is ignored as long as its macros are well formed."""
    if name in {"redirect", "exp"}:
        too_long = len(text) > SPF_MAX_TERM_CHARACTERS
        return ParsedTerm(text, start, name, "", value, fault="length" if too_long else _domain_fault(value))
    return ParsedTerm(text, start, "modifier", "", value, fault=_macro_fault(value, explaining=True))


def _mechanism(text: str, start: int, qualifier: str, name: str, rest: str) -> ParsedTerm:
    """RFC 7208 5; `rest` begins with ":" or "/" or is empty."""
    kind = name
    spec, cidr4, cidr6, fault = rest[1:], None, None, None
    if name == "all":
        spec, fault = "", "argument" if rest else None
    elif name in {"a", "mx"}:
        spec, cidr4, cidr6, fault = _host(rest)
    elif name in {"ip4", "ip6"}:
        spec, prefix, fault = _network(name, rest)
        cidr4, cidr6 = (prefix, None) if name == "ip4" else (None, prefix)
    elif name == "ptr" and not rest:
        spec = ""
    elif name in {"include", "exists", "ptr"}:
        fault = _domain_fault(spec) if rest.startswith(":") else "domain"
    else:
        kind, spec, fault = "bad", "", _unknown(name, rest)
    return ParsedTerm(text, start, kind, qualifier, spec, cidr4, cidr6, fault)


def _unknown(name: str, rest: str) -> str:
    """Why a word is no mechanism: characters no term may hold, a sign that is no qualifier, or just an unknown name."""
    if not all("!" <= sign <= "~" for sign in name + rest):
        return "characters"
    return "mechanism" if name else "qualifier"


def _host(rest: str) -> tuple[str, int | None, int | None, str | None]:
    """Domain and prefix lengths of "a" and "mx" (RFC 7208 5.3, 5.4); a missing domain is the current one."""
    match = _DUAL_CIDR.search(rest)
    four, six = (match[1], match[2]) if match else (None, None)
    spec = rest[: match.start()] if match else rest
    if spec and not spec.startswith(":"):
        return "", None, None, "cidr"
    cidr4, cidr6 = _prefix(four, 32), _prefix(six, 128)
    if -1 in {cidr4, cidr6}:
        return spec[1:], None, None, "cidr"
    return spec[1:], cidr4, cidr6, _domain_fault(spec[1:]) if spec else None


def _network(kind: str, rest: str) -> tuple[str, int | None, str | None]:
    """Address and prefix length of "ip4" and "ip6" (RFC 7208 5.6)."""
    match = _SINGLE_CIDR.search(rest)
    address = rest[1 : match.start()] if match else rest[1:]
    prefix = _prefix(match[1] if match else None, 32 if kind == "ip4" else 128)
    if not rest.startswith(":") or not _is_address(kind, address):
        return address, None, "address"
    return (address, None, "cidr") if prefix == -1 else (address, prefix, None)


def _is_address(kind: str, address: str) -> bool:
    try:
        (IPv4Address if kind == "ip4" else IPv6Address)(address)
    except AddressValueError:
        return False
    return "%" not in address


def _prefix(digits: str | None, most: int) -> int | None:
    """The prefix length, None when none is written, -1 when it is out of range."""
    if digits is None:
        return None
    return int(digits) if int(digits) <= most else -1


def _domain_fault(spec: str) -> str | None:
    """What is wrong with a domain-spec: a macro-string that ends in ".toplabel" or in a macro (RFC 7208 7.1)."""
    fault = _macro_fault(spec, explaining=False)
    if fault is not None:
        return fault
    pieces = _PIECE.findall(spec)
    if pieces and pieces[-1].startswith("%"):
        return None
    _, dot, label = spec.removesuffix(".").rpartition(".")
    return None if dot and _TOP_LABEL.match(label) and not label.isdigit() else "domain"


def _macro_fault(text: str, *, explaining: bool) -> str | None:
    """Bad characters or macros; c, r and t are for explanations only, "0" parts make no sense (RFC 7208 7.1)."""
    if not _MACRO_STRING.fullmatch(text):
        return "macro" if all("!" <= sign <= "~" for sign in text) else "characters"
    for letter, digits in _MACRO_LETTER.findall(text.replace("%%", "")):
        if (digits and not digits.strip("0")) or (letter in "crtCRT" and not explaining):
            return "macro"
    return None


def _mark_repeated(terms: list[ParsedTerm]) -> list[ParsedTerm]:
    """Redirect and exp may each stand once (RFC 7208 6); the later ones get the fault."""
    seen: Counter[str] = Counter()
    marked = []
    for term in terms:
        seen[term.kind] += 1
        again = term.kind in {"redirect", "exp"} and seen[term.kind] > 1 and term.fault is None
        marked.append(
            ParsedTerm(term.text, term.start, term.kind, term.qualifier, term.spec, fault="repeated") if again else term
        )
    return marked
