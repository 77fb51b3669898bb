"""The alignment ladder of a case: one row per identity, From in the middle (interface.md 6)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import tzinfo

from headerlens.findings.facts import Facts, facts_of
from headerlens.findings.grounds import (
    KEY_GONE,
    believed,
    compared,
    counting,
    fails_by_strict_mode,
    identifier_of,
    is_aligned,
    spf_identifier,
)
from headerlens.findings.kinship import is_undeclared
from headerlens.findings.scripts import for_the_eye
from headerlens.model.case import Case
from headerlens.model.verdicts import AlignedIdentifier, DkimCheck, Identity, Result
from headerlens.present import accessible, chips
from headerlens.present.harmless import harmless
from headerlens.present.row_sentences import Sentence, dkim_sentence, from_sentence, spf_sentence
from headerlens.present.standing import Standing, dkim_standing, line_of, node_of, spf_standing
from headerlens.present.tiles import author_tiles, fits, identity_tiles
from headerlens.present.views import ChipView, Glyph, LadderRow, LadderView, Line, RowKind, Tone
from headerlens.present.words import Words
from headerlens.present.zone import Zone, caption, caption_tooltip, foreign_fence, mode_text, zone_of

MAX_DKIM_ROWS = 3
"""More rows than these, and the ones that cannot count fold into one (interface.md 6.1)."""

LONG_SUBTITLE = 15
"""Characters of an IPv4 address; IPv6 addresses and long selectors lose their middle in a narrow row."""

_NOT_CHECKED = "sig.not_checked"
_LEGEND = ("legend.solid", "legend.dashed", "legend.equal", "legend.different", "legend.grey")
_DOMAIN = {"d": "domain", "name": "domain"}


@dataclass(frozen=True, slots=True)
class _Drawing:
    """What every row needs to know."""

    case: Case
    facts: Facts
    words: Words
    zone: Zone
    receiver: str


def present_ladder(case: Case, words: Words, zone: tzinfo | None = None) -> LadderView:
    """The picture of who vouches for the shown sender."""
    facts = facts_of(case)
    field = believed(facts)
    drawing = _Drawing(case, facts, words, zone_of(facts), harmless(field.name) if field is not None else "")
    author = facts.dmarc.author_domain
    dkim = _dkim_rows(drawing)
    shown, folded = _fold(drawing, dkim)
    signatures = sum(row.signature is not None for row in dkim)
    rows = (_spf_row(drawing), _from_row(drawing, 1 + signatures), *shown)
    title = words.rich_phrase("heading.vouches", {"d": author}, _DOMAIN)
    return LadderView(
        title=title if author else words.rich_phrase("heading.vouches-nobody"),
        vouched_heading=words.phrase("heading.vouched"),
        recorded_heading=words.phrase("heading.recorded"),
        receiver=drawing.receiver or words.phrase("heading.no-receiver"),
        now_heading=words.phrase("heading.now"),
        checked=words.short_moment(case.checked_at, zone),
        caption=caption(words, facts, drawing.zone) if author else "",
        caption_tooltip=caption_tooltip(words, facts),
        zone=drawing.zone.shown if author else 0,
        rows=rows,
        folded_rows=folded,
        accessible="".join(span.text for span in title) if author else words.phrase("heading.vouches-nobody"),
        legend=tuple(map(words.phrase, _LEGEND)),
    )


# ---- SPF


def _spf_row(drawing: _Drawing) -> LadderRow:
    facts, words = drawing.facts, drawing.words
    is_helo = facts.spf.identity is Identity.HELO
    ip = facts.spf.inputs.client_ip
    return _identity_row(
        drawing,
        kind=RowKind.SPF,
        method="spf",
        title=words.phrase("kind.spf-helo" if is_helo else "kind.spf"),
        subtitle=harmless(ip) if ip else words.phrase("subtitle.no-ip"),
        domain=facts.spf.domain,
        one=spf_identifier(facts),
        standing=spf_standing(facts),
        result=facts.spf.result,
        sentence=spf_sentence(facts, drawing.case.judgement, spf_standing(facts)),
    )


# ---- From


def _from_row(drawing: _Drawing, rows: int) -> LadderRow:
    facts, words, judgement = drawing.facts, drawing.words, drawing.case.judgement
    author, row = facts.dmarc.author_domain, compared(facts, "dmarc")
    now = chips.dmarc_chip(words, facts.dmarc.result, judgement.situation)
    recorded = chips.recorded_chip(words, row, judgement.level, fits=True)
    phrase, params = from_sentence(facts, judgement, rows)
    count = len(counting(facts))
    return LadderRow(
        kind=RowKind.FROM,
        title=words.phrase("kind.from"),
        subtitle=words.phrase("subtitle.from"),
        name=harmless(for_the_eye(author)),
        tiles=author_tiles(author, drawing.zone.shown),
        fence=drawing.zone.shown if author else 0,
        recorded=recorded,
        now=now,
        between=chips.between(row, now),
        line=Line.NONE,
        node=Glyph.NONE,
        node_tone=Tone.UNKNOWN,
        sentence=words.rich_phrase(phrase, params),
        accessible=_from_accessible(drawing, (recorded.word, now.word), count, rows),
        tooltip=_tooltip(words, author),
        policy=_policy_line(drawing),
        placeholder="" if author else "?",
    )


def _from_accessible(drawing: _Drawing, results: tuple[str, str], n: int, m: int) -> str:
    words, dmarc = drawing.words, drawing.facts.dmarc
    recorded, now = results
    unrecorded = recorded == words.phrase("chip.not-recorded")
    params: dict[str, str | int] = {
        "name": dmarc.author_domain or "?",
        "recorded": words.phrase(
            "accessible.dmarc-unrecorded" if unrecorded else "accessible.dmarc-recorded", {"result": recorded}
        ),
        "now": now,
        "policy": _spoken_policy(drawing),
        "mode": mode_text(words, drawing.zone),
        "n": n,
        "m": m,
    }
    return words.phrase("accessible.from", params, _DOMAIN)


def _spoken_policy(drawing: _Drawing) -> str:
    words, dmarc = drawing.words, drawing.facts.dmarc
    if dmarc.policy:
        return words.phrase("accessible.policy", {"p": dmarc.policy})
    unknown = dmarc.result is Result.TEMPERROR
    return words.phrase("accessible.unknown-policy" if unknown else "accessible.no-policy")


def _policy_line(drawing: _Drawing) -> str:
    words, dmarc = drawing.words, drawing.facts.dmarc
    mode = mode_text(words, drawing.zone)
    if not dmarc.author_domain:
        return ""
    if dmarc.policy is None:
        unknown = dmarc.result is Result.TEMPERROR
        return words.phrase("policy.unknown" if unknown else "policy.none", {"mode": mode})
    tag = dmarc.policy_tag if dmarc.policy_tag in {"sp", "np"} else None
    params = {"p": dmarc.policy, "mode": mode, "tag": tag or "p"}
    return words.phrase("policy.line-sp" if tag else "policy.line", params)


# ---- DKIM


def _dkim_rows(drawing: _Drawing) -> list[LadderRow]:
    """Aligned and passing, aligned and not passing, the rest; the header's order inside each."""
    facts = drawing.facts
    checks = [check for check in facts.dkim if check.code != _NOT_CHECKED]
    if not checks:
        return [_no_signature(drawing)]
    checks.sort(key=lambda c: (not is_aligned(facts, c), is_aligned(facts, c) and c.result is not Result.PASS))
    return [_dkim_row(drawing, check, alone=len(checks) == 1) for check in checks]


