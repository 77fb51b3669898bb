"""What is established about each sending service: resources/providers, one TOML file each (inputs.md 6).

`index.txt` says which files matter for a domain, so that a mail costs the reading of one or two of them; it is plain
text because tomllib would take longer over it than over the files. An empty field means "not established", never
"none".
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from headerlens.assets import asset
from headerlens.parse.names import labels
from headerlens.providers.patterns import BadPattern, compiled

KINDS = ("service", "forwarder", "mailbox", "gateway")
"""In the order of naming where one mail shows several: who sent it comes before what handled it."""

ALIGNMENTS = frozenset({"never", "from-address", "custom-return-path", "unknown"})
PURPOSES = frozenset({"dkim", "spf", "mx", "dmarc", "ownership", "return-path"})

_GROUPS = frozenset({"border", "signing", "spf", "publish", "failures"})
_FIELDS = {
    "": {"kind", "as_of", "name", *_GROUPS},
    "name": {"en", "ja"},
    "border": {"own", "hosts", "return_paths", "rewritten_from", "shape_decides", "measured", "sources"},
    "signing": {"domains", "selectors", "regions", "canonicalization", "sources"},
    "spf": {"aligns", "includes", "asked_includes", "sources"},
    "publish": {"console", "contact", "wording", "records", "sources"},
    "failures": {"known", "sources"},
}
_DIGITS = re.compile(r"[0-9]+")


class BadService(Exception):  # noqa: N818  it is a broken installation, not an error of the message
    """A provider file of this program is damaged; no message can cause it."""


@dataclass(frozen=True, slots=True)
class ServiceRecord:
    """One record the customer publishes; `name` and `value` are templates with {domain}, {selector}, {region}, {token}.

    `name` is "" where it is not established; `value` is "" where it has to be copied from the service's own screen.
    """

    purpose: str
    rtype: str
    name: str = ""
    value: str = ""


@dataclass(frozen=True, slots=True)
class Service:
    """The facts about one service; patterns are those of `providers.patterns`.

    `own` are domains that belong to it with everything below; `hosts` are names of its sending servers, `return_paths`
    shapes of its envelope senders, `signing` the d= of its own signatures, `selectors` those of its customers' keys.
    `shape_decides` means that the shape of the return path is needed beside a proof; `rewritten_from` are domains it
    puts into From instead of an unauthenticated one. `aligns` says whether SPF can ever
    speak for the customer. `console` is where the switch is, in the words of the service's own screens; `contact` is
    whom to write to, with the `wording` the service asks for.
    """

    id: str
    kind: str
    as_of: date
    names: Mapping[str, str]
    own: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    return_paths: tuple[str, ...] = ()
    shape_decides: bool = False
    rewritten_from: tuple[str, ...] = ()
    signing: tuple[str, ...] = ()
    selectors: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    canonicalization: str = ""
    aligns: str = "unknown"
    includes: tuple[str, ...] = ()
    console: str = ""
    contact: str = ""
    wording: str = ""
    records: tuple[ServiceRecord, ...] = ()
    failures: tuple[str, ...] = ()
    sources: Mapping[str, tuple[str, ...]] | None = None


@lru_cache(maxsize=1)
def services() -> Mapping[str, Service]:
    """Every service by id; all files are read. Raises BadService for a damaged installation."""
    names = (entry.name for entry in asset("providers").iterdir())
    ids = sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml"))
    return {identifier: service(identifier) for identifier in ids}


@lru_cache(maxsize=128)
def service(identifier: str) -> Service:
    """The facts about one service. Raises BadService where there is no sound file of this name."""
    table = _read(f"{identifier}.toml")
    try:
        return _service(identifier, table)
    except (KeyError, TypeError, AttributeError, BadPattern) as trouble:
        raise BadService(identifier) from trouble


def service_name(identifier: str, language: str) -> str:
    """What the service is called in a language."""
    return service(identifier).names[language]


def known_for(domain: str) -> tuple[str, ...]:
    """Ids of the services that a name may belong to; () for nearly all names."""
    index, parts = _index(), labels(domain)
    tails = [".".join(parts[at:]) for at in range(len(parts))]
    found = [one for tail in tails for key in (tail, _DIGITS.sub("N", tail)) for one in index.get(key, ())]
    return tuple(dict.fromkeys(found))


def known_for_all() -> tuple[str, ...]:
    """Ids of what has no names of its own: mailing list software runs anywhere."""
    return _index().get("*", ())


@lru_cache(maxsize=1)
def _index() -> Mapping[str, tuple[str, ...]]:
    lines = (line.split() for line in _text("index.txt").splitlines() if not line.startswith("#"))
    return {words[0]: tuple(words[1:]) for words in lines if words}


def _read(name: str) -> dict[str, Any]:
    try:
        return tomllib.loads(_text(name))
    except ValueError as trouble:
        raise BadService(name) from trouble


def _text(name: str) -> str:
    try:
        return asset("providers", name).read_text("utf-8")
    except (OSError, ValueError) as trouble:
        raise BadService(name) from trouble


def _service(identifier: str, table: dict[str, Any]) -> Service:
    _check_fields(identifier, table)
    border, signing = table.get("border", {}), table.get("signing", {})
    spf, publish = table["spf"], table.get("publish", {})
    made = Service(
        id=identifier,
        kind=table["kind"],
        as_of=table["as_of"],
        names={language: table["name"][language] for language in ("en", "ja")},
        own=tuple(border.get("own", ())),
        hosts=tuple(border.get("hosts", ())),
        return_paths=tuple(border.get("return_paths", ())),
        shape_decides=border.get("shape_decides", False),
        rewritten_from=tuple(border.get("rewritten_from", ())),
        signing=tuple(signing.get("domains", ())),
        selectors=tuple(signing.get("selectors", ())),
        regions=tuple(signing.get("regions", ())),
        canonicalization=signing.get("canonicalization", ""),
        aligns=spf["aligns"],
        includes=tuple(spf.get("includes", ())),
        console=publish.get("console", ""),
        contact=publish.get("contact", ""),
        wording=publish.get("wording", ""),
        records=tuple(_record(one) for one in publish.get("records", ())),
        failures=tuple(table.get("failures", {}).get("known", ())),
        sources={group: tuple(table[group]["sources"]) for group in sorted(_GROUPS & table.keys())},
    )
    _check(made)
    return made


def _record(table: dict[str, str]) -> ServiceRecord:
    return ServiceRecord(table["purpose"], table["type"], table.get("name", ""), table.get("value", ""))


def _check_fields(identifier: str, table: dict[str, Any]) -> None:
    """A misspelt field would be a fact that nobody hears of."""
    for group, allowed in _FIELDS.items():
        present = table if not group else table.get(group, {})
        if not set(present) <= allowed:
            raise BadService(f"{identifier}: {sorted(set(present) - allowed)}")


def _check(made: Service) -> None:
    border = (*made.own, *made.hosts, *made.return_paths, *made.rewritten_from)
    patterns = (*border, *made.signing, *made.selectors, *made.includes)
    for pattern in patterns:
        compiled(pattern)
    sound = made.kind in KINDS and made.aligns in ALIGNMENTS and type(made.as_of) is date
    sourced = made.sources is not None and all(made.sources.values())
    if not sound or not sourced or not {record.purpose for record in made.records} <= PURPOSES:
        raise BadService(made.id)
