"""The service a mail was sent through, as border facts show it (inputs.md 6)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ProviderEvidence:
    """One border fact: `kind` is "client-host", "helo", "return-path", "spf-include" or "dkim-domain".

    `providers.identify` says which of them prove a service and which only agree with it.
    """

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Provider:
    """A service that border facts prove. `values` are what the mail shows of it for advice: region, selector, token."""

    id: str
    name: str
    evidence: tuple[ProviderEvidence, ...]
    values: tuple[tuple[str, str], ...] = ()
