"""What the search for causes of header and body costs: one that finds them, and one that gives up.

Run `python -m tests.benchmarks.bench_causes_whole` from the root of the checkout. Not run by CI.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from headerlens.causes.search import prove
from headerlens.model.message import BodyState
from headerlens.verify.dkim import check_dkim
from tests.support.signing import MAIL, answers, read, sign, zone_for

NOW = datetime(2026, 11, 21, tzinfo=UTC)
ROUNDS = 3
NAMES = ("from", "to", "subject", "date", "message-id")
FOOTER = b"\r\n-- \r\nThis message was scanned.\r\n"
CHANGES = (
    ("tag and footer", b"Subject: ", b"Subject: [EXTERNAL] ", FOOTER),
    ("a word of the subject", b"dinner", b"supper", b""),
    ("a word of the body", b"hungry", b"thirsty", b""),
)


def main() -> None:
    """One line per kind of key, canonicalisation and change; the time is that of the processor."""
    for key in ("rsa2048", "ed25519"):
        for how in ("relaxed/relaxed", "simple/simple"):
            signed = sign(MAIL, key, canonicalization=how, names=NAMES)
            for name, old, new, behind in CHANGES:
                _tell(signed.replace(old, new, 1) + behind, key, f"{key:8} {how[:7]:8} {name:24}")


def _tell(octets: bytes, key: str, label: str) -> None:
    message = read(octets)
    checks = check_dkim(message, answers(zone_for(key)), at=None, now=NOW, body=BodyState.COMPLETE)
    best = float("inf")
    for _ in range(ROUNDS):
        begun = time.process_time()
        causes = prove(message, checks)
        best = min(best, time.process_time() - begun)
    found = "; ".join(change.kind for cause in causes for change in cause.changes) or "nothing"
    print(f"{label} {best * 1000:8.1f} ms  {found}")


if __name__ == "__main__":
    main()
