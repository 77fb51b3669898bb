"""Cases of SPF and of DMARC: each way a record can be wrong, and what the standards make of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.support.corpus.build import (
    GMAIL,
    POLICY,
    SERVICE_SPF,
    Expected,
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
from tests.support.signing import key_record

TEN_INCLUDES = "v=spf1 " + " ".join(f"include:i{n}.example.com" for n in range(11)) + " -all"

SPF = {
    "spf-fail": (
        "v=spf1 ip4:192.0.2.99 -all", {}, "fail", "spf.fail", "spf.fail", "-all catches a server that is not listed.",
    ),
    "spf-softfail": (
        "v=spf1 ~all", {}, "softfail", "spf.softfail", "spf.softfail", "~all says: probably not (RFC 7208 8.5).",
    ),
    "spf-neutral": ("v=spf1 ?all", {}, "neutral", "spf.neutral", "spf.neutral", "?all says nothing (RFC 7208 8.2)."),
    "spf-no-match": (
        "v=spf1 ip4:192.0.2.99", {}, "neutral", "spf.neutral", "spf.neutral",
        "Nothing matches and there is no all: neutral (RFC 7208 4.7).",
    ),
    "spf-none": (None, {"example.com": {"MX": ["10 mail.example.com"]}}, "none", "spf.none", "spf.none", "No record."),
    "spf-two-records": (
        ["v=spf1 ip4:192.0.2.25 -all", "v=spf1 -all"], {}, "permerror", "spf.several_records", "spf.several-records",
        "More than one record is an error, even if one of them lists the server (RFC 7208 4.5).",
    ),
    "spf-syntax": (
        "v=spf1 ip4:192.0.2.25 ipv4:192.0.2.26 -all", {}, "permerror", "spf.syntax", "spf.syntax",
        "A term nobody knows spoils the whole record, though an earlier term would have matched (RFC 7208 4.6).",
    ),
    "spf-include-of-nothing": (
        "v=spf1 include:gone.example.net -all", {}, "permerror", "spf.include_none", "spf.include-none",
        "An included domain without a record is an error (RFC 7208 5.2).",
    ),
    "spf-redirect-to-nothing": (
        "v=spf1 redirect=gone.example.net", {}, "permerror", "spf.redirect_none", "spf.include-none",
        "A redirect to a domain without a record is an error (RFC 7208 6.1).",
    ),
    "spf-too-many-lookups": (
        TEN_INCLUDES, {f"i{n}.example.com": "v=spf1 ip4:203.0.113.1 -all" for n in range(11)},
        "permerror", "spf.too_many_lookups", "spf.too-many-lookups",
        "The eleventh include breaks the limit (RFC 7208 4.6.4).",
    ),
    "spf-too-many-voids": (
        "v=spf1 a:a.example.com a:b.example.com a:c.example.com ip4:192.0.2.25 -all", {},
        "permerror", "spf.too_many_voids", "spf.too-many-voids",
        "Three names without an answer are one more than the limit (RFC 7208 4.6.4).",
    ),
    "spf-include-loop": (
        "v=spf1 include:example.com -all", {}, "permerror", "spf.include_loop", "spf.include-loop",
        "A record that includes itself never ends.",
    ),
    "spf-too-many-mx": (
        "v=spf1 mx:many.example.com -all", {"many.example.com": {"MX": [f"10 mx{n}.example.com" for n in range(11)]}},
        "permerror", "spf.too_many_mx", "spf.too-many-mx",
        "A domain with eleven mail servers stands behind mx: more than ten must not be asked for (RFC 7208 4.6.4).",
    ),
    "spf-not-ascii": (
        "v=spf1 ip4:192.0.2.25 –all", {}, "permerror", "spf.not_ascii", "spf.not-ascii",
        "A word processor made a dash of the hyphen: no record may hold that (RFC 7208 3.1, 4.6).",
    ),
    "spf-no-name": (
        None, {}, "none", "spf.none", "spf.no-name",
        "The domain of the return address does not exist at all, which is more than a missing record (RFC 7208 4.3).",
    ),
}  # fmt: skip
"""The record at example.com, further names, result, code, finding, reason."""

SPF_PASSES = {
    "spf-redirect": ("v=spf1 redirect=_spf.example.com", {"_spf.example.com": "v=spf1 ip4:192.0.2.0/24 -all"}, []),
    "spf-ptr": (
        "v=spf1 ptr:example.com -all",
        {"25.2.0.192.in-addr.arpa": {"PTR": ["mail.example.com"]}, "mail.example.com": {"A": ["192.0.2.25"]}},
        ["spf.ptr"],
    ),
    "spf-ten-lookups": (
        TEN_INCLUDES.replace(" include:i10.example.com", "").replace("-all", "ip4:192.0.2.25 -all"),
        {f"i{n}.example.com": "v=spf1 ip4:203.0.113.1 -all" for n in range(10)}, [],
    ),
    "spf-all": ("v=spf1 +all", {}, ["spf.allows-everyone"]),
}  # fmt: skip
WHY_PASSES = {
    "spf-redirect": "The record stands elsewhere (RFC 7208 6.1); the pass counts for the domain that was asked.",
    "spf-ptr": "ptr is discouraged (RFC 7208 5.5) and still valid: the name and the address confirm each other.",
    "spf-ten-lookups": "Ten look-ups are the limit, not beyond it.",
    "spf-all": "+all lets everybody pass. The pass counts by the book, with a warning (RFC 9989 11.1).",
}


def cases() -> Iterator[Golden]:
    yield from _spf()
    yield from _bounces()
    yield from _fails()
    yield from _records()
    yield from _subdomains()
    yield from _answers()


def _spf() -> Iterator[Golden]:
    """The signature passes, so that only SPF changes."""
    for name, (record, more, result, code, finding, why) in SPF.items():
        weighty = finding in {
            "spf.several-records", "spf.syntax", "spf.include-none", "spf.too-many-lookups", "spf.too-many-voids",
            "spf.include-loop", "spf.too-many-mx", "spf.not-ascii",
        }  # fmt: skip
        warns = weighty or result in {"fail", "softfail", "permerror"}
        findings = [finding, "dmarc.policy", "dkim.pass"]
        assert warns or findings[0] in {"spf.neutral", "spf.none", "spf.no-name"}
        yield golden(
            name, gmail(signed(), spf=result), zone(spf=record, more=more),
            good(variant="signature", spf=[result, code], comparison=rows((result, result)), findings=findings), why,
        )  # fmt: skip
    for name, (record, more, extra) in SPF_PASSES.items():
        expected = good(findings=[*extra, "dmarc.policy", "dkim.pass", "spf.listed"])
        yield golden(name, gmail(signed()), zone(spf=record, more=more), expected, WHY_PASSES[name])
    silent = gmail(signed(), dkim=None, spf=None, dmarc=None)
    yield golden(
        "recorded-none", silent, zone(),
        good(
            variant="unrecorded", comparison=rows((None, "pass"), [(None, "pass")], (None, "pass")),
            trusted=[["Authentication-Results", GMAIL, "trusted"]],
        ),
        "The receiver recorded that it checked nothing (RFC 8601 2.2, \"none\"): there is nothing to compare.",
    )  # fmt: skip
    yield golden(
        "spf-all-alone", gmail(mail()), zone(spf="v=spf1 +all"),
        good(
            exit_status=2, level="warn", situation="S4", variant="everyone", dkim=[], comparison=rows(dkim=()),
            findings=["spf.allows-everyone", "dkim.none", "dmarc.policy", "spf.listed"],
        ),
        "Nothing but +all makes this pass: DMARC passes by the book, for a forger as well. So nothing is known"
        " (2), and there is no green answer (RFC 9989 11.1).",
    )  # fmt: skip


def _bounces() -> Iterator[Golden]:
    """The null return path: HELO is judged in its place (RFC 7208 2.4)."""
    report = mail(
        sender="Mail Delivery System <MAILER-DAEMON@mail.example.com>", subject="Undelivered Mail Returned to Sender",
        extra="Auto-Submitted: auto-replied\nMIME-Version: 1.0\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b1"\n',
        body="--b1\n\nYour mail could not be delivered.\n--b1\nContent-Type: message/delivery-status\n\n"
        "Reporting-MTA: dns; mail.example.com\n--b1\nContent-Type: text/rfc822-headers\n\n"
        "DKIM-Signature: v=1; d=other.example; b=AAAA\nAuthentication-Results: mx.google.com; dkim=pass\n"
        "From: you@recipient.example\n--b1--\n",
    )  # fmt: skip
    here = {"mail.example.com": {"TXT": [["v=spf1 a -all"]], "A": ["192.0.2.25"]}}
    yield golden(
        "bounce-pass", gmail(report, mail_from="", author="mail.example.com"), zone(spf=None, more=here),
        good(
            situation="S4", dkim=[], comparison=rows(dkim=()),
            findings=["dkim.none", "spf.helo", "dmarc.policy", "input.report", "input.attached", "spf.listed"],
        ),
        "A bounce: the name the server gave stands in for the return path, and its own list has it. What the bounce"
        " quotes is body, not header.",
    )  # fmt: skip
    there = {"mail.example.com": {"TXT": [["v=spf1 a -all"]], "A": ["192.0.2.99"]}}
    yield golden(
        "bounce-fail", gmail(report, mail_from="", spf="fail", dmarc="fail (p=REJECT)", author="mail.example.com"),
        zone(spf=None, more=there),
        good(
            exit_status=1, level="fail", situation="S6", variant="nothing-passes", dkim=[], spf=["fail", "spf.fail"],
            dmarc=["fail", "fail.nothing_passed", "reject"], comparison=rows(("fail", "fail"), (), ("fail", "fail")),
            findings=[
                "dmarc.nothing-passed", "spf.fail", "dkim.none", "spf.helo", "dmarc.policy", "input.report",
                "input.attached",
            ],
        ),
        "A bounce from a server that only claims the name.",
    )  # fmt: skip


ALONE = ["dmarc.not-aligned", "dkim.none", "spf.elsewhere"]


def _stranger(**changes: Any) -> Expected:
    """No signature, SPF passes for somebody else; `findings` and the rest as given."""
    return good(
        **{
            "exit_status": 1, "level": "fail", "situation": "S6", "dkim": [],
            "dmarc": ["fail", "fail.passed_not_aligned", "reject"],
            "comparison": rows(dkim=(), dmarc=("fail", "fail")),
            "findings": [*ALONE, "dmarc.policy"],
            **changes,
        }
    )  # fmt: skip


def _fails() -> Iterator[Golden]:
    """What the owner asks for mail that fails."""
    for name, policy, wish, changes, why in (
        ("dmarc-reject", POLICY, "reject", {}, "p=reject, and nothing aligned passes."),
        ("dmarc-quarantine", "v=DMARC1; p=quarantine", "quarantine", {}, "p=quarantine is enforcement too."),
        (
            "dmarc-none", "v=DMARC1; p=none; rua=mailto:d@example.com", "none",
            {"level": "warn", "situation": "S8", "findings": [*ALONE, "dmarc.monitoring"]},
            "p=none asks for nothing: a warning, not a failure.",
        ),
        (
            "dmarc-reject-testing", POLICY + "; t=y", "quarantine",
            {"findings": [*ALONE, "dmarc.policy", "dmarc.testing", "dmarc.older-receivers"]},
            "t=y lowers the wish by one level: reject becomes quarantine (RFC 9989 4.7, S28).",
        ),
        (
            "dmarc-quarantine-testing", "v=DMARC1; p=quarantine; t=y", "none",
            {"level": "warn", "situation": "S8", "variant": "testing",
             "findings": [*ALONE, "dmarc.policy", "dmarc.testing-quarantine", "dmarc.older-receivers"]},
            "t=y lowers quarantine to none.",
        ),
    ):  # fmt: skip
        word = f"fail (p={wish.upper()})"
        expected = _stranger(**{"dmarc": ["fail", "fail.passed_not_aligned", wish], **changes})
        yield golden(name, service(mail(), dmarc=word), service_zone(dmarc=policy), expected, why)
    third = signed(d="example.net")
    net = {"s1._domainkey.example.net": key_record("rsa2048")}
    yield golden(
        "service-without-author-signature", service(third, dmarc="fail (p=NONE)"),
        service_zone(dmarc="v=DMARC1; p=none", more=net),
        good(
            exit_status=1, level="warn", situation="S19", dmarc=["fail", "fail.passed_not_aligned", "none"],
            comparison=rows(dmarc=("fail", "fail")),
            findings=["dmarc.not-aligned", "dkim.third-party", "spf.elsewhere", "dmarc.monitoring"],
        ),
        "A service signed in its own name only: the shown sender stands under nothing (S19).",
    )  # fmt: skip


def _records() -> Iterator[Golden]:
    """Records that are wrong or unusual, on mail that passes SPF and DKIM."""
    no_dmarc: Expected = {"situation": "S20", "variant": "both", "dmarc": ["none", "none.no_record", None]}
    plain = ["dkim.pass", "spf.listed"]
    for name, record, code, finding, why in (
        ("dmarc-no-record", None, "none.no_record", ["dmarc.no-record"], "No policy is published."),
        (
            "dmarc-several-records", [POLICY, "v=DMARC1; p=none"], "none.several_records", ["dmarc.several-records"],
            "Of several records none counts, and the search goes on without result (RFC 9989 4.10).",
        ),
        (
            "dmarc-version", "v=DMARC2; p=reject", "none.version", ["dmarc.version"],
            "v= must be DMARC1, else the whole record is ignored (RFC 9989 4.7).",
        ),
        (
            "dmarc-bad-policy", "v=DMARC1; p=rejct", "none.unusable_policy", ["dmarc.unusable-policy"],
            "A p= that is no policy, and no address for reports: no DMARC at all (RFC 9989 4.10.1).",
        ),
        (
            "dmarc-duplicate-tag", POLICY + "; p=none", "none.unusable_policy",
            ["dmarc.unusable-policy", "dmarc.duplicate-tag"],
            "A tag that stands twice makes the list invalid (RFC 6376 3.2).",
        ),
    ):  # fmt: skip
        expected = good(
            **{**no_dmarc, "dmarc": ["none", code, None]},
            comparison=rows(dmarc=("none", "none")), findings=[*finding, *plain],
        )  # fmt: skip
        yield golden(name, gmail(signed(), dmarc="none"), zone(dmarc=record), expected, why)
    yield golden(
        "dmarc-bad-policy-with-reports", gmail(signed(), dmarc="pass (p=NONE)"),
        zone(dmarc="v=DMARC1; p=rejct; rua=mailto:d@example.com"),
        good(findings=["dmarc.policy-replaced", "dmarc.monitoring", *plain]),
        "A p= that is no policy, with an address for reports: as if it said none (RFC 9989 4.10.1).",
    )  # fmt: skip
    yield golden(
        "dmarc-old-tags", gmail(signed()), zone(dmarc=POLICY + "; pct=50"),
        good(findings=["dmarc.policy", "dmarc.historic-tag", *plain]), "pct= has no effect any more (RFC 9989 9.3).",
    )  # fmt: skip
    deep = "a.b.c.d.e.f.g.example.com"
    yield golden(
        "dmarc-deep", gmail(signed(mail(sender=f"News <news@{deep}>")), author=deep), zone(),
        good(situation="S2", findings=["dmarc.policy", "dmarc.depth", *plain]),
        "Nine labels: the walk skips a level (RFC 9989 4.10), and finds the organisation all the same.",
    )  # fmt: skip


def _subdomains() -> Iterator[Golden]:
    news = mail(sender="News <news@news.example.com>")
    fails = "fail (p=REJECT)"
    exists = {"news.example.com": {"A": ["192.0.2.80"]}}
    old = ["dmarc.policy", "dmarc.older-receivers"]
    yield golden(
        "dmarc-sp", service(news, dmarc=fails, author="news.example.com"),
        service_zone(dmarc="v=DMARC1; p=none; sp=reject; np=none", more=exists), _stranger(),
        "sp= is the policy for a subdomain that exists, whatever p= says.",
    )  # fmt: skip
    yield golden(
        "dmarc-np", service(news, dmarc=fails, author="news.example.com"),
        service_zone(dmarc="v=DMARC1; p=none; np=reject"),
        _stranger(
            findings=["dmarc.no-such-domain", "dkim.none", "dmarc.not-aligned", "spf.elsewhere", *old],
        ),
        "np= is the policy for a name that does not exist (NXDOMAIN); older receivers do not know it.",
    )  # fmt: skip
    yield golden(
        "dmarc-psd-y", service(mail(sender="Bank <news@bank.example>"), dmarc=fails, author="bank.example"),
        {**SERVICE_SPF, "_dmarc.example": "v=DMARC1; p=reject; psd=y; rua=mailto:d@nic.example"},
        _stranger(findings=["dmarc.not-aligned", "dkim.none", "spf.elsewhere", *old]),
        "A registry that declares itself one (psd=y) gives its policy to names below it that have none.",
    )  # fmt: skip
    apart = {"_dmarc.news.example.com": POLICY + "; psd=n"}
    yield golden(
        "dmarc-psd-n", service(signed(news), dmarc=fails, author="news.example.com"), service_zone(more=apart),
        good(
            exit_status=1, level="fail", situation="S6", dmarc=["fail", "fail.passed_not_aligned", "reject"],
            comparison=rows(dmarc=("fail", "fail")),
            findings=[
                "dmarc.separate-organisation", "dmarc.not-aligned", "dkim.third-party", "spf.elsewhere", *old,
            ],
        ),
        "news.example.com declares itself an organisation of its own (psd=n): example.com's signature does not align.",
    )  # fmt: skip
    sub = {"s1._domainkey.mail.example.com": key_record("rsa2048")}
    strict = good(
        exit_status=1, level="fail", situation="S6", dmarc=["fail", "fail.passed_not_aligned", "reject"],
        comparison=rows(dmarc=("fail", "fail")), variant="strict",
        findings=["dmarc.strict", "dmarc.not-aligned", "spf.elsewhere", "dmarc.policy", "dkim.pass"],
    )  # fmt: skip
    yield golden(
        "dmarc-strict-dkim", service(signed(d="mail.example.com"), dmarc=fails),
        service_zone(dmarc=POLICY + "; adkim=s", more=sub), strict,
        "adkim=s wants the same name; a signature of a subdomain does not do.",
    )  # fmt: skip
    yield golden(
        "dmarc-strict-spf", gmail(mail(), mail_from="b@mail.example.com", dmarc=fails),
        zone(dmarc=POLICY + "; aspf=s", more={"mail.example.com": "v=spf1 ip4:192.0.2.25 -all"}),
        _stranger(variant="strict", findings=["dmarc.strict", "dkim.none", "dmarc.policy", "spf.listed"]),
        "aspf=s wants the same name; a return path at a subdomain does not do. It is the sender's own, not anybody's.",
    )  # fmt: skip


def _answers() -> Iterator[Golden]:
    """DNS that does not answer."""
    dead = {name: failing("timeout") for name in _ASKED}
    missing = {"exit_status": 2, "level": "unknown", "dmarc": ["temperror", "temperror.policy", None]}
    yield golden(
        "dns-all-time-out", gmail(signed()), dead,
        good(
            **missing, situation="S12", variant="several",
            dkim=[["temperror", "key.unavailable", "unchecked", "match", "valid"]],
            spf=["temperror", "spf.temperror"],
            comparison=rows(
                ("pass", "temperror", "transient"), [("pass", "temperror", "transient")],
                ("pass", "temperror", "transient"),
            ),
            findings=[
                "dkim.key-unavailable", "dmarc.temperror", "spf.temperror", "dns.no-answer",
                *["recorded.explained"] * 3,
            ],
        ),
        "No question has an answer: nothing can be said about the sender, and certainly nothing bad.",
    )  # fmt: skip
    away = {name: failing("offline") for name in _ASKED}
    offline = {
        "situation": "S13", "dkim": [["temperror", "key.unavailable", "unchecked", "match", "valid"]],
        "spf": ["temperror", "spf.temperror"],
    }  # fmt: skip
    yield golden(
        "dns-offline", gmail(signed()), away,
        good(
            **missing, **offline,
            comparison=rows(
                ("pass", "temperror", "transient"), [("pass", "temperror", "transient")],
                ("pass", "temperror", "transient"),
            ),
            findings=[
                "dkim.key-unavailable", "dmarc.temperror", "spf.temperror", *["recorded.explained"] * 3, "dns.offline",
            ],
        ),
        "Without a network only the receiver's record is left, and it is shown as that.",
        choices={"trusted": [GMAIL], "offline": True},
    )  # fmt: skip
    bare = crlf(
        "Received: from mail.example.com (mail.example.com [192.0.2.25]) by mx.recipient.example (Postfix)\n"
        " with ESMTPS id 1; Fri, 20 Nov 2026 08:12:02 +0000 (UTC)\n"
    )
    yield golden(
        "dns-offline-unrecorded", bare + signed(), {**away, "example.com": failing("offline")},
        good(
            **missing, **{**offline, "spf": ["none", "spf.no_domain"]}, variant="unrecorded", border=0, trusted=[],
            comparison=rows((None, "none"), [(None, "temperror")], (None, "temperror")),
            findings=["dkim.key-unavailable", "dmarc.temperror", "spf.no-domain", "dns.offline"],
        ),
        "Without a network and without a record of the receiver there is nothing to show.",
        choices={"offline": True},
    )  # fmt: skip


_ASKED = ("s1._domainkey.example.com", "example.com", "_dmarc.example.com", "_dmarc.com")
