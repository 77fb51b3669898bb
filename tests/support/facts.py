"""Facts and cases made of model values, so that rules can be tested without any check having run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from headerlens.findings.facts import Facts
from headerlens.findings.find import find
from headerlens.findings.verdict import judge
from headerlens.model.case import Case, Choices
from headerlens.model.dns import Answer, Evidence, Failure, Outcome, Question
from headerlens.model.message import BodyState, Message, RawMessage, SourceKind
from headerlens.model.records import (
    Canonicalization,
    DkimKey,
    DkimSignature,
    DmarcRecord,
    KeyStatus,
    TagList,
)
from headerlens.model.verdicts import (
    AlignedIdentifier,
    ArcCheck,
    Comparison,
    DkimCheck,
    DmarcCheck,
    Drift,
    Identity,
    Match,
    Note,
    Organization,
    Result,
    SenderInputs,
    Signer,
    SpfCheck,
    Trust,
    TrustedField,
    WalkStep,
)
from headerlens.parse.message import parse
from headerlens.parse.names import is_subdomain

NOW = datetime(2026, 11, 21, 8, 20, tzinfo=UTC)
AUTHOR, HOME = "shop.example.co.jp", "example.co.jp"
OTHER = "mailer-7.example.net"

ARRIVAL = "Fri, 20 Nov 2026 00:12:02 +0000"
RECEIVED = (
    f"Received: from mail.example.co.jp (mail.example.co.jp [192.0.2.25]) by mx.google.com; {ARRIVAL}",
    "Received: from app (app [10.0.4.12]) by mail.example.co.jp; Fri, 20 Nov 2026 00:11:58 +0000",
)
FORWARDED = (
    f"Received: from mail.alumni.example.org (mail.alumni.example.org [203.0.113.9]) by mx.google.com; {ARRIVAL}",
    RECEIVED[1],
)
RESULTS = "Authentication-Results: mx.google.com; spf=pass; dkim=pass; dmarc=pass"


def message(
    *extra: str,
    sender: str = f'"Midori Supply" <billing@{AUTHOR}>',
    received: tuple[str, ...] = RECEIVED,
    body: str = "Hello\r\n",
    kind: SourceKind = SourceKind.EML,
    subject: str = "Invoice",
) -> Message:
    """A message as it arrived; `extra` are further header lines, the receiver's results first."""
    lines = [*received[:1], *extra, *received[1:]]
    lines += [f"From: {sender}"] if sender else []
    lines += [f"Subject: {subject}", "To: you@example.net", "Date: Fri, 20 Nov 2026 00:12:00 +0000"]
    octets = ("\r\n".join(lines) + "\r\n\r\n" + body).encode("utf-8", "surrogateescape")
    return parse(RawMessage(octets, "invoice.eml", kind))


def sealed(made: Message, results: str = "dmarc=pass", by: str = OTHER) -> Message:
    """The message with one ARC set of `by`, which recorded `results`."""
    octets = f"ARC-Authentication-Results: i=1; {by}; {results}\r\n".encode()
    (first,) = parse(RawMessage(octets + b"\r\n", "sealed.eml")).arc
    return replace(made, arc=(replace(first, seal=signature(by)),))


def signature(domain: str, selector: str = "k2026") -> DkimSignature:
    """A signature as parsed."""
    return DkimSignature(
        field_index=0,
        tags=TagList(),
        algorithm="rsa-sha256",
        signature=b"x",
        body_hash=b"y",
        header_canonicalization=Canonicalization.RELAXED,
        body_canonicalization=Canonicalization.RELAXED,
        domain=domain,
        domain_written=domain,
        selector=selector,
        identity=f"@{domain}",
        signed_names=("from", "subject", "date"),
    )


_MATCHES = {
    None: (Match.MATCH, Match.MATCH),
    "hash.body": (Match.MATCH, Match.MISMATCH),
    "hash.header": (Match.MISMATCH, Match.MATCH),
    "body.missing": (Match.MATCH, Match.UNCHECKED),
}


