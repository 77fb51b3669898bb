"""Mails as several receivers leave them, what passed through lists and forwarders, and forged records."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support.corpus.build import (
    FORWARDED_TRUST,
    GMAIL,
    OWN_TRUST,
    PASS,
    POLICY,
    Golden,
    broken,
    crlf,
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
from tests.support.signing import key_record, seal

OUTLOOK = "am5eur03ft001.mail.protection.outlook.com"
NOTHING = good(
    exit_status=1, level="fail", situation="S6", variant="nothing-passes", dkim=[], spf=["fail", "spf.fail"],
    dmarc=["fail", "fail.nothing_passed", "reject"],
    findings=["dmarc.nothing-passed", "spf.fail", "dkim.none", "dmarc.policy"],
)  # fmt: skip


def cases() -> Iterator[Golden]:
    yield from _plain()
    yield from _microsoft()
    yield from _others()
    yield from _postfix()
    yield from _passed_on()
    yield from _lists()
    yield from _forged()


def _plain() -> Iterator[Golden]:
    yield golden(
        "plain", gmail(signed()), zone(), good(), "Everything fits, then and now: what all others differ from."
    )
    yield golden(
        "plain-proposed", gmail(signed()), zone(),
        good(variant="proposed", trusted=[[field, name, "proposed"] for field, name, _ in OWN_TRUST]),
        "The same before the reader has said where mail is received: the record is only proposed (RFC 8601 7.1).",
        choices={},
    )  # fmt: skip
    yield golden(
        "organisation", gmail(signed(mail(sender="News <news@news.example.com>")), author="news.example.com"), zone(),
        good(situation="S2"), "A subdomain as sender, vouched for by its organisation: only that is proved (S2).",
    )  # fmt: skip
    yield golden(
        "server-only", gmail(mail()), zone(),
        good(
            situation="S4", dkim=[], comparison=rows(dkim=()), findings=["dkim.none", "dmarc.policy", "spf.listed"]
        ),
        "No signature; the server's listing alone makes DMARC pass (S4).",
    )  # fmt: skip
    both = signed(signed(d="example.net", key="rsa2048b"))
    net = {"s1._domainkey.example.net": key_record("rsa2048b")}
    yield golden(
        "service", service(both), service_zone(more=net),
        good(
            situation="S5", dkim=[PASS, PASS], comparison=rows(dkim=[("pass", "pass")] * 2),
            findings=["dkim.third-party", "spf.service", "dmarc.policy", "dkim.pass"],
        ),
        "A service sends and signs for itself and for the sender: the author signature counts (S5).",
    )  # fmt: skip


def _microsoft() -> Iterator[Golden]:
    def top(results: str, spf: str, client: str, ip: str) -> bytes:
        return crlf(f"""\
Received: from AM9PR01MB2222.eurprd01.prod.exchangelabs.com (2603:10a6:20b:1::1) by
 DB8PR01MB1111.eurprd01.prod.exchangelabs.com with HTTPS; Fri, 20 Nov 2026 08:12:06 +0000
Received: from AM5EUR03FT001.eop-EUR03.prod.protection.outlook.com (2603:10a6:20b:2:cafe::5) by
 AM9PR01MB2222.outlook.office365.com (2603:10a6:20b:1::1) with Microsoft SMTP Server
 (version=TLS1_2, cipher=X) id 15.20; Fri, 20 Nov 2026 08:12:05 +0000
Authentication-Results: {results}
Received-SPF: {spf} receiver=protection.outlook.com; client-ip={ip};
 helo={client}; pr=C
Received: from {client} ({ip}) by AM5EUR03FT001.mail.protection.outlook.com (10.152.16.1)
 with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.20; Fri, 20 Nov 2026 08:12:02 +0000
