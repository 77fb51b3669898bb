"""A case: one message, everything found about it, and the evidence to find it again."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from headerlens.model.causes import Cause
from headerlens.model.dns import Answer, Evidence
from headerlens.model.findings import Finding, Judgement
from headerlens.model.message import BodyState, Message, RawMessage
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

CASE_FORMAT = 1
"""Rises whenever a stored case can no longer be read as before."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person decided instead of the headers; part of the input of an analysis.

    `trusted` are authserv-ids in lower case; `border` an index into `Message.hops`; `as_of` the time to judge
    signatures by (aware); `offline` only tells how to word missing answers.
    """

    trusted: tuple[str, ...] = ()
    client_ip: str | None = None
    mail_from: str | None = None
    helo: str | None = None
    border: int | None = None
    as_of: datetime | None = None
    offline: bool = False


@dataclass(frozen=True, slots=True)
class Case:
    """The frozen result. `analyse(case.raw, replay(case.evidence), case.checked_at, choices=case.choices) == case`.

    `foreseen` are answers to questions that were asked in advance and then not needed: listed, because they were
    sent, but no part of what makes two cases equal. `checked_at` is aware. `received_at` is the time signatures were
    judged by: the border hop's, or `as_of`, or None. `causes` are filled by `pipeline.prove`, after the answer.
    `reopened` tells a case whose answers come from a case file, which somebody may have edited.
    """

    raw: RawMessage
    checked_at: datetime
    choices: Choices
    message: Message
    body_state: BodyState
    sender: SenderInputs
    received_at: datetime | None
    dkim: tuple[DkimCheck, ...]
    spf: SpfCheck
    arc: ArcCheck
    dmarc: DmarcCheck
    trust: tuple[TrustedField, ...]
    comparison: tuple[Comparison, ...]
    findings: tuple[Finding, ...]
    judgement: Judgement
    evidence: tuple[Evidence, ...]
    foreseen: tuple[Answer, ...] = field(default=(), compare=False)
    format: int = CASE_FORMAT
    provider: Provider | None = None
    causes: tuple[Cause, ...] = ()
    reopened: bool = field(default=False, compare=False)
