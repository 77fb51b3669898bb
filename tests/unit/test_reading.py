import re
from dataclasses import replace
from pathlib import Path

import pytest

from headerlens import reading
from headerlens.model.limits import MAX_RESTORINGS
from headerlens.model.locator import Locator
from headerlens.model.message import RawMessage, Refusal
from headerlens.reading import Which, meant, open_file, open_message, open_octets, restored
from tests.support.signing import sign

HEAD = (
    b"From: Shop <news@example.com>\r\nTo: a@example.net\r\nSubject: x\r\nDate: Sat, 21 Nov 2026 08:20:00 +0000\r\n"
    b"Message-ID: <1@example.com>\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n"
)
BODY = "Hi.\r\nFrom here on\r\n.dot\r\nお知らせ caf\u00e9\r\n".encode()
MAIL = sign(HEAD + BODY)
ESCAPED = MAIL.replace(b"\r\nFrom here", b"\r\n>From here")


def opened(octets: bytes, *, pasted: bool = False) -> RawMessage:
    raw = open_octets(octets, "x", pasted=pasted)
    assert isinstance(raw, RawMessage)
    return raw


def names(raw: RawMessage) -> list[str]:
    return [made.id.removeprefix("repair.") for made in raw.repairs]


def test_a_repair_that_a_body_hash_confirms_is_kept_with_the_original() -> None:
    raw = opened(ESCAPED)
    assert (raw.octets, names(raw), raw.original) == (MAIL, ["mbox-escapes"], ESCAPED)


def test_what_was_handed_over_stays_the_original_after_two_stages_of_repair() -> None:
    given = ESCAPED.replace(b"\r\n", b"\n")
    raw = opened(given)
    assert (raw.octets, names(raw), raw.original) == (MAIL, ["line-ends", "mbox-escapes"], given)


def test_a_repair_that_no_body_hash_confirms_is_not_made() -> None:
    forged = ESCAPED.replace(b"Hi.", b"Ho.")
    assert opened(forged) == RawMessage(forged, "x")
    unsigned = HEAD + BODY.replace(b"\r\nFrom", b"\r\n>From")
    assert opened(unsigned).octets == unsigned


def test_a_matching_signature_keeps_every_octet_as_it_is() -> None:
    mail = sign(HEAD + BODY.replace(b"\r\nFrom", b"\r\n>From").replace(b"\r\n.dot", b"\r\n..dot"))
    assert opened(mail).octets is mail


@pytest.mark.parametrize(("quoted", "plain"), [(b">From", b"From"), (b">>From", b">From")])
def test_both_ways_of_quoting_in_a_mailbox_are_undone(quoted: bytes, plain: bytes) -> None:
    body = b"a\r\n" + plain + b" x\r\n>>From a friend\r\n"
    mail = sign(HEAD + body)
    mboxo = mail.replace(b"\r\nFrom x", b"\r\n>From x")
    mboxrd = re.sub(rb"(?m)^(>*From (?=x|a ))", rb">\1", mail)
    assert opened(mboxrd).octets == mail
    assert opened(mboxo).octets == mail
    assert quoted in mboxrd


def test_three_damages_at_once_are_undone() -> None:
    damaged = ESCAPED.replace(b"\r\n.dot", b"\r\n..dot").decode("latin-1").encode()
    raw = opened(damaged)
    assert raw.octets == MAIL
    assert set(names(raw)) == {"charset", "mbox-escapes", "dot-stuffing"}
    assert [made.detail for made in raw.repairs if made.id == "repair.charset"] == ["latin-1"]


def test_line_ends_that_were_signed_as_they_are_come_back() -> None:
    mail = sign(HEAD + b"one\r\ntwo\r\n", canonicalization="simple/simple")
    odd = sign(HEAD.replace(b"Hi", b"Ho") + b"one\r\r\ntwo\rthree\rfour\rfive\r\n", canonicalization="simple/simple")
    assert opened(mail.replace(b"\r\n", b"\n")).octets == mail
    raw = opened(odd)
    assert raw.octets == odd
    assert (raw.repairs, raw.original) == ((), None)


def test_the_blank_behind_two_hyphens_is_put_back() -> None:
    mail = sign(HEAD + b"Hi.\r\n-- \r\nAnn\r\n", canonicalization="relaxed/simple")
    raw = opened(mail.replace(b"-- \r\n", b"--\r\n"), pasted=True)
    assert (raw.octets, names(raw)) == (mail, ["line-blanks"])


