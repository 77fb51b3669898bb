"""`headerlens --self-test`: every part that a packaged program could have lost is used once, offline.

One line for each part, `ok PART: words` or `FAILED PART: words`, and one at the end. The packaging gate
(packaging/installers/selftest.py) knows the parts by name and fails at a line it does not know.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from time import monotonic

from headerlens.cli.self_test_engine import AFTER_THE_WINDOW
from headerlens.cli.self_test_engine import PARTS as OF_ENGINE
from headerlens.cli.self_test_files import PARTS as OF_FILES
from headerlens.model.proof import Broken, Part
from headerlens.samples import Sample, samples

MOST_WORDS = 300
"""Characters of a line: an error may carry a whole file in its text."""


def self_test(window: Callable[[], Iterable[Part]]) -> int:
    """Print a line for each part; 0 when all of them hold, else 1. `window` gives the parts that need Qt's widgets."""
    began, failed, count = monotonic(), 0, 0
    for part in _parts(window):
        count += 1
        failed += not _try(part)
    spent = f"{monotonic() - began:.1f} s"
    print(f"self-test: FAILED ({failed} of {count} parts, {spent})" if failed else f"self-test: ok ({count} parts)")
    return 1 if failed else 0


def _parts(window: Callable[[], Iterable[Part]]) -> Iterable[Part]:
    yield from OF_FILES
    yield from (_example(one) for one in samples())
    yield from OF_ENGINE
    try:
        yield from window()
    except Exception as error:  # noqa: BLE001  without Qt's libraries the import itself fails
        yield Part("window en", _raising(error))
    yield from AFTER_THE_WINDOW


def _try(part: Part) -> bool:
    """Do what the part does and say what came of it."""
    try:
        words, good = part.prove(), True
    except Exception as error:  # noqa: BLE001  whatever is missing raises whatever it likes
        kind = "" if isinstance(error, Broken) else f"{type(error).__name__}: "
        words, good = f"{kind}{error}", False
    line = " ".join(words.split())[:MOST_WORDS] or "no words"
    print(f"{'ok' if good else 'FAILED'} {part.name}: {line}")
    sys.stdout.flush()  # Qt may end the process in the next part, and this line tells how far it came
    return good


def _raising(error: Exception) -> Callable[[], str]:
    def prove() -> str:
        raise error

    return prove


def _example(sample: Sample) -> Part:
    """The verdict of a shipped example, over the answers recorded for it."""

    def prove() -> str:
        from headerlens.pipeline import analyse

        case = analyse(sample.message(), sample.lookup(), sample.checked_at, choices=sample.choices)
        found = (str(case.judgement.level), case.judgement.situation)
        if found != sample.expect:
            raise Broken(f"expected {' '.join(sample.expect)}, found {' '.join(found)}")
        return " ".join(found)

    return Part(f"example {sample.name}", prove)
