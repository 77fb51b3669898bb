"""Cases of sending services: for each typical failure of providers.tsv a mail that shows it, and the advice for it.

Hosts, return paths and selectors have the shapes of that table; addresses are those of RFC 5737 and RFC 3849.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.support.corpus.build import (
    AUTHOR,
    KEY,
    PASS,
    POLICY,
    Expected,
    Golden,
    broken,
    gmail,
    golden,
    good,
    mail,
    rows,
    signed,
    zone,
)
from tests.support.signing import key_record

HERE = "203.0.113.41"
LIST = "v=spf1 ip4:203.0.113.32/27 -all"
NO_KEY = ["permerror", "key.none", "unchecked", "match", "valid"]
RSA = key_record("rsa2048")

DIRECTMAIL = {"host": "out28-41.dm.aliyun.com", "ip": HERE}
DIRECTMAIL_ZONE = {"spf1.dm.aliyun.com": LIST, "out28-41.dm.aliyun.com": {"A": [HERE]}}
LISTED = "v=spf1 include:spf1.dm.aliyun.com -all"

CMC = {"host": "mta4.te.smtps.jp", "ip": HERE}
CMC_ZONE = {"spf.te.smtps.jp": LIST, "mta4.te.smtps.jp": {"A": [HERE]}}

YOYAKUBAN = {"host": "send2.489ban.net", "ip": HERE, "mail_from": "b1182@send.489ban.net"}
YOYAKUBAN_ZONE = {"send.489ban.net": LIST, "s1._domainkey.489ban.net": RSA}

TOKEN = "hirnkqcf5yr5zevtzlpqbykd7mk6xj2w"
OWN_TOKEN = "224i4yxa5dv7c2xz3womw6peuasteono"
"""Selectors: the form that Easy DKIM draws, and one that amazonses.com uses."""
SES = {
    "host": "e234-7.smtp-out.ap-northeast-1.amazonses.com", "ip": HERE,
    "mail_from": "0106019a9c3e5b1d-000000@ap-northeast-1.amazonses.com",
}  # fmt: skip
SES_ZONE = {
    "amazonses.com": LIST, "ap-northeast-1.amazonses.com": LIST, f"{OWN_TOKEN}._domainkey.amazonses.com": RSA,
}  # fmt: skip

ZOHO = {"host": "sender-12.ssu3.zcsend.net", "ip": HERE, "mail_from": "bounce_1182+a.1f2e_v1@mail2.zgpm.zcsend.net"}
ZOHO_ZONE = {"mail2.zgpm.zcsend.net": LIST, "k1._domainkey.mail2.zgpm.zcsend.net": RSA}

P_NONE = "v=DMARC1; p=none"


def cases() -> Iterator[Golden]:
    yield from _directmail()
    yield from _customers_mail_cloud()
    yield from _yoyakuban()
    yield from _ses()
    yield from _ses_records()
    yield from _zoho()
    yield from _others()


def _by_server(*findings: str, **changes: Any) -> Expected:
    """DMARC passes because the server is listed; no signature of the sender passes."""
    given = {"situation": "S4", "dkim": [], "comparison": rows(dkim=()), **changes}
    return good(**{**given, "findings": [*findings, "dkim.none", "dmarc.policy", "spf.listed"]})


def _third_party(*advice: str, **changes: Any) -> Expected:
    """Only the service's own names pass, and the owner asks for nothing (S19).

    What those names are worth is told under the advice: the signature's first, then the return address's.
    """
    first, others = advice[:1], advice[1:]
    return good(
        **{
            "exit_status": 1, "level": "warn", "situation": "S19",
            "dmarc": ["fail", "fail.passed_not_aligned", "none"], "comparison": rows(dmarc=("fail", "fail")),
            "findings": [
                "dmarc.not-aligned", *first, "dkim.third-party", *others, "spf.elsewhere", "dmarc.monitoring",
            ],
            **changes,
        }
    )  # fmt: skip


def _by_signature(*findings: str, **changes: Any) -> Expected:
    """The sender's signature passes, whatever SPF says."""
    return good(**{"findings": [*findings, "dmarc.policy", "dkim.pass", "spf.listed"], **changes})


