import email
import random
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headerlens.model import limits
from headerlens.parse import mime
from headerlens.parse.mime import Part, decode_body, each, walk

ALTERNATIVE = (
    b"From: a@example.com\r\n"
    b'Content-Type: multipart/alternative; boundary="=_b 1"\r\n'
    b"\r\n"
    b"This is a multi-part message.\r\n"
    b"--=_b 1\r\n"
    b"\r\n"
    b"plain\r\n"
    b"\r\n"
    b"--=_b 1\r\n"
    b"Content-Type: text/html; charset=utf-8\r\n"
    b"Content-Transfer-Encoding: quoted-printable\r\n"
    b"\r\n"
    b"<b>=E3=81=82</b>\r\n"
    b"--=_b 1--\r\n"
    b"epilogue\r\n"
)
CHILD = b"Subject: inner\r\nContent-Type: text/plain\r\n\r\nHello\r\n"


def texts(octets: bytes, part: Part) -> list[bytes]:
    return [octets[one.body_start : one.end] for one in part.parts]


def holding(head: bytes, *bodies: bytes, boundary: bytes = b"b", closed: bool = True) -> bytes:
    pieces = b"".join(b"--" + boundary + b"\r\n" + body + b"\r\n" for body in bodies)
    end = b"--" + boundary + b"--\r\n" if closed else b""
    return head + b"Content-Type: multipart/mixed; boundary=" + boundary + b"\r\n\r\n" + pieces + end


def test_parts_are_ranges_without_the_line_end_of_the_delimiter() -> None:
    found = walk(ALTERNATIVE)
    assert (found.content_type, found.boundary) == ("multipart/alternative", b"=_b 1")
    assert texts(ALTERNATIVE, found) == [b"plain\r\n", b"<b>=E3=81=82</b>"]
    assert [one.content_type for one in found.parts] == ["text/plain", "text/html"]
    assert found.parts[1].params == (("charset", "utf-8"),)
    assert decode_body(ALTERNATIVE, found.parts[1]).decode() == "<b>あ</b>"
    assert ALTERNATIVE[found.end :] == b""


def test_line_feeds_alone_are_line_ends_too() -> None:
    octets = ALTERNATIVE.replace(b"\r\n", b"\n")
    assert texts(octets, walk(octets)) == [b"plain\n", b"<b>=E3=81=82</b>"]


@pytest.mark.parametrize(
    ("octets", "expected"),
    [
        (holding(b"", b"\r\none", b"\r\ntwo", closed=False), [b"one", b"two\r\n"]),
        (holding(b"", b"\r\none\r\n--bb\r\n--b x\r\n --b", b"\r\ntwo"), [b"one\r\n--bb\r\n--b x\r\n --b", b"two"]),
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b \t\r\n\r\none\r\n--b--  ", [b"one"]),
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n--b\r\n\r\n\r\n--b--\r\n", [b"", b""]),
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b", [b""]),
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b--\r\n--b\r\n\r\nlate\r\n", []),
        (b"Content-Type: multipart/mixed; boundary=b\r\n\r\nnothing", []),
        (b"Content-Type: multipart/mixed\r\n\r\n--\r\n\r\nx\r\n----", []),
        (b"Content-Type: multipart/mixed; boundary=b\r\n", []),
    ],
)
def test_where_parts_end_when_delimiters_are_odd(octets: bytes, expected: list[bytes]) -> None:
    assert texts(octets, walk(octets)) == expected


def test_the_delimiter_of_the_outer_one_ends_all_that_is_inside() -> None:
    inner = holding(b"", b"\r\ndeep", boundary=b"bb", closed=False)
    octets = holding(b"", inner, b"\r\nafter")
    first, second = walk(octets).parts
    assert texts(octets, first) == [b"deep\r\n"]
    assert octets[second.body_start : second.end] == b"after"


