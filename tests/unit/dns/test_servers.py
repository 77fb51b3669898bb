import dns.resolver
import pytest

from headerlens.dns.servers import Server, ServerList, numeric, parse_server, system_servers


@pytest.mark.parametrize(
    ("text", "server"),
    [
        ("192.0.2.53", Server("192.0.2.53")),
        ("192.0.2.53:5353", Server("192.0.2.53", 5353)),
        ("2001:db8::53", Server("2001:db8::53")),
        ("[2001:db8::53]", Server("2001:db8::53")),
        ("[2001:db8::53]:5353", Server("2001:db8::53", 5353)),
        (" dns.example ", Server("dns.example")),
        ("dns.example:54", Server("dns.example", 54)),
    ],
)
def test_a_server_is_read_as_people_write_it(text: str, server: Server) -> None:
    assert parse_server(text) == server
    assert parse_server(str(server)) == server


@pytest.mark.parametrize(
    "text",
    [
        "",
        ":53",
        "192.0.2.53:",
        "192.0.2.53:0",
        "192.0.2.53:65536",
        "192.0.2.53:x",
        "192.0.2.53:\u0665\u0663",
        "[2001:db8::53",
        "[2001:db8::53]x",
        "[dns.example]:53",
        "a b",
        "https://dns.example/dns-query",
        "dns.example:" + "9" * 5000,
    ],
)
def test_what_is_no_server_is_none(text: str) -> None:
    assert parse_server(text) is None


def test_the_systems_servers_keep_their_port(monkeypatch: pytest.MonkeyPatch) -> None:
    system = dns.resolver.Resolver(configure=False)
    system.nameservers, system.port = ["192.0.2.1", "2001:db8::1"], 5300
    system.nameserver_ports = {"2001:db8::1": 5353}
    monkeypatch.setattr(dns.resolver, "Resolver", lambda **_: system)
    assert system_servers() == (Server("192.0.2.1", 5300), Server("2001:db8::1", 5353))


@pytest.mark.parametrize("error", [dns.resolver.NoResolverConfiguration, OSError, ValueError])
def test_a_system_without_servers_has_none(monkeypatch: pytest.MonkeyPatch, error: type[Exception]) -> None:
    def fail(**_: object) -> None:
        raise error

    monkeypatch.setattr(dns.resolver, "Resolver", fail)
    assert system_servers() == ()


def test_localhost_is_known_without_dns() -> None:
    assert numeric(Server("LocalHost", 5353)) == Server("127.0.0.1", 5353)
    assert numeric(Server("192.0.2.53")) == Server("192.0.2.53")


def test_silent_servers_go_to_the_end_until_they_answer() -> None:
    first, second, third = (Server(f"192.0.2.{at}") for at in (1, 2, 3))
    servers = ServerList([first, second, third, first])
    assert servers.in_order() == (first, second, third)
    servers.silent(first)
    assert servers.in_order() == (second, third, first)
    servers.silent(second)
    servers.silent(second)
    assert servers.in_order() == (third, first, second)
    servers.answered(second)
    assert servers.in_order() == (second, third, first)
