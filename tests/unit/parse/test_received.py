import random
from datetime import UTC, datetime

import pytest

from headerlens.model.message import Hop
from headerlens.parse.header import split_fields
from headerlens.parse.received import parse_received


def hop(value: str) -> Hop:
    return parse_received(split_fields(f"Received: {value}\r\n".encode())[0][0])


GMAIL = """from mail-sor-f41.google.com (mail-sor-f41.google.com. [209.85.220.41])
        by mx.google.com with SMTPS id x4-20020a170902
        for <a@example.com>
        (Google Transport Security);
        Fri, 20 Nov 2026 10:11:12 -0800 (PST)"""
MICROSOFT = """from TYAPR01MB1234.jpnprd01.prod.outlook.com (2603:1096:404:1::12) by
 OS3PR01MB5678.jpnprd01.prod.outlook.com (2603:1096:604:2::7) with Microsoft SMTP
 Server (version=TLS1_2, cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id
 15.20.7 via Frontend Transport; Tue, 3 Nov 2026 01:02:03 +0000"""
POSTFIX = """from mail.example.jp (unknown [203.0.113.5])
\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)
\t key-exchange X25519 server-signature RSA-PSS (2048 bits))
\t(No client certificate requested)
\tby mx.example.com (Postfix) with ESMTPS id 4ABC
\tfor <a@example.com>; Sat, 21 Nov 2026 17:20:00 +0900 (JST)"""
EXIM = """from [198.51.100.7] (helo=mail.example.net)
\tby mx.example.com with esmtps  (TLS1.3) tls TLS_AES_256_GCM_SHA384
\t(Exim 4.96)
\t(envelope-from <bob@example.net>)
\tid 1abc-00; Sat, 21 Nov 2026 08:20:00 +0000"""
EXIM_NAMED = (
    "from rdns.example ([2001:db8::7]:5678 helo=foo.example)"
    " by h.example with esmtp (Exim 4.96) id 1; Sat, 21 Nov 2026 08:20:00 +0000"
)
QMAIL = "from unknown (HELO mail.example.net) (user@192.0.2.9) by 0 with SMTP; 21 Nov 2026 08:20:00 -0000"
YAHOO = (
    "from 127.0.0.1  (EHLO smtp.example.net) (192.0.2.7)"
    " by 10.1.2.3 with SMTPs (version=TLS1_2 cipher=ECDHE); Sat, 21 Nov 2026 08:20:00 +0000"
)
SES = (
    "from a.example (b.example [54.240.8.1])"
    " by inbound-smtp.us-east-1.amazonaws.com with SMTP id 1 for x@y.example; Sat, 21 Nov 2026 08:20:00 +0000 (UTC)"
)
SENDMAIL = (
    "from h.example (ident@r.example [IPv6:2001:db8::1] (may be forged)) (authenticated bits=0)"
    " by s.example (8.17/8.15) with ESMTPSA id u; Sat, 21 Nov 2026 08:20:00 GMT"
)
RFC = "from client.example  [192.0.2.1] by s.example with SUBMISSION; Fri, 11 Jul 2003 21:01:54 -0700 (PDT)"


