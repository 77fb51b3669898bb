"""The window's door to checking a domain. Like `engine`: every import of a room stands inside a function."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from headerlens.gui.engine import Asking
    from headerlens.model.dns import Lookup
    from headerlens.model.domain import DomainCase
    from headerlens.model.progress import Cancelled, Watcher
    from headerlens.present.domain_views import DomainView


@dataclass(frozen=True, slots=True)
class DomainRequest:
    """What is to be looked at: `domain` and `selectors` in A-labels, `provider` an id or ""."""

    domain: str
    selectors: tuple[str, ...] = ()
    provider: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form says; None for a field that cannot be understood."""

    domain: str | None
    selectors: tuple[str, ...] | None


class DomainEngine(Protocol):
    """What the page needs; tests put answers of their own in its place."""

    def typed(self, domain: str, selectors: str) -> Typed: ...  # noqa: D102  see LiveDomains
    def readable(self, domain: str) -> str: ...  # noqa: D102
    def services(self, language: str) -> tuple[tuple[str, str], ...]: ...  # noqa: D102
    def inspect(  # noqa: D102
        self, request: DomainRequest, asking: Asking, watcher: Watcher, *, stop_asking: Cancelled, cancelled: Cancelled
    ) -> DomainCase | None: ...
    def present(self, case: DomainCase, language: str, *, offline: bool) -> DomainView: ...  # noqa: D102
    def text(self, view: DomainView) -> str: ...  # noqa: D102


class LiveDomains:
    """The real one."""

    def typed(self, domain: str, selectors: str) -> Typed:
        """What was meant by two fields of a form; the name of a key record brings its selector along."""
        from headerlens.domains.entered import entered_domain, entered_selectors

        found, named = entered_domain(domain), entered_selectors(selectors)
        if found is not None and found.selector and named is not None:
            named = tuple(dict.fromkeys((found.selector, *named)))
        return Typed(None if found is None else found.domain, named)

    def readable(self, domain: str) -> str:
        """The domain as people write it."""
        from headerlens.parse.names import to_unicode
        from headerlens.present.harmless import harmless

        return harmless(to_unicode(domain))

    def services(self, language: str) -> tuple[tuple[str, str], ...]:
        """Id and name of each service whose records are known."""
        from headerlens.providers.asked import checkable
        from headerlens.providers.knowledge import service_name

        return tuple((one, service_name(one, language)) for one in checkable())

    def answers(self, asking: Asking, stop_asking: Cancelled) -> Lookup:
        """Who answers."""
        from headerlens.dns.live import LiveOptions, live_lookup, offline_lookup

        if asking.offline:
            return offline_lookup()
        options = LiveOptions(servers=asking.servers, timeout=asking.seconds, doh=asking.doh or None)
        return live_lookup(options, stop_asking)

    def inspect(
        self, request: DomainRequest, asking: Asking, watcher: Watcher, *, stop_asking: Cancelled, cancelled: Cancelled
    ) -> DomainCase | None:
        """The case; `stop_asking` ends the look-ups only. None when `cancelled` turned true."""
        from headerlens.model.progress import Stopped
        from headerlens.pipeline import inspect_domain

        try:
            return inspect_domain(
                request.domain,
                self.answers(asking, stop_asking),
                datetime.now(UTC),
                selectors=request.selectors,
                provider=request.provider,
                progress=watcher,
                cancelled=cancelled,
            )
        except Stopped:
            return None

    def present(self, case: DomainCase, language: str, *, offline: bool) -> DomainView:
        """The case in words."""
        from headerlens.present.domain import present_domain
        from headerlens.present.words import Words

        return present_domain(case, Words(language), offline=offline)

    def text(self, view: DomainView) -> str:
        """The answer as `headerlens domain` prints it, for a ticket or a mail."""
        from headerlens.report.domain import text_domain
        from headerlens.report.terminal import Style

        return text_domain(view, Style())
