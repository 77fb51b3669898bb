"""Recorded results are read whole, whoever wrote them and however."""

import base64
import re
import time
from pathlib import Path

import authres
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headerlens.model.limits import MAX_COMMENT_DEPTH, MAX_RECORDED_TOKENS
from headerlens.model.message import HeaderField
from headerlens.model.records import RecordedField, RecordedResult
from headerlens.parse.authres import parse_received_spf, parse_recorded

CORPUS = Path(__file__).parents[3].parent / "shared/data/authentication_results.txt"


def field_of(text: str, *, start: int = 0, index: int = 0) -> HeaderField:
    raw = text.encode()
    name = text.partition(":")[0]
    value_start = start + len(name) + 1
    return HeaderField(index, name, raw, text[len(name) + 1 :].strip(), start, value_start, start + len(raw))


def read(body: str, name: str = "Authentication-Results") -> RecordedField:
    return parse_recorded(field_of(f"{name}: {body}\r\n"))


def only(body: str) -> RecordedResult:
    (result,) = read(body).results
    return result


def words(field: RecordedField) -> list[str]:
    return [f"{one.method}={one.result}" for one in field.results]


def codes(field: RecordedField) -> list[str]:
    return [fault.code for fault in field.faults]


def properties(result: RecordedResult) -> dict[str, str]:
    return {one.key: one.value for one in result.properties}


# ------------------------------------------------------------------------------------------------ the standard's form


def test_a_field_by_the_book_is_read_without_faults() -> None:
    found = read(
        'mx.example.com 1; dkim=pass reason="good signature" (2048-bit key) header.d=example.com header.s=s1; '
        "spf=fail smtp.mailfrom=a@example.net"
    )
    assert (found.authserv_id, found.version, found.dialect) == ("mx.example.com", "1", "rfc8601")
    assert words(found) == ["dkim=pass", "spf=fail"]
    assert found.results[0].reason == "good signature"
    assert found.results[0].comments == ("2048-bit key",)
    assert found.results[0].get("HEADER.D") == "example.com"
    assert (found.faults, found.stray) == ((), ())


def test_none_alone_means_no_result_and_no_fault() -> None:
    found = read("mx.example.com; none")
    assert (found.results, found.faults, found.stray) == ((), (), ())


def test_a_field_with_nothing_but_a_name_says_that_results_are_missing() -> None:
    assert codes(read("mx.example.com;")) == ["no_results"]


def test_comments_and_blanks_may_stand_nearly_everywhere() -> None:
    found = read(
        "(a) mx.example.com (b) 1 (c); (d) dkim (e) / (f) 1 (g) = (h) pass (i) header.d (j) = (k) example.com (l)"
    )
    assert (found.authserv_id, found.version, found.comments) == ("mx.example.com", "1", ("a", "b", "c"))
    (result,) = found.results
    assert (result.method, result.version, result.result) == ("dkim", "1", "pass")
    assert result.comments == ("d", "e", "f", "g", "h", "i", "j", "k", "l")
    assert properties(result) == {"header.d": "example.com"}


def test_offsets_point_into_the_octets_of_the_message() -> None:
    text = "Authentication-Results: mx.example.com;\r\n\tdkim=pass (ok)\r\n\theader.d=example.com;\r\n\tjunk\r\n"
    found = parse_recorded(field_of(text, start=1000))
    message = b"\0" * 1000 + text.encode()
    (result,) = found.results
    assert message[result.start : result.end] == b"dkim=pass (ok)\r\n\theader.d=example.com"
    assert message[result.properties[0].start : result.properties[0].end] == b"header.d=example.com"
    assert [message[fault.start : fault.end] for fault in found.faults] == [b"junk"]


def test_an_unknown_version_of_the_field_is_a_fault() -> None:
    assert codes(read("mx.example.com 2; spf=pass")) == ["version"]


def test_a_version_of_a_method_is_kept() -> None:
    assert (only("mx; dkim/2=pass").method, only("mx; dkim/2=pass").version) == ("dkim", "2")


