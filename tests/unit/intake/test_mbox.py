"""Mailboxes in all dialects: no message lost, none split, no octet changed."""

from __future__ import annotations

import io
import itertools
import tracemalloc
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headerlens.intake import mbox
from headerlens.intake.containers import messages_in
from headerlens.intake.files import read, read_file
from headerlens.intake.mbox import begins_mbox, spans
from headerlens.model.message import RawMessage, Refusal, SourceKind
from headerlens.reading import restored
from tests.support.containers import DIALECTS, FROM_LINE, MAIL, found, mail, mboxcl2, mboxo, mboxrd

BODIES = [b"Hello\n", b"From here on: 2026\n\nFrom there on\nX: y\n", b"", b"\n\n", b">From quoted\n>>From twice\n"]


def cut(octets: bytes) -> list[bytes]:
    """The messages without their From_ lines."""
    return [octets[start:end].split(b"\n", 1)[1] for start, end in spans(io.BytesIO(octets))]


@pytest.mark.parametrize("dialect", DIALECTS)
def test_every_dialect_gives_its_messages(tmp_path: Path, dialect: str) -> None:
    path = tmp_path / "Inbox"
    path.write_bytes(DIALECTS[dialect](mail(number, body) for number, body in enumerate(BODIES)))
    listed = found(path)
    assert [one.name for one in listed] == [f"Inbox #{number}" for number in range(1, 6)]
    read_ones = [read(one) for one in listed]
    for number, raw in enumerate(read_ones):
        assert isinstance(raw, RawMessage)
        assert (raw.kind, raw.inside, raw.body_kept) == (SourceKind.MBOX, ("Inbox",), True)
        assert b"Subject: mail %d\r\n" % number in raw.octets
        assert [repair.id for repair in raw.repairs][:2] == ["repair.line-ends", "repair.from-line"]
        assert raw.original is not None
        assert raw.original.startswith(b"From ")


def test_what_thunderbird_puts_in_front_stays_as_fields(tmp_path: Path) -> None:
    path = tmp_path / "Inbox"
    path.write_bytes(DIALECTS["thunderbird"]([mail(1), mail(2)]))
    raw = read(found(path)[1])
    assert isinstance(raw, RawMessage)
    assert raw.octets.startswith(b"X-Mozilla-Status: 0001\r\nX-Mozilla-Status2: 00000000\r\nX-Mozilla-Keys: ")


def test_mboxcl2_keeps_from_lines_of_bodies_together() -> None:
    inner = mboxo([mail(7), mail(8)])
    mails = [mail(1, inner), mail(2), mail(3, b"\n\n" + inner + b"\n\n")]
    expected = [octets[:octets.find(b"\n\n")] + b"\nContent-Length: %d" % len(octets.split(b"\n\n", 1)[1])
                + b"\n\n" + octets.split(b"\n\n", 1)[1] for octets in mails]  # fmt: skip
    assert cut(mboxcl2(mails)) == expected


@pytest.mark.parametrize("wrong", [b"0", b"1", b"7", b"99999999999", b"-1", b"x", b"31\nContent-Length: 5"])
@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_wrong_length_loses_no_mail(wrong: bytes, place: int) -> None:
    boxes = [mboxcl2([mail(number)]) for number in range(3)]
    boxes[place] = boxes[place].replace(b"Content-Length: 6", b"Content-Length: " + wrong)
    assert len(cut(b"".join(boxes))) == 3


def test_many_wrong_lengths_lose_no_mail() -> None:
    right = mboxcl2(mail(number) for number in range(20))
    wrong = right.replace(b"Content-Length: 6", b"Content-Length: 3") * 10
    assert len(cut(right + wrong)) == 220


def test_a_sender_cannot_hide_the_mails_behind_his_own_by_a_length() -> None:
    others = mboxo([mail(2), mail(3)])
    length = len(b"Hello\n\n") + len(others) - 1
    lying = FROM_LINE + mail(1).replace(b"\n\n", b"\nContent-Length: %d\n\n" % length, 1) + b"\n"
    assert len(cut(lying + others + mboxo([mail(4)]))) == 4


@pytest.mark.parametrize(
    "line",
    [
        b"\nFrom here on: 2026 things\nand so on\n",  # no field after it
        b"Hello\nFrom a@example.com Sat Nov 21 08:20:00 2026\nX: y\n",  # no empty line before it
        b"\nFrom a@example.com on Saturday\nX: y\n",  # no year
        b"\nFrom\nX: 2026\n", b"\n From a 2026\nX: y\n", b"\nFrom  2026\nX: y\n",
        b"\n>From a@example.com Sat Nov 21 08:20:00 2026\nX: y\n",
        b"\nFrom a" + b"b" * 2000 + b" 2026\nX: y\n",
    ],
)  # fmt: skip
def test_a_body_line_that_only_begins_with_from_does_not_split(line: bytes) -> None:
    assert len(cut(mboxcl2([mail(1)]).replace(b"Content-Length: 6\n", b"").replace(b"Hello\n", line))) == 1


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_every_line_end_is_known(end: bytes) -> None:
    octets = mboxo([mail(1), mail(2)]).replace(b"\n", end)
    assert len(list(spans(io.BytesIO(octets)))) == 2
    assert b"".join(octets[start:stop] + end for start, stop in spans(io.BytesIO(octets))) == octets


def test_an_envelope_line_under_the_from_line_is_known() -> None:
    assert len(cut(mboxo([mail(1), b">From b@example.com Sat Nov 21 08:20:00 2026\n" + mail(2)]))) == 2


def test_what_begins_otherwise_is_no_mbox() -> None:
    assert not begins_mbox(MAIL)
    assert not begins_mbox(b"From me to you, 2026\nDear all,\n")
    assert begins_mbox(b"\n\n" + mboxo([mail(1)]))
    assert list(spans(io.BytesIO(MAIL))) == []


