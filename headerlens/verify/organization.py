"""The DNS tree walk and the Organizational Domain (RFC 9989 4.10, 4.10.2)."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.model.dns import Answer, Failure, Lookup, Outcome, Question
from headerlens.model.limits import DMARC_MAX_QUERIES
from headerlens.model.verdicts import Organization, WalkStep
from headerlens.parse.dmarc import is_usable, looks_like_dmarc, parse_dmarc
from headerlens.parse.names import labels

MAX_LABELS = DMARC_MAX_QUERIES - 1
"""A longer name is asked itself; then the walk goes on with its seven rightmost labels (4.10 step 5)."""


def walk_names(domain: str) -> tuple[str, ...]:
    """The names a walk asks below "_dmarc.", in order: the name itself, then upward to the top; 8 at the most."""
    parts = labels(domain)
    if not parts:
        return ()
    rest = min(len(parts) - 1, MAX_LABELS)
    return (domain, *(".".join(parts[-count:]) for count in range(rest, 0, -1)))


class TreeWalks:
    """All walks of one check; a name is asked once, however many walks pass it."""

    def __init__(self, ask: Lookup) -> None:
        self._ask = ask
        self._steps: dict[str, WalkStep] = {}

    def step(self, domain: str) -> WalkStep:
        """What stands at `_dmarc.<domain>`."""
        if domain not in self._steps:
            self._steps[domain] = _step(domain, self._ask(Question(f"_dmarc.{domain}", "TXT")))
        return self._steps[domain]

    def organization(self, domain: str) -> Organization:
        """The Organizational Domain of `domain`, with the steps of the walk; `domain` in A-labels, lower case."""
        steps = tuple(self._walk(domain))
        return organization_of(domain, steps)

    def _walk(self, domain: str) -> Iterator[WalkStep]:
        """One step after the other: a psd=y or psd=n ends the walk, and so does a question without an answer."""
        for name in walk_names(domain):
            step = self.step(name)
            yield step
            if step.found == "error" or (step.found == "record" and step.record and step.record.psd != "u"):
                return


def organization_of(domain: str, steps: tuple[WalkStep, ...]) -> Organization:
    """What the steps of a walk from `domain` say about its organisation (4.10.2, rules 1 to 3)."""
    if any(step.found == "error" for step in steps):
        return Organization(domain, None, "error", steps)
    records = [step.record for step in steps if step.found == "record" and step.record is not None]
    for record in records:
        if record.psd == "n":
            return Organization(domain, record.domain, "psd=n", steps)
        if record.psd == "y" and record.domain != domain:
            return Organization(domain, _child(domain, record.domain), "psd=y-below", steps)
    if records:
        return Organization(domain, records[-1].domain, "fewest-labels", steps)
    return Organization(domain, domain, "itself", steps)


def _child(domain: str, parent: str) -> str:
    """The name one label longer than `parent` on the way down to `domain`."""
    return ".".join(labels(domain)[-len(labels(parent)) - 1 :])


def _step(domain: str, answer: Answer) -> WalkStep:
    """4.10 steps 2 and 6: what is no DMARC record is thrown away; of several left none counts."""
    if answer.outcome is Outcome.FAILED:
        # A name too long to be asked cannot have a record, and asking again would not help.
        return WalkStep(domain, "none" if answer.failure is Failure.BAD_NAME else "error")
    texts = [_text(octets) for octets in answer.texts]
    records = [record for record in (parse_dmarc(domain, text) for text in texts) if record is not None]
    if len(records) > 1:
        return WalkStep(domain, "several")
    if records:
        return WalkStep(domain, "record" if is_usable(records[0]) else "unusable", records[0])
    return WalkStep(domain, "unusable" if any(map(looks_like_dmarc, texts)) else "none")


def _text(octets: bytes) -> str:
    """Characters and octets must stay one to one where it is not UTF-8, so that places in the record are right."""
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode("latin-1")
