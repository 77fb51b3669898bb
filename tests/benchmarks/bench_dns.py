"""Shows that an analysis takes the time of its longest chain of dependent questions.

Run `python -m tests.benchmarks.bench_dns`.

Every answer of the loopback server takes 50 ms. The chain is computed from the questions the server saw, without the
code that foresees them: a question depends on an earlier one whose records name it (or whose macros end like it), and
the author's name on the DMARC record with np=. A name made of the client's address is not asked in advance, because it
would tell the sender more than needed; it depends on whatever SPF asked before. A round is what one question takes on
this machine, about 52 ms. Target: at most 1.3 times the chain. The first line of each mail is a fresh process, where
modules and the suffix list are still to be read.
"""

from __future__ import annotations

import json
import multiprocessing
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any

from headerlens.assets import asset
from headerlens.dns.live import LiveOptions, live_lookup
from headerlens.model.case import Case, Choices
from headerlens.model.dns import Question
from headerlens.model.message import RawMessage
from headerlens.pipeline import analyse
from headerlens.samples import samples
from tests.conftest import NOW
from tests.support.nameserver import Logged, NameServer

DELAY = 0.05
RUNS = 9
_WORDS = re.compile(r"[a-z0-9_.-]+")
TARGET = 1.3

WIDE = (
    "v=spf1 a a:a1.sender.example mx include:n1.example include:n2.example exists:%{ir}._sbl.%{d} include:n3.example"
    " a:a2.sender.example redirect=last.example"
)

Zone = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Subject:
    """A mail with the DNS it is checked against."""

    name: str
    raw: RawMessage
    zone: Zone
    choices: Choices | None = None


def subjects() -> tuple[Subject, ...]:
    """The samples, and mails built to be slow."""
    shipped = [
        Subject(each.name, each.message(), json.loads(asset("samples", f"{each.name}.dns.json").read_bytes()))
        for each in samples()
    ]
    return (*shipped, nested(), wide(), servers())


def mail(signatures: int) -> RawMessage:
    """A mail over one border hop with so many signatures of strangers."""
    signed = "".join(
        f"DKIM-Signature: v=1; a=rsa-sha256; d=mail.signer{at}.example; s=s{at}; h=from:to; bh=AAAA; b=AAAA\r\n"
        for at in range(signatures)
    )
    return RawMessage(
        (
            "Return-Path: <bounce@sender.example>\r\n"
            "Received: from out.sender.example (out.sender.example [192.0.2.9]) by mx.receiver.example with ESMTPS;"
            " Sat, 21 Nov 2026 08:00:00 +0000\r\n"
            f"{signed}From: A <a@news.shop.example>\r\nTo: b@receiver.example\r\nSubject: x\r\n\r\nHi.\r\n"
        ).encode(),
        "bench.eml",
    )


def keys(signatures: int) -> dict[str, dict[str, list[str]]]:
    return {f"s{at}._domainkey.mail.signer{at}.example": {"TXT": ["v=DKIM1; p=AAAA"]} for at in range(signatures)}


def nested() -> Subject:
    """Eight signatures, and eight records that each include the next."""
    zone: dict[str, Any] = {
        f"i{at}.sender.example": {"TXT": [f"v=spf1 ip4:198.51.100.{at} include:i{at + 1}.sender.example -all"]}
        for at in range(1, 8)
    }
    zone["i8.sender.example"] = {"TXT": ["v=spf1 ip4:192.0.2.9 -all"]}
    zone["sender.example"] = {"TXT": ["v=spf1 include:i1.sender.example ~all"]}
    zone["_dmarc.shop.example"] = {"TXT": ["v=DMARC1; p=reject; np=reject"]}
    return Subject("8 signatures, 8 nested includes", mail(8), {**zone, **keys(8)})


def wide() -> Subject:
    """A record with every kind of term, none of which matches."""
    zone: dict[str, Any] = {
        "sender.example": {
            "TXT": [WIDE],
            "A": ["198.51.100.1"],
            "MX": ["10 mx1.sender.example", "20 mx2.sender.example"],
        },
        **{f"{host}.sender.example": {"A": ["198.51.100.2"]} for host in ("a1", "a2", "mx1", "mx2")},
        **{f"n{at}.example": {"TXT": [f"v=spf1 ip4:198.51.100.{at} -all"]} for at in (1, 2, 3)},
        "last.example": {"TXT": ["v=spf1 -all"]},
        "_dmarc.shop.example": {"TXT": ["v=DMARC1; p=reject; np=reject"]},
    }
    return Subject("8 signatures, a wide SPF record", mail(8), {**zone, **keys(8)})