@pytest.mark.parametrize(
    ("value", "helo", "rdns", "ip", "by", "protocol", "tls"),
    [
        (GMAIL, "mail-sor-f41.google.com", "mail-sor-f41.google.com", "209.85.220.41", "mx.google.com", "SMTPS", None),
        (
            MICROSOFT, "TYAPR01MB1234.jpnprd01.prod.outlook.com", None, "2603:1096:404:1::12",
            "OS3PR01MB5678.jpnprd01.prod.outlook.com", "Microsoft SMTP Server", "TLS 1.2",
        ),
        (POSTFIX, "mail.example.jp", None, "203.0.113.5", "mx.example.com", "ESMTPS", "TLS 1.3"),
        (EXIM, "mail.example.net", None, "198.51.100.7", "mx.example.com", "esmtps", "TLS 1.3"),
        (EXIM_NAMED, "foo.example", "rdns.example", "2001:db8::7", "h.example", "esmtp", None),
        (QMAIL, "mail.example.net", None, "192.0.2.9", "0", "SMTP", None),
        (YAHOO, "smtp.example.net", None, "192.0.2.7", "10.1.2.3", "SMTPs", "TLS 1.2"),
        (SES, "a.example", "b.example", "54.240.8.1", "inbound-smtp.us-east-1.amazonaws.com", "SMTP", None),
        (SENDMAIL, "h.example", "r.example", "2001:db8::1", "s.example", "ESMTPSA", None),
        (RFC, "client.example", None, "192.0.2.1", "s.example", "SUBMISSION", None),
        ("by 2002:a05:6a10:1::2 with SMTP id z", None, None, None, "2002:a05:6a10:1::2", "SMTP", None),
        ("(qmail 1 invoked by uid 89)", None, None, None, None, None, None),
        ("from x ([::ffff:192.0.2.1]) by y with LMTP", "x", None, "192.0.2.1", "y", "LMTP", None),
        ("from [10.0.0.1] ([192.0.2.1]) by y", "[10.0.0.1]", None, "192.0.2.1", "y", None, None),
        ("from unknown (HELO [10.0.0.2]) (192.0.2.3) by y", "[10.0.0.2]", None, "192.0.2.3", "y", None, None),
        ("from by (by [192.0.2.3]) by with with with", "by", "by", "192.0.2.3", "with", "with", None),
        ("from tls1.x (tls1.x [192.0.2.3]) by y", "tls1.x", "tls1.x", "192.0.2.3", "y", None, None),
    ],
)  # fmt: skip
def test_the_clauses_of_each_writer_are_read(
    value: str,
    helo: str | None,
    rdns: str | None,
    ip: str | None,
    by: str | None,
    protocol: str | None,
    tls: str | None,
) -> None:
    found = hop(value.replace("\n", "\r\n"))
    assert (found.helo, found.rdns, found.ip) == (helo, rdns, ip)
    assert (found.by, found.protocol, found.tls) == (by, protocol, tls)


def test_a_client_cannot_put_an_address_before_the_writers_own() -> None:
    assert hop("from x (good.example [198.51.100.1]) (bad.example [192.0.2.6]) by y").ip == "192.0.2.6"


def test_the_time_stands_after_the_last_semicolon() -> None:
    expected = datetime(2026, 11, 21, 8, 20, tzinfo=UTC)
    assert hop(POSTFIX.replace("\n", "\r\n")).time == expected
    assert hop("from a (b; c) by d; e; Sat, 21 Nov 2026 08:20:00 +0000").time == expected
    assert hop("from a by b; soon").time is None
    assert hop("from a by b").time is None


def test_the_envelope_sender_is_told_by_a_comment() -> None:
    assert hop(EXIM.replace("\n", "\r\n")).envelope_from == "bob@example.net"
    assert hop("from a by b (envelope-from <>)").envelope_from == ""
    assert hop("from a by b (envelope-sender c@d.example)").envelope_from == "c@d.example"
    assert hop("from a by b").envelope_from is None


@pytest.mark.parametrize(
    ("ip", "is_internal"),
    [
        ("127.0.0.1", True), ("10.1.2.3", True), ("172.31.0.1", True), ("192.168.1.1", True), ("169.254.1.1", True),
        ("::1", True), ("fd00::1", True), ("fe80::1", True), ("2002:a05:1::2", True),
        ("192.0.2.1", False), ("203.0.113.9", False), ("198.51.100.1", False), ("2001:db8::1", False),
        ("172.32.0.1", False), ("100.64.0.1", False), ("8.8.8.8", False),
    ],
)  # fmt: skip
def test_only_loopback_private_and_link_local_addresses_are_internal(ip: str, *, is_internal: bool) -> None:
    assert hop(f"from a (b [{ip}]) by c").internal is is_internal


def test_nothing_raises() -> None:
    chance = random.Random(5321)
    pieces = [
        "from",
        "by",
        "with",
        "(",
        ")",
        "[",
        "]",
        ";",
        "HELO ",
        "helo=",
        "1.2.3.4",
        "::",
        " ",
        "x",
        "=",
        "\\",
        "Sat, 1 Nov 2026 1:1 +0000",
    ]
    for _ in range(3000):
        hop("".join(chance.choices(pieces, k=chance.randrange(25))))
