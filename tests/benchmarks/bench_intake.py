"""Shows that reading and restoring stay linear; run `python -m tests.benchmarks.bench_intake`.

Each input is taken twice, n and 2n octets long, through the repairs and the undoings that a body hash judges. An
argument picks by name. What is longer than the limit of a message is cut to it.
"""

from __future__ import annotations

import gc
import sys
import time
from collections.abc import Callable

from headerlens.model.limits import MAX_MESSAGE_OCTETS
from headerlens.reading import open_octets

SIGNATURE = (
    b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/%s; d=example.com; s=s1; h=from; bh="
    + b"A" * 43 + b"=; b=" + b"A" * 342 + b"==\r\n"
)  # fmt: skip
HEAD = (
    b"Received: from a.example.com by mx.example.net; Sat, 21 Nov 2026 08:00:00 +0000\r\n"
    b"From: Joe <joe@example.com>\r\nTo: suzie@example.net\r\nSubject: x\r\nDate: Sat, 21 Nov 2026 08:00:00 +0000\r\n"
)
LINE = b"The quick brown fox  jumps over the lazy dog. \t And again.  \r\n"
TRACES = (
    b">From x\r\n>>From y\r\n..dots\r\n&lt;b&gt;\r\na\xc2\xa0b\xc2\xad\r\n--\r\n$B;3ED(B\r\ncaf\xc3\xa9\r\none\rtwo\r\n"
)


def many(piece: bytes, size: int) -> bytes:
    return piece * (size // len(piece))


def mail(body: bytes, how: bytes = b"relaxed", header: bytes = b"") -> bytes:
    return SIGNATURE % how + HEAD + header + b"\r\n" + body


def lf(octets: bytes) -> bytes:
    return octets.replace(b"\r\n", b"\n")


def quoted(octets: bytes) -> bytes:
    return b"".join(b"> " + line for line in octets.splitlines(keepends=True))


INPUTS: dict[str, tuple[int, Callable[[int], bytes]]] = {
    "plain text, pasted": (25_000_000, lambda n: lf(HEAD + b"\r\n" + many(LINE, n))),
    "signed text that does not match": (25_000_000, lambda n: lf(mail(many(LINE, n)))),
    "signed text with a trace of everything": (12_000_000, lambda n: mail(many(TRACES, n))),
    "the same under simple": (12_000_000, lambda n: mail(many(TRACES, n), b"simple")),
    "every line quoted for an mbox": (12_000_000, lambda n: mail(many(b">From x\r\n", n))),
    "one line of > in the body": (12_000_000, lambda n: mail(b">" * n + b"From \r\n>From x\r\n")),
    "lone CRs": (30_000_000, lambda n: b"\r" * n),
    "a mail of lone CRs": (30_000_000, lambda n: HEAD.replace(b"\r\n", b"\r") + b"\r" * n),
    "every line doubled": (25_000_000, lambda n: lf(HEAD + b"\r\n" + many(LINE, n)).replace(b"\n", b"\n\n")),
    "every line quoted": (25_000_000, lambda n: quoted(lf(HEAD + b"\r\n" + many(LINE, n)))),
    "quoted lines before": (25_000_000, lambda n: many(b"> word\n", n) + quoted(lf(HEAD))),
    "half a million header lines": (500_000, lambda n: HEAD + b"X: y\r\n" * n),
    "half a million lines without indent": (500_000, lambda n: HEAD + b"by host\r\n" * n + b"\r\nx\r\n"),
    "half a million lines of h=": (500_000, lambda n: SIGNATURE.replace(b"bh", b"h=x") % b"simple" + b"a:b\r\n" * n),
    "on one line": (25_000_000, lambda n: (HEAD + many(LINE, n)).replace(b"\r\n", b" ")),
    "field names on one line": (25_000_000, lambda n: b"Received: from x From: y To: z " + many(b"X-Abc: d ", n)),
    "escaped": (25_000_000, lambda n: (HEAD + b"\r\n" + many(LINE, n)).replace(b"<", b"&lt;").replace(b" ", b"&#32;")),
    "a saved page": (25_000_000, lambda n: b"<html><pre>" + HEAD + b"\r\n" + many(b"&lt;b&gt;\r\n", n) + b"</pre>"),
    "a page of <pre>": (25_000_000, lambda n: b"<html>" + many(b"<pre>x ", n)),
    "a page of <script>": (25_000_000, lambda n: b"<html>" + many(b"<script> ", n)),
    "a page of <": (25_000_000, lambda n: b"<html>" + b"<" * n),
    "fields and empty lines": (25_000_000, lambda n: many(b"X-Abc: d\r\n\r\n", n)),
    "prose": (25_000_000, lambda n: many(b"Dear all, this is: nothing <b> more &lt; than > text\r\n", n)),
    "a column of numbers": (25_000_000, lambda n: many(b"1 a: b\r\n", n)),
    "blanks": (25_000_000, lambda n: b"x" + b" " * n + b"x"),
    "no-break spaces": (25_000_000, lambda n: HEAD + b"X: " + b"\xc2\xa0" * (n // 2) + b"\r\n\r\nx\r\n"),
    "raw Shift_JIS in From": (1_000_000, lambda n: HEAD + b"From: " + b"\x83\x5b" * (n // 2) + b"\r\n\r\nx\r\n"),
    "raw Shift_JIS in 10,000 fields": (10_000, lambda n: HEAD + b"X: \x83\x56\x83\x87\x83\x62\r\n" * n + b"\r\nx\r\n"),
}  # fmt: skip


def seconds(octets: bytes) -> float:
    """The better of two runs."""
    best = float("inf")
    for _ in range(2):
        gc.collect()
        start = time.process_time()
        open_octets(octets[:MAX_MESSAGE_OCTETS], "bench", pasted=True)
        best = min(best, time.process_time() - start)
    return best


def main() -> None:
    wanted = sys.argv[1:]
    for name, (size, make) in INPUTS.items():
        if wanted and not any(word in name for word in wanted):
            continue
        first, second = (max(seconds(make(each)), 1e-4) for each in (size, 2 * size))
        print(f"{name:45} {first * 1000:9.1f} ms {second * 1000:9.1f} ms  x{second / first:.1f}", flush=True)


if __name__ == "__main__":
    main()
