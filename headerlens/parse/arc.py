"""The sets of an ARC chain put together from their three fields each (RFC 8617 4.1, 4.2); no judgement of the chain."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from headerlens.model.limits import MAX_ARC_SETS
from headerlens.model.message import HeaderField
from headerlens.model.records import ArcSet, DkimSignature, Fault
from headerlens.parse.authres import parse_recorded
from headerlens.parse.dkim import parse_signature

RESULTS = "arc-authentication-results"
MESSAGE_SIGNATURE = "arc-message-signature"
SEAL = "arc-seal"

_WHITE = r"[ \t\r\n]*"
_LEADING_INSTANCE = re.compile(rf"{_WHITE}i{_WHITE}={_WHITE}([0-9]{{1,4}}){_WHITE};".encode())


@dataclass(slots=True)
class _Gathered:
    """What was found of one instance so far: the first field of each kind."""

    results: HeaderField | None = None
    message_signature: DkimSignature | None = None
    seal: DkimSignature | None = None
    extra: int = 0
    faults: list[Fault] = field(default_factory=list)


def parse_arc(fields: Iterable[HeaderField]) -> tuple[ArcSet, ...]:
    """The sets in the order of their instances, () without an ARC field; never raises.

    A field whose i= cannot be read, or is 0, goes to a set of instance 0, whose presence breaks the chain. Of two
    fields of one kind the upper is kept and the other counted in `extra`. At most one set more than RFC 8617 4.2.1
    allows is given back.
    """
    gathered: dict[int, _Gathered] = {}
    for item in fields:
        if item.key == RESULTS:
            _take_results(gathered, item)
        elif item.key == MESSAGE_SIGNATURE:
            _take_message_signature(gathered, parse_signature(item, arc="ams"))
        elif item.key == SEAL:
            _take_seal(gathered, parse_signature(item, arc="seal"))
    instances = sorted(gathered)[: MAX_ARC_SETS + 1]
    return tuple(_set(instance, gathered[instance]) for instance in instances)


def _take_results(gathered: dict[int, _Gathered], item: HeaderField) -> None:
    """An ARC-Authentication-Results field: its i= must come first (4.1.1)."""
    match = _LEADING_INSTANCE.match(item.body)
    place = gathered.setdefault(int(match[1]) if match else 0, _Gathered())
    if match is None:
        place.faults.append(Fault("arc.instance", item.name, item.start, item.end))
    if place.results is None:
        place.results = item
    else:
        place.extra += 1


def _take_message_signature(gathered: dict[int, _Gathered], signature: DkimSignature) -> None:
    place = gathered.setdefault(signature.instance or 0, _Gathered())
    if place.message_signature is None:
        place.message_signature = signature
    else:
        place.extra += 1


def _take_seal(gathered: dict[int, _Gathered], signature: DkimSignature) -> None:
    place = gathered.setdefault(signature.instance or 0, _Gathered())
    if place.seal is None:
        place.seal = signature
    else:
        place.extra += 1


def _set(instance: int, found: _Gathered) -> ArcSet:
    """The finished set with the faults of its three fields."""
    signed = (found.message_signature, found.seal)
    faults = [fault for signature in signed if signature is not None for fault in signature.faults]
    return ArcSet(
        instance=instance,
        results=None if found.results is None else parse_recorded(found.results),
        message_signature=found.message_signature,
        seal=found.seal,
        cv=_claimed(found.seal),
        extra=found.extra,
        faults=(*found.faults, *faults),
    )


def _claimed(seal: DkimSignature | None) -> str:
    """cv= in lower case, "" when it is none of the three words (4.1.3)."""
    claimed = "" if seal is None else (seal.tags.get("cv") or "").lower()
    return claimed if claimed in {"none", "pass", "fail"} else ""