def dkim(
    domain: str = HOME,
    code: str | None = None,
    *,
    index: int = 0,
    result: Result | None = None,
    signer: Signer = Signer.UNKNOWN,
    bits: int = 2048,
    notes: tuple[str, ...] = (),
    selector: str = "k2026",
    hashes: tuple[Match, Match] | None = None,
) -> DkimCheck:
    """A checked signature; the hashes follow from the code."""
    header, body = hashes or _MATCHES.get(code, (Match.UNCHECKED, Match.MATCH))
    name = f"{selector}._domainkey.{domain}"
    key = DkimKey(name, KeyStatus.FOUND, None, "v=DKIM1; p=...", bits=bits, type="rsa", count=1)
    return DkimCheck(
        index=index,
        signature=signature(domain, selector),
        result=result or _result_of(code),
        code=code,
        header_hash=header,
        body_hash=body,
        key=key,
        expected_body_hash="expected=",
        actual_body_hash="actual=",
        signer=signer,
        notes=tuple(Note(note) for note in notes),
    )


def _result_of(code: str | None) -> Result:
    if code is None:
        return Result.PASS
    if code == "key.unavailable":
        return Result.TEMPERROR
    if code.startswith("hash."):
        return Result.FAIL
    return Result.PERMERROR if code.startswith("key.") else Result.NEUTRAL


def spf(
    domain: str = f"mail.{HOME}",
    result: Result = Result.PASS,
    code: str | None = None,
    *,
    ip: str | None = "192.0.2.25",
    identity: Identity = Identity.MAILFROM,
    mail_from: str | None = None,
    matched: str | None = None,
) -> SpfCheck:
    """SPF as checked; `code` defaults to that of the result."""
    settled = code if code is not None or result is Result.PASS else f"spf.{result}"
    inputs = SenderInputs(
        ip, "received", "mail", "received", mail_from or f"b@{domain}", "return-path", 0, "border.topmost"
    )
    return SpfCheck(inputs, result, settled, identity, domain, matched=matched, lookups=1)


NO_SPF = spf("", Result.NONE, "spf.no_domain", ip=None)


def identifiers(
    author: str,
    home: str | None,
    checks: tuple[DkimCheck, ...],
    checked: SpfCheck,
    *,
    strict: bool = False,
    separate: frozenset[str] = frozenset(),
) -> tuple[AlignedIdentifier, ...]:
    """Alignment by name: below `home` is aligned, unless the domain is `separate` or names must be identical."""

    def one(method: str, index: int | None, domain: str, result: Result) -> AlignedIdentifier:
        exact = domain == author
        aligned: bool | None = exact if strict else exact or (home is not None and is_subdomain(domain, home))
        if home is None and not exact:
            aligned = None
        if domain in separate:
            aligned = False
        own = domain if domain in separate or not aligned else home
        return AlignedIdentifier(
            method, index, domain, result is Result.PASS, aligned, exact, "s" if strict else "r", own
        )

    found = [one("spf", None, checked.domain, checked.result)] if checked.domain else []
    return (*found, *(one("dkim", check.index, check.signature.domain, check.result) for check in checks))


def record(
    domain: str = HOME, policy: str = "reject", *, adkim: str = "r", aspf: str = "r", t: bool = False
) -> DmarcRecord:
    """A DMARC record."""
    return DmarcRecord(domain, f"v=DMARC1; p={policy}", TagList(), policy, None, None, adkim, aspf, testing=t)


