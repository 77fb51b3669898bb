"""Makes resources/samples: six mails signed by dkimpy with keys made for this project, and the DNS answers to them.

Run `python -m tests.support.make_samples` from the root of the checkout. RSA signatures are deterministic and the
clock is held, so the same files come out every time (a test compares them). Names are documentation names, except
amazonses.com, which stands for itself with a key and addresses of our own.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass, field
from email.header import Header
from pathlib import Path
from typing import Any
from unittest.mock import patch

import dkim
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa

ROOT = Path(__file__).resolve().parents[2]
KEYS = ROOT / "tests" / "data" / "sample_keys"
SAMPLES = ROOT / "resources" / "samples"

SIGNED = ("from", "from", "to", "subject", "subject", "date", "message-id", "mime-version", "content-type")
CHECKED_AT = "2026-11-21T17:20:00+09:00"


@dataclass
class Made:
    """A sample as it is written to disk."""

    name: str
    order: int
    title: dict[str, str]
    expect: tuple[str, str]
    message: bytes
    zone: dict[str, Any]
    trusted: tuple[str, ...] = ("mx.google.com",)
    extra: dict[str, str] = field(default_factory=dict)


def private_key(name: str) -> bytes:
    """The key called `name`, made on first use and kept in tests/data/sample_keys."""
    path = KEYS / f"{name}.pem"
    if not path.exists():
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        path.write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM, serialization.PrivateFormat.TraditionalOpenSSL, serialization.NoEncryption()
            )
        )
    return path.read_bytes()


def key_record(name: str) -> list[str]:
    """The TXT record of that key as DNS carries it: character-strings of at most 255 octets."""
    key = serialization.load_pem_private_key(private_key(name), None)
    der = key.public_key().public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    text = f"v=DKIM1; k=rsa; p={base64.b64encode(der).decode()}"
    return [text[i : i + 250] for i in range(0, len(text), 250)]


def signed(message: bytes, key: str, domain: str, selector: str, at: int, body: str = "relaxed") -> bytes:
    """`message` with a DKIM-Signature of `domain` on top."""
    with patch("time.time", return_value=at):
        signature = dkim.sign(
            message,
            selector.encode(),
            domain.encode(),
            private_key(key),
            canonicalize=(b"relaxed", body.encode()),
            include_headers=[name.encode() for name in SIGNED],
        )
    return bytes(signature) + message


def b_prefix(message: bytes, number: int = 0) -> str:
    """The first eight characters of b= of signature `number`, as header.b shows them (RFC 6008)."""
    values = [part.split(b";")[0] for part in message.split(b" b=")[1:]]
    return b"".join(values[number].split())[:8].decode()


def crlf(text: str) -> bytes:
    """A message text with its line ends as on the wire."""
    return text.replace("\n", "\r\n").encode()


def word(text: str) -> str:
    """`text` as it may stand in a header: itself when ASCII, else an RFC 2047 word."""
    return text if text.isascii() else Header(text, "utf-8").encode()


def gmail(message: bytes, *, mail_from: str, host: str, ip: str, time: str, results: str, spf: str) -> bytes:
    """The block Gmail puts on top of what it receives. `results` are the methods after the authserv-id."""
    verdict = {
        "pass": f"pass (google.com: domain of {mail_from} designates {ip} as permitted sender)",
        "fail": f"fail (google.com: domain of {mail_from} does not designate {ip} as permitted sender)",
    }[spf]
    top = f"""\
Delivered-To: you@recipient.example
Received: by 2002:a05:6000:1b05:b0:42b:3a1c with SMTP id f5csp1840213wrz;
        {time}
X-Received: by 2002:a17:902:e5c1:b0:29a:1111 with SMTP id u1mr3325.44;
        {time}
Return-Path: <{mail_from}>
Received: from {host} ({host}. [{ip}])
        by mx.google.com with ESMTPS id d2e1a72fcca58-7c3f
        for <you@recipient.example>
        (version=TLS1_3 cipher=TLS_AES_256_GCM_SHA384 bits=256/256);
        {time}
