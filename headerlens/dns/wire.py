"""DNS messages as octets (RFC 1035 4, RFC 6891): builds a query, reads the reply to it record by record.

dnspython's own reader refuses a whole message for one TXT record without a string (RFC 7208 3.3 needs the others); so
only its names and RDATA are used. What the question does not need is stepped over, not judged.
"""

from __future__ import annotations

import secrets
import struct
from dataclasses import dataclass

import dns.edns
import dns.exception
import dns.flags
import dns.name
import dns.opcode
import dns.rcode
import dns.rdata
import dns.rdataclass
import dns.rdatatype
import dns.wire

from headerlens.model.dns import Record

PAYLOAD = 1232
"""UDP octets we offer to take: what passes every path unfragmented (DNS Flag Day 2020)."""

PADDING = 128
"""Encrypted queries are a multiple of so many octets long (RFC 8467 4.1)."""

_QUESTIONLESS = frozenset({dns.rcode.FORMERR, dns.rcode.SERVFAIL, dns.rcode.NOTIMP, dns.rcode.REFUSED})
"""Servers in such trouble may leave the question out of their reply."""

_LOWERED = frozenset({dns.rdatatype.CNAME, dns.rdatatype.MX, dns.rdatatype.NS, dns.rdatatype.PTR})
_MAX_TTL = 2**31 - 1


class ReplyError(Exception):
    """The reply is ours by its id, but cannot be read. Caught in this room (transport.py)."""


@dataclass(frozen=True, slots=True)
class Query:
    """One question on its way: its id, an absolute name."""

    ident: int
    name: dns.name.Name
    rtype: dns.rdatatype.RdataType
    wire: bytes
    edns: bool


