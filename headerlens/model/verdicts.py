"""What the checks found. Results are RFC 8601's words; codes are those of the standards the docstrings name."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from headerlens.model.records import ArcSet, DkimKey, DkimSignature, DmarcRecord


class Result(StrEnum):
    """RFC 8601 2.7, the same words for every method."""

    NONE = "none"
    PASS = "pass"  # noqa: S105  a protocol word, no password
    FAIL = "fail"
    SOFTFAIL = "softfail"
    NEUTRAL = "neutral"
    POLICY = "policy"
    TEMPERROR = "temperror"
    PERMERROR = "permerror"


class Match(StrEnum):
    """Whether a hash or a signature value is the one that was signed."""

    MATCH = "match"
    MISMATCH = "mismatch"
    UNCHECKED = "unchecked"


class Signer(StrEnum):
    """Who made a signature value that does not fit, as far as RSA's digest recovery can tell (engine.md 3)."""

    THIS_KEY = "this-key"
    OTHER_KEY = "other-key"
    UNKNOWN = "unknown"


class AtReceipt(StrEnum):
    """The signature's own times (t=, x=) against the time of receipt (RFC 6376 3.5)."""

    VALID = "valid"
    EXPIRED = "expired"
    FUTURE = "future"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Note:
    """A remark that does not decide a result, such as key.testing; `detail` is for the evidence pane."""

    code: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class SignedField:
    """One name of h=: `field_index` is the field it picked from the bottom up, None for an over-signed absence."""

    name: str
    field_index: int | None


@dataclass(frozen=True, slots=True)
class DkimCheck:
    """One signature, header and body judged apart (RFC 6376 6.1). `code` is None for a plain pass.

    `result` is PASS only with both hashes matching. With the body missing a good header signature is NEUTRAL with
    code "body.missing". `expected_body_hash` is bh=, `actual_body_hash` ours, both base64; None when not computed.
    `unsigned_octets` counts octets after l=, None without l=. `unsigned_names` are present fields that h= leaves out
    although they are shown to the reader (subject, to, cc, date, reply-to, mime-version, content-type…), lower case.
    `signer` is set when the header hash mismatches.
    """

    index: int
    signature: DkimSignature
    result: Result
    code: str | None
    header_hash: Match = Match.UNCHECKED
    body_hash: Match = Match.UNCHECKED
    key: DkimKey | None = None
    expected_body_hash: str | None = None
    actual_body_hash: str | None = None
    signed_fields: tuple[SignedField, ...] = ()
    unsigned_names: tuple[str, ...] = ()
    oversigned_names: tuple[str, ...] = ()
    unsigned_octets: int | None = None
    at_receipt: AtReceipt = AtReceipt.UNKNOWN
    signer: Signer = Signer.UNKNOWN
    recovered_digest: bytes | None = None
    notes: tuple[Note, ...] = ()


class Identity(StrEnum):
    """The SPF identity that was checked (RFC 7208 2.3, 2.4)."""

    MAILFROM = "mailfrom"
    HELO = "helo"


@dataclass(frozen=True, slots=True)
class SenderInputs:
    """What SPF is judged with, and how far it can be relied on (standards.md 3.3).

    `*_source` say where a value came from: "received", "received-spf", "authentication-results", "x-sender-ip",
    "return-path", "arc", "user", or "" when there is none. `border` is an index into `Message.hops`, the first hop into
    the receiver's domain, None when it cannot be told; `border_reason` is a phrase id for `present`.
    """

    client_ip: str | None
    client_ip_source: str
    helo: str | None
    helo_source: str
    mail_from: str | None
    mail_from_source: str
    border: int | None
    border_reason: str


class TermState(StrEnum):
    """What happened to one term of an SPF record."""

    MATCHED = "matched"
    NO_MATCH = "no-match"
    NOT_REACHED = "not-reached"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class SpfTerm:
    """One mechanism or modifier as written, at character offset `start` of its record.

    `lookup` is its place in the count to ten, None when it costs none. `expanded` is the domain after macros when it
    differs from what is written. `answers` are what DNS gave for it. `child` is the record behind include/redirect.
    """

    text: str
    start: int
    kind: str
    qualifier: str
    state: TermState
    lookup: int | None = None
    expanded: str | None = None
    answers: tuple[str, ...] = ()
    child: SpfNode | None = None
    error: str | None = None


@dataclass(frozen=True, slots=True)
class SpfNode:
    """One SPF record in the evaluation tree. `record` is None when there is none."""

    domain: str
    record: str | None
    result: Result | None
    terms: tuple[SpfTerm, ...] = ()


@dataclass(frozen=True, slots=True)
class SpfCheck:
    """SPF for the border hop (RFC 7208). `code` is None for a pass, else one of spf.* (see `verify.spf`).

    `domain` in A-labels, "" when there is none to check. `matched` is the deciding term as written.
    """

    inputs: SenderInputs
    result: Result
    code: str | None
    identity: Identity
    domain: str
    matched: str | None = None
    lookups: int = 0
    void_lookups: int = 0
    tree: SpfNode | None = None
    problem: str | None = None
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class ArcSetCheck:
    """One set: how its seal and its message signature fare; None when not looked at."""

    set: ArcSet
    seal: DkimCheck | None
    message_signature: DkimCheck | None