def _unlisted(result: str, code: str, *findings: str, **changes: Any) -> Expected:
    """The sender's signature passes, and the return address, which is the sender's own, does not list the service."""
    return good(
        **{
            "situation": "S1", "variant": "signature", "spf": [result, code], "comparison": rows((result, result)),
            "findings": [*findings, "dmarc.policy", "dkim.pass"],
            **changes,
        }
    )  # fmt: skip


# ---- Alibaba Cloud DirectMail


def _directmail() -> Iterator[Golden]:
    listed = zone(spf=LISTED, more=DIRECTMAIL_ZONE)
    yield golden(
        "directmail-unsigned", gmail(mail(), **DIRECTMAIL), listed, _by_server("provider.directmail-unsigned"),
        "DirectMail without DKIM, as in 5 of 15 mails measured: the envelope is the From address, so SPF aligns and"
        " DMARC passes by SPF alone. The advice names the form of the record and the two steps of the console.",
    )  # fmt: skip
    here = "aliyun-cn-hangzhou"
    other = {**DIRECTMAIL_ZONE, "aliyun-ap-southeast-1._domainkey.example.com": RSA}
    yield golden(
        "directmail-other-region", gmail(signed(s=here), dkim="permerror", **DIRECTMAIL), zone(spf=LISTED, more=other),
        good(
            situation="S4", variant="", dkim=[NO_KEY], comparison=rows(dkim=[("permerror", "permerror")]),
            findings=["provider.directmail-key-missing", "dkim.unneeded", "dmarc.policy", "spf.listed"],
        ),
        "The key was published under the name of another region: the selector of the mail says cn-hangzhou, and nothing"
        " stands at that name. SPF still carries DMARC.",
    )  # fmt: skip
    two = [LISTED, "v=spf1 ip4:192.0.2.25 -all"]
    yield golden(
        "directmail-two-spf", gmail(mail(), spf="permerror", dmarc="fail (p=REJECT)", **DIRECTMAIL),
        zone(spf=two, more=DIRECTMAIL_ZONE),
        good(
            exit_status=1, level="fail", situation="S6", variant="nothing-passes", dkim=[],
            spf=["permerror", "spf.several_records"], dmarc=["fail", "fail.nothing_passed", "reject"],
            comparison=rows(("permerror", "permerror"), (), ("fail", "fail")),
            findings=[
                "spf.several-records", "provider.directmail-two-spf", "dmarc.nothing-passed",
                "provider.directmail-unsigned", "dkim.none", "dmarc.policy",
            ],
        ),
        "The include was published as a second SPF record: both are void (RFC 7208 4.5). Nothing proves the service but"
        " its server's name, which the zone of dm.aliyun.com confirms.",
    )  # fmt: skip
    yield golden(
        "directmail-not-listed", gmail(signed(s=here), spf="fail", **DIRECTMAIL),
        zone(key=None, more={**DIRECTMAIL_ZONE, f"{here}._domainkey.example.com": RSA}),
        _unlisted("fail", "spf.fail", "spf.fail", "provider.include-missing"),
        "The signature carries DMARC, and the one SPF record of the domain lacks the include. Here SPF can align, so"
        " the include is the right advice, inside the record that is there.",
    )  # fmt: skip
    yield golden(
        "directmail-in-order", gmail(signed(s=here), **DIRECTMAIL),
        zone(spf=LISTED, key=None, more={**DIRECTMAIL_ZONE, f"{here}._domainkey.example.com": RSA}), good(),
        "Signature and server both vouch: there is nothing to advise.",
    )  # fmt: skip
    marks = "Message-ID: <0106019a-000000@email.amazonses.com>\nX-SES-Outgoing: 2026.11.20-203.0.113.41\n"
    marks += "X-AliDM-RcptTo: eW91\nX-Mailer: Zoho Campaigns\nFeedback-ID: 1.ap-northeast-1.x:AmazonSES\n"
    forged = gmail(mail(extra=marks).replace(b"Message-ID: <1182.20261120@example.com>\r\n", b""))
    forged = forged.replace(b"from mail.example.com (mail", b"from e234-7.smtp-out.amazonses.com (mail")
    yield golden(
        "service-marks-forged", forged, zone(),
        good(
            situation="S4", dkim=[], comparison=rows(dkim=()),
            findings=["dkim.none", "dmarc.policy", "neighbour.feedback-id", "spf.listed"],
        ),
        "Message-ID, X- fields and HELO of three services, sent from the sender's own server: none of that is a border"
        " fact, and no service is named (inputs.md 0.7).",
    )  # fmt: skip


