"""A case for each row of the DKIM and SPF tables of headerlens/verify/drift.py: then, now, and why they differ."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support.corpus.build import (
    GMAIL,
    Golden,
    broken,
    crlf,
    faded,
    failing,
    gmail,
    golden,
    good,
    mail,
    rows,
    service,
    service_zone,
    signed,
    zone,
)
from tests.support.signing import key_record

DKIM_FAILED = "fail (p=REJECT sp=REJECT dis=NONE)"
DIFFERS = ["recorded.differs", "recorded.differs"]
BEHIND = ["dmarc.not-aligned", "spf.elsewhere", "dmarc.policy"]
EXPLAINED = ["dmarc.not-aligned", "recorded.explained", "recorded.explained", "spf.elsewhere", "dmarc.policy"]
"""DMARC differs because DKIM does: told under it, and a cause stands before what causes nothing."""


def cases() -> Iterator[Golden]:
    yield from _keys()
    yield from _copies()
    yield from _signature_words()
    yield from _spf()


def _differs(change: str) -> list[str]:
    """The file differs from what was delivered: the root, and the change, DMARC and its record follow from it."""
    return ["recorded.differs", change, "dmarc.not-aligned", "recorded.differs", "spf.elsewhere", "dmarc.policy"]


def _keys() -> Iterator[Golden]:
    yield golden(
        "drift-key-gone", service(signed()), service_zone(key=None),
        faded(["permerror", "key.none", "unchecked", "match", "valid"], "dkim.no-key", "key-gone"),
        "Recorded as valid; the key is no longer in DNS. Neither a failure nor a forgery (standards.md 2.4).",
    )  # fmt: skip
    yield golden(
        "drift-key-revoked", service(signed()), service_zone(key="v=DKIM1; p="),
        faded(
            ["permerror", "key.revoked", "unchecked", "match", "valid"], "dkim.key-revoked", "key-revoked",
            variant="revoked",
        ),
        "Recorded as valid; the key has been withdrawn with an empty p= since.",
    )  # fmt: skip
    yield golden(
        "drift-key-replaced", service(signed()), service_zone(key=key_record("rsa2048b")),
        faded(
            ["fail", "hash.header", "mismatch", "match", "valid"], "dkim.other-key", "key-changed", variant="replaced"
        ),
        "Recorded as valid; digest recovery shows that another key made the value: the selector holds a new key.",
    )  # fmt: skip
    yield golden(
        "drift-key-unusable", service(signed()), service_zone(key="v=DKIM1; p=oops!"),
        faded(
            ["permerror", "key.syntax", "unchecked", "match", "valid"], "dkim.key-unusable", "key-changed",
            variant="unusable",
        ),
        "Recorded as valid; what stands at the selector today is no key, so it was another record then.",
    )  # fmt: skip
    changed = signed(key="ed25519").replace(b"Subject: Invoice", b"Subject: Re: Invoice")
    yield golden(
        "drift-ed25519-undecided", service(changed), service_zone(key=key_record("ed25519")),
        faded(
            ["fail", "hash.header", "mismatch", "match", "valid"], "dkim.mismatch", "unclear", situation="S17",
            findings=["dkim.mismatch", "dmarc.not-aligned", *DIFFERS, "spf.elsewhere", "dmarc.policy"],
            variant="undecided",
        ),
        "Ed25519 does not tell whether the header or the key was changed: a key rotated under the same selector is"
        " possible, so it cannot be told (standards.md 2.4).",
    )  # fmt: skip


def _copies() -> Iterator[Golden]:
    body = signed().replace(b"invoice 1182 is", b"invoice 1183 is")
    altered = {"situation": "S17"}
    yield golden(
        "drift-body-altered", service(body), service_zone(),
        faded(
            ["fail", "hash.body", "match", "mismatch", "valid"], "dkim.body-changed", "copy-altered", **altered,
            findings=_differs("dkim.body-changed"),
        ),
        "Recorded as valid, a complete file, and another body: changed after delivery. Time never explains a body.",
    )  # fmt: skip
    header = signed().replace(b"Subject: Invoice", b"Subject: Re: Invoice")
    yield golden(
        "drift-header-altered", service(header), service_zone(),
        faded(
            ["fail", "hash.header", "mismatch", "match", "valid"], "dkim.headers-changed", "copy-altered", **altered,
            findings=_differs("dkim.headers-changed"),
        ),
        "Recorded as valid, and RSA proves that this very key signed another header: changed after delivery.",
    )  # fmt: skip
    yield golden(
        "drift-both-altered", service(header.replace(b"invoice 1182 is", b"invoice 1183 is")), service_zone(),
        faded(
            ["fail", "hash.body", "mismatch", "mismatch", "valid"], "dkim.both-changed", "copy-altered", **altered,
            notes=[["hash.header"]],
            findings=_differs("dkim.both-changed"),
        ),
        "Recorded as valid, and now neither hash fits although the key did sign: a wrong export or an edited file.",
    )  # fmt: skip
    lost = ["permerror", "key.none", "unchecked", "mismatch", "valid"]
    yield golden(
        "drift-key-gone-body-altered", service(body), service_zone(key=None),
        faded(
            lost, "dkim.no-key", "copy-altered", **altered,
            findings=_differs("dkim.no-key"),
        ),
        "The key is gone, and the body is another than was signed: time explains the first, never the second.",
    )  # fmt: skip
    yield golden(
        "drift-outlook-rewrote", outlook(body), service_zone(),
        faded(
            ["fail", "hash.body", "match", "mismatch", "valid"], "dkim.copy-body", "copy-rewritten",
            level="unknown", situation="S14", variant="rewritten", body="altered", border=2,
            trusted=[["Authentication-Results", OUTLOOK, "proposed"]],
            findings=[
                "dkim.copy-body", *EXPLAINED, "recorded.compauth", "input.rewritten",
            ],
        ),
        "Outlook re-renders what it stores (inputs.md 0.1): the header fits, the body does not; recorded: pass.",
        choices={},
    )  # fmt: skip
    yield golden(
        "drift-proton-rewrote", _proton(body), service_zone(),
        faded(
            ["fail", "hash.body", "match", "mismatch", "valid"], "dkim.copy-body", "copy-rewritten",
            level="unknown", situation="S14", variant="rewritten", body="altered", border=0,
            trusted=[["Authentication-Results", "mail.protonmail.ch", "trusted"]] * 3,
            findings=[
                "dkim.copy-body", *EXPLAINED, "input.rewritten",
            ],
        ),
        "Proton's export rewrites bodies too; it writes one result field for each method.",
        choices={"trusted": ["mail.protonmail.ch"]},
    )  # fmt: skip
    header_only = service(signed()).partition(b"\r\n\r\n")[0] + b"\r\n"
    yield golden(
        "drift-headers-only", header_only, service_zone(),
        good(
            exit_status=2, level="partial", situation="S15", variant="file", body="missing",
            dkim=[["neutral", "body.missing", "match", "unchecked", "valid"]],
            dmarc=["fail", "fail.passed_not_aligned", "reject"],
            comparison=rows(
                dkim=[("pass", "neutral", "copy-incomplete", None)], dmarc=("pass", "fail", "copy-incomplete")
            ),
            findings=[
                "dkim.body-missing", "dmarc.unfinished", "spf.elsewhere", "dmarc.policy", "recorded.explained",
                "input.headers-only",
            ],
        ),
        "Only the headers were saved: their signature fits, the body cannot be checked. Never shown as a pass.",
    )  # fmt: skip
    yield golden(
        "drift-paste-spoilt", service(body), service_zone(),
        faded(
            ["fail", "hash.body", "match", "mismatch", "valid"], "dkim.copy-body", "copy-incomplete",
            level="unknown", situation="S14", body="unknown",
            findings=["dkim.copy-body", *EXPLAINED, "input.pasted"],
        ),
        "A paste whose body does not fit: the clipboard may have done it, and the receiver recorded a pass.",
        pasted=True,
    )  # fmt: skip


OUTLOOK = "am5eur03ft001.mail.protection.outlook.com"


def outlook(message: bytes) -> bytes:
    top = f"""\
