"""The tests' own server, asked by dnspython itself."""

import dns.flags
import dns.message
import dns.query
import dns.rcode
import pytest

from tests.support.nameserver import NameServer


def ask(server: NameServer, name: str, rtype: str = "TXT", *, tcp: bool = False) -> dns.message.Message:
    query = dns.message.make_query(name, rtype)
    over = dns.query.tcp if tcp else dns.query.udp
    return over(query, server.host, port=server.port, timeout=5)


def test_it_knows_no_name_from_no_data() -> None:
    with NameServer({"a.b.example": {"A": ["192.0.2.1"]}}) as server:
        assert ask(server, "a.b.example").rcode() == dns.rcode.NOERROR
        assert ask(server, "b.example").rcode() == dns.rcode.NOERROR
        assert ask(server, "c.example").rcode() == dns.rcode.NXDOMAIN


def test_it_truncates_by_itself_what_is_too_large() -> None:
    with NameServer({"a.example": {"TXT": ["x" * 600]}}) as server:
        short = ask(server, "a.example")
        assert short.flags & dns.flags.TC
        assert short.answer == []
        assert len(ask(server, "a.example", tcp=True).answer) == 1


def test_it_logs_what_it_was_asked() -> None:
    with NameServer({}) as server:
        ask(server, "A.example", "MX")
        ask(server, "a.example", tcp=True)
        assert [(entry.name, entry.rtype, entry.transport) for entry in server.log] == [
            ("a.example", "MX", "udp"),
            ("a.example", "TXT", "tcp"),
        ]
        assert (server.asked("a.example"), server.asked("a.example", "TXT"), server.asked("b.example")) == (2, 1, 0)


def test_a_mistake_in_the_zone_fails_the_test() -> None:
    server = NameServer({"a.example": {"A": ["no address"]}})
    with pytest.raises(dns.exception.Timeout):
        dns.query.udp(dns.message.make_query("a.example", "A"), server.host, port=server.port, timeout=0.3)
    with pytest.raises(dns.exception.DNSException):
        server.close()
