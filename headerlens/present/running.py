"""The alignment ladder of a check that is still running: every row in its place, chips filling in (interface.md 4.5).

What DMARC will say of the names is not known yet. Until then the public suffix list stands in for the organisation, so
that rows, order and zone are those of the answer; no line is solid and no chip green before the policy has answered.
"""

from __future__ import annotations

from dataclasses import replace

from headerlens.model.case import Case
from headerlens.model.findings import Judgement, Level
from headerlens.model.message import BodyState, Message
from headerlens.model.progress import Progress, SoFar, Step
from headerlens.model.verdicts import (
    AlignedIdentifier,
    ArcCheck,
    DkimCheck,
    DmarcCheck,
    Identity,
    Organization,
    Result,
    SpfCheck,
)
from headerlens.present import accessible, chips
from headerlens.present.harmless import harmless
from headerlens.present.ladder import present_ladder
from headerlens.present.standing import Standing
from headerlens.present.tiles import fits
from headerlens.present.views import ChipView, Glyph, LadderRow, LadderView, Line, RowKind, Tone
from headerlens.present.words import Words
from headerlens.verify.comparison import compare
from headerlens.verify.dkim import chosen_signatures
from headerlens.verify.psl import organizational_domain
from headerlens.verify.spf import spf_domain

_MAX_DETAIL = 120
_UNKNOWN = "running"
"""Code of a check that has not ended."""


def present_running(progress: Progress, words: Words) -> LadderView | None:
    """The ladder as far as it is known; None before the message is read. Asks nothing, never raises."""
    found = progress.so_far
    if found is None:
        return None
    view = present_ladder(_provisional(found), words)
    rows = tuple(_row(row, progress, found, words, view.receiver) for row in view.rows)
    folded = tuple(_row(row, progress, found, words, view.receiver) for row in view.folded_rows)
    return replace(view, rows=rows, folded_rows=folded, caption_tooltip="")


# ---- a case that claims nothing


def _provisional(found: SoFar) -> Case:
    """A case in which whatever has not ended has no result."""
    spf, dkim = found.spf or _no_spf(found), _dkim(found)
    arc = found.arc or ArcCheck(Result.NONE, None)
    dmarc = _no_dmarc(found.message, spf, dkim)
    body = BodyState.UNKNOWN
    return Case(
        raw=found.message.raw,
        checked_at=found.now,
        choices=found.choices,
        message=found.message,
        body_state=body,
        sender=found.sender,
        received_at=None,
        dkim=dkim,
        spf=spf,
        arc=arc,
        dmarc=dmarc,
        trust=found.trust,
        comparison=compare(found.message, found.trust, dkim, spf, arc, dmarc, body),
        findings=(),
        judgement=Judgement(Level.UNKNOWN, ""),
        evidence=(),
    )


def _no_spf(found: SoFar) -> SpfCheck:
    identity = Identity.MAILFROM if found.sender.mail_from else Identity.HELO
    return SpfCheck(found.sender, Result.NEUTRAL, _UNKNOWN, identity, spf_domain(found.sender) or "")


def _dkim(found: SoFar) -> tuple[DkimCheck, ...]:
    """The checks that have ended, and one without a result for each signature that waits."""
    ended = {check.index: check for check in found.dkim}
    chosen = chosen_signatures(found.message)
    return tuple(
        ended.get(index)
        or DkimCheck(index, signature, Result.NEUTRAL, _UNKNOWN if index in chosen else "sig.not_checked")
        for index, signature in enumerate(found.message.signatures)
    )


def _no_dmarc(message: Message, spf: SpfCheck, dkim: tuple[DkimCheck, ...]) -> DmarcCheck:
    domains = {address.domain for address in message.author if address.domain}
    author = domains.pop() if len(domains) == 1 else ""
    home = organizational_domain(author)
    named = [("spf", None, spf.domain), *(("dkim", check.index, check.signature.domain) for check in dkim)]
    identifiers = tuple(
        AlignedIdentifier(
            method,
            index,
            domain,
            # whether it counts is for DMARC to say
            authenticated=False,
            aligned=organizational_domain(domain) == home,
            exact=domain == author,
            mode="r",
            organization=organizational_domain(domain),
        )
        for method, index, domain in named
        if domain
    )
    return DmarcCheck(
        result=Result.NEUTRAL,
        code=_UNKNOWN,
        author_domain=author,
        organization=Organization(author, home or None, "itself"),
        record=None,
        policy_domain=None,
        policy=None,
        policy_tag=None,
        disposition=None,
        test_mode=False,
        spf_aligned=None,
        dkim_aligned=None,
        identifiers=identifiers,
    )


# ---- rows


def _row(row: LadderRow, progress: Progress, found: SoFar, words: Words, receiver: str) -> LadderRow:
    if row.kind is RowKind.FROM:
        return _from_row(row, progress, found, words)
    if row.placeholder and not row.folded and row.kind is RowKind.DKIM:
        return row
    result = _result(row, found)
    if result is None:
        return _open_row(row, progress, words, receiver)
    return _ended_row(row, result, words, receiver)


