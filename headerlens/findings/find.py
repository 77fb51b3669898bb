"""Runs every rule over the facts of one message."""

from __future__ import annotations

from headerlens.findings.added import find_added
from headerlens.findings.alignment import find_alignment
from headerlens.findings.arc import find_arc
from headerlens.findings.causes import find_causes
from headerlens.findings.dkim import find_dkim
from headerlens.findings.dmarc import find_dmarc
from headerlens.findings.dmarc_record import find_record_notes
from headerlens.findings.edits import with_edits
from headerlens.findings.facts import Facts
from headerlens.findings.handling import find_handling
from headerlens.findings.identity import find_identity
from headerlens.findings.intake import find_intake
from headerlens.findings.neighbours import find_neighbours
from headerlens.findings.provider import find_provider
from headerlens.findings.publishing import find_publishing
from headerlens.findings.rank import rank
from headerlens.findings.recorded import find_recorded
from headerlens.findings.spf import find_spf
from headerlens.findings.telltales import find_telltales
from headerlens.model.findings import Finding

RULES = (
    find_identity,
    find_added,
    find_provider,
    find_alignment,
    find_causes,
    find_dkim,
    find_spf,
    find_dmarc,
    find_record_notes,
    find_publishing,
    find_recorded,
    find_arc,
    find_handling,
    find_intake,
    find_neighbours,
    find_telltales,
)
"""In the order in which findings of one severity are listed."""


def find(facts: Facts) -> tuple[Finding, ...]:
    """Everything worth saying, the gravest first, consequences behind their causes; never raises."""
    return with_edits(facts, rank(finding for rule in RULES for finding in rule(facts)))
