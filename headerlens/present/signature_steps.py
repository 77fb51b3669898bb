"""The steps of verifying one signature, in the verifier's order (RFC 6376 6.1; interface.md 7.2)."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo

from headerlens.findings.facts import Facts
from headerlens.findings.grounds import fits_but_for_copying, identifier_of, spoilt_by_copying
from headerlens.model.case import Case
from headerlens.model.causes import Part
from headerlens.model.message import BodyState
from headerlens.model.records import DkimKey, KeyStatus
from headerlens.model.verdicts import AtReceipt, DkimCheck, Match, Signer
from headerlens.present.causes import change_text
from headerlens.present.evidence_views import Fact, Remark, StepView
from headerlens.present.harmless import harmless
from headerlens.present.views import Glyph, Tone
from headerlens.present.words import Params, Words
from headerlens.verify.keys import hash_name, key_code
from headerlens.verify.signed_fields import header_digest

GOOD = (Glyph.PASS, Tone.PASS)
BAD = (Glyph.FAIL, Tone.FAIL)
OPEN = (Glyph.UNKNOWN, Tone.UNKNOWN)
OTHER = (Glyph.OTHER, Tone.UNKNOWN)
DOUBTFUL = (Glyph.WARN, Tone.WARN)

Look = tuple[Glyph, Tone]

_MOST_CAUSES = 4
_LATEST = datetime(9999, 12, 31, tzinfo=UTC).timestamp()
_KEY_NOT_FOUND = frozenset({KeyStatus.NONE, KeyStatus.UNAVAILABLE})


@dataclass(frozen=True, slots=True)
class Judged:
    """One signature with everything its steps are told from."""

    case: Case
    facts: Facts
    check: DkimCheck
    words: Words
    zone: tzinfo | None

    def phrase(self, identifier: str, params: Params | None = None) -> str:
        """A phrase in the language of the page."""
        return self.words.phrase(identifier, params)


def steps_of(judged: Judged) -> tuple[StepView, ...]:
    """The steps of a DKIM signature, the first that fails open; later ones are still told."""
    steps = [
        *_written(judged),
        key_found(judged),
        key_usable(judged),
        headers_step(judged),
        body_step(judged),
        _expiry(judged),
        _alignment(judged),
    ]
    return first_opened(tuple(steps))


def first_opened(steps: tuple[StepView, ...]) -> tuple[StepView, ...]:
    """The steps with the first failing one open; one that failed and can be explained by nothing stays as it is."""
    place = next((number for number, step in enumerate(steps) if step.glyph is Glyph.FAIL), None)
    return tuple(replace(step, opened=True) if number == place else step for number, step in enumerate(steps))


def step(
    words: Words,
    look: Look,
    title: str,
    value: str = "",
    *,
    facts: tuple[Fact, ...] = (),
    remarks: tuple[Remark, ...] = (),
) -> StepView:
    """One step; a screen reader hears its state, its title and its value, then what stands below it."""
    state = words.phrase(f"sig-state.{look[0].value}")
    spoken = words.phrase("sig-step.spoken", {"state": state, "title": title})
    spoken = f"{spoken}. {value}" if value else spoken
    return StepView(*look, title, value, spoken, facts=facts, remarks=remarks)


def _written(judged: Judged) -> Iterator[StepView]:
    """Only for a field that is written wrongly: it comes before all other steps."""
    faults = judged.check.signature.faults
    if not faults:
        return
    codes = [fault.code for fault in faults if fault.code != "sig.syntax"]  # that one only says the title again
    told = [judged.words.phrase_or(f"dkim-reason.{code}", "dkim-reason.sig") for code in codes[:_MOST_CAUSES]]
    remarks = tuple(Remark(*BAD, text) for text in dict.fromkeys(told))
    facts = tuple(
        Fact(judged.phrase("sig-fact.written"), harmless(fault.detail, 120), mono=True)
        for fault in faults[:_MOST_CAUSES]
        if fault.detail
    )
    yield step(judged.words, BAD, judged.phrase("sig-step.written-bad"), facts=facts, remarks=remarks)


def key_found(judged: Judged) -> StepView:
    """Whether DNS has a record at the key's name."""
    words, key = judged.words, judged.check.key
    if key is None:
        return step(words, OPEN, words.phrase("sig-step.key"), words.phrase("sig-value.no-name"))
    name = harmless(key.name)
    if key.status is KeyStatus.UNAVAILABLE:
        fact = Fact(words.phrase("sig-fact.asked"), name, mono=True)
        return step(words, OPEN, words.phrase("sig-step.key"), words.phrase("chip.no-answer"), facts=(fact,))
    if key.status is KeyStatus.NONE:
        fact = Fact(words.phrase("sig-fact.asked"), name, mono=True)
        return step(words, BAD, words.phrase("sig-step.key-none"), words.phrase("spf-value.none"), facts=(fact,))
    return step(words, GOOD, words.phrase("sig-step.key"), name)


