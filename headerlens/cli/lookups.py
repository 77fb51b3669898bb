"""Where the command line gets its DNS answers from."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from headerlens.cli.options import WrongUsage
from headerlens.dns.live import LiveOptions, live_lookup, offline_lookup
from headerlens.dns.recorded import load_evidence
from headerlens.model.dns import Lookup
from headerlens.model.limits import MAX_MESSAGE_OCTETS
from headerlens.model.progress import Cancelled


class Asking(Protocol):
    """The options that say who answers."""

    @property
    def servers(self) -> tuple[str, ...]: ...  # noqa: D102  see cli.options
    @property
    def doh(self) -> str | None: ...  # noqa: D102  see cli.options
    @property
    def timeout(self) -> float: ...  # noqa: D102  see cli.options
    @property
    def offline(self) -> bool: ...  # noqa: D102  see cli.options
    @property
    def evidence(self) -> Path | None: ...  # noqa: D102  see cli.options


def answers_of(options: Asking) -> Callable[[Cancelled], Lookup]:
    """What makes a lookup for each message: the deadline of a live one begins with its first question."""
    if options.evidence is not None:
        recorded = _recorded(options.evidence)
        return lambda _cancelled: recorded
    if options.offline:
        return lambda _cancelled: offline_lookup()
    live = LiveOptions(servers=options.servers, timeout=options.timeout, doh=options.doh)
    return lambda cancelled: live_lookup(live, cancelled)


def _recorded(path: Path) -> Lookup:
    try:
        # a pipe or device could keep the program reading for ever
        if path.exists() and not path.is_file():
            raise WrongUsage(f"{path} is no file")
        with path.open("rb") as stream:
            octets = stream.read(MAX_MESSAGE_OCTETS + 1)
        if len(octets) > MAX_MESSAGE_OCTETS:
            raise WrongUsage(f"{path} is too large for DNS evidence")
        return load_evidence(octets.decode("utf-8"))
    except OSError as wrong:
        raise WrongUsage(f"{path} cannot be read: {wrong.strerror}") from wrong
    except UnicodeDecodeError as wrong:
        raise WrongUsage(f"{path} is no UTF-8 text") from wrong
