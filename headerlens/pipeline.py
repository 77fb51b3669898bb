"""The order of the steps, on one screen: from a raw message to a frozen case.

`analyse(case.raw, replay(case.evidence), case.checked_at, choices=case.choices) == case` holds for every case.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from time import monotonic

from headerlens.causes.search import prove as prove_causes
from headerlens.dns.ledger import Counts, Ledger
from headerlens.dns.prefetch import prefetch
from headerlens.domains.answers import is_unanswered
from headerlens.domains.foresee import follow_for as follow_for_domain
from headerlens.domains.foresee import foreseeable as foreseeable_of_domain
from headerlens.domains.inspect import inspect
from headerlens.findings.domain import find_domain
from headerlens.findings.facts import Facts, facts_of
from headerlens.findings.find import find
from headerlens.findings.rank import rank
from headerlens.findings.second import BY_SECOND_OPINION, DISPUTED
from headerlens.findings.verdict import judge
from headerlens.model.case import Case, Choices
from headerlens.model.dns import Answer, Lookup, Question
from headerlens.model.domain import DomainCase
from headerlens.model.message import BodyState, Message, RawMessage
from headerlens.model.progress import Cancelled, Progress, SoFar, Step, Stopped, Watcher
from headerlens.model.verdicts import DkimCheck, SenderInputs
from headerlens.parse.message import parse
from headerlens.providers.asked import inquiry_for
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
    trust = judge_trust(message, choices, sender)
    begin.found(SoFar(message, choices, sender, trust, now))

    questions, follow = foreseeable(message, sender), follow_for(message, sender)
    ahead = prefetch(questions, ledger.foreseeing, follow=follow, cancelled=begin.cancelled)
    try:
        begin(Step.SPF)
        spf = check_spf(sender, begin.asking(ledger, "spf"))
        begin(Step.DKIM, spf=spf)
        keys = begin.asking(ledger, "dkim")
        dkim = check_dkim(message, keys, at=received_at, now=now, body=given_body, ended=begin.signed)
        begin(Step.ARC)
        arc = check_arc(message, begin.asking(ledger, "arc"), now=now, body=given_body)
        begin(Step.DMARC, arc=arc)
        author = tuple(address.domain for address in message.author)
        dmarc = check_dmarc(author, len(message.from_fields), spf, dkim, begin.asking(ledger, "dmarc"))
        ask_doubled(dkim, dmarc, ledger.asking("hint"))
        provider = identify(message, sender, spf, dkim, ledger.asking("hint"))
    finally:
        ahead.finish()
    begin(Step.EXPLAIN, dmarc=dmarc)

    body = settle_body_state(message, dkim)
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


def inspect_domain(
    name: str,
    ask: Lookup,
    now: datetime,
    *,
    selectors: tuple[str, ...] = (),
    provider: str = "",
    progress: Watcher | None = None,
    cancelled: Cancelled | None = None,
) -> DomainCase:
    """The set-up of a sending domain; `name` and `selectors` in A-labels, `provider` a known id or "".

    Each question is asked once. Raises `Stopped` once `cancelled()` is true, nothing else.
    """
    begin = _Steps(progress, cancelled)
    ledger = Ledger(ask, begin.counted)
    begin(Step.READ)
    inquiry = inquiry_for(name, selectors, provider)
    with prefetch(
        foreseeable_of_domain(inquiry), ledger.foreseeing, follow=follow_for_domain(inquiry), cancelled=begin.cancelled
    ):
        begin(Step.DKIM)
    begin(Step.DMARC)
    case = inspect(inquiry, {user: ledger.asking(user) for user in ("spf", "dkim", "dmarc", "mx", "hint")}, now)
    begin(Step.EXPLAIN)
    evidence = ledger.evidence()
    failed = tuple(
        f"{one.answer.question.rtype} {one.answer.question.name}" for one in evidence if is_unanswered(one.answer)
    )
    case = replace(case, unanswered=failed, evidence=evidence, foreseen=ledger.unused())
    return replace(case, findings=find_domain(case))


def _received_at(message: Message, sender: SenderInputs, choices: Choices) -> datetime | None:
    """The time to judge signatures by: the user's, else what the border server wrote (RFC 6376 3.5), never Date."""
    if choices.as_of is not None:
        return choices.as_of
    if sender.border is None:
        return None
    return message.hops[sender.border].time


class _Steps:
    """Tells the watcher which step begins, what it asks and what has been found; stops between steps when asked to."""

    def __init__(self, progress: Watcher | None, cancelled: Cancelled | None) -> None:
        self._progress = progress
        self.cancelled: Cancelled = cancelled or (lambda: False)
        self._step = Step.READ
        self._counts = Counts()
        self._detail = ""
        self._so_far: SoFar | None = None
        self._began = monotonic()
        self._ends: tuple[tuple[str, float], ...] = ()

    def __call__(self, step: Step, **found: object) -> None:
        """Begin `step`; `found` are fields of SoFar that the steps before it have settled."""
        if self.cancelled():
            raise Stopped
        if step is not Step.READ:
            self._ends = (*self._ends, (self._step.value, monotonic()))
        self._step, self._detail = step, ""
        if found and self._so_far is not None:
            self._so_far = replace(self._so_far, **found)  # type: ignore[arg-type]  # fields of SoFar
        self._tell()

    def found(self, so_far: SoFar) -> None:
        """The message is read."""
        self._so_far = so_far
        self._tell()

    def signed(self, check: DkimCheck) -> None:
        """One more signature is judged."""
        if self._so_far is not None:
            self._so_far = replace(self._so_far, dkim=(*self._so_far.dkim, check))
            self._ends = (*self._ends, (f"dkim:{check.index}", monotonic()))
            self._tell()

    def asking(self, ledger: Ledger, user: str) -> Lookup:
        """The ledger's lookup for a check, telling each name before it is asked for."""
        ask = ledger.asking(user)

        def tell_and_ask(question: Question) -> Answer:
            self._detail = question.name
            self._tell()
            return ask(question)

        return ask if self._progress is None else tell_and_ask

    def counted(self, counts: Counts) -> None:
        """The ledger's observer, called from any thread."""
        self._counts = counts
        self._tell()

    def _tell(self) -> None:
        if self._progress is not None:
            asked, answered = self._counts.asked, self._counts.answered
            self._progress(Progress(self._step, asked, answered, self._detail, self._so_far, self._began, self._ends))
