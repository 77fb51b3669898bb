"""The 62 DMARC vectors of tests/data/dmarc_vectors.yaml, and the small world that DMARC is judged in."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from headerlens.model.dns import Answer, Failure, Lookup, Outcome, Question
from headerlens.model.message import HeaderField
from headerlens.model.records import Canonicalization, DkimSignature, TagList
from headerlens.model.verdicts import DkimCheck, DmarcCheck, Identity, Result, SenderInputs, SpfCheck
from headerlens.parse.address import parse_addresses
from headerlens.parse.names import to_ascii
from headerlens.verify.dmarc import check_dmarc

VECTORS: list[dict[str, Any]] = yaml.safe_load(
    (Path(__file__).parents[1] / "data/dmarc_vectors.yaml").read_text(encoding="utf-8")
)["vectors"]


class Zone:
    """A literal zone as the vectors write it, and the questions it was asked."""

    def __init__(self, texts: dict[str, list[Any]], exists: tuple[str, ...] = (), broken: tuple[str, ...] = ()) -> None:
        self.texts, self.exists, self.broken = texts, exists, broken
        self.asked: list[Question] = []

    def __call__(self, question: Question) -> Answer:
        self.asked.append(question)
        name = question.name
        if name in self.broken:
            return Answer(question, Outcome.FAILED, failure=Failure.SERVFAIL)
        if question.rtype == "TXT" and name in self.texts:
            return Answer(question, Outcome.FOUND, tuple(map(strings, self.texts[name])))
        known = [*self.texts, *self.exists, *self.broken]
        there = any(one == name or one.endswith("." + name) for one in known)
        return Answer(question, Outcome.NO_DATA if there else Outcome.NO_NAME)

    def served(self) -> dict[str, dict[str, Any]]:
        """The same zone for the name server."""
        zone: dict[str, dict[str, Any]] = {name: {} for name in self.exists}
        zone |= {name: {"TXT": texts} for name, texts in self.texts.items()}
        return zone | {name: {"TXT": {"error": "servfail"}, "A": {"error": "servfail"}} for name in self.broken}


def strings(record: str | list[str]) -> tuple[bytes, ...]:
    return tuple(one.encode() for one in ([record] if isinstance(record, str) else record))


def spf_check(
    result: str = "none", domain: str = "", *, scope: str = "mailfrom", mail_from: str = "a@b.example"
) -> SpfCheck:
    inputs = SenderInputs("192.0.2.1", "user", "h.example", "user", mail_from, "user", None, "")
    return SpfCheck(inputs, Result(result), None, Identity(scope), to_ascii(domain) or "")


def dkim_check(result: str, domain: str, index: int = 0, code: str | None = None) -> DkimCheck:
    signature = DkimSignature(
        field_index=index,
        tags=TagList(),
        algorithm="rsa-sha256",
        signature=b"",
        body_hash=b"",
        header_canonicalization=Canonicalization.RELAXED,
        body_canonicalization=Canonicalization.RELAXED,
        domain=to_ascii(domain) or "",
        domain_written=domain,
        selector="s",
        identity="",
        signed_names=("from",),
    )
    return DkimCheck(index, signature, Result(result), code)


def author_of(written: str | list[str]) -> tuple[tuple[str, ...], int]:
    bodies = [written] if isinstance(written, str) else written
    domains: list[str] = []
    for body in bodies:
        raw = f"From: {body}\r\n".encode()
        domains += [one.domain for one in parse_addresses(HeaderField(0, "From", raw, body, 0, 5, len(raw)))]
    return tuple(domains), len(bodies)


def judge(vector: dict[str, Any], ask: Lookup) -> DmarcCheck:
    author, count = author_of(vector["from"])
    spf = vector["spf"]
    dkim = tuple(dkim_check(one["result"], one["domain"], i) for i, one in enumerate(vector["dkim"]))
    sender = spf_check(spf["result"], spf["domain"], scope=spf.get("scope", "mailfrom"))
    return check_dmarc(author, count, sender, dkim, ask)


def zone_of(vector: dict[str, Any]) -> Zone:
    return Zone(vector["zone"], tuple(vector.get("exists", ())), tuple(vector.get("dns_error", ())))
