"""What the DNS records behind a finding should say instead (interface.md 7.1)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from headerlens.findings.facts import Facts
from headerlens.findings.kinship import undeclared_pass
from headerlens.model.dns import Outcome, Question
from headerlens.model.findings import Finding, RecordEdit
from headerlens.model.limits import SPF_MAX_LOOKUPS
from headerlens.model.verdicts import SpfNode, SpfTerm
from headerlens.parse.dmarc import looks_like_dmarc
from headerlens.parse.spf import is_spf
from headerlens.verify.mend_dmarc import mended_dmarc, merged_dmarc
from headerlens.verify.mend_spf import mended_spf, merged_spf, without_terms

FIRST_RECORD = "v=DMARC1; p=none; rua=mailto:dmarc-reports@"
"""To begin with: nothing is refused yet, and the reports tell who sends in the domain's name (RFC 9989 5.1)."""


def with_edits(facts: Facts, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, each with its edits; one and the same edit stands under the first finding only.

    What follows from another finding has none: it goes away with its cause, and two edits of one record would compete.
    """
    seen: set[tuple[str, str, tuple[str, ...]]] = set()
    amended = []
    for finding in findings:
        given = () if finding.because else finding.edits or _edits(facts, finding)
        edits = tuple(edit for edit in given if (edit.name, edit.rtype, edit.after) not in seen)
        seen.update((edit.name, edit.rtype, edit.after) for edit in edits)
        amended.append(replace(finding, edits=edits) if edits != finding.edits else finding)
    return tuple(amended)


def texts_at(facts: Facts, name: str) -> tuple[str, ...]:
    """The TXT records that were found at a name, () for none and for no answer."""
    question = Question(name.lower(), "TXT")
    for one in facts.evidence:
        if one.answer.question == question and one.answer.outcome is Outcome.FOUND:
            return tuple(text.decode("utf-8", "replace") for text in one.answer.texts)
    return ()


def aliases_at(facts: Facts, name: str) -> tuple[str, ...]:
    """The names that a name's CNAME led to on the way to a TXT record, found or not; () for no alias."""
    question = Question(name.lower(), "TXT")
    return next((one.answer.aliases for one in facts.evidence if one.answer.question == question), ())


def _edits(facts: Facts, finding: Finding) -> tuple[RecordEdit, ...]:
    make = _MAKERS.get(finding.id)
    edit = make(facts, finding) if make is not None else None
    return () if edit is None or edit.before == edit.after else (edit,)


# ---- DMARC


def _first_dmarc(facts: Facts, _finding: Finding) -> RecordEdit:
    # at the author's name alone it would make an organisation of that name, and what passes nearby would fail
    psl = facts.dmarc.psl if undeclared_pass(facts) is not None else None
    name = psl.organizational_domain if psl is not None else facts.dmarc.organization.name or facts.dmarc.author_domain
    return RecordEdit(f"_dmarc.{name}", "TXT", (), (f"{FIRST_RECORD}{name}",), "edit.begin")


def _mended_dmarc(facts: Facts, finding: Finding) -> RecordEdit | None:
    """Every slip of the record at once: whoever opens the editor mends them all."""
    for name in _dmarc_names(facts, finding):
        written = [text for text in texts_at(facts, name) if looks_like_dmarc(text.lstrip('" '))]
        mended = mended_dmarc(written[0]) if len(written) == 1 else None
        if mended is not None:
            return RecordEdit(name, "TXT", (written[0],), (mended,), _condition_of(finding))
    return None


def _one_dmarc(facts: Facts, finding: Finding) -> RecordEdit | None:
    for name in _dmarc_names(facts, finding):
        written = tuple(text for text in texts_at(facts, name) if looks_like_dmarc(text))
        merged = merged_dmarc(written) if len(written) > 1 else None
        if merged is not None:
            return RecordEdit(name, "TXT", written, (merged,), "edit.one-dmarc")
    return None


def _dmarc_names(facts: Facts, finding: Finding) -> Iterator[str]:
    """Where the record may stand: at the place the finding points at, else on the way up from the author."""
    for where in finding.where:
        if where.question is not None and where.question.startswith("TXT _dmarc."):
            yield where.question.removeprefix("TXT ")
    for step in (*facts.dmarc.discovery, *facts.dmarc.organization.steps):
        yield f"_dmarc.{step.domain}"


def _condition_of(finding: Finding) -> str:
    return "edit.begin" if finding.id in {"dmarc.unusable-policy", "dmarc.policy-replaced"} else ""


# ---- SPF


def _mended_spf(facts: Facts, _finding: Finding) -> RecordEdit | None:
    """The record in which evaluation ended, which may be an included one."""
    node = _broken(facts.spf.tree)
    if node is None or node.record is None:
        return None
    mended = mended_spf(node.record)
    return None if mended is None else RecordEdit(node.domain, "TXT", (node.record,), (mended,), "edit.check-meaning")


def _one_spf(facts: Facts, _finding: Finding) -> RecordEdit | None:
    domain = facts.spf.domain
    written = tuple(text for text in texts_at(facts, domain) if is_spf(text.encode("utf-8", "replace")))
    merged = merged_spf(written) if len(written) > 1 else None
    return None if merged is None else RecordEdit(domain, "TXT", written, (merged,), "edit.one-spf")


def _fewer_lookups(facts: Facts, _finding: Finding) -> RecordEdit | None:
    """Without the costliest includes that bring the count under the limit, if nobody needs them."""
    tree = facts.spf.tree
    if tree is None or tree.record is None:
        return None
    over = max(facts.spf.lookups, SPF_MAX_LOOKUPS + 1) - SPF_MAX_LOOKUPS
    gone: list[str] = []
    for term in sorted((t for t in tree.terms if t.kind == "include"), key=cost_of, reverse=True):
        if over <= 0:
            break
        gone.append(term.text)
        over -= cost_of(term)
    if over > 0 or not gone:
        return None
    return _without(tree, gone, "edit.if-unused")


def _without_include(facts: Facts, _finding: Finding) -> RecordEdit | None:
    """Without the include (or redirect) whose domain has no record."""
    node, term = _broken_term(facts.spf.tree)
    if node is None or term is None or term.kind != "include":
        return None
    return _without(node, [term.text], "edit.if-unused")


def _without_ptr(facts: Facts, _finding: Finding) -> RecordEdit | None:
    tree = facts.spf.tree
    found = [term.text for term in tree.terms if term.kind == "ptr"] if tree is not None else []
    return _without(tree, found, "edit.if-listed-otherwise") if tree is not None and found else None


def _without_everyone(facts: Facts, _finding: Finding) -> RecordEdit | None:
    tree = facts.spf.tree
    if tree is None or tree.record is None:
        return None
    wide = [t.text for t in tree.terms if t.kind == "all" and t.qualifier == "+"]
    if not wide:
        return None
    after = f"{without_terms(tree.record, wide)} ~all"
    return RecordEdit(tree.domain, "TXT", (tree.record,), (after,), "edit.if-complete")


def _without(node: SpfNode, terms: list[str], condition: str) -> RecordEdit:
    record = node.record or ""
    names = ", ".join(term.partition(":")[2] or term for term in terms)
    return RecordEdit(node.domain, "TXT", (record,), (without_terms(record, terms),), condition, (("names", names),))


def cost_of(term: SpfTerm) -> int:
    """The look-ups one term costs with all that it includes (RFC 7208 4.6.4)."""
    below = sum(cost_of(one) for one in term.child.terms) if term.child is not None else 0
    return below + (term.lookup is not None)


def _broken(node: SpfNode | None) -> SpfNode | None:
    """The innermost record with a term that spoilt the evaluation."""
    return _broken_term(node)[0]


def _broken_term(node: SpfNode | None) -> tuple[SpfNode | None, SpfTerm | None]:
    for term in node.terms if node is not None else ():
        if term.child is not None and term.child.record is not None:
            inner = _broken_term(term.child)
            if inner[0] is not None:
                return inner
        if term.error is not None:
            return node, term
    return None, None


_MAKERS: dict[str, Callable[[Facts, Finding], RecordEdit | None]] = {
    "dmarc.no-record": _first_dmarc,
    "dmarc.version": _mended_dmarc,
    "dmarc.version-above": _mended_dmarc,
    "dmarc.unusable-policy": _mended_dmarc,
    "dmarc.policy-replaced": _mended_dmarc,
    "dmarc.duplicate-tag": _mended_dmarc,
    "dmarc.historic-tag": _mended_dmarc,
    "dmarc.bad-value": _mended_dmarc,
    "dmarc.unknown-tag": _mended_dmarc,
    "dmarc.fragile": _mended_dmarc,
    "dmarc.several-records": _one_dmarc,
    "dmarc.several-above": _one_dmarc,
    "spf.several-records": _one_spf,
    "spf.syntax": _mended_spf,
    "spf.not-ascii": _mended_spf,
    "spf.too-many-lookups": _fewer_lookups,
    "spf.include-none": _without_include,
    "spf.ptr": _without_ptr,
    "spf.allows-everyone": _without_everyone,
}
