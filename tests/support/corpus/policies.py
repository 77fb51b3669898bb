"""Cases for the tables of DMARC and ARC in headerlens/verify/drift.py, overridden failures among them."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support.corpus.build import (
    AUTHOR,
    FORWARDED_TRUST,
    OWN_TRUST,
    POLICY,
    Golden,
    crlf,
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
from tests.support.corpus.drifts import OUTLOOK, outlook
from tests.support.signing import key_record, seal


def cases() -> Iterator[Golden]:
    yield from _dmarc()
    yield from _overridden()
    yield from _chains()


def _dmarc() -> Iterator[Golden]:
    explained = ["dmarc.policy", "recorded.explained", "dkim.pass", "spf.listed"]
    for name, word, reason, why in (
        ("drift-dmarc-temperror-then", "temperror", "transient", "The receiver could not get the policy in time."),
        ("drift-dmarc-policy-then", "policy", "local-policy", "A local rule of the receiver overrode DMARC."),
        ("drift-dmarc-none-then", "none", "dns-changed", "There was no policy on delivery; one is published now."),
        ("drift-dmarc-fail-then", "fail (p=REJECT)", "dns-changed",
         "SPF and DKIM agree with the record and only DMARC differs: the policy must have been stricter then."),
    ):  # fmt: skip
        yield golden(
            name, gmail(signed(), dmarc=word), zone(),
            good(
                variant="unrecorded", comparison=rows(dmarc=(word.partition(" ")[0], "pass", reason)),
                findings=explained,
            ),
            why,
        )  # fmt: skip
    yield golden(
        "drift-dmarc-none-now", gmail(signed()), zone(dmarc=None),
        good(
            situation="S20", variant="both", dmarc=["none", "none.no_record", None],
            comparison=rows(dmarc=("pass", "none", "dns-changed")),
            findings=["dmarc.no-record", "recorded.explained", "dkim.pass", "spf.listed"],
        ),
        "The policy has been taken down since: no DMARC today, but the names still fit.",
    )  # fmt: skip
    yield golden(
        "drift-dmarc-temperror-now", gmail(signed()), zone(dmarc=failing("timeout")),
        good(
            situation="S20", variant="both", dmarc=["temperror", "temperror.policy", None],
            comparison=rows(dmarc=("pass", "temperror", "transient")),
            findings=["dns.no-answer", "dmarc.policy-unknown", "recorded.explained", "dkim.pass", "spf.listed"],
        ),
        "Only the policy cannot be had. SPF and DKIM pass for exactly the sender's name, which aligns whatever"
        " a policy says, so the answer cannot change for the worse (interface.md 3).",
    )  # fmt: skip
    yield golden(
        "drift-dmarc-record-gone", service(mail(), dmarc="fail (p=REJECT)"), service_zone(dmarc=None),
        good(
            exit_status=1, level="warn", situation="S18", variant="failed-then", dkim=[],
            dmarc=["none", "none.no_record", None],
            comparison=rows(dkim=(), dmarc=("fail", "none", "dns-changed")),
            findings=["dmarc.no-record", "dkim.none", "spf.elsewhere", "recorded.explained"],
        ),
        "DMARC failed on delivery by a policy that is published no more: not authenticated then, and nothing"
        " speaks for the sender now.",
    )  # fmt: skip
    stranger = service(mail(), mail_from="x@bounce.example.net")
    yield golden(
        "drift-dmarc-unclear", stranger, service_zone(),
        good(
            exit_status=1, level="fail", situation="S6", dkim=[],
            dmarc=["fail", "fail.passed_not_aligned", "reject"],
            comparison=rows(dkim=(), dmarc=("pass", "fail", "unclear")),
            findings=["dmarc.not-aligned", "recorded.differs", "dkim.none", "spf.elsewhere", "dmarc.policy"],
        ),
        "The receiver recorded dmarc=pass, and nothing it recorded beside that could have made it pass.",
    )  # fmt: skip
    news = signed(mail(sender="News <news@news.example.com>"))
    apart = {"_dmarc.news.example.com": POLICY}
    yield golden(
        "drift-old-rules", service(news, author="news.example.com"), service_zone(dmarc=None, more=apart),
        good(
            exit_status=1, level="fail", situation="S6",
            dmarc=["fail", "fail.passed_not_aligned", "reject"],
            comparison=rows(dmarc=("pass", "fail", "old-rules")),
            findings=[
                "dmarc.separate-organisation", "dmarc.not-aligned", "dkim.third-party", "spf.elsewhere",
                "dmarc.policy", "dmarc.older-receivers", "recorded.explained",
            ],
        ),
        "Vector D09: only news.example.com has a record, so it is an organisation of its own and example.com does not"
        " align. By RFC 7489, which the receiver still follows, it did.",
    )  # fmt: skip
    two = b"From: Someone Else <someone@example.org>\r\n" + signed()
    yield golden(
        "drift-no-author", gmail(two), zone(),
        good(
            exit_status=1, level="warn", situation="S23", dmarc=["none", "na.several_from", None],
            comparison=rows(dmarc=("pass", "none", "unclear")),
            findings=[
                "identity.several-from", "recorded.differs", "headers.malformed", "dkim.pass", "spf.listed",
            ],
        ),
        "Two From fields: there is no sender to speak for, whatever the receiver recorded (RFC 9989 5.3.1).",
    )  # fmt: skip


def _overridden() -> Iterator[Golden]:
    forwarded = _forwarded(signed().replace(b"invoice 1182 is", b"invoice 1183 is"))
    said = "pass (i=1 spf=pass spfdomain=example.com dkim=pass dkdomain=example.com dmarc=pass fromdomain=example.com)"
    fwd = {"mail_from": AUTHOR, "host": "fwd.example.org", "ip": "203.0.113.9"}
    check = ["fail", "hash.body", "match", "mismatch", "valid"]
    overridden = good(
        exit_status=1, level="warn", situation="S7", variant="on-the-way", dkim=[check], spf=["fail", "spf.fail"],
        dmarc=["fail", "fail.nothing_passed", "reject"], arc=["pass", None], trusted=FORWARDED_TRUST,
        comparison=rows(
            ("fail", "fail"), [("fail", "fail")], ("fail", "fail", "arc-override", True), arc=("pass", "pass")
        ),
        findings=[
            "dkim.body-changed", "dmarc.nothing-passed", "spf.fail", "dmarc.policy", "dmarc.indirect",
            "recorded.untrusted", "arc.testimony",
        ],
    )  # fmt: skip
    more = {"fwd._domainkey.example.org": key_record("rsa2048")}
    yield golden(
        "drift-arc-override",
        gmail(forwarded, **fwd, dkim="fail", spf="fail", arc=said, dmarc="fail (p=REJECT sp=REJECT dis=NONE arc=pass)"),
        zone(more=more), overridden,
        "DMARC failed then as now, and Gmail let the mail in all the same because of the ARC chain (standards.md 4.6).",
    )  # fmt: skip
    passed = dict(overridden)
    passed["comparison"] = rows(
        ("fail", "fail"), [("fail", "fail")], ("pass", "fail", "arc-override"), arc=("pass", "pass")
    )
    passed["findings"] = [*overridden["findings"][:-2], "recorded.explained", "recorded.untrusted", "arc.testimony"]
    yield golden(
        "drift-arc-override-pass",
        gmail(forwarded, **fwd, dkim="fail", spf="fail", arc=said, dmarc="pass (p=REJECT dis=NONE arc=pass)"),
        zone(more=more), passed,
        "Here the receiver wrote pass because it believed the chain. A chain never makes DMARC pass (RFC 8617 9.3).",
    )  # fmt: skip
    microsoft = dict(overridden)
    microsoft |= {
        "border": 2,
        "comparison": rows(
            ("fail", "fail"), [("fail", "fail")], ("fail", "fail", "arc-override", True), arc=(None, "pass")
        ),
        "trusted": [["Authentication-Results", OUTLOOK, "proposed"], FORWARDED_TRUST[-1]],
    }
    microsoft["findings"] = [*microsoft["findings"], "recorded.action", "recorded.compauth"]
    top = outlook(b"").replace(b"198.51.100.24", b"203.0.113.9").replace(b"out4.example.net", b"fwd.example.org")
    top = top.replace(b"spf=pass", b"spf=fail").replace(b"bounce.example.net", b"example.com")
    top = top.replace(b"dkim=pass (signature was verified)", b"dkim=fail (body hash did not verify)")
    top = top.replace(b"dmarc=pass action=none", b"dmarc=fail action=none").replace(b"reason=100", b"reason=130")
    top = top.replace(b"X-MS-Exchange-Organization-AuthAs: Anonymous\r\n", b"")
    yield golden(
        "drift-arc-override-microsoft", top + forwarded, zone(more=more), microsoft,
        "Microsoft says the same with compauth reason 130: ARC overrode the DMARC failure (standards.md 4.5).",
        choices={},
    )  # fmt: skip


def _forwarded(message: bytes, *, before: bytes | None = None) -> bytes:
    """As a forwarder hands it on, sealed; `before` is what it sealed, where that differs."""
    received = crlf(
        "Received: from mail.example.com (mail.example.com [192.0.2.25])\n"
        "        by mx.example.org (Postfix) with ESMTPS id 4ABC9\n"
        "        for <you@example.org>; Fri, 20 Nov 2026 08:12:00 +0000 (UTC)\n"
    )
    results = b"mx.example.org; spf=pass smtp.mailfrom=news@example.com; dkim=pass header.d=example.com;"
    results += b" dmarc=pass header.from=example.com"
    sealed = seal(received + (before or message), results, domain="example.org", selector="fwd")
    return sealed if before is None else sealed.replace(before, message)


def _chains() -> Iterator[Golden]:
    """ARC recorded and now, on mail that passes for its own reasons."""
    fwd = {"mail_from": AUTHOR, "host": "fwd.example.org", "ip": "203.0.113.9", "spf": "fail"}
    more = {"fwd._domainkey.example.org": key_record("rsa2048")}
    base = {
        "situation": "S3", "spf": ["fail", "spf.fail"], "arc": ["pass", None], "trusted": FORWARDED_TRUST,
        "findings": ["spf.forwarded", "recorded.untrusted", "arc.testimony", "dmarc.policy", "dkim.pass"],
    }  # fmt: skip
    sealed = _forwarded(signed())
    for name, word, expected, why in (
        (
            "arc-agrees", "pass", {"comparison": rows(("fail", "fail"), arc=("pass", "pass"))},
            "Forwarded with a chain that passes: the signature survives, the chain is testimony (RFC 8617 7.2.1).",
        ),
        (
            "drift-arc-none-then", "none", {"comparison": rows(("fail", "fail"), arc=("none", "pass", "incomparable"))},
            "The receiver saw no chain: the first set may have been added after it judged.",
        ),
        (
            "drift-arc-corrected", "fail",
            {
                "comparison": rows(("fail", "fail"), arc=("fail", "pass", "corrected")),
                "findings": [
                    "spf.forwarded", "recorded.untrusted", "arc.testimony", "dmarc.policy", "recorded.corrected",
                    "dkim.pass",
                ],
            },
            "The chain failed on delivery and passes today: the sealer's key was published since.",
        ),
        (
            "drift-arc-odd-word", "policy",
            {
                "comparison": rows(("fail", "fail"), arc=("policy", "pass", "unclear")),
                "findings": [
                    "recorded.differs", "spf.forwarded", "recorded.untrusted", "arc.testimony", "dmarc.policy",
                    "dkim.pass",
                ],
            },
            "\"policy\" is no result that ARC has (RFC 8617 6): nothing explains it.",
        ),
    ):  # fmt: skip
        message = gmail(sealed, **fwd, arc=word)
        yield golden(name, message, zone(more=more), good(**{**base, **expected}), why)
    gone = {
        **base, "arc": ["fail", "arc.key_none"],
        "comparison": rows(("fail", "fail"), arc=("pass", "fail", "key-gone")),
        "findings": [
            "spf.forwarded", "recorded.untrusted", "dmarc.policy", "recorded.explained", "arc.uncheckable", "dkim.pass",
        ],
    }  # fmt: skip
    yield golden(
        "drift-arc-key-gone", gmail(sealed, **fwd, arc="pass"), zone(), good(**gone),
        "The forwarder's key is gone: the chain cannot be re-checked today, which is not the same as broken.",
    )  # fmt: skip
    lost = {
        **base, "trusted": OWN_TRUST,
        "arc": ["none", "arc.none"],
        "comparison": rows(("fail", "fail"), arc=("pass", "none", "copy-altered")),
        "findings": ["recorded.differs", "spf.forwarded", "dmarc.policy", "dkim.pass"],
    }  # fmt: skip
    bare = sealed[sealed.index(b"Authentication-Results: mx.example.org") :]
    bare = bare[bare.index(b"Received:") :]
    yield golden(
        "drift-arc-lost", gmail(bare, **fwd, arc="pass"), zone(more=more), good(**lost),
        "A chain that passed was recorded, and this copy has none: its fields were removed.",
    )  # fmt: skip
    cut = sealed.replace(b"ARC-Message-Signature", b"X-Was-Message-Signature")
    structure = {
        **base, "arc": ["fail", "arc.broken_structure"],
        "comparison": rows(("fail", "fail"), arc=("fail", "fail")),
        "findings": ["spf.forwarded", "recorded.untrusted", "dmarc.policy", "arc.fail", "dkim.pass"],
    }  # fmt: skip
    yield golden(
        "arc-broken", gmail(cut, **fwd, arc="fail"), zone(more=more), good(**structure),
        "A set lacks its message signature: the chain fails, and a failed chain counts as none (RFC 8617 5.2).",
    )  # fmt: skip
    gone_fail = {
        **lost, "comparison": rows(("fail", "fail"), arc=("fail", "none", "copy-altered")),
    }  # fmt: skip
    yield golden(
        "drift-arc-failed-and-lost", gmail(bare, **fwd, arc="fail"), zone(more=more), good(**gone_fail),
        "A broken chain was recorded; in this copy there is no chain at all.",
    )  # fmt: skip
