"""Every signature as a card: who signed, step by step what holds, and what the signature covers (interface.md 7.2)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo

from headerlens.findings.facts import facts_of
from headerlens.findings.grounds import headers_fit_body_missing, identifier_of
from headerlens.model.case import Case
from headerlens.model.findings import Where
from headerlens.model.limits import MAX_SIGNATURES_CHECKED, MAX_SIGNATURES_SHOWN
from headerlens.model.records import Canonicalization
from headerlens.model.verdicts import DkimCheck, Match, Opinion, Result, SecondOpinion
from headerlens.present.arc_cards import arc_cards, arc_remarks
from headerlens.present.evidence import opinion_text
from headerlens.present.evidence_views import CardView, Fact, HeaderChip, LinkView, Remark, SignaturesView
from headerlens.present.harmless import harmless
from headerlens.present.signature_steps import Judged, may_be_the_copy, moment_of, steps_of
from headerlens.present.views import Glyph, Tone
from headerlens.present.words import Words

_NOTE = (Glyph.INFO, Tone.INFO)
_WARNING = (Glyph.WARN, Tone.WARN)
_NOT_CHECKED = "sig.not_checked"
_SHOWN_RECORD = 100
_MOST_CHIPS = 60

_OPINION_LOOKS = {
    Opinion.AGREES: (Glyph.PASS, Tone.PASS),
    Opinion.KNOWN_DEVIATION: _NOTE,
    Opinion.DISAGREES: _WARNING,
    Opinion.NOT_ASKED: (Glyph.UNKNOWN, Tone.UNKNOWN),
}

Shape = tuple[Glyph, Tone]


def signature_cards(
    case: Case, words: Words, second: tuple[SecondOpinion, ...] = (), zone: tzinfo | None = None
) -> SignaturesView:
    """The cards of a case in the order of the header; `second` is the second verifier's word."""
    facts = facts_of(case)
    judged = [Judged(case, facts, check, words, zone) for check in case.dkim[:MAX_SIGNATURES_SHOWN]]
    cards = tuple(_card(one, second, len(case.dkim)) for one in judged)
    if cards and not any(card.opened for card in cards):
        cards = (replace(cards[0], opened=bool(cards[0].steps)), *cards[1:])
    return SignaturesView(
        cards=cards,
        empty="" if case.dkim else words.phrase("sig.none"),
        notes=tuple(_limits(case, words)),
        arc_heading=words.phrase("arc-card.heading") if case.arc.sets else "",
        arc_remarks=arc_remarks(case, words),
        arc_cards=arc_cards(case, facts, words, zone),
    )


def _limits(case: Case, words: Words) -> Iterator[Remark]:
    """What was left out because there is too much of it."""
    unchecked = sum(check.code == _NOT_CHECKED for check in case.dkim)
    if unchecked:
        params = {"n": unchecked, "m": len(case.dkim), "limit": MAX_SIGNATURES_CHECKED}
        yield Remark(*_WARNING, words.phrase("sig.not-checked", params))
    hidden = len(case.dkim) - MAX_SIGNATURES_SHOWN
    if hidden > 0:
        yield Remark(*_NOTE, words.phrase("sig.not-shown", {"n": hidden}))


def _card(judged: Judged, second: tuple[SecondOpinion, ...], count: int) -> CardView:
    check, words = judged.check, judged.words
    pill, pill_tone, icon = _pill(judged)
    glyph, tone = _look(judged)
    title = f"d={harmless(check.signature.domain_written or check.signature.domain or '?')}"
    summary = _summary(judged)
    counter = words.phrase("sig.counter", {"n": check.index + 1, "m": count})
    unchecked = check.code == _NOT_CHECKED
    return CardView(
        pill=pill,
        pill_tone=pill_tone,
        icon=icon,
        counter=counter,
        title=title,
        summary=summary,
        tone=tone,
        glyph=glyph,
        line=_line(check, tone, is_author=icon == "eq"),
        opened=not unchecked and icon == "eq",
        accessible=words.phrase(
            "sig.accessible", {"counter": counter, "pill": pill, "title": title, "summary": summary}
        ),
        steps=() if unchecked else steps_of(judged),
        chips_heading=words.phrase("sig.chips"),
        chips=() if unchecked else tuple(_chips(judged)),
        chips_note=words.phrase("sig.chips-note"),
        facts=tuple(_facts(judged)),
        remarks=tuple(_remarks(judged, second)),
        links=tuple(_links(judged)),
        signature=check.index,
    )


def _pill(judged: Judged) -> tuple[str, Tone, str]:
    """Whose signature it is, seen from the shown sender: words, tone and icon."""
    one = identifier_of(judged.facts, judged.check.index)
    if one is None or one.aligned is None:
        return judged.phrase("sig.unknown-party"), Tone.UNKNOWN, "unk"
    if not one.aligned:
        return judged.phrase("sig.third-party"), Tone.UNKNOWN, "neq"
    tone = Tone.PASS if judged.check.result is Result.PASS else Tone.UNKNOWN
    return judged.phrase("sig.author"), tone, "eq"


def _look(judged: Judged) -> Shape:
    check = judged.check
    if check.result is Result.PASS:
        return Glyph.PASS, Tone.PASS
    if headers_fit_body_missing(check):
        return Glyph.HALF, Tone.INFO
    if check.result is Result.TEMPERROR or check.code == _NOT_CHECKED or may_be_the_copy(judged):
        return Glyph.UNKNOWN, Tone.UNKNOWN
    return Glyph.FAIL, Tone.FAIL