Received-SPF: {verdict} client-ip={ip};
Authentication-Results: mx.google.com;
       {results.format(spf=f"spf={verdict} smtp.mailfrom={mail_from}")}
"""
    return crlf(top) + message


def all_pass() -> Made:
    message = crlf(f"""\
Received: from app01 (app01.internal.example.co.jp [10.0.4.12])
        by out2.mail.example.co.jp (Postfix) with ESMTPA id 4XYZ1;
        Fri, 20 Nov 2026 09:11:59 +0900 (JST)
From: {word("Midori Supply")} <billing@shop.example.co.jp>
To: you@recipient.example
Subject: Invoice 2026-1182
Date: Fri, 20 Nov 2026 09:11:58 +0900
Message-ID: <1182.20261120@shop.example.co.jp>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Dear customer,

please find the details of invoice 2026-1182 below.

  Office paper A4, 5 boxes      12,500 JPY
  Due                           20 December 2026

Kind regards
Midori Supply
""")
    message = signed(message, "k2026", "example.co.jp", "k2026", 1795133518)
    message = gmail(
        message,
        mail_from="billing@mail.example.co.jp",
        host="out2.mail.example.co.jp",
        ip="192.0.2.25",
        time="Thu, 19 Nov 2026 16:12:02 -0800 (PST)",
        spf="pass",
        results=f"dkim=pass header.i=@example.co.jp header.s=k2026 header.b={b_prefix(message)};\n       {{spf}};\n"
        "       dmarc=pass (p=REJECT sp=REJECT dis=NONE) header.from=shop.example.co.jp",
    )
    zone = {
        "k2026._domainkey.example.co.jp": {"TXT": [key_record("k2026")]},
        "_dmarc.example.co.jp": {"TXT": [["v=DMARC1; p=reject; rua=mailto:dmarc@example.co.jp"]]},
        "mail.example.co.jp": {"TXT": [["v=spf1 ip4:192.0.2.16/28 -all"]]},
        "shop.example.co.jp": {"A": ["192.0.2.80"]},
    }
    return Made("all-pass", 1, {"en": "All checks pass", "ja": "すべて合格"}, ("pass", "S2"), message, zone)


def spoofed() -> Made:
    message = crlf("""\
From: "Example Bank" <support@bank.example.co.jp>
To: you@recipient.example
Subject: Your account will be suspended
Date: Sat, 21 Nov 2026 07:48:01 +0900
Reply-To: help@bank-support.example.net
Message-ID: <5f1c@mailer-7.example.net>
MIME-Version: 1.0
Content-Type: text/html; charset=UTF-8

<p>Dear customer,</p>
<p>we noticed unusual activity. Confirm your details within 24 hours:</p>
<p><a href="https://bank-support.example.net/confirm">https://bank.example.co.jp/</a></p>
""")
    message = signed(message, "m7", "mailer-7.example.net", "m7", 1795214881)
    message = gmail(
        message,
        mail_from="x91@bounce.mailer-7.example.net",
        host="mailer-7.example.net",
        ip="198.51.100.77",
        time="Fri, 20 Nov 2026 14:48:03 -0800 (PST)",
        spf="pass",
        results=f"dkim=pass header.i=@mailer-7.example.net header.s=m7 header.b={b_prefix(message)};\n       {{spf}};\n"
        "       dmarc=fail (p=REJECT sp=REJECT dis=QUARANTINE) header.from=bank.example.co.jp",
    )
    zone = {
        "m7._domainkey.mailer-7.example.net": {"TXT": [key_record("m7")]},
        "bounce.mailer-7.example.net": {"TXT": [["v=spf1 ip4:198.51.100.77 -all"]]},
        "_dmarc.example.co.jp": {"TXT": [["v=DMARC1; p=reject; rua=mailto:dmarc@example.co.jp"]]},
        "bank.example.co.jp": {"A": ["192.0.2.90"], "TXT": [["v=spf1 ip4:192.0.2.90 -all"]]},
    }
    return Made("spoofed", 2, {"en": "Spoofed", "ja": "なりすまし"}, ("fail", "S6"), message, zone)


def forwarded() -> Made:
    message = crlf(f"""\
