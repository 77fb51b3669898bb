"""Cases of the shown sender: several, none, odd ones, and tricks with names; and of how a copy was handed over."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from tests.support.corpus.build import (
    AUTHOR,
    GMAIL,
    PASS,
    POLICY,
    Golden,
    crlf,
    faded,
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
from tests.support.corpus.layouts import MX
from tests.support.signing import key_record

GOODS = ["dkim.pass", "spf.listed"]
NAMES = "from:to:subject:date:message-id:reply-to"


def cases() -> Iterator[Golden]:
    yield from _senders()
    yield from _names()
    yield from _files()
    yield from _pastes()
    yield from _unsigned_copies()
    yield from _parts()
    yield from _unpublished()


def _nobody(code: str, finding: str, variant: str, **changes: Any) -> dict[str, Any]:
    return good(
        **{
            "exit_status": 1, "level": "warn", "situation": "S23", "variant": variant, "dmarc": ["none", code, None],
            "dkim": [], "comparison": rows(dkim=(), dmarc=(None, "none")),
            "findings": [finding, "spf.listed"],
            **changes,
        }
    )  # fmt: skip


def _senders() -> Iterator[Golden]:
    two = mail(sender=f"Shop <{AUTHOR}>, Other <other@example.org>")
    yield golden(
        "from-two-domains", gmail(signed(two), dmarc=None), zone(),
        _nobody(
            "na.several_domains", "identity.several-from", "", dkim=[PASS], comparison=rows(dmarc=(None, "none")),
            findings=["identity.several-from", *GOODS], notes=[[]],
        ),
        "One From field with two domains: no check can speak for both (RFC 9989 5.3.1).",
    )  # fmt: skip
    yield golden(
        "from-two-of-one-domain", gmail(signed(mail(sender=f"Shop <{AUTHOR}>, Help <help@example.com>"))), zone(),
        good(),
        "Two mailboxes of one domain are one sender for DMARC (vector F03).",
    )  # fmt: skip
    added = b"From: Bank <help@example.org>\r\n" + signed()
    yield golden(
        "from-added", gmail(added, dmarc=None), zone(),
        _nobody(
            "na.several_from", "identity.several-from", "", dkim=[PASS], comparison=rows(dmarc=(None, "none")),
            findings=["identity.several-from", "headers.malformed", *GOODS], notes=[[]],
        ),
        "A second From above the signed one: the signature passes and must not speak for what shows (RFC 6376 8.15).",
    )  # fmt: skip
    guarded = signed(h="from:from:to:subject:date:message-id")
    yield golden(
        "oversigned-from-added", gmail(b"From: Bank <help@example.org>\r\n" + guarded, dkim="fail", dmarc=None), zone(),
        _nobody(
            "na.several_from", "identity.several-from", "",
            dkim=[["fail", "hash.header", "mismatch", "match", "valid"]], notes=[[]],
            comparison=rows(dkim=[("fail", "fail")], dmarc=(None, "none")),
            findings=["identity.several-from", "dkim.headers-changed", "headers.malformed", "spf.listed"],
        ),
        "The same where From was over-signed: the signature breaks as well, and there still is no single sender.",
    )  # fmt: skip
    yield golden(
        "from-none", gmail(mail(sender=None), dmarc=None), zone(),
        _nobody(
            "na.no_from", "identity.no-from", "none",
            findings=["identity.no-from", "headers.malformed", "spf.listed"],
        ),
        "No From at all: not an RFC 5322 message, nobody to check.",
    )  # fmt: skip
    for name, sender, why in (
        ("from-literal", "Router <alarm@[192.0.2.25]>", "An address literal names no domain (RFC 9989 5.3.1)."),
        ("from-group", "Undisclosed senders:;", "A group without members names nobody (RFC 6854)."),
    ):
        expected = _nobody("na.no_domain", "identity.no-domain", "no-domain")
        yield golden(name, gmail(mail(sender=sender), dmarc=None), zone(), expected, why)


def _names() -> Iterator[Golden]:
    def at(domain: str) -> dict[str, Any]:
        return {
            f"s1._domainkey.{domain}": key_record("rsa2048"), domain: "v=spf1 ip4:192.0.2.25 -all",
            f"_dmarc.{domain}": POLICY,
        }  # fmt: skip

    for name, shown, finding, why in (
        ("idn-sender", "例え.example", "identity.international",
         "A sender in Japanese: shown as it is, checked by its A-label, and pointed out."),
        ("idn-mixed-scripts", "ехample.example", "identity.mixed-scripts",
         "Cyrillic letters among Latin ones: the name is shown by its A-label."),
    ):  # fmt: skip
        ascii_name = ".".join(label.encode("idna").decode() for label in shown.split("."))
        message = signed(mail(sender=f"Shop <news@{shown}>"), d=ascii_name)
        message = gmail(message, mail_from=f"news@{ascii_name}", author=ascii_name)
        expected = good(findings=[finding, "dmarc.policy", *GOODS])
        yield golden(name, message, at(ascii_name), expected, why)
    near = signed(mail(sender="Service of example.com <news@examp1e.com>"), d="examp1e.com")
    yield golden(
        "look-alike", gmail(near, mail_from="news@examp1e.com", author="examp1e.com"), at("examp1e.com"),
        good(findings=["identity.look-alike", "dmarc.policy", *GOODS]),
        "examp1e.com with a one: authenticated, and not example.com, whose name it shows (S27).",
    )  # fmt: skip
    for name, given, finding, why in (
        ("name-with-address", {"sender": '"support@bank.example" <news@example.com>'}, "identity.address-in-name",
         "The display name is another address: what most programs show is not what was checked."),
        ("name-is-a-domain", {"sender": '"bank.co.jp" <news@example.com>'}, "identity.address-in-name",
         "The display name is the domain of somebody else."),
        ("name-turned-around", {"sender": "Shop \u202egpj.exe\u202c <news@example.com>"}, "identity.hidden-characters",
         "Signs that turn the direction of writing stand in the display name (UAX 9)."),
        ("subject-with-controls", {"subject": "Invoice\x1b[2J 1182\u200b"}, "identity.hidden-characters",
         "An escape sequence and an invisible blank in the subject."),
        ("reply-elsewhere", {"extra": "Reply-To: help@example.org\n"}, "identity.reply-to",
         "Replies leave the sender's organisation: usual for lists, and for fraud."),
    ):  # fmt: skip
        expected = good(findings=[finding, "dmarc.policy", *GOODS])
        yield golden(name, gmail(signed(mail(**given), h=NAMES)), zone(), expected, why)


def _lf(octets: bytes) -> bytes:
    return octets.replace(b"\r\n", b"\n")


def _files() -> Iterator[Golden]:
    """What saving does to a mail, and its repair."""
    source = gmail(signed())
    for name, octets, repairs, why in (
        ("file-lf", _lf(source), ["repair.line-ends"], "Saved with LF: put back to CRLF before hashing."),
        ("file-bom", b"\xef\xbb\xbf" + source, ["repair.bom"], "A byte order mark in front."),
        ("file-utf-16", b"\xff\xfe" + source.decode().encode("utf-16-le"), ["repair.undone"], "Saved as UTF-16."),
        ("file-mbox", b"From news@example.com Fri Nov 20 08:12:02 2026\r\n" + source, ["repair.from-line"],
         "One message out of an mbox, with its From_ line."),
        ("file-leading-blank", b"\r\n\r\n" + source, ["repair.leading-blank"], "Empty lines in front."),
        *_judged_by_the_body_hash(),
    ):  # fmt: skip
        yield golden(name, octets, zone(), good(findings=["dmarc.policy", *repairs, *GOODS]), why)


def _judged_by_the_body_hash() -> Iterator[tuple[str, bytes, list[str], str]]:
    """Damage to the body that can be undone, because bh= says when it is right."""
    text = gmail(
        signed(
            mail(body="Dear guest,\nFrom today on\n.5 percent less\nfor a caf\u00e9\n-- \nShop\n"), c="relaxed/simple"
        )
    )
    jis = gmail(signed(mail(body="Hi\n~~\n").replace(b"~~", "\u304a\u77e5\u3089\u305b".encode("iso2022_jp"))))
    yield (
        "file-mbox-quoted",
        text.replace(b"\nFrom today", b"\n>From today"),
        ["repair.mbox-escapes"],
        "A mailbox file put a mark before From; without it bh= matches.",
    )
    yield (
        "file-dot-stuffed",
        text.replace(b"\n.5", b"\n..5"),
        ["repair.dot-stuffing"],
        "RFC 5321 4.5.2: a line that begins with a dot travels with two.",
    )
    yield (
        "file-read-as-windows-1252",
        text.decode("cp1252").encode(),
        ["repair.charset"],
        "An editor read UTF-8 as Windows-1252 and saved it as UTF-8 once more.",
    )
    yield (
        "file-blank-behind-hyphens",
        text.replace(b"-- \r\n", b"--\r\n"),
        ["repair.line-blanks"],
        "RFC 3676 4.3: the line above a signature text ends with a blank, and c=simple counts it.",
    )
    yield "file-esc-lost", jis.replace(b"\x1b", b""), ["repair.escapes"], "ISO-2022-JP without its ESC octets."


def _pastes() -> Iterator[Golden]:
    """What the clipboard brings; every one of these can be mended completely."""
    text = _lf(gmail(signed())).decode()
    english = (
        "Original Message\nMessage ID\t<1182.20261120@example.com>\nCreated at:\tFri, Nov 20, 2026 at 5:12 PM"
        " (Delivered after 2 seconds)\nFrom:\tExample Shop <news@example.com>\nTo:\tyou@recipient.example\n"
        "Subject:\tInvoice 1182\nSPF:\tPASS with IP 192.0.2.25 Learn more\nDKIM:\t'PASS' with domain example.com"
        " Learn more\nDMARC:\t'PASS' Learn more\nDownload Original\nCopy to clipboard\n"
    )
    japanese = (
        "元のメッセージ\nメッセージ ID\t<1182.20261120@example.com>\n"
        "作成日:\t2026年11月20日 17:12（2 秒後に配信されました）\n"
        "From:\tExample Shop <news@example.com>\nTo:\tyou@recipient.example\n件名:\tInvoice 1182\n"
        "SPF:\tPASS（IP: 192.0.2.25）。詳細\nDKIM:\t'PASS'（ドメイン: example.com）。詳細\nDMARC:\t'PASS' 詳細\n"
        "元のメッセージをダウンロード\nクリップボードにコピー\n\n"
    )
    for name, pasted, repair, why in (
        ("paste-gmail-page", english + text, "repair.gmail-page", "Gmail's page \"Show original\", all of it."),
        ("paste-gmail-page-ja", japanese + text, "repair.gmail-page", "The same page in Japanese."),
        ("paste-fenced", f"```\n{text}```\n", "repair.fenced", "From a chat, in a code fence."),
        ("paste-doubled", text.replace("\n", "\n\n"), "repair.doubled-lines", "Every line end came twice."),
        ("paste-numbered", "".join(f"{at:5} {line}\n" for at, line in enumerate(text.splitlines(), 1)),
         "repair.line-numbers", "From a view with line numbers."),
        ("paste-without-indents", re.sub(r"\n[ \t]+(?=\S)", "\n", text),
         "repair.fold-indents", "A chat took away the blanks at line starts; relaxed does not tell them apart."),
        ("paste-behind-text", "Please have a look at this mail, it looks odd.\n\n" + text, "repair.leading-text",
         "A colleague's words stand in front."),
        *((name, pasted, "repair.undone", why) for name, pasted, _, why in _changed_in_copying(text)),
    ):  # fmt: skip
        rows_shown = ["input.page-rows"] if "gmail-page" in repair else []
        expected = good(findings=["dmarc.policy", *rows_shown, "repair.line-ends", repair, *GOODS])
        yield golden(name, pasted.encode(), zone(), expected, why, pasted=True)
    spoilt = service(signed().replace(b"invoice 1182 is", b"invoice 1183 is"), dkim=None, spf=None, dmarc=None)
    check = ["fail", "hash.body", "match", "mismatch", "valid"]
    yield golden(
        "paste-spoilt-unrecorded", spoilt, service_zone(),
        faded(
            check, "dkim.copy-body", "", level="unknown", situation="S14", variant="unrecorded", body="unknown",
            comparison=rows((None, "pass"), [(None, "fail")], (None, "fail")),
            trusted=[["Authentication-Results", GMAIL, "trusted"]],
            findings=["dkim.copy-body", "dmarc.not-aligned", "spf.elsewhere", "dmarc.policy", "input.pasted"],
        ),
        "A pasted body that does not fit, and no record to fall back on.",
        pasted=True,
    )  # fmt: skip


def _changed_in_copying(text: str) -> Iterator[tuple[str, str, str, str]]:
    """Copies whose repair a signature's hash of the body can confirm; without one it stays a likely repair."""
    nbsp = text.replace("\n        ", "\n" + "\u00a0" * 8).replace("\n       ", "\n" + "\u00a0" * 7)
    lines = text.splitlines()
    yield "paste-quoted", "".join(f"> {line}\n" for line in lines), "repair.quoted", "Quoted in a reply."
    yield "paste-indented", "".join(f"    {line}\n" for line in lines), "repair.indented", "Indented."
    yield "paste-escaped", html.escape(text), "repair.html-escaped", "With the escapes of a web page."
    yield "paste-nbsp", nbsp, "repair.nbsp", "The folds begin with no-break spaces, as browsers copy them."
    hyphens = re.sub(r"(?m)^([A-Z][a-z]+)-(?=[A-Z])", "\\1\u00ad-", text)
    yield "paste-soft-hyphens", hyphens, "repair.invisible", "A page put soft hyphens into the names of fields."


