import base64
import quopri
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headerlens.intake.files import read_octets
from headerlens.model.limits import MAX_ATTACHED, MAX_MIME_DEPTH
from headerlens.model.message import RawMessage, Refusal, Repair, SourceKind
from headerlens.parse.attached import Attached, attached_in, open_attached, preferred
from tests.support.ole import attached_file, attached_message, message, write_ole

INNER = (
    b"Received: from mail.example.com by mx.example.net; Fri, 20 Nov 2026 09:00:00 +0900\r\n"
    b"From: =?ISO-2022-JP?B?GyRCQEE1YT1xGyhC?= <billing@example.com>\r\n"
    b"Subject: =?utf-8?B?44GU6KuL5rGC5pu4?=\r\n"
    b"Date: Fri, 20 Nov 2026 09:00:00 +0900\r\n"
    b"DKIM-Signature: v=1; a=rsa-sha256; d=example.com;\r\n\t s=k; h=from; bh=x; b=y\r\n"
    b"Content-Type: text/plain; charset=utf-8\r\n"
    b"\r\n"
    b"trailing blanks  \r\n\ttabs \xe3\x81\x82\r\n\r\n\r\n"
)
HEADERS_ONLY = INNER.partition(b"\r\n\r\n")[0] + b"\r\n"
RFC822 = b"Content-Type: message/rfc822\r\n"


def part(head: bytes, body: bytes) -> bytes:
    return head + b"\r\n" + body


def text(body: bytes = b"", kind: bytes = b"text/plain") -> bytes:
    return part(b"Content-Type: " + kind + b"; charset=utf-8\r\n", body)


def mail(
    *parts: bytes, kind: bytes = b"multipart/mixed", subject: bytes = b"Fwd: see", mark: bytes = b"=_o"
) -> RawMessage:
    pieces = b"".join(b"--" + mark + b"\r\n" + one + b"\r\n" for one in parts)
    head = (
        b"From: ann@example.org\r\nSubject: "
        + subject
        + b"\r\nContent-Type: "
        + kind
        + b'; boundary="'
        + mark
        + b'"\r\n\r\n'
    )
    return RawMessage(head + pieces + b"--" + mark + b"--\r\n", "outer.eml")


def only(raw: RawMessage) -> Attached:
    (found,) = attached_in(raw)
    return found


def opened(raw: RawMessage, index: int = 0) -> RawMessage:
    found = open_attached(raw, index)
    assert isinstance(found, RawMessage), found
    return found


def b64(octets: bytes) -> bytes:
    return base64.encodebytes(octets).replace(b"\n", b"\r\n")


# ---- forwarded as attachment


def test_a_forwarded_mail_is_sliced_to_the_octet() -> None:
    raw = mail(text(b"look"), part(RFC822 + b'Content-Disposition: attachment; filename="a.eml"\r\n', INNER))
    found = only(raw)
    assert raw.octets[found.start : found.end] == INNER
    assert (found.index, found.kind, found.how) == (0, "full", "forwarded")
    assert (found.subject, found.sender, found.name) == ("ご請求書", "請求書 <billing@example.com>", "a.eml")
    assert opened(raw) == RawMessage(INNER, "a.eml", SourceKind.ATTACHED, inside=("outer.eml",))


def test_a_mail_without_a_file_name_is_called_by_its_subject_or_number() -> None:
    raw = mail(part(RFC822, INNER), part(RFC822, b"From: a@b\r\n\r\nx"))
    assert [opened(raw, index).name for index in (0, 1)] == ["ご請求書", "outer.eml #2"]
    assert opened(raw, 1).octets == b"From: a@b\r\n\r\nx"


@pytest.mark.parametrize(
    "head",
    [
        RFC822 + b"Content-Transfer-Encoding: base64\r\n",
        b"Content-Type: message/global\r\nContent-Transfer-Encoding: base64\r\n",
        b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n",
        b"Content-Type: application/octet-stream; name=mail.eml\r\nContent-Transfer-Encoding: base64\r\n",
        b"Content-Type: text/plain; name*=utf-8''%E8%A8%BC.EML\r\nContent-Transfer-Encoding: base64\r\n",
        b"Content-Type: application/x-unheard; name=a.eml\r\nContent-Transfer-Encoding: base64\r\n",
    ],
)
def test_an_encoded_mail_is_decoded(head: bytes) -> None:
    raw = mail(text(b"look"), part(head, b64(INNER)))
    assert only(raw).subject == "ご請求書"
    assert opened(raw).octets == INNER
    assert opened(raw).repairs == ()