def _dkim_row(drawing: _Drawing, check: DkimCheck, *, alone: bool) -> LadderRow:
    words, standing = drawing.words, dkim_standing(drawing.facts, check)
    signature = check.signature
    return _identity_row(
        drawing,
        kind=RowKind.DKIM,
        method="dkim",
        title=words.phrase("kind.dkim") if alone else words.phrase("kind.dkim-n", {"n": check.index + 1}),
        subtitle=words.phrase("subtitle.key", {"k": signature.selector or "?"}),
        domain=signature.domain,
        one=identifier_of(drawing.facts, check.index),
        standing=standing,
        result=check.result,
        sentence=dkim_sentence(drawing.facts, drawing.case.judgement, check, standing),
        signature=check.index,
        no_key=check.code in KEY_GONE,
    )


def _no_signature(drawing: _Drawing) -> LadderRow:
    words, row = drawing.words, compared(drawing.facts, "dkim")
    now = chips.now_chip(words, Standing.NOTHING, Result.NONE, drawing.case.judgement.level)
    recorded = chips.recorded_chip(words, row, drawing.case.judgement.level, fits=False)
    title = words.phrase("kind.dkim")
    return LadderRow(
        kind=RowKind.DKIM,
        title=title,
        subtitle=words.phrase("subtitle.no-key"),
        name="",
        tiles=(),
        fence=0,
        recorded=recorded,
        now=now,
        between=chips.between(row, now),
        line=Line.DASHED,
        node=Glyph.NONE,
        node_tone=Tone.UNKNOWN,
        sentence=words.rich_phrase("row.dkim.none"),
        accessible=accessible.row_text(
            words,
            kind=title,
            name="",
            chips=(recorded, now),
            receiver=drawing.receiver,
            relation="relation.unknown",
            standing=Standing.NOTHING,
        ),
        placeholder=words.phrase("placeholder.none"),
    )