Received: from AM9PR01MB2222.eurprd01.prod.exchangelabs.com (2603:10a6:20b:1::1) by
 DB8PR01MB1111.eurprd01.prod.exchangelabs.com with HTTPS; Fri, 20 Nov 2026 08:12:06 +0000
Received: from AM5EUR03FT001.eop-EUR03.prod.protection.outlook.com (2603:10a6:20b:2:cafe::5) by
 AM9PR01MB2222.outlook.office365.com (2603:10a6:20b:1::1) with Microsoft SMTP Server
 (version=TLS1_2, cipher=X) id 15.20; Fri, 20 Nov 2026 08:12:05 +0000
Authentication-Results: spf=pass (sender IP is 198.51.100.24)
 smtp.mailfrom=bounce.example.net; dkim=pass (signature was verified)
 header.d=example.com;dmarc=pass action=none header.from=example.com;compauth=pass reason=100
Received: from out4.example.net (198.51.100.24) by {OUTLOOK} (10.152.16.1)
 with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.20; Fri, 20 Nov 2026 08:12:02 +0000
X-MS-Exchange-Organization-AuthAs: Anonymous
"""
    return crlf(top) + message


def _proton(message: bytes) -> bytes:
    top = """\
Return-Path: <b1182@bounce.example.net>
X-Pm-Origin: external
Authentication-Results: mail.protonmail.ch; dkim=pass header.d=example.com header.s=s1
Authentication-Results: mail.protonmail.ch; dmarc=pass (p=reject dis=none) header.from=example.com
Authentication-Results: mail.protonmail.ch; spf=pass smtp.mailfrom=bounce.example.net smtp.remote-ip=198.51.100.24
Received: from out4.example.net (out4.example.net [198.51.100.24])
 by mailin027.protonmail.ch (Postfix) with ESMTPS id 4ABC; Fri, 20 Nov 2026 08:12:02 +0000 (UTC)