@dataclass(frozen=True, slots=True)
class ResourceRecord:
    """A record of the answer section; `target` is the name a CNAME leads to."""

    owner: dns.name.Name
    rtype: int
    ttl: int
    record: Record
    target: dns.name.Name | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What of a message counts. `negative_ttl`: how long its "no" holds; None without an SOA (RFC 2308 5)."""

    rcode: int
    truncated: bool
    secure: bool
    records: tuple[ResourceRecord, ...] = ()
    negative_ttl: int | None = None


def absolute_name(text: str) -> dns.name.Name | None:
    """`text` as an absolute name, or None where no DNS name can be made of it (RFC 1035 2.3.4).

    Labels are taken as they stand, without backslash escapes: macros of SPF bring anything here. Non-ASCII is no name
    (RFC 8616 4).
    """
    if not text.isascii() or not text:
        return None
    labels = text.removesuffix(".").encode("ascii").split(b".")
    if not all(labels):
        return None
    try:
        return dns.name.Name([*labels, b""])
    except dns.exception.DNSException:
        return None


def build_query(
    name: dns.name.Name,
    rtype: dns.rdatatype.RdataType,
    *,
    edns: bool = True,
    ident: int | None = None,
    padded: bool = False,
) -> Query:
    """A recursive query; AD asks whether the answer was validated (RFC 6840 5.7).

    Its id is random unless given. `padded` hides the length of the name from who watches an encrypted connection.
    """
    ident = secrets.randbits(16) if ident is None else ident
    header = struct.pack("!HHHHHH", ident, dns.flags.RD | dns.flags.AD, 1, 0, 0, int(edns))
    # by hand, because dnspython's message takes half a millisecond, which forty questions at once wait for
    labels = b"".join(bytes([len(label)]) + label for label in name.labels)
    wire = header + labels + struct.pack("!HH", rtype, dns.rdataclass.IN)
    return Query(ident, name, rtype, wire + _opt(len(wire), padded=padded) if edns else wire, edns)


def _opt(before: int, *, padded: bool) -> bytes:
    """The OPT record (RFC 6891 6.1.2) behind `before` octets, with the padding of RFC 7830 3 where it is wanted."""
    options = struct.pack("!HH", dns.edns.OptionType.PADDING, -(before + 15) % PADDING) if padded else b""
    options += bytes(-(before + 15) % PADDING) if padded else b""
    return struct.pack("!BHHIH", 0, dns.rdatatype.OPT, PAYLOAD, 0, len(options)) + options


def read_reply(wire: bytes, query: Query) -> Reply | None:
    """The reply to `query`, or None where the octets answer something else (a forgery, an old reply).

    Raises ReplyError for a message with our id that cannot be read to its end.
    """
    if len(wire) < 2 or wire[:2] != struct.pack("!H", query.ident):
        return None
    try:
        return _Reader(wire, query).read()
    except (dns.exception.DNSException, struct.error, ValueError) as error:
        raise ReplyError(type(error).__name__) from error


class _Reader:
    """Walks one message from front to back; linear, as compressed names only point backwards."""

    def __init__(self, wire: bytes, query: Query) -> None:
        self._parser = dns.wire.Parser(wire)
        self._query = query
        self._known = {int(rtype): rtype for rtype in (query.rtype, dns.rdatatype.CNAME)}

    def read(self) -> Reply | None:
        _, flags, questions, answers, authorities, additionals = self._parser.get_struct("!HHHHHH")
        rcode = flags & 0xF
        if not flags & dns.flags.QR or dns.opcode.from_flags(flags) != dns.opcode.QUERY:
            return None
        if not self._is_our_question(questions, rcode):
            return None
        truncated, secure = bool(flags & dns.flags.TC), bool(flags & dns.flags.AD)
        if truncated:
            return Reply(rcode, truncated=True, secure=secure)
        records = self._answers(answers)
        negative_ttl = self._negative_ttl(authorities)
        rcode |= self._extended_rcode(additionals)
        return Reply(rcode, truncated=False, secure=secure, records=records, negative_ttl=negative_ttl)

    def _is_our_question(self, count: int, rcode: int) -> bool:
        if count == 0:
            return rcode in _QUESTIONLESS
        if count != 1:
            return False
        name = dns.name.from_wire_parser(self._parser)
        rtype, rclass = self._parser.get_struct("!HH")
        return bool(name == self._query.name) and rtype == self._query.rtype and rclass == dns.rdataclass.IN

    def _answers(self, count: int) -> tuple[ResourceRecord, ...]:
        """The records of the wanted types, in the server's order."""
        found = []
        for _ in range(count):
            owner, rtype, rclass, ttl, length = self._header()
            with self._parser.restrict_to(length):
                if rclass == dns.rdataclass.IN and rtype in self._known:
                    found.append(self._record(owner, rtype, ttl))
                else:
                    self._skip()
        return tuple(found)

    def _record(self, owner: dns.name.Name, rtype: int, ttl: int) -> ResourceRecord:
        if rtype == dns.rdatatype.TXT:
            return ResourceRecord(owner, rtype, ttl, self._strings())
        rdata = dns.rdata.from_wire_parser(dns.rdataclass.IN, self._known[rtype], self._parser)
        target = getattr(rdata, "target", None) if rtype == dns.rdatatype.CNAME else None
        return ResourceRecord(owner, rtype, ttl, (_presentation(rdata),), target)

    def _strings(self) -> Record:
        """The character-strings of a TXT record; none where its RDATA is empty."""
        strings = []
        while self._parser.remaining():
            strings.append(self._parser.get_counted_bytes())
        return tuple(strings)

    def _negative_ttl(self, count: int) -> int | None:
        """RFC 2308 5: the smaller of the SOA's own TTL and its MINIMUM, the last four octets of its RDATA."""
        found = None
        for _ in range(count):
            _, rtype, _, ttl, length = self._header()
            with self._parser.restrict_to(length):
                octets = self._skip()
            if rtype == dns.rdatatype.SOA and len(octets) >= 22:
                found = min(ttl, int.from_bytes(octets[-4:], "big"))
        return found

    def _extended_rcode(self, count: int) -> int:
        """RFC 6891 6.1.3: the upper eight bits of the RCODE stand where a record has its TTL."""
        upper = 0
        for _ in range(count):
            dns.name.from_wire_parser(self._parser)
            rtype, _, high, _, _, length = self._parser.get_struct("!HHBBHH")
            self._parser.get_bytes(length)
            if rtype == dns.rdatatype.OPT:
                upper = high << 4
        return upper

    def _header(self) -> tuple[dns.name.Name, int, int, int, int]:
        owner = dns.name.from_wire_parser(self._parser)
        rtype, rclass, ttl, length = self._parser.get_struct("!HHIH")
        # RFC 2181 8: a TTL with its highest bit set counts as zero
        return owner, rtype, rclass, ttl if ttl <= _MAX_TTL else 0, length

    def _skip(self) -> bytes:
        return self._parser.get_remaining()


def _presentation(rdata: dns.rdata.Rdata) -> bytes:
    """The presentation form in ASCII; names in lower case without a final dot, the root itself as "."."""
    text = rdata.to_text()
    if rdata.rdtype in _LOWERED:
        text = text.lower()
        text = text if text == "." or text.endswith(" .") else text.removesuffix(".")
    return text.encode("ascii", "backslashreplace")


def name_text(name: dns.name.Name) -> str:
    """A name as Question and aliases have it: lower case, no final dot; "." for the root."""
    return name.to_text(omit_final_dot=True).lower()
