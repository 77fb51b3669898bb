"""A case as everything that the evidence panes show, but the header source."""

from __future__ import annotations

from datetime import tzinfo

from headerlens.model.case import Case
from headerlens.model.verdicts import SecondOpinion
from headerlens.present.dns_view import dns_view
from headerlens.present.evidence_views import EvidenceView
from headerlens.present.path_view import path_view
from headerlens.present.signature_cards import signature_cards
from headerlens.present.spf_tree_view import spf_view
from headerlens.present.words import Words


def present_evidence(
    case: Case,
    words: Words,
    *,
    zone: tzinfo | None = None,
    sample: bool = False,
    second: tuple[SecondOpinion, ...] = (),
) -> EvidenceView:
    """The panes in one language; times in `zone`, None for that of this computer."""
    return EvidenceView(
        signatures=signature_cards(case, words, second, zone),
        spf=spf_view(case, words),
        path=path_view(case, words, zone),
        dns=dns_view(case, words, sample=sample),
    )