# ---- Customers Mail Cloud


def _customers_mail_cloud() -> Iterator[Golden]:
    listed = "v=spf1 include:spf.te.smtps.jp -all"
    yield golden(
        "cmc-unsigned", gmail(mail(), **CMC), zone(spf=listed, more=CMC_ZONE), _by_server("provider.cmc-unsigned"),
        "The key stands in DNS and the mail is unsigned: the settings were not applied to the mail server. SPF passes"
        " through the service's list, which is what proves the service.",
    )  # fmt: skip
    theirs = {**CMC, "mail_from": "r1182@return.te.smtps.jp"}
    yield golden(
        "cmc-old-selector-gone", gmail(signed(s="cmc2025"), dkim="permerror", dmarc="fail (p=REJECT)", **theirs),
        zone(more={**CMC_ZONE, "return.te.smtps.jp": LIST}),
        broken(
            NO_KEY, "dkim.no-key", "permerror", exit_status=2,
            findings=["dkim.no-key", "dmarc.not-aligned", "provider.cmc-key-missing", "spf.elsewhere", "dmarc.policy"],
        ),
        "The old selector was taken out of DNS while mail signed with it was still being retried. The envelope is the"
        " service's, so that nothing else vouches.",
    )  # fmt: skip
    yield golden(
        "cmc-key-year", gmail(signed(key="rsa1024", s="cmc2026"), **CMC),
        zone(spf=listed, more={**CMC_ZONE, "cmc2026._domainkey.example.com": key_record("rsa1024")}),
        _by_signature("provider.cmc-key-year", "dkim.key-weak", notes=[["key.weak"]]),
        "A 1024-bit key, as the service assigns it: all passes, and the yearly exchange is what is left to do.",
    )  # fmt: skip
    bounce = "r1182@bounce.example.com"
    yield golden(
        "cmc-envelope-not-listed", gmail(signed(s="cmc2026"), spf="none", **{**CMC, "mail_from": bounce}),
        zone(spf=listed, more={**CMC_ZONE, "cmc2026._domainkey.example.com": RSA, "bounce.example.com": {"A": [HERE]}}),
        _unlisted("none", "spf.none", "provider.cmc-spf", "spf.none"),
        "SPF was set at the shown sender's domain only; the return address has another one, which needs it as well.",
    )  # fmt: skip


# ---- Yoyakuban (489ban)


