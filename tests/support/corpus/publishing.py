"""Cases of records that are there and don't count: quoted, doubled, cut (interface.md 7.1)."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support.corpus.build import (
    KEY,
    POLICY,
    Golden,
    broken,
    gmail,
    golden,
    good,
    rows,
    service,
    service_zone,
    signed,
    zone,
)
from tests.support.signing import key_record

AFTER = ["dmarc.not-aligned", "spf.elsewhere", "dmarc.policy"]
"""What a useless signature of the sender leaves behind, under its finding and beside it."""


def cases() -> Iterator[Golden]:
    yield from _keys()
    yield from _policies()
    yield golden(
        "publish-quoted-spf", gmail(signed(), spf="none"), zone(spf='"v=spf1 ip4:192.0.2.25 -all"'),
        good(
            situation="S1", variant="signature", spf=["none", "spf.none"], comparison=rows(("none", "none")),
            findings=["publish.quoted-spf", "spf.none", "dmarc.policy", "dkim.pass"],
        ),
        "The TXT value begins with a quotation mark, so it is no SPF record (RFC 7208 4.5); without it, it would be.",
    )  # fmt: skip


def _keys() -> Iterator[Golden]:
    message = service(signed(), dkim="neutral", dmarc="fail (p=REJECT sp=REJECT dis=NONE)")
    syntax = ["permerror", "key.syntax", "unchecked", "match", "valid"]
    whole = key_record("rsa2048")
    yield golden(
        "publish-key-marks", message, service_zone(key=f'"{whole[:200]}" "{whole[200:]}"'),
        broken(syntax, "publish.key-marks", "neutral", findings=["publish.key-marks", "dkim.key-unusable", *AFTER]),
        "The quotation marks of a zone file became part of the value; without them it is the key that signed.",
    )  # fmt: skip
    yield golden(
        "publish-key-cut", message, service_zone(key=whole[:255]),
        broken(syntax, "publish.key-cut", "neutral", findings=["publish.key-cut", "dkim.key-unusable", *AFTER]),
        "The record ends after 255 characters, the length of one character-string (RFC 1035 3.3): the rest is lost.",
    )  # fmt: skip
    gone = ["permerror", "key.none", "unchecked", "match", "valid"]
    doubled = {f"{KEY}.example.com": whole}
    yield golden(
        "publish-doubled-key", message, service_zone(key=None, more=doubled),
        broken(
            gone, "publish.doubled-key", "neutral", exit_status=2,
            findings=["publish.doubled-key", "dkim.no-key", *AFTER],
        ),
        "The key stands one domain too deep: the editor added example.com to a name that was entered whole.",
    )  # fmt: skip


def _policies() -> Iterator[Golden]:
    message = gmail(signed(), dmarc=None)
    none = good(
        situation="S20", variant="both", dmarc=["none", "none.no_record", None], comparison=rows(dmarc=(None, "none")),
    )  # fmt: skip
    yield golden(
        "publish-quoted-dmarc", message, zone(dmarc=f'"{POLICY}"'),
        {**none, "findings": ["publish.quoted-dmarc", "dmarc.no-record", "dkim.pass", "spf.listed"]},
        "The TXT value begins with a quotation mark: not a DMARC record (RFC 9989 4.5, 4.8), though meant as one.",
    )  # fmt: skip
    yield golden(
        "publish-doubled-dmarc", message, zone(dmarc=None, more={"_dmarc.example.com.example.com": POLICY}),
        {**none, "findings": ["publish.doubled-dmarc", "dmarc.no-record", "dkim.pass", "spf.listed"]},
        "The policy stands one domain too deep: the editor added example.com to a name that was entered whole.",
    )  # fmt: skip
