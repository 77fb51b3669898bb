"""Received fields of all writers: who said HELO, from which address, to whom, how (RFC 5321 4.4; RFC 5322 3.6.7).

Only the clauses are standard; where the address and the names stand is every writer's own habit:
    Postfix, sendmail, Gmail, SES   from HELO (RDNS [IP])
    Microsoft                       from HELO (IP)
    Exim                            from RDNS ([IP] helo=HELO), or from [IP] (helo=HELO)
    qmail, Yahoo                    from RDNS (HELO HELO) (IP)
The writer adds what it knows after what the client said, so of several addresses the last one counts. HELO may hold
brackets and keywords ("x)([192.0.2.1]", "(x)by"): a keyword stands after a blank, which no server lets into HELO, and a
field whose places contradict each other names no address.
"""

from __future__ import annotations

import dataclasses
import ipaddress
import re
from collections.abc import Iterator

from headerlens.model.limits import MAX_STRUCTURED_OCTETS
from headerlens.model.message import HeaderField, Hop
from headerlens.parse.dates import parse_date
from headerlens.parse.lexer import Kind, tokens

_KEYWORDS = frozenset({"from", "by", "via", "with", "id", "for"})
_HELO = re.compile(r"(?:\b(?:HELO|EHLO|LHLO) |\bhelo[= ])\s*([^\s()]+)", re.IGNORECASE)
_IDENT = re.compile(r"\bident=.*", re.IGNORECASE | re.DOTALL)
_BRACKETED = re.compile(r"\[(?:IPv6:)?([0-9A-Fa-f:.]{2,45})(?:%[\w.-]{1,20})?\]", re.IGNORECASE)
_BARE = re.compile(r"(?:(?<=[\s(@])|^)(?:IPv6:)?([0-9A-Fa-f:.]{2,45})(?=[\s),;]|$)", re.IGNORECASE)
_NAME_BEFORE_ADDRESS = re.compile(r"(?<![^\s()\[\]])([^\s()\[\]]++)\s*+\[")
_ENVELOPE_FROM = re.compile(r"\b(?:envelope-(?:from|sender)|return-path)[ =:]\s*<?([^<>\s()]*)", re.IGNORECASE)
_TLS = re.compile(r"(?<![\w.-])(?:version=)?(TLS|SSL)v?[ _]?([123])(?:[._]([0-3]))?(?![\w.]*[a-z])", re.IGNORECASE)
_PRIVATE = tuple(
    ipaddress.ip_network(block)
    for block in (
        "127.0.0.0/8",
        "10.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "169.254.0.0/16",
        "::1/128",
        "fc00::/7",
        "fe80::/10",
    )
)


@dataclasses.dataclass(slots=True)
class _Clause:
    """A keyword's words and the comments that follow them."""

    words: list[str] = dataclasses.field(default_factory=list)
    comments: list[str] = dataclasses.field(default_factory=list)

    @property
    def word(self) -> str | None:
        """The first word, None when there is none."""
        return self.words[0] if self.words else None


def parse_received(field: HeaderField) -> Hop:
    """The hop a Received field tells of. What it does not tell is None; nothing is checked, all of it is a claim.

    `helo`, `rdns` and `by` keep their spelling and lose a final dot; "unknown" is None. `protocol` is what follows
    "with" ("ESMTPS", "Microsoft SMTP Server"). `tls` reads "TLS 1.3", "TLS" alone when no version is given.
    `envelope_from` is without angle brackets, "" for the null path.
    """
    text = field.value[:MAX_STRUCTURED_OCTETS]
    clauses, stamp = _clauses(text)
    origin = clauses.get("from", _Clause())
    comments = [comment for clause in clauses.values() for comment in clause.comments]
    ip = _address(origin)
    helo, rdns = _names(origin)
    return Hop(
        field_index=field.index,
        helo=helo,
        rdns=rdns,
        ip=str(ip) if ip else None,
        by=_name(clauses.get("by", _Clause()).word),
        protocol=" ".join(clauses.get("with", _Clause()).words)[:200] or None,
        tls=_tls(comments),
        envelope_from=_envelope_from(comments),
        time=parse_date(stamp),
        internal=ip is not None and is_internal(ip),
        has_client="from" in clauses,
    )


