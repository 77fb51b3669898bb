"""Mails as six receivers leave them, with the fields in the order each of them writes, and the same mails forged.

`OWN` is what a sender may put at the top of the message; every layout puts it where it would really end up.
"""

from __future__ import annotations

from headerlens.model.message import Message, RawMessage
from headerlens.parse.message import parse

OWN = """\
DKIM-Signature: v=1; a=rsa-sha256; d=shop.example; s=s1; c=relaxed/relaxed; h=from; bh=AAAA; b=AAAA
Received: from laptop.shop.example (unknown [203.0.113.77]) by out.shop.example with ESMTPSA id 1;
 Mon, 02 Nov 2026 10:00:00 +0000
From: Shop <news@shop.example>
Subject: News
"""

GMAIL = """\
Delivered-To: me@gmail.com
Received: by 2002:a05:6a10:1234:b0:5:6:7 with SMTP id x1csp1; Mon, 02 Nov 2026 02:00:05 -0800 (PST)
X-Received: by 2002:a17:906:1:b0:1:2:3 with SMTP id y1; Mon, 02 Nov 2026 02:00:05 -0800 (PST)
ARC-Seal: i=1; a=rsa-sha256; t=1; cv=none; d=google.com; s=arc-20240605; b=AAAA
ARC-Authentication-Results: i=1; mx.google.com; spf=pass smtp.mailfrom=bounce@shop.example
Return-Path: <bounce@shop.example>
Received: from out.shop.example (out.shop.example. [198.51.100.9])
        by mx.google.com with ESMTPS id z1 for <me@gmail.com>; Mon, 02 Nov 2026 02:00:04 -0800 (PST)
Received-SPF: pass (google.com: domain of bounce@shop.example designates 198.51.100.9 as permitted sender)
        client-ip=198.51.100.9;
Authentication-Results: mx.google.com;
       spf=pass (google.com: domain of bounce@shop.example designates 198.51.100.9 as permitted sender)
        smtp.mailfrom=bounce@shop.example; dmarc=pass (p=NONE) header.from=shop.example
"""

MICROSOFT = """\
Received: from AM9PR01MB2222.eurprd01.prod.exchangelabs.com (2603:10a6:20b:1::1) by
 DB8PR01MB1111.eurprd01.prod.exchangelabs.com with HTTPS; Mon, 2 Nov 2026 10:00:06 +0000
Received: from AM5EUR03FT001.eop-EUR03.prod.protection.outlook.com (2603:10a6:20b:2:cafe::5) by
 AM9PR01MB2222.outlook.office365.com (2603:10a6:20b:1::1) with Microsoft SMTP Server
 (version=TLS1_2, cipher=X) id 15.20; Mon, 2 Nov 2026 10:00:05 +0000
Authentication-Results: spf=pass (sender IP is 198.51.100.9)
 smtp.mailfrom=shop.example; dkim=pass (signature was verified)
 header.d=shop.example;dmarc=pass action=none header.from=shop.example;compauth=pass reason=100
Received-SPF: Pass (protection.outlook.com: domain of shop.example designates 198.51.100.9 as permitted sender)
 receiver=protection.outlook.com; client-ip=198.51.100.9; helo=out.shop.example; pr=C
Received: from out.shop.example (198.51.100.9) by AM5EUR03FT001.mail.protection.outlook.com (10.152.16.1)
 with Microsoft SMTP Server (version=TLS1_2, cipher=X) id 15.20; Mon, 2 Nov 2026 10:00:04 +0000
"""

MICROSOFT_BELOW = "Return-Path: bounce@shop.example\n"

FASTMAIL = """\
Received: from phl-compute-01.internal (phl-compute-01.phl.internal [10.202.2.41])
 by store1.internal (Cyrus 3.9) with LMTPA; Mon, 02 Nov 2026 05:00:06 -0500
Received: from phl-mx-01.messagingengine.com ([10.202.2.200])
 by phl-compute-01.internal (LMTPProxy); Mon, 02 Nov 2026 05:00:05 -0500
Received: from phl-mx-01.messagingengine.com (localhost [127.0.0.1])
 by mailmx.phl.internal (Postfix) with ESMTP id 2; Mon, 02 Nov 2026 05:00:05 -0500
ARC-Authentication-Results: i=1; mx1.messagingengine.com; spf=pass smtp.mailfrom=bounce@shop.example
Authentication-Results: mx1.messagingengine.com;
 dkim=pass header.d=shop.example;
 spf=pass smtp.mailfrom=bounce@shop.example smtp.helo=out.shop.example
Received-SPF: pass (shop.example: 198.51.100.9 is authorized to use 'bounce@shop.example' in 'mfrom' identity)
 receiver=phl-mx-01.messagingengine.com; identity=mailfrom; envelope-from="bounce@shop.example";
 helo=out.shop.example; client-ip=198.51.100.9
Received: from out.shop.example (out.shop.example [198.51.100.9])
 by phl-mx-01.messagingengine.com (Postfix) with ESMTPS id 1; Mon, 02 Nov 2026 05:00:04 -0500
"""

YAHOO = """\
Return-Path: <bounce@shop.example>
X-Originating-Ip: [198.51.100.9]
Received-SPF: pass (domain of shop.example designates 198.51.100.9 as permitted sender)
Authentication-Results: atlas-production.v2-mail-prod1-bf1.omega.yahoo.com;
 dkim=pass header.i=@shop.example header.s=s1; spf=pass smtp.mailfrom=shop.example; dmarc=pass(p=NONE)
 header.from=shop.example;
Received: from 198.51.100.9 (EHLO out.shop.example)
 by 10.217.151.13 with SMTPs; Mon, 02 Nov 2026 10:00:04 +0000
"""

POSTFIX = """\
Return-Path: <bounce@shop.example>
Delivered-To: me@office.example
Received: from mx.office.example by mx.office.example with LMTP id 3; Mon, 02 Nov 2026 10:00:06 +0000
Received: from localhost (localhost [127.0.0.1]) by mx.office.example (Postfix) with ESMTP id 2;
 Mon, 02 Nov 2026 10:00:05 +0000
Received: from out.shop.example (out.shop.example [198.51.100.9])
 by mx.office.example (Postfix) with ESMTPS id 1; Mon, 02 Nov 2026 10:00:04 +0000
DKIM-Filter: OpenDKIM Filter v2.11.0 mx.office.example 1
Authentication-Results: mx.office.example; dkim=pass header.d=shop.example
"""

POSTFIX_SILENT = "\n".join(POSTFIX.splitlines()[:-2]) + "\n"
"""The same server without a filter: it records nothing."""

LAYOUTS = {
    "gmail": GMAIL,
    "microsoft": MICROSOFT,
    "fastmail": FASTMAIL,
    "yahoo": YAHOO,
    "postfix": POSTFIX,
}


def mail(header: str, *, own: str = OWN, below: str = "") -> Message:
    """The parsed message with the receiver's fields, then the sender's own, then what the receiver adds at the end."""
    octets = (header + own + below).encode().replace(b"\n", b"\r\n") + b"\r\nHello\r\n"
    return parse(RawMessage(octets, "mail.eml"))