""")

    trusted = [["Authentication-Results", OUTLOOK, "proposed"], ["Received-SPF", "protection.outlook.com", "proposed"]]
    message = top(
        "spf=pass (sender IP is 192.0.2.25)\n smtp.mailfrom=example.com; dkim=pass (signature was verified)\n"
        " header.d=example.com;dmarc=pass action=none header.from=example.com;compauth=pass\n reason=100",
        "Pass (protection.outlook.com: domain of example.com designates\n 192.0.2.25 as permitted sender)",
        "mail.example.com",
        "192.0.2.25",
    )
    yield golden(
        "microsoft-pass", message + b"Return-Path: news@example.com\r\n" + signed(), zone(),
        good(
            variant="proposed", border=2, trusted=trusted,
            findings=["dmarc.policy", "recorded.compauth", "dkim.pass", "spf.listed"],
        ),
        "Microsoft 365 names no server in its results and writes Return-Path far below (standards.md 4.5).", choices={},
    )  # fmt: skip
    message = top(
        "spf=fail (sender IP is 203.0.113.66)\n smtp.mailfrom=example.com; dkim=none (message not signed)\n"
        " header.d=none;dmarc=fail action=oreject header.from=example.com;compauth=fail\n reason=000",
        "Fail (protection.outlook.com: domain of example.com does not\n designate 203.0.113.66 as permitted sender)",
        "host66.example.net",
        "203.0.113.66",
    )
    yield golden(
        "microsoft-spoof", message + b"Return-Path: news@example.com\r\n" + mail(), zone(),
        {
            **NOTHING, "border": 2, "trusted": trusted,
            "comparison": rows(("fail", "fail"), [("none", "none")], ("fail", "fail")),
            "findings": [*NOTHING["findings"], "recorded.action", "recorded.compauth"],
        },
        "A spoof that Microsoft recorded as one: nothing vouches for the sender, then and now.", choices={},
    )  # fmt: skip


def _others() -> Iterator[Golden]:
    yahoo = "atlas-production.v2-mail-prod1-bf1.omega.yahoo.com"
    top = f"""\
Return-Path: <news@example.com>
X-Originating-Ip: [192.0.2.25]
Received-SPF: pass (domain of example.com designates 192.0.2.25 as permitted sender)
Authentication-Results: {yahoo};
 dkim=pass header.i=@example.com header.s=s1; spf=pass smtp.mailfrom=example.com; dmarc=pass(p=REJECT)
 header.from=example.com;
Received: from 192.0.2.25 (EHLO mail.example.com)
 by 10.217.151.13 with SMTPs; Fri, 20 Nov 2026 08:12:02 +0000
"""
    yield golden(
        "yahoo", crlf(top) + signed(), zone(),
        good(border=0, trusted=[["Received-SPF", yahoo, "trusted"], ["Authentication-Results", yahoo, "trusted"]]),
        "Yahoo writes results above its Received, which names an address instead of a host.",
        choices={"trusted": [yahoo]},
    )  # fmt: skip
    fast = "mx1.messagingengine.com"
    top = f"""\
Received: from phl-compute-01.internal (phl-compute-01.phl.internal [10.202.2.41])
 by store1.internal (Cyrus 3.9) with LMTPA; Fri, 20 Nov 2026 03:12:06 -0500
Received: from phl-mx-01.messagingengine.com ([10.202.2.200])
 by phl-compute-01.internal (LMTPProxy); Fri, 20 Nov 2026 03:12:05 -0500
Received: from phl-mx-01.messagingengine.com (localhost [127.0.0.1])
 by mailmx.phl.internal (Postfix) with ESMTP id 2; Fri, 20 Nov 2026 03:12:05 -0500
Authentication-Results: {fast};
 dkim=pass header.d=example.com;
 dmarc=pass policy.published-domain-policy=reject header.from=example.com;
 spf=pass smtp.mailfrom=news@example.com smtp.helo=mail.example.com
Received-SPF: pass (example.com: 192.0.2.25 is authorized to use 'news@example.com' in 'mfrom' identity)
 receiver=phl-mx-01.messagingengine.com; identity=mailfrom; envelope-from="news@example.com";
 helo=mail.example.com; client-ip=192.0.2.25
Received: from mail.example.com (mail.example.com [192.0.2.25])
 by phl-mx-01.messagingengine.com (Postfix) with ESMTPS id 1; Fri, 20 Nov 2026 03:12:04 -0500
"""
    yield golden(
        "fastmail", crlf(top) + signed(), zone(),
        good(
            border=3,
            trusted=[
                ["Authentication-Results", fast, "trusted"],
                ["Received-SPF", "phl-mx-01.messagingengine.com", "trusted"],
            ],
        ),
        "Fastmail hands mail through its own servers before it is stored: the border is the fourth Received.",
        choices={"trusted": [fast]},
    )  # fmt: skip


MX = "mx.recipient.example"
POSTFIX = f"""\
Return-Path: <news@example.com>
Delivered-To: you@recipient.example
Received: from {MX} by {MX} with LMTP id 3; Fri, 20 Nov 2026 08:12:06 +0000
Received: from localhost (localhost [127.0.0.1]) by {MX} (Postfix) with ESMTP id 2;
 Fri, 20 Nov 2026 08:12:05 +0000
