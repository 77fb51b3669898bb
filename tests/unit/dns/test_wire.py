import contextlib

import dns.flags
import dns.message
import dns.name
import dns.rdatatype
import dns.rrset
import pytest
from hypothesis import given
from hypothesis import strategies as st

from headerlens.dns.wire import Query, Reply, ReplyError, absolute_name, build_query, name_text, read_reply

NAME = dns.name.from_text("example.com.")
QUERY = build_query(NAME, dns.rdatatype.TXT)


def reply_to(query: Query) -> dns.message.Message:
    reply = dns.message.make_response(dns.message.from_wire(query.wire))
    reply.answer.append(dns.rrset.from_text(NAME, 60, "IN", "TXT", '"a" "b"'))
    return reply


def read(message: dns.message.Message) -> Reply | None:
    return read_reply(message.to_wire(), QUERY)


def test_a_query_is_recursive_offers_edns_and_has_a_fresh_id() -> None:
    message = dns.message.from_wire(QUERY.wire)
    assert message.flags & dns.flags.RD
    assert (message.edns, message.payload) == (0, 1232)
    assert dns.message.from_wire(build_query(NAME, dns.rdatatype.TXT, edns=False).wire).edns == -1
    assert len({build_query(NAME, dns.rdatatype.TXT).ident for _ in range(50)}) > 40


def test_the_answer_is_read() -> None:
    reply = read(reply_to(QUERY))
    assert reply is not None
    assert [record.record for record in reply.records] == [(b"a", b"b")]


def test_what_answers_something_else_is_none_of_ours() -> None:
    for change in ("id", "question", "query", "opcode", "type"):
        message = reply_to(QUERY)
        if change == "id":
            message.id ^= 1
        elif change == "question":
            message.question = [dns.rrset.RRset(dns.name.from_text("x.example."), 1, 16)]  # type: ignore[arg-type]
        elif change == "type":
            message.question = [dns.rrset.RRset(NAME, 1, 1)]  # type: ignore[arg-type]
        elif change == "query":
            message.flags &= ~dns.flags.QR
        else:
            message.flags |= 0x2000
        assert read(message) is None, change


def test_the_case_of_the_name_does_not_matter() -> None:
    message = reply_to(QUERY)
    message.question = [dns.rrset.RRset(dns.name.from_text("EXAMPLE.com."), 1, 16)]  # type: ignore[arg-type]
    assert read(message) is not None


def test_records_nobody_asked_for_are_not_judged() -> None:
    message = reply_to(QUERY)
    message.answer.insert(0, dns.rrset.from_text(NAME, 60, "IN", "A", "192.0.2.1"))
    wire = message.to_wire().replace(b"\x00\x04\xc0\x00\x02\x01", b"\x00\x04junk")
    reply = read_reply(wire, QUERY)
    assert reply is not None
    assert len(reply.records) == 1


def test_the_upper_half_of_the_response_code_is_read() -> None:
    message = reply_to(QUERY)
    message.set_rcode(dns.rcode.BADVERS)
    reply = read(message)
    assert reply is not None
    assert reply.rcode == dns.rcode.BADVERS


def test_a_ttl_with_the_highest_bit_is_zero() -> None:
    wire = reply_to(QUERY).to_wire().replace(b"\x00\x10\x00\x01\x00\x00\x00\x3c", b"\x00\x10\x00\x01\xff\x00\x00\x3c")
    reply = read_reply(wire, QUERY)
    assert reply is not None
    assert reply.records[0].ttl == 0


@given(st.data())
def test_damaged_replies_end_as_values_or_as_reply_error(data: st.DataObject) -> None:
    wire = bytearray(reply_to(QUERY).to_wire())
    for _ in range(data.draw(st.integers(1, 5))):
        wire[data.draw(st.integers(2, len(wire) - 1))] = data.draw(st.integers(0, 255))
    del wire[data.draw(st.integers(2, len(wire))) :]
    with contextlib.suppress(ReplyError):
        read_reply(bytes(wire), QUERY)


@pytest.mark.parametrize("text", ["", ".", "a..b", "x" * 64, ".a", "a..", "é.example"])
def test_what_cannot_be_a_name_is_none(text: str) -> None:
    assert absolute_name(text) is None


def test_names_have_at_most_253_characters() -> None:
    longest = ".".join(["x" * 63] * 3 + ["x" * 61])
    assert len(longest) == 253
    assert absolute_name(longest) is not None
    assert absolute_name(longest + "x") is None


def test_names_are_shown_in_lower_case_without_the_final_dot() -> None:
    assert name_text(dns.name.from_text("A.Example.")) == "a.example"
    assert name_text(dns.name.root) == "."


@pytest.mark.parametrize("length", [1, 20, 60])
def test_padded_queries_are_all_of_one_length(length: int) -> None:
    name = absolute_name(f"{'x' * length}.example.com")
    assert name is not None
    query = build_query(name, dns.rdatatype.TXT, ident=0, padded=True)
    message = dns.message.from_wire(query.wire)
    assert (len(query.wire), message.id, message.question[0].name) == (128, 0, name)
    assert [(option.otype, message.payload) for option in message.options] == [(12, 1232)]


def test_a_query_is_the_one_dnspython_makes() -> None:
    for edns in (True, False):
        ours = build_query(NAME, dns.rdatatype.MX, edns=edns)
        theirs = dns.message.make_query(NAME, "MX", flags=dns.flags.RD | dns.flags.AD, id=ours.ident)
        theirs.use_edns(0 if edns else None, payload=1232)
        assert ours.wire == theirs.to_wire()
