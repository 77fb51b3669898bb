"""Findings about how DMARC records are written, in use or passed over on the way up (RFC 9989 4.7, 4.8, 11.8)."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.findings.facts import Facts
from headerlens.model.findings import Finding, Where
from headerlens.model.verdicts import Note

ODDITIES = ("tag_case", "leading_blank", "p_not_second", "syntax")
"""Ways of writing that are read here and refused by stricter receivers."""

_POLICY_TAGS = frozenset({"p", "sp", "np"})
_TAG_CHARACTERS = 60
_TAGS_TOLD = 4


def find_record_notes(facts: Facts) -> Iterator[Finding]:
    """One finding for each kind of slip; several of one kind stand in one sentence."""
    yield from _passed_over(facts)
    yield from _public_suffix(facts)
    yield from _listed(facts, "note.bad_value", "dmarc.bad-value")
    yield from _listed(facts, "note.unknown_tag", "dmarc.unknown-tag")
    present = {note.code for note in facts.dmarc.notes}
    for oddity in ODDITIES:
        if f"note.{oddity}" in present:
            yield _about(_owner(facts), "dmarc.fragile", {"reason": f"dmarc-oddity.{oddity}"})


def _passed_over(facts: Facts) -> Iterator[Finding]:
    """Unusable records beside the one that applies; where they are why there is none, that is told already."""
    if facts.dmarc.code in {"none.several_records", "none.version"}:
        return
    ids = {"note.several_records": "dmarc.several-above", "note.version": "dmarc.version-above"}
    for note in facts.dmarc.notes:
        if note.code in ids:
            yield _about(note.detail, ids[note.code], {})


def _public_suffix(facts: Facts) -> Iterator[Finding]:
    """11.8: every customer of the suffix aligns with the others."""
    for note in _notes(facts, "note.public_suffix"):
        params = {"author": facts.dmarc.author_domain, "suffix": note.detail}
        yield Finding("dmarc.public-suffix", params, (Where(question=f"TXT _dmarc.{note.detail}"),))


def _listed(facts: Facts, code: str, identifier: str) -> Iterator[Finding]:
    """The tags of one kind of slip. A wrong policy has a finding of its own, which weighs more."""
    tags = [note.detail for note in _notes(facts, code) if not _is_policy(note.detail)]
    if tags:
        shown = [tag if len(tag) <= _TAG_CHARACTERS else f"{tag[:_TAG_CHARACTERS]}…" for tag in tags[:_TAGS_TOLD]]
        more = ", …" if len(tags) > _TAGS_TOLD else ""
        yield _about(_owner(facts), identifier, {"tag": ", ".join(shown) + more})


def _is_policy(tag: str) -> bool:
    return tag.partition("=")[0].lower() in _POLICY_TAGS


def _notes(facts: Facts, code: str) -> Iterator[Note]:
    return (note for note in facts.dmarc.notes if note.code == code)


def _owner(facts: Facts) -> str:
    return facts.dmarc.policy_domain or facts.dmarc.author_domain


def _about(domain: str, identifier: str, params: dict[str, str | int]) -> Finding:
    return Finding(identifier, {"domain": domain, **params}, (Where(question=f"TXT _dmarc.{domain}"),))
