"""A letter to whoever can mend what was found: the facts, the evidence and the fix (product.md 2.12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum

from headerlens.findings.catalogue import entries
from headerlens.model.case import Case
from headerlens.model.findings import Level, Severity
from headerlens.model.verdicts import SecondOpinion
from headerlens.present.findings import present_findings
from headerlens.present.harmless import harmless
from headerlens.present.recipients import masked, without_names
from headerlens.present.verdict import present_verdict
from headerlens.present.views import FindingView, plain
from headerlens.present.words import Words


class Addressee(StrEnum):
    """Who gets the letter."""

    SENDER = "sender"
    """The administrator of the sending domain."""

    OWN = "own"
    """The reader's own administrator."""


@dataclass(frozen=True, slots=True)
class Letter:
    """Subject and body, plain text; recipients of the mail are masked in both."""

    subject: str
    body: str


_SENDERS = frozenset({"sender-dns", "sending-service"})
_GRAVE = frozenset({Severity.PROBLEM, Severity.WARNING})
_FOR_BOTH = frozenset({"dmarc.not-aligned", "dmarc.nothing-passed"})
"""Findings for the reader whose last step is for the sender's administrator."""

_WIDTH_OF_INDENT = "   "


def letter(
    case: Case, words: Words, to: Addressee, *, zone: tzinfo | None = None, second: tuple[SecondOpinion, ...] = ()
) -> Letter | None:
    """The letter in the language of `words`, None where nothing found concerns this addressee."""
    told = tuple(view for view in present_findings(case, words, second) if _concerns(view, to))
    if not told:
        return None
    domain = case.dmarc.author_domain or _domains(case)
    subject = words.phrase(
        f"letter.subject-{to.value}", {"domain": domain, "title": told[0].title.rstrip(".。")}, {"title": "ready"}
    )
    parts = [
        words.phrase(_opening(case, to), {"domain": domain}),
        _answer(case, words, zone),
        words.phrase("letter.found") + "\n\n" + "\n\n".join(_numbered(told, to, words)),
        words.phrase("letter.mail") + "\n" + "\n".join(_mail(case, words, zone)),
        words.phrase("letter.closing", {"date": words.moment(case.checked_at, zone)}, {"date": "ready"}),
    ]
    return Letter(masked(subject, case.message), masked("\n\n".join(parts), case.message) + "\n")


def _opening(case: Case, to: Addressee) -> str:
    """Whose mail is authenticated is not asked whether it is theirs."""
    passes = to is Addressee.SENDER and case.judgement.level is Level.PASS
    return "letter.opening-passing" if passes else f"letter.opening-{to.value}"


def _domains(case: Case) -> str:
    """Where no single sender is shown: the domains of all, "?" for none."""
    return ", ".join(dict.fromkeys(one.domain for one in case.message.author if one.domain)) or "?"


def _concerns(view: FindingView, to: Addressee) -> bool:
    """Problems, warnings, advice for the service; to the sender only what the sender or its service can mend."""
    entry = entries()[view.id]
    is_theirs = _is_senders(view) or view.id in _FOR_BOTH
    is_advice = view.id.startswith("provider.") and bool(view.steps)
    return (entry.severity in _GRAVE or is_advice) and (to is Addressee.OWN or is_theirs)


def _is_senders(view: FindingView) -> bool:
    return entries()[view.id].actor in _SENDERS


def _answer(case: Case, words: Words, zone: tzinfo | None) -> str:
    verdict = present_verdict(case, words, zone)
    headline = words.phrase("letter.answer", {"value": plain(verdict.headline)}, {"value": "ready"})
    return f"{headline}\n{verdict.sentence}"


def _numbered(views: tuple[FindingView, ...], to: Addressee, words: Words) -> Iterator[str]:
    told: set[str] = set()
    for number, view in enumerate(views, 1):
        lines = (_WIDTH_OF_INDENT + line for line in _finding(view, to, words, told))
        yield "\n".join([f"{number}. {view.title}", *lines])


def _finding(view: FindingView, to: Addressee, words: Words, told: set[str]) -> Iterator[str]:
    """The lines below its title; evidence that stands under an earlier finding, which is in `told`, not again."""
    yield view.why
    for step in _steps(view, to):
        yield f"→ {step}"
    for line in view.evidence:
        if line not in told:
            told.add(line)
            yield words.phrase("letter.evidence", {"value": line}, {"value": "ready"})
    for change, edit in zip(view.changes, view.edits, strict=True):
        yield change.heading
        for phrase, texts in (("letter.record-now", edit.before), ("letter.record-new", edit.after)):
            for text in texts:
                yield words.phrase(phrase, {"value": text})
    for consequence in view.consequences:
        yield words.phrase("letter.therefore", {"value": consequence.title}, {"value": "ready"})


def _steps(view: FindingView, to: Addressee) -> tuple[str, ...]:
    """To the sender only the sender's own: how the reader should treat them is not for their eyes."""
    if to is Addressee.OWN or _is_senders(view):
        return view.steps
    return view.steps[-1:] if view.id in _FOR_BOTH else ()


def _mail(case: Case, words: Words, zone: tzinfo | None) -> Iterator[str]:
    """What identifies the mail to its sender; of the return path only the domain, which may hold the recipient."""
    message, inputs = case.message, case.spf.inputs
    author = message.shown_author
    values = {
        "from": author.address if author is not None else "",
        "subject": without_names(message.subject, message),
        "date": words.moment(message.date, zone) if message.date is not None else "",
        "message-id": message.message_id or "",
        "received": words.moment(case.received_at, zone) if case.received_at is not None else "",
        "client": inputs.client_ip or "",
        "return-path": case.spf.domain,
        "results": _results(case),
    }
    for name, value in values.items():
        if value:
            yield words.phrase(f"letter.{name}", {"value": harmless(value)}, {"value": "ready"})


def _results(case: Case) -> str:
    """Such as "spf=pass (bounce.example.net), dkim=fail (example.com, s1), dmarc=fail"."""
    spf = f"spf={case.spf.result.value}" + (f" ({case.spf.domain})" if case.spf.domain else "")
    dkim = [
        f"dkim={check.result.value} ({check.signature.domain or '?'}, {check.signature.selector or '?'})"
        for check in case.dkim
    ]
    return ", ".join([spf, *(dkim or ["dkim=none"]), f"dmarc={case.dmarc.result.value}"])