def test_a_host_name_with_a_slash_or_a_port_is_a_name() -> None:
    assert read("mx1.example.com/in1; spf=pass").authserv_id == "mx1.example.com/in1"
    assert read("mx.example.com:25; spf=pass").authserv_id == "mx.example.com:25"


def test_a_quoted_name_loses_its_quotation_marks() -> None:
    assert read('"mx example"; spf=pass').authserv_id == "mx example"


def test_unknown_methods_results_and_property_types_are_kept() -> None:
    result = only("mx; x-dara=odd-word key.size=2048 dns.sec=yes x-tls.cipher=AES x-bits=2048")
    assert (result.method, result.result) == ("x-dara", "odd-word")
    assert properties(result) == {"key.size": "2048", "dns.sec": "yes", "x-tls.cipher": "AES", "x-bits": "2048"}


def test_capital_letters_in_methods_and_results_do_not_matter() -> None:
    assert words(read("mx; SPF=Pass; DKIM=FAIL")) == ["spf=pass", "dkim=fail"]


# ------------------------------------------------------------------------------------------------ values


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("smtp.mailfrom=prvs=1234=user@example.com", "prvs=1234=user@example.com"),
        ("smtp.mailfrom=\r\n prvs=1234=user@example.com", "prvs=1234=user@example.com"),
        ('smtp.mailfrom="a b=c; d (e)@f"@example.com', '"a b=c; d (e)@f"@example.com'),
        ('smtp.mailfrom="andris+caf_=x@y.example"', "andris+caf_=x@y.example"),
        ('smtp.mailfrom=" foo \\"xyz\\"@example.com"', ' foo "xyz"@example.com'),
        ("smtp.remote-ip=::1", "::1"),
        ("smtp.remote-ip=[192.0.2.1]:25", "[192.0.2.1]:25"),
        ("policy.authority-uri=\r\n      https://example.com/a?b=c", "https://example.com/a?b=c"),
        ("header.b=abc+/d==", "abc+/d=="),
        ("smtp.mailfrom=<>", "<>"),
        ("smtp.mailfrom=", ""),
        ('smtp.mailfrom=""', ""),
        ("smtp.mailfrom=用户@例え.テスト", "用户@例え.テスト"),
    ],
)
def test_a_value_comes_out_as_written(written: str, value: str) -> None:
    assert only(f"mx; spf=pass {written}").properties[0].value == value


def test_an_empty_value_does_not_swallow_the_next_property() -> None:
    result = only("mx; spf=none smtp.mailfrom= smtp.helo=mail.example.com")
    assert properties(result) == {"smtp.mailfrom": "", "smtp.helo": "mail.example.com"}


def test_a_property_may_follow_a_comment_without_a_blank() -> None:
    result = only("mx; dkim=pass (2048-bit key)header.i=@example.co.jp")
    assert (result.comments, properties(result)) == (("2048-bit key",), {"header.i": "@example.co.jp"})


def test_a_comment_keeps_semicolons_brackets_and_escapes() -> None:
    assert only(r"mx; dkim=fail (a; (b=c) \) d" + "\r\n  e)").comments == ("a; (b=c) ) d e",)


def test_latin_1_octets_are_read_as_such() -> None:
    raw = b"Authentication-Results: mx; spf=pass (\xe9t\xe9) smtp.helo=a\r\n"
    field = HeaderField(0, "Authentication-Results", raw, "", 0, 23, len(raw))
    assert parse_recorded(field).results[0].comments == ("été",)


# ------------------------------------------------------------------------------------------------ dialects


def test_microsoft_leaves_its_name_out() -> None:
    found = read(
        "spf=pass (sender IP is 192.0.2.1)\r\n smtp.mailfrom=contoso.com; dkim=pass (signature was verified)\r\n"
        " header.d=contoso.com;dmarc=fail action=oreject header.from=contoso.com;compauth=fail reason=001"
    )
    assert (found.authserv_id, found.dialect) == (None, "microsoft")
    assert words(found) == ["spf=pass", "dkim=pass", "dmarc=fail", "compauth=fail"]
    assert found.results[0].comments == ("sender IP is 192.0.2.1",)
    assert properties(found.results[2]) == {"action": "oreject", "header.from": "contoso.com"}
    assert found.results[3].reason == "001"
    assert codes(found) == ["no_authserv_id"]