From: {word("Kyoko Sato")} <sato@lab.example.ac.jp>
To: taro@alumni.example.org
Subject: Revised programme for the autumn workshop
Date: Wed, 18 Nov 2026 16:40:12 +0900
Message-ID: <20261118.164012@lab.example.ac.jp>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Dear all,

the second session now begins at 14:30, in room 204.

Kyoko Sato
""")
    message = signed(message, "univ1", "example.ac.jp", "univ1", 1794987612)
    forwarder = f"""\
Received: from mx1.example.ac.jp (mx1.example.ac.jp [192.0.2.130])
        by mx.alumni.example.org (Postfix) with ESMTPS id 4ABC9
        for <taro@alumni.example.org>; Wed, 18 Nov 2026 07:40:15 +0000 (UTC)
Authentication-Results: mx.alumni.example.org;
        dkim=pass (2048-bit key) header.d=example.ac.jp header.s=univ1 header.b={b_prefix(message)};
        spf=pass smtp.mailfrom=sato@lab.example.ac.jp;
        dmarc=pass header.from=lab.example.ac.jp
"""
    message = crlf(forwarder) + message
    with patch("time.time", return_value=1794987616):
        seal = dkim.arc_sign(message, b"fwd", b"alumni.example.org", private_key("fwd"), b"mx.alumni.example.org")
    message = b"".join(seal) + message
    message = gmail(
        message,
        mail_from="sato@lab.example.ac.jp",
        host="mx.alumni.example.org",
        ip="203.0.113.9",
        time="Tue, 17 Nov 2026 23:40:18 -0800 (PST)",
        spf="fail",
        results=f"dkim=pass header.i=@example.ac.jp header.s=univ1 header.b={b_prefix(message, 2)};\n"
        "       arc=pass (i=1 spf=pass spfdomain=lab.example.ac.jp dkim=pass dkdomain=example.ac.jp dmarc=pass"
        " fromdomain=lab.example.ac.jp);\n       {spf};\n"
        "       dmarc=pass (p=QUARANTINE sp=QUARANTINE dis=NONE) header.from=lab.example.ac.jp",
    )
    zone = {
        "univ1._domainkey.example.ac.jp": {"TXT": [key_record("univ1")]},
        "fwd._domainkey.alumni.example.org": {"TXT": [key_record("fwd")]},
        "_dmarc.example.ac.jp": {"TXT": [["v=DMARC1; p=quarantine; rua=mailto:postmaster@example.ac.jp"]]},
        "lab.example.ac.jp": {"TXT": [["v=spf1 include:_spf.example.ac.jp -all"]], "MX": ["10 mx1.example.ac.jp"]},
        "_spf.example.ac.jp": {"TXT": [["v=spf1 ip4:192.0.2.128/26 -all"]]},
        "alumni.example.org": {"TXT": [["v=spf1 ip4:203.0.113.9 -all"]]},
    }
    return Made("forwarded", 3, {"en": "Forwarded", "ja": "転送"}, ("pass", "S3"), message, zone)


def mailing_list() -> Made:
    head = """\
From: Robin Weber <robin@dev.example.org>
To: project@lists.example.net
Subject: Release plan
Date: Thu, 19 Nov 2026 15:20:40 +0000
Message-ID: <plan-7@dev.example.org>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

"""
    body = """\
Hello,

the branch is cut on Monday; please have your changes in by then.

Robin
"""
    author = signed(crlf(head + body), "dev", "dev.example.org", "dev", 1795101640)
    footer = """\
_______________________________________________
project mailing list -- project@lists.example.net
To unsubscribe send an email to project-leave@lists.example.net
"""
    listed = author + crlf(footer)
    listed = (
        crlf("""\