@dataclass(frozen=True, slots=True)
class ArcCheck:
    """The chain (RFC 8617 5.2). `result` NONE, PASS or FAIL; `code` None or one of arc.* (see `verify.arc`)."""

    result: Result
    code: str | None
    sets: tuple[ArcSetCheck, ...] = ()
    oldest_pass: int | None = None


@dataclass(frozen=True, slots=True)
class WalkStep:
    """One question of the tree walk (RFC 9989 4.10): the name asked below _dmarc., and what stood there.

    `found` is "record", "none", "several", "unusable" or "error".
    """

    domain: str
    found: str
    record: DmarcRecord | None = None


@dataclass(frozen=True, slots=True)
class Organization:
    """The Organizational Domain of `domain`, found by a walk. `name` is None when the walk could not be finished.

    `how` is "psd=n", "psd=y-below", "fewest-labels", "itself" or "error".
    """

    domain: str
    name: str | None
    how: str
    steps: tuple[WalkStep, ...] = ()


@dataclass(frozen=True, slots=True)
class PslView:
    """What a receiver still on RFC 7489 would make of the same identifiers."""

    organizational_domain: str
    policy_domain: str | None
    result: Result
    disposition: str | None
    differs: bool
    aligned_spf: bool | None = None
    aligned_dkim: bool | None = None


@dataclass(frozen=True, slots=True)
class AlignedIdentifier:
    """One identifier beside From: SPF's domain, or d= of signature `index` (None for SPF).

    `authenticated` says that its check passed. `aligned` compares names only; None when it could not be decided.
    It counts for DMARC when both are true. `organization` is None when none was needed or found.
    """

    method: str
    index: int | None
    domain: str
    authenticated: bool
    aligned: bool | None
    exact: bool
    mode: str
    organization: str | None = None

    @property
    def counts(self) -> bool:
        """Whether this identifier makes DMARC pass."""
        return self.authenticated and self.aligned is True


@dataclass(frozen=True, slots=True)
class DmarcCheck:
    """DMARC for one message (RFC 9989 5.3). `code` is one of standards.md 1.6, None for a pass.

    `policy` is the owner's wish for this domain before t=, `policy_tag` the tag it came from; `disposition` what the
    record asks for this message after t=, None when DMARC gives no verdict. `identifiers` hold one SPF entry (when
    there is an SPF domain) and one per signature, evaluated even when no record exists, so that a picture can be drawn.
    """

    result: Result
    code: str | None
    author_domain: str
    organization: Organization
    record: DmarcRecord | None
    policy_domain: str | None
    policy: str | None
    policy_tag: str | None
    disposition: str | None
    test_mode: bool
    spf_aligned: bool | None
    dkim_aligned: bool | None
    identifiers: tuple[AlignedIdentifier, ...] = ()
    discovery: tuple[WalkStep, ...] = ()
    psl: PslView | None = None
    author_exists: bool | None = None
    notes: tuple[Note, ...] = ()


class Trust(StrEnum):
    """Whether a recorded result may be believed (standards.md 4.2). PROPOSED: by the program alone."""

    TRUSTED = "trusted"
    PROPOSED = "proposed"
    UNTRUSTED = "untrusted"


@dataclass(frozen=True, slots=True)
class TrustedField:
    """How far the recorded field number `field_index` of the header is believed, and why (a phrase id).

    `name` is what the writer is called in sentences: the authserv-id, or the host that must have written it.
    """

    field_index: int
    trust: Trust
    why: str
    name: str


class Drift(StrEnum):
    """Why the recorded result and ours differ; AGREES and INCOMPARABLE need no reason."""

    AGREES = "agrees"
    INCOMPARABLE = "incomparable"
    KEY_GONE = "key-gone"
    KEY_REVOKED = "key-revoked"
    KEY_CHANGED = "key-changed"
    DNS_CHANGED = "dns-changed"
    CORRECTED = "corrected"
    COPY_ALTERED = "copy-altered"
    COPY_REWRITTEN = "copy-rewritten"
    COPY_INCOMPLETE = "copy-incomplete"
    OTHER_HOP = "other-hop"
    OLD_RULES = "old-rules"
    ARC_OVERRIDE = "arc-override"
    LOCAL_POLICY = "local-policy"
    TRANSIENT = "transient"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One method, recorded against now. `recorded` is the receiver's word or None; `index` the signature's.

    `agrees` is None when there is nothing to compare.
    """

    method: str
    domain: str
    index: int | None
    recorded: str | None
    now: Result
    agrees: bool | None
    reason: Drift


class Opinion(StrEnum):
    """What the second verifier says about the same signature."""

    AGREES = "agrees"
    KNOWN_DEVIATION = "known-deviation"
    DISAGREES = "disagrees"
    NOT_ASKED = "not-asked"


@dataclass(frozen=True, slots=True)
class SecondOpinion:
    """dkimpy's word on signature `index`; `detail` says why it was not asked, or which deviation is known."""

    index: int
    opinion: Opinion
    detail: str = ""