def test_a_mail_inside_is_walked_with_offsets_into_the_whole() -> None:
    octets = holding(b"From: a@b\r\n", b"\r\nsee below", b"Content-Type: message/rfc822\r\n\r\n" + CHILD)
    nested = walk(octets).parts[1].nested
    assert nested
    assert octets[nested.start : nested.end] == CHILD
    assert octets[nested.body_start : nested.end] == b"Hello\r\n"


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable", "Base64 (all of it)"])
def test_an_encoded_mail_is_not_walked_but_can_be_decoded(encoding: str) -> None:
    written = b"U3ViamVjdDogeA0KDQo=" if encoding.lower().startswith("b") else b"Subject: =78\r\n\r\n"
    head = f"Content-Type: message/rfc822\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode()
    octets = holding(b"", head + written)
    (part,) = walk(octets).parts
    assert part.nested is None
    assert decode_body(octets, part) == b"Subject: x\r\n\r\n"


def test_parts_of_a_digest_are_mails_by_default() -> None:
    octets = holding(b"", b"\r\n" + CHILD, b"Content-Type: text/plain\r\n\r\nlist").replace(b"mixed", b"digest")
    mail, text = walk(octets).parts
    assert mail.content_type == "message/rfc822"
    assert mail.nested
    assert octets[mail.nested.start : mail.nested.end] == CHILD
    assert text.content_type == "text/plain"


@pytest.mark.parametrize(
    ("written", "boundary"),
    [
        (b"multipart/mixed; boundary=b", b"b"),
        (b'Multipart/Mixed;\r\n\tBOUNDARY="b b"', b"b b"),
        (b"multipart/mixed (a comment; boundary=no); boundary=b (so)", b"b"),
        (b'multipart/mixed; boundary*0="ab"; boundary*1=cd', b"abcd"),
        (b'multipart/mixed; boundary*1=cd; boundary*0="ab"; boundary*3=x', b"abcd"),
        (b"multipart/mixed; boundary*=us-ascii''a%62c", b"abc"),
        (b'multipart/mixed; boundary="a\\"b"', b'a"b'),
        (b'multipart/mixed; boundary="b ', b"b"),
        (b"multipart/mixed; boundary", b""),
        (b"multipart/mixed; boundary=b; boundary=c", b"b"),
        (b"multipart/mixed; ; =x; boundary = b ;", b"b"),
        (b"multipart/mixed; boundary=\xff\xfe", b"\xff\xfe"),
        (b"text/plain; boundary=b", b""),
    ],
)
def test_the_boundary_as_it_is_written(written: bytes, boundary: bytes) -> None:
    assert walk(b"Content-Type: " + written + b"\r\n\r\n").boundary == boundary


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (b"attachment; filename=mail.eml", "mail.eml"),
        (b"attachment; filename=my report (1).pdf", "my report (1).pdf"),
        (b"attachment; filename*=UTF-8''%E8%AB%8B%E6%B1%82%E6%9B%B8.pdf; filename=x.pdf", "請求書.pdf"),
        (b"attachment; filename*0*=utf-8'ja'%E8%AB%8B%E6; filename*1*=%B1%82%E6%9B%B8; filename*2=.pdf", "請求書.pdf"),
        (b'attachment; filename="=?ISO-2022-JP?B?GyRCQEE1YT1xGyhC?=.pdf"', "請求書.pdf"),
        ('attachment; filename="請求書.pdf"'.encode(), "請求書.pdf"),
        ('attachment; filename="請求書かな.pdf"'.encode("cp932"), "請求書かな.pdf"),
        (b"attachment; filename*=no-such-charset-" + b"x" * 90 + b"''a%62.txt", "ab.txt"),
        (b"attachment", "by-type.txt"),
    ],
)
def test_the_file_name_in_all_the_ways_it_is_written(written: bytes, name: str) -> None:
    head = b"Content-Type: text/plain; name=by-type.txt\r\nContent-Disposition: " + written + b"\r\n\r\n"
    assert (walk(head).filename, walk(head).disposition) == (name, "attachment")