Received: from mail.dev.example.org (mail.dev.example.org [203.0.113.60])
        by lists.example.net (Postfix) with ESMTPS id 4LST2
        for <project@lists.example.net>; Thu, 19 Nov 2026 15:20:44 +0000 (UTC)
List-Id: Project discussion <project.lists.example.net>
List-Post: <mailto:project@lists.example.net>
List-Unsubscribe: <mailto:project-leave@lists.example.net>
Precedence: list
Sender: "project" <project-bounces@lists.example.net>
""")
        + listed
    )
    listed = signed(listed, "l1", "lists.example.net", "l1", 1795101650)
    ours, theirs = b_prefix(listed), b_prefix(listed, 1)
    message = gmail(
        listed,
        mail_from="project-bounces@lists.example.net",
        host="lists.example.net",
        ip="192.0.2.140",
        time="Thu, 19 Nov 2026 07:20:52 -0800 (PST)",
        spf="pass",
        results=f"dkim=pass header.i=@lists.example.net header.s=l1 header.b={ours};\n"
        f"       dkim=fail (body hash mismatch) header.i=@dev.example.org header.s=dev header.b={theirs};\n"
        "       {spf};\n       dmarc=fail (p=NONE sp=NONE dis=NONE) header.from=dev.example.org",
    )
    zone = {
        "dev._domainkey.dev.example.org": {"TXT": [key_record("dev")]},
        "l1._domainkey.lists.example.net": {"TXT": [key_record("l1")]},
        "lists.example.net": {"TXT": [["v=spf1 ip4:192.0.2.140 -all"]]},
        "_dmarc.example.org": {"TXT": [["v=DMARC1; p=none; rua=mailto:dmarc@example.org"]]},
        "dev.example.org": {"TXT": [["v=spf1 ip4:203.0.113.60 -all"]], "A": ["203.0.113.60"]},
    }
    return Made("mailing-list", 4, {"en": "Mailing list", "ja": "メーリングリスト"}, ("warn", "S7"), message, zone)


def third_party() -> Made:
    message = crlf(f"""\
From: {word("旅館やまなみ")} <reserve@inn.example.co.jp>
To: you@recipient.example
Subject: {word("ご予約確定のお知らせ")}
Date: Fri, 20 Nov 2026 14:26:08 +0900
Message-ID: <r-20261120-0713@yoyaku.example.net>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Content-Transfer-Encoding: 8bit

このたびはご予約をいただき、ありがとうございます。

  ご宿泊日   2026年12月5日（土）1泊
  お部屋     和室10畳

お気をつけてお越しください。
旅館やまなみ
""")
    message = signed(message, "mx1", "yoyaku.example.net", "mx1", 1795152368)
    message = signed(message, "489ban", "inn.example.co.jp", "489ban", 1795152368)
    first, second = b_prefix(message), b_prefix(message, 1)
    message = gmail(
        message,
        mail_from="r0713@bounce.yoyaku.example.net",
        host="out4.yoyaku.example.net",
        ip="198.51.100.24",
        time="Thu, 19 Nov 2026 21:26:11 -0800 (PST)",
        spf="pass",
        results=f"dkim=pass header.i=@inn.example.co.jp header.s=489ban header.b={first};\n"
        f"       dkim=pass header.i=@yoyaku.example.net header.s=mx1 header.b={second};\n       {{spf}};\n"
        "       dmarc=pass (p=NONE sp=NONE dis=NONE) header.from=inn.example.co.jp",
    )
    zone = {
        "489ban._domainkey.inn.example.co.jp": {"TXT": [key_record("489ban")]},
        "mx1._domainkey.yoyaku.example.net": {"TXT": [key_record("mx1")]},
        "bounce.yoyaku.example.net": {"TXT": [["v=spf1 ip4:198.51.100.0/26 -all"]]},
        "_dmarc.example.co.jp": {"TXT": [["v=DMARC1; p=none; rua=mailto:dmarc@example.co.jp"]]},
        "inn.example.co.jp": {"MX": ["10 mx.inn.example.co.jp"]},
    }
    return Made("third-party", 5, {"en": "Sent by a service", "ja": "代行送信"}, ("pass", "S5"), message, zone)


def amazon_ses() -> Made:
    token, region = "hirnkqcf5yr5zevtzlpqbykd7mk6xj2w", "ap-northeast-1"
    message = crlf(f"""\