def test_a_quoted_printable_mail_is_decoded() -> None:
    body = quopri.encodestring(INNER.replace(b"\r\n", b"\n")).replace(b"\n", b"\r\n")
    assert opened(mail(part(RFC822 + b"Content-Transfer-Encoding: quoted-printable\r\n", body))).octets == INNER


def test_an_encoded_file_with_line_feeds_is_repaired_and_its_octets_kept() -> None:
    unix = INNER.replace(b"\r\n", b"\n")
    raw = mail(part(b"Content-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n", b64(unix)))
    found = opened(raw)
    assert (found.octets, found.original) == (INNER, unix)
    assert [repair.id for repair in found.repairs] == ["repair.line-ends"]


def test_a_file_of_apple_mail_is_unpacked() -> None:
    unix = INNER.replace(b"\r\n", b"\n")
    kept = b"%d\n" % len(unix) + unix + b'<?xml version="1.0"?>\n<plist version="1.0"></plist>\n'
    head = b"Content-Type: application/octet-stream; name=12.emlx\r\nContent-Transfer-Encoding: base64\r\n"
    raw = mail(part(head, b64(kept)))
    assert (only(raw).subject, only(raw).name) == ("ご請求書", "12.emlx")
    assert opened(raw).octets == INNER


def test_what_stands_in_front_of_an_attached_mail_is_taken_away() -> None:
    raw = mail(part(RFC822, b"\r\nFrom a@b Sat Nov 21 2026\r\n" + INNER))
    assert only(raw).subject == "ご請求書"
    assert opened(raw).octets == INNER


@pytest.mark.parametrize(
    "one",
    [
        part(RFC822, b"this is no mail, whatever it says"),
        part(RFC822, b""),
        part(b"Content-Type: application/octet-stream\r\n", b"Dear: all\r\nno: mail\r\n\r\n"),
        part(b"Content-Type: text/plain\r\n", INNER),
        part(b"Content-Type: application/pdf; name=a.eml\r\n", b"%PDF-1.7"),
        part(b"Content-Type: message/partial; id=x; number=1\r\n", INNER),
        part(b"Content-Type: image/png; name=a.msg\r\nContent-Transfer-Encoding: base64\r\n", b64(b"\x89PNG")),
    ],
)
def test_what_is_no_mail_is_not_listed(one: bytes) -> None:
    assert attached_in(mail(text(b"look"), one)) == ()


def test_a_mail_with_nothing_inside_has_nothing_inside() -> None:
    assert attached_in(RawMessage(INNER, "x")) == ()
    assert preferred(RawMessage(INNER, "x")) is None
    assert attached_in(RawMessage(b"", "x")) == ()
    assert open_attached(RawMessage(INNER, "x"), 0) == Refusal("refusal.not-mail", (("name", "x"),))
    assert isinstance(open_attached(mail(part(RFC822, INNER)), -1), Refusal)


def test_a_mail_inside_a_mail_inside_a_mail_is_opened_step_by_step() -> None:
    middle = mail(text(b"second"), part(RFC822, INNER), subject=b"middle", mark=b"m")
    outer = mail(text(b"first"), part(RFC822, middle.octets))
    assert [one.subject for one in attached_in(outer)] == ["middle"]
    second = opened(outer)
    assert opened(second).octets == INNER
    assert opened(second).inside == ("outer.eml", "middle")


def test_it_goes_no_deeper_than_the_limit() -> None:
    raw = RawMessage(b"Content-Type: message/rfc822\r\n\r\n" * 60 + INNER, "x")
    depth = 0
    while attached_in(raw):
        raw = opened(raw)
        depth += 1
    assert depth == MAX_MIME_DEPTH


def test_repairs_of_the_outer_one_are_told_of_the_inner_one() -> None:
    outer = mail(part(RFC822, INNER)).octets.replace(b"\r\n", b"\n")
    raw = read_octets(outer, "outer.eml")
    assert isinstance(raw, RawMessage)
    found = opened(raw)
    assert (found.octets, found.original) == (INNER, outer)
    assert [repair.id for repair in found.repairs] == ["repair.line-ends"]


def test_a_mail_out_of_a_paste_is_known_to_be_copied() -> None:
    pasted = read_octets(mail(part(RFC822, mail(part(RFC822, INNER), mark=b"m").octets)).octets, "paste", pasted=True)
    assert isinstance(pasted, RawMessage)
    assert opened(pasted).copied
    assert opened(opened(pasted)).copied
    assert not opened(mail(part(RFC822, INNER))).copied