@pytest.mark.parametrize("head", [b"", b"Content-Type: nonsense\r\n", b"Content-Type:\r\n", b"Content-Type: a/b/c\r\n"])
def test_without_a_readable_type_it_is_plain_text(head: bytes) -> None:
    assert walk(head + b"\r\nx").content_type == "text/plain"


def test_what_stands_first_counts_and_folds_are_followed() -> None:
    octets = b"Content-Type:\r\n text/html;\r\n\tcharset=utf-8\r\nX: y\r\nContent-Type: text/plain\r\n\r\nx"
    assert (walk(octets).content_type, walk(octets).params) == ("text/html", (("charset", "utf-8"),))


def test_encodings_are_undone_as_far_as_they_go() -> None:
    def decoded(encoding: bytes, body: bytes) -> bytes:
        octets = b"Content-Transfer-Encoding: " + encoding + b"\r\n\r\n" + body
        return decode_body(octets, walk(octets))

    assert decoded(b"base64", b"aGVs\r\n bG8\r\n=\r\nfooter\r\n") == b"hello"
    assert decoded(b"BASE64", b"aGVsbG8hi") == b"hello!"
    assert decoded(b"quoted-printable", b"a=  \r\nb \r\n=3d=zz=\r\n") == b"ab\r\n==zz"
    assert decoded(b"quoted-printable", b"a \n=20\n") == b"a\n \n"
    assert decoded(b"x-uuencode", b"begin 644") == b"begin 644"


def test_too_many_parts_are_left_in_the_last_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mime, "MAX_MIME_PARTS", 4)
    octets = holding(b"", *[b"\r\n%d" % number for number in range(9)])
    found = walk(octets).parts
    assert len(found) == 3
    assert octets[found[2].body_start :].startswith(b"2\r\n--b\r\n")
    assert found[2].end == len(octets)


def test_an_inner_part_does_not_take_the_place_of_an_outer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mime, "MAX_MIME_PARTS", 6)
    inner = holding(b"", *[b"\r\nx"] * 50, boundary=b"i")
    octets = holding(b"", inner, b"\r\none", b"\r\ntwo")
    assert [len(one.parts) for one in walk(octets).parts] == [2, 0, 0]


def test_deeper_than_the_limit_is_not_entered() -> None:
    octets = CHILD
    for _ in range(60):
        octets = b"Content-Type: message/rfc822\r\n\r\n" + octets
    assert len(list(each(walk(octets)))) == limits.MAX_MIME_DEPTH + 1


def test_each_part_comes_in_the_order_it_stands() -> None:
    octets = holding(b"", b"Content-Type: message/rfc822\r\n\r\n" + ALTERNATIVE, b"\r\nlast")
    starts = [one.start for one in each(walk(octets))]
    assert starts == sorted(starts)
    assert len(starts) == 6


_LINES = [
    b"Content-Type: multipart/mixed; boundary=b", b"Content-Type: multipart/digest; boundary=bb",
    b"Content-Type: message/rfc822", b"Content-Transfer-Encoding: base64", b"--b", b"--b--", b"--bb", b"--bb--", b"--",
    b"", b"", b"", b"text", b" folded", b"\xff\0\x80", b"Content-Disposition: attachment; filename*0*=utf-8''%e3",
]  # fmt: skip
_mails = st.lists(st.tuples(st.sampled_from(_LINES), st.sampled_from([b"\r\n", b"\n", b"\r"])), max_size=40).map(
    lambda lines: b"".join(line + ending for line, ending in lines)
)


def check(octets: bytes, part: Part) -> None:
    assert 0 <= part.start <= part.body_start <= part.end <= len(octets)
    place = part.body_start
    rebuilt = octets[part.start : place]
    inside = (part.nested,) if part.nested else part.parts
    for child in inside:
        assert place <= child.start
        assert child.end <= part.end
        between = octets[place : child.start]
        assert part.nested or (b"--" + part.boundary) in between
        rebuilt += between + octets[child.start : child.end]
        place = child.end
        check(octets, child)
    assert rebuilt + octets[place : part.end] == octets[part.start : part.end]
    decode_body(octets, part)