def test_microsoft_writes_the_recipient_domain_between_results() -> None:
    found = read(
        "spf=none (sender IP is 192.0.2.1) smtp.mailfrom=a.example; gmx.net; dkim=none (message not signed)\r\n"
        " header.d=none;gmx.net; dmarc=none action=none header.from=a.example;"
    )
    assert words(found) == ["spf=none", "dkim=none", "dmarc=none"]
    assert found.stray == ("gmx.net", "gmx.net")
    assert properties(found.results[1]) == {"header.d": "none"}


def test_microsoft_names_itself_in_an_arc_field() -> None:
    found = read(
        "i=1; mx.microsoft.com 1; spf=none; dmarc=none action=none header.from=a.example", "ARC-Authentication-Results"
    )
    assert (found.instance, found.authserv_id, found.version) == (1, "mx.microsoft.com", "1")
    assert found.dialect == "microsoft"
    assert found.faults == ()


def test_gmail_writes_header_i_and_its_disposition_in_a_comment() -> None:
    found = read(
        "mx.google.com;\r\n dkim=pass header.i=@example.com header.s=s1 header.b=CjJhz37G;\r\n"
        " spf=pass (google.com: domain of a@example.com designates 192.0.2.1 as permitted sender)\r\n"
        " smtp.mailfrom=a@example.com;\r\n dmarc=fail (p=REJECT sp=REJECT dis=NONE arc=pass) header.from=example.com;"
        " dara=pass header.i=@gmail.com"
    )
    assert (found.authserv_id, found.dialect, found.faults) == ("mx.google.com", "gmail", ())
    assert properties(found.results[0]) == {"header.i": "@example.com", "header.s": "s1", "header.b": "CjJhz37G"}
    assert found.results[2].comments == ("p=REJECT sp=REJECT dis=NONE arc=pass",)
    assert words(found)[3] == "dara=pass"


def test_yahoo_writes_from_before_the_result_it_belongs_to() -> None:
    found = read("mta1.yahoo.com  from=a.example; domainkeys=neutral (no sig);  from=b.example; dkim=pass (ok)")
    assert (found.authserv_id, found.dialect) == ("mta1.yahoo.com", "yahoo")
    assert words(found) == ["domainkeys=neutral", "dkim=pass"]
    assert [one.get("from") for one in found.results] == ["a.example", "b.example"]


def test_yahoo_japan_writes_the_identity_behind_a_semicolon() -> None:
    found = read(
        "mta1.mail.kks.yahoo.co.jp  from=yahoo.co.jp; domainkeys=pass (ok); dkim=pass (ok); header.i=@yahoo.co.jp;"
    )
    assert words(found) == ["domainkeys=pass", "dkim=pass"]
    assert found.results[0].get("from") == "yahoo.co.jp"
    assert found.results[1].get("header.i") == "@yahoo.co.jp"


def test_bare_pairs_behind_semicolons_belong_to_the_result_before() -> None:
    result = only("mx; spf=pass (ok) client-ip=192.0.2.1; envelope-from=a@b.example; helo=mail.b.example;")
    assert properties(result) == {"client-ip": "192.0.2.1", "envelope-from": "a@b.example", "helo": "mail.b.example"}


def test_a_form_older_than_the_standard_names_from_first() -> None:
    result = only("mx; header.From=a@example.org; dkim=pass (\r\n  verified; )")
    assert (result.comments, result.get("header.from")) == (("verified;",), "a@example.org")