def test_too_many_are_not_listed() -> None:
    assert len(attached_in(mail(*[part(RFC822, b"From: a@b\r\n\r\n")] * (MAX_ATTACHED + 20)))) == MAX_ATTACHED


# ---- digests, reports and bounces


def test_the_mails_of_a_digest_are_told_apart() -> None:
    digest = mail(
        part(b"", INNER), part(b"", b"From: b@c\r\nSubject: two\r\n\r\nx"), kind=b"multipart/digest", mark=b"d"
    )
    found = attached_in(mail(text(b"issue 1"), digest.octets.partition(b"\r\n")[2].partition(b"\r\n")[2]))
    assert [(one.how, one.subject) for one in found] == [("digest", "ご請求書"), ("digest", "two")]


FEEDBACK = part(
    b"Content-Type: message/feedback-report\r\n",
    b"Feedback-Type: abuse\r\nUser-Agent: SomeGenerator/1.0\r\nVersion: 1\r\nSource-IP: 192.0.2.1\r\n",
)
ARF = b"multipart/report; report-type=feedback-report"
TOLD = b"This is an email abuse report.\r\nFor the format see http://www.mipassoc.org/arf/.\r\n"


@pytest.mark.parametrize(
    ("original", "kind"),
    [
        (part(RFC822, INNER), "full"),
        (part(b"Content-Type: text/rfc822-headers\r\n", HEADERS_ONLY), "headers"),
        (part(RFC822, HEADERS_ONLY), "headers"),
        (part(RFC822, HEADERS_ONLY + b"\r\n\r\n"), "headers"),
    ],
)
def test_an_abuse_report_gives_the_mail_that_it_is_about(original: bytes, kind: str) -> None:
    raw = mail(text(TOLD), FEEDBACK, original, kind=ARF)
    assert (only(raw).how, only(raw).kind) == ("report", kind)
    assert opened(raw).body_kept is (kind == "full")
    assert preferred(raw) is None  # anybody can write the text of such a report


@pytest.mark.parametrize(
    "parts",
    [
        (text(TOLD + b"Confirm at https://evil.example/ now\r\n"), FEEDBACK, part(RFC822, INNER)),
        (text(TOLD + b"Confirm at www.evil.example\r\n"), FEEDBACK, part(RFC822, INNER)),
        (text(TOLD + b"http://mipassoc.org/arf.evil.example/\r\n"), FEEDBACK, part(RFC822, INNER)),
        (text(TOLD + b"x" * 5000), FEEDBACK, part(RFC822, INNER)),
        (text(TOLD, b"text/html"), FEEDBACK, part(RFC822, INNER)),
        (text(TOLD), text(b"more"), FEEDBACK, part(RFC822, INNER)),
        (text(TOLD), part(b"Content-Type: message/feedback-report\r\n", b"x: y\r\n"), part(RFC822, INNER)),
        (text(TOLD), FEEDBACK, part(RFC822, INNER), part(b"Content-Type: image/png\r\n", b"x")),
    ],
)
def test_what_only_pretends_to_be_an_abuse_report_is_checked_itself(parts: tuple[bytes, ...]) -> None:
    raw = mail(*parts, kind=ARF)
    assert preferred(raw) is None
    assert attached_in(raw)


DELIVERY_STATUS = part(
    b"Content-Type: message/delivery-status\r\n",
    b"Reporting-MTA: dns; mx.example.net\r\n\r\nFinal-Recipient: rfc822; no@example.net\r\nAction: failed\r\n"
    b"Status: 5.1.1\r\n",
)


@pytest.mark.parametrize(
    ("kind", "original", "extent"),
    [
        (b"multipart/report; report-type=delivery-status", part(RFC822, INNER), "full"),
        (b"multipart/report", part(b"Content-Type: text/rfc822-headers\r\n", HEADERS_ONLY), "headers"),
        (b"multipart/mixed", part(b"Content-Type: text/rfc822-headers\r\n", HEADERS_ONLY), "headers"),
        (b"multipart/report; report-type=delivery-status", part(RFC822, HEADERS_ONLY + b"\r\n"), "headers"),
    ],
)
def test_a_bounce_gives_the_mail_that_came_back_but_is_checked_itself(
    kind: bytes, original: bytes, extent: str
) -> None:
    raw = mail(text(b"Your message could not be delivered."), DELIVERY_STATUS, original, kind=kind)
    assert (only(raw).how, only(raw).kind) == ("bounce", extent)
    assert opened(raw).octets.startswith(b"Received: from mail.example.com")
    assert preferred(raw) is None