def _unsigned_copies() -> Iterator[Golden]:
    """The same copies of a mail without a signature: nothing confirms that the repair gave back what was sent."""
    source = gmail(mail(), dkim=None)
    saved = b"\xff\xfe" + source.decode().encode("utf-16-le")
    found = [(name, text.encode(), repair, True) for name, text, repair, _ in _changed_in_copying(_lf(source).decode())]
    for name, octets, repair, pasted in [("file-utf-16", saved, "repair.utf-16", False), *found]:
        copied = ["input.pasted", "repair.line-ends"] if pasted else []
        expected = good(
            situation="S4", dkim=[], comparison=rows(dkim=()), body="unknown" if pasted else "complete",
            findings=["dkim.none", "dmarc.policy", *copied, repair, "spf.listed"],
        )  # fmt: skip
        yield golden(f"{name}-unsigned", octets, zone(), expected, "Repaired, and nothing confirms it.", pasted=pasted)


def _handing_in(attached: bytes) -> bytes:
    """A draft with a mail attached to it."""
    head = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n'
    body = "--b\nContent-Type: text/plain\n\nIs this real?\n--b\nContent-Type: message/rfc822\n\n"
    return mail(extra=head, body=body) + attached + b"\r\n--b--\r\n"


def _parts() -> Iterator[Golden]:
    """Copies without a path, without a body, or that never went anywhere."""
    bare: dict[str, Any] = {"border": None, "trusted": []}
    yield golden(
        "sent-copy", mail(), zone(),
        good(
            **bare, exit_status=2, level="unknown", situation="S25", dkim=[], spf=["none", "spf.no_domain"],
            dmarc=["fail", "fail.nothing_passed", "reject"], comparison=rows((None, "none"), (), (None, "fail")),
            findings=["spf.no-domain", "dmarc.policy", "path.none"],
        ),
        "From the sent folder: no server and no signer has left a trace. Nothing was delivered, so nothing failed.",
        choices={},
    )  # fmt: skip
    yield golden(
        "sent-copy-carrying", _handing_in(signed()), zone(),
        good(
            **bare, exit_status=2, level="unknown", situation="S25", variant="carrying", dkim=[],
            spf=["none", "spf.no_domain"], dmarc=["fail", "fail.nothing_passed", "reject"],
            comparison=rows((None, "none"), (), (None, "fail")),
            findings=["spf.no-domain", "dmarc.policy", "input.attached", "path.none"],
        ),
        "A colleague hands in a mail by attaching it: the outer one shows text, so it is the one that is checked, and"
        " the answer points to the other.",
        choices={},
    )  # fmt: skip
    yield golden(
        "no-path", signed(), zone(),
        good(
            **bare, variant="signature", dkim=[["pass", None, "match", "match", "unknown"]],
            spf=["none", "spf.no_domain"], comparison=rows((None, "none"), [(None, "pass")], (None, "pass")),
            findings=["spf.no-domain", "dmarc.policy", "path.none", "dkim.pass"],
        ),
        "Signed, and no Received: SPF cannot be judged, the signature can.",
        choices={},
    )  # fmt: skip
    relay = crlf(
        "Return-Path: <news@example.com>\n"
        "Received: from relay.recipient.example (relay.recipient.example [203.0.113.200])\n"
        f" by {MX} (Postfix) with ESMTPS id 2; Fri, 20 Nov 2026 08:12:05 +0000\n"
        "Received: from mail.example.com (mail.example.com [192.0.2.25])\n"
        " by relay.recipient.example (Postfix) with ESMTPS id 1; Fri, 20 Nov 2026 08:12:04 +0000\n"
    )
    yield golden(
        "border-unclear", relay + signed(), zone(),
        good(
            **bare, variant="signature", dkim=[["pass", None, "match", "match", "unknown"]],
            spf=["none", "spf.no_ip"], comparison=rows((None, "none"), [(None, "pass")], (None, "pass")),
            findings=["spf.no-ip", "dmarc.policy", "path.no-border", "dkim.pass"],
        ),
        "A relay of the receiver's own name with a public address: it may be one, or a forger (standards.md 3.3).",
        choices={},
    )  # fmt: skip
    hop = crlf(
        "Received: from mail.example.com (mail.example.com [192.0.2.25])\n"
        f" by {MX} (Postfix) with ESMTPS id 1; Fri, 20 Nov 2026 08:12:04 +0000\n"
    )
    heads = (hop + signed()).partition(b"\r\n\r\n")[0] + b"\r\n"
    yield golden(
        "headers-pasted", _lf(heads), zone(),
        good(
            exit_status=2, level="partial", situation="S15", body="missing", border=0, trusted=[],
            dkim=[["neutral", "body.missing", "match", "unchecked", "valid"]], spf=["none", "spf.no_domain"],
            dmarc=["fail", "fail.nothing_passed", "reject"],
            comparison=rows((None, "none"), [(None, "neutral")], (None, "fail")),
            findings=[
                "dkim.body-missing", "dmarc.unfinished", "spf.no-domain", "dmarc.policy", "input.headers-only",
                "repair.line-ends",
            ],
        ),
        "Internet headers copied from Outlook: the signature on them is right, the text was not given.",
        pasted=True, choices={},
    )  # fmt: skip
    bare_subject = (hop + signed(h="from:to:date")).partition(b"\r\n\r\n")[0] + b"\r\n"
    yield golden(
        "headers-pasted-subject-unsigned", bare_subject, zone(),
        good(
            exit_status=2, level="partial", situation="S15", variant="some", body="missing", border=0, trusted=[],
            dkim=[["neutral", "body.missing", "match", "unchecked", "valid"]], spf=["none", "spf.no_domain"],
            dmarc=["fail", "fail.nothing_passed", "reject"],
            comparison=rows((None, "none"), [(None, "neutral")], (None, "fail")),
            findings=[
                "dkim.body-missing", "dmarc.unfinished", "spf.no-domain", "dmarc.policy", "input.headers-only",
            ],
        ),
        "The same with a signature that leaves the subject out: it must not be called signed.",
        pasted=True, choices={},
    )  # fmt: skip
    listed = (gmail(signed())).partition(b"\r\n\r\n")[0] + b"\r\n"
    yield golden(
        "headers-only-server-listed", listed, zone(),
        good(
            exit_status=2, level="partial", situation="S15", variant="file", body="missing",
            dkim=[["neutral", "body.missing", "match", "unchecked", "valid"]],
            comparison=rows(dkim=[("pass", "neutral", "copy-incomplete", None)]),
            findings=["dkim.body-missing", "dmarc.policy", "input.headers-only", "spf.listed"],
        ),
        "Headers only, and the server is listed: still never shown as a pass, for the body was not seen.",
    )  # fmt: skip
    rewritten = crlf("X-MS-Exchange-Organization-AuthAs: Anonymous\n")
    rewritten += signed().replace(b"invoice 1182 is", b"invoice 1183 is")
    check = ["fail", "hash.body", "match", "mismatch", "valid"]
    yield golden(
        "outlook-rewrote-unrecorded", hop + rewritten, zone(),
        faded(
            check, "dkim.copy-body", "", level="unknown", situation="S14", variant="rewritten-unrecorded",
            body="altered", border=0, trusted=[], spf=["none", "spf.no_domain"],
            dmarc=["fail", "fail.nothing_passed", "reject"],
            comparison=rows((None, "none"), [(None, "fail")], (None, "fail")),
            findings=["dkim.copy-body", "dmarc.nothing-passed", "spf.no-domain", "dmarc.policy", "input.rewritten"],
        ),
        "Rewritten by Outlook, and no result is recorded.",
        choices={},
    )  # fmt: skip