def _yoyakuban() -> Iterator[Golden]:
    theirs = signed(d="489ban.net")
    yield golden(
        "yoyakuban-third-party", gmail(theirs, dmarc="fail (p=NONE)", **YOYAKUBAN),
        zone(dmarc=P_NONE, more=YOYAKUBAN_ZONE), _third_party("provider.yoyakuban-unsigned"),
        "The usual state: envelope and signature are 489ban's. SPF can never align, so the advice is to ask for the"
        " author signature, whom to ask and in which words.",
    )  # fmt: skip
    both = signed(theirs, s="489ban-a")
    yield golden(
        "yoyakuban-key-missing", gmail(both, dkim=["permerror", "pass"], dmarc="fail (p=NONE)", **YOYAKUBAN),
        zone(dmarc=P_NONE, more=YOYAKUBAN_ZONE),
        _third_party(
            situation="S8", exit_status=2, dkim=[NO_KEY, PASS],
            comparison=rows(dkim=[("permerror", "permerror"), ("pass", "pass")], dmarc=("fail", "fail")),
            findings=[
                "dkim.no-key", "dmarc.not-aligned", "provider.yoyakuban-key-missing", "provider.spf-never",
                "spf.elsewhere", "dkim.third-party", "dmarc.monitoring",
            ],
        ),
        "489ban already signs as the facility, and the key it sent was never published.",
    )  # fmt: skip
    yield golden(
        "yoyakuban-no-policy", gmail(both, dmarc=None, **YOYAKUBAN),
        zone(dmarc=None, more={**YOYAKUBAN_ZONE, "489ban-a._domainkey.example.com": RSA}),
        good(
            situation="S20", variant="", dkim=[PASS, PASS], dmarc=["none", "none.no_record", None],
            comparison=rows(dkim=[("pass", "pass"), ("pass", "pass")], dmarc=(None, "none")),
            findings=[
                "dmarc.no-record", "provider.yoyakuban-no-policy", "dkim.third-party", "spf.service", "dkim.pass",
            ],
        ),
        "The author signature passes; only the DMARC record is missing. p=none is enough for Gmail.",
    )  # fmt: skip


# ---- Amazon SES


def _ses_own(message: bytes | None = None) -> bytes:
    """Amazon's own signature, below the customer's if there is one."""
    return signed(message, d="amazonses.com", s=OWN_TOKEN, c="relaxed/simple")


def _ses_both(body: str | None = None) -> bytes:
    message = mail() if body is None else mail(body=body)
    return signed(_ses_own(message), s=TOKEN, c="relaxed/simple")


BOTH = {"dkim": [NO_KEY, PASS], "situation": "S8", "exit_status": 2}
"""The key may have stood there on delivery: not known, rather than not authenticated."""


def _ses() -> Iterator[Golden]:
    yield golden(
        "ses-unsigned", gmail(_ses_own(), dmarc="fail (p=NONE)", **SES), zone(dmarc=P_NONE, more=SES_ZONE),
        _third_party("provider.ses-unsigned", "provider.ses-mail-from"),
        "Only amazonses.com authenticates, as in 122 of 309 mails measured: Easy DKIM for the domain and a custom MAIL"
        " FROM are the two ways, each with its records.",
    )  # fmt: skip
    missing = rows(dkim=[("permerror", "permerror"), ("pass", "pass")], dmarc=("fail", "fail"))
    name, target = f"{TOKEN}._domainkey.example.com", f"{TOKEN}.dkim.amazonses.com"
    tail = ["provider.ses-mail-from", "spf.elsewhere", "dkim.third-party", "dmarc.monitoring"]
    given = gmail(_ses_both(), dkim=["permerror", "pass"], dmarc="fail (p=NONE)", **SES)
    yield golden(
        "ses-name-doubled", given,
        zone(dmarc=P_NONE, more={**SES_ZONE, f"{name}.example.com": {"CNAME": [target]}, target: RSA}),
        _third_party(
            **BOTH, comparison=missing,
            findings=["publish.doubled-key", "provider.ses-key-missing", "dkim.no-key", "dmarc.not-aligned", *tail],
        ),
        "The whole name went into an editor that adds the domain: the CNAME stands at ….example.com.example.com. Both"
        " the record to publish and the doubled name are shown.",
    )  # fmt: skip
    yield golden(
        "ses-target-without-dot", given,
        zone(dmarc=P_NONE, more={**SES_ZONE, name: {"CNAME": [f"{target}.example.com"]}, target: RSA}),
        _third_party(
            **BOTH, comparison=missing,
            findings=["provider.ses-target", "dkim.no-key", "dmarc.not-aligned", *tail],
        ),
        "The final dot of the target was missing, and the editor added the domain to it.",
    )  # fmt: skip
    revoked = ["permerror", "key.revoked", "unchecked", "match", "valid"]
    yield golden(
        "ses-spare-key", given,
        zone(dmarc=P_NONE, more={**SES_ZONE, name: {"CNAME": [target]}, target: "p="}),
        _third_party(
            situation="S8", exit_status=2, dkim=[revoked, PASS], comparison=missing,
            findings=["provider.ses-spare-key", "dkim.key-revoked", "dmarc.not-aligned", *tail],
        ),
        "The CNAME leads to Amazon, where the key is empty today: normal rotation, nothing to repair in DNS.",
    )  # fmt: skip
    blank = "Dear customer, \n\nyour invoice 1182 is ready.\n\nExample Shop\n"
    pasted = gmail(_ses_both(blank), **SES).replace(b"customer, \r\n", b"customer,\r\n").decode().replace("\r\n", "\n")
    both = zone(more={**SES_ZONE, name: {"CNAME": [target]}, target: RSA})
    changed = ["fail", "hash.body", "match", "mismatch", "valid"]
    yield golden(
        "ses-pasted", pasted.encode(), both,
        good(
            exit_status=2, level="unknown", situation="S14", variant="", dkim=[changed, changed], body="unknown",
            dmarc=["fail", "fail.passed_not_aligned", "reject"],
            comparison=rows(
                dkim=[("pass", "fail", "copy-incomplete"), ("pass", "fail", "copy-incomplete")],
                dmarc=("pass", "fail", "copy-incomplete"),
            ),
            findings=[
                "dkim.copy-body", "dmarc.not-aligned", *["recorded.explained"] * 3, "provider.simple-copy",
                "dkim.foreign-failed", "spf.elsewhere", "dmarc.policy", "input.pasted", "input.lost-blanks",
                "repair.line-ends",
            ],
        ),
        "relaxed/simple: a blank at a line's end was lost in copying, and both body hashes fail. The saved file would"
        " tell; nothing is said about the sender.", pasted=True,
    )  # fmt: skip