def test_a_receipt_is_told_from_a_bounce() -> None:
    told = part(b"Content-Type: message/disposition-notification\r\n", b"Disposition: manual-action; displayed\r\n")
    raw = mail(
        text(b"read"), told, part(b"Content-Type: text/rfc822-headers\r\n", HEADERS_ONLY), kind=b"multipart/report"
    )
    assert only(raw).how == "receipt"


QMAIL = (
    b"Hi. This is the qmail-send program at example.net.\r\n\r\n--- Below this line is a copy of the message.\r\n\r\n"
)
EXIM = (
    b"This message was created automatically by mail delivery software.\r\n\r\n"
    b"------ This is a copy of the message, including all the headers. ------\r\n\r\n"
)
EXIM_CUT = EXIM + (
    b"------ The body of the message is 300000 characters long; only the first\r\n"
    b"------ 106496 or so are included here.\r\n"
)
SENDMAIL = b"User unknown\r\n\r\n   ----- Unsent message follows -----\r\n"
EXIM_HEADERS = b"Failed.\r\n\r\n------ This is a copy of the message's headers. ------\r\n\r\n"


@pytest.mark.parametrize(
    ("told", "kind"),
    [(QMAIL, "full"), (EXIM, "full"), (EXIM_CUT, "headers"), (SENDMAIL, "full"), (EXIM_HEADERS, "headers")],
)
def test_a_mail_that_a_bounce_quotes_in_its_text_is_found(told: bytes, kind: str) -> None:
    raw = RawMessage(b"From: MAILER-DAEMON@example.net\r\nSubject: failure notice\r\n\r\n" + told + INNER, "bounce.eml")
    found = only(raw)
    assert (found.how, found.kind, found.subject) == ("bounce", kind, "ご請求書")
    assert raw.octets[found.start : found.end] == INNER == opened(raw).octets
    assert opened(raw).body_kept is (kind == "full")
    assert preferred(raw) is None


def test_a_quoted_mail_is_found_in_an_encoded_text_as_well() -> None:
    raw = RawMessage(b"Content-Transfer-Encoding: base64\r\nFrom: a@b\r\n\r\n" + b64(QMAIL + INNER), "b")
    assert opened(raw).octets == INNER


@pytest.mark.parametrize(
    "body",
    [
        QMAIL + b"From: a@b\r\nSubject: no path\r\n\r\nx",
        QMAIL + b"the end",
        b"Received: from a by b\r\nFrom: a@b\r\n\r\nno line before it",
        b"> " + QMAIL.replace(b"\r\n", b"\r\n> ") + INNER.replace(b"\r\n", b"\r\n> "),
    ],
)
def test_text_that_only_resembles_a_bounce_holds_no_mail(body: bytes) -> None:
    assert attached_in(RawMessage(b"From: a@b\r\nSubject: x\r\n\r\n" + body, "x")) == ()


# ---- Outlook's format


def test_a_message_of_outlook_gives_its_headers() -> None:
    octets = write_ole(message(HEADERS_ONLY.decode()))
    head = b"Content-Type: application/vnd.ms-outlook; name=a.msg\r\nContent-Transfer-Encoding: base64\r\n"
    raw = mail(text(b"look"), part(head, b64(octets)))
    assert (only(raw).kind, only(raw).name) == ("headers", "a.msg")
    found = opened(raw)
    assert found.octets == HEADERS_ONLY
    assert (found.kind, found.body_kept, found.inside) == (SourceKind.ATTACHED, False, ("outer.eml",))
    assert found.repairs == (Repair("repair.msg-headers", 1),)


def test_a_message_of_outlook_without_headers_is_named_and_refused() -> None:
    head = b"Content-Type: application/octet-stream; name=draft.msg\r\nContent-Transfer-Encoding: base64\r\n"
    raw = mail(text(b"look"), part(head, b64(write_ole(message(None)))))
    assert only(raw).name == "draft.msg"
    refused = open_attached(raw, 0)
    assert isinstance(refused, Refusal)
    assert (refused.id, dict(refused.params)["name"]) == ("refusal.msg-no-headers", "draft.msg")


