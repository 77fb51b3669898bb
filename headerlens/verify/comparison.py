"""What the receiver recorded against what we find now, method by method, and the likely reason of a difference."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from dataclasses import dataclass

from headerlens.model.limits import MAX_SIGNATURES_SHOWN
from headerlens.model.message import BodyState, Message
from headerlens.model.records import Property, ReceivedSpf, RecordedField, RecordedResult
from headerlens.model.verdicts import (
    ArcCheck,
    Comparison,
    DkimCheck,
    DmarcCheck,
    Drift,
    Identity,
    Result,
    SpfCheck,
    Trust,
    TrustedField,
)
from headerlens.parse.names import clean_domain
from headerlens.verify.drift import (
    ARC_TABLE,
    DKIM_TABLE,
    DMARC_TABLE,
    SPF_TABLE,
    Now,
    group_of,
    look_up,
    situation,
)
from headerlens.verify.recorded_match import match_signatures, signer_of

_SENDER_KEYS = ("smtp.mailfrom", "smtp.mfrom", "smtp.mail", "envelope-from")
_HELO_KEYS = ("smtp.helo", "helo")
_IP_KEYS = ("client-ip", "smtp.client-ip", "smtp.remote-ip", "policy.ip")
_ADDRESS = r"\[?(?P<ip>[0-9A-Fa-f:.]{3,45})"
_IP_COMMENTS = (
    re.compile(r"(?:sender IP is|\bdesignates?|when checking) " + _ADDRESS, re.IGNORECASE),
    re.compile(_ADDRESS + r"\]? is neither permitted", re.IGNORECASE),
)
_SAYS_ARC_PASSED = re.compile(r"\barc=pass\b", re.IGNORECASE)
_SAYS_NOTHING_DONE = re.compile(r"\bdis=none\b", re.IGNORECASE)
_BEST_GUESS = "best guess record"


@dataclass(frozen=True, slots=True)
class Recorded:
    """All results of the fields that are believed, in the order of the octets."""

    results: tuple[RecordedResult, ...]

    def of(self, method: str) -> tuple[RecordedResult, ...]:
        """The results of one method."""
        return tuple(one for one in self.results if one.method == method)

    def first(self, method: str) -> RecordedResult | None:
        """The topmost result of a method, the receiver's last word."""
        return next(iter(self.of(method)), None)


def compare(  # noqa: PLR0917  one argument for each check of an analysis
    message: Message,
    trust: tuple[TrustedField, ...],
    dkim: tuple[DkimCheck, ...],
    spf: SpfCheck,
    arc: ArcCheck,
    dmarc: DmarcCheck,
    body: BodyState,
) -> tuple[Comparison, ...]:
    """SPF, one per signature, ARC where there is any, DMARC; each against the fields that are trusted or proposed.

    What was not recorded has `recorded` None, `agrees` None and INCOMPARABLE. `recorded` keeps the receiver's word,
    though "hardfail" and the like are compared as what they mean. A recorded result whose signature is not in this
    copy has `index` None. A failure that ARC outweighed agrees and still has the reason ARC_OVERRIDE.
    """
    recorded = _believed(message, trust)
    signatures = tuple(_compare_dkim(recorded, dkim, body, complete=_has_all_signatures(message)))
    sender = _compare_spf(recorded, spf)
    chain = () if not (recorded.of("arc") or arc.sets) else (_compare_arc(recorded, arc, body),)
    return (sender, *signatures, *chain, _compare_dmarc(recorded, dmarc, sender, signatures))


def _believed(message: Message, trust: tuple[TrustedField, ...]) -> Recorded:
    """The results of every believed field; a Received-SPF only speaks where no other field says anything of SPF."""
    believed = {one.field_index for one in trust if one.trust is not Trust.UNTRUSTED}
    chained = (one.results for one in message.arc if one.results is not None)
    fields: list[RecordedField] = [one for one in (*message.recorded, *chained) if one.field_index in believed]
    results = [result for field in sorted(fields, key=lambda one: one.field_index) for result in field.results]
    if all(one.method != "spf" for one in results):
        results += [_from_received_spf(one) for one in message.received_spf if one.field_index in believed]
    return Recorded(tuple(results))


def _from_received_spf(field: ReceivedSpf) -> RecordedResult:
    properties = tuple(Property("", name, value) for name, value in field.pairs)
    return RecordedResult("spf", field.result, comments=field.comments, properties=properties)


def _unrecorded(method: str, domain: str, index: int | None, now: Result) -> Comparison:
    return Comparison(method, domain, index, None, now, None, Drift.INCOMPARABLE)


