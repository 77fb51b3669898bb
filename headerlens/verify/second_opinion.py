"""dkimpy's independent word on the same signatures and the same answers; it never decides (engine.md 7).

dkimpy says only "pass" or not, so that is what is compared. Where it is known to depart from the RFCs, or goes by a
clock of its own, the difference is a known deviation (`deviations`); any other one is a fault in one of the two.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass

from headerlens.model.dns import Lookup, Question
from headerlens.model.limits import (
    SECOND_OPINION_MAX_BLANKS,
    SECOND_OPINION_MAX_COST,
    SECOND_OPINION_MAX_FOLD_COST,
    SECOND_OPINION_MAX_KEY_BITS,
    SECOND_OPINION_MAX_OCTETS,
    SECOND_OPINION_MAX_SIGNATURES,
)
from headerlens.model.message import Message
from headerlens.model.verdicts import DkimCheck, Opinion, Result, SecondOpinion
from headerlens.parse.names import to_ascii
from headerlens.verify.deviations import Word, known_deviation

_BLANKS = re.compile(rb"[ \t]{20,}")
_SILENT = logging.getLogger(f"{__name__}.dkimpy")
_SILENT.disabled = True
"""dkimpy logs failures as errors; they are no errors of ours."""

_NOT_ASKED = {"sig.not_checked": "not-checked", "body.missing": "no-body", "key.unavailable": "no-key"}


def second_opinion(message: Message, checks: tuple[DkimCheck, ...], ask: Lookup) -> tuple[SecondOpinion, ...]:
    """One opinion per check, in their order; never raises. The caller keeps it off the way of the first answer.

    `detail` of NOT_ASKED is one of "size", "blanks", "signatures", "fields", "key-size", "no-body", "no-key",
    "not-checked"; of KNOWN_DEVIATION an id of `deviations`; of DISAGREES dkimpy's own words.
    """
    reason = _too_costly(message)
    return tuple(
        SecondOpinion(check.index, Opinion.NOT_ASKED, why)
        if (why := reason or _not_asked(message, check))
        else _compare(message, check, _ask_dkimpy(message, check, ask))
        for check in checks
    )


def _too_costly(message: Message) -> str:
    """Why dkimpy could hold the interpreter too long over this message, "" when it cannot."""
    if len(message.raw.octets) > SECOND_OPINION_MAX_OCTETS:
        return "size"
    if len(message.signatures) > SECOND_OPINION_MAX_SIGNATURES:
        return "signatures"
    runs = [len(match[0]) for match in _BLANKS.finditer(message.raw.octets)]
    if max(runs, default=0) > SECOND_OPINION_MAX_BLANKS or sum(n * n for n in runs) > SECOND_OPINION_MAX_COST:
        return "blanks"
    if sum(len(field.raw) * field.raw.count(b"\n") for field in message.fields) > SECOND_OPINION_MAX_FOLD_COST:
        return "fields"
    return ""


def _not_asked(message: Message, check: DkimCheck) -> str:
    """Why dkimpy's word on this signature would say nothing or cost too much, "" when it is worth asking."""
    if len(message.fields) * len(check.signature.signed_names) > SECOND_OPINION_MAX_COST // 50:
        return "fields"
    if check.key is not None and (check.key.bits or 0) > SECOND_OPINION_MAX_KEY_BITS:
        return "key-size"
    return _NOT_ASKED.get(check.code or "", "")


def _compare(message: Message, check: DkimCheck, word: Word) -> SecondOpinion:
    """Our result and dkimpy's word side by side."""
    if (check.result is Result.PASS) == word.passes:
        return SecondOpinion(check.index, Opinion.AGREES)
    known = known_deviation(message, check, word)
    if known:
        return SecondOpinion(check.index, Opinion.KNOWN_DEVIATION, known)
    return SecondOpinion(check.index, Opinion.DISAGREES, word.text)


@dataclass(frozen=True, slots=True)
class _Answers:
    """The function dkimpy asks for keys: our answers, of several records the one that we chose."""

    ask: Lookup
    check: DkimCheck

    def __call__(self, name: bytes, timeout: int = 5) -> bytes | None:  # noqa: ARG002  dkimpy gives it
        """The record at `name`, None when there is none or it cannot be had."""
        domain = to_ascii(name.decode("utf-8", "replace"))
        texts = () if domain is None else self.ask(Question(domain, "TXT")).texts
        chosen = self.check.key.record if self.check.key is not None else None
        wanted = (text for text in texts if text.decode("utf-8", "replace") == chosen)
        return next(wanted, texts[0] if texts else None)


def _ask_dkimpy(message: Message, check: DkimCheck, ask: Lookup) -> Word:
    """What dkimpy says of this signature; a crash of it is a word too."""
    import dkim

    try:
        verifier = dkim.DKIM(message.raw.octets, logger=_SILENT)
        return Word(passes=bool(verifier.verify(idx=check.index, dnsfunc=_Answers(ask, check))))
    except Exception as error:  # noqa: BLE001  a library's door: it is known to raise nearly anything (engine.md 2)
        return Word(passes=False, error=type(error).__name__, text=f"{type(error).__name__}: {error}"[:200])