def _line(check: DkimCheck, tone: Tone, *, is_author: bool) -> str:
    """The token of the border: a pass that counts for nobody here stays calm."""
    calm = tone is Tone.UNKNOWN or check.code == _NOT_CHECKED or (check.result is Result.PASS and not is_author)
    return "line" if calm else f"{tone.value}_line"


def _summary(judged: Judged) -> str:
    check, words = judged.check, judged.words
    one = identifier_of(judged.facts, check.index)
    if check.result is Result.PASS:
        if one is None or one.aligned is None:
            return words.phrase("sig-summary.pass")
        return words.phrase("sig-summary.pass-author" if one.aligned else "sig-summary.pass-other")
    if headers_fit_body_missing(check):
        return words.phrase("sig-summary.partial")
    if may_be_the_copy(judged):
        return words.phrase("sig-summary.copied")
    family = (check.code or "").partition(".")[0]
    reason = f"dkim-reason.{check.code}"
    if not words.has_phrase(reason):
        reason = f"dkim-reason.{family}" if words.has_phrase(f"dkim-reason.{family}") else "dkim-reason.other"
    return words.phrase("sig-summary.fails", {"reason": words.phrase(reason)}, {"reason": "ready"})


def _chips(judged: Judged) -> Iterator[HeaderChip]:
    """What is signed in the order of h=, then what is shown to readers and not signed."""
    check, words, fields = judged.check, judged.words, judged.case.message.fields
    seen: Counter[str] = Counter()
    doubled = set(check.oversigned_names)
    for signed in check.signed_fields:
        if signed.field_index is None or seen[signed.name]:
            continue
        if len(seen) >= _MOST_CHIPS:
            return
        seen[signed.name] += 1
        name = harmless(fields[signed.field_index].name, 60)
        twice = signed.name in doubled
        spoken = words.phrase("sig-chip.doubled" if twice else "sig-chip.signed", {"name": name})
        yield HeaderChip(name, signed=True, doubled=twice, accessible=spoken)
    written = {field.key: field.name for field in fields}
    for key in check.unsigned_names:
        if not seen[key]:
            name = harmless(written.get(key, key), 60)
            yield HeaderChip(
                name, signed=False, doubled=False, accessible=words.phrase("sig-chip.unsigned", {"name": name})
            )


def _facts(judged: Judged) -> Iterator[Fact]:
    """Canonicalisation in words, selector, identity, body hash and the key record."""
    check, words = judged.check, judged.words
    signature = check.signature
    modes = (signature.header_canonicalization, signature.body_canonicalization)
    both = "/".join(mode.value for mode in modes)
    forgiving = {
        (Canonicalization.RELAXED, Canonicalization.RELAXED): "canon.both",
        (Canonicalization.RELAXED, Canonicalization.SIMPLE): "canon.headers",
        (Canonicalization.SIMPLE, Canonicalization.RELAXED): "canon.body",
        (Canonicalization.SIMPLE, Canonicalization.SIMPLE): "canon.none",
    }[modes]
    yield Fact(words.phrase("sig-fact.canon"), words.phrase(forgiving, {"c": both}))
    if signature.selector:
        yield Fact(words.phrase("sig-fact.selector"), harmless(signature.selector), mono=True)
    if signature.identity.lower() not in {"", f"@{signature.domain}"}:
        yield Fact(words.phrase("sig-fact.identity"), harmless(signature.identity, 120), mono=True)
    if date := moment_of(judged, signature.timestamp):
        yield Fact(words.phrase("sig-fact.signed"), date)
    if check.expected_body_hash and check.body_hash is not Match.MISMATCH:
        yield Fact(words.phrase("sig-fact.body-hash"), check.expected_body_hash, mono=True)
    if check.key is not None and check.key.record:
        yield Fact(words.phrase("sig-fact.record"), harmless(check.key.record, _SHOWN_RECORD), mono=True)


def _remarks(judged: Judged, second: tuple[SecondOpinion, ...]) -> Iterator[Remark]:
    """l=, remarks on the key, and what the second verifier says."""
    check, words = judged.check, judged.words
    if check.signature.length is not None:
        left = check.unsigned_octets or 0
        params = {"n": check.signature.length, "m": left}
        yield Remark(*_WARNING, words.phrase("sig-note.length-left" if left else "sig-note.length", params))
    for note in check.notes:
        identifier = f"sig-note.{note.code}"
        if words.has_phrase(identifier):
            shape = _WARNING if note.code in {"key.weak", "sig.domain_unacceptable"} else _NOTE
            yield Remark(*shape, words.phrase(identifier, {"n": note.detail}))
    if check.code == _NOT_CHECKED:
        yield Remark(Glyph.UNKNOWN, Tone.UNKNOWN, words.phrase("sig.this-not-checked"))
    for one in second:
        if one.index == check.index:
            yield Remark(*_OPINION_LOOKS[one.opinion], opinion_text(one, words))


def _links(judged: Judged) -> Iterator[LinkView]:
    check, words = judged.check, judged.words
    yield LinkView(words.phrase("sig-link.header"), Where(field_index=check.signature.field_index))
    if check.key is not None and check.key.name:
        yield LinkView(words.phrase("sig-link.key"), Where(question=f"TXT {check.key.name}"))
