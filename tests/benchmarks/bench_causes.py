"""Times the search for what changed a body; run `python -m tests.benchmarks.bench_causes`.

The footer of a body of 5 MB has to be found in a second, and all searches of an ordinary mail given up in two. The
hostile bodies show that no content makes a search much longer than its size does. Times are those of the processor.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

from headerlens.causes.body import body_causes
from tests.support.body_mails import FOOTER, FORMS, HEAD, Texts, single
from tests.support.signing import read, sign

MEGABYTE = 1_000_000
LINE = b"The quick brown fox jumps over the lazy dog, and then over it again and more.\r\n"


def spoil(mail: bytes) -> bytes:
    """One octet in the middle of the body is another."""
    place = (mail.index(b"\r\n\r\n") + 4 + len(mail)) // 2
    return mail[:place] + b"\x01" + mail[place + 1 :]


def plain(body: bytes) -> bytes:
    return single("text/plain; charset=utf-8", "8bit", body)


def html(body: bytes) -> bytes:
    return single("text/html; charset=utf-8", "8bit", body)


def quoted(body: bytes) -> bytes:
    return single("text/plain; charset=utf-8", "quoted-printable", body)


def parted(body: bytes) -> bytes:
    return HEAD + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + body


SUBJECTS: dict[str, tuple[Callable[[], bytes], Callable[[bytes], bytes]]] = {
    "footer under 5 MB": (lambda: plain(LINE * (5 * MEGABYTE // len(LINE))), lambda mail: mail + FOOTER.encode()),
    "footer under 25 MB": (lambda: plain(LINE * (25 * MEGABYTE // len(LINE))), lambda mail: mail + FOOTER.encode()),
    "5 MB spoiled": (lambda: plain(LINE * (5 * MEGABYTE // len(LINE))), spoil),
    **{f"ordinary {name}": (partial(form, Texts()), spoil) for name, form in FORMS.items()},
    "ordinary 60 kB": (lambda: FORMS["mixed"](Texts(plain=Texts().plain * 40, html=Texts().html * 40)), spoil),
    "25 MB spoiled": (lambda: plain(LINE * (25 * MEGABYTE // len(LINE))), spoil),
    "25 MB of line ends": (lambda: plain(b"\r\n" * (12 * MEGABYTE) + b"x"), spoil),
    "25 MB of short lines": (lambda: plain(b"x\r\n" * (8 * MEGABYTE)), spoil),
    "25 MB in one line": (lambda: plain(b"a " * (12 * MEGABYTE)), spoil),
    "8 MB in one line": (lambda: plain(b"a " * (4 * MEGABYTE)), spoil),
    "8 MB of blanks": (lambda: plain(b" " * (8 * MEGABYTE) + b"x\r\n"), spoil),
    "8 MB of tags": (lambda: html(b"<div>" * (8 * MEGABYTE // 5)), spoil),
    "8 MB of open tags": (lambda: html(b"<body " * (8 * MEGABYTE // 6)), spoil),
    "8 MB of line ends": (lambda: plain(b"\r\n" * (4 * MEGABYTE) + b"x"), spoil),
    "8 MB of links": (lambda: html(b"<https://urldefense.com/v3/__https:/*__;*__;" * (8 * MEGABYTE // 44)), spoil),
    "8 MB of quotes": (lambda: quoted(b"=41" * (8 * MEGABYTE // 3)), spoil),
    "8 MB of soft breaks": (lambda: quoted(b"=\r\n" * (8 * MEGABYTE // 3)), spoil),
    "8 MB of From": (lambda: plain(b">From \r\n" * (MEGABYTE)), spoil),
    "200 kB of tags": (lambda: html(b"<p>" * 66_000), spoil),
    "200 kB of short lines": (lambda: plain(b"x\r\n" * 66_000), spoil),
    "8 MB of delimiters": (lambda: parted(b"--b\r\n" * (8 * MEGABYTE // 5)), spoil),
}


def main() -> None:
    for name, (build, change) in SUBJECTS.items():
        changed = change(sign(build(), canonicalization="relaxed/simple", names=("from", "to", "subject")))
        message = read(changed)
        started = time.process_time()
        proof = body_causes(changed, message.body_start or 0, message.signatures[0])
        took = time.process_time() - started
        told = "-" if proof is None else ", ".join(each.kind for each in proof.changes)
        print(f"{name:24} {took:7.2f} s  {told}", flush=True)


if __name__ == "__main__":
    main()