@settings(max_examples=500, deadline=None)
@given(st.one_of(_mails, st.binary(max_size=400)), st.integers(-3, 50), st.integers(-3, 400) | st.none())
def test_offsets_are_in_order_and_the_pieces_make_up_the_whole(octets: bytes, start: int, end: int | None) -> None:
    check(octets, walk(octets, start, end))


@settings(max_examples=200, deadline=None)
@given(st.lists(st.binary(max_size=60).filter(lambda one: b"--b" not in one), max_size=6))
def test_parts_put_in_come_out_to_the_octet(bodies: list[bytes]) -> None:
    octets = holding(b"From: a@b\r\n", *[b"\r\n" + body for body in bodies])
    assert texts(octets, walk(octets)) == bodies


@pytest.mark.parametrize(
    "octets",
    [
        b"Content-Type: multipart/mixed; boundary=" + b"-" * 200 + b"\r\n\r\n" + b"-" * 2_000_000,
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b" * 700_000,
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--bx\n" * 400_000,
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n" + b"--b\n\n" * 400_000,
        b"Content-Type: multipart/mixed; boundary=b\r\n\r\n--b" + b" " * 2_000_000,
        b"Content-Type: a" + b";" * 2_000_000,
        b"Content-Type: a/b; x=" + b"(" * 2_000_000,
        b"Content-Transfer-Encoding: quoted-printable\r\n\r\n" + b" " * 2_000_000 + b"x \r\n",
        b"Content-Type: " + b"\n " * 1_000_000,
    ],
    ids=range(9),
)
def test_hostile_mails_cost_little(octets: bytes) -> None:
    before = time.process_time()
    decode_body(octets, walk(octets))
    assert time.process_time() - before < 1.5


def test_boundaries_that_begin_alike_at_every_depth_cost_little() -> None:
    head = b"".join(
        b"Content-Type: multipart/mixed; boundary=%s\r\n\r\n--%s\r\n" % (b"b" * n, b"b" * n) for n in range(1, 40)
    )
    before = time.process_time()
    walk(head + (b"--" + b"b" * 40 + b"x\n") * 50_000)
    assert time.process_time() - before < 1.5


def test_chance_mutations_of_a_real_structure_never_raise() -> None:
    chance = random.Random(2046)
    source = holding(b"", b"Content-Type: message/rfc822\r\n\r\n" + ALTERNATIVE, b"\r\nlast")
    for _ in range(500):
        octets = bytearray(source)
        for _ in range(chance.randrange(1, 12)):
            octets[chance.randrange(len(octets))] = chance.choice(b'-b\r\n:;="* \0\xff')
        check(bytes(octets), walk(bytes(octets)))


@pytest.mark.parametrize(
    "octets", [ALTERNATIVE, holding(b"", b"Content-Type: message/rfc822\r\n\r\n" + ALTERNATIVE, b"\r\nlast"), CHILD]
)
def test_python_sees_the_same_parts_and_contents(octets: bytes) -> None:
    theirs = list(email.message_from_bytes(octets).walk())
    ours = list(each(walk(octets)))
    assert [one.content_type for one in ours] == [one.get_content_type() for one in theirs]
    for one, other in zip(ours, theirs, strict=True):
        if not other.is_multipart():
            assert decode_body(octets, one) == other.get_payload(decode=True)


def test_the_search_ends_when_it_has_cost_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = holding(b"", b"\r\nx", b"\r\ny", boundary=b"i")
    octets = holding(b"", inner, b"\r\none")
    monkeypatch.setattr(mime, "MAX_MIME_SEARCHED_OCTETS", 1000)
    assert [len(one.parts) for one in walk(octets).parts] == [1, 0]
    monkeypatch.setattr(mime, "MAX_MIME_SEARCHED_OCTETS", 10_000)
    assert [len(one.parts) for one in walk(octets).parts] == [2, 0]