def _unpublished() -> Iterator[Golden]:
    """No DMARC record: what a signature or the server's listing says by itself."""
    none: dict[str, Any] = {"dmarc": ["none", "none.no_record", None]}
    broken_here = signed().replace(b"invoice 1182 is", b"invoice 1183 is")
    header = signed().replace(b"Subject: Invoice", b"Subject: Re: Invoice")
    eddy = signed(key="ed25519").replace(b"Subject: Invoice", b"Subject: Re: Invoice")
    differs = ["fail", "hash.header", "mismatch", "match", "valid"]
    for name, message, key, situation, variant, check, cause, status, why in (
        ("unpublished-body-changed", broken_here, None, "S9", "", ["fail", "hash.body", "match", "mismatch", "valid"],
         "dkim.body-changed", 1, "No policy, and the body is another than was signed (S9)."),
        ("unpublished-header-changed", header, None, "S10", "", differs, "dkim.headers-changed", 1,
         "No policy, and a signed line is another: RSA proves that the key signed (S10)."),
        ("unpublished-other-key", signed(), "rsa2048b", "S10", "other-key", differs, "dkim.other-key", 1,
         "No policy, and the signature is another key's: replaced, or never theirs."),
        ("unpublished-invented", broken_here, "rsa2048b", "S10", "undecided",
         ["fail", "hash.body", "mismatch", "mismatch", "valid"], "dkim.both-changed", 1,
         "No policy, and neither hash fits: a replaced key would not explain the body."),
        ("unpublished-undecided", eddy, "ed25519", "S10", "undecided", differs, "dkim.mismatch", 1,
         "No policy, and Ed25519 does not tell what changed."),
        ("unpublished-syntax", signed(t="today"), None, "S11", "signature",
         ["neutral", "sig.syntax", "match", "match", "valid"], "dkim.malformed", 1,
         "No policy, and a signature that cannot be used (S11)."),
        ("unpublished-no-key", signed(), "", "S11", "", ["permerror", "key.none", "unchecked", "match", "valid"],
         "dkim.no-key", 2, "No policy and no key (S11): time may explain it."),
    ):  # fmt: skip
        record = None if key == "" else key_record(key or "rsa2048")
        word = {"fail": "fail", "neutral": "neutral", "permerror": "neutral"}[str(check[0])]
        order = [cause, "dmarc.no-record"]
        notes = [["hash.header"]] if cause == "dkim.both-changed" else [[]]
        yield golden(
            name, service(message, dkim=word, dmarc=None), service_zone(key=record, dmarc=None),
            good(
                **none, exit_status=status, level="warn", situation=situation, variant=variant, dkim=[check],
                notes=notes, comparison=rows(dkim=[(word, check[0])], dmarc=(None, "none")),
                findings=[*order, "spf.elsewhere"],
            ),
            why,
        )  # fmt: skip
    quiet = {**none, "dkim": []}
    here = {"example.com": {"MX": ["10 mail.example.com"]}}
    yield golden(
        "unpublished-nothing", gmail(mail(), spf="none", dmarc=None), zone(spf=None, dmarc=None, more=here),
        good(
            **quiet, exit_status=2, level="unknown", situation="S18", spf=["none", "spf.none"],
            comparison=rows(("none", "none"), (), (None, "none")),
            findings=["dmarc.no-record", "dkim.none", "spf.none"],
        ),
        "Nothing is published: real and forged mail look alike (S18).",
    )  # fmt: skip
    yield golden(
        "unpublished-unsigned", service(mail(), dmarc=None), service_zone(dmarc=None),
        good(
            **quiet, exit_status=2, level="unknown", situation="S18", variant="unsigned",
            comparison=rows(dkim=(), dmarc=(None, "none")), findings=["dmarc.no-record", "dkim.none", "spf.elsewhere"],
        ),
        "No signature and no policy; SPF speaks for somebody else.",
    )  # fmt: skip
    yield golden(
        "unpublished-unlisted", gmail(mail(), spf="fail", dmarc=None), zone(spf="v=spf1 -all", dmarc=None),
        good(
            **quiet, exit_status=1, level="warn", situation="S18", variant="unlisted", spf=["fail", "spf.fail"],
            comparison=rows(("fail", "fail"), (), (None, "none")),
            findings=["spf.fail", "dmarc.no-record", "dkim.none"],
        ),
        "No policy, but a list of servers, and this one is not on it.",
    )  # fmt: skip
    yield from _nearby(quiet, none)


