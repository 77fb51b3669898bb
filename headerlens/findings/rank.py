"""Orders findings by severity and folds a consequence under its cause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from headerlens.findings.catalogue import entries
from headerlens.model.findings import Finding, Severity

_ORDER = {severity: place for place, severity in enumerate(Severity)}


def rank(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Problems first, goods last; within a severity a cause before others, else as found.

    A consequence carries the id of its cause in `because` and stands right behind it.
    """
    found = tuple(findings)
    given = {finding.id: finding.because[0] for finding in found if finding.because}
    linked = [_with_cause(finding, found, given) for finding in found]
    roots = sorted((f for f in linked if not f.because), key=lambda f: _weight(f, linked))
    return tuple(one for root in roots for one in (root, *_consequences(root, linked, roots)))


def severity_of(finding: Finding) -> Severity:
    """The severity the catalogue gives to its kind."""
    return entries()[finding.id].severity


def _with_cause(finding: Finding, found: tuple[Finding, ...], given: Mapping[str, str]) -> Finding:
    """The first finding that hides this one becomes its cause; where that one is a consequence itself, its cause.

    `given` holds the causes that rules named themselves, by the id of the consequence.
    """
    if finding.because:
        return finding
    cause = finding.id
    for _ in found:  # a chain is no longer than that
        above = next((other.id for other in found if cause in entries()[other.id].hides), None)
        if cause != finding.id:  # of two findings of one kind only one may have been given its cause
            above = given.get(cause, above)
        if above is None:
            break
        cause = above
    return finding if cause == finding.id else replace(finding, because=(cause,))


def _weight(finding: Finding, linked: list[Finding]) -> tuple[int, bool]:
    """A cause weighs as much as its gravest consequence, and comes before what causes nothing."""
    caused = [one for one in linked if finding.id in one.because]
    own = _ORDER[severity_of(finding)]
    return min([own, *(_ORDER[severity_of(one)] for one in caused)]), not caused


def _consequences(root: Finding, linked: list[Finding], roots: list[Finding]) -> list[Finding]:
    """What is shown under `root`; two findings of one kind share their consequences, which stand under the first."""
    first = next(one for one in roots if one.id == root.id)
    return [one for one in linked if root.id in one.because] if first is root else []