def _agreement(drift: Drift) -> bool | None:
    return {Drift.AGREES: True, Drift.INCOMPARABLE: None}.get(drift, False)


# ------------------------------------------------------------------------------------------------ SPF


def _compare_spf(recorded: Recorded, spf: SpfCheck) -> Comparison:
    result = _spf_result(recorded, spf)
    if result is None:
        return _unrecorded("spf", spf.domain, None, spf.result)
    drift = Drift.INCOMPARABLE if spf.code in {"spf.no_ip", "spf.no_domain"} else _spf_drift(result, spf)
    return Comparison("spf", spf.domain, None, result.result, spf.result, _agreement(drift), drift)


def _spf_result(recorded: Recorded, spf: SpfCheck) -> RecordedResult | None:
    """The result for our identity where the receiver recorded both, else the first."""
    keys = _SENDER_KEYS if spf.identity is Identity.MAILFROM else _HELO_KEYS
    results = recorded.of("spf")
    return next((one for one in results if _value(one, keys)), next(iter(results), None))


def _spf_drift(result: RecordedResult, spf: SpfCheck) -> Drift:
    then, now = group_of("spf", result.result), group_of("spf", spf.result)
    if then is None or now is None:
        return Drift.INCOMPARABLE
    if then == "pass" and any(_BEST_GUESS in comment for comment in result.comments):
        then = "guess"
    if then == now:
        return Drift.AGREES
    elsewhere = now != "temperror" and _is_elsewhere(result, spf)
    return look_up(SPF_TABLE, then, "elsewhere" if elsewhere else now)


def _is_elsewhere(result: RecordedResult, spf: SpfCheck) -> bool:
    """Whether the receiver judged another sender or another client than we did."""
    keys = _SENDER_KEYS if spf.identity is Identity.MAILFROM else _HELO_KEYS
    domain = clean_domain(_value(result, keys) or "")
    if domain and domain != spf.domain:
        return True
    theirs, ours = _recorded_ip(result), _ip(spf.inputs.client_ip or "")
    return theirs is not None and ours is not None and theirs != ours


def _value(result: RecordedResult, keys: tuple[str, ...]) -> str | None:
    return next((value for value in map(result.get, keys) if value), None)


def _recorded_ip(result: RecordedResult) -> str | None:
    """The client's address, from a property or from the comment of a dialect that is known to hold it."""
    found = [_value(result, _IP_KEYS) or ""]
    for comment in result.comments:
        found += [match["ip"] for pattern in _IP_COMMENTS if (match := pattern.search(comment))]
    return next((address for address in map(_ip, found) if address), None)


def _ip(written: str) -> str | None:
    try:
        address = ipaddress.ip_address(written.strip("[] ").removeprefix("IPv6:").rstrip("."))
    except ValueError:
        return None
    return str(getattr(address, "ipv4_mapped", None) or address)


# ------------------------------------------------------------------------------------------------ DKIM


def _has_all_signatures(message: Message) -> bool:
    """Whether every signature was read: what is recorded of one beyond the limit is no sign of a lost field."""
    return all(fault.code != "many-signatures" for fault in message.faults)


def _compare_dkim(
    recorded: Recorded, dkim: tuple[DkimCheck, ...], body: BodyState, *, complete: bool
) -> Iterator[Comparison]:
    results = recorded.of("dkim")
    found, missing = match_signatures(results, dkim)
    for check in dkim:
        result = found.get(check.index)
        if result is None:
            yield _unrecorded("dkim", check.signature.domain, check.index, check.result)
        else:
            yield _compare_signature(result, check, body)
    for result in missing[:MAX_SIGNATURES_SHOWN]:
        passed = group_of("dkim", result.result) == "pass"
        drift = Drift.COPY_ALTERED if passed and complete else Drift.INCOMPARABLE
        yield Comparison("dkim", signer_of(result), None, result.result, Result.NONE, _agreement(drift), drift)
    if not dkim and not missing and results and results[0].result == "none":
        yield Comparison("dkim", "", None, "none", Result.NONE, agrees=True, reason=Drift.AGREES)


def _compare_signature(result: RecordedResult, check: DkimCheck, body: BodyState) -> Comparison:
    then, now = group_of("dkim", result.result), situation(check, body)
    unknown = then is None or check.code == "sig.not_checked"
    drift = Drift.INCOMPARABLE if unknown else look_up(DKIM_TABLE, then or "", now)
    agrees = None if now is Now.BODY_MISSING else _agreement(drift)
    return Comparison("dkim", check.signature.domain, check.index, result.result, check.result, agrees, drift)


# ------------------------------------------------------------------------------------------------ ARC