def test_a_field_encoded_as_a_mime_word_is_decoded_and_says_so() -> None:
    inner = "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=a.example; dkim=none"
    found = read(f"=?utf-8?B?{base64.b64encode(inner.encode()).decode()}?=")
    assert words(found) == ["spf=pass", "dkim=none"]
    assert codes(found) == ["encoded_word", "no_authserv_id"]
    assert {(one.start, one.end) for one in found.results} == {(23, found.faults[0].end)}


def test_encoded_words_in_a_row_are_joined() -> None:
    assert words(read("=?us-ascii?Q?mx=3B_spf=3Dpa?=\r\n =?us-ascii?Q?ss?=")) == ["spf=pass"]


@pytest.mark.parametrize("word", ["=?utf-8?B?!!!?=", "=?utf-8?B?/w==?="])
def test_an_encoded_word_that_cannot_be_read_does_no_harm(word: str) -> None:
    assert read(word).results == ()


# ------------------------------------------------------------------------------------------------ ARC's prefix


@pytest.mark.parametrize(
    ("body", "instance", "name", "code"),
    [
        ("i=3; mx.example; spf=pass", 3, "mx.example", []),
        ("i=1 mx.example; spf=pass", 1, "mx.example", ["missing_semicolon"]),
        ("mx.example; i=1; spf=pass", 1, "mx.example", ["instance_place"]),
        ("i=; mx.example; spf=pass", None, "mx.example", ["instance"]),
        ("i=99999999999; mx.example; spf=pass", None, "mx.example", ["instance"]),
        ("i=1; spf=pass", 1, None, ["no_authserv_id"]),
    ],
)
def test_the_instance_of_an_arc_field(body: str, instance: int | None, name: str | None, code: list[str]) -> None:
    found = read(body, "ARC-Authentication-Results")
    assert (found.instance, found.authserv_id, codes(found)) == (instance, name, code)
    assert words(found) == ["spf=pass"]


# ------------------------------------------------------------------------------------------------ damage and attacks


def test_a_forgotten_semicolon_is_mended_and_named() -> None:
    found = read("mx; spf=pass smtp.mailfrom=a.example dkim=fail header.d=b.example")
    assert words(found) == ["spf=pass", "dkim=fail"]
    assert codes(found) == ["missing_semicolon"]


def test_a_value_that_only_looks_like_a_result_stays_a_value() -> None:
    found = read("mx; spf=pass smtp.mailfrom=dkim=pass@evil.example")
    assert words(found) == ["spf=pass"]


def test_an_unclosed_comment_hides_no_result() -> None:
    found = read("mx; spf=pass (helo is a(b; dkim=fail header.d=b.example (why); dmarc=fail")
    assert words(found) == ["spf=pass", "dkim=fail", "dmarc=fail"]
    assert codes(found) == ["unclosed_comment"]
    assert found.results[1].comments == ("why",)


def test_an_unclosed_string_hides_no_result() -> None:
    found = read('mx; spf=pass smtp.helo="x y; dkim=fail header.d=b.example')
    assert words(found) == ["spf=pass", "dkim=fail"]
    assert "unclosed_string" in codes(found)


def test_a_quoted_printable_copy_is_named() -> None:
    assert "quoted_printable" in codes(read("spf=3Dnone (sender IP is 192.0.2.6)\r\n smtp.mailfrom=3Da.example"))


def test_deeply_nested_comments_are_kept_and_named() -> None:
    depth = MAX_COMMENT_DEPTH + 1950
    found = read(f"mx; spf=pass {'(' * depth}deep{')' * depth} smtp.helo=a")
    assert codes(found) == ["comment_depth"]
    assert "deep" in found.results[0].comments[0]
    assert found.results[0].get("smtp.helo") == "a"


