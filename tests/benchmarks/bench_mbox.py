"""A mailbox of 1 GB: how long listing it takes, what memory it costs, and Python's mailbox.mbox beside it on 100 MB.

Run `python -m tests.benchmarks.bench_mbox [FOLDER]` from the root of the checkout; FOLDER needs 1.2 GB. Not run by CI.
"""

from __future__ import annotations

import mailbox
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from headerlens.intake.containers import messages_in
from headerlens.intake.files import read
from headerlens.model.locator import Locator
from headerlens.model.message import RawMessage

LARGE, SMALL = 1_000_000_000, 100_000_000
"""Octets of the two mailboxes; the large one holds about 20,000 mails."""

_HEADER = (
    b"From sender%d@example.com Sat Nov 21 08:20:00 2026\nReturn-Path: <sender%d@example.com>\n"
    b"Received: from mx.example.com (mx.example.com [192.0.2.25])\n\tby mail.example.net with ESMTPS id %d;\n"
    b"\tSat, 21 Nov 2026 08:20:00 +0000\nFrom: Sender <sender%d@example.com>\nTo: reader@example.net\n"
    b"Subject: Message %d\nDate: Sat, 21 Nov 2026 08:20:00 +0000\nMessage-ID: <%d@example.com>\n"
    b"MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n"
)
_LINE = b"The quick brown fox jumps over the lazy dog, and From here on it is all about him.\n"


def write(path: Path, size: int, *, lengths: bool) -> int:
    """Make a mailbox of about `size` octets, one mail in 400 of 5 MB; how many mails it holds."""
    chance = random.Random(4)
    count = 0
    with path.open("wb") as stream:
        while stream.tell() < size:
            octets = 5_000_000 if count % 400 == 399 else int(chance.lognormvariate(10, 1))
            body = _LINE * (octets // len(_LINE) + 1)
            header = _HEADER % ((count,) * 6)
            if lengths:
                header = header[:-1] + b"Content-Length: %d\n\n" % len(body)
            stream.write(header + body + b"\n")
            count += 1
    return count


def ours(path: Path) -> str:
    """List everything, read every 1,000th."""
    begun = time.perf_counter()
    listed = [one for one in messages_in(path) if isinstance(one, Locator)]
    between = time.perf_counter()
    chosen = listed[::1000]
    taken = [read(one) for one in chosen]
    done = time.perf_counter()
    assert all(isinstance(one, RawMessage) for one in taken)
    return f"{len(listed)} mails listed in {between - begun:.2f} s, {len(chosen)} read in {done - between:.2f} s"


def pythons(path: Path) -> str:
    """The same by the standard library."""
    begun = time.perf_counter()
    box = mailbox.mbox(path)
    keys = box.keys()
    between = time.perf_counter()
    for key in keys[::1000]:
        box.get_bytes(key)
    return f"{len(keys)} mails listed in {between - begun:.2f} s, read in {time.perf_counter() - between:.2f} s"


def in_new_process(name: str, path: Path) -> None:
    """Run one of the two in a process of its own, so that its peak of memory is its own."""
    code = (
        "import resource, pathlib; from tests.benchmarks import bench_mbox as b; "
        f"told = b.{name}(pathlib.Path({str(path)!r})); "
        "print('  ', told, f'peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB')"
    )
    print(f"{name} on {path.name}, {path.stat().st_size / 1e6:.0f} MB", flush=True)
    subprocess.run([sys.executable, "-c", code], check=True)


def main(folder: str | None) -> None:
    """Both mailboxes, with and without Content-Length."""
    with tempfile.TemporaryDirectory(dir=folder) as where:
        for lengths in (False, True):
            for size in (SMALL, LARGE):
                path = Path(where) / f"{'mboxcl2' if lengths else 'mboxrd'}-{size // 1_000_000}"
                count = write(path, size, lengths=lengths)
                print(f"-- {count} mails")
                in_new_process("ours", path)
                if size == SMALL:
                    in_new_process("pythons", path)
                path.unlink()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