From: {word("Minato Tools")} <news@minato-tools.example>
To: you@recipient.example
Subject: November newsletter
Date: Thu, 19 Nov 2026 01:00:05 +0000
Message-ID: <0106019a9c3e5b1d-000000@{region}.amazonses.com>
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8
Feedback-ID: ::1.{region}.Zm9vYmFy:AmazonSES
X-SES-Outgoing: 2026.11.19-203.0.113.40

New in stock: torque wrenches and a larger vice.

Minato Tools
""")
    message = signed(message, "ses", "amazonses.com", "zh4gjftm6etwoq6afzugpky45synznly", 1795050005, "simple")
    message = signed(message, "minato", "minato-tools.example", token, 1795050005, "simple")
    first, second = b_prefix(message), b_prefix(message, 1)
    sender = f"0106019a9c3e5b1d-000000@{region}.amazonses.com"
    message = gmail(
        message,
        mail_from=sender,
        host=f"e234-7.smtp-out.{region}.amazonses.com",
        ip="203.0.113.40",
        time="Wed, 18 Nov 2026 17:00:07 -0800 (PST)",
        spf="pass",
        results=f"dkim=pass header.i=@minato-tools.example header.s={token} header.b={first};\n"
        f"       dkim=pass header.i=@amazonses.com header.s=zh4gjftm6etwoq6afzugpky45synznly header.b={second};\n"
        "       {spf};\n       dmarc=pass (p=QUARANTINE sp=QUARANTINE dis=NONE) header.from=minato-tools.example",
    )
    zone = {
        f"{token}._domainkey.minato-tools.example": {"CNAME": [f"{token}.dkim.amazonses.com"]},
        f"{token}.dkim.amazonses.com": {"TXT": [key_record("minato")]},
        "zh4gjftm6etwoq6afzugpky45synznly._domainkey.amazonses.com": {"TXT": [key_record("ses")]},
        f"{region}.amazonses.com": {"TXT": [["v=spf1 ip4:203.0.113.32/27 -all"]]},
        "_dmarc.minato-tools.example": {"TXT": [["v=DMARC1; p=quarantine; rua=mailto:dmarc@minato-tools.example"]]},
        "minato-tools.example": {"TXT": [["v=spf1 include:amazonses.com ~all"]], "MX": ["10 mx.minato-tools.example"]},
        "amazonses.com": {"TXT": [["v=spf1 ip4:203.0.113.32/27 -all"]]},
    }
    return Made("amazon-ses", 6, {"en": "Amazon SES", "ja": "Amazon SES"}, ("pass", "S5"), message, zone)


ALL = (all_pass, spoofed, forwarded, mailing_list, third_party, amazon_ses)


def files(made: Made) -> dict[str, bytes]:
    """The files of one sample by name."""
    facts = (
        f"# made by tests/support/make_samples.py\norder = {made.order}\nchecked_at = {CHECKED_AT}\n"
        f"trusted = {json.dumps(made.trusted)}\n\n[title]\nen = {json.dumps(made.title['en'])}\n"
        f"ja = {json.dumps(made.title['ja'], ensure_ascii=False)}\n\n[expect]\n"
        f"level = {json.dumps(made.expect[0])}\nsituation = {json.dumps(made.expect[1])}\n"
    )
    zone = json.dumps(made.zone, indent=1, sort_keys=True) + "\n"
    return {
        f"{made.name}.eml": made.message,
        f"{made.name}.dns.json": zone.encode(),
        f"{made.name}.toml": facts.encode(),
    }


def main() -> None:
    """Write all samples."""
    for make in ALL:
        for name, content in files(make()).items():
            (SAMPLES / name).write_bytes(content)


if __name__ == "__main__":
    main()
