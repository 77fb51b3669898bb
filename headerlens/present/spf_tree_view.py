"""SPF as it was evaluated: what was checked, every term in order, look-ups used (RFC 7208 4.6; interface.md 7.2)."""

from __future__ import annotations

import ipaddress
from collections.abc import Iterator
from dataclasses import dataclass

from headerlens.model.case import Case
from headerlens.model.findings import Where
from headerlens.model.limits import SPF_MAX_LOOKUPS, SPF_MAX_VOID_LOOKUPS
from headerlens.model.verdicts import Identity, Result, SpfCheck, SpfNode, SpfTerm, TermState
from headerlens.present.evidence_views import Fact, LinkView, Meter, Remark, SpfRow, SpfView
from headerlens.present.harmless import harmless
from headerlens.present.views import Glyph, Tone
from headerlens.present.words import Words

_LOOKS = {
    Result.PASS: (Glyph.PASS, Tone.PASS),
    Result.FAIL: (Glyph.FAIL, Tone.FAIL),
    Result.SOFTFAIL: (Glyph.FAIL, Tone.FAIL),
    Result.PERMERROR: (Glyph.FAIL, Tone.FAIL),
    Result.NEUTRAL: (Glyph.UNKNOWN, Tone.UNKNOWN),
    Result.NONE: (Glyph.UNKNOWN, Tone.UNKNOWN),
    Result.TEMPERROR: (Glyph.UNKNOWN, Tone.UNKNOWN),
}
_RESULTS = {"+": Result.PASS, "-": Result.FAIL, "~": Result.SOFTFAIL, "?": Result.NEUTRAL}
_ASKING = frozenset({"include", "redirect"})
_SILENT = frozenset({"exp", "modifier"})
_TYPES = {"mx": "MX", "ptr": "PTR", "include": "TXT", "redirect": "TXT"}
_KINDS = {"domain": "domain", "host": "domain", "by": "domain"}
_MOST_ANSWERS = 10
_SHOWN_TERM = 300


def spf_view(case: Case, words: Words) -> SpfView:
    """The pane of a case."""
    spf = case.spf
    glyph, tone = _LOOKS.get(spf.result, (Glyph.UNKNOWN, Tone.UNKNOWN))
    tree = spf.tree if spf.tree is not None and spf.tree.record is not None else None
    return SpfView(
        glyph=glyph,
        tone=tone,
        sentence=_sentence(spf, words),
        checked_for=_checked_for(case, words),
        root=_Rows(words, spf).root(tree) if tree is not None else None,
        tree_name=words.phrase("spf-tree.name"),
        meters=tuple(_meters(spf, words)) if tree is not None else (),
        remarks=tuple(_remarks(spf, words)),
        note=words.phrase("spf-tree.note") if tree is not None else "",
        links=tuple(_links(case, words)),
    )


def _sentence(spf: SpfCheck, words: Words) -> str:
    code = (spf.code or "spf.pass").removeprefix("spf.")
    identifier = f"spf-said.{code}" if words.has_phrase(f"spf-said.{code}") else "spf-said.other"
    values: dict[str, str | int] = {
        "domain": spf.domain or "?",
        "ip": spf.inputs.client_ip or "?",
        "problem": spf.problem or "?",
        "result": spf.result.value,
        "n": spf.lookups,
        "limit": SPF_MAX_LOOKUPS,
    }
    return words.phrase(identifier, values, _KINDS)


def _checked_for(case: Case, words: Words) -> str:
    """The hand-over that was judged, and which identity."""
    spf, hops, border = case.spf, case.message.hops, case.sender.border
    identity = words.phrase("spf-identity.helo" if spf.identity is Identity.HELO else "spf-identity.mailfrom")
    chosen = words.phrase("spf-for.chosen") if _is_chosen(case) else ""
    if border is None or not 0 <= border < len(hops):
        known = {"ip": spf.inputs.client_ip or "?"}
        told = words.phrase("spf-for.address" if spf.inputs.client_ip else "spf-for.nothing", known)
        return words.join(told, identity, chosen)
    hop = hops[border]
    values: dict[str, str | int] = {
        "host": hop.helo or hop.rdns or spf.inputs.client_ip or "?",
        "by": hop.by or "?",
        "n": len(hops) - border,
    }
    return words.join(words.phrase("spf-for.hop", values, _KINDS), identity, chosen)


