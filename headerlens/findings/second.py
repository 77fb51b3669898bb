"""What the second verifier's word changes: a disagreement is a finding, and lowers an answer that rests on it."""

from __future__ import annotations

from dataclasses import replace

from headerlens.findings.rank import rank
from headerlens.model.case import Case
from headerlens.model.findings import Finding, Judgement, Level, Where
from headerlens.model.verdicts import DkimCheck, Opinion, Result, SecondOpinion

DISPUTED = "S30"
"""The situation in which the two verifiers disagree about what the answer rests on."""

BY_SECOND_OPINION = frozenset({"dkim.second-opinion"})
"""Findings that only the second verifier's word raises."""


def reviewed(case: Case, opinions: tuple[SecondOpinion, ...]) -> Case:
    """The case with a finding for each disagreement; the very same case when there is none.

    Where a disputed signature makes the sender count as authenticated, nobody can tell any more (S30). A failure stays
    a failure: what a second program lets pass must not soften an answer.
    """
    disputed = {one.index for one in opinions if one.opinion is Opinion.DISAGREES}
    checks = [check for check in case.dkim if check.index in disputed]
    if not checks:
        return case
    found = rank((*case.findings, *map(_finding, checks)))
    carrying = next((check for check in checks if _carries(case, check)), None)
    if carrying is None:
        return replace(case, findings=found)
    judgement = Judgement(Level.UNKNOWN, DISPUTED, {"d": _domain(carrying)})
    return replace(case, findings=found, judgement=judgement)


def _carries(case: Case, check: DkimCheck) -> bool:
    """Whether the answer rests on this signature: it makes DMARC pass, or would if there were a record."""
    counts = any(one.counts and one.method == "dkim" and one.index == check.index for one in case.dmarc.identifiers)
    return counts and case.judgement.level is Level.PASS


def _finding(check: DkimCheck) -> Finding:
    """Only pass and no pass are compared, so the opposite of ours is what the second verifier says."""
    theirs = Result.FAIL if check.result is Result.PASS else Result.PASS
    params = {
        "domain": _domain(check),
        "selector": check.signature.selector or "?",
        "ours": check.result.value,
        "theirs": theirs.value,
    }
    return Finding("dkim.second-opinion", params, (Where(check.signature.field_index, signature=check.index),))


def _domain(check: DkimCheck) -> str:
    return check.signature.domain or check.signature.domain_written or "?"
