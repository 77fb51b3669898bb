"""Cases of remarks: slips in records, what the receiver did, fields beside authentication, questions that tell."""

from __future__ import annotations

from collections.abc import Iterator

from tests.support.corpus.build import (
    POLICY,
    Golden,
    behind_records,
    crlf,
    faded,
    gmail,
    golden,
    good,
    mail,
    rows,
    service_zone,
    signed,
    zone,
)
from tests.support.corpus.drifts import OUTLOOK, outlook

PLAIN = ["dkim.pass", "spf.listed"]

RECORDS = {
    "dmarc-bad-value": (
        POLICY + "; adkim=strict", ["dmarc.bad-value", "dmarc.policy"],
        "adkim knows only r and s; another word counts as absent (RFC 9989 4.7, 4.8).",
    ),
    "dmarc-unknown-tag": (
        POLICY + "; repot=d@example.com", ["dmarc.policy", "dmarc.unknown-tag"],
        "A tag that nobody defined is ignored (RFC 9989 4.7).",
    ),
    "dmarc-odd-writing": (
        " V=DMARC1; RUA=mailto:d@example.com; junk; P=reject",
        ["dmarc.policy", "dmarc.fragile", "dmarc.fragile", "dmarc.fragile", "dmarc.fragile"],
        "A blank in front, capitals, p not in its old place, a piece without =: read here (standards.md 1.8 d, e).",
    ),
}  # fmt: skip
"""The record at _dmarc.example.com, findings before the good ones, reason."""


def cases() -> Iterator[Golden]:
    yield from _records()
    yield from _assumed()
    yield from _receivers()
    yield from _neighbours()


def _records() -> Iterator[Golden]:
    for name, (record, findings, why) in RECORDS.items():
        yield golden(name, gmail(signed()), zone(dmarc=record), good(findings=[*findings, *PLAIN]), why)
    news = gmail(signed(mail(sender="News <news@news.example.com>")), author="news.example.com")
    for name, above, finding in (
        ("dmarc-several-above", [POLICY, "v=DMARC1; p=none"], "dmarc.several-above"),
        ("dmarc-version-above", ["v=DMARC2; p=reject"], "dmarc.version-above"),
    ):
        more = {"_dmarc.news.example.com": above}
        yield golden(
            name, news, zone(more=more),
            good(situation="S2", findings=["dmarc.policy", *_older(name), finding, *PLAIN]),
            "What stands at the sender's own name can't be used; the walk goes on and finds the policy of the"
            " organisation (RFC 9989 4.10).",
        )  # fmt: skip
    open_zone = {
        "s1._domainkey.shop.co.jp": zone()["s1._domainkey.example.com"],
        "shop.co.jp": "v=spf1 ip4:192.0.2.25 -all",
        "_dmarc.co.jp": POLICY,
    }
    shop = signed(mail(sender="Shop <news@shop.co.jp>"), d="shop.co.jp")
    yield golden(
        "dmarc-public-suffix", gmail(shop, mail_from="news@shop.co.jp", author="shop.co.jp"), open_zone,
        good(findings=["dmarc.public-suffix", "dmarc.policy", "dmarc.older-receivers", *PLAIN]),
        "co.jp publishes a policy without psd=y, so it counts as the organisation of all names below it"
        " (RFC 9989 11.8); the receivers of RFC 7489 never look there.",
    )  # fmt: skip
    neighbours = {
        "s1._domainkey.other.co.jp": zone()["s1._domainkey.example.com"],
        "other.co.jp": "v=spf1 ip4:192.0.2.25 -all",
        "_dmarc.co.jp": POLICY,
    }
    theirs = signed(mail(sender="Shop <news@shop.co.jp>"), d="other.co.jp")
    yield golden(
        "dmarc-public-suffix-neighbour", gmail(theirs, mail_from="news@other.co.jp", author="shop.co.jp"), neighbours,
        good(
            exit_status=2, level="warn", situation="S2", variant="suffix",
            findings=["dmarc.public-suffix", "dmarc.policy", "dmarc.older-receivers", *PLAIN],
        ),
        "The same suffix, and what passes is another customer of it: DMARC passes by the letter (RFC 9989 11.8), and"
        " nothing shows that shop.co.jp sent this.",
    )  # fmt: skip


def _older(name: str) -> list[str]:
    """RFC 7489 6.6.3 step 5: several records end the search, where today's walk goes on."""
    return ["dmarc.older-receivers"] if name == "dmarc-several-above" else []


