"""What golden cases are built with: mails, the blocks receivers put on top, zones, and what is expected of them.

Expectations are written by hand from the standards and the design; a case names only what differs from the plain mail
that everything vouches for (`GOOD`) or from the mail whose only signature is useless (`broken`).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from tests.support.signing import key_record, own_sign

Expected = dict[str, Any]
Row = Sequence[Any]
Zone = dict[str, Any]

CHECKED_AT = "2026-11-21T08:20:00+00:00"
RECEIVED = "Fri, 20 Nov 2026 00:12:02 -0800 (PST)"
RECEIVED_AT = 1795162322
"""`RECEIVED` in seconds since 1970."""

AUTHOR = "news@example.com"
BODY = "Dear customer,\n\nyour invoice 1182 is ready.\n\nExample Shop\n"
OWN_SERVER = {"mail_from": AUTHOR, "host": "mail.example.com", "ip": "192.0.2.25"}
SERVICE = {"mail_from": "b1182@bounce.example.net", "host": "out4.example.net", "ip": "198.51.100.24"}
"""A delivery service with a return address of its own: SPF passes and does not align."""

KEY = "s1._domainkey.example.com"
POLICY = "v=DMARC1; p=reject; rua=mailto:dmarc@example.com"
SERVICE_SPF = {"bounce.example.net": "v=spf1 ip4:198.51.100.24 -all"}
GMAIL = "mx.google.com"


@dataclass(frozen=True)
class Golden:
    """One case: what is handed over, what DNS says, what must come out, and why, in a sentence or two."""

    name: str
    message: bytes
    zone: Mapping[str, Any]
    expected: Expected
    why: str
    pasted: bool = False
    choices: Mapping[str, Any] = field(default_factory=dict)
    checked_at: str = CHECKED_AT

    def files(self) -> dict[str, bytes]:
        """The files of the case by name."""
        given = {"pasted": self.pasted, "choices": dict(self.choices), "checked_at": self.checked_at}
        facts = {"input": given, "expected": self.expected}
        zone = {name: _entry(value) for name, value in self.zone.items() if value is not None}
        return {
            "message.eml": self.message,
            "dns.json": (json.dumps(zone, indent=1, sort_keys=True) + "\n").encode(),
            "expected.json": (_compact(facts) + "\n").encode(),
            "why.md": (self.why.strip() + "\n").encode(),
        }


def golden(name: str, message: bytes, zone: Mapping[str, Any], expected: Expected, why: str, **given: Any) -> Golden:
    """A case whose reader receives mail at Gmail, unless `choices` say otherwise."""
    given.setdefault("choices", {"trusted": [GMAIL]})
    return Golden(name, message, zone, _with_action(message, expected), why, **given)


def _with_action(message: bytes, expected: Expected) -> Expected:
    """What Gmail did is told where DMARC failed or it did something (standards.md 4.6), behind what it recorded."""
    head = message.partition(b"\r\n\r\n")[0].replace(b"\r\n ", b" ")
    top = re.search(rb"^Authentication-Results: mx\.google\.com;.*", head, re.MULTILINE)
    found = re.search(rb"dmarc=(\w+) \([^)]*\bdis=(\w+)", top[0]) if top else None
    own = ["Authentication-Results", GMAIL]
    believed = any(one[:2] == own and one[2] != "untrusted" for one in expected["trusted"])
    if found is None or not believed or (found[1] != b"fail" and found[2] == b"NONE"):
        return expected
    return {**expected, "findings": behind_records(expected["findings"], "recorded.action")}


def behind_records(findings: Sequence[str], *more: str) -> list[str]:
    """The findings with notes on what the receiver did in their place: before those on the copy and before the good."""
    later = ("input.", "headers.", "path.", "repair.", "neighbour.", "dkim.pass", "spf.listed")
    at = next((place for place, one in enumerate(findings) if one.startswith(later)), len(findings))
    return [*findings[:at], *more, *findings[at:]]


# ---- zones


def zone(**changes: Any) -> Zone:
    """example.com as it should be. Keywords: key, spf, dmarc (None: no such record); `more` adds names."""
    found: Zone = {
        KEY: key_record("rsa2048"),
        "example.com": "v=spf1 ip4:192.0.2.25 -all",
        "_dmarc.example.com": POLICY,
    }
    names = {"key": KEY, "spf": "example.com", "dmarc": "_dmarc.example.com"}
    for word, value in changes.items():
        if word == "more":
            found |= value
        else:
            found[names[word]] = value
    return found


def service_zone(**changes: Any) -> Zone:
    """example.com and the delivery service."""
    more = changes.pop("more", {})
    return zone(more={**SERVICE_SPF, **more}, **changes)


def _entry(value: Any) -> Any:
    """A string is one TXT record, a list several, a mapping stands as it is."""
    if isinstance(value, str):
        return {"TXT": [[value[at : at + 250] for at in range(0, len(value), 250)]]}
    return {"TXT": [[text] for text in value]} if isinstance(value, list) else value


def failing(word: str) -> dict[str, Any]:
    """An entry of a zone whose every usual question fails."""
    return {rtype: {"error": word} for rtype in ("TXT", "A", "AAAA", "MX")}


# ---- mails


def crlf(text: str) -> bytes:
    """A text with its line ends as on the wire."""
    return text.replace("\n", "\r\n").encode()


def mail(
    *, sender: str | None = f"Example Shop <{AUTHOR}>", subject: str = "Invoice 1182", extra: str = "", body: str = BODY
) -> bytes:
    """A mail as its author writes it; `extra` are further header lines."""
    first = "" if sender is None else f"From: {sender}\n"
    return crlf(
        f"{first}To: you@recipient.example\nSubject: {subject}\nDate: Fri, 20 Nov 2026 17:12:00 +0900\n"
        f"Message-ID: <1182.20261120@example.com>\n{extra}\n{body}"
    )


def signed(
    message: bytes | None = None, key: str = "rsa2048", *, length: int | None = None, **tags: str | None
) -> bytes:
    """The mail with a sound signature of example.com on top; `tags` change single tags, `length` sets l=."""
    wanted = {"d": "example.com", **tags}
    return own_sign(mail() if message is None else message, key, tags=wanted, body_length=length)


def gmail(
    message: bytes,
    *,
    mail_from: str = AUTHOR,
    host: str = "mail.example.com",
    ip: str = "192.0.2.25",
    dkim: str | Sequence[str | None] | None = "pass",
    spf: str | None = "pass",
    dmarc: str | None = "pass (p=REJECT sp=REJECT dis=NONE)",
    arc: str | None = None,
    author: str = "example.com",
    received: str = RECEIVED,
) -> bytes:
    """The block Gmail puts on top. `dkim` is the word for each signature; None leaves a method out."""
    comment = _spf_comment(spf or "none", mail_from or f"postmaster@{host}", ip)
    sender = f"smtp.mailfrom={mail_from}" if mail_from else f"smtp.helo={host}"
    results = [*_dkim_results(message, dkim)]
    results += [f"arc={arc}"] if arc else []
    results += [f"spf={spf} ({comment}) {sender}"] if spf else []
    results += [f"dmarc={dmarc} header.from={author}"] if dmarc else []
    own = ";\n       ".join(["Authentication-Results: mx.google.com", *(results or ["none"])])
    record = f"Received-SPF: {spf} ({comment}) client-ip={ip};\n" if spf else ""
    top = f"""\
