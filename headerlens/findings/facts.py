"""All that the rules look at: one message and everything the checks found about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from headerlens.model.case import Case, Choices
from headerlens.model.causes import Cause
from headerlens.model.dns import Evidence
from headerlens.model.message import BodyState, Message
from headerlens.model.providers import Provider
from headerlens.model.verdicts import (
    ArcCheck,
    Comparison,
    DkimCheck,
    DmarcCheck,
    SenderInputs,
    SpfCheck,
    TrustedField,
)


@dataclass(frozen=True, slots=True)
class Facts:
    """The finished checks of one message; fields mean what they mean in `Case`."""

    message: Message
    body_state: BodyState
    choices: Choices
    sender: SenderInputs
    dkim: tuple[DkimCheck, ...]
    spf: SpfCheck
    arc: ArcCheck
    dmarc: DmarcCheck
    trust: tuple[TrustedField, ...] = ()
    comparison: tuple[Comparison, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    received_at: datetime | None = None
    provider: Provider | None = None
    causes: tuple[Cause, ...] = ()


def facts_of(case: Case) -> Facts:
    """The facts inside a finished case."""
    return Facts(
        message=case.message,
        body_state=case.body_state,
        choices=case.choices,
        sender=case.sender,
        dkim=case.dkim,
        spf=case.spf,
        arc=case.arc,
        dmarc=case.dmarc,
        trust=case.trust,
        comparison=case.comparison,
        evidence=case.evidence,
        received_at=case.received_at,
        provider=case.provider,
        causes=case.causes,
    )
