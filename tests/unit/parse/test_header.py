import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headerlens.model import limits
from headerlens.parse import header
from headerlens.parse.header import LINE_FAULTS, split_fields

MAIL = (
    b"Received: from a\r\n\tby b; Sat, 21 Nov 2026 08:00:00 +0000\r\n"
    b"Subject : two  words\r\n"
    b"From: A <a@example.com>\r\n"
    b"\r\n"
    b"Body: no field\r\n"
)


def together(octets: bytes) -> bytes:
    """Everything `split_fields` tells of, put together again in the order of the offsets."""
    fields, body_start, faults = split_fields(octets)
    spans = [(field.start, field.end, field.raw) for field in fields]
    spans += [
        (fault.start, fault.end, octets[fault.start : fault.end]) for fault in faults if fault.code in LINE_FAULTS
    ]
    place, whole = 0, b""
    for start, end, raw in sorted(spans):
        assert start == place, "a gap or an overlap"
        assert raw == octets[start:end]
        place, whole = end, whole + raw
    if body_start is None:
        return whole
    assert octets[place:body_start] in (b"\r\n", b"\n")
    return whole + octets[place:]


def test_fields_keep_their_octets_offsets_and_spelling() -> None:
    fields, body_start, faults = split_fields(MAIL)
    assert [field.name for field in fields] == ["Received", "Subject", "From"]
    assert fields[0].value == "from a\tby b; Sat, 21 Nov 2026 08:00:00 +0000"
    assert fields[1].value == "two  words"
    assert fields[1].body == b" two  words\r\n"
    assert all(MAIL[field.start : field.end] == field.raw for field in fields)
    assert all(MAIL[field.value_start - 1 : field.value_start] == b":" for field in fields)
    assert body_start is not None
    assert MAIL[body_start:] == b"Body: no field\r\n"
    assert faults == ()


def test_without_an_empty_line_there_is_no_body() -> None:
    fields, body_start, _ = split_fields(b"A: 1\r\nB: 2")
    assert [field.value for field in fields] == ["1", "2"]
    assert body_start is None


def test_a_line_of_blanks_is_a_fold_and_does_not_end_the_header() -> None:
    fields, body_start, _ = split_fields(b"A: 1\r\n \r\nB: 2\r\n\r\n")
    assert [field.raw for field in fields] == [b"A: 1\r\n \r\n", b"B: 2\r\n"]
    assert body_start == 17


def test_an_empty_line_first_means_a_body_and_no_fields() -> None:
    assert split_fields(b"\r\nA: 1\r\n") == ((), 2, ())
    assert split_fields(b"") == ((), None, ())


@pytest.mark.parametrize(
    ("octets", "code"),
    [
        (b"no field\r\nnor this\r\nA: 1\r\n", "no-colon"),
        (b" fold\r\nA: 1\r\n", "fold-without-field"),
        (b"From a@b Sat Nov 21 08:00:00 2026\r\nA: 1\r\n", "mbox-from-line"),
        (b">From a@b Sat Nov 21 08:00:00 2026\r\nA: 1\r\n", "mbox-from-line"),
        (b"two words: 1\r\nA: 1\r\n", "no-colon"),
        (b": 1\r\nA: 1\r\n", "no-colon"),
    ],
)
def test_a_line_that_is_no_field_is_one_fault_and_the_next_field_is_read(octets: bytes, code: str) -> None:
    fields, _, faults = split_fields(octets)
    assert [field.name for field in fields] == ["A"]
    assert [(fault.code, fault.start, fault.end) for fault in faults] == [(code, 0, octets.index(b"A: 1"))]


def test_a_value_is_utf_8_and_latin_1_where_it_is_not() -> None:
    fields, _, _ = split_fields("A: 日本\r\n".encode() + b"B: caf\xe9\r\n")
    assert [field.value for field in fields] == ["日本", "café"]


def test_past_the_number_of_fields_the_rest_is_one_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(header, "MAX_FIELDS", 2)
    octets = b"A: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\n\r\nbody"
    fields, body_start, faults = split_fields(octets)
    assert [field.name for field in fields] == ["A", "B"]
    assert [(fault.code, octets[fault.start : fault.end]) for fault in faults] == [
        ("too-many-fields", b"C: 3\r\nD: 4\r\n")
    ]
    assert body_start == octets.index(b"body")
    assert together(octets) == octets


def test_past_the_size_of_a_header_the_rest_is_one_fault() -> None:
    octets = b"A: 1\r\nB: " + b"x" * limits.MAX_HEADER_OCTETS + b"\r\nC: 3\r\n\r\nbody"
    fields, body_start, faults = split_fields(octets)
    assert [field.name for field in fields] == ["A"]
    assert [fault.code for fault in faults] == ["header-too-large"]
    assert body_start == octets.index(b"body")
    assert together(octets) == octets


LINES = st.lists(
    st.sampled_from(
        [b"A: 1", b"B :2", b" fold", b"\tfold", b"", b" ", b"junk", b":", b"From x", b"\xff: \xfe", b"C:\r", b"\0"]
    ),
    max_size=12,
)


@given(lines=LINES, ending=st.sampled_from([b"\r\n", b"\n"]), closed=st.booleans())
@settings(max_examples=300, deadline=None)
def test_no_octet_of_lines_is_lost(lines: list[bytes], ending: bytes, closed: bool) -> None:
    octets = ending.join(lines) + (ending if closed else b"")
    assert together(octets) == octets


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None)
def test_no_octet_of_anything_is_lost(octets: bytes) -> None:
    assert together(octets) == octets