def _result(row: LadderRow, found: SoFar) -> Result | None:
    """What came out of the row's check, None before its end; a folded row ends with its last signature."""
    if row.kind is RowKind.SPF:
        return found.spf.result if found.spf is not None else None
    if row.folded:
        return None if len(found.dkim) < len(found.message.signatures) else Result.NEUTRAL
    return next((check.result for check in found.dkim if check.index == row.signature), None)


def _open_row(row: LadderRow, progress: Progress, words: Words, receiver: str) -> LadderRow:
    """A check that waits or runs."""
    runs = _runs(row, progress)
    now = _running_chip(words) if runs else _waiting_chip(words)
    detail = harmless(progress.detail, _MAX_DETAIL) if runs else ""
    sentence = words.rich_phrase("row.running.asking", {"name": detail}) if detail else None
    return replace(
        row,
        now=now,
        between="",
        line=Line.DOTTED if fits(row.tiles) else Line.DASHED,
        node=Glyph.RUN if runs else Glyph.WAIT,
        node_tone=Tone.INFO if runs else Tone.UNKNOWN,
        sentence=sentence or words.rich_phrase("row.running.now" if runs else "row.running.waiting"),
        accessible=_spoken(row, now, words, receiver),
    )


def _runs(row: LadderRow, progress: Progress) -> bool:
    """Whether the row's check is under way: signatures are judged one after the other, in the order of the header."""
    if row.kind is RowKind.SPF:
        return progress.step is Step.SPF
    if progress.step is not Step.DKIM or progress.so_far is None:
        return False
    return bool(row.folded) or row.signature == len(progress.so_far.dkim)


def _ended_row(row: LadderRow, result: Result, words: Words, receiver: str) -> LadderRow:
    """A check with its result, whose weight only DMARC can tell: nothing about it is green or red."""
    if row.folded:
        return replace(row, sentence=words.rich_phrase("row.running.ended"))
    fit = fits(row.tiles)
    now = chips.now_chip(words, Standing.ELSEWHERE, result, Level.UNKNOWN)
    passes = result is Result.PASS
    undecided = fit and result in {Result.PASS, Result.TEMPERROR}
    node, tone = (Glyph.PASS, Tone.INFO) if passes and fit else _ENDED.get(result, (Glyph.OTHER, Tone.UNKNOWN))
    return replace(
        row,
        now=now,
        line=Line.DOTTED if undecided else Line.DASHED,
        node=node,
        node_tone=tone,
        sentence=words.rich_phrase("row.running.passed" if passes else "row.running.ended"),
        accessible=_spoken(row, now, words, receiver),
    )


_ENDED = {
    Result.PASS: (Glyph.OTHER, Tone.UNKNOWN),
    Result.NONE: (Glyph.NONE, Tone.UNKNOWN),
    Result.TEMPERROR: (Glyph.UNKNOWN, Tone.UNKNOWN),
    Result.FAIL: (Glyph.FAIL, Tone.UNKNOWN),
    Result.SOFTFAIL: (Glyph.FAIL, Tone.UNKNOWN),
    Result.PERMERROR: (Glyph.FAIL, Tone.UNKNOWN),
}


def _from_row(row: LadderRow, progress: Progress, found: SoFar, words: Words) -> LadderRow:
    """From: how many checks have ended, and DMARC once it is looked for."""
    runs = progress.step in {Step.DMARC, Step.EXPLAIN}
    now = _running_chip(words) if runs else _waiting_chip(words)
    whole = 1 + len(found.message.signatures)
    ended = (found.spf is not None) + len(found.dkim)
    sentence = words.rich_phrase("row.running.from", {"n": ended, "m": whole})
    if runs:
        sentence = words.rich_phrase("row.running.policy")
    spoken = words.phrase(
        "accessible.running-from", {"name": row.name or "?", "now": now.word, "n": ended, "m": whole}, _DOMAIN
    )
    return replace(row, now=now, between="", sentence=sentence, accessible=spoken, policy="")


_DOMAIN = {"name": "domain"}


def _spoken(row: LadderRow, now: ChipView, words: Words, receiver: str) -> str:
    if row.folded:
        return row.accessible
    return accessible.row_text(
        words,
        kind=row.title,
        name=row.name,
        chips=(row.recorded, now),
        receiver=receiver,
        relation="relation.later",
        standing=Standing.WAITING,
    )


def _running_chip(words: Words) -> ChipView:
    return ChipView(words.phrase("chip.checking"), Tone.INFO, Glyph.RUN)


def _waiting_chip(words: Words) -> ChipView:
    return ChipView(words.phrase("chip.waiting"), Tone.UNKNOWN, Glyph.WAIT, dashed=True)