def _compare_arc(recorded: Recorded, arc: ArcCheck, body: BodyState) -> Comparison:
    newest = arc.sets[-1].set.seal if arc.sets else None
    domain = newest.domain if newest else ""
    result = recorded.first("arc")
    if result is None:
        return _unrecorded("arc", domain, None, arc.result)
    drift = _arc_drift(result, arc, body)
    agrees = None if arc.code == "arc.body_missing" else _agreement(drift)
    return Comparison("arc", domain, None, result.result, arc.result, agrees, drift)


def _arc_drift(result: RecordedResult, arc: ArcCheck, body: BodyState) -> Drift:
    then, now = group_of("arc", result.result), group_of("arc", arc.result)
    if then is None or now is None:
        return Drift.INCOMPARABLE
    if then == now:
        return Drift.AGREES
    broken = _broken_part(arc)
    if then == "pass" and now == "fail" and broken is not None:
        return look_up(DKIM_TABLE, "pass", situation(broken, body))
    return look_up(ARC_TABLE, then, now)


def _broken_part(arc: ArcCheck) -> DkimCheck | None:
    """The signature for whose sake the chain fails: the newest message signature, else the newest bad seal."""
    newest = [arc.sets[-1].message_signature] if arc.sets else []
    parts = [*newest, *(one.seal for one in reversed(arc.sets))]
    return next((part for part in parts if part is not None and part.result is not Result.PASS), None)


# ------------------------------------------------------------------------------------------------ DMARC


def _compare_dmarc(
    recorded: Recorded, dmarc: DmarcCheck, sender: Comparison, signatures: tuple[Comparison, ...]
) -> Comparison:
    result = recorded.first("dmarc")
    if result is None:
        return _unrecorded("dmarc", dmarc.author_domain, None, dmarc.result)
    then, now = group_of("dmarc", result.result), group_of("dmarc", dmarc.result) or ""
    overridden = _is_overridden(recorded, result)
    if then is None:
        agrees, drift = None, Drift.INCOMPARABLE
    elif then == now:
        agrees, drift = True, Drift.ARC_OVERRIDE if overridden and then == "fail" else Drift.AGREES
    else:
        pieces = _aligned_pieces(dmarc, sender, signatures)
        agrees, drift = False, _dmarc_drift(then, now, dmarc, pieces, overridden=overridden)
    return Comparison("dmarc", dmarc.author_domain, None, result.result, dmarc.result, agrees, drift)


def _dmarc_drift(then: str, now: str, dmarc: DmarcCheck, pieces: tuple[Comparison, ...], *, overridden: bool) -> Drift:
    """Errors, ARC and the old rules first; then what became of the identifiers; then the table's last rows."""
    older = dmarc.psl is not None and dmarc.psl.differs and group_of("dmarc", dmarc.psl.result) == then
    carried = [one for one in pieces if _carried(one, now)]
    followed = next((one.reason for one in carried if one.reason not in {Drift.AGREES, Drift.INCOMPARABLE}), None)
    if now == "temperror" or then == "temperror":
        return look_up(DMARC_TABLE, then, now)
    if overridden and then == "pass":
        return look_up(DMARC_TABLE, then, "overridden")
    if older:
        return look_up(DMARC_TABLE, then, "older")
    if (dmarc.code or "").startswith("na."):
        return look_up(DMARC_TABLE, then, "no author")
    if followed is not None and {then, now} == {"pass", "fail"}:
        return followed
    alike = any(one.agrees for one in carried)
    return look_up(DMARC_TABLE, then, "alike" if alike else now)


def _carried(piece: Comparison, now: str) -> bool:
    """Whether the pass, today's or the recorded one, may have rested on this identifier."""
    if now == "pass":
        return piece.now is Result.PASS
    return piece.recorded is not None and group_of(piece.method, piece.recorded) == "pass"


def _aligned_pieces(
    dmarc: DmarcCheck, sender: Comparison, signatures: tuple[Comparison, ...]
) -> tuple[Comparison, ...]:
    """The comparisons of the identifiers whose names align, signatures first: forwarding spares them."""
    aligned = {(one.method, one.index) for one in dmarc.identifiers if one.aligned}
    return tuple(one for one in (*signatures, sender) if (one.method, one.index) in aligned)


def _is_overridden(recorded: Recorded, result: RecordedResult) -> bool:
    """Microsoft's composite reason 130; Gmail's "arc=pass" beside "dis=NONE" (standards.md 4.5, 4.6)."""
    if any(one.reason == "130" for one in recorded.of("compauth")):
        return True
    return any(_SAYS_ARC_PASSED.search(one) and _SAYS_NOTHING_DONE.search(one) for one in result.comments)
