"""Loads and checks the facts of resources/catalogue: what kinds of findings and situations there are."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from headerlens.assets import asset
from headerlens.model.findings import Confidence, Severity

ACTORS = frozenset({"sender-dns", "sending-service", "forwarder", "receiver", "reader", "nobody"})
KINDS = frozenset({
    "domain", "label", "text", "number", "ip", "address", "receiver", "phrase", "date", "ready", "service",
})  # fmt: skip


class BadCatalogue(Exception):  # noqa: N818  it is a broken installation, not an error of the message
    """A catalogue file of this program is damaged; no message can cause it."""


@dataclass(frozen=True, slots=True)
class Entry:
    """The facts of one kind of finding. `params` maps each parameter to its kind; `hides` are ids of consequences."""

    id: str
    code: str
    severity: Severity
    confidence: Confidence
    actor: str
    source: tuple[str, ...]
    params: Mapping[str, str] = field(default_factory=dict)
    hides: tuple[str, ...] = ()
    notice: bool = False
    since: str = "0.1"


@dataclass(frozen=True, slots=True)
class Situation:
    """The facts of one situation of the verdict."""

    id: str
    params: Mapping[str, str]
    variants: tuple[str, ...]


@lru_cache(maxsize=1)
def entries() -> Mapping[str, Entry]:
    """Every kind of finding by id."""
    return {identifier: _entry(identifier, table) for identifier, table in read_table("findings.toml").items()}


@lru_cache(maxsize=1)
def situations() -> Mapping[str, Situation]:
    """Every situation by id."""
    return {
        identifier: Situation(identifier, _kinds(identifier, table), tuple(table["variants"]))
        for identifier, table in read_table("situations.toml").items()
    }


@lru_cache(maxsize=1)
def receivers() -> Mapping[str, str]:
    """Names of receivers by the host or authserv-id they write."""
    return {str(host): str(name) for host, name in read_table("receivers.toml").items()}


def friendly_receiver(name: str) -> str:
    """What people call the receiver `name` ("Gmail" for mx.google.com); `name` itself when it is in no table."""
    known = receivers()
    labels = name.lower().split(".")
    tails = (".".join(labels[start:]) for start in range(len(labels)))
    return next((known[tail] for tail in tails if tail in known), name)


def read_table(name: str) -> dict[str, Any]:
    """One TOML file of the catalogue."""
    try:
        return tomllib.loads(asset("catalogue", name).read_text("utf-8"))
    except (OSError, ValueError) as trouble:
        raise BadCatalogue(name) from trouble


def _entry(identifier: str, table: dict[str, Any]) -> Entry:
    if table.get("actor") not in ACTORS:
        raise BadCatalogue(identifier)
    try:
        return Entry(
            id=identifier,
            code=table["code"],
            severity=Severity(table["severity"]),
            confidence=Confidence(table["confidence"]),
            actor=table["actor"],
            source=tuple(table["source"]),
            params=_kinds(identifier, table),
            hides=tuple(table.get("hides", ())),
            notice=table.get("notice", False),
            since=table.get("since", "0.1"),
        )
    except (KeyError, ValueError) as trouble:
        raise BadCatalogue(identifier) from trouble


def _kinds(identifier: str, table: dict[str, Any]) -> Mapping[str, str]:
    params: dict[str, str] = table.get("params", {})
    if not KINDS.issuperset(params.values()):
        raise BadCatalogue(identifier)
    return params
