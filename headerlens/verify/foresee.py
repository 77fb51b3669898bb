"""Which questions a message will cost, as far as they can be known before any check runs.

They are asked in parallel so that the wall time is the longest chain of dependent questions, not their sum.
"""

from __future__ import annotations

from headerlens.model.dns import Answer, Question
from headerlens.model.limits import MAX_SIGNATURES_CHECKED
from headerlens.model.message import Message
from headerlens.model.records import DkimSignature
from headerlens.model.verdicts import SenderInputs
from headerlens.parse.names import to_ascii
from headerlens.parse.spf import followers
from headerlens.verify.organization import walk_names
from headerlens.verify.spf import spf_domain


def foreseeable(message: Message, sender: SenderInputs) -> tuple[Question, ...]:
    """Keys, the SPF record, and the policy walk of every identifier; each question once, in a fixed order."""
    signers = message.signatures[:MAX_SIGNATURES_CHECKED]
    sealers = [one for s in message.arc for one in (s.seal, s.message_signature) if one is not None]
    spf = spf_domain(sender)
    walked = [*(a.domain for a in message.author), spf, *(s.domain for s in signers)]
    questions = [
        *(Question(name, "TXT") for name in _key_names([*signers, *sealers])),
        *([Question(spf, "TXT")] if spf else []),
        *(Question(f"_dmarc.{name}", "TXT") for domain in walked if domain for name in walk_names(domain)),
    ]
    return tuple(dict.fromkeys(questions))


def _key_names(signatures: list[DkimSignature]) -> list[str]:
    names = (to_ascii(f"{s.selector}._domainkey.{s.domain}") for s in signatures if s.selector and s.domain)
    return [name for name in names if name is not None]


def follow(answer: Answer) -> tuple[Question, ...]:
    """What an answer makes foreseeable: the records an SPF record includes or redirects to."""
    if answer.question.rtype != "TXT":
        return ()
    records = [text.decode("ascii", "replace") for text in answer.texts if text[:6].lower() == b"v=spf1"]
    names = (to_ascii(name) for record in records for name in followers(record))
    return tuple(Question(name, "TXT") for name in names if name is not None)
