import socket
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import dns.name
import dns.resolver
import pytest

from headerlens.dns.live import LiveOptions, live_lookup, offline_lookup
from headerlens.model.dns import Answer, Failure, Lookup, Outcome, Question
from headerlens.model.limits import MAX_ALIASES
from tests.support.nameserver import NameServer

Start = Callable[..., NameServer]


def ask(server: NameServer, name: str, rtype: str = "TXT", **options: float) -> Answer:
    return server.lookup(**options)(Question(name, rtype))  # type: ignore[arg-type]


def over(*servers: NameServer, timeout: float = 5.0, deadline: float = 20.0) -> Lookup:
    return live_lookup(LiveOptions(tuple(server.address for server in servers), timeout, deadline))


# What a question can come to


def test_a_record_is_found_with_its_strings_apart(nameserver: Start) -> None:
    server = nameserver({"example.com": {"TXT": [["v=spf1 ", "-all"], "other"]}}, ttl=77)
    answer = ask(server, "example.com")
    assert answer.outcome is Outcome.FOUND
    assert answer.records == ((b"v=spf1 ", b"-all"), (b"other",))
    assert answer.texts == (b"v=spf1 -all", b"other")
    assert (answer.ttl, answer.server, answer.secure, answer.failure) == (77, server.address, False, None)
    assert answer.milliseconds is not None
    assert answer.milliseconds > 0


@pytest.mark.parametrize(
    ("rtype", "published", "expected"),
    [
        ("A", "192.0.2.1", b"192.0.2.1"),
        ("AAAA", "2001:DB8:0::1", b"2001:db8::1"),
        ("MX", "10 MX1.Example.com", b"10 mx1.example.com"),
        ("MX", "0 .", b"0 ."),
        ("PTR", "Host.Example.com", b"host.example.com"),
        ("CNAME", "other.example.com", b"other.example.com"),
        ("NS", "ns.example.com", b"ns.example.com"),
    ],
)
def test_other_types_come_in_presentation_form(nameserver: Start, rtype: str, published: str, expected: bytes) -> None:
    server = nameserver({"example.com": {rtype: [published]}})
    assert ask(server, "example.com", rtype).records == ((expected,),)


def test_no_such_name_is_not_no_such_type(nameserver: Start) -> None:
    server = nameserver({"example.com": {"A": ["192.0.2.1"]}, "s._domainkey.example.com": {"TXT": []}})
    assert ask(server, "nope.example.com").outcome is Outcome.NO_NAME
    assert ask(server, "example.com").outcome is Outcome.NO_DATA
    assert ask(server, "s._domainkey.example.com").outcome is Outcome.NO_DATA
    assert ask(server, "_domainkey.example.com").outcome is Outcome.NO_DATA, "an empty non-terminal exists"


def test_a_no_is_valid_as_long_as_the_soa_says(nameserver: Start) -> None:
    assert ask(nameserver({}), "nope.example").ttl == 60


@pytest.mark.parametrize(
    ("error", "failure"),
    [
        ("servfail", Failure.SERVFAIL),
        ("refused", Failure.REFUSED),
        ("formerr", Failure.BAD_ANSWER),
        ("badanswer", Failure.BAD_ANSWER),
        ("timeout", Failure.TIMEOUT),
        ("wrongid", Failure.TIMEOUT),
        ("wrongquestion", Failure.TIMEOUT),
    ],
)
def test_every_way_to_fail_stays_apart(nameserver: Start, error: str, failure: Failure) -> None:
    seconds = 0.4 if failure is Failure.TIMEOUT else 10
    answer = ask(nameserver({"example.com": {"TXT": {"error": error}}}), "example.com", timeout=seconds)
    assert (answer.outcome, answer.failure, answer.records) == (Outcome.FAILED, failure, ())


@pytest.mark.parametrize(
    "name",
    [
        "",
        ".",
        "a..b.example",
        ".example",
        "x" * 64 + ".example",
        ".".join(["x" * 49] * 6),
        "例え.example",
        "\udce9.example",
    ],
)
def test_what_is_no_name_is_never_sent(nameserver: Start, name: str) -> None:
    server = nameserver({})
    assert ask(server, name).failure is Failure.BAD_NAME
    assert server.log == ()


@pytest.mark.parametrize("rtype", ["", "NONSENSE", "ANY", "AXFR", "TYPE99999"])
def test_what_is_no_type_is_never_sent(nameserver: Start, rtype: str) -> None:
    server = nameserver({})
    assert ask(server, "example.com", rtype).outcome is Outcome.FAILED
    assert server.log == ()


