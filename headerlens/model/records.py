"""Parsed forms of the records that mail authentication reads: from header fields and from DNS.

A grammar fault never loses the rest: it is kept as a `Fault` beside what could be read.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Fault:
    """Something that does not fit the grammar; `code` is one of standards.md 2.2/1.6 or a parser's own word.

    `start` and `end` are offsets into the octets (header records) or characters of the record (DNS records).
    """

    code: str
    detail: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag=value of a tag list (RFC 6376 3.2); `value` has outer and folding white space removed."""

    name: str
    value: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class TagList:
    """A tag=value list. `get` answers the first value of a name, None when the tag is absent ("" when empty)."""

    tags: tuple[Tag, ...] = ()
    faults: tuple[Fault, ...] = ()

    def get(self, name: str) -> str | None:
        """The value of the first tag called `name` (case-sensitive)."""
        return next((tag.value for tag in self.tags if tag.name == name), None)


class Canonicalization(StrEnum):
    """RFC 6376 3.4."""

    SIMPLE = "simple"
    RELAXED = "relaxed"


@dataclass(frozen=True, slots=True)
class DkimSignature:
    """A DKIM-Signature or ARC-Message-Signature field (RFC 6376 3.5; RFC 8617 4.1.2), or an ARC-Seal.

    What could not be read is None (or the default) and has a fault whose code is from standards.md 2.2.
    `domain` holds A-labels in lower case; `domain_written` what stands there. `selector` likewise in A-labels.
    `signed_names` are lower case in the order of h=, repetitions kept. `length` is l=, `timestamp` and `expiry` are
    seconds since 1970 UTC. `instance` is i= of an ARC field.
    """

    field_index: int
    tags: TagList
    algorithm: str | None
    signature: bytes | None
    body_hash: bytes | None
    header_canonicalization: Canonicalization
    body_canonicalization: Canonicalization
    domain: str
    domain_written: str
    selector: str
    identity: str
    signed_names: tuple[str, ...]
    length: int | None = None
    timestamp: int | None = None
    expiry: int | None = None
    copied_fields: str | None = None
    instance: int | None = None
    faults: tuple[Fault, ...] = ()


class KeyStatus(StrEnum):
    """What became of the search for a key record."""

    FOUND = "found"
    NONE = "none"
    UNAVAILABLE = "unavailable"
    REVOKED = "revoked"
    UNUSABLE = "unusable"


@dataclass(frozen=True, slots=True)
class DkimKey:
    """A key record (RFC 6376 3.6.1, 8463) at `name` (selector._domainkey.domain).

    `status` is FOUND only for a key that parses; why not stands in `code` (standards.md 2.2, key.*). `material` is
    the decoded p=. `bits` is the RSA modulus length or 256 for Ed25519. `count` is how many TXT records stood there.
    """

    name: str
    status: KeyStatus
    code: str | None = None
    record: str | None = None
    tags: TagList = TagList()
    type: str | None = None
    bits: int | None = None
    material: bytes | None = None
    hashes: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()
    count: int = 0


@dataclass(frozen=True, slots=True)
class Property:
    """ptype.property=value of a recorded result (RFC 8601 2.2). `ptype` is "" for a bare key=value."""

    ptype: str
    name: str
    value: str
    start: int = 0
    end: int = 0

    @property
    def key(self) -> str:
        """The spelling used in reports: "smtp.mailfrom", or the bare name."""
        return f"{self.ptype}.{self.name}" if self.ptype else self.name


@dataclass(frozen=True, slots=True)
class RecordedResult:
    """One method=result of an Authentication-Results field, comments kept: they often carry the reason.

    `method` and `result` are lower case. `start` and `end` are offsets into the octets.
    """

    method: str
    result: str
    version: str | None = None
    reason: str | None = None
    comments: tuple[str, ...] = ()
    properties: tuple[Property, ...] = ()
    start: int = 0
    end: int = 0

    def get(self, key: str) -> str | None:
        """The value of the first property called `key` ("header.d"), compared without case."""
        wanted = key.lower()
        return next((p.value for p in self.properties if p.key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class RecordedField:
    """An Authentication-Results field or a relative of it (RFC 8601 2.2, with the dialects of standards.md 4).

    `authserv_id` is None where the writer leaves it out (Microsoft 365). `instance` is i= of an
    ARC-Authentication-Results. `stray` are words that belong to no result.
    """

    field_index: int
    field_name: str
    authserv_id: str | None
    results: tuple[RecordedResult, ...]
    version: str | None = None
    instance: int | None = None
    dialect: str = "rfc8601"
    stray: tuple[str, ...] = ()
    faults: tuple[Fault, ...] = ()
    comments: tuple[str, ...] = ()
    """Comments that belong to no result, such as the one beside the authserv-id."""


@dataclass(frozen=True, slots=True)
class ReceivedSpf:
    """A Received-SPF field (RFC 7208 9.1); `result` lower case, `pairs` keys lower case."""

    field_index: int
    result: str
    comments: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    faults: tuple[Fault, ...] = ()

    def get(self, key: str) -> str | None:
        """The value of `key` (such as "client-ip")."""
        return next((value for name, value in self.pairs if name == key), None)


@dataclass(frozen=True, slots=True)
class ArcSet:
    """One ARC set (RFC 8617 4.2): the three fields of one instance, any of which may be missing.

    `cv` is the chain validation status the sealer claims ("none", "pass", "fail"), "" when unreadable. `extra` counts
    fields beyond one of each kind.
    """

    instance: int
    results: RecordedField | None
    message_signature: DkimSignature | None
    seal: DkimSignature | None
    cv: str = ""
    extra: int = 0
    faults: tuple[Fault, ...] = ()


@dataclass(frozen=True, slots=True)
class DmarcRecord:
    """A DMARC policy record (RFC 9989 4.7) found at `_dmarc.<domain>`.

    `policy`, `subdomain_policy` and `nonexistent_policy` are "none", "quarantine", "reject", or None when the tag is
    absent or its value is not one of the three; `bad_policy` names the tags that made 4.10.1 apply ("p", "sp", "np").
    `adkim` and `aspf` are "r" or "s", `psd` "y", "n" or "u". `has_report_address` is true with one valid URI in rua.
    """

    domain: str
    text: str
    tags: TagList
    policy: str | None
    subdomain_policy: str | None
    nonexistent_policy: str | None
    adkim: str = "r"
    aspf: str = "r"
    psd: str = "u"
    testing: bool = False
    has_report_address: bool = False
    bad_policy: tuple[str, ...] = ()
    notes: tuple[Fault, ...] = ()