def test_blanks_and_escapes_of_the_body_that_a_page_exchanged_are_put_back() -> None:
    mail = sign(HEAD + b"a  b & <c>\r\n")
    page = mail.replace(b"a  b", b"a\xc2\xa0 b").replace(b"& <c>", b"&amp; &lt;c&gt;")
    raw = opened(page)
    assert (raw.octets, set(names(raw))) == (mail, {"nbsp", "html-escaped"})


def test_a_signature_over_no_octet_confirms_nothing() -> None:
    mail = re.sub(rb"bh=", b"l=0; bh=", ESCAPED, count=1)
    assert opened(mail).repairs == ()


def test_attempts_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    tried: list[int] = []
    fits = reading._fits

    def counted(octets: bytes, start: int, wanted: tuple[reading._Wanted, ...]) -> bool:
        tried.append(len(octets))
        return fits(octets, start, wanted)

    monkeypatch.setattr(reading, "_fits", counted)
    everything = (
        "Ho\r\n>From x\r\n>>From y\r\n..z\r\n&lt;\r\n\u00a0\u00ad\r\n--\r\n$B;3ED(B\r\na\rb\r\ncaf\u00e9\r\n".encode()
    )
    opened(MAIL.replace(BODY, everything))
    assert 30 < len(tried) <= MAX_RESTORINGS + 1
    tried.clear()
    monkeypatch.setattr(reading, "MAX_RESTORED_OCTETS", 3 * len(everything))
    opened(MAIL.replace(BODY, everything))
    assert len(tried) <= 4


def test_a_restored_message_is_restored_once() -> None:
    raw = opened(ESCAPED)
    assert restored(raw) is raw


def test_a_message_without_its_body_is_left_alone() -> None:
    raw = RawMessage(MAIL.partition(b"\r\n\r\n")[0] + b"\r\n", "x")
    assert restored(raw) is raw
    assert restored(replace(raw, octets=raw.octets + b"\r\n\r\n")).repairs == ()


def test_a_file_and_a_locator_open_the_same(tmp_path: Path) -> None:
    path = tmp_path / "x.eml"
    path.write_bytes(ESCAPED)
    by_path, by_locator = open_file(path), open_message(Locator(path))
    assert by_path == by_locator
    assert isinstance(by_path, RawMessage)
    assert by_path.octets == MAIL
    assert isinstance(open_file(tmp_path / "no.eml"), Refusal)


def test_a_message_of_a_mailbox_is_restored(tmp_path: Path) -> None:
    from headerlens.intake.containers import messages_in

    path = tmp_path / "inbox.mbox"
    line = b"From a@example.com Sat Nov 21 08:20:00 2026\n"
    path.write_bytes((line + ESCAPED.replace(b"\r\n", b"\n") + b"\n") * 2)
    found = [open_message(one) for one in messages_in(path) if isinstance(one, Locator)]
    assert [raw.octets.rstrip() for raw in found if isinstance(raw, RawMessage)] == [MAIL.rstrip()] * 2


# ---- which mail is meant

_INNER = (
    b"From: a@inner.example\r\nTo: b@inner.example\r\nSubject: inner\r\nMessage-ID: <i@inner.example>\r\n\r\nhello\r\n"
)


def _carrying(text: bytes) -> RawMessage:
    octets = (
        b"From: c@outer.example\r\nTo: d@outer.example\r\nSubject: outer\r\nMIME-Version: 1.0\r\n"
        b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\n'
        + text
        + b"\r\n--b\r\nContent-Type: message/rfc822\r\n\r\n"
        + _INNER
        + b"\r\n--b--\r\n"
    )
    raw = open_octets(octets, "outer.eml")
    assert isinstance(raw, RawMessage)
    return raw


def _meant(raw: RawMessage, which: Which) -> bytes:
    chosen = meant(raw, which)
    assert isinstance(chosen, RawMessage)
    return chosen.octets


def test_the_attached_mail_is_meant_only_where_the_outer_one_shows_nothing() -> None:
    assert _meant(_carrying(b"  \r\n"), Which.AUTO) == _INNER
    assert b"Subject: outer" in _meant(_carrying(b"Please pay here.\r\n"), Which.AUTO)


def test_a_person_may_choose_the_other_one() -> None:
    raw = _carrying(b"What is this?\r\n")
    assert _meant(raw, Which.INNER) == _INNER
    assert _meant(_carrying(b"\r\n"), Which.OUTER).startswith(b"From: c@outer.example")
    plain = open_octets(_INNER, "plain.eml")
    assert meant(plain, Which.INNER) is plain