def _nearby(quiet: dict[str, Any], none: dict[str, Any]) -> Iterator[Golden]:
    """No DMARC record, and what passes is a name of the same registered domain: nothing says who belongs together."""
    below = mail(sender="Example News <info@news.example.com>")
    told: dict[str, Any] = {"exit_status": 2, "level": "unknown", "situation": "S18", "variant": "nearby", **none}
    yield golden(
        "unpublished-nearby", gmail(signed(below), dmarc=None), zone(dmarc=None),
        good(
            **told, comparison=rows(dmarc=(None, "none")),
            findings=["dmarc.undeclared-organisation", "dmarc.no-record", "dkim.pass", "spf.listed"],
        ),
        "RFC 9989 4.10.2 leaves each name an organisation of its own; nobody has declared one.",
    )  # fmt: skip
    yield golden(
        "unpublished-nearby-server", gmail(below, dmarc=None), zone(dmarc=None),
        good(
            **quiet, **{key: told[key] for key in ("exit_status", "level", "situation", "variant")},
            comparison=rows(dkim=(), dmarc=(None, "none")),
            findings=["dmarc.undeclared-organisation", "dmarc.no-record", "dkim.none", "spf.listed"],
        ),
        "The same with the return address alone.",
    )  # fmt: skip
    yield golden(
        "unpublished-listed", gmail(mail(), dmarc=None), zone(dmarc=None),
        good(
            **quiet, situation="S20", variant="server", comparison=rows(dkim=(), dmarc=(None, "none")),
            findings=["dmarc.no-record", "dkim.none", "spf.listed"],
        ),
        "No policy; the server is on the sender's list (S20).",
    )  # fmt: skip
    yield golden(
        "unpublished-signed", gmail(signed(), dmarc=None), zone(dmarc=None),
        good(
            **none, situation="S20", variant="both", comparison=rows(dmarc=(None, "none")),
            findings=["dmarc.no-record", *GOODS],
        ),
        "No policy; the signature is the sender's own, and so is the server (S20).",
    )  # fmt: skip
