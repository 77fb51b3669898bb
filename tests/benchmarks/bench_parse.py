"""Shows that reading a mail takes linear time; run `python -m tests.benchmarks.bench_parse`."""

from __future__ import annotations

import time
from collections.abc import Callable

from headerlens.intake.files import read_octets
from headerlens.model.message import RawMessage
from headerlens.parse.message import parse

HEAD = b"Received: from a (b [192.0.2.1]) by c; Sat, 21 Nov 2026 08:20:00 +0000\r\nFrom: a@b\r\nSubject: x\r\n"
INTAKE: dict[str, bytes] = {
    "lines of a body": HEAD + b"\r\n",
    "line feeds": b"\n",
    "carriage returns": b"\r",
    "mixed line ends": b"\r\n\n\r",
    "quoted fields": b"> a: b\n",
    "field names": b"a:\n",
    "page rows": b"X-a: b\nspf: x\n",
    "code fences": b"```\n",
    "opening <pre>": b"<pre>",
    "escapes": b"&lt;",
    "From lines": b"From a: 2026\n",
    "folds": b" \n",
}
FIELDS: dict[str, bytes] = {
    "commas": b"a,",
    "at signs": b"a@",
    "colons": b"@:",
    "opening parentheses": b"(",
    "opening quotes": b'\\"',
    "opening angles": b"<",
    "opening brackets": b"[",
    "opening encoded words": b"=?u?q?",
    "encoded words": b"=?utf-8?q?a?= ",
    "comments": b"()",
    "words": b"a ",
    "dots": b". ",
}


def seconds(work: Callable[[], object]) -> float:
    """The best of three runs."""
    best = float("inf")
    for _ in range(3):
        start = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - start)
    return best


def compare(name: str, make: Callable[[int], bytes], run: Callable[[bytes], object], size: int) -> None:
    """Print the time for one and for two times the size, and the factor between."""
    single, double = make(size), make(2 * size)
    first, second = seconds(lambda: run(single)), seconds(lambda: run(double))
    print(f"{name:45} {first * 1000:9.1f} ms {second * 1000:9.1f} ms  x{second / max(first, 1e-9):.1f}")


def main() -> None:
    """All comparisons."""
    for name, piece in INTAKE.items():
        for head in (b"", HEAD):
            compare(
                f"intake, {name}{', after a header' if head else ''}",
                lambda size, piece=piece, head=head: head + piece * (size // len(piece)),  # type: ignore[misc]
                lambda octets: read_octets(octets, "x"),
                4 * 1024 * 1024,
            )
    for field in (b"From", b"Received", b"Subject", b"Date", b"Return-Path", b"Authentication-Results"):
        for name, piece in FIELDS.items():
            compare(
                f"{field.decode()}, {name}",
                lambda size, piece=piece, field=field: field + b": " + piece * (size // len(piece)) + b"\r\n",  # type: ignore[misc]
                lambda octets: parse(RawMessage(octets, "x")),
                24 * 1024,
            )


if __name__ == "__main__":
    main()
