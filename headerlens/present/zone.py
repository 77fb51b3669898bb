"""The zone of names that must match, its caption, and how the organisation was found (interface.md 6.3, 6.6)."""

from __future__ import annotations

from dataclasses import dataclass

from headerlens.findings.facts import Facts
from headerlens.findings.kinship import is_undeclared
from headerlens.model.verdicts import AlignedIdentifier
from headerlens.parse.names import is_subdomain, labels
from headerlens.present.words import Words

_HOW = {
    "psd=n": "organisation.declared",
    "psd=y-below": "organisation.suffix",
    "fewest-labels": "organisation.fewest",
    "itself": "organisation.itself",
    "error": "organisation.error",
}

_KINDS = {"name": "domain"}


@dataclass(frozen=True, slots=True)
class Zone:
    """Counts of labels from the right: `relaxed` for the organisation, `whole` for all of From."""

    relaxed: int
    whole: int
    spf_strict: bool
    dkim_strict: bool

    @property
    def shown(self) -> int:
        """The labels that the drawn zone covers: all of From only when both modes are strict."""
        return self.whole if self.spf_strict and self.dkim_strict else self.relaxed

    def fence(self, method: str) -> int:
        """Where the zone ends for a row of this method."""
        return self.whole if self.is_strict(method) else self.relaxed

    def is_strict(self, method: str) -> bool:
        """Whether this method's names must be identical."""
        return self.spf_strict if method == "spf" else self.dkim_strict


def zone_of(facts: Facts) -> Zone:
    """The zone; where no record tells the organisation, the one of the public suffix list stands in."""
    dmarc = facts.dmarc
    listed = dmarc.psl.organizational_domain if dmarc.psl is not None else ""
    home = listed if _is_guessed(facts) else dmarc.organization.name or listed
    author = dmarc.author_domain
    if not home or not is_subdomain(author, home):
        home = author
    strict = (dmarc.record.aspf == "s", dmarc.record.adkim == "s") if dmarc.record is not None else (False, False)
    return Zone(len(labels(home)), len(labels(author)), *strict)


def _is_guessed(facts: Facts) -> bool:
    """Whether the walk found no record and left the name to itself, while the list knows a registered domain above."""
    return facts.dmarc.code == "none.no_record" and facts.dmarc.psl is not None


def foreign_fence(facts: Facts, one: AlignedIdentifier | None, zone: Zone) -> int | None:
    """The boundary an identity's own organisation declares, where the labels match but the organisations differ."""
    if one is None or one.aligned is not False or one.organization is None or zone.is_strict(one.method):
        return None
    if is_undeclared(facts, one):
        return None
    home = facts.dmarc.organization.name
    related = home is not None and is_subdomain(one.domain, home) and one.organization != home
    return len(labels(one.organization)) if related else None


def caption(words: Words, facts: Facts, zone: Zone) -> str:
    """Over the zone."""
    is_unknown = facts.dmarc.organization.name is None or (_is_guessed(facts) and zone.relaxed != zone.whole)
    if is_unknown and facts.dmarc.author_domain:
        return words.phrase("caption.unknown")
    if zone.spf_strict and zone.dkim_strict:
        return words.phrase("caption.strict")
    if zone.dkim_strict:
        return words.phrase("caption.dkim-strict")
    return words.phrase("caption.spf-strict" if zone.spf_strict else "caption.relaxed")


def caption_tooltip(words: Words, facts: Facts) -> str:
    """How the organisation was found, with every name that was asked."""
    organization = facts.dmarc.organization
    if not organization.domain:
        return ""
    how = _HOW.get(organization.how, "organisation.error" if organization.name is None else "organisation.fewest")
    found = words.phrase(how, {"name": organization.name or organization.domain}, _KINDS)
    steps = [
        words.phrase(
            "organisation.step",
            {"name": step.domain, "found": words.phrase_or(f"step.{step.found}", "step.none")},
        )
        for step in organization.steps
    ]
    if not steps:
        return found
    return words.join(found, words.phrase("organisation.asked", {"steps": words.phrase("list").join(steps)}))


def mode_text(words: Words, zone: Zone) -> str:
    """Such as "relaxed" or "strict", or both with their methods."""
    names = {True: words.phrase("mode.strict"), False: words.phrase("mode.relaxed")}
    if zone.spf_strict == zone.dkim_strict:
        return names[zone.spf_strict]
    return words.phrase("mode.mixed", {"spf": names[zone.spf_strict], "dkim": names[zone.dkim_strict]})