@pytest.mark.parametrize(
    "body",
    [
        "(" * 500_000,
        "(;" * 250_000,
        '"' * 500_000,
        '";' * 250_000,
        '"\\' * 250_000,
        "=" * 500_000,
        "a=" * 250_000,
        "a (" * 160_000,
        "(a)" * 160_000,
        "a=b;" * 125_000,
        "a = " * 125_000,
        "\r\n a" * 125_000,
        ")" * 500_000,
        "(" * 250_000 + ")" * 250_000,
        "mx; spf=pass " + "smtp.mailfrom= " * 33_000,
        "=?utf-8?B?" + "QUFB" * 125_000 + "?=",
        "=?utf-8?Q?a?= " * 35_000,
    ],
)
def test_half_a_megabyte_of_anything_is_read_in_a_moment(body: str) -> None:
    field = field_of(f"Authentication-Results: {body}\r\n")
    began = time.process_time()
    parse_recorded(field)
    parse_received_spf(field)
    assert time.process_time() - began < 2


def test_a_flood_of_words_is_cut_and_named() -> None:
    found = read("mx" + "; spf=pass" * MAX_RECORDED_TOKENS)
    assert len(found.results) < MAX_RECORDED_TOKENS
    assert "too_long" in codes(found)


WORDS = (
    rb"spf=pass dkim = ; ( ) \ i=1 header.d= a.example /1 none reason= =?utf-8?B? ?= from= fail smtp.mailfrom= [::1]"
)
PIECES = st.sampled_from([*WORDS.split(), b'"', b" ", b"\r\n\t", "あ".encode(), b"\xff", b"\0"])


@settings(max_examples=400, deadline=None)
@given(st.lists(PIECES | st.binary(max_size=4), max_size=40), st.booleans(), st.integers(0, 10**6))
def test_whatever_octets_come_nothing_is_raised_and_every_place_is_inside(
    pieces: list[bytes], arc: bool, start: int
) -> None:
    name = "ARC-Authentication-Results" if arc else "Authentication-Results"
    raw = name.encode() + b":" + b"".join(pieces) + b"\r\n"
    field = HeaderField(0, name, raw, "", start, start + len(name) + 1, start + len(raw))
    found = parse_recorded(field)
    properties = [one for result in found.results for one in result.properties]
    places = [(one.start, one.end) for one in properties]
    places += [(result.start, result.end) for result in found.results]
    places += [(fault.start, fault.end) for fault in found.faults]
    assert all(field.value_start <= first <= last <= field.end for first, last in places)
    parse_received_spf(field)


# ------------------------------------------------------------------------------------------------ the corpus


def corpus() -> list[str]:
    if not CORPUS.exists():
        return []
    blocks: list[list[str]] = []
    fresh = True
    for line in CORPUS.read_text(encoding="utf-8").split("\n"):
        if not line.strip() or line.startswith("#"):
            fresh = True
        elif fresh or line[0] not in " \t":
            blocks.append([line])
            fresh = False
        else:
            blocks[-1].append(line)
    return ["\r\n".join(block) + "\r\n" for block in blocks]


def bare(text: str) -> tuple[str, int]:
    """The field without comments and strings, and how many comments it had: another algorithm than the parser's."""
    kept, depth, count, quoted = [], 0, 0, False
    for sign in text:
        if sign == '"' and not depth:
            quoted = not quoted
        elif sign == "(" and not quoted:
            count += depth == 0
            depth += 1
        elif sign == ")" and depth and not quoted:
            depth -= 1
            kept.append(" ")
        elif not depth and not quoted:
            kept.append(sign)
    return "".join(kept), count


_NOT_METHODS = {"i", "from", "reason", "action", "client-ip", "envelope-from", "helo", "d"}


def textual_results(text: str) -> list[str]:
    plain = bare(text.partition(":")[2])[0]
    found = re.findall(r"(?:(?<=^)|(?<=[;\s]))([A-Za-z][\w-]*)=([^\s;]+)", plain)
    return [
        f"{k.lower()}={v.lower()}" for k, v in found if k.lower() not in _NOT_METHODS and not k.startswith("x-bits")
    ]


needs_corpus = pytest.mark.skipif(not CORPUS.exists(), reason="../shared/data is not beside this clone")


@needs_corpus
def test_the_corpus_is_the_one_we_know() -> None:
    assert len(corpus()) == 161