def is_internal(ip: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    """Whether this is a loopback, private (RFC 1918, RFC 4193) or link-local address.

    Documentation and shared ranges are not; a 6to4 address counts as the IPv4 address in it (Google's own hosts).
    """
    inner = ip.sixtofour if isinstance(ip, ipaddress.IPv6Address) else None
    return any(address in block for address in (ip, inner) if address is not None for block in _PRIVATE)


def _clauses(text: str) -> tuple[dict[str, _Clause], str]:
    """The first clause of each keyword, and what stands after the last semicolon outside of comments.

    The word after a keyword is its value even if it is spelled like another keyword. Comments before any keyword
    (qmail) are kept under "".
    """
    clauses: dict[str, _Clause] = {"": _Clause()}
    current = clauses[""]
    stamp_at = len(text)
    is_closed = False
    for kind, piece, end, apart in _pieces(text):
        if kind is Kind.SPECIAL:
            stamp_at, is_closed = end, True
        elif kind is Kind.COMMENT:
            current.comments.append(piece)
            is_closed = True
        elif apart and piece.lower() in _KEYWORDS and (is_closed or current.words or current is clauses[""]):
            current = clauses.setdefault(piece.lower(), _Clause())
            is_closed = bool(current.words)
        elif not is_closed:
            current.words.append(piece)
    return clauses, text[stamp_at:]


def _pieces(text: str) -> Iterator[tuple[Kind, str, int, bool]]:
    """Words, comments and semicolons with their ends, and whether a blank or nothing stands before."""
    apart = True
    for token in tokens(text, specials=";"):
        if token.kind is not Kind.BLANK:
            yield token.kind, token.text, token.end, apart
        apart = token.kind is Kind.BLANK


def _address(origin: _Clause) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The client's address: the last one the writer noted, else the literal in place of HELO.

    Yahoo and Exim put the address first and HELO into a comment; where that comment then seems to hold another address,
    the client has written one of them, and neither can be believed.
    """
    noted = next((ip for text in reversed(_noted(origin)) if (ip := _last_address(text))), None)
    word = origin.word or ""
    literal = _BRACKETED.match(word)
    first = _ip(literal[1] if literal else word)
    stands_first = first is not None and not is_internal(first) and any(map(_HELO.search, origin.comments))
    if stands_first and noted not in {None, first}:
        return None
    return noted or first


def _noted(origin: _Clause) -> list[str]:
    """Where a writer notes what it saw, in order, without what the client said in HELO or ident (RFC 1413)."""
    texts = [" ".join(origin.words[1:]), *origin.comments]
    return [_IDENT.sub(" ", _HELO.sub(" ", text)) for text in texts]


def _last_address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address that ends last, in brackets or bare."""
    found = [match for pattern in (_BRACKETED, _BARE) for match in pattern.finditer(text)]
    found.sort(key=lambda match: match.end(), reverse=True)
    return next((ip for match in found if (ip := _ip(match[1]))), None)


def _names(origin: _Clause) -> tuple[str | None, str | None]:
    """HELO and the name from reverse DNS."""
    word = _name(origin.word)
    said = next((found[1] for comment in origin.comments if (found := _HELO.search(comment))), None)
    noted = None
    for comment in origin.comments:
        if found := _NAME_BEFORE_ADDRESS.search(_HELO.sub(" ", comment)):
            noted = _host(found[1])
    if said is None:
        return word, noted
    return _name(said), noted or _host(word or "")


def _host(written: str) -> str | None:
    """A host name: an ident user before "@" removed, None for an address or "unknown"."""
    name = _name(written.rpartition("@")[2])
    if name is None or name.startswith("[") or _ip(name) or "=" in name:
        return None
    return name


def _name(written: str | None) -> str | None:
    """A word without a final dot or comma; None for none and for "unknown"."""
    bare = (written or "").strip("<>").rstrip(".,")
    return None if bare.lower() in {"", "unknown"} else bare


def _ip(written: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address, an IPv4 one mapped into IPv6 as IPv4; None when it is none."""
    try:
        found = ipaddress.ip_address(written)
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def _tls(comments: list[str]) -> str | None:
    """The TLS version the comments tell of."""
    for comment in comments:
        if found := _TLS.search(comment):
            return f"{found[1].upper()} {found[2]}.{found[3] or 0}"
    return "TLS" if any("cipher=" in comment.lower() for comment in comments) else None


def _envelope_from(comments: list[str]) -> str | None:
    """The reverse path a comment tells of."""
    found = next((found for comment in comments if (found := _ENVELOPE_FROM.search(comment))), None)
    return None if found is None else found[1]
