"""What a service asks a domain to publish, ready to be looked for; selectors that services are known to use."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from headerlens.model.domain import Inquiry, Wanted
from headerlens.providers.advice import filled
from headerlens.providers.knowledge import Service, ServiceRecord, service, services
from headerlens.providers.patterns import match

_ANYWHERE = (
    "default",
    "dkim",
    "mail",
    "selector",
    "key1",
    "s2048",
    "dkim1",
    "email",
    "x",
    "smtp",
    "mailer",
    "k",
    "sig1",
)
"""Selectors of mail servers that belong to no service: what OpenDKIM, cPanel, Plesk and iCloud begin with."""


def inquiry_for(domain: str, selectors: tuple[str, ...] = (), provider: str = "") -> Inquiry:
    """What is to be looked for at `domain`. Raises BadService for a `provider` that is not known."""
    if not provider:
        return Inquiry(domain, selectors, common_selectors=common_selectors())
    known = service(provider)
    wanted = tuple(_wanted(known, domain, selectors))
    return Inquiry(
        domain=domain,
        selectors=selectors,
        provider=provider,
        service_selectors=_service_selectors(known, wanted, domain),
        common_selectors=common_selectors(),
        wanted=wanted,
    )


@lru_cache(maxsize=1)
def common_selectors() -> tuple[str, ...]:
    """Selectors without a part of their own, of all services and of usual mail servers."""
    listed = [one for known in services().values() for one in known.selectors if _is_whole(one)]
    return tuple(dict.fromkeys((*listed, *_ANYWHERE)))


def checkable() -> tuple[str, ...]:
    """Ids of the services of which it is known what they ask for, in the order of their names."""
    known = [one for one in services().values() if one.records or one.includes]
    return tuple(one.id for one in sorted(known, key=lambda one: one.names["en"].lower()))


def _is_whole(pattern: str) -> bool:
    return not set("{}*N") & set(pattern)


def _service_selectors(known: Service, wanted: tuple[Wanted, ...], domain: str) -> tuple[str, ...]:
    ending = f"._domainkey.{domain}"
    names = [name for one in wanted if one.purpose == "dkim" for name in (one.name, *one.alternatives) if name]
    asked = [name.removesuffix(ending) for name in names if name.endswith(ending)]
    return tuple(dict.fromkeys(asked)) or tuple(one for one in known.selectors if _is_whole(one))


def _wanted(known: Service, domain: str, selectors: tuple[str, ...]) -> Iterator[Wanted]:
    has_spf = False
    for record in known.records:
        has_spf |= record.purpose == "spf"
        if record.purpose == "dkim":
            yield from _keys(known, record, domain, selectors)
        elif record.purpose == "spf":
            if known.aligns != "never":  # some guides ask for an include that can't count (inputs.md 6)
                yield _spf(known, record.value, domain)
        else:
            yield _other(record, domain)
    if not has_spf and known.includes and known.aligns == "from-address":
        yield _spf(known, "", domain)


def _spf(known: Service, value: str, domain: str) -> Wanted:
    named = [word.partition(":")[2] for word in value.split() if word.startswith("include:")]
    return Wanted("spf", "TXT", domain, value, tuple(dict.fromkeys((*named, *known.includes))))


def _other(record: ServiceRecord, domain: str) -> Wanted:
    """A name with a number of the account's own ("emN") is known to the console only."""
    name = filled(record.name, {"domain": domain}) if "N" not in record.name.partition(".")[0] else ""
    value = record.value.replace("{domain}", domain)
    return Wanted(record.purpose, record.rtype, name, value)


def _keys(known: Service, record: ServiceRecord, domain: str, selectors: tuple[str, ...]) -> Iterator[Wanted]:
    label = record.name.partition("._domainkey.")[0]
    if label and _is_whole(label):
        yield Wanted("dkim", record.rtype, filled(record.name, {"domain": domain}), record.value)
        return
    given = [(one, values) for one in selectors if (values := _values(label, one)) is not None]
    for selector, values in given:
        yield Wanted("dkim", record.rtype, f"{selector}._domainkey.{domain}", _value(record.value, values))
    if given:
        return
    names = [f"{label.replace('{region}', region)}._domainkey.{domain}" for region in known.regions]
    if "{region}" in label and names:
        yield Wanted("dkim", record.rtype, names[0], record.value, alternatives=tuple(names[1:]))
    else:
        yield Wanted("dkim", record.rtype, "", record.value)


def _values(label: str, selector: str) -> Mapping[str, str] | None:
    """What a given selector says about the open places of a record's name, None where it does not fit."""
    return {"selector": selector} if label in {"{selector}", ""} else match(label, selector)


def _value(template: str, values: Mapping[str, str]) -> str:
    for name, value in values.items():
        template = template.replace(f"{{{name}}}", value)
    return template