Delivered-To: you@recipient.example
Received: by 2002:a05:6000:1b05:b0:42b:3a1c with SMTP id f5csp1840213wrz;
        {received}
X-Received: by 2002:a17:902:e5c1:b0:29a:1111 with SMTP id u1mr3325.44;
        {received}
Return-Path: <{mail_from}>
Received: from {host} ({host}. [{ip}])
        by mx.google.com with ESMTPS id d2e1a72fcca58-7c3f
        for <you@recipient.example>
        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);
        {received}
"""
    return crlf(top + record + own + "\n") + message


def service(message: bytes, **given: Any) -> bytes:
    """The same for what the delivery service hands over."""
    return gmail(message, **{**SERVICE, **given})


def _spf_comment(word: str, mailbox: str, ip: str) -> str:
    return (
        "google.com: "
        + {
            "pass": f"domain of {mailbox} designates {ip} as permitted sender",
            "fail": f"domain of {mailbox} does not designate {ip} as permitted sender",
            "softfail": f"domain of transitioning {mailbox} does not designate {ip} as permitted sender",
            "neutral": f"{ip} is neither permitted nor denied by domain of {mailbox}",
            "none": f"{mailbox} does not designate permitted sender hosts",
            "policy": f"domain of {mailbox} is blocked by a local rule for {ip}",
            "temperror": f"error in processing during lookup of {mailbox}: DNS timeout",
            "permerror": f"permanent error in processing during lookup of {mailbox}",
        }[word]
    )


def _dkim_results(message: bytes, words: str | Sequence[str | None] | None) -> Iterable[str]:
    """One result for each signature of the message, as Gmail names them."""
    head = message.partition(b"\r\n\r\n")[0]
    found = re.findall(rb"^DKIM-Signature:(?:[^\r\n]|\r\n[ \t])*", head, re.MULTILINE)
    each = [words] * len(found) if words is None or isinstance(words, str) else words
    for raw, result in zip(found, each, strict=False):
        tags = dict(re.findall(r"(?:^|[;:])\s*(\w+)=([^;]*)", raw.decode()))
        if result is not None:
            value = "".join(tags.get("b", "").split())[:8]
            identity = tags.get("i", "@" + tags.get("d", "")).strip()
            yield f"dkim={result} header.i={identity} header.s={tags.get('s', '')} header.b={value}"


# ---- expectations

PASS = ["pass", None, "match", "match", "valid"]
OWN_TRUST = [["Received-SPF", GMAIL, "trusted"], ["Authentication-Results", GMAIL, "trusted"]]
FORWARDED_TRUST = [*OWN_TRUST, ["Authentication-Results", "mx.example.org", "untrusted"]]

GOOD: Expected = {
    "exit_status": 0,
    "level": "pass",
    "situation": "S1",
    "variant": "",
    "dkim": [PASS],
    "notes": [[]],
    "spf": ["pass", None],
    "dmarc": ["pass", None, "none"],
    "arc": ["none", "arc.none"],
    "body": "complete",
    "comparison": [],
    "findings": ["dmarc.policy", "dkim.pass", "spf.listed"],
    "border": 1,
    "trusted": OWN_TRUST,
}


def rows(
    spf: Row = ("pass", "pass"),
    dkim: Sequence[Row] = (("pass", "pass"),),
    dmarc: Row = ("pass", "pass"),
    arc: Row | None = None,
) -> list[list[Any]]:
    """The comparison: (recorded, now[, reason[, agrees]]) for each method. Without a reason both agree."""
    methods = [("spf", spf), *(("dkim", one) for one in dkim), *([("arc", arc)] if arc else []), ("dmarc", dmarc)]
    return [_row(method, *row) for method, row in methods]


def _row(method: str, recorded: str | None, now: str, reason: str = "", agrees: object = ...) -> list[Any]:
    if recorded is None:
        return [method, None, now, None, "incomparable"]
    if agrees is ...:
        agrees = {"": True, "incomparable": None}.get(reason, False)
    return [method, recorded, now, agrees, reason or "agrees"]


def good(**changes: Any) -> Expected:
    """What is expected of the plain mail, with what differs; one empty list of notes for each signature."""
    made = {**deepcopy(GOOD), "comparison": rows(), **changes}
    if "notes" not in changes:
        made["notes"] = [[] for _ in made["dkim"]]
    return made


def broken(check: Row, cause: str, word: str | None, **changes: Any) -> Expected:
    """The only signature, that of the sender, is of no use; SPF passes for the service; the policy is reject.

    Where both hashes fit, a rule alone keeps the signature from counting, and the answer must say so.
    """
    return good(
        **{
            "exit_status": 1,
            "level": "fail",
            "situation": "S6",
            "variant": "uncounted" if list(check[2:4]) == ["match", "match"] else "",
            "dkim": [list(check)],
            "dmarc": ["fail", "fail.passed_not_aligned", "reject"],
            "comparison": rows(dkim=[(word, check[0])], dmarc=("fail", "fail")),
            "findings": [cause, "dmarc.not-aligned", "spf.elsewhere", "dmarc.policy"],
            **changes,
        }
    )


def faded(check: Row, cause: str, reason: str, **changes: Any) -> Expected:
    """Recorded as a pass through the sender's signature, which does not pass today for `reason`; SPF never aligned."""
    return broken(
        check,
        cause,
        "pass",
        **{
            "exit_status": 2,
            "level": "warn",
            "situation": "S16",
            "comparison": rows(dkim=[("pass", check[0], reason)], dmarc=("pass", "fail", reason)),
            "findings": [
                "recorded.explained", cause, "dmarc.not-aligned", "recorded.explained", "spf.elsewhere", "dmarc.policy",
            ],
            **changes,
        },
    )  # fmt: skip


def _compact(facts: Mapping[str, Any]) -> str:
    """JSON with one line for each value of the second level: diffs stay readable."""
    parts = []
    for name, inner in facts.items():
        lines = [f"  {json.dumps(key)}: {_value(value)}" for key, value in inner.items()]
        parts.append(f" {json.dumps(name)}: {{\n" + ",\n".join(lines) + "\n }")
    return "{\n" + ",\n".join(parts) + "\n}"


def _value(value: Any) -> str:
    whole = json.dumps(value, ensure_ascii=False)
    if len(whole) < 100 or not isinstance(value, list):
        return whole
    return "[\n   " + ",\n   ".join(json.dumps(one, ensure_ascii=False) for one in value) + "\n  ]"
