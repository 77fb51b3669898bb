"""Records that are named and not judged: MTA-STS (RFC 8461), TLS-RPT (RFC 8460), BIMI; and wildcards."""

from __future__ import annotations

from headerlens.domains.answers import texts_at
from headerlens.model.dns import Lookup, Outcome, Question

OTHER_NAMES = {"mta-sts": "_mta-sts", "tls-rpt": "_smtp._tls", "bimi": "default._bimi"}
_VERSIONS = {"mta-sts": "v=stsv1", "tls-rpt": "v=tlsrptv1", "bimi": "v=bimi1"}


def inspect_others(domain: str, ask: Lookup) -> dict[str, str]:
    """Which of them stand there, each with its text."""
    found = {}
    for kind, label in OTHER_NAMES.items():
        texts = texts_at(f"{label}.{domain}", ask)
        text = next((one for one in texts if one.strip().lower().startswith(_VERSIONS[kind])), None)
        if text is not None:
            found[kind] = text
    return found


def wildcard_name(domain: str) -> str:
    """A name nobody publishes."""
    return f"headerlens-asks-whether-any-name-answers.{domain}"


def has_wildcard(domain: str, ask: Lookup) -> bool:
    """Whether any name below the domain has TXT."""
    return bool(ask(Question(wildcard_name(domain), "TXT")).records)


def domain_exists(domain: str, ask: Lookup) -> bool | None:
    """Whether DNS knows the name (RFC 8020: NXDOMAIN of any type is the name's); None without an answer."""
    outcomes = [ask(Question(domain, rtype)).outcome for rtype in ("TXT", "MX", "A")]
    if any(outcome in {Outcome.FOUND, Outcome.NO_DATA} for outcome in outcomes):
        return True
    return False if Outcome.NO_NAME in outcomes else None
