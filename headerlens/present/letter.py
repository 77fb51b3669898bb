"""A letter to whoever can mend what was found: the facts, the evidence and the fix (product.md 2.12)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum

from headerlens.findings.catalogue import entries
from headerlens.model.case import Case
from headerlens.model.findings import Severity
from headerlens.model.verdicts import SecondOpinion
from headerlens.present.findings import present_findings
from headerlens.present.harmless import harmless
from headerlens.present.recipients import masked
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
_WIDTH_OF_INDENT = "   "


def letter(
    case: Case, words: Words, to: Addressee, *, zone: tzinfo | None = None, second: tuple[SecondOpinion, ...] = ()
) -> Letter | None:
    """The letter in the language of `words`, None where nothing found concerns this addressee."""
    told = tuple(view for view in present_findings(case, words, second) if _concerns(view, to))
    if not told:
        return None
    domain = case.dmarc.author_domain or "?"
    subject = words.phrase(f"letter.subject-{to.value}", {"domain": domain, "title": told[0].title}, {"title": "ready"})
    parts = [
        words.phrase(f"letter.opening-{to.value}", {"domain": domain}),
        _answer(case, words, zone),
        words.phrase("letter.found") + "\n\n" + "\n\n".join(_numbered(told, words)),
        words.phrase("letter.mail") + "\n" + "\n".join(_mail(case, words, zone)),
        words.phrase("letter.closing", {"date": words.moment(case.checked_at, zone)}, {"date": "ready"}),
    ]
    return Letter(masked(subject, case.message), masked("\n\n".join(parts), case.message) + "\n")


def _concerns(view: FindingView, to: Addressee) -> bool:
    """Problems and warnings; to the sender only those that the sender or its service can mend."""
    entry = entries()[view.id]
    is_theirs = entry.actor in _SENDERS or any(_concerns(one, to) for one in view.consequences)
    return entry.severity in _GRAVE and (to is Addressee.OWN or is_theirs)


def _answer(case: Case, words: Words, zone: tzinfo | None) -> str:
    verdict = present_verdict(case, words, zone)
    return f"{plain(verdict.headline)}\n{verdict.sentence}"


def _numbered(views: tuple[FindingView, ...], words: Words) -> Iterator[str]:
    for number, view in enumerate(views, 1):
        yield "\n".join([f"{number}. {view.title}", *(_WIDTH_OF_INDENT + line for line in _finding(view, words))])


def _finding(view: FindingView, words: Words) -> Iterator[str]:
    yield view.why
    for step in view.steps:
        yield f"→ {step}"
    for line in view.evidence:
        yield words.phrase("letter.evidence", {"value": line}, {"value": "ready"})
    for change, edit in zip(view.changes, view.edits, strict=True):
        yield change.heading
        for phrase, texts in (("letter.record-now", edit.before), ("letter.record-new", edit.after)):
            for text in texts:
                yield words.phrase(phrase, {"value": text})
    for consequence in view.consequences:
        yield words.phrase("letter.therefore", {"value": consequence.title}, {"value": "ready"})


def _mail(case: Case, words: Words, zone: tzinfo | None) -> Iterator[str]:
    """What identifies the mail to its sender; of the return path only the domain, which may hold the recipient."""
    message, inputs = case.message, case.spf.inputs
    author = message.author[0] if message.author else None
    values = {
        "from": author.address if author is not None else "",
        "subject": message.subject,
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
