"""DNS over HTTPS (RFC 8484) against a real resolver on loopback."""

import gc
import socket
import struct
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import dns.flags
import dns.message
import pytest

from headerlens.dns.doh import parse_doh
from headerlens.dns.live import LiveOptions, live_lookup
from headerlens.model.dns import Answer, Failure, Outcome, Question
from headerlens.model.limits import MAX_DOH_CONNECTIONS, MAX_DOH_OCTETS
from tests.support.dohserver import DohServer, Manners

Start = Callable[..., DohServer]
ZONE = {"example.com": {"TXT": [["v=spf1 ", "-all"], "other"], "MX": ["10 mx.example.com"]}}
TXT = Question("example.com", "TXT")


def ask(server: DohServer, name: str = "example.com", rtype: str = "TXT", **options: Any) -> Answer:
    return server.lookup(**options)(Question(name, rtype))


# The address


@pytest.mark.parametrize(
    ("text", "host", "port", "target"),
    [
        ("https://dns.example/dns-query", "dns.example", 443, "/dns-query"),
        (" https://dns.example/dns-query{?dns} ", "dns.example", 443, "/dns-query"),
        ("https://DNS.example.:8443", "dns.example", 8443, "/"),
        ("https://192.0.2.53/q?profile=a", "192.0.2.53", 443, "/q?profile=a"),
        ("https://[2001:db8::53]/q", "2001:db8::53", 443, "/q"),
        ("http://127.0.0.1:8053/q", "127.0.0.1", 8053, "/q"),
        ("http://localhost/q", "localhost", 80, "/q"),
    ],
)
def test_the_address_of_a_resolver_is_read(text: str, host: str, port: int, target: str) -> None:
    url = parse_doh(text)
    assert url is not None
    assert (url.host, url.port, url.target) == (host, port, target)
    assert parse_doh(str(url)) == url


@pytest.mark.parametrize(
    "text",
    [
        "",
        "dns.example",
        "http://dns.example/dns-query",
        "http://192.0.2.1/",
        "ftp://dns.example/",
        "https://",
        "https:///dns-query",
        "https://user@dns.example/",
        "https://user:word@dns.example/",
        "https://dns.example/#part",
        "https://dns.example:0/",
        "https://dns.example:99999/",
        "https://dns.example:port/",
        "https://dns example/",
        "https://dns.example/a b",
        "https://dns.example/a\r\nX-Evil: 1",
        "https://dns..example/",
        "https://-dns.example/",
        "https://例え.example/",
        "https://[::1/",
        "https://[fe80::1%25eth0]x/",
        "https://dns.example/" + "x" * 3000,
    ],
)
def test_what_is_no_safe_address_is_refused_and_asks_nobody(text: str) -> None:
    assert parse_doh(text) is None
    assert live_lookup(LiveOptions(doh=text))(TXT).failure is Failure.UNREACHABLE


# What a question can come to


def test_answers_are_the_same_as_over_udp(dohserver: Start) -> None:
    server = dohserver(ZONE, ttl=77)
    over_https, over_udp = server.lookup(), server.dns.lookup()
    for question in (TXT, Question("example.com", "MX"), Question("nope.example", "A"), Question("example.com", "A")):
        answer = over_https(question)
        assert answer == over_udp(question)
        assert (answer.ttl, answer.server) == (over_udp(question).ttl, server.url)
        assert answer.milliseconds is not None


def test_aliases_are_followed(dohserver: Start) -> None:
    zone = {"a.example": {"CNAME": ["b.example"]}, "b.example": {"TXT": ["here"]}}
    answer = ask(dohserver(zone, chase=False), "a.example")
    assert (answer.texts, answer.aliases) == ((b"here",), ("b.example",))


def test_an_answer_of_60_kilobytes_fits(dohserver: Start) -> None:
    zone = {"big.example": {"TXT": [["x" * 250] * 240]}}
    assert len(ask(dohserver(zone), "big.example").texts[0]) == 60_000


def test_plain_http_serves_on_loopback(dohserver: Start) -> None:
    assert ask(dohserver(ZONE, tls=False)).outcome is Outcome.FOUND