def _ses_records() -> Iterator[Golden]:
    name, target = f"{TOKEN}._domainkey.example.com", f"{TOKEN}.dkim.amazonses.com"
    sound = {**SES_ZONE, name: {"CNAME": [target]}, target: RSA}
    custom = {**SES, "mail_from": "0106019a9c3e5b1d-000000@mail.example.com"}
    two = {"dkim": [PASS, PASS], "comparison": rows(("none", "none"), [("pass", "pass"), ("pass", "pass")])}
    yield golden(
        "ses-mail-from-without-spf", gmail(_ses_both(), spf="none", **custom),
        zone(more={**sound, "mail.example.com": {"MX": ["10 feedback-smtp.ap-northeast-1.amazonses.com"]}}),
        good(
            variant="signature", spf=["none", "spf.none"], **two,
            findings=["provider.ses-mail-from-record", "spf.none", "dkim.third-party", "dmarc.policy", "dkim.pass"],
        ),
        "A custom MAIL FROM whose MX stands and whose SPF record does not: the exact record is shown.",
    )  # fmt: skip
    quoted = {"TXT": [['"v=spf1 include:amazonses.com ~all"']]}
    yield golden(
        "ses-mail-from-quoted", gmail(_ses_both(), spf="none", **custom),
        zone(more={**sound, "mail.example.com": quoted}),
        good(
            variant="signature", spf=["none", "spf.none"], **two,
            findings=[
                "publish.quoted-spf", "provider.ses-mail-from-record", "spf.none", "dkim.third-party", "dmarc.policy",
                "dkim.pass",
            ],
        ),
        "The quotation marks of Route 53's form were entered into an editor that adds its own: the value has them"
        " inside, and SPF finds no record.",
    )  # fmt: skip
    listed = {**SES_ZONE, "mail.example.com": "v=spf1 include:amazonses.com ~all"}
    yield golden(
        "ses-server-only", gmail(_ses_own(), **custom), zone(more=listed),
        good(
            situation="S4", dkim=[PASS], variant="",
            findings=["provider.server-only", "dkim.third-party", "dmarc.policy", "spf.listed"],
        ),
        "The custom MAIL FROM works and Easy DKIM was left out: DMARC hangs on SPF, which forwarding breaks.",
    )  # fmt: skip

    away = {**custom, "host": "mail.alumni.example.org", "ip": "198.51.100.9"}
    yield golden(
        "ses-forwarded", gmail(_ses_own(), spf="softfail", dmarc="fail (p=NONE)", **away),
        zone(dmarc=P_NONE, more=listed),
        _third_party(
            "provider.ses-unsigned", spf=["softfail", "spf.softfail"],
            comparison=rows(("softfail", "softfail"), dmarc=("fail", "fail")),
            findings=[
                "dmarc.not-aligned", "spf.softfail", "provider.ses-unsigned", "dkim.third-party", "dmarc.monitoring",
            ],
        ),
        "The same mail, forwarded: nothing is left that vouches. Amazon's signature still tells through whom it was"
        " sent; the forwarder's server is no reason to change the SPF record.",
    )  # fmt: skip