def key_usable(judged: Judged) -> StepView:
    """Type and length of the key, or why it may not be used for this signature."""
    words, key = judged.words, judged.check.key
    if key is None or key.status in _KEY_NOT_FOUND:
        return step(words, OPEN, words.phrase("sig-step.usable"), words.phrase("sig-value.unchecked"))
    code = key_code(judged.check.signature, key)
    kind = _key_kind(key, words)
    if code is None:
        return step(words, GOOD, words.phrase("sig-step.usable"), kind)
    why = Remark(*BAD, words.phrase_or(f"dkim-reason.{code}", "dkim-reason.key"))
    record = Fact(words.phrase("sig-fact.record"), harmless(key.record or "", 160), mono=True)
    return step(words, BAD, words.phrase("sig-step.unusable"), kind, facts=(record,), remarks=(why,))


def _key_kind(key: DkimKey, words: Words) -> str:
    """Such as "RSA 2048 bit"; "" for a key that has no length."""
    if key.type == "ed25519":
        return "Ed25519"
    return words.phrase("sig-value.rsa", {"n": key.bits}) if key.bits is not None else ""


def headers_step(judged: Judged) -> StepView:
    """Whether b= fits the signed headers; if not, what is known of why."""
    words, check = judged.words, judged.check
    if check.header_hash is Match.UNCHECKED:
        return step(words, OPEN, words.phrase("sig-step.headers"), words.phrase("sig-value.unchecked"))
    if check.header_hash is Match.MATCH:
        algorithm = harmless(check.signature.algorithm or "", 40)
        return step(words, GOOD, words.phrase("sig-step.headers"), algorithm)
    title = {
        Signer.THIS_KEY: "sig-step.headers-changed",
        Signer.OTHER_KEY: "sig-step.other-key",
        Signer.UNKNOWN: "sig-step.headers-or-key",
    }[check.signer]
    return step(
        words,
        BAD,
        words.phrase(title),
        words.phrase("sig-value.differ" if check.signer is Signer.THIS_KEY else "sig-value.no-fit"),
        facts=tuple(_header_hashes(judged)),
        remarks=_causes(judged, Part.HEADER),
    )


def _header_hashes(judged: Judged) -> Iterator[Fact]:
    """The hash that was signed, where RSA gives it back, and that of the headers as they are."""
    check, words = judged.check, judged.words
    if check.recovered_digest is None or check.signer is not Signer.THIS_KEY or check.signature.algorithm is None:
        return
    fields = judged.case.message.fields
    now = header_digest(fields, check.signature, check.signed_fields, hash_name(check.signature))
    for label, digest in (("sig-fact.signed-hash", check.recovered_digest), ("sig-fact.hash-now", now)):
        yield Fact(words.phrase(label), base64.b64encode(digest).decode("ascii"), mono=True)


def body_step(judged: Judged) -> StepView:
    """Whether the body is the one of bh=."""
    words, check = judged.words, judged.check
    if check.body_hash is Match.MATCH:
        return _body_fits(judged)
    if check.body_hash is Match.UNCHECKED:
        missing = judged.case.body_state is BodyState.MISSING
        title, value = ("sig-step.body-missing", "") if missing else ("sig-step.body", "sig-value.unchecked")
        look = (Glyph.HALF, Tone.INFO) if missing else OPEN
        return step(words, look, words.phrase(title), words.phrase(value) if value else "")
    hashes = (
        Fact(words.phrase("sig-fact.signed-hash"), check.expected_body_hash or "?", mono=True),
        Fact(words.phrase("sig-fact.hash-now"), check.actual_body_hash or "?", mono=True),
    )
    value = words.phrase("sig-value.differ")
    if may_be_the_copy(judged):
        told = (Remark(*OPEN, words.phrase("sig-note.copied")), *_causes(judged, Part.BODY))
        return step(words, OPEN, words.phrase("sig-step.body-changed"), value, facts=hashes, remarks=told)
    causes = _causes(judged, Part.BODY)
    return step(words, BAD, words.phrase("sig-step.body-changed"), value, facts=hashes, remarks=causes)