def test_a_file_with_one_message_is_the_message(tmp_path: Path) -> None:
    path = tmp_path / "one.eml"
    path.write_bytes(mboxo([mail(1)]))
    assert found(path)[0].steps == ()
    raw = read_file(path)
    assert isinstance(raw, RawMessage)
    assert raw.kind is SourceKind.EML
    path.write_bytes(mboxcl2([mail(1, mboxo([mail(2), mail(3)]))]))
    raw = read_file(path)
    assert isinstance(raw, RawMessage)
    assert raw.octets.count(b"Subject: ") == 3


def test_several_messages_are_refused_where_one_is_wanted(tmp_path: Path) -> None:
    path = tmp_path / "Inbox"
    path.write_bytes(mboxo([mail(1), mail(2)]))
    assert read_file(path) == Refusal("refusal.mbox", (("name", "Inbox"),))


def test_a_mailbox_that_was_rewritten_meanwhile_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "Inbox"
    path.write_bytes(mboxo([mail(1), mail(2)]))
    last = found(path)[1]
    path.write_bytes(mboxo([mail(1, b"longer than before\n"), mail(2)]))
    raw = read(last)
    assert isinstance(raw, Refusal)
    assert raw.id == "refusal.mbox-changed"
    path.unlink()
    raw = read(last)
    assert isinstance(raw, Refusal)
    assert (raw.id, raw.unreadable) == ("refusal.not-found", True)


@pytest.mark.parametrize("block", [1301, 1500, 4096])
def test_blocks_never_cut_a_message(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    mails = [mail(number, b"line of text\n" * (number * 7 % 300)) for number in range(60)]
    expected = cut(mboxo(mails))
    monkeypatch.setattr(mbox, "_BLOCK_OCTETS", block)
    monkeypatch.setattr(mbox, "_SMALL_BLOCK_OCTETS", block)
    octets = mboxo(mails)
    assert [octets[start:end].split(b"\n", 1)[1] for start, end in mbox._by_lines(
        io.BytesIO(octets), 0, len(octets), lambda: False)] == expected == mails  # fmt: skip


def test_a_large_mailbox_costs_the_memory_of_a_block(tmp_path: Path) -> None:
    path = tmp_path / "Inbox"
    with path.open("wb") as stream:
        for number in range(40):
            stream.write(mboxo([mail(number, b"0123456789abcdef\n" * 60_000)]))
    tracemalloc.start()
    try:
        assert len(found(path)) == 40
        assert tracemalloc.get_traced_memory()[1] < 8_000_000
    finally:
        tracemalloc.stop()


def test_listing_stops_when_it_is_cancelled(tmp_path: Path) -> None:
    (tmp_path / "Inbox").write_bytes(mboxo(mail(number) for number in range(50)))
    calls = itertools.count()
    assert 0 < len(list(messages_in(tmp_path / "Inbox", cancelled=lambda: next(calls) > 9))) < 50


LINES = st.lists(
    st.sampled_from(
        [b"", b"From a@example.com Sat Nov 21 08:20:00 2026", b">From x 2026", b">>From y", b"X: y", b"text", b"From "]
    )
    | st.binary(max_size=20).map(lambda octets: octets.replace(b"\n", b"").replace(b"\r", b"")),
    max_size=12,
)
MAILS = st.lists(LINES.map(lambda lines: b"".join(line + b"\n" for line in lines)), min_size=1, max_size=8).map(
    lambda bodies: [mail(number, body) for number, body in enumerate(bodies)]
)


@settings(max_examples=150, deadline=None)
@given(mails=MAILS)
def test_what_goes_into_mboxrd_comes_out(mails: list[bytes]) -> None:
    assert cut(mboxrd(mails)) == [one.split(b"\n", 1)[1] for one in _written(mboxrd, mails)]
    assert [_unescaped(one) for one in cut(mboxrd(mails))] == mails


@settings(max_examples=150, deadline=None)
@given(mails=MAILS)
def test_what_goes_into_mboxcl2_comes_out(mails: list[bytes]) -> None:
    bodies = [one.split(b"\n\n", 1)[1] for one in cut(mboxcl2(mails))]
    assert bodies == [one.split(b"\n\n", 1)[1] for one in mails]


@settings(max_examples=100, deadline=None)
@given(octets=st.lists(st.sampled_from([FROM_LINE, b"\n", b"\r\n", b"X: y\n", b"From ", b"Content-Length: 9\n", b"a"]),
                       max_size=40).map(b"".join))  # fmt: skip
def test_messages_of_anything_follow_each_other_and_none_is_empty(octets: bytes) -> None:
    places = [place for span in spans(io.BytesIO(octets)) for place in span]
    assert places == sorted(places)
    assert all(start < end for start, end in zip(places[::2], places[1::2], strict=True))


def test_from_lines_of_a_signed_body_are_restored_by_the_reader(tmp_path: Path) -> None:
    path = tmp_path / "Inbox"
    path.write_bytes(mboxo([mail(1), mail(2, b"From me to you\n")]))
    raw = read(found(path)[1])
    assert isinstance(raw, RawMessage)
    assert b"\r\n>From me to you" in raw.octets
    assert restored(raw).octets == raw.octets  # nothing proves it here


def _written(dialect: Any, mails: list[bytes]) -> list[bytes]:
    return [dialect([one])[:-1] for one in mails]


def _unescaped(octets: bytes) -> bytes:
    head, _, body = octets.partition(b"\n\n")
    lines = [line[1:] if line.lstrip(b">").startswith(b"From ") and line.startswith(b">") else line
             for line in body.split(b"\n")]  # fmt: skip
    return head + b"\n\n" + b"\n".join(lines)
