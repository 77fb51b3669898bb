"""DKIM-Signature fields and the two signed fields of ARC, read without a judgement of DNS (RFC 6376 3.5, 6.1.1).

`parse_key` lives in `dkim_key` and can be had from here as well.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from headerlens.model.limits import MAX_ARC_SETS
from headerlens.model.message import HeaderField
from headerlens.model.records import Canonicalization, DkimSignature, Fault, Tag, TagList
from headerlens.parse.dkim_key import parse_key, parse_keys
from headerlens.parse.names import is_subdomain, to_ascii
from headerlens.parse.signature_values import read_base64, read_list, read_number, read_quoted, without_blanks
from headerlens.parse.tags import parse_tag_octets

__all__ = ["ALGORITHMS", "ArcKind", "parse_key", "parse_keys", "parse_signature"]

ArcKind = Literal["ams", "seal"]
_T = TypeVar("_T")

ALGORITHMS = ("rsa-sha256", "ed25519-sha256", "rsa-sha1")
"""The algorithms that can be computed; rsa-sha1 only to tell what has changed, never as a pass (RFC 8301 3.1)."""

_REQUIRED: dict[ArcKind | None, tuple[str, ...]] = {
    None: ("v", "a", "b", "bh", "d", "h", "s"),
    "ams": ("i", "a", "b", "bh", "d", "h", "s"),
    "seal": ("i", "a", "b", "d", "s", "cv"),
}
_TIME_DIGITS = 12
_LENGTH_DIGITS = 76
_SHOWN = 100


@dataclass(slots=True)
class _Reading:
    """The tags of one field by name, and the faults found so far."""

    tags: TagList
    arc: ArcKind | None
    by_name: dict[str, Tag] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def __post_init__(self) -> None:
        for tag in self.tags.tags:
            self.by_name.setdefault(tag.name, tag)

    def get(self, name: str) -> str | None:
        """The value of the first tag of that name, None when there is none."""
        tag = self.by_name.get(name)
        return None if tag is None else tag.value

    def blame(self, code: str, name: str) -> None:
        """Keep a fault of the tag `name`."""
        tag = self.by_name.get(name)
        if tag is None:
            self.faults.append(Fault(code, name))
        else:
            self.faults.append(Fault(code, f"{name}={tag.value[:_SHOWN]}", tag.start, tag.end))

    def read(self, name: str, reader: Callable[[str], _T | None], code: str = "sig.syntax") -> _T | None:
        """The value of `name` as `reader` sees it; a value it cannot read is a fault, an absent tag is not."""
        value = self.get(name)
        found = None if value is None else reader(value)
        if value is not None and found is None:
            self.blame(code, name)
        return found


def parse_signature(field: HeaderField, *, arc: ArcKind | None = None) -> DkimSignature:
    """The signature in `field`; never raises, and what cannot be read is None, "" or the default beside a fault.

    `arc` tells an ARC-Message-Signature ("ams") or an ARC-Seal ("seal"; RFC 8617 4.1.2, 4.1.3). `faults` hold every
    sig.* code of standards.md 2.2 that the field alone shows, in the order in which a verifier meets them (RFC 6376
    6.1.1); arc.instance, arc.seal_signed (h= of a message signature names ARC-Seal) and arc.seal_h are those of ARC.
    `algorithm` is None unless it is one of `ALGORITHMS`.
    """
    reading = _Reading(parse_tag_octets(field.body, field.value_start), arc)
    _judge_list(reading)
    domain = reading.read("d", to_ascii) or ""
    selector = reading.read("s", to_ascii) or ""
    signature = reading.read("b", read_base64)
    body_hash = None if arc == "seal" else reading.read("bh", read_base64)
    length = reading.read("l", lambda text: read_number(text, _LENGTH_DIGITS))
    timestamp = reading.read("t", lambda text: read_number(text, _TIME_DIGITS))
    expiry = reading.read("x", lambda text: read_number(text, _TIME_DIGITS))
    identity = f"@{reading.get('d') or ''}" if arc else _identity(reading, domain)
    names = _signed_names(reading)
    algorithm = _algorithm(reading)
    header, body = _canonicalizations(reading)
    _judge_query(reading)
    if timestamp is not None and expiry is not None and expiry <= timestamp:
        reading.blame("sig.x_before_t", "x")
    return DkimSignature(
        field_index=field.index,
        tags=reading.tags,
        algorithm=algorithm,
        signature=signature,
        body_hash=body_hash,
        header_canonicalization=header,
        body_canonicalization=body,
        domain=domain,
        domain_written=reading.get("d") or "",
        selector=selector,
        identity=identity,
        signed_names=names,
        length=length,
        timestamp=timestamp,
        expiry=expiry,
        copied_fields=reading.get("z"),
        instance=_instance(reading) if arc else None,
        faults=tuple(reading.faults),
    )


def _judge_list(reading: _Reading) -> None:
    """The tag list as such, its version and the tags that must be there."""
    for fault in reading.tags.faults:
        code = "sig.duplicate_tag" if fault.code == "duplicate_tag" else "sig.syntax"
        reading.faults.append(Fault(code, fault.detail, fault.start, fault.end))
    if reading.arc is None and reading.get("v") not in {None, "1"}:
        reading.blame("sig.version", "v")
    for name in _REQUIRED[reading.arc]:
        if name not in reading.by_name:
            reading.blame("sig.missing_tag", name)


def _identity(reading: _Reading, domain: str) -> str:
    """i= decoded, "@" and d= where it is absent; its domain must be d= or below (6.1.1)."""
    written = reading.get("i")
    if written is None:
        return f"@{reading.get('d') or ''}"
    identity = read_quoted(written)
    _, at, host = identity.rpartition("@")
    below = to_ascii(host) if at else None
    if below is None:
        reading.blame("sig.syntax", "i")
    elif domain and not is_subdomain(below, domain):
        reading.blame("sig.domain_mismatch", "i")
    return identity


def _signed_names(reading: _Reading) -> tuple[str, ...]:
    """The names of h=; From must be among those of a DKIM-Signature (RFC 6376 5.4), ARC-Seal nowhere (8617 4.1.2)."""
    written = reading.get("h")
    if written is None:
        return ()
    names = read_list(written.lower())
    if reading.arc == "seal":
        reading.blame("arc.seal_h", "h")
    elif reading.arc == "ams":
        if "arc-seal" in names:
            reading.blame("arc.seal_signed", "h")
    elif "from" not in names:
        reading.blame("sig.from_not_signed", "h")
    return names


def _algorithm(reading: _Reading) -> str | None:
    """a= where it is one that can be computed; rsa-sha1 is kept beside its fault (RFC 8301 3.1)."""
    algorithm = reading.get("a")
    if algorithm is None:
        return None
    if algorithm not in ALGORITHMS:
        reading.blame("sig.alg_unknown", "a")
        return None
    if algorithm == "rsa-sha1":
        reading.blame("sig.alg_weak", "a")
    return algorithm


def _canonicalizations(reading: _Reading) -> tuple[Canonicalization, Canonicalization]:
    """c= for header and body; the second word is "simple" when left out (3.5). A seal is always relaxed (8617 4.1.3).

    RFC 8617 gives no default for a message signature without c=; its test suite and every sealer mean relaxed.
    """
    written = None if reading.arc == "seal" else reading.get("c")
    if written is None:
        usual = Canonicalization.RELAXED if reading.arc else Canonicalization.SIMPLE
        return usual, usual
    header, slash, body = without_blanks(written).partition("/")
    try:
        return Canonicalization(header), Canonicalization(body if slash else "simple")
    except ValueError:
        reading.blame("sig.canon_unknown", "c")
        return Canonicalization.SIMPLE, Canonicalization.SIMPLE


def _judge_query(reading: _Reading) -> None:
    """q= must hold dns/txt; other methods beside it are ignored (3.5)."""
    written = reading.get("q")
    if written is not None and "dns/txt" not in read_list(written.lower()):
        reading.blame("sig.query_unknown", "q")


def _instance(reading: _Reading) -> int | None:
    """i= of an ARC field; outside 1 to 50 it is a fault too, but kept (RFC 8617 4.2.1)."""
    instance = reading.read("i", lambda text: read_number(text, 4), "arc.instance")
    if instance is not None and not 1 <= instance <= MAX_ARC_SETS:
        reading.blame("arc.instance", "i")
    return instance
