"""ARC sets as cards: what servers on the way testify, which proves nothing by itself (RFC 8617 9.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import tzinfo

from headerlens.findings.facts import Facts
from headerlens.model.case import Case
from headerlens.model.findings import Where
from headerlens.model.limits import MAX_SIGNATURES_SHOWN
from headerlens.model.records import ArcSet
from headerlens.model.verdicts import ArcSetCheck, DkimCheck, Match, Result
from headerlens.present.evidence_views import CardView, Fact, LinkView, Remark, StepView
from headerlens.present.harmless import harmless
from headerlens.present.signature_steps import BAD, GOOD, OPEN, Judged, body_step, first_opened, headers_step, step
from headerlens.present.views import Glyph, Tone
from headerlens.present.words import Words

_CV = frozenset({"none", "pass", "fail"})
_MOST_RESULTS = 12


def arc_remarks(case: Case, words: Words) -> tuple[Remark, ...]:
    """What the chain as a whole is worth; () without one."""
    arc = case.arc
    if not arc.sets:
        return ()
    worth = Remark(Glyph.INFO, Tone.INFO, words.phrase("arc-card.worth"))
    if arc.result is Result.PASS:
        return (Remark(*GOOD, words.phrase("arc-card.intact", {"n": len(arc.sets)})), worth)
    reason = words.phrase_or(f"arc-reason.{(arc.code or '').partition('.')[2]}", "arc-reason.other")
    told = words.phrase("arc-card.broken", {"reason": reason}, {"reason": "ready"})
    hidden = len(arc.sets) - MAX_SIGNATURES_SHOWN
    more = (Remark(Glyph.INFO, Tone.INFO, words.phrase("sig.not-shown", {"n": hidden})),) if hidden > 0 else ()
    return (Remark(Glyph.WARN, Tone.WARN, told), worth, *more)


def arc_cards(case: Case, facts: Facts, words: Words, zone: tzinfo | None) -> tuple[CardView, ...]:
    """One card per set, the newest first, as they stand in the header."""
    newest = case.arc.sets[-1].set.instance if case.arc.sets else 0
    sets = list(reversed(case.arc.sets))[:MAX_SIGNATURES_SHOWN]
    return tuple(_card(case, facts, words, zone, one, newest=one.set.instance == newest) for one in sets)


def _card(case: Case, facts: Facts, words: Words, zone: tzinfo | None, one: ArcSetCheck, *, newest: bool) -> CardView:
    steps = first_opened(tuple(_steps(case, facts, words, zone, one, newest=newest)))
    failed = any(each.glyph is Glyph.FAIL for each in steps)
    open_ended = not failed and any(each.glyph is Glyph.UNKNOWN for each in steps)
    sealer = harmless(_sealer(one.set)) or "?"
    counter = words.phrase("arc-card.counter", {"n": one.set.instance, "m": len(case.arc.sets)})
    summary = words.phrase("arc-card.summary-fails" if failed else "arc-card.summary")
    glyph, tone = BAD if failed else OPEN if open_ended else GOOD
    pill = words.phrase("arc-card.testimony")
    return CardView(
        pill=pill,
        pill_tone=Tone.UNKNOWN,
        icon="quote",
        counter=counter,
        title=sealer,
        summary=summary,
        tone=tone,
        glyph=glyph,
        line="fail_line" if failed and newest else "line",
        opened=newest and failed,
        accessible=words.phrase(
            "sig.accessible", {"counter": counter, "pill": pill, "title": sealer, "summary": summary}
        ),
        steps=steps,
        facts=tuple(_facts(one, words)),
        links=tuple(_links(one.set, words)),
        instance=one.set.instance,
    )


def _sealer(one: ArcSet) -> str:
    signature = one.seal or one.message_signature
    return signature.domain if signature is not None else ""


def _steps(
    case: Case, facts: Facts, words: Words, zone: tzinfo | None, one: ArcSetCheck, *, newest: bool
) -> Iterator[StepView]:
    yield _cv_step(one.set, words)
    yield _seal_step(one, words)
    check = one.message_signature
    if check is None:
        missing = one.set.message_signature is None
        title = "arc-step.signature-missing" if missing else "arc-step.signature"
        value = "" if missing else words.phrase("sig-value.unchecked")
        yield step(words, BAD if missing else OPEN, words.phrase(title), value)
        return
    judged = Judged(case, facts, check, words, zone)
    if newest or check.code is None:
        yield headers_step(judged)
        yield body_step(judged)
    else:
        yield from _older(judged)


def _older(judged: Judged) -> Iterator[StepView]:
    """An older message signature may break: that is what the next set is for."""
    check, words = judged.check, judged.words
    changed = Match.MISMATCH in {check.header_hash, check.body_hash}
    if not changed:
        yield headers_step(judged)
        yield body_step(judged)
        return
    told = (Remark(Glyph.INFO, Tone.INFO, words.phrase("arc-step.later-change")),)
    yield step(words, (Glyph.INFO, Tone.INFO), words.phrase("arc-step.changed-since"), remarks=told)


def _cv_step(one: ArcSet, words: Words) -> StepView:
    """What the sealer says of the chain before it (cv=)."""
    cv = one.cv if one.cv in _CV else "other"
    expected = "none" if one.instance == 1 else "pass"
    value = f"cv={harmless(one.cv, 20) or '?'}"
    return step(words, GOOD if cv == expected else BAD, words.phrase(f"arc-step.cv-{cv}"), value)


def _seal_step(one: ArcSetCheck, words: Words) -> StepView:
    seal = one.seal
    if seal is None:
        missing = one.set.seal is None
        title = "arc-step.seal-missing" if missing else "arc-step.seal"
        value = "" if missing else words.phrase("sig-value.unchecked")
        return step(words, BAD if missing else OPEN, words.phrase(title), value)
    name = harmless(f"s={seal.signature.selector}", 80)
    if seal.code is None:
        return step(words, GOOD, words.phrase("arc-step.seal"), name)
    undecided = seal.result is Result.TEMPERROR or seal.code == "key.none"
    reason = Remark(*(OPEN if undecided else BAD), _reason(seal, words))
    title = words.phrase("arc-step.seal" if undecided else "arc-step.seal-bad")
    return step(words, OPEN if undecided else BAD, title, name, remarks=(reason,))


def _reason(check: DkimCheck, words: Words) -> str:
    family = f"dkim-reason.{(check.code or '').partition('.')[0]}"
    other = family if words.has_phrase(family) else "dkim-reason.other"
    return words.phrase_or(f"dkim-reason.{check.code}", other)


def _facts(one: ArcSetCheck, words: Words) -> Iterator[Fact]:
    """What the sealer recorded when the message came to it."""
    results = one.set.results.results if one.set.results is not None else ()
    said = [f"{harmless(each.method, 20)}={harmless(each.result, 20)}" for each in results[:_MOST_RESULTS]]
    if said:
        yield Fact(words.phrase("arc-card.recorded"), ", ".join(dict.fromkeys(said)), mono=True)
    signature = one.set.message_signature
    if signature is not None and signature.selector:
        yield Fact(words.phrase("sig-fact.selector"), harmless(signature.selector), mono=True)


def _links(one: ArcSet, words: Words) -> Iterator[LinkView]:
    first = one.seal or one.message_signature
    index = first.field_index if first is not None else one.results.field_index if one.results is not None else None
    if index is not None:
        yield LinkView(words.phrase("sig-link.header"), Where(field_index=index))
    if first is not None and first.selector and first.domain:
        yield LinkView(words.phrase("sig-link.key"), Where(question=f"TXT {first.selector}._domainkey.{first.domain}"))
