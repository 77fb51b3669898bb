"""Shows that every slow input of engine.md 2 stays linear; run `python -m tests.benchmarks.bench_linear`.

Each input is taken twice, n and 2n long, through the whole way of a mail: intake, analysis, dkimpy's second opinion,
the page. A ratio of about 2 is linear, below it a limit of `headerlens.model.limits` holds. An argument picks by name.

dkimpy is quadratic in a run of blanks: up to its limits (SECOND_OPINION_MAX_BLANKS, SECOND_OPINION_MAX_COST) more than
2 is right there, and the time itself is what is bounded.
"""

from __future__ import annotations

import base64
import gc
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from headerlens.intake.files import read_octets
from headerlens.model.case import Choices
from headerlens.model.dns import Answer, Lookup, Outcome, Question
from headerlens.model.message import Refusal
from headerlens.pipeline import analyse
from headerlens.present.result import present_result
from headerlens.present.words import Words
from headerlens.verify.second_opinion import second_opinion
from tests.conftest import NOW
from tests.support.signing import key_record

Zone = Mapping[tuple[str, str], tuple[bytes, ...]]
RECEIVED = (
    b"Received: from a.example.com (a.example.com [192.0.2.1]) by mx.example.net; Sat, 21 Nov 2026 08:00:00 +0000\r\n"
)
HEAD = (
    RECEIVED
    + b"Return-Path: <joe@example.com>\r\nFrom: Joe <joe@example.com>\r\nTo: suzie@example.net\r\nSubject: x\r\n"
)
KEY: Zone = {("s1._domainkey.example.com", "TXT"): (key_record("rsa2048").encode(),)}
CHOICES = Choices(trusted=("mx.example.net",), client_ip="192.0.2.1", mail_from="joe@example.com", helo="a.example.com")


@dataclass(frozen=True)
class Subject:
    """A mail with the DNS it is checked against."""

    octets: bytes
    zone: Zone = field(default_factory=lambda: KEY)


def signature(*, names: str = "from:to:subject", how: str = "relaxed/relaxed", selector: str = "s1") -> bytes:
    """A signature that has to be computed to be found wrong."""
    tags = f"v=1; a=rsa-sha256; c={how}; d=example.com; s={selector}; h={names}; bh={'A' * 43}=; b={'A' * 342}=="
    return b"DKIM-Signature: " + tags.encode() + b"\r\n"


def mail(body: bytes = b"Hi.\r\n", *, above: bytes = signature(), below: bytes = b"", zone: Zone = KEY) -> Subject:
    return Subject(above + HEAD + below + b"\r\n" + body, zone)


def spf(record: bytes, more: Zone | None = None) -> Subject:
    return mail(zone={**KEY, ("example.com", "TXT"): (record,), **(more or {})})


def mail_servers(count: int) -> Subject:
    """Records of ten mx terms, each with so many hosts; RFC 7208 4.6.4 allows ten of each."""
    more: dict[tuple[str, str], tuple[bytes, ...]] = {}
    for at in range(10):
        more[f"m{at}.example.com", "MX"] = tuple(b"10 h%d-%d.example.com" % (at, host) for host in range(count))
        more |= {(f"h{at}-{host}.example.com", "A"): (b"198.51.100.1",) for host in range(count)}
    return spf(b"v=spf1 " + b"".join(b"mx:m%d.example.com " % at for at in range(10)) + b"-all", more)


def nested(count: int) -> Subject:
    """So many records that each include the next."""
    more = {(f"i{at}.example.com", "TXT"): (b"v=spf1 include:i%d.example.com -all" % (at + 1),) for at in range(count)}
    return spf(b"v=spf1 include:i0.example.com -all", more)