def test_the_mails_attached_to_a_message_of_outlook_are_listed_and_opened() -> None:
    attachments = (attached_file("a.eml", INNER), attached_message(message(HEADERS_ONLY.decode())))
    raw = read_octets(write_ole(message("From: o@example.org\r\nSubject: outer\r\n", attachments=attachments)), "o.msg")
    assert isinstance(raw, RawMessage)
    assert [(one.kind, one.subject, one.name) for one in attached_in(raw)] == [
        ("full", "ご請求書", "a.eml"),
        ("headers", "ご請求書", ""),
    ]
    assert opened(raw, 0) == RawMessage(INNER, "a.eml", SourceKind.ATTACHED, inside=("o.msg",))
    assert (opened(raw, 1).octets, opened(raw, 1).name, opened(raw, 1).body_kept) == (HEADERS_ONLY, "ご請求書", False)
    assert isinstance(open_attached(raw, 2), Refusal)
    assert preferred(raw) is None


# ---- which one is checked when nobody has chosen

OUTLOOK_BLANK = (
    b'<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns="http://www.w3.org/TR/REC-html40">\r\n<head>\r\n'
    b'<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\r\n'
    b'<meta name="Generator" content="Microsoft Word 15 (filtered medium)">\r\n'
    b"<!--[if !mso]><style>v\\:* {behavior:url(#default#VML);}</style><![endif]-->\r\n"
    b"<style><!--\r\n/* Style Definitions */\r\np.MsoNormal {margin:0mm; font-size:10.5pt;}\r\n--></style>"
    b'<!--[if gte mso 9]><xml>\r\n<o:shapedefaults v:ext="edit" spidmax="1026" />\r\n</xml><![endif]-->\r\n</head>\r\n'
    b'<body lang="JA" style="word-wrap:break-word"><div class="WordSection1">'
    b'<p class="MsoNormal"><span lang="EN-US"><o:p>&nbsp;</o:p></span></p></div></body></html>'
)


@pytest.mark.parametrize(
    "parts",
    [
        (text(), part(RFC822, INNER)),
        (text(b"\r\n \xc2\xa0\xe2\x80\x8b\r\n"), part(RFC822, INNER)),
        (text(OUTLOOK_BLANK, b"text/html"), part(RFC822, INNER)),
        (text(b'<div dir="ltr"><br></div>', b"text/html"), part(RFC822, INNER)),
        (part(RFC822, INNER),),
        (
            part(b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n", b"DQo=\r\n"),
            part(RFC822, INNER),
        ),
        (text(), part(RFC822, INNER), part(b"Content-Type: application/pgp-signature\r\n", b"x")),
        (text(), part(RFC822 + b"Content-Transfer-Encoding: base64\r\n", b64(INNER))),
    ],
)
def test_a_wrapper_that_shows_nothing_gives_way_to_the_mail_inside(parts: tuple[bytes, ...]) -> None:
    assert preferred(mail(*parts)) == 0


def test_a_mail_that_is_nothing_but_another_mail_gives_way() -> None:
    raw = RawMessage(b"From: a@b\r\n" + RFC822 + b"\r\n" + INNER, "x")
    assert preferred(raw) == 0
    assert opened(raw).octets == INNER


@pytest.mark.parametrize(
    "shown",
    [
        text(b"."),
        text(b"-- \r\nAnn"),
        text(b"<p>Pay here</p>", b"text/html"),
        text(b'<img src="cid:1">', b"text/html"),
        text(b'<a href="https://evil.example/">&nbsp;</a>', b"text/html"),
        text(b'<div style="background-image:url(cid:1)"></div>', b"text/html"),
        text(b'<body background="cid:1"></body>', b"text/html"),
        text(b'<style>p:before{content:"Pay here"}</style><p></p>', b"text/html"),
        text(b'<style>@import "x"</style>', b"text/html"),
        text(b'<style>p{c\\6fntent:"x"}</style>', b"text/html"),
        text(b"<!--[if mso]>Pay here<![endif]-->", b"text/html"),
        text(b"<![if !mso]>Pay here<![endif]>", b"text/html"),
        text(b"<svg><text>x</text></svg>", b"text/html"),
        text(b'<input value="Pay here">', b"text/html"),
        text(b'<meta http-equiv="refresh" content="0;url=https://evil.example/">', b"text/html"),
        text(b"<!-- unclosed", b"text/html"),
        text(b"<p", b"text/html"),
        text(b"&#80;", b"text/html"),
        text(b" " * 200_000),
        text(b"", b"text/calendar"),
        part(b"Content-Type: image/png\r\nContent-Disposition: inline\r\n", b"x"),
        part(b"Content-Type: application/pdf\r\n", b"%PDF"),
        part(b"Pay at evil.example\r\n", b""),
        part(b"Content-Type: text/html\r\nContent-Type: text/plain\r\n", b"<!-- Pay here -->"),
        part(b"Content-Type: text/html; charset=utf-16\r\n", b"<div></div>"),
        part(b"Content-Transfer-Encoding: base64\r\n", "今すぐお支払いを".encode()),
        part(b"Content-Transfer-Encoding: base64\r\n", b"DQo=\r\n!! \xe2\x98\x8e\r\n"),
        part(b"Content-Transfer-Encoding: x-uuencode\r\n", b"begin 644 a"),
        part(b"Content-Type: multipart/alternative; boundary=zz\r\n", b"Pay here, says a program without MIME"),
        part(b"Content-Type: message/delivery-status\r\n", b""),
    ],
)
def test_a_mail_that_shows_anything_is_checked_itself(shown: bytes) -> None:
    raw = mail(shown, part(RFC822, INNER))
    assert preferred(raw) is None
    assert len(attached_in(raw)) == 1


def test_text_behind_the_last_part_is_something() -> None:
    raw = mail(text(), part(RFC822, INNER))
    assert preferred(RawMessage(raw.octets + b"Pay here\r\n", "x")) is None


def test_of_two_attached_mails_none_is_preferred() -> None:
    assert preferred(mail(text(), part(RFC822, INNER), part(RFC822, INNER))) is None


# ---- hostile


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300), st.integers(0, 3))
def test_a_mail_put_in_comes_out_to_the_octet(body: bytes, form: int) -> None:
    inner = HEADERS_ONLY + b"\r\n" + body.replace(b"--", b"~~")
    head = (
        b"Content-Type: " + (b"message/rfc822", b"message/global", b"application/octet-stream", b"message/rfc822")[form]
    )
    encoding, content = (b"8bit", inner) if form != 3 else (b"base64", b64(inner))
    found = open_attached(
        mail(text(), part(head + b"\r\nContent-Transfer-Encoding: " + encoding + b"\r\n", content)), 0
    )
    assert isinstance(found, RawMessage)
    assert found.octets == inner or (form == 3 and found.original == inner)