"""
    return crlf(top) + message


def _signature_words() -> Iterator[Golden]:
    """The remaining rows of the table for DKIM."""
    explained = ["dmarc.policy", "recorded.explained", "dkim.pass", "spf.listed"]
    for name, word, reason, why in (
        ("drift-dkim-temperror-then", "temperror (no key for signature)", "transient",
         "The receiver got no key in time; today there is one."),
        ("drift-dkim-policy-then", "policy", "local-policy", "A local rule of the receiver refused a sound signature."),
    ):  # fmt: skip
        yield golden(
            name, gmail(signed(), dkim=word), zone(),
            good(
                variant="unrecorded",
                comparison=rows(dkim=[(word.partition(" ")[0], "pass", reason)]), findings=explained,
            ),
            why,
        )  # fmt: skip
    yield golden(
        "drift-corrected", gmail(signed(), dkim="neutral (no key)", spf="softfail", dmarc=DKIM_FAILED), zone(),
        good(
            variant="unrecorded",
            comparison=rows(
                ("softfail", "pass", "corrected"), [("neutral", "pass", "corrected")], ("fail", "pass", "corrected")
            ),
            findings=[*["recorded.corrected"] * 3, "dmarc.policy", "dkim.pass", "spf.listed"],
        ),
        "Everything failed on delivery and passes today: the sender has mended DNS since (S21).",
    )  # fmt: skip
    unanswered = ["temperror", "key.unavailable", "unchecked", "match", "valid"]
    missing = {
        "exit_status": 2, "level": "unknown", "situation": "S12", "dmarc": ["temperror", "temperror.key", None],
    }  # fmt: skip
    yield golden(
        "drift-dkim-temperror-now", service(signed()), service_zone(key=failing("timeout")),
        broken(
            unanswered, "dkim.key-unavailable", "pass", **missing,
            comparison=rows(dkim=[("pass", "temperror", "transient")], dmarc=("pass", "temperror", "transient")),
            findings=[
                "dkim.key-unavailable", "dmarc.temperror", "dns.no-answer", "recorded.explained", "recorded.explained",
                "spf.elsewhere", "dmarc.policy",
            ],
        ),
        "Only the question for the key has no answer: the result hangs on it, so there is none.",
    )  # fmt: skip
    yield golden(
        "drift-dkim-temperror-both", service(signed(), dkim="temperror", dmarc="temperror"),
        service_zone(key=failing("servfail")),
        broken(
            unanswered, "dkim.key-unavailable", "pass", **missing,
            comparison=rows(dkim=[("temperror", "temperror")], dmarc=("temperror", "temperror")),
            findings=[
                "dkim.key-unavailable", "dmarc.temperror", "dns.no-answer", "spf.elsewhere", "dmarc.policy",
            ],
        ),
        "The key could not be had then and cannot be had now: both agree that nothing is known.",
    )  # fmt: skip
    yield golden(
        "drift-dkim-refused-now", service(signed(key="rsa512"), dkim="pass"), service_zone(key=key_record("rsa512")),
        broken(
            ["policy", "key.short", "match", "match", "valid"], "dkim.key-short", "pass",
            comparison=rows(dkim=[("pass", "policy", "local-policy")], dmarc=("pass", "fail", "local-policy")),
            findings=["dkim.key-short", *EXPLAINED],
        ),
        "The receiver accepted a key of 512 bits; RFC 8301 3.2 does not allow it. Its rule differs from ours.",
    )  # fmt: skip
    yield golden(
        "drift-dkim-otherwise", service(signed(q="http/json")), service_zone(),
        broken(
            ["neutral", "sig.query_unknown", "match", "match", "valid"], "dkim.malformed", "pass",
            comparison=rows(dkim=[("pass", "neutral", "unclear")], dmarc=("pass", "fail", "unclear")),
            findings=["dkim.malformed", "dmarc.not-aligned", *DIFFERS, "spf.elsewhere", "dmarc.policy"],
        ),
        "The receiver passed a signature whose q= allows no way to ask for the key: no reason in DNS or the copy.",
    )  # fmt: skip
    yield golden(
        "drift-recorded-signature-missing",
        gmail(signed(), dkim="pass").replace(
            b"       dkim=pass",
            b"       dkim=pass header.i=@example.net header.s=gone header.b=AAAABBBB;\r\n       dkim=pass",
            1,
        ),
        zone(),
        good(
            variant="unrecorded",
            comparison=[
                *rows()[:2], ["dkim", "pass", "none", False, "copy-altered"], rows()[2],
            ],
            findings=["recorded.differs", "dmarc.policy", "dkim.pass", "spf.listed"],
        ),
        "A valid signature of another domain was recorded that this copy does not have: a field was removed.",
    )  # fmt: skip


def _spf() -> Iterator[Golden]:
    explained = ["dmarc.policy", "recorded.explained", "dkim.pass", "spf.listed"]
    for name, word, reason, why in (
        (
            "drift-spf-temperror-then",
            "temperror",
            "transient",
            "The receiver had no answer for SPF; today there is one.",
        ),
        (
            "drift-spf-policy-then",
            "policy",
            "local-policy",
            "A local rule of the receiver overrode SPF (RFC 8601 2.4).",
        ),
    ):
        yield golden(
            name, gmail(signed(), spf=word), zone(),
            good(variant="unrecorded", comparison=rows((word, "pass", reason)), findings=explained), why,
        )  # fmt: skip
    signature = {"variant": "signature"}
    yield golden(
        "drift-spf-temperror-now", gmail(signed()), zone(spf={"TXT": {"error": "servfail"}}),
        good(
            **signature, spf=["temperror", "spf.temperror"], comparison=rows(("pass", "temperror", "transient")),
            findings=["spf.temperror", "dns.no-answer", "dmarc.policy", "recorded.explained", "dkim.pass"],
        ),
        "SPF has no answer today, but the signature passes: no answer that matters is missing (RFC 9989 5.3.6).",
    )  # fmt: skip
    guess = gmail(signed()).replace(b"google.com: domain of", b"google.com: best guess record for domain of")
    yield golden(
        "drift-spf-best-guess", guess, zone(spf=None, more={"example.com": {"MX": ["10 mail.example.com"]}}),
        good(
            **signature, spf=["none", "spf.none"], comparison=rows(("pass", "none", "local-policy")),
            findings=["spf.none", "dmarc.policy", "recorded.explained", "dkim.pass"],
        ),
        "Gmail passed SPF by a record it made up (\"best guess\"); there is none, now as then.",
    )  # fmt: skip
    inner = crlf(
        "Received: from laptop (unknown [203.0.113.77]) by mail.example.com (Postfix) with ESMTP id 1;\n"
        "        Fri, 20 Nov 2026 08:12:00 +0000 (UTC)\n"
    )
    yield golden(
        "drift-other-hop", gmail(inner + signed()), zone(),
        good(
            **signature, border=2, spf=["fail", "spf.fail"], comparison=rows(("pass", "fail", "other-hop")),
            findings=["spf.fail", "dmarc.policy", "recorded.explained", "dkim.pass"],
        ),
        "The reader chose another hop than the receiver judged: SPF is asked about another server.",
        choices={"trusted": [GMAIL], "border": 2},
    )  # fmt: skip
    yield golden(
        "drift-dns-changed", gmail(mail()), zone(spf="v=spf1 ip4:192.0.2.99 -all"),
        good(
            exit_status=2, level="warn", situation="S16", variant="server", dkim=[],
            spf=["fail", "spf.fail"], dmarc=["fail", "fail.nothing_passed", "reject"],
            comparison=rows(("pass", "fail", "dns-changed"), (), ("pass", "fail", "dns-changed")),
            findings=[
                "dmarc.nothing-passed", "spf.fail", "recorded.explained", "recorded.explained", "dkim.none",
                "dmarc.policy",
            ],
        ),
        "Mail without a signature, vouched for by its server then; the server has left the list since.",
    )  # fmt: skip