def _is_chosen(case: Case) -> bool:
    choices = case.choices
    return any(one is not None for one in (choices.client_ip, choices.mail_from, choices.helo, choices.border))


def _meters(spf: SpfCheck, words: Words) -> Iterator[Meter]:
    counts = (("lookups", spf.lookups, SPF_MAX_LOOKUPS), ("voids", spf.void_lookups, SPF_MAX_VOID_LOOKUPS))
    for kind, used, limit in counts:
        label = words.phrase(f"spf-meter.{kind}")
        text = f"{used} / {limit}"
        yield Meter(label, used, limit, text, words.phrase("spf-meter.spoken", {"label": label, "n": used, "m": limit}))


def _remarks(spf: SpfCheck, words: Words) -> Iterator[Remark]:
    for note in spf.notes:
        identifier = f"spf-note.{note.code.removeprefix('spf.')}"
        if words.has_phrase(identifier):
            yield Remark(Glyph.INFO, Tone.INFO, words.phrase(identifier))


def _links(case: Case, words: Words) -> Iterator[LinkView]:
    hops, border = case.message.hops, case.sender.border
    if border is not None and 0 <= border < len(hops):
        yield LinkView(words.phrase("spf-link.received"), Where(field_index=hops[border].field_index))
    if case.spf.domain:
        yield LinkView(words.phrase("spf-link.record"), Where(question=f"TXT {case.spf.domain}"))