def test_chance_mutations_never_raise() -> None:
    chance = random.Random(5965)
    sources = [
        mail(text(TOLD), FEEDBACK, part(RFC822, INNER), kind=ARF).octets,
        mail(
            text(OUTLOOK_BLANK, b"text/html"), part(RFC822 + b"Content-Transfer-Encoding: base64\r\n", b64(INNER))
        ).octets,
        b"From: a@b\r\n\r\n" + EXIM_CUT + INNER,
    ]
    for _ in range(1500):
        octets = bytearray(chance.choice(sources))
        for _ in range(chance.randrange(1, 10)):
            octets[chance.randrange(len(octets))] = chance.choice(b'-b\r\n:;="*< >/\0\xff')
        raw = RawMessage(bytes(octets), "x")
        preferred(raw)
        for one in attached_in(raw):
            assert 0 <= one.start <= one.end <= len(octets)
            open_attached(raw, one.index)


@pytest.mark.parametrize(
    "octets",
    [
        mail(*[part(RFC822, b"a:\r\n" * 250)] * 2000).octets,
        mail(text(b"<" * 120_000, b"text/html"), part(RFC822, INNER)).octets,
        mail(text(b"<!--" * 30_000, b"text/html"), part(RFC822, INNER)).octets,
        mail(text(b"<style>" * 18_000, b"text/html"), part(RFC822, INNER)).octets,
        mail(text(b"<!--[if x]>" * 10_000 + b"-->", b"text/html"), part(RFC822, INNER)).octets,
        b"From: a@b\r\n\r\n" + QMAIL * 20_000,
        b"From: a@b\r\n\r\n--- Below this line is a copy of the message.\r\n" + b"\r\n" * 1_000_000,
        b"Content-Type: message/rfc822\r\n\r\n" * 60_000,
    ],
    ids=range(8),
)
def test_hostile_mails_cost_little(octets: bytes) -> None:
    raw = RawMessage(octets, "x")
    before = time.process_time()
    attached_in(raw)
    preferred(raw)
    assert time.process_time() - before < 2
