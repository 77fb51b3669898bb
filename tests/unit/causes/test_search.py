"""Header and body together: what a list, a gateway and a clipboard really do, all at once."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

import pytest

from headerlens.causes.search import prove
from headerlens.model.causes import Cause, Part
from headerlens.model.message import BodyState, Message
from headerlens.model.verdicts import DkimCheck
from headerlens.verify.dkim import check_dkim
from tests.support.signing import answers, key_record, own_sign, read, sign, zone_for

NOW = datetime(2026, 11, 21, tzinfo=UTC)
TYPE = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n"
AUTHOR = b"From: Joe SixPack <joe@example.com>"
HEAD = (
    AUTHOR + b"\r\nTo: Suzie Q <suzie@example.net>, Bob Builder <bob@example.org>,\r\n Carol <carol@example.org>\r\n"
    b"Subject: Is dinner\r\n ready?\r\nDate: Fri, 20 Nov 2026 10:00:00 +0000\r\n"
    b"Message-ID: <20261120@example.com>\r\nMIME-Version: 1.0\r\n"
)
BODY = b"Hi.\r\n\r\nWe lost the game.\r\nAre you hungry yet?\r\n\r\nJoe.\r\n"
NAMES = ("from", "to", "subject", "date", "message-id", "mime-version", "content-type", "content-transfer-encoding")
EVERY = pytest.mark.parametrize(
    ("how", "key"), [(how, key) for how in ("relaxed/relaxed", "simple/simple") for key in ("rsa2048", "ed25519")]
)
BOUNDARY = b"--===============123456=="


@cache
def signed(how: str, key: str, names: tuple[str, ...] = NAMES) -> bytes:
    return sign(HEAD + TYPE + b"\r\n" + BODY, key, canonicalization=how, names=names)


def checked(octets: bytes, zone: dict[str, str]) -> tuple[Message, tuple[DkimCheck, ...]]:
    message = read(octets)
    return message, check_dkim(message, answers(zone), at=None, now=NOW, body=BodyState.COMPLETE)


def cause_of(octets: bytes, key: str) -> Cause:
    (cause,) = prove(*checked(octets, zone_for(key)))
    return cause


def header_kinds(cause: Cause) -> set[tuple[str, str]]:
    return {(change.kind, change.field) for change in cause.changes if change.part is Part.HEADER}


def body_texts(cause: Cause) -> str:
    return "\n".join(change.now for change in cause.changes if change.part is Part.BODY)


def mailman(octets: bytes) -> bytes:
    """A tag, the author moved to Reply-To, and the text wrapped beside a footer, as Mailman does it."""
    head, _, body = octets.partition(b"\r\n\r\n")
    head = (head + b"\r\n").replace(TYPE, b"").replace(b"Subject: ", b"Subject: [friends] ")
    head = head.replace(AUTHOR, b"From: Joe SixPack via Friends <friends@lists.example.org>")
    head += b"Reply-To: Joe SixPack <joe@example.com>\r\nList-Id: <friends.lists.example.org>\r\n"
    head += b'Content-Type: multipart/mixed; boundary="===============123456=="\r\n'
    footer = b'Content-Type: text/plain; charset="us-ascii"\r\nMIME-Version: 1.0\r\nContent-Transfer-Encoding: 7bit\r\n'
    footer += (
        b"Content-Disposition: inline\r\n\r\n"
        + b"_" * 47
        + b"\r\nFriends mailing list\r\nFriends@lists.example.org\r\n"
    )
    parts = BOUNDARY + b"\r\n" + TYPE + b"\r\n" + body + b"\r\n" + BOUNDARY + b"\r\n" + footer + BOUNDARY + b"--\r\n"
    return head + b"\r\n" + parts


@EVERY
@pytest.mark.parametrize("names", [NAMES, (*NAMES, "reply-to")])
def test_a_mailman_list_is_undone_whole(how: str, key: str, names: tuple[str, ...]) -> None:
    cause = cause_of(mailman(signed(how, key, names)), key)
    assert (cause.header, cause.body, cause.whole) == (True, True, True)
    kinds = header_kinds(cause)
    assert {("subject-tag", "Subject"), ("author-rewritten", "From"), ("mime-field", "Content-Type")} <= kinds
    assert (("field-added", "Reply-To") in kinds) == ("reply-to" in names)
    assert "Friends mailing list" in body_texts(cause)
    assert cause.tried < 5_000


@EVERY
def test_a_tag_and_a_footer_are_undone(how: str, key: str) -> None:
    octets = signed(how, key).replace(b"Subject: ", b"Subject: [EXTERNAL] ")
    cause = cause_of(octets + b"-- \r\nThis mail was scanned.\r\n", key)
    assert cause.whole
    assert header_kinds(cause) == {("subject-tag", "Subject")}
    assert "This mail was scanned." in body_texts(cause)


@EVERY
def test_a_banner_on_top_and_a_footer_are_undone_beside_a_rewritten_sender(how: str, key: str) -> None:
    octets = signed(how, key).replace(b"\r\n\r\nHi.", b"\r\n\r\nCAUTION: external sender.\r\n\r\nHi.")
    octets = octets.replace(AUTHOR, b"From: joe at example.com <relay@gw.example>\r\nX-Original-From: " + AUTHOR[6:])
    cause = cause_of(octets + b"\r\n___\r\nScanned.\r\n", key)
    assert cause.whole
    assert header_kinds(cause) == {("author-rewritten", "From")}
    assert "CAUTION" in body_texts(cause)
    assert "Scanned." in body_texts(cause)


@EVERY
def test_a_paste_with_no_break_spaces_and_a_tag_is_undone(how: str, key: str) -> None:
    octets = signed(how, key).replace(b"Subject: ", b"Subject: [EXTERNAL] ").replace(b"We lost", b"We\xc2\xa0lost")
    cause = cause_of(octets, key)
    assert cause.whole
    assert header_kinds(cause) == {("subject-tag", "Subject")}


def _two_signatures() -> tuple[bytes, dict[str, str]]:
    once = own_sign(HEAD + TYPE + b"\r\n" + BODY, "rsa2048")
    tags = {"d": "lists.example.org", "s": "s2"}
    zone = {**zone_for("rsa2048"), "s2._domainkey.lists.example.org": key_record("ed25519")}
    return own_sign(once, "ed25519", tags=dict(tags)), zone


def test_what_explains_one_signature_is_tried_on_the_next_at_once() -> None:
    octets, zone = _two_signatures()
    octets = octets.replace(b"Subject: ", b"Subject: [A] [B] ").replace(b"10:00:00 +0000", b"19:00:00 +0900")
    causes = prove(*checked(octets, zone))
    assert [cause.whole for cause in causes] == [True, True]
    assert causes[0].changes == causes[1].changes
    assert causes[1].tried < 20


def test_a_body_is_explained_without_a_key_and_the_signature_is_not() -> None:
    octets = signed("relaxed/relaxed", "rsa2048") + b"\r\n___\r\nScanned.\r\n"
    (cause,) = prove(*checked(octets, {}))
    assert (cause.header, cause.body, cause.whole) == (False, True, False)


def test_a_header_is_explained_where_the_body_stays_a_riddle() -> None:
    octets = signed("relaxed/relaxed", "rsa2048").replace(b"Subject: ", b"Subject: [X] ").replace(b"game", b"cup")
    (cause,) = prove(*checked(octets, zone_for("rsa2048")))
    assert (cause.header, cause.body, cause.whole) == (True, False, False)


def test_a_copy_without_its_body_is_explained_in_the_header_and_not_whole() -> None:
    octets = signed("relaxed/relaxed", "rsa2048").replace(b"Subject: ", b"Subject: [X] ")
    message = read(octets.partition(b"\r\n\r\n")[0] + b"\r\n")
    checks = check_dkim(message, answers(zone_for("rsa2048")), at=None, now=NOW, body=BodyState.MISSING)
    (cause,) = prove(message, checks)
    assert (cause.header, cause.body, cause.whole) == (True, False, False)


def test_another_key_proves_nothing_about_the_header() -> None:
    octets = signed("relaxed/relaxed", "rsa2048").replace(b"Subject: ", b"Subject: [EXTERNAL] ")
    assert prove(*checked(octets, zone_for("rsa2048b"))) == ()


def test_five_hundred_unharmed_messages_claim_nothing() -> None:
    for number in range(500):
        head = HEAD.replace(b"20261120", str(number).encode())
        message, checks = checked(own_sign(head + TYPE + b"\r\n" + BODY), zone_for("rsa2048"))
        assert checks[0].code is None
        assert prove(message, checks) == ()


@pytest.mark.parametrize("stop_at", [0, 1, 3])
def test_a_cancelled_search_claims_only_what_it_has_proved(stop_at: int) -> None:
    octets = mailman(signed("relaxed/relaxed", "rsa2048"))
    asked: list[int] = []

    def cancelled() -> bool:
        asked.append(1)
        return len(asked) > stop_at

    message, checks = checked(octets, zone_for("rsa2048"))
    whole = prove(message, checks)
    assert all(cause.changes for cause in prove(message, checks, cancelled=cancelled))
    assert prove(message, checks) == whole