@pytest.mark.parametrize("manners", [Manners(chunked=True), Manners(polite=True), Manners(hang_up=True)])
def test_every_way_to_end_a_response_is_understood(dohserver: Start, manners: Manners) -> None:
    lookup = dohserver(ZONE, manners).lookup()
    assert [lookup(TXT).outcome for _ in range(3)] == [Outcome.FOUND] * 3


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        ("servfail", Failure.SERVFAIL),
        ("refused", Failure.REFUSED),
        ("formerr", Failure.BAD_ANSWER),
        ("badanswer", Failure.BAD_ANSWER),
        ("garbage", Failure.BAD_ANSWER),
        ("wrongid", Failure.BAD_ANSWER),
        ("wrongquestion", Failure.BAD_ANSWER),
        ("timeout", Failure.TIMEOUT),
    ],
)
def test_what_dns_does_wrong_stays_apart(dohserver: Start, error: str, failure: Failure) -> None:
    seconds = 0.4 if failure is Failure.TIMEOUT else 10
    answer = ask(dohserver({"example.com": {"TXT": {"error": error}}}), timeout=seconds)
    assert (answer.outcome, answer.failure, answer.records) == (Outcome.FAILED, failure, ())


def test_a_resolver_without_edns_is_asked_without(dohserver: Start) -> None:
    server = dohserver({"example.com": {"TXT": {"error": "noedns"}}})
    assert ask(server).outcome is Outcome.NO_DATA
    assert [entry.edns for entry in server.dns.log] == [True, False]