@needs_corpus
@pytest.mark.parametrize("text", corpus())
def test_every_result_a_receiver_wrote_is_found(text: str) -> None:
    assert words(parse_recorded(field_of(text))) == textual_results(text)


@needs_corpus
@pytest.mark.parametrize("text", corpus())
def test_every_comment_a_receiver_wrote_is_kept(text: str) -> None:
    found = parse_recorded(field_of(text))
    assert len(found.comments) + sum(len(one.comments) for one in found.results) == bare(text.partition(":")[2])[1]


@needs_corpus
@pytest.mark.parametrize("text", corpus())
def test_every_property_a_receiver_wrote_is_kept(text: str) -> None:
    found = parse_recorded(field_of(text))
    plain = bare(text.partition(":")[2])[0]
    written = re.findall(r"([A-Za-z]\w*\.[\w-]+)=", plain)
    assert [one.key for result in found.results for one in result.properties if one.ptype] == written


@needs_corpus
def test_where_the_library_authres_can_read_a_field_it_reads_the_same() -> None:
    agreed = 0
    for text in corpus():
        mine = parse_recorded(field_of(text))
        if mine.instance is not None or '=""' in text:  # the library takes the pair behind an empty value for it
            continue
        try:
            theirs = authres.AuthenticationResultsHeader.parse("Authentication-Results:" + text.partition(":")[2])
        except Exception:  # noqa: BLE001  the library raises many kinds
            continue
        assert theirs.authserv_id == mine.authserv_id
        assert [(one.method.lower(), one.result.lower()) for one in theirs.results] == [
            (one.method, one.result) for one in mine.results
        ]
        for one, other in zip(theirs.results, mine.results, strict=True):
            written = [(p.type.lower(), p.name.lower(), p.value) for p in one.properties]
            assert written == [(p.ptype.lower(), p.name.lower(), p.value) for p in other.properties if p.ptype]
        agreed += 1
    assert agreed > 60


# ------------------------------------------------------------------------------------------------ Received-SPF


def test_received_spf_by_the_book() -> None:
    found = parse_received_spf(
        field_of(
            "Received-SPF: pass (mx.example.com: domain of a@example.net designates 192.0.2.1 as permitted sender)\r\n"
            ' receiver=mx.example.com; client-ip=192.0.2.1; envelope-from="a@example.net"; helo=mail.example.net;\r\n',
            index=7,
        )
    )
    assert (found.field_index, found.result, found.faults) == (7, "pass", ())
    assert found.comments == ("mx.example.com: domain of a@example.net designates 192.0.2.1 as permitted sender",)
    assert (found.get("client-ip"), found.get("envelope-from")) == ("192.0.2.1", "a@example.net")
    assert found.get("helo") == "mail.example.net"


def test_received_spf_by_microsoft() -> None:
    found = parse_received_spf(
        field_of(
            "Received-SPF: Pass (protection.outlook.com: domain of a.example designates\r\n"
            " 2001:db8::1 as permitted sender) receiver=protection.outlook.com;\r\n"
            " client-ip=2001:db8::1; helo=mail.a.example; pr=C\r\n"
        )
    )
    assert (found.result, found.get("client-ip"), found.get("pr")) == ("pass", "2001:db8::1", "C")


def test_received_spf_without_semicolons() -> None:
    found = parse_received_spf(field_of("Received-SPF: softfail (x) client-ip=192.0.2.1 helo=h envelope-from=<>\r\n"))
    assert found.pairs == (("client-ip", "192.0.2.1"), ("helo", "h"), ("envelope-from", "<>"))


def test_received_spf_without_a_result_says_so() -> None:
    found = parse_received_spf(field_of("Received-SPF: client-ip=192.0.2.1\r\n"))
    assert (found.result, found.get("client-ip")) == ("", "192.0.2.1")
    assert [fault.code for fault in found.faults] == ["no_result_word"]


def test_an_empty_received_spf_says_so() -> None:
    assert parse_received_spf(field_of("Received-SPF:\r\n")).result == ""
