"""What receivers ask of senders, as far as one mail shows it: notes, never a verdict (standards.md 5.5)."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from headerlens.assets import asset
from headerlens.findings.facts import Facts
from headerlens.findings.grounds import counting, has_record, never_delivered
from headerlens.model.limits import RSA_MIN_BITS
from headerlens.model.verdicts import DkimCheck, Identity, Result
from headerlens.verify.neighbours import one_click


class Met(StrEnum):
    """Whether this mail meets a rule."""

    YES = "yes"
    NO = "no"
    UNSEEN = "unseen"
    """The mail does not show it."""


@dataclass(frozen=True, slots=True)
class Receiver:
    """What one receiver asks. `rules` hold for all senders, `bulk` for bulk senders; `unseen` no mail can show."""

    id: str
    names: Mapping[str, str]
    rules: tuple[str, ...]
    bulk: tuple[str, ...]
    unseen: tuple[str, ...]
    since: str
    source: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ruling:
    """What became of each rule for one receiver; `bulk` likewise."""

    receiver: Receiver
    rules: tuple[tuple[str, Met], ...]
    bulk: tuple[tuple[str, Met], ...]


@dataclass(frozen=True, slots=True)
class Requirements:
    """The data file: its date and the receivers in their order."""

    as_of: str
    receivers: tuple[Receiver, ...]


@lru_cache(maxsize=1)
def requirements() -> Requirements:
    """What resources/requirements.toml says."""
    table = tomllib.loads(asset("requirements.toml").read_text("utf-8"))
    receivers = tuple(
        Receiver(
            id=one["id"],
            names=one["name"],
            rules=tuple(one["rules"]),
            bulk=tuple(one["bulk"]),
            unseen=tuple(one["unseen"]),
            since=one["since"],
            source=one["source"],
        )
        for one in table["receiver"]
    )
    return Requirements(table["as_of"], receivers)


def rule_on(facts: Facts) -> tuple[Ruling, ...]:
    """The rulings of all receivers, () where the mail was never delivered or has no sender to speak of."""
    if never_delivered(facts) or not facts.dmarc.author_domain:
        return ()
    return tuple(
        Ruling(
            one, tuple((rule, RULES[rule](facts)) for rule in one.rules), tuple((r, RULES[r](facts)) for r in one.bulk)
        )
        for one in requirements().receivers
    )


def _either(facts: Facts) -> Met:
    states = (_spf(facts), _dkim(facts))
    return Met.YES if Met.YES in states else Met.UNSEEN if Met.UNSEEN in states else Met.NO


def _both(facts: Facts) -> Met:
    states = (_spf(facts), _dkim(facts))
    return Met.NO if Met.NO in states else Met.UNSEEN if Met.UNSEEN in states else Met.YES


def _spf(facts: Facts) -> Met:
    """A pass for MAIL FROM, or for HELO where there is no return path (a bounce)."""
    if facts.spf.code in {"spf.no_ip", "spf.no_domain"} or facts.spf.result is Result.TEMPERROR:
        return Met.UNSEEN
    is_bounce = facts.spf.identity is Identity.HELO and not facts.spf.inputs.mail_from
    return (
        Met.YES
        if facts.spf.result is Result.PASS and (facts.spf.identity is Identity.MAILFROM or is_bounce)
        else Met.NO
    )


def _dkim(facts: Facts) -> Met:
    if any(check.result is Result.PASS for check in facts.dkim):
        return Met.YES
    return Met.UNSEEN if any(_is_open(check) for check in facts.dkim) else Met.NO


def _is_open(check: DkimCheck) -> bool:
    """A signature that could not be judged from this copy or today."""
    return check.code in {"body.missing", "sig.not_checked", "key.none"} or check.result is Result.TEMPERROR


def _record(facts: Facts) -> Met:
    if facts.dmarc.result is Result.TEMPERROR and not has_record(facts):
        return Met.UNSEEN
    return Met.YES if has_record(facts) and facts.dmarc.policy is not None else Met.NO


def _aligned(facts: Facts) -> Met:
    if counting(facts):
        return Met.YES
    return Met.UNSEEN if Met.UNSEEN in {_spf(facts), _dkim(facts)} else Met.NO


def _reverse(facts: Facts) -> Met:
    """The name the receiver found for the address; that it leads back again is seen by the receiver only."""
    border = facts.sender.border
    if border is None or not 0 <= border < len(facts.message.hops):
        return Met.UNSEEN
    return Met.YES if facts.message.hops[border].rdns else Met.UNSEEN


def _tls(facts: Facts) -> Met:
    border = facts.sender.border
    if border is None or not 0 <= border < len(facts.message.hops):
        return Met.UNSEEN
    hop = facts.message.hops[border]
    by_word = (hop.protocol or "").upper() in {"ESMTPS", "ESMTPSA", "UTF8SMTPS", "UTF8SMTPSA"}
    return Met.YES if hop.tls or by_word else Met.UNSEEN


def _one_from(facts: Facts) -> Met:
    return Met.YES if len(facts.message.from_fields) == 1 and len(facts.message.author) == 1 else Met.NO


def _key(facts: Facts) -> Met:
    bits = [check.key.bits for check in facts.dkim if check.key and check.key.bits and check.key.type == "rsa"]
    if not bits:
        return Met.YES if _dkim(facts) is Met.YES else Met.UNSEEN
    return Met.YES if min(bits) >= RSA_MIN_BITS else Met.NO


def _one_click(facts: Facts) -> Met:
    """Asked of advertising only: a mail without any way to unsubscribe may be none."""
    found = one_click(facts.message, facts.dkim)
    if found is None:
        return Met.UNSEEN
    return Met.YES if found.state == "covered" else Met.NO


def _exists(facts: Facts) -> Met:
    return {True: Met.YES, False: Met.NO, None: Met.UNSEEN}[facts.dmarc.author_exists]


RULES: Mapping[str, Callable[[Facts], Met]] = {
    "spf-or-dkim": _either,
    "spf-and-dkim": _both,
    "dmarc-record": _record,
    "aligned": _aligned,
    "authenticated": _aligned,
    "reverse-dns": _reverse,
    "tls": _tls,
    "one-from": _one_from,
    "key-1024": _key,
    "one-click": _one_click,
    "author-exists": _exists,
}
"""Every rule of the data file that a mail can show."""

UNSEEN = ("volume", "spam-rate", "consent")
"""What only the receiver or the sender can know."""