@pytest.mark.parametrize(
    ("manners", "failure"),
    [
        (Manners(status=302, fields=(("Location", "https://127.0.0.1:1/"),)), Failure.BAD_ANSWER),
        (Manners(status=400), Failure.BAD_ANSWER),
        (Manners(status=404), Failure.BAD_ANSWER),
        (Manners(status=415), Failure.BAD_ANSWER),
        (Manners(status=403), Failure.REFUSED),
        (Manners(status=429), Failure.REFUSED),
        (Manners(status=500), Failure.UNREACHABLE),
        (Manners(status=503), Failure.UNREACHABLE),
        (Manners(media_type="text/html"), Failure.BAD_ANSWER),
        (Manners(media_type="application/dns-json"), Failure.BAD_ANSWER),
        (Manners(media_type=None), Failure.BAD_ANSWER),
        (Manners(fields=(("Content-Encoding", "gzip"),)), Failure.BAD_ANSWER),
        (Manners(body=b""), Failure.BAD_ANSWER),
        (Manners(body=b"\0\0"), Failure.BAD_ANSWER),
        (Manners(body=b"x" * 70_000), Failure.BAD_ANSWER),
        (Manners(body=b"x" * 70_000, chunked=True), Failure.BAD_ANSWER),
        (Manners(body=b"x" * 50, announced=60), Failure.BAD_ANSWER),
        (Manners(body=b"", announced=10**18), Failure.BAD_ANSWER),
        (Manners(raw=b"no HTTP at all\r\n\r\n"), Failure.BAD_ANSWER),
        (Manners(raw=b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n"), Failure.BAD_ANSWER),
        (Manners(raw=b"HTTP/1.1 200 OK\r\nA: " + b"b" * 70_000 + b"\r\n\r\n"), Failure.BAD_ANSWER),
        (
            Manners(
                raw=b"HTTP/1.1 200 OK\r\nContent-Type: application/dns-message\r\n"
                b"Transfer-Encoding: chunked\r\n\r\nzz\r\n"
            ),
            Failure.BAD_ANSWER,
        ),
        (Manners(raw=b"HTTP/1.1 100 Continue\r\n\r\n" * (MAX_DOH_OCTETS // 20)), Failure.UNREACHABLE),
        (Manners(raw=b""), Failure.UNREACHABLE),
    ],
    ids=lambda value: "" if isinstance(value, Failure) else f"{value.status} {str(value.raw)[:30]}",
)
def test_what_http_does_wrong_is_an_answer(dohserver: Start, manners: Manners, failure: Failure) -> None:
    server = dohserver(ZONE, manners)
    answer = ask(server, timeout=10)
    assert (answer.outcome, answer.failure) == (Outcome.FAILED, failure)
    assert len(server.requests) == 1, "neither followed nor repeated"


def test_a_cut_answer_is_a_bad_one(dohserver: Start) -> None:
    query = dns.message.make_query("example.com.", "TXT", id=0)
    reply = dns.message.make_response(query)
    reply.flags |= dns.flags.TC
    assert ask(dohserver(ZONE, Manners(body=reply.to_wire()))).failure is Failure.BAD_ANSWER


def test_nobody_listening_is_unreachable(dohserver: Start) -> None:
    server = dohserver(ZONE)
    server.close()
    assert ask(server).failure is Failure.UNREACHABLE


# Whom we trust


def test_a_certificate_of_nobody_we_trust_is_refused(dohserver: Start) -> None:
    server = dohserver(ZONE)
    assert live_lookup(LiveOptions(doh=server.url))(TXT).failure is Failure.UNREACHABLE
    assert server.requests == ()


def test_a_certificate_of_another_host_is_refused(dohserver: Start) -> None:
    server = dohserver(ZONE, names=("dns.example",))
    assert ask(server).failure is Failure.UNREACHABLE
    assert server.requests == ()


def test_no_tls_where_https_is_meant_is_unreachable(dohserver: Start) -> None:
    server = dohserver(ZONE, tls=False)
    assert ask(server, url=server.url.replace("http:", "https:")).failure is Failure.UNREACHABLE
    assert server.requests == ()


def test_a_missing_file_of_certificates_is_unreachable(dohserver: Start) -> None:
    server = dohserver(ZONE)
    lookup = live_lookup(LiveOptions(doh=server.url, ca_file="/nonexistent.pem"))
    assert lookup(TXT).failure is Failure.UNREACHABLE


# What a request tells


def test_a_request_tells_nothing_but_the_question(dohserver: Start) -> None:
    server = dohserver(ZONE)
    ask(server)
    request = server.requests[0]
    assert (request.method, request.target) == ("POST", "/dns-query")
    assert dict(request.fields) == {
        "Host": f"127.0.0.1:{server.port}",
        "Accept": "application/dns-message",
        "Content-Type": "application/dns-message",
        "Content-Length": str(len(request.body)),
    }


def test_the_id_is_zero_and_the_length_says_nothing(dohserver: Start) -> None:
    server = dohserver(ZONE)
    lookup = server.lookup()
    for name in ("a.example", "example.com", "x" * 60 + ".example.com"):
        lookup(Question(name, "TXT"))
    assert {request.body[:2] for request in server.requests} == {b"\0\0"}
    assert {len(request.body) for request in server.requests} == {128}


def test_cookies_are_not_sent_back(dohserver: Start) -> None:
    server = dohserver(ZONE, Manners(fields=(("Set-Cookie", "who=you"),)))
    lookup = server.lookup()
    assert lookup(TXT).outcome is lookup(TXT).outcome is Outcome.FOUND
    assert all("cookie" not in name.lower() for request in server.requests for name, _ in request.fields)


def test_proxies_of_the_environment_are_not_used(dohserver: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    assert ask(dohserver(ZONE)).outcome is Outcome.FOUND


def test_nothing_is_asked_in_the_clear(dohserver: Start) -> None:
    server = dohserver(ZONE)
    options = LiveOptions(servers=(server.dns.address,), doh=server.url, ca_file=server.ca_file)
    live_lookup(options)(TXT)
    assert {entry.transport for entry in server.dns.log} == {"https"}


# The resolver's own name


def test_the_system_is_asked_once_for_the_name_without_its_search_list(
    dohserver: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    server = dohserver(ZONE, names=("dns.example",))
    real, asked = socket.getaddrinfo, []

    def getaddrinfo(host: str, *rest: Any, **named: Any) -> Any:
        if not host.startswith("dns.example"):
            return real(host, *rest, **named)
        asked.append(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port))]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    lookup = server.lookup(url=f"https://dns.example:{server.port}/q")
    assert [lookup(TXT).outcome for _ in range(3)] == [Outcome.FOUND] * 3
    assert asked == ["dns.example."]


def test_a_dead_address_of_the_name_is_passed_over(dohserver: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    server = dohserver(ZONE, names=("dns.example",))
    real = socket.getaddrinfo

    def getaddrinfo(host: str, *rest: Any, **named: Any) -> Any:
        if not host.startswith("dns.example"):
            return real(host, *rest, **named)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, server.port)) for ip in ("127.0.0.9", "127.0.0.1")]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert ask(server, url=f"https://dns.example:{server.port}/q").outcome is Outcome.FOUND


def test_a_name_without_an_address_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def getaddrinfo(*_: Any, **__: Any) -> Any:
        raise socket.gaierror

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    assert live_lookup(LiveOptions(doh="https://dns.example/q"))(TXT).failure is Failure.UNREACHABLE


def test_a_slow_system_does_not_hold_a_question_longer_than_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    release = threading.Event()

    def getaddrinfo(*_: Any, **__: Any) -> Any:
        release.wait(10)
        return []

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    started = time.monotonic()
    answer = live_lookup(LiveOptions(doh="https://dns.example/q", timeout=0.3))(TXT)
    release.set()
    assert answer.failure is Failure.TIMEOUT
    assert time.monotonic() - started < 2


# Time


@pytest.mark.parametrize("manners", [Manners(mute=True), Manners(drip=0.1)], ids=["mute", "drip"])
def test_a_question_ends_with_its_time_whatever_trickles_in(dohserver: Start, manners: Manners) -> None:
    server = dohserver(ZONE, manners)
    started = time.monotonic()
    assert ask(server, timeout=0.5).failure is Failure.TIMEOUT
    assert time.monotonic() - started < 2


@pytest.mark.parametrize("manners", [Manners(mute=True), Manners(drip=0.1)], ids=["mute", "drip"])
def test_cancelled_a_question_ends_at_once(dohserver: Start, manners: Manners) -> None:
    server, stop = dohserver(ZONE, manners), threading.Event()
    lookup = server.lookup(timeout=30, deadline=30, cancelled=stop.is_set)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lookup, TXT)
        while not server.requests:
            time.sleep(0.01)
        stop.set()
        started = time.monotonic()
        assert waiting.result().failure is Failure.CANCELLED
    assert time.monotonic() - started < 1


def test_a_silent_handshake_ends_with_the_time() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://127.0.0.1:{listener.getsockname()[1]}/"
        started = time.monotonic()
        assert live_lookup(LiveOptions(doh=url, timeout=0.4))(TXT).failure is Failure.TIMEOUT
    assert time.monotonic() - started < 2


def test_the_deadline_ends_all_questions(dohserver: Start) -> None:
    lookup = dohserver(ZONE, Manners(mute=True)).lookup(timeout=10, deadline=0.4)
    started = time.monotonic()
    assert [lookup(TXT).failure for _ in range(3)] == [Failure.TIMEOUT] * 3
    assert time.monotonic() - started < 3


# Connections


def test_a_connection_serves_many_questions(dohserver: Start) -> None:
    server = dohserver(ZONE)
    lookup = server.lookup()
    for at in range(5):
        lookup(Question(f"n{at}.example", "TXT"))
    assert server.connections == 1


def test_many_questions_at_once_share_a_few_connections(dohserver: Start) -> None:
    server = dohserver(ZONE, delay=0.02)
    lookup = server.lookup(timeout=20)
    with ThreadPoolExecutor(40) as pool:
        answers = list(pool.map(lookup, [Question(f"n{at}.example", "TXT") for at in range(60)]))
    assert {answer.outcome for answer in answers} == {Outcome.NO_NAME}
    assert 1 < server.connections <= MAX_DOH_CONNECTIONS


def test_a_connection_closed_meanwhile_is_opened_again(dohserver: Start) -> None:
    server = dohserver(ZONE)
    lookup = server.lookup()
    assert lookup(TXT).outcome is Outcome.FOUND
    server.hang_up()
    time.sleep(0.05)
    assert lookup(TXT).outcome is Outcome.FOUND
    assert server.connections == 2


def test_a_failed_question_leaves_no_stale_answer_behind(dohserver: Start) -> None:
    """With id 0 a late answer would fit the next question of the same name; so its connection must be gone."""
    server = dohserver(ZONE, delays={"slow.example": 0.6})
    lookup = server.lookup(timeout=0.3)
    assert lookup(Question("slow.example", "TXT")).failure is Failure.TIMEOUT
    assert lookup(TXT).texts == (b"v=spf1 -all", b"other")
    assert server.connections == 2


def test_connections_end_with_the_lookup(dohserver: Start) -> None:
    server = dohserver(ZONE)
    lookup = server.lookup()
    lookup(TXT)
    connection = server._state.connections[0]
    del lookup
    gc.collect()
    until = time.monotonic() + 5
    while connection.fileno() != -1:
        assert time.monotonic() < until, "the resolver still holds the connection"
        time.sleep(0.01)


def test_a_reset_in_the_middle_is_an_answer() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def reset() -> None:
            connection, _ = listener.accept()
            connection.recv(10)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            connection.close()

        thread = threading.Thread(target=reset)
        thread.start()
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        assert live_lookup(LiveOptions(doh=url))(TXT).failure is Failure.UNREACHABLE
        thread.join()