def _fold(drawing: _Drawing, rows: list[LadderRow]) -> tuple[tuple[LadderRow, ...], tuple[LadderRow, ...]]:
    """The rows to show, and those that stand behind the folded one."""
    foreign = [row for row in rows if row.signature is not None and not _may_count(drawing, row.signature)]
    if len(rows) <= MAX_DKIM_ROWS or len(foreign) < 2:
        return tuple(rows), ()
    kept = tuple(row for row in rows if row not in foreign)
    return (*kept, _folded_row(drawing, foreign)), tuple(foreign)


def _may_count(drawing: _Drawing, index: int) -> bool:
    one = identifier_of(drawing.facts, index)
    return one is not None and one.aligned is not False


def _folded_row(drawing: _Drawing, rows: list[LadderRow]) -> LadderRow:
    words, n = drawing.words, len(rows)
    title = _folded_title(words, sorted(row.signature for row in rows if row.signature is not None))
    folded_word = words.phrase("chip.folded")
    recorded = _common([row.recorded for row in rows], folded_word)
    now = _common([row.now for row in rows], folded_word)
    node, tone = node_of(Standing.ELSEWHERE, drawing.case.judgement.level)
    return LadderRow(
        kind=RowKind.DKIM,
        title=title,
        subtitle=words.phrase("subtitle.signatures", {"n": n}),
        name="",
        tiles=(),
        fence=0,
        recorded=recorded,
        now=now,
        between="same" if all(row.between == "same" for row in rows) else "",
        line=Line.DASHED,
        node=node,
        node_tone=tone,
        sentence=words.rich_phrase("row.dkim.folded", {"n": n}),
        accessible=words.phrase("accessible.folded", {"kind": title, "n": n}),
        placeholder="…",
        folded=n,
    )


def _common(found: list[ChipView], folded_word: str) -> ChipView:
    """The one chip that all rows have, else one that says "various"."""
    if all(chip == found[0] for chip in found):
        return found[0]
    return ChipView(folded_word, Tone.UNKNOWN, Glyph.UNKNOWN, dashed=True)


def _folded_title(words: Words, indexes: list[int]) -> str:
    if indexes and indexes[-1] - indexes[0] == len(indexes) - 1:
        return words.phrase("kind.dkim-range", {"first": indexes[0] + 1, "last": indexes[-1] + 1})
    return words.phrase("kind.dkim-more")


# ---- what SPF and DKIM rows share


def _identity_row(
    drawing: _Drawing,
    *,
    kind: RowKind,
    method: str,
    title: str,
    subtitle: str,
    domain: str,
    one: AlignedIdentifier | None,
    standing: Standing,
    result: Result,
    sentence: Sentence,
    signature: int | None = None,
    no_key: bool = False,
) -> LadderRow:
    facts, words, level = drawing.facts, drawing.words, drawing.case.judgement.level
    author, zone = facts.dmarc.author_domain, drawing.zone
    fence = zone.fence(method) if author else 0
    tiles = identity_tiles(domain, author, fence, strict=zone.is_strict(method))
    row = compared(facts, method, signature)
    name_fits = one.aligned if one is not None and one.aligned is not None else fits(tiles)
    now = chips.now_chip(words, standing, result, level, no_key=no_key)
    recorded = chips.recorded_chip(words, row, level, fits=name_fits)
    strict_miss = one is not None and fails_by_strict_mode(facts, one)
    relation = accessible.relation_phrase(one, strict_miss=strict_miss)
    node, tone = node_of(standing, level)
    if one is not None and is_undeclared(facts, one):
        relation, node, tone = "relation.unknown", Glyph.UNKNOWN, Tone.UNKNOWN
    phrase, params = sentence
    return LadderRow(
        kind=kind,
        title=title,
        subtitle=subtitle,
        name=harmless(for_the_eye(domain)) if domain else "",
        tiles=tiles,
        fence=fence,
        recorded=recorded,
        now=now,
        between=chips.between(row, now),
        line=line_of(standing),
        node=node,
        node_tone=tone,
        sentence=words.rich_phrase(phrase, params),
        accessible=accessible.row_text(
            words,
            kind=title,
            name=domain,
            chips=(recorded, now),
            receiver=drawing.receiver,
            relation=relation,
            # without one sender there is nothing it could ever count for
            standing=standing if author else Standing.NOTHING,
        ),
        tooltip=_tooltip(words, domain, subtitle),
        placeholder="" if tiles else words.phrase("placeholder.none"),
        foreign_fence=foreign_fence(facts, one, zone),
        signature=signature,
    )


def _tooltip(words: Words, domain: str, subtitle: str = "") -> str:
    """The full name, the name in DNS where they differ, and the subtitle where the row may have no room for it."""
    shown = harmless(for_the_eye(domain)) if domain else ""
    ascii_name = "" if shown == domain and "xn--" not in domain else words.phrase("tooltip.ascii", {"name": domain})
    long = subtitle if len(subtitle) > LONG_SUBTITLE else ""
    return "\n".join(line for line in (shown, ascii_name, long) if line)