def _is_dkim(judged: Judged) -> bool:
    """Whether it is a signature of the message, not one of an ARC set: their indexes count different things."""
    return any(check is judged.check for check in judged.case.dkim)


def may_be_the_copy(judged: Judged) -> bool:
    """Whether a wrong body accuses nobody, because this copy may have changed it."""
    ground = spoilt_by_copying if _is_dkim(judged) else fits_but_for_copying
    return ground(judged.facts, judged.check)


def _body_fits(judged: Judged) -> StepView:
    """With l= only the beginning is covered."""
    words, check = judged.words, judged.check
    if check.signature.length is None:
        return step(words, GOOD, words.phrase("sig-step.body"), words.phrase("sig-value.whole-body"))
    value = words.phrase("sig-value.first-bytes", {"n": check.signature.length})
    return step(words, DOUBTFUL if check.unsigned_octets else GOOD, words.phrase("sig-step.body"), value)


def _causes(judged: Judged, part: Part) -> tuple[Remark, ...]:
    """What was proved to have been changed since, where undoing it gives what was signed. Of ARC nothing is proved."""
    if not _is_dkim(judged):
        return ()
    cause = next((one for one in judged.case.causes if one.index == judged.check.index), None)
    proved = cause is not None and (cause.header if part is Part.HEADER else cause.body)
    if cause is None or not proved:
        return ()
    changes = [change for change in cause.changes if change.part is part]
    told = list(dict.fromkeys(change_text(change, judged.words) for change in changes))
    remarks = [
        Remark(Glyph.INFO, Tone.INFO, judged.words.phrase("sig-note.proved", {"change": text}, {"change": "ready"}))
        for text in told[:_MOST_CAUSES]
    ]
    more = len(told) - _MOST_CAUSES
    return (
        *remarks,
        *((Remark(Glyph.INFO, Tone.INFO, judged.phrase("change.more", {"n": more})),) if more > 0 else ()),
    )


def moment_of(judged: Judged, seconds: int | None, *, short: bool = False) -> str:
    """Seconds since 1970 as a date; "" for none and for times no calendar knows. `short` leaves this year out."""
    if seconds is None or not 0 <= seconds <= _LATEST - 100_000:
        return ""
    moment = datetime.fromtimestamp(seconds, UTC)
    if short and moment.year == judged.case.checked_at.year:
        return judged.words.short_moment(moment, judged.zone)
    return judged.words.moment(moment, judged.zone)


def _expiry(judged: Judged) -> StepView:
    """t= and x= against the time of receipt."""
    words, check = judged.words, judged.check
    signed = moment_of(judged, check.signature.timestamp, short=True)
    until = moment_of(judged, check.signature.expiry, short=True)
    if check.at_receipt is AtReceipt.EXPIRED:
        return step(words, BAD, words.phrase("sig-step.expired"), words.phrase("sig-value.until", {"date": until}))
    if check.at_receipt is AtReceipt.FUTURE:
        return step(words, BAD, words.phrase("sig-step.future"), words.phrase("sig-value.signed", {"date": signed}))
    title = words.phrase("sig-step.expiry")
    if check.signature.expiry is None:
        value = words.phrase("sig-value.signed", {"date": signed}) if signed else words.phrase("sig-value.no-expiry")
        return step(words, GOOD if signed else OPEN, title, value)
    value = words.phrase("sig-value.until", {"date": until or "?"})
    expired = any(note.code == "sig.expired_now" for note in check.notes)
    remarks = (Remark(Glyph.INFO, Tone.INFO, words.phrase("sig-note.expired-now")),) if expired else ()
    unknown = expired and check.at_receipt is AtReceipt.UNKNOWN
    return step(words, OPEN if unknown else GOOD, title, value, remarks=remarks)


def _alignment(judged: Judged) -> StepView:
    """Whether d= belongs to the shown sender's organisation (RFC 9989 4.4)."""
    words, one = judged.words, identifier_of(judged.facts, judged.check.index)
    if one is None or one.aligned is None:
        return step(words, OPEN, words.phrase("sig-step.from"), words.phrase("sig-value.unchecked"))
    if not one.aligned:
        home = judged.facts.dmarc.organization.name
        same = one.organization is not None and one.organization == home
        value = "sig-value.strict" if same else "sig-value.other"
        return step(words, OTHER, words.phrase("sig-step.from-other"), words.phrase(value))
    return step(words, GOOD, words.phrase("sig-step.from"), words.phrase(f"sig-value.{_how(exact=one.exact)}"))


def _how(*, exact: bool) -> str:
    return "exact" if exact else "same"