# ---- Zoho Campaigns


def _zoho() -> Iterator[Golden]:
    theirs = signed(d="mail2.zgpm.zcsend.net", s="k1", c="simple/simple")
    yield golden(
        "zoho-unsigned", gmail(theirs, dmarc="fail (p=NONE)", **ZOHO), zone(dmarc=P_NONE, more=ZOHO_ZONE),
        _third_party("provider.zoho-unsigned"),
        "The bounce domain and the only signature are Zoho's. SPF can never align; the DKIM key of the domain can.",
    )  # fmt: skip
    both = signed(theirs, s="48213", c="simple/simple")
    yield golden(
        "zoho-key-missing", gmail(both, dkim=["permerror", "pass"], dmarc="fail (p=NONE)", **ZOHO),
        zone(dmarc=P_NONE, more=ZOHO_ZONE),
        _third_party(
            **BOTH, comparison=rows(dkim=[("permerror", "permerror"), ("pass", "pass")], dmarc=("fail", "fail")),
            findings=[
                "dkim.no-key", "dmarc.not-aligned", "provider.zoho-key-missing", "provider.spf-never",
                "spf.elsewhere", "dkim.third-party", "dmarc.monitoring",
            ],
        ),
        "Zoho signs with the account's number as selector, and the key of that name was never published.",
    )  # fmt: skip

    wide = signed(mail(subject="Invoice  1182"), s="48213", c="simple/simple")
    wide = gmail(wide, **ZOHO).replace(b"Subject: Invoice  1182", b"Subject: Invoice 1182")
    yield golden(
        "zoho-pasted", wide.decode().replace("\r\n", "\n").encode(),
        zone(dmarc=P_NONE, more={**ZOHO_ZONE, "48213._domainkey.example.com": RSA}),
        good(
            exit_status=1, level="warn", situation="S8", variant="changed",
            dkim=[["fail", "hash.header", "mismatch", "match", "valid"]],
            dmarc=["fail", "fail.passed_not_aligned", "none"],
            comparison=rows(dkim=[("pass", "fail", "copy-altered")], dmarc=("pass", "fail", "copy-altered")),
            findings=[
                "recorded.differs", "dkim.headers-changed", "dmarc.not-aligned", "recorded.differs",
                "provider.simple-copy", "spf.elsewhere", "dmarc.monitoring", "input.lost-tabs", "repair.line-ends",
            ],
        ),
        "simple/simple: one blank of the subject was lost in copying, and the header no longer fits. The author's key"
        " provably signed, so the saved file is worth asking for; the verdict makes no excuse for a header.",
        pasted=True,
    )  # fmt: skip


# ---- other services