def hostile_key(bits: int) -> Subject:
    """An RSA key whose exponent is as long as its modulus: the worst for whoever computes."""
    number = b"\x02" + _length(bits // 8 + 1) + b"\x00" + b"\xff" * (bits // 8)
    der = b"\x30" + _length(2 * len(number)) + number * 2
    record = b"v=DKIM1; k=rsa; p=" + base64.b64encode(der)
    return mail(zone={("s1._domainkey.example.com", "TXT"): (record,)})


def _length(octets: int) -> bytes:
    return b"\x82" + octets.to_bytes(2, "big")


def results(text: bytes) -> Subject:
    return mail(above=b"Authentication-Results: mx.example.net; " + text + b"\r\n" + signature())


def signers(count: int) -> Subject:
    return mail(above=b"".join(signature(selector=f"s{at}") for at in range(count)))


LINE = b"The quick brown fox  jumps over the lazy dog. \t And again.  \r\n"

SUBJECTS: dict[str, tuple[int, Callable[[int], Subject]]] = {
    "one line of blanks, then x, relaxed": (10_000_000, lambda n: mail(b" " * n + b"x\r\n")),
    "one line of blanks, then x, simple": (10_000_000, lambda n: mail(b" " * n, above=signature(how="simple/simple"))),
    "blanks just within dkimpy's limit": (500, lambda n: mail((b" " * n + b"x\r\n") * 20)),
    "plain text of 25 MB": (25_000_000, lambda n: mail(LINE * (n // len(LINE)))),
    "one line of 25 MB": (25_000_000, lambda n: mail(b"x" * n)),
    "empty lines, 12 MB": (12_000_000, lambda n: mail(b"\r\n" * (n // 2))),
    "bare line feeds, 12 MB": (12_000_000, lambda n: mail(b"\n" * n)),
    "continuation lines, under the limit": (20_000, lambda n: mail(below=b"X-Long: a\r\n" + b"\tfolded here\r\n" * n)),
    "40,000 continuation lines": (40_000, lambda n: mail(below=b"X-Long: a\r\n" + (b"\t" + b"f" * 70 + b"\r\n") * n)),
    "a signed field of continuation lines": (
        20_000,
        lambda n: mail(above=signature(names="from:x-long"), below=b"X-Long: a\r\n" + b"\tfolded here\r\n" * n),
    ),
    "1,000 signatures": (1_000, signers),
    "10 signatures over 2 MB": (2_000_000, lambda n: mail(LINE * (n // len(LINE)), above=signature() * 10)),
    "key with n = e of 8,192 bits": (8_192, hostile_key),
    "key with n = e of 16,384 bits": (16_384, hostile_key),
    "100,000 fields": (100_000, lambda n: mail(below=b"X: y\r\n" * n)),
    "10,000 fields": (10_000, lambda n: mail(below=b"X: y\r\n" * n)),
    "h= of 20,000 names": (20_000, lambda n: mail(above=signature(names="from:" + "to:" * n + "x"))),
    "h= of 20,000 names, 5,000 such fields": (
        20_000,
        lambda n: mail(above=signature(names="from:" + "a:" * n + "x"), below=b"a: b\r\n" * (n // 4)),
    ),
    "Authentication-Results of 560 kB": (560_000, lambda n: results(b"dkim=pass header.d=a.example; " * (n // 30))),
    "Authentication-Results of 60 kB": (60_000, lambda n: results(b"dkim=pass header.d=a.example; " * (n // 30))),
    "2,000 opening parentheses": (2_000, lambda n: results(b"dkim=pass " + b"(" * n)),
    "200,000 opening parentheses": (200_000, lambda n: results(b"dkim=pass " + b"(" * n)),
    "200,000 quotes": (200_000, lambda n: results(b'dkim=pass reason="' + b'\\"' * (n // 2))),
    "Received of parentheses, 30 kB": (30_000, lambda n: mail(below=b"Received: from a " + b"(" * n + b"\r\n")),
    "100 Received fields": (100, lambda n: mail(above=signature() + RECEIVED * n)),
    "From with 5,000 addresses": (5_000, lambda n: mail(below=b"From: " + b"a@b.example, " * n + b"c@d.example\r\n")),
    "SPF record of 48 kB": (48_000, lambda n: spf(b"v=spf1 " + b"ip4:198.51.100.1 " * (n // 17) + b"-all")),
    "SPF record of 48 kB, one term": (48_000, lambda n: spf(b"v=spf1 exists:" + b"%{ir}." * (n // 6) + b"x -all")),
    "SPF record of 20 kB, includes": (20_000, lambda n: spf(b"v=spf1 " + b"include:a.example " * (n // 18) + b"-all")),
    "10 mx x 5 hosts": (5, mail_servers),
    "10 mx x 10 hosts": (10, mail_servers),
    "10 nested includes": (10, nested),
    "100 nested includes": (100, nested),
    "DMARC record of 30 kB": (
        30_000,
        lambda n: mail(zone={**KEY, ("_dmarc.example.com", "TXT"): (b"v=DMARC1; p=none;" + b" x=y;" * (n // 5),)}),
    ),
    "key record of 30 kB": (
        30_000,
        lambda n: mail(
            zone={("s1._domainkey.example.com", "TXT"): (b"v=DKIM1; n=" + b"x=" * (n // 2) + b"; p=" + b"A" * n,)}
        ),
    ),
    "20 ARC sets": (20, lambda n: mail(above=b"".join(arc_set(at) for at in range(n, 0, -1)) + signature())),
}


def arc_set(instance: int) -> bytes:
    """A set whose signatures have to be computed to be found wrong."""
    made = signature().partition(b"v=1;")[2]
    seal = b"a=rsa-sha256; cv=%s; d=example.com; s=s1; b=" % (b"none" if instance == 1 else b"pass")
    return (
        (b"ARC-Seal: i=%d; " % instance) + seal + b"A" * 342 + b"==\r\n"
        + (b"ARC-Message-Signature: i=%d;" % instance) + made
        + (b"ARC-Authentication-Results: i=%d; mx.example.net; spf=pass\r\n" % instance)
    )  # fmt: skip


def answers(zone: Zone) -> Lookup:
    def ask(question: Question) -> Answer:
        found = zone.get((question.name, question.rtype))
        if found is None:
            return Answer(question, Outcome.NO_NAME)
        cut = [tuple(each[at : at + 255] for at in range(0, len(each), 255)) for each in found]
        return Answer(question, Outcome.FOUND, tuple(cut) if question.rtype == "TXT" else tuple((r,) for r in found))

    return ask


def whole_way(subject: Subject) -> None:
    raw = read_octets(subject.octets, "bench.eml")
    if isinstance(raw, Refusal):
        raise TypeError(raw.id)
    ask = answers(subject.zone)
    case = analyse(raw, ask, NOW, choices=CHOICES)
    second_opinion(case.message, case.dkim, ask)
    present_result(case, Words("ja"))


def seconds(subject: Subject) -> float:
    """The best of several runs: at least three, and for half a second."""
    best, runs, until = float("inf"), 0, time.perf_counter() + 0.5
    while runs < 3 or (time.perf_counter() < until and runs < 50):
        gc.collect()
        start = time.process_time()  # not what others do on this computer
        whole_way(subject)
        best, runs = min(best, time.process_time() - start), runs + 1
    return best


def main() -> None:
    wanted = sys.argv[1:]
    floor = seconds(mail())
    print(f"{'an ordinary mail':45} {floor * 1000:9.1f} ms; it is taken away from what follows")
    for name, (size, make) in SUBJECTS.items():
        if wanted and not any(word in name for word in wanted):
            continue
        first, second = (max(seconds(make(each)) - floor, 1e-4) for each in (size, 2 * size))
        ratio = f"x{second / first:.1f}" if second > floor else "too quick to tell"
        print(f"{name:45} {first * 1000:9.1f} ms {second * 1000:9.1f} ms  {ratio}", flush=True)


if __name__ == "__main__":
    main()
