"""The records a service asks its customer for, with the names filled in that the mail shows (inputs.md 6).

Nothing is invented: what a template needs and the mail does not show stays out, and a value that only the service's own
screen has is "".
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from headerlens.parse.spf import is_spf, parse_spf
from headerlens.providers.knowledge import Service, ServiceRecord
from headerlens.providers.patterns import match

_NAME = re.compile(r"\{([a-z]+)\}")


def filled(template: str, values: Mapping[str, str]) -> str:
    """The template with its values, "" where one of them is not known."""
    wanted = set(_NAME.findall(template))
    return _NAME.sub(lambda found: values[found[1]], template) if wanted <= values.keys() else ""


def key_names(service: Service, domain: str) -> tuple[str, ...]:
    """DKIM records whose whole name is known beforehand, as "CNAME name"; () where the selector is the account's."""
    records = (record for record in service.records if record.purpose == "dkim" and record.name)
    named = ((record.rtype, filled(record.name, {"domain": domain})) for record in records)
    return tuple(f"{rtype} {name}" for rtype, name in named if name)


def key_type(service: Service, selector: str) -> str:
    """The type of the key record at a selector, TXT or CNAME; "" where it is not established."""
    records = [record for record in service.records if record.purpose == "dkim"]
    fitting = [record for record in records if _fits(record, selector)] or records
    kinds = {record.rtype for record in fitting}
    return kinds.pop() if len(kinds) == 1 else ""


def _fits(record: ServiceRecord, selector: str) -> bool:
    label = record.name.partition("._domainkey.")[0]
    return bool(label) and "{selector}" not in label and match(label, selector) is not None


def lists_service(service: Service, spf_record: str) -> bool:
    """Whether an SPF record names one of the service's lists itself."""
    wanted = {name.lower() for name in service.includes}
    terms = (term.text.lstrip("+-~?").lower().rstrip(".") for term in parse_spf(spf_record))
    return any(text.partition(":")[2] in wanted for text in terms if text.startswith("include:"))


def with_include(spf_record: str, include: str) -> str | None:
    """The record with one more include, before what ends it; None where it cannot be read or holds redirect=."""
    terms = parse_spf(spf_record)
    if not is_spf(spf_record.encode("utf-8", "replace")) or any(term.fault for term in terms):
        return None
    if any(term.kind == "redirect" for term in terms):
        return None
    words = [term.text for term in terms]
    end = next((at for at, term in enumerate(terms) if term.kind == "all"), len(words))
    return " ".join(["v=spf1", *words[:end], f"include:{include}", *words[end:]])


def first_spf(service: Service) -> str:
    """The whole SPF record where the service gives one for a domain that has none, else ""."""
    found = (record.value for record in service.records if record.purpose == "spf")
    return next((value for value in found if value.startswith("v=spf1 ")), "")
