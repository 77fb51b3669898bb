"""How long a whole analysis takes without waiting for DNS, beside dkimpy's check of the same signatures alone.

Run `python -m tests.benchmarks.bench_mails` from the root of the checkout. Not run by CI.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from functools import partial

import dkim

from headerlens.model.dns import Question
from headerlens.pipeline import analyse
from headerlens.samples import samples

ROUNDS = 40


def milliseconds(work: Callable[[], object]) -> float:
    """The best of some rounds: what the work costs when nothing else runs."""
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best * 1000


def main() -> None:
    """One line per shipped example."""
    for one in samples():
        raw, ask = one.message(), one.lookup()

        def look_up(name: bytes, timeout: float = 5, ask: object = ask) -> bytes | None:  # noqa: ARG001  dkimpy's form
            assert callable(ask)
            texts = ask(Question(name.decode().rstrip("."), "TXT")).texts
            return bytes(texts[0]) if texts else None

        def second(octets: bytes = raw.octets, ask: Callable[..., bytes | None] = look_up) -> None:
            for index in range(octets.count(b"DKIM-Signature:")):
                with contextlib.suppress(dkim.DKIMException):
                    dkim.DKIM(octets).verify(idx=index, dnsfunc=ask)

        whole = milliseconds(partial(analyse, raw, ask, one.checked_at, choices=one.choices))
        print(f"{one.name:14} whole analysis {whole:6.1f} ms   dkimpy, signatures only {milliseconds(second):6.1f} ms")


if __name__ == "__main__":
    main()