@dataclass(frozen=True, slots=True)
class _Rows:
    """Makes rows of the tree; `deciding` follows the path of terms that gave the result."""

    words: Words
    spf: SpfCheck

    def root(self, node: SpfNode) -> SpfRow:
        """The record of the checked domain with all that hangs below it."""
        text = f"v=spf1  {harmless(node.domain)}"
        spoken = self.words.phrase("spf-row.record", {"domain": node.domain}, _KINDS)
        rows = self._terms(node, deciding=True)
        return SpfRow(
            text,
            "record",
            Glyph.NONE,
            Tone.UNKNOWN,
            "",
            spoken,
            question=f"TXT {node.domain}",
            facts=(Fact(self.words.phrase("spf-fact.record"), harmless(node.record or ""), mono=True),),
            children=rows,
        )

    def _terms(self, node: SpfNode, *, deciding: bool) -> tuple[SpfRow, ...]:
        return tuple(self._row(term, node, deciding=deciding) for term in node.terms)

    def _row(self, term: SpfTerm, node: SpfNode, *, deciding: bool) -> SpfRow:
        decides = deciding and term.state is TermState.MATCHED
        glyph, tone, value = self._state(term, deciding=deciding)
        text = harmless(term.text, _SHOWN_TERM)
        expanded = harmless(term.expanded, _SHOWN_TERM) if term.expanded else ""
        answers = ", ".join(harmless(one, 100) for one in term.answers[:_MOST_ANSWERS])
        rows = () if term.child is None else self._terms(term.child, deciding=decides)
        return SpfRow(
            text=text,
            state=term.state.value,
            glyph=glyph,
            tone=tone,
            value=value,
            accessible=self._spoken(term, text, value, expanded, answers),
            count="" if term.lookup is None else str(term.lookup),
            over=term.lookup is not None and term.lookup > SPF_MAX_LOOKUPS,
            decides=decides or term.state is TermState.ERROR,
            expanded=expanded,
            answers=answers,
            question=_question(term, node),
            facts=self._facts(text, expanded, answers),
            children=rows,
        )

    def _state(self, term: SpfTerm, *, deciding: bool) -> tuple[Glyph, Tone, str]:
        """Shape, tone and the words at the right."""
        if term.kind in _SILENT:
            return Glyph.NONE, Tone.UNKNOWN, self.words.phrase("spf-value.modifier")
        if term.state is TermState.NOT_REACHED:
            return Glyph.WAIT, Tone.UNKNOWN, self.words.phrase("spf-value.not-reached")
        if term.state is TermState.ERROR:
            return self._broken(term)
        if term.state is TermState.MATCHED:
            return self._matched(term, deciding=deciding)
        if term.kind in _ASKING:
            return Glyph.NONE, Tone.UNKNOWN, self.words.phrase("spf-value.not-matched")
        return Glyph.NONE, Tone.UNKNOWN, _address(term) or self.words.phrase("spf-value.no-match")

    def _broken(self, term: SpfTerm) -> tuple[Glyph, Tone, str]:
        code = (term.error or "").removeprefix("spf.")
        value = self.words.phrase_or(f"spf-error.{code}", "spf-error.other")
        if code == "temperror":
            return Glyph.UNKNOWN, Tone.UNKNOWN, value
        return Glyph.FAIL, Tone.FAIL, value

    def _matched(self, term: SpfTerm, *, deciding: bool) -> tuple[Glyph, Tone, str]:
        if term.kind == "redirect":
            result = term.child.result if term.child is not None and term.child.result is not None else self.spf.result
            look = _LOOKS.get(result, (Glyph.UNKNOWN, Tone.UNKNOWN)) if deciding else (Glyph.NONE, Tone.UNKNOWN)
            return *look, self.words.phrase("spf-value.redirects", {"result": result.value})
        result = _RESULTS.get(term.qualifier, Result.PASS)
        if not deciding:
            # its record says no, which for an include only means that it does not match (RFC 7208 5.2)
            return Glyph.NONE, Tone.UNKNOWN, self.words.phrase("spf-value.ends-include")
        return *_LOOKS[result], self.words.phrase("spf-value.matches", {"result": result.value})

    def _facts(self, text: str, expanded: str, answers: str) -> tuple[Fact, ...]:
        """The term at length, before and after macros, and all that DNS gave."""
        pairs = (("term", text), ("expanded", expanded), ("answers", answers))
        return tuple(Fact(self.words.phrase(f"spf-fact.{kind}"), value, mono=True) for kind, value in pairs if value)

    def _spoken(self, term: SpfTerm, text: str, value: str, expanded: str, answers: str) -> str:
        """State, term, macros, answers and count in one breath."""
        words = self.words
        plain = words.phrase("spf-value.no-match") if value == _address(term) and value else value
        parts = [f"{text}: {plain}"]
        if expanded:
            parts.append(words.phrase("spf-row.expanded", {"name": expanded}, {"name": "ready"}))
        if answers:
            parts.append(words.phrase("spf-row.answers", {"value": answers}, {"value": "ready"}))
        if term.lookup is not None:
            parts.append(words.phrase("spf-row.lookup", {"n": term.lookup}))
        return ". ".join(parts)


def _address(term: SpfTerm) -> str:
    """The first address that DNS gave for a term, with how many more there are; "" for none."""
    found = [one for one in term.answers if _is_address(one)]
    if not found:
        return ""
    return found[0] if len(found) == 1 else f"{found[0]} +{len(found) - 1}"


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True


def _question(term: SpfTerm, node: SpfNode) -> str:
    """The first question of a term, "" where it asks nothing or its name cannot be told."""
    if term.lookup is None or term.state is TermState.NOT_REACHED:
        return ""
    if term.child is not None:
        return f"TXT {term.child.domain}"
    if term.kind == "ptr":
        return ""
    written = term.text.partition("=" if term.kind == "redirect" else ":")[2].partition("/")[0]
    name = term.expanded or written or node.domain
    if "%" in name:
        return ""
    return f"{_TYPES.get(term.kind, 'A')} {name.lower().removesuffix('.')}"
