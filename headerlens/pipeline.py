"""The order of the steps, on one screen: from a raw message to a frozen case.

`analyse(case.raw, replay(case.evidence), case.checked_at, choices=case.choices) == case` holds for every case.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from headerlens.causes.search import prove as prove_causes
from headerlens.dns.ledger import Counts, Ledger
from headerlens.dns.prefetch import prefetch
from headerlens.findings.facts import Facts, facts_of
from headerlens.findings.find import find
from headerlens.findings.rank import rank
from headerlens.findings.second import BY_SECOND_OPINION, DISPUTED
from headerlens.findings.verdict import judge
from headerlens.model.case import Case, Choices
from headerlens.model.dns import Lookup
from headerlens.model.message import BodyState, Message, RawMessage
from headerlens.model.progress import Cancelled, Progress, Step, Stopped, Watcher
from headerlens.model.verdicts import SenderInputs
from headerlens.parse.message import parse
from headerlens.providers.identify import identify
from headerlens.verify.arc import check_arc
from headerlens.verify.body import body_is_missing, settle_body_state
from headerlens.verify.comparison import compare
from headerlens.verify.dkim import check_dkim
from headerlens.verify.dmarc import check_dmarc
from headerlens.verify.doubled import ask_doubled
from headerlens.verify.foresee import follow_for, foreseeable
from headerlens.verify.sender import propose_sender
from headerlens.verify.spf import check_spf
from headerlens.verify.trust import judge_trust


def analyse(
    raw: RawMessage,
    ask: Lookup,
    now: datetime,
    *,
    choices: Choices | None = None,
    progress: Watcher | None = None,
    cancelled: Cancelled | None = None,
) -> Case:
    """Everything that can be found about one message.

    `ask` is asked each question once. `now` is aware. Raises `Stopped` once `cancelled()` is true, nothing else.
    """
    choices = choices or Choices()
    begin = _Steps(progress, cancelled)
    ledger = Ledger(ask, begin.counted)
    begin(Step.READ)
    message = parse(raw)
    sender = propose_sender(message, choices)
    received_at = _received_at(message, sender, choices)
    given_body = BodyState.MISSING if body_is_missing(message) else BodyState.COMPLETE

    questions, follow = foreseeable(message, sender), follow_for(message, sender)
    ahead = prefetch(questions, ledger.foreseeing, follow=follow, cancelled=begin.cancelled)
    try:
        begin(Step.SPF)
        spf = check_spf(sender, ledger.asking("spf"))
        begin(Step.DKIM)
        dkim = check_dkim(message, ledger.asking("dkim"), at=received_at, now=now, body=given_body)
        begin(Step.ARC)
        arc = check_arc(message, ledger.asking("arc"), now=now, body=given_body)
        begin(Step.DMARC)
        author = tuple(address.domain for address in message.author)
        dmarc = check_dmarc(author, len(message.from_fields), spf, dkim, ledger.asking("dmarc"))
        ask_doubled(dkim, dmarc, ledger.asking("hint"))
        provider = identify(message, sender, spf, dkim, ledger.asking("hint"))
    finally:
        ahead.finish()
    begin(Step.EXPLAIN)

    body = settle_body_state(message, dkim)
    trust = judge_trust(message, choices, sender)
    comparison = compare(message, trust, dkim, spf, arc, dmarc, body)
    evidence = ledger.evidence()
    facts = Facts(
        message, body, choices, sender, dkim, spf, arc, dmarc, trust, comparison, evidence, received_at, provider
    )
    return Case(
        raw=raw,
        checked_at=now,
        choices=choices,
        message=message,
        body_state=body,
        sender=sender,
        received_at=received_at,
        dkim=dkim,
        spf=spf,
        arc=arc,
        dmarc=dmarc,
        trust=trust,
        comparison=comparison,
        findings=find(facts),
        judgement=judge(facts),
        evidence=evidence,
        foreseen=ledger.unused(),
        provider=provider,
    )


def prove(case: Case, cancelled: Cancelled | None = None) -> Case:
    """The case with the proved causes of its failing signatures; the very same case where nothing is proved.

    The answer's level stays: a cause explains, it vouches for nobody. What a second opinion changed is kept. Asks
    nothing; takes up to a few seconds. Once `cancelled()` is true it returns with what was proved until then.
    """
    causes = prove_causes(case.message, case.dkim, cancelled=cancelled)
    if not causes:
        return case
    explained = replace(case, causes=causes)
    facts = facts_of(explained)
    kept = (one for one in case.findings if one.id in BY_SECOND_OPINION)
    judged = case.judgement if case.judgement.situation == DISPUTED else judge(facts)
    return replace(explained, findings=rank((*find(facts), *kept)), judgement=judged)


def _received_at(message: Message, sender: SenderInputs, choices: Choices) -> datetime | None:
    """The time to judge signatures by: the user's, else what the border server wrote (RFC 6376 3.5), never Date."""
    if choices.as_of is not None:
        return choices.as_of
    if sender.border is None:
        return None
    return message.hops[sender.border].time


class _Steps:
    """Tells the watcher which step begins and how many questions are answered; stops between steps when asked to."""

    def __init__(self, progress: Watcher | None, cancelled: Cancelled | None) -> None:
        self._progress = progress
        self.cancelled: Cancelled = cancelled or (lambda: False)
        self._step = Step.READ
        self._counts = Counts()

    def __call__(self, step: Step) -> None:
        if self.cancelled():
            raise Stopped
        self._step = step
        self._tell()

    def counted(self, counts: Counts) -> None:
        """The ledger's observer, called from any thread."""
        self._counts = counts
        self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            self._progress(Progress(self._step, self._counts.asked, self._counts.answered))