def servers() -> Subject:
    """No signature, ten mail servers."""
    names = [f"mx{at}.sender.example" for at in range(10)]
    zone: dict[str, Any] = {
        "sender.example": {"TXT": ["v=spf1 mx -all"], "MX": [f"10 {name}" for name in names]},
        **{name: {"A": ["198.51.100.7"]} for name in names},
    }
    return Subject("ten mail servers", mail(0), zone)


def rounds(log: tuple[Logged, ...], zone: Zone) -> int:
    """The length of the longest chain of dependent questions among those that were asked."""
    depth: dict[tuple[str, str], int] = {}
    for at, one in enumerate(log):
        before = [key for key in depth if _leads(zone.get(key[0], {}).get(key[1], []), key[0], one)]
        if _tells(one, zone):
            before += [(each.name, each.rtype) for each in log[:at] if not each.name.startswith("_dmarc.")]
        depth[one.name, one.rtype] = 1 + max((depth[key] for key in before), default=0)
    return max(depth.values(), default=0)


def _leads(records: Any, name: str, to: Logged) -> bool:
    text = json.dumps(records).lower()
    if to.rtype == "A" and name.startswith("_dmarc.") and "np=" in text:
        return str(to.name).endswith(name.removeprefix("_dmarc."))
    own: bool = "v=spf1" in text and to.name == name and to.rtype != "TXT"
    return own or to.name in _WORDS.findall(text)


def _tells(one: Logged, zone: Zone) -> bool:
    """Whether the name comes from a macro about the message: such a question waits, on purpose, until it is needed."""
    return "._sbl." in one.name and "._sbl.%" in json.dumps(zone)


def serve(zone: Zone, line: Connection) -> None:
    """A name server in a process of its own, so that it takes no time from the analysis; tells its log at the end."""
    with NameServer(zone, delay=DELAY) as server:
        line.send(server.address)
        line.recv()
        line.send(server.log)


@dataclass(frozen=True, slots=True)
class Measured:
    """One analysis: its seconds, its chain, and what one question alone took on the same server."""

    seconds: float
    rounds: int
    round_trip: float
    questions: int


def measure(subject: Subject) -> Measured:
    """One analysis over a lookup that nothing was asked before."""
    line, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=serve, args=(subject.zone, theirs))
    process.start()
    options = LiveOptions(servers=(line.recv(),))
    alone = [live_lookup(options)(Question(f"alone{at}.invalid", "TXT")).milliseconds or 0.0 for at in range(5)]
    started = time.perf_counter()
    case: Case = analyse(subject.raw, live_lookup(options), NOW, choices=subject.choices)
    seconds = time.perf_counter() - started
    line.send("enough")
    log: tuple[Logged, ...] = line.recv()[len(alone) :]
    process.join()
    assert len(case.evidence) + len(case.foreseen) == len(log)
    return Measured(seconds, rounds(log, subject.zone), statistics.median(alone) / 1000, len(log))


def show(name: str, runs: list[Measured]) -> bool:
    """Print a line; whether it keeps the target."""
    seconds = statistics.median(run.seconds for run in runs)
    trip = statistics.median(run.round_trip for run in runs)
    length = max(run.rounds for run in runs)
    factor = seconds / (length * trip)
    print(
        f"{name:40} {seconds * 1000:5.0f} ms = {length:2} x {trip * 1000:2.0f} ms x {factor:4.2f}"
        f"  (best {min(run.seconds for run in runs) / length / trip:4.2f}; {seconds / length / DELAY:4.2f} of 50 ms)"
        f"  {runs[-1].questions:3} questions"
        f"{'' if factor <= TARGET else '   above the target'}",
        flush=True,
    )
    return factor <= TARGET


def main() -> int:
    """Without an argument all mails, each also in a fresh process; with the number of one, only that one, once."""
    chosen = subjects()
    if len(sys.argv) > 1:
        subject = chosen[int(sys.argv[1])]
        show(f"{subject.name}, first", [measure(subject)])
        return 0
    kept = []
    for at, subject in enumerate(chosen):
        subprocess.run([sys.executable, "-m", "tests.benchmarks.bench_dns", str(at)], check=True)
        kept.append(show(subject.name, [measure(subject) for _ in range(RUNS)]))
    return 0 if all(kept) else 1


if __name__ == "__main__":
    sys.exit(main())