def dmarc(
    checks: tuple[DkimCheck, ...] = (),
    checked: SpfCheck = NO_SPF,
    *,
    author: str = AUTHOR,
    home: str | None = HOME,
    policy: str | None = "reject",
    code: str | None = None,
    testing: bool = False,
    strict: bool = False,
    separate: frozenset[str] = frozenset(),
    notes: tuple[Note, ...] = (),
) -> DmarcCheck:
    """DMARC by the identifiers; `policy` None for no record, `code` to impose an outcome."""
    found = identifiers(author, home, checks, checked, strict=strict, separate=separate) if author else ()
    passes = any(one.counts for one in found)
    settled = code or _code(found, passes=passes, has_record=policy is not None)
    result = _dmarc_result(settled)
    asked = {"reject": "quarantine", "quarantine": "none"}.get(policy or "", policy) if testing else policy
    mode = "s" if strict else "r"
    walk = (WalkStep(author, "none"), WalkStep(home or author, "record" if policy else "none"))
    return DmarcCheck(
        result=result,
        code=settled,
        author_domain=author,
        organization=Organization(author, home, "fewest-labels" if home else "error", walk),
        record=record(home or author, policy, adkim=mode, aspf=mode, t=testing) if policy else None,
        policy_domain=(home or author) if policy else None,
        policy=policy,
        policy_tag="p" if policy else None,
        disposition=("none" if result is Result.PASS else asked) if policy else None,
        test_mode=testing,
        spf_aligned=None,
        dkim_aligned=None,
        identifiers=found,
        notes=notes,
    )


def _code(found: tuple[AlignedIdentifier, ...], *, passes: bool, has_record: bool) -> str | None:
    if not has_record:
        return "none.no_record"
    if passes:
        return None
    return "fail.passed_not_aligned" if any(one.authenticated for one in found) else "fail.nothing_passed"


def _dmarc_result(code: str | None) -> Result:
    if code is None:
        return Result.PASS
    word = code.partition(".")[0]
    return Result.NONE if word in {"none", "na"} else Result(word)


def compared(
    method: str, recorded: str | None, now: Result, reason: Drift = Drift.AGREES, index: int | None = None
) -> Comparison:
    """One row of recorded against now."""
    agrees = None if recorded is None else recorded == now.value
    return Comparison(method, HOME, index, recorded, now, agrees, reason)


def field_of(made: Message, name: str = "authentication-results") -> int:
    """The index of the first field called `name`, 0 without one."""
    return next((field.index for field in made.fields if field.key == name), 0)


def believed(made: Message, trust: Trust = Trust.TRUSTED, name: str = "mx.google.com") -> tuple[TrustedField, ...]:
    """The receiver's field, believed."""
    return (TrustedField(field_of(made), trust, "trust.chosen", name),)


def failed(name: str, failure: Failure = Failure.TIMEOUT) -> Evidence:
    """A question without an answer."""
    return Evidence(Answer(Question(name, "TXT"), Outcome.FAILED, failure=failure), ("dkim",))


def facts(
    checks: tuple[DkimCheck, ...] = (),
    checked: SpfCheck = NO_SPF,
    *,
    policy: DmarcCheck | None = None,
    made: Message | None = None,
    body: BodyState = BodyState.COMPLETE,
    trust: tuple[TrustedField, ...] = (),
    comparison: tuple[Comparison, ...] = (),
    evidence: tuple[Evidence, ...] = (),
    arc: ArcCheck | None = None,
    choices: Choices | None = None,
    received_at: datetime | None = datetime(2026, 11, 20, 0, 12, tzinfo=UTC),
) -> Facts:
    """Facts that fit together."""
    settled = message(RESULTS) if made is None else made
    border = 0 if settled.hops else None
    inputs = replace(checked.inputs, border=border, client_ip=checked.inputs.client_ip if settled.hops else None)
    return Facts(
        message=settled,
        body_state=body,
        choices=choices or Choices(),
        sender=inputs,
        dkim=checks,
        spf=replace(checked, inputs=inputs),
        arc=arc or ArcCheck(Result.NONE, "arc.none"),
        dmarc=policy or dmarc(checks, checked),
        trust=trust,
        comparison=comparison,
        evidence=evidence,
        received_at=received_at,
    )


def case_of(given: Facts) -> Case:
    """A finished case around the facts."""
    return Case(
        raw=given.message.raw,
        checked_at=NOW,
        choices=given.choices,
        message=given.message,
        body_state=given.body_state,
        sender=given.sender,
        received_at=given.received_at,
        dkim=given.dkim,
        spf=given.spf,
        arc=given.arc,
        dmarc=given.dmarc,
        trust=given.trust,
        comparison=given.comparison,
        findings=find(given),
        judgement=judge(given),
        evidence=given.evidence,
    )