Received: from mail.example.com (mail.example.com [192.0.2.25])
 by {MX} (Postfix) with ESMTPS id 1; Fri, 20 Nov 2026 08:12:04 +0000
"""


def _postfix() -> Iterator[Golden]:
    filtered = crlf(POSTFIX + f"DKIM-Filter: OpenDKIM Filter v2.11.0 {MX} 1\n")
    result = crlf(f"Authentication-Results: {MX};\n dkim=pass (2048-bit key) header.d=example.com header.s=s1\n")
    unrecorded = rows((None, "pass"), [("pass", "pass")], (None, "pass"))
    yield golden(
        "postfix-opendkim", filtered + result + signed(), zone(),
        good(
            variant="unrecorded", border=2, comparison=unrecorded, trusted=[["Authentication-Results", MX, "trusted"]]
        ),
        "OpenDKIM writes below the Received of its own server; the reader has named that server (--trust).",
        choices={"trusted": [MX]},
    )  # fmt: skip
    nothing = rows((None, "pass"), [(None, "pass")], (None, "pass"))
    yield golden(
        "postfix-opendkim-unknown", filtered + result + signed(), zone(),
        good(
            variant="unrecorded", border=2, comparison=nothing,
            trusted=[["Authentication-Results", MX, "untrusted"]],
            findings=["dmarc.policy", "recorded.untrusted", "dkim.pass", "spf.listed"],
        ),
        "The same without the reader's word: below the border anybody could have written it, so it is not believed.",
        choices={},
    )  # fmt: skip
    fields = "".join(
        f"Authentication-Results: {MX};\n {one}\n"
        for one in (
            "dkim=pass header.d=example.com header.s=s1", "spf=pass smtp.mailfrom=news@example.com",
            "dmarc=pass header.from=example.com",
        )
    )  # fmt: skip
    top = crlf(f"{fields}{POSTFIX.partition('Delivered-To: you@recipient.example' + chr(10))[2]}")
    path = b"Return-Path: <news@example.com>\r\n"
    yield golden(
        "several-fields-of-one-id", path + top + signed(), zone(),
        good(border=2, trusted=[["Authentication-Results", MX, "trusted"]] * 3),
        "One field for each method, all of one server and one pass: they are read together (standards.md 4.2 rule 5).",
        choices={"trusted": [MX]},
    )  # fmt: skip


def _passed_on() -> Iterator[Golden]:
    hop = crlf(
        "Received: from mail.example.com (mail.example.com [192.0.2.25])\n"
        "        by mx.example.org (Postfix) with ESMTPS id 4ABC9\n"
        "        for <you@example.org>; Fri, 20 Nov 2026 08:12:00 +0000 (UTC)\n"
    )
    away = {"host": "fwd.example.org", "ip": "203.0.113.9"}
    yield golden(
        "forwarded", gmail(hop + signed(), **away, spf="fail"), zone(),
        good(
            situation="S3", spf=["fail", "spf.fail"], comparison=rows(("fail", "fail")),
            findings=["spf.forwarded", "dmarc.policy", "dkim.pass"],
        ),
        "A forwarder kept the return path, so SPF fails; the signature survives (RFC 7960 3.1.1).",
    )  # fmt: skip
    srs = "srs0=abcd=xy=example.com=news@example.org"
    yield golden(
        "forwarded-with-own-return-path", gmail(hop + signed(), **away, mail_from=srs),
        zone(more={"example.org": "v=spf1 ip4:203.0.113.9 -all"}),
        good(
            situation="S3", variant="own-return-path",
            findings=["spf.passed-on", "dmarc.policy", "dkim.pass"],
        ),
        "A forwarder with SRS: SPF passes for the forwarder, the signature for the sender.",
    )  # fmt: skip
    results = b"mx.example.org; spf=pass smtp.mailfrom=news@example.com; dmarc=pass header.from=example.com"
    sealed = seal(hop + signed(), results, domain="example.org", selector="fwd")
    yield golden(
        "forwarded-with-arc", gmail(sealed, **away, spf="fail", arc="pass"),
        zone(more={"fwd._domainkey.example.org": key_record("rsa2048")}),
        good(
            situation="S3", spf=["fail", "spf.fail"], arc=["pass", None], trusted=FORWARDED_TRUST,
            comparison=rows(("fail", "fail"), arc=("pass", "pass")),
            findings=["spf.forwarded", "recorded.untrusted", "arc.testimony", "dmarc.policy", "dkim.pass"],
        ),
        "The forwarder also sealed what it saw; that is testimony and changes nothing here. What it wrote is a"
        " consequence of forwarding and stands under it.",
    )  # fmt: skip
    thirty = b"".join(
        crlf(
            f"Received: from r{n}.example.com (r{n}.example.com [192.0.2.{100 + n}]) by r{n + 1}.example.com with"
            f" ESMTP\n id r{n}; Fri, 20 Nov 2026 08:11:{59 - n:02} +0000\n"
        )
        for n in range(29, -1, -1)
    )
    yield golden(
        "thirty-hops", gmail(thirty + signed()), zone(), good(),
        "Thirty Received fields below the border: the sender's own affair.",
    )  # fmt: skip


LIST = "lists.example.org"
LIST_FIELDS = f"List-Id: Project <project.{LIST}>\nList-Post: <mailto:project@{LIST}>\nPrecedence: list\n"
FROM_LIST = {"mail_from": f"project-bounces@{LIST}", "host": LIST, "ip": "203.0.113.40"}
LIST_ZONE = {LIST: "v=spf1 ip4:203.0.113.40 -all", f"l1._domainkey.{LIST}": key_record("rsa2048b")}


def _lists() -> Iterator[Golden]:
    plain = crlf(LIST_FIELDS) + signed()
    yield golden(
        "list-untouched", gmail(plain, **FROM_LIST), zone(more=LIST_ZONE),
        good(situation="S3", variant="list", findings=["spf.passed-on", "dmarc.policy", "dkim.pass"]),
        "A list that changes nothing: the author's signature still fits.",
    )  # fmt: skip
    listed = signed(plain + crlf("--\nproject mailing list\n"), "rsa2048b", d=LIST, s="l1")
    changed = ["fail", "hash.body", "match", "mismatch", "valid"]
    for name, policy, wish, finding in (
        ("list-footer", "v=DMARC1; p=none", "none", "dmarc.monitoring"),
        ("list-footer-reject", POLICY, "reject", "dmarc.policy"),
    ):
        yield golden(
            name, gmail(listed, **FROM_LIST, dkim=["pass", "fail"], dmarc=f"fail (p={wish.upper()} dis=NONE)"),
            zone(dmarc=policy, more=LIST_ZONE),
            good(
                exit_status=1, level="warn", situation="S7", dkim=[PASS, changed],
                dmarc=["fail", "fail.passed_not_aligned", wish],
                comparison=rows(dkim=[("pass", "pass"), ("fail", "fail")], dmarc=("fail", "fail")),
                findings=[
                    "dkim.body-changed", "dmarc.not-aligned", "provider.list", "dmarc.indirect", "dkim.third-party",
                    "spf.elsewhere", finding,
                ],
            ),
            "A list added a footer and signed for itself: the author did sign, another body (interface.md 3, rule 9).",
        )  # fmt: skip
    invented = crlf("List-Id: News <news.example.org>\n") + signed()
    invented = invented.replace(b"invoice 1182 is", b"invoice 1183 is")
    yield golden(
        "list-invented", service(invented, dkim="fail", dmarc="fail (p=REJECT)"), service_zone(),
        broken(
            changed, "dkim.body-changed", "fail", variant="changed",
            findings=["dkim.body-changed", "dmarc.not-aligned", "spf.elsewhere", "dmarc.policy", "dmarc.indirect"],
        ),
        "A genuine header above another text, and a List-Id of a list that no check knows of: anybody could write that,"
        " so the owner's wish stands and the list is not named.",
    )  # fmt: skip
    eddy = signed(crlf(LIST_FIELDS) + signed(key="ed25519"), "rsa2048b", d=LIST, s="l1")
    eddy = eddy.replace(b"Subject: Invoice", b"Subject: [project] Invoice")
    differs = ["fail", "hash.header", "mismatch", "match", "valid"]
    yield golden(
        "list-subject-undecided", gmail(eddy, **FROM_LIST, dkim="fail", dmarc="fail (p=NONE dis=NONE)"),
        zone(key=key_record("ed25519"), dmarc="v=DMARC1; p=none", more=LIST_ZONE),
        good(
            exit_status=1, level="warn", situation="S7", variant="undecided", dkim=[differs, differs],
            dmarc=["fail", "fail.passed_not_aligned", "none"],
            comparison=rows(dkim=[("fail", "fail")] * 2, dmarc=("fail", "fail")),
            findings=[
                "dkim.mismatch", "dmarc.not-aligned", "dkim.foreign-failed", "spf.elsewhere", "dmarc.monitoring",
                "dmarc.indirect",
            ],
        ),
        "Ed25519 does not tell whether its key ever signed this: the list may have changed the subject, or the author's"
        " signature is invented. Neither may be claimed.",
    )  # fmt: skip
    rewritten = mail(
        sender=f"Robin via Project <project@{LIST}>", extra=LIST_FIELDS + "Reply-To: Robin <robin@example.com>\n"
    )
    yield golden(
        "list-from-rewritten",
        gmail(signed(rewritten, "rsa2048b", d=LIST, s="l1", h="from:to:subject:date:message-id:reply-to"),
              **FROM_LIST, author=LIST),
        zone(more={**LIST_ZONE, f"_dmarc.{LIST}": POLICY}),
        good(findings=["identity.reply-to", "dmarc.policy", "dkim.pass", "spf.listed"]),
        "The list put its own address into From: what is proved is the list, and replies go elsewhere.",
    )  # fmt: skip


def _forged() -> Iterator[Golden]:
    claim = (
        "Authentication-Results: {};\n dkim=pass header.d=example.com; spf=pass; dmarc=pass header.from=example.com\n"
    )
    fails = {"mail_from": "x@bounce.example.net", "dmarc": "fail (p=REJECT)"}
    stranger = good(
        exit_status=1, level="fail", situation="S6", dkim=[], dmarc=["fail", "fail.passed_not_aligned", "reject"],
        comparison=rows(dkim=(), dmarc=("fail", "fail")),
    )  # fmt: skip
    usual = ["dkim.none", "spf.elsewhere", "dmarc.policy"]
    for name, field, finding, first, why in (
        ("forged-record-foreign", claim.format("mx.example.com"), "recorded.untrusted", 3,
         "The sender wrote results of its own into the mail: below the border anybody may (RFC 8601 4.1)."),
        ("forged-record-same-id", claim.format(GMAIL), "recorded.second", 0,
         "A second field of the receiver's own id, further down: forged, or from an earlier pass (standards.md 4.2)."),
    ):  # fmt: skip
        findings = ["dmarc.not-aligned", *usual]
        findings.insert(1 if first == 0 else 4, finding)
        name_in_field = "mx.example.com" if first else GMAIL
        hop = "Received: from pc by out4.example.net with ESMTP id 1; Fri, 20 Nov 2026 08:12:00 +0000\n"
        message = service(crlf(hop + field) + mail(), **fails)
        trusted = [*OWN_TRUST, ["Authentication-Results", name_in_field, "untrusted"]]
        expected = {**stranger, "findings": findings, "trusted": trusted}
        yield golden(name, message, service_zone(), expected, why)
    original = "X-Original-Authentication-Results: mx.google.com; dmarc=pass header.from=example.com\n"
    yield golden(
        "forged-record-original", service(crlf(original) + mail(), **fails), service_zone(),
        {
            **stranger, "findings": ["dmarc.not-aligned", *usual, "recorded.untrusted"],
            "trusted": [*OWN_TRUST, ["X-Original-Authentication-Results", GMAIL, "untrusted"]],
        },
        "An \"original\" result is hearsay wherever it stands.",
    )  # fmt: skip
    hop = (
        "Received: from mail.example.com (mail.example.com. [192.0.2.25])\n"
        "        by mx.google.com with ESMTPS id forged for <you@recipient.example>;\n"
        "        Fri, 20 Nov 2026 00:11:00 -0800 (PST)\n"
        "Received-SPF: pass (google.com: domain of news@example.com designates 192.0.2.25 as permitted sender)"
        " client-ip=192.0.2.25;\n"
    )
    yield golden(
        "forged-received", service(crlf(hop + claim.format(GMAIL)) + mail(), **fails), service_zone(),
        {
            **stranger, "findings": ["dmarc.not-aligned", "recorded.second", *usual, "recorded.untrusted"],
            "trusted": [*OWN_TRUST, ["Received-SPF", "", "untrusted"], ["Authentication-Results", GMAIL, "untrusted"]],
        },
        "A whole block in Google's manner below the real one: SPF must never ask about an address from down there.",
    )  # fmt: skip
    silent = crlf(POSTFIX + claim.format(MX)) + mail()
    yield golden(
        "forged-record-silent-receiver", silent, zone(spf="v=spf1 -all"),
        {
            **NOTHING, "border": 2, "comparison": rows((None, "fail"), (), (None, "fail")),
            "findings": [*NOTHING["findings"], "recorded.untrusted"],
            "trusted": [["Authentication-Results", MX, "untrusted"]],
        },
        "The receiver writes no results, so the sender wrote some in its name: not believed (standards.md 4.2).",
        choices={},
    )  # fmt: skip