def test_any_octet_of_a_label_may_be_asked_for(nameserver: Start) -> None:
    """Macros of SPF bring local parts into names."""
    server = nameserver({})
    assert ask(server, "a\\b @(x)\t.example.com").outcome is Outcome.NO_NAME


def test_nobody_listening_is_unreachable(nameserver: Start) -> None:
    server = nameserver({})
    server.close()
    assert ask(server, "example.com").failure is Failure.UNREACHABLE


def test_no_server_at_all_is_unreachable(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(**_: object) -> None:
        raise dns.resolver.NoResolverConfiguration

    monkeypatch.setattr(dns.resolver, "Resolver", none)
    assert live_lookup(LiveOptions())(Question("example.com", "TXT")).failure is Failure.UNREACHABLE


def test_servers_that_are_none_are_not_asked() -> None:
    lookup = live_lookup(LiveOptions(servers=("not a server", "[::1", "127.0.0.1:99999")))
    assert lookup(Question("example.com", "TXT")).failure is Failure.UNREACHABLE


def test_a_lookup_meant_for_https_asks_nobody_in_the_clear(nameserver: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror

    server = nameserver({})
    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    lookup = live_lookup(LiveOptions(servers=(server.address,), doh="https://dns.example/dns-query"))
    assert lookup(Question("example.com", "TXT")).failure is Failure.UNREACHABLE
    assert server.log == ()


def test_offline_nobody_is_asked() -> None:
    assert offline_lookup()(Question("example.com", "TXT")).failure is Failure.OFFLINE


# Robustness of a single exchange


def test_forged_answers_before_the_true_one_are_ignored(nameserver: Start) -> None:
    answer = ask(nameserver({"example.com": {"TXT": {"error": "spoofed"}}}), "example.com")
    assert answer.outcome is Outcome.NO_DATA
    assert answer.records == ()


@pytest.mark.parametrize("empty", [[], [""]])
def test_an_empty_txt_record_does_not_spoil_the_others(nameserver: Start, empty: list[str]) -> None:
    """RFC 7208 3.3, the case null-text of its test suite."""
    server = nameserver({"example.com": {"TXT": ["v=spf1 -all", empty]}})
    assert sorted(ask(server, "example.com").texts) == [b"", b"v=spf1 -all"]


def test_a_txt_record_whose_string_is_cut_off_is_a_bad_answer(nameserver: Start) -> None:
    server = nameserver({"example.com": {"TXT": [{"raw": "0561"}]}})
    assert ask(server, "example.com").failure is Failure.BAD_ANSWER


def test_octets_above_ascii_come_as_they_are(nameserver: Start) -> None:
    server = nameserver({"example.com": {"TXT": ["caf\xe9 \x00\xff"]}})
    assert ask(server, "example.com").texts == (b"caf\xe9 \x00\xff",)


def test_a_truncated_answer_is_asked_for_over_tcp(nameserver: Start) -> None:
    server = nameserver({"example.com": {"TXT": ["v=spf1 -all"]}}, truncate=True)
    assert ask(server, "example.com").texts == (b"v=spf1 -all",)
    assert [entry.transport for entry in server.log] == ["udp", "tcp"]


def test_a_large_record_arrives_whole(nameserver: Start) -> None:
    text = "x" * 48_000
    server = nameserver({"example.com": {"TXT": [text]}})
    assert ask(server, "example.com").texts == (text.encode(),)
    assert server.asked("example.com", "TXT", "tcp") == 1


def test_one_over_512_octets_needs_no_tcp(nameserver: Start) -> None:
    server = nameserver({"example.com": {"TXT": ["x" * 900]}})
    assert ask(server, "example.com").outcome is Outcome.FOUND
    assert server.asked("example.com", "TXT", "tcp") == 0


def test_truncated_and_no_tcp_is_unreachable(nameserver: Start) -> None:
    server = nameserver({"example.com": {"TXT": ["x"]}}, truncate=True, tcp=False)
    assert ask(server, "example.com").failure is Failure.UNREACHABLE


def test_a_server_without_edns_is_asked_without(nameserver: Start) -> None:
    server = nameserver({"example.com": {"TXT": {"error": "noedns"}}})
    assert ask(server, "example.com").outcome is Outcome.NO_DATA
    assert [entry.edns for entry in server.log] == [True, False]


def test_a_lost_datagram_is_sent_again(nameserver: Start) -> None:
    server = nameserver({"example.com": {"TXT": ["x"]}}, silent=True)
    assert ask(server, "example.com", timeout=0.3).failure is Failure.TIMEOUT
    server.wait_for(2)
    assert server.asked("example.com", "TXT") == 2


def test_ad_says_that_the_answer_was_validated(nameserver: Start) -> None:
    assert ask(nameserver({"example.com": {"TXT": ["x"]}}, secure=True), "example.com").secure is True


def test_ipv6_servers_are_asked(nameserver: Start) -> None:
    try:
        server = nameserver({"example.com": {"TXT": ["x"]}}, host="::1")
    except OSError:
        pytest.skip("no IPv6 loopback here")
    assert ask(server, "example.com").server == server.address


def test_a_server_may_be_given_by_name(nameserver: Start) -> None:
    server = nameserver({"example.com": {"TXT": ["x"]}})
    lookup = live_lookup(LiveOptions(servers=(f"localhost:{server.port}",)))
    assert lookup(Question("example.com", "TXT")).outcome is Outcome.FOUND


# Names


def test_the_search_list_of_the_system_is_never_used(nameserver: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    server = nameserver({"nope.example.corp.test": {"TXT": ["v=spf1 +all"]}})
    system = dns.resolver.Resolver(configure=False)
    system.nameservers, system.port = ["127.0.0.1"], server.port
    system.search = [dns.name.from_text("corp.test")]
    monkeypatch.setattr(dns.resolver, "Resolver", lambda **_: system)
    lookup = live_lookup(LiveOptions())
    for name in ("nope.example", "nope"):
        assert lookup(Question(name, "TXT")).outcome is Outcome.NO_NAME
    assert server.names == (("nope.example", "TXT"), ("nope", "TXT"))


# Aliases


def test_aliases_inside_an_answer_are_followed(nameserver: Start) -> None:
    server = nameserver(
        {"a.example": {"CNAME": ["b.example"]}, "b.example": {"CNAME": ["C.example"]}, "c.example": {"TXT": ["x"]}}
    )
    answer = ask(server, "a.example")
    assert (answer.texts, answer.aliases) == ((b"x",), ("b.example", "c.example"))
    assert server.names == (("a.example", "TXT"),)


def test_aliases_are_followed_by_further_questions(nameserver: Start) -> None:
    server = nameserver(
        {"a.example": {"CNAME": ["b.example"]}, "b.example": {"CNAME": ["c.example"]}, "c.example": {"TXT": ["x"]}},
        chase=False,
    )
    answer = ask(server, "a.example")
    assert (answer.texts, answer.aliases) == ((b"x",), ("b.example", "c.example"))
    assert server.names == (("a.example", "TXT"), ("b.example", "TXT"), ("c.example", "TXT"))


@pytest.mark.parametrize("chase", [True, False])
def test_an_alias_to_nowhere_is_no_name_with_its_aliases(nameserver: Start, chase: bool) -> None:
    server = nameserver({"a.example": {"CNAME": ["b.example"]}}, chase=chase)
    answer = ask(server, "a.example")
    assert (answer.outcome, answer.aliases) == (Outcome.NO_NAME, ("b.example",))


@pytest.mark.parametrize("chase", [True, False])
def test_an_alias_to_a_name_without_the_type_is_no_data(nameserver: Start, chase: bool) -> None:
    server = nameserver({"a.example": {"CNAME": ["b.example"]}, "b.example": {"A": ["192.0.2.1"]}}, chase=chase)
    answer = ask(server, "a.example")
    assert (answer.outcome, answer.aliases) == (Outcome.NO_DATA, ("b.example",))


@pytest.mark.parametrize("chase", [True, False])
def test_aliases_in_a_circle_end_as_a_failure(nameserver: Start, chase: bool) -> None:
    server = nameserver({"a.example": {"CNAME": ["b.example"]}, "b.example": {"CNAME": ["a.example"]}}, chase=chase)
    answer = ask(server, "a.example")
    assert (answer.failure, answer.aliases) == (Failure.ALIAS_LOOP, ("b.example",))
    assert len(server.log) <= 2


@pytest.mark.parametrize("chase", [True, False])
def test_an_alias_of_itself_ends_as_a_failure(nameserver: Start, chase: bool) -> None:
    server = nameserver({"a.example": {"CNAME": ["a.example"]}}, chase=chase)
    assert ask(server, "a.example").failure is Failure.ALIAS_LOOP


@pytest.mark.parametrize("chase", [True, False])
@pytest.mark.parametrize("links", [MAX_ALIASES, MAX_ALIASES + 1])
def test_only_so_many_aliases_are_followed(nameserver: Start, chase: bool, links: int) -> None:
    zone: dict[str, object] = {f"n{at}.example": {"CNAME": [f"n{at + 1}.example"]} for at in range(links)}
    server = nameserver({**zone, f"n{links}.example": {"TXT": ["x"]}}, chase=chase)
    answer = ask(server, "n0.example")
    assert len(answer.aliases) == MAX_ALIASES
    assert answer.failure is (None if links == MAX_ALIASES else Failure.ALIAS_LOOP)


def test_a_failure_behind_an_alias_keeps_the_alias(nameserver: Start) -> None:
    server = nameserver(
        {"a.example": {"CNAME": ["b.example"]}, "b.example": {"TXT": {"error": "refused"}}}, chase=False
    )
    answer = ask(server, "a.example")
    assert (answer.failure, answer.aliases) == (Failure.REFUSED, ("b.example",))


def test_asked_for_the_alias_itself_it_is_not_followed(nameserver: Start) -> None:
    server = nameserver({"a.example": {"CNAME": ["b.example"]}, "b.example": {"CNAME": ["c.example"]}})
    answer = ask(server, "a.example", "CNAME")
    assert (answer.texts, answer.aliases) == ((b"b.example",), ())


# Several servers


@pytest.mark.parametrize("error", ["servfail", "refused", "timeout", "badanswer"])
def test_where_one_server_fails_the_next_is_asked(nameserver: Start, error: str) -> None:
    broken, sound = nameserver({}, errors={"example.com": error}), nameserver({"example.com": {"TXT": ["x"]}})
    answer = over(broken, sound, timeout=3.0)(Question("example.com", "TXT"))
    assert (answer.texts, answer.server) == ((b"x",), sound.address)
    assert broken.asked("example.com") >= 1


def test_a_no_of_the_first_server_counts(nameserver: Start) -> None:
    first, second = nameserver({}), nameserver({"example.com": {"TXT": ["x"]}})
    assert over(first, second)(Question("example.com", "TXT")).outcome is Outcome.NO_NAME
    assert second.log == ()


def test_the_most_telling_failure_is_reported(nameserver: Start) -> None:
    servers = [nameserver({}, errors={"example.com": error}) for error in ("servfail", "timeout", "refused")]
    assert over(*servers, timeout=3)(Question("example.com", "TXT")).failure is Failure.SERVFAIL


def test_a_silent_server_is_asked_last_from_then_on(nameserver: Start) -> None:
    silent, sound = nameserver({}, silent=True), nameserver({})
    lookup = over(silent, sound, timeout=2)
    for name in ("a.example", "b.example", "c.example"):
        assert lookup(Question(name, "TXT")).outcome is Outcome.NO_NAME
    assert {name for name, _ in silent.names} == {"a.example"}


# Time


def test_all_questions_share_one_deadline(nameserver: Start) -> None:
    server = nameserver({}, silent=True)
    lookup = over(server, timeout=60, deadline=0.4)
    started = time.monotonic()
    failures = {lookup(Question(f"n{at}.example", "TXT")).failure for at in range(30)}
    assert failures == {Failure.TIMEOUT}
    assert time.monotonic() - started < 10
    assert {name for name, _ in server.names} == {"n0.example"}, "after the deadline nothing is sent"


def test_a_slow_tcp_answer_ends_with_the_timeout(nameserver: Start) -> None:
    server = nameserver({"example.com": {"TXT": ["x"]}}, truncate=True)
    server.delays["example.com"] = 0.5
    started = time.monotonic()
    assert ask(server, "example.com", timeout=0.8).failure is Failure.TIMEOUT
    assert time.monotonic() - started < 10


def test_cancelling_ends_a_question_under_way(nameserver: Start) -> None:
    server, stop = nameserver({}, silent=True), threading.Event()
    lookup = server.lookup(timeout=60, deadline=60, cancelled=stop.is_set)
    with ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(lookup, Question("example.com", "TXT"))
        server.wait_for(1)
        stop.set()
        assert waiting.result(timeout=10).failure is Failure.CANCELLED


def test_once_cancelled_nothing_is_sent(nameserver: Start) -> None:
    server = nameserver({})
    assert server.lookup(cancelled=lambda: True)(Question("example.com", "TXT")).failure is Failure.CANCELLED
    assert server.log == ()


def test_many_threads_may_ask_at_once(nameserver: Start) -> None:
    zone = {f"n{at}.example": {"TXT": [f"text {at}"]} for at in range(100)}
    lookup = nameserver(zone).lookup()
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lookup, [Question(name, "TXT") for name in zone]))
    assert [answer.texts for answer in answers] == [(f"text {at}".encode(),) for at in range(100)]