def _assumed() -> Iterator[Golden]:
    """SPF with macros: what the headers do not hold, and what the question gives away."""
    record = "v=spf1 exists:%{l}.%{h}._spf.example.com ip4:192.0.2.25 -all"
    yield golden(
        "spf-telltale", gmail(signed()), zone(spf=record),
        good(findings=["dmarc.policy", "dns.telltale", *PLAIN]),
        "The local part and HELO go into a question: whoever runs _spf.example.com sees it (RFC 7208 11.5.3).",
    )  # fmt: skip
    unnamed = gmail(signed()).replace(b"news@example.com designates", b"example.com designates")
    unnamed = unnamed.replace(b"smtp.mailfrom=news@example.com", b"smtp.mailfrom=example.com")
    unnamed = unnamed.replace(b"Return-Path: <news@example.com>\r\n", b"")
    yield golden(
        "spf-assumed", unnamed, zone(spf="v=spf1 exists:%{l}._spf.example.com ip4:192.0.2.25 -all"),
        good(findings=["spf.assumed", "dmarc.policy", "dns.telltale", *PLAIN]),
        "Only the domain of the return address is recorded; the macro wants its local part (RFC 7208 7.3, 4.3).",
    )  # fmt: skip


REPORT = "X-Forefront-Antispam-Report: CIP:198.51.100.24;CTRY:JP;LANG:ja;SCL:5;SRV:;SFV:SPM;CAT:{cat};DIR:INB;\n"


def _receivers() -> Iterator[Golden]:
    """Outlook rewrote the body, and wrote what its filter thought; the rest is old or foreign."""
    body = signed().replace(b"invoice 1182 is", b"invoice 1183 is")
    rewritten = {
        "level": "unknown", "situation": "S14", "variant": "rewritten", "body": "altered", "border": 2,
        "trusted": [["Authentication-Results", OUTLOOK, "proposed"]],
    }  # fmt: skip
    behind = ["dmarc.not-aligned", "recorded.explained", "recorded.explained", "spf.elsewhere", "dmarc.policy"]
    filtered = crlf(REPORT.format(cat="BULK")) + outlook(body)
    yield golden(
        "microsoft-filter", filtered, service_zone(),
        faded(
            ["fail", "hash.body", "match", "mismatch", "valid"], "dkim.copy-body", "copy-rewritten", **rewritten,
            findings=["dkim.copy-body", *behind, "recorded.filter", "recorded.compauth", "input.rewritten"],
        ),
        "The report of Microsoft's filter stands above the border, so the receiver wrote it (standards.md 4.5).",
        choices={},
    )  # fmt: skip
    yield golden(
        "microsoft-rewrote-key-gone", outlook(body), service_zone(key=None),
        faded(
            ["permerror", "key.none", "unchecked", "mismatch", "valid"], "dkim.no-key", "copy-rewritten", **rewritten,
            findings=["dkim.no-key", *behind, "recorded.compauth", "input.rewritten"],
        ),
        "The mailbox rewrote the body and the key is gone since; the receiver recorded a pass: nobody can re-check this"
        " copy, and nothing speaks against the sender (inputs.md 0.1).",
        choices={},
    )  # fmt: skip
    foreign = gmail(crlf(REPORT.format(cat="NONE")) + signed())
    yield golden(
        "filter-report-of-another", foreign, zone(),
        good(findings=behind_records(["dmarc.policy", *PLAIN], "recorded.foreign-filter")),
        "A filter report of Microsoft came with a message to Gmail: anybody can write one.",
    )  # fmt: skip


NEIGHBOURS = """\
DKIM2-Signature: i=1; m=1; t=1795162320; d=example.com; s=s1:rsa-sha256:AAAA
Message-Instance: m=1; h=sha256:AAAA:BBBB
BIMI-Selector: v=BIMI1; s=default
List-Unsubscribe: <mailto:u@example.com>, <https://example.com/u?1182>
List-Unsubscribe-Post: List-Unsubscribe=One-Click
Feedback-ID: 1182:invoice:jp:exampleshop
"""


def _neighbours() -> Iterator[Golden]:
    names = "from:to:subject:date:message-id:list-unsubscribe:list-unsubscribe-post:feedback-id"
    message = gmail(signed(mail(extra=NEIGHBOURS), h=names))
    recorded = b" header.from=example.com"
    message = message.replace(recorded, recorded + b";\r\n       bimi=pass header.d=example.com")
    yield golden(
        "neighbours", message, zone(),
        good(
            comparison=rows(),
            findings=[
                "dmarc.policy", "neighbour.dkim2", "neighbour.bimi", "neighbour.bimi-recorded", "neighbour.one-click",
                "neighbour.feedback-id", *PLAIN,
            ],
        ),
        "Fields of DKIM2, BIMI, one-click unsubscribing and Feedback-ID are named and change nothing (standards.md 5).",
    )  # fmt: skip