def _others() -> Iterator[Golden]:
    chimp = {"host": "mail41.atl11.rsgsv.net", "ip": HERE, "mail_from": "bounce-mc.us5_1182.9-x@mail41.atl11.rsgsv.net"}
    yield golden(
        "mailchimp-unsigned", gmail(signed(d="mailchimpapp.net", s="k3"), dmarc="fail (p=NONE)", **chimp),
        zone(dmarc=P_NONE, more={"mail41.atl11.rsgsv.net": LIST, "k3._domainkey.mailchimpapp.net": RSA}),
        _third_party("provider.unsigned", "provider.spf-never"),
        "Not authenticated at Mailchimp: the two records are named, the screen too, and no SPF entry is advised,"
        " because it could never align.",
    )  # fmt: skip
    grid = {"host": "o1.ptr2234.example.com", "ip": HERE, "mail_from": "bounces+11-2a-you@sendgrid.net"}
    yield golden(
        "sendgrid-unsigned", gmail(signed(d="sendgrid.net", s="smtpapi"), dmarc="fail (p=NONE)", **grid),
        zone(dmarc=P_NONE, more={"sendgrid.net": LIST, "smtpapi._domainkey.sendgrid.net": RSA}),
        _third_party("provider.unsigned", "provider.return-path"),
        "SendGrid without domain authentication: signature first; a return address of one's own is possible as well.",
    )  # fmt: skip
    shop = {"host": "o1.ptr2234.example.net", "ip": HERE, "mail_from": "store+1182@shopifyemail.com"}
    put = mail(sender="Example Shop <store+1182@shopifyemail.com>")
    yield golden(
        "shopify-from-rewritten",
        gmail(signed(put, d="shopifyemail.com"), author="shopifyemail.com", **shop),
        {"shopifyemail.com": LIST, "s1._domainkey.shopifyemail.com": RSA, "_dmarc.shopifyemail.com": POLICY},
        good(findings=["provider.from-rewritten", "dmarc.policy", "dkim.pass", "spf.listed"]),
        "The shop's domain is not authenticated, so Shopify put its own address into From: all passes, for Shopify.",
    )  # fmt: skip
    engine = {"host": "mail.example.com", "ip": HERE}
    yield golden(
        "blastengine-other-pair", gmail(signed(key="rsa2048b", s="be1"), dkim="fail", **engine),
        zone(spf="v=spf1 include:spf.besender.jp ~all", more={"spf.besender.jp": LIST, f"be1.{KEY[3:]}": RSA}),
        good(
            situation="S4", dkim=[["fail", "hash.header", "mismatch", "match", "valid"]],
            comparison=rows(dkim=[("fail", "fail")]),
            findings=["provider.other-pair", "dkim.unneeded", "dmarc.policy", "spf.listed"],
        ),
        "The customer makes the pair of keys and published the wrong half: RSA shows that another key signed.",
    )  # fmt: skip
    work = {"host": "mail-sor-f41.google.com", "ip": HERE}
    yield golden(
        "google-key-missing", gmail(signed(s="google"), dkim="permerror", **work),
        zone(spf="v=spf1 include:_spf.google.com ~all", more={"_spf.google.com": LIST}),
        good(
            situation="S4", dkim=[NO_KEY], comparison=rows(dkim=[("permerror", "permerror")]),
            findings=["provider.key-missing", "dkim.unneeded", "dmarc.policy", "spf.listed"],
        ),
        "Google signs, and the key that its console shows is not in DNS.",
    )  # fmt: skip
    gate = {"host": "eu-smtp-delivery-152.mimecast.com", "ip": HERE, "mail_from": AUTHOR}
    rewritten = signed().replace(b"invoice 1182 is", b"invoice 1182 (link checked) is")
    yield golden(
        "mimecast-rewrote", gmail(rewritten, dkim="fail", spf="fail", dmarc="fail (p=REJECT)", **gate),
        zone(more={"eu-smtp-delivery-152.mimecast.com": {"A": [HERE]}}),
        broken(
            ["fail", "hash.body", "match", "mismatch", "valid"], "dkim.body-changed", "fail", variant="changed",
            spf=["fail", "spf.fail"], dmarc=["fail", "fail.nothing_passed", "reject"],
            comparison=rows(("fail", "fail"), [("fail", "fail")], ("fail", "fail")),
            findings=[
                "dkim.body-changed", "dmarc.nothing-passed", "spf.fail", "provider.gateway-changed", "dmarc.policy",
            ],
        ),
        "The outbound gateway rewrote a link after the mail was signed, and is not listed in SPF: the signature has to"
        " be made by the gateway.",
    )  # fmt: skip
