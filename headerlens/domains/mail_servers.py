"""Where mail to a domain goes: MX (RFC 5321 5.1), null MX (RFC 7505), names that lead nowhere."""

from __future__ import annotations

from headerlens.domains.answers import is_unanswered, values_of
from headerlens.model.dns import Answer, Lookup, Question
from headerlens.model.domain import MailServer, MxSetup
from headerlens.model.limits import MAX_MAIL_SERVERS


def inspect_mx(domain: str, ask: Lookup) -> MxSetup:
    """The mail servers in the order of preference. Never raises."""
    answer = ask(Question(domain, "MX"))
    if is_unanswered(answer):
        return MxSetup(answered=False)
    listed = servers_in(answer)
    nulls = [host for _preference, host in listed if not host]
    real = [(preference, host) for preference, host in listed if host]
    servers = tuple(_server(preference, host, ask) for preference, host in real)
    return MxSetup(answered=True, servers=servers, null=bool(nulls) and not real, mixed=bool(nulls) and bool(real))


def servers_in(answer: Answer) -> tuple[tuple[int, str], ...]:
    """Preference and host of each MX, sorted; the host of a null MX is ""."""
    found = []
    for value in values_of(answer)[:MAX_MAIL_SERVERS]:
        preference, _, host = value.partition(" ")
        number = int(preference) if preference.isascii() and preference.isdigit() and len(preference) < 6 else 0
        found.append((number, host.strip().strip(".")))
    return tuple(sorted(found))


def has_address(domain: str, ask: Lookup) -> bool | None:
    """Whether the name itself has an address, which takes the place of MX where there is none; None: no answer."""
    answers = [ask(Question(domain, rtype)) for rtype in ("A", "AAAA")]
    if any(answer.records for answer in answers):
        return True
    return None if any(map(is_unanswered, answers)) else False


def _server(preference: int, host: str, ask: Lookup) -> MailServer:
    answers = [ask(Question(host, rtype)) for rtype in ("A", "AAAA")]
    alias = next((answer.aliases[0] for answer in answers if answer.aliases), "")
    addresses = tuple(value for answer in answers for value in values_of(answer))
    if not addresses and any(map(is_unanswered, answers)):
        return MailServer(preference, host, alias, None)
    return MailServer(preference, host, alias, addresses)
