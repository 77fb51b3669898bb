"""A case for each way a DKIM signature can fail or be doubtful (standards.md 2.2, 2.3)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.support.corpus.build import (
    KEY,
    PASS,
    RECEIVED_AT,
    Golden,
    broken,
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

MISFITS: dict[str, tuple[dict[str, Any], str, str, str]] = {
    "sig-syntax": ({"t": "today"}, "neutral", "sig.syntax", "t= is not a number (RFC 6376 3.5)."),
    "sig-duplicate-tag": (
        {"q": "dns/txt; q=dns/txt"}, "neutral", "sig.duplicate_tag",
        "A tag that stands twice makes the whole list invalid (RFC 6376 3.2).",
    ),
    "sig-version": ({"v": "2"}, "neutral", "sig.version", "v= must be 1 (RFC 6376 6.1.1)."),
    "sig-version-missing": ({"v": None}, "neutral", "sig.missing_tag", "v= is required (RFC 6376 3.5)."),
    "sig-domain-mismatch": (
        {"i": "@example.org"}, "neutral", "sig.domain_mismatch",
        "i= must be d= or a name below it (RFC 6376 6.1.1).",
    ),
    "sig-query": ({"q": "http/json"}, "neutral", "sig.query_unknown", "q= names no method that exists (RFC 6376 3.5)."),
    "sig-x-before-t": (
        {"t": str(RECEIVED_AT), "x": str(RECEIVED_AT)}, "neutral", "sig.x_before_t",
        "x= must be later than t= (RFC 6376 3.5).",
    ),
    "sig-from-not-signed": (
        {"h": "to:subject:date:message-id"}, "permerror", "sig.from_not_signed",
        "From must be among the signed fields (RFC 6376 5.4). RFC 8601 2.7.1 gives this very case for permerror.",
    ),
    "sig-rsa-sha1": (
        {"a": "rsa-sha1"}, "policy", "sig.alg_weak",
        "Both hashes fit, but rsa-sha1 must not be used for verifying any more (RFC 8301 3.1).",
    ),
    "sig-future": (
        {"t": str(RECEIVED_AT + 86400)}, "neutral", "sig.future",
        "t= is a day after the mail was received: no clock is that wrong by chance (RFC 6376 3.5).",
    ),
    "sig-expired": (
        {"t": str(RECEIVED_AT - 90000), "x": str(RECEIVED_AT - 3600)}, "policy", "sig.expired",
        "The signature had run out an hour before the border server received the mail (RFC 6376 3.5).",
    ),
}  # fmt: skip
"""Tags that differ, result, code, reason. The hashes are sound for what the tags say."""

CAUSES = {
    "sig.from_not_signed": "dkim.from-not-signed",
    "sig.alg_weak": "dkim.algorithm",
    "sig.future": "dkim.future",
    "sig.expired": "dkim.expired",
}
STATES = {"sig.future": "future", "sig.expired": "expired"}

KEYS = {
    "key-syntax": ("v=DKIM1; k=rsa; p=not!base64", "permerror", "key.syntax", "unchecked", "p= is no base64."),
    "key-duplicate-tag": (
        key_record("rsa2048", extra="t=s; t=s; "), "permerror", "key.syntax", "unchecked",
        "A tag stands twice in the key record, which makes the list invalid (RFC 6376 3.2).",
    ),
    "key-version": (
        key_record("rsa2048").replace("DKIM1", "DKIM2"), "permerror", "key.version", "unchecked",
        "v= of a key must be DKIM1 (RFC 6376 3.6.1).",
    ),
    "key-hash": (
        key_record("rsa2048", extra="h=sha1; "), "permerror", "key.hash", "match",
        "The key only allows SHA-1, the signature uses SHA-256 (RFC 6376 6.1.2 step 6). The value as such fits.",
    ),
    "key-type": (
        key_record("ed25519"), "permerror", "key.type", "unchecked",
        "The key is of another kind than a= says (RFC 6376 6.1.2 step 8).",
    ),
    "key-type-unknown": (
        key_record("rsa2048").replace("k=rsa", "k=gost"), "permerror", "key.type", "unchecked",
        "k= names a kind of key that nobody knows (RFC 6376 3.6.1).",
    ),
    "key-service": (
        key_record("rsa2048", extra="s=tlsrpt; "), "permerror", "key.service", "match",
        "The key is for TLS reports (RFC 8460), not for mail.",
    ),
    "key-revoked": (
        "v=DKIM1; k=rsa; p=", "permerror", "key.revoked", "unchecked",
        "An empty p= withdraws a key (RFC 6376 3.6.1). No recorded pass: whether it once was right cannot be told.",
    ),
}  # fmt: skip
"""What stands at the selector, result, code, what becomes of the header hash, reason."""

KEY_CAUSES = {"key.revoked": "dkim.key-revoked"}


def cases() -> Iterator[Golden]:
    yield from _signatures()
    yield from _unreadable()
    yield from _keys()
    yield from _short_keys()
    yield from _good_keys()
    yield from _hashes()
    yield from _lengths()
    yield from _coverage()
    yield from _several()


def _signatures() -> Iterator[Golden]:
    """The field itself is at fault; the receiver had the same result."""
    for name, (tags, result, code, why) in MISFITS.items():
        check = [result, code, "match", "match", STATES.get(code, "valid")]
        cause = CAUSES.get(code, "dkim.malformed")
        notes = [["sig.expired_now"]] if code == "sig.x_before_t" else [[]]
        message = service(signed(**tags), dkim=result, dmarc="fail (p=REJECT sp=REJECT dis=QUARANTINE)")
        yield golden(name, message, service_zone(), broken(check, cause, result, notes=notes), why)


def _unreadable() -> Iterator[Golden]:
    unknown: tuple[tuple[str, dict[str, Any], str, str], ...] = (
        ("sig-algorithm", {"a": "rsa-sha512"}, "sig.alg_unknown", "a= names an algorithm that DKIM does not have."),
        ("sig-canonicalization", {"c": "nofold/relaxed"}, "sig.canon_unknown", "c= names a method nobody knows."),
    )
    for name, tags, code, why in unknown:
        check = ["neutral", code, "unchecked", "unchecked", "valid"]
        message = service(signed(**tags), dkim="neutral", dmarc="fail (p=REJECT)")
        yield golden(
            name, message, service_zone(), broken(check, "dkim.malformed", "neutral"),
            why + " Nothing can be computed, so nothing is said about what changed.",
        )  # fmt: skip


def _keys() -> Iterator[Golden]:
    for name, (record, result, code, header, why) in KEYS.items():
        check = [result, code, header, "match", "valid"]
        cause = KEY_CAUSES.get(code, "dkim.key-unusable")
        message = service(signed(), dkim="neutral (no key)", dmarc="fail (p=REJECT)")
        doubt = {"exit_status": 2} if code == "key.revoked" else {}
        yield golden(name, message, service_zone(key=record), broken(check, cause, "neutral", **doubt), why)
    message = service(signed(), dkim="neutral (no key)", dmarc="fail (p=REJECT)")
    check = ["permerror", "key.none", "unchecked", "match", "valid"]
    yield golden(
        "key-none", message, service_zone(key=None), broken(check, "dkim.no-key", "neutral", exit_status=2),
        "There was no key on delivery either. It may never have been there or be gone; forged is not proved (2.4).",
    )  # fmt: skip
    message = service(signed(i="@sub.example.com"), dkim="neutral", dmarc="fail (p=REJECT)")
    check = ["permerror", "key.i_not_d", "match", "match", "valid"]
    yield golden(
        "key-i-not-d", message, service_zone(key=key_record("rsa2048", extra="t=s; ")),
        broken(check, "dkim.key-unusable", "neutral"),
        "t=s of the key forbids an i= below d= (RFC 6376 3.6.1).",
    )  # fmt: skip


def _short_keys() -> Iterator[Golden]:
    for bits in (512, 768):
        name = f"rsa{bits}"
        check = ["policy", "key.short", "match", "match", "valid"]
        message = service(signed(key=name), dkim="policy (weak key)", dmarc="fail (p=REJECT)")
        yield golden(
            f"key-{bits}-bits", message, service_zone(key=key_record(name)),
            broken(check, "dkim.key-short", "policy"),
            "The value fits, but RSA below 1,024 bits must not be considered valid (RFC 8301 3.2).",
        )  # fmt: skip


def _good_keys() -> Iterator[Golden]:
    yield golden(
        "key-1024-bits", gmail(signed(key="rsa1024")), zone(key=key_record("rsa1024")),
        good(notes=[["key.weak"]], findings=["dkim.key-weak", "dmarc.policy", "dkim.pass", "spf.listed"]),
        "1,024 bits are valid and weaker than RFC 8301 3.2 asks of signers: a pass with a warning.",
    )  # fmt: skip
    yield golden(
        "key-testing", gmail(signed()), zone(key=key_record("rsa2048", extra="t=y; ")),
        good(notes=[["key.testing"]], findings=["dkim.testing", "dmarc.policy", "dkim.pass", "spf.listed"]),
        "t=y of a key does not undo the pass; RFC 9989 is silent, so it counts, with a note (standards.md 2.2).",
    )  # fmt: skip
    yield golden(
        "key-several", gmail(signed()), zone(key=["v=DKIM1; k=rsa; p=spoilt!", key_record("rsa2048")]),
        good(notes=[["key.several"]], findings=["dkim.several-keys", "dmarc.policy", "dkim.pass", "spf.listed"]),
        "Of two records at the selector one fits: each is tried (RFC 6376 6.1.2 step 4).",
    )  # fmt: skip
    alias = {KEY: {"CNAME": ["s1.keys.example.net"]}, "s1.keys.example.net": key_record("rsa2048")}
    yield golden(
        "key-by-alias", gmail(signed()), zone(more=alias), good(),
        "The key stands at the service and is reached by a CNAME, as most services ask for.",
    )  # fmt: skip
    yield golden(
        "key-ed25519", gmail(signed(key="ed25519")), zone(key=key_record("ed25519")), good(),
        "An Ed25519 signature (RFC 8463) is as good as an RSA one, and its 256 bits are not short.",
    )  # fmt: skip
    times: dict[str, Any] = {"t": str(RECEIVED_AT - 60), "x": str(RECEIVED_AT + 600)}
    yield golden(
        "expired-since", gmail(signed(**times)), zone(),
        good(
            notes=[["sig.expired_now"]],
            findings=["dkim.expired-since", "dmarc.policy", "dkim.pass", "spf.listed"],
        ),
        "x= has passed by now, but not when the border server received the mail: a note, no failure (2.4).",
    )  # fmt: skip
    weekly: dict[str, Any] = {"t": str(RECEIVED_AT - 60), "x": str(RECEIVED_AT + 86400 * 30)}
    yield golden("not-expired", gmail(signed(**weekly)), zone(), good(), "t= and x= enclose both receipt and today.")
    yield golden(
        "expired-as-of", gmail(signed(**times), dkim="pass"), zone(),
        good(
            situation="S4",
            dkim=[["policy", "sig.expired", "match", "match", "expired"]],
            comparison=rows(dkim=[("pass", "policy", "local-policy")]),
            findings=["dkim.unneeded", "dmarc.policy", "recorded.explained", "spf.listed"],
        ),
        "The reader judges by another time (--as-of), after x=; the server's listing alone carries the answer.",
        choices={"trusted": ["mx.google.com"], "as_of": "2026-11-20T12:00:00+00:00"},
    )  # fmt: skip
    suffix = signed(signed(), d="co.jp", s="any")
    yield golden(
        "signed-by-a-suffix", gmail(suffix), zone(more={"any._domainkey.co.jp": key_record("rsa2048")}),
        good(
            dkim=[PASS, PASS],
            notes=[["sig.domain_unacceptable"], []],
            comparison=rows(dkim=[("pass", "pass"), ("pass", "pass")]),
            findings=["dkim.public-suffix", "dmarc.policy", "dkim.pass", "spf.listed"],
        ),
        "A second signature of co.jp proves nothing about anybody, so it is no third party either. RFC 6376"
        " 6.1.1 lets a verifier ignore it; it is kept with a note,"
        " because governments do send from suffixes, and it never aligns with the sender here.",
    )  # fmt: skip


def _hashes() -> Iterator[Golden]:
    fails = "fail (p=REJECT sp=REJECT dis=NONE)"
    changed = signed().replace(b"invoice 1182 is", b"invoice 1183 is")
    yield golden(
        "body-changed", service(changed, dkim="fail (body hash mismatch)", dmarc=fails), service_zone(),
        broken(["fail", "hash.body", "match", "mismatch", "valid"], "dkim.body-changed", "fail", variant="changed"),
        "The header fits and the body does not: the sender did sign, and it was changed before the receiver saw it.",
    )  # fmt: skip
    changed = signed().replace(b"Subject: Invoice", b"Subject: [EXT] Invoice")
    yield golden(
        "header-changed", service(changed, dkim="fail (signature mismatch)", dmarc=fails), service_zone(),
        broken(
            ["fail", "hash.header", "mismatch", "match", "valid"], "dkim.headers-changed", "fail", variant="changed"
        ),
        "RSA gives back the digest that was signed: this key did sign, another header (engine.md 3).",
    )  # fmt: skip
    yield golden(
        "other-key", service(signed(), dkim="fail", dmarc=fails), service_zone(key=key_record("rsa2048b")),
        broken(["fail", "hash.header", "mismatch", "match", "valid"], "dkim.other-key", "fail"),
        "The value was made by another key. Failed on delivery too, so no key can have been replaced since.",
    )  # fmt: skip
    changed = changed.replace(b"invoice 1182 is", b"invoice 1183 is")
    yield golden(
        "header-and-body-changed", service(changed, dkim="fail", dmarc=fails), service_zone(),
        broken(
            ["fail", "hash.body", "mismatch", "mismatch", "valid"], "dkim.both-changed", "fail",
            notes=[["hash.header"]], variant="changed",
        ),
        "Both hashes differ: often a wrong export, sometimes a rewriting gateway (standards.md 2.2). The value gives"
        " back a digest, so this key did make it.",
    )  # fmt: skip
    forged = signed().replace(b"invoice 1182 is", b"invoice 1183 is")
    yield golden(
        "invented-signature", service(forged, dkim="fail", dmarc=fails), service_zone(key=key_record("rsa2048b")),
        broken(
            ["fail", "hash.body", "mismatch", "mismatch", "valid"], "dkim.both-changed", "fail", notes=[["hash.header"]]
        ),
        "Neither hash fits and the key never made this value: time does not explain a wrong body (standards.md 2.4),"
        " so a replaced key must not be offered as the reason.",
    )  # fmt: skip


def _lengths() -> Iterator[Golden]:
    length = len(mail().partition(b"\r\n\r\n")[2])
    appended = signed(length=length) + b"Now click http://example.net/\r\n"
    unsigned = ["dkim.unsigned-text", "dmarc.policy", "dkim.pass", "spf.listed"]
    yield golden(
        "length-appended", gmail(appended), zone(), good(notes=[["body.unsigned"]], findings=unsigned),
        "l= ends before text that was appended: a pass by RFC 6376 3.5, and a warning that says how much (8.2).",
    )  # fmt: skip
    yield golden(
        "length-appended-elsewhere", service(appended), service_zone(),
        good(
            exit_status=2, level="warn", situation="S1", variant="partly", notes=[["body.unsigned"]],
            findings=["dkim.unsigned-text", "spf.service", "dmarc.policy", "dkim.pass"],
        ),
        "The same from a server that is not the sender's: anybody could have sent it again with text added (8.2), so it"
        " is no plain pass.",
    )  # fmt: skip
    retyped = b"Content-Type: text/html\r\n" + signed(mail(extra="Content-Type: text/plain\n"), h="from:content-type")
    yield golden(
        "content-type-added-elsewhere", service(retyped), service_zone(),
        good(
            exit_status=2, level="warn", situation="S1", variant="partly",
            findings=[
                "headers.added-body", "dkim.unsigned-headers", "spf.service", "dmarc.policy", "headers.malformed",
                "dkim.pass",
            ],
        ),
        "A second Content-Type above the signed one makes programs read the body in another way (RFC 6376 8.15).",
    )  # fmt: skip
    yield golden(
        "length-zero", gmail(signed(length=0)), zone(),
        good(notes=[["body.unsigned"]], findings=["dkim.unsigned-body", *unsigned[1:]]),
        "l=0 signs no body at all; any text could stand there, not only at the end.",
    )  # fmt: skip
    yield golden(
        "length-whole", gmail(signed(length=length)), zone(), good(), "l= covers the whole body: nothing is unsigned."
    )
    check = ["fail", "body.l_too_long", "match", "match", "valid"]
    yield golden(
        "length-too-long", service(signed(length=9999), dkim="fail", dmarc="fail (p=REJECT)"), service_zone(),
        broken(check, "dkim.length-too-long", "fail", variant="changed"),
        "l= must not be larger than the body (RFC 6376 3.5): something was cut off.",
    )  # fmt: skip


def _coverage() -> Iterator[Golden]:
    names = "from:from:to:subject:subject:date:date:message-id:reply-to"
    yield golden(
        "oversigned", gmail(signed(h=names)), zone(), good(), "Names listed once too often must stay absent (8.15)."
    )
    added = b"Subject: You have won\r\n" + signed(h=names)
    fails = "fail (p=REJECT sp=REJECT dis=NONE)"
    yield golden(
        "oversigned-subject-added", service(added, dkim="fail", dmarc=fails), service_zone(),
        broken(
            ["fail", "hash.header", "mismatch", "match", "valid"], "dkim.headers-changed", "fail",
            findings=[
                "dkim.headers-changed", "dmarc.not-aligned", "spf.elsewhere", "dmarc.policy", "headers.malformed",
            ],
            variant="changed",
        ),
        "A second Subject breaks a signature that over-signed it: the protection works.",
    )  # fmt: skip
    yield golden(
        "subject-added", gmail(b"Subject: You have won\r\n" + signed()), zone(),
        good(findings=["headers.added", "dmarc.policy", "headers.malformed", "dkim.pass", "spf.listed"]),
        "A second Subject above the signed one: the signature still fits, but what is shown is not what was signed, and"
        " that deserves a warning (RFC 6376 8.15).",
    )  # fmt: skip
    yield golden(
        "subject-unsigned", gmail(signed(h="from:to:date:message-id")), zone(),
        good(findings=["dkim.unsigned-headers", "dmarc.policy", "dkim.pass", "spf.listed"]),
        "The subject is not among the signed fields, so anybody on the way could have written it.",
    )  # fmt: skip


def _several() -> Iterator[Golden]:
    both = signed(signed(key="ed25519", s="s2"))
    yield golden(
        "two-signatures-one-broken", gmail(both, dkim=["pass", "neutral (no key)"]), zone(),
        good(
            dkim=[PASS, ["permerror", "key.none", "unchecked", "match", "valid"]],
            comparison=rows(dkim=[("pass", "pass"), ("neutral", "permerror")]),
            findings=["dkim.unneeded", "dmarc.policy", "dkim.pass", "spf.listed"],
        ),
        "One of two signatures has no key. Each stands alone (RFC 6376 4.2); one that passes is enough.",
    )  # fmt: skip
    many = signed()
    for number in range(26):
        many = signed(many, s=f"m{number}", d="example.net", key="rsa1024")
    nokey = ["permerror", "key.none", "unchecked", "match", "valid"]
    unheard = ["neutral", "sig.not_checked", "unchecked", "unchecked", "unknown"]
    yield golden(
        "many-signatures", gmail(many, dkim=[None] * 26 + ["pass"]), zone(),
        good(
            dkim=[*[nokey] * 9, *[unheard] * 15, PASS],
            comparison=rows(dkim=[*[(None, "permerror")] * 9, *[(None, "neutral")] * 15, ("pass", "pass")]),
            findings=[*["dkim.foreign-failed"] * 9, "dkim.more-signatures", "dmarc.policy", "dkim.pass", "spf.listed"],
        ),
        "Twenty-six worthless signatures of others above the sender's own, which must not be pushed out: twenty-five"
        " are shown, the sender's among them and in its place, ten are checked, and the rest is counted.",
    )  # fmt: skip
    own = signed()
    for number in range(26):
        own = signed(own, s=f"m{number}", key="rsa1024")
    yield golden(
        "many-signatures-of-the-sender", gmail(own, dkim=[None] * 26 + ["pass"]), zone(),
        good(
            dkim=[*[nokey] * 10, *[unheard] * 15],
            situation="S4", variant="unchecked",
            comparison=rows(
                dkim=[*[(None, "permerror")] * 10, *[(None, "neutral")] * 15, ("pass", "none", "incomparable")]
            ),
            findings=[*["dkim.unneeded"] * 10, "dkim.more-signatures", "dmarc.policy", "spf.listed"],
        ),
        "The same in the sender's own name: nothing tells which one is right before it is checked, so some stay"
        " unchecked, and the answer must not say that none is valid.",
    )  # fmt: skip
