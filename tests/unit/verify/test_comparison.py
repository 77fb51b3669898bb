"""Recorded against now: the right results are paired, and a difference gets the reason that the evidence allows."""

from dataclasses import replace

import pytest

from headerlens.model.message import BodyState, HeaderField, Message, RawMessage
from headerlens.model.records import (
    ArcSet,
    Canonicalization,
    DkimKey,
    DkimSignature,
    Fault,
    KeyStatus,
    RecordedField,
    Tag,
    TagList,
)
from headerlens.model.verdicts import (
    AlignedIdentifier,
    ArcCheck,
    ArcSetCheck,
    Comparison,
    DkimCheck,
    DmarcCheck,
    Drift,
    Identity,
    Match,
    Organization,
    PslView,
    Result,
    SenderInputs,
    SpfCheck,
    Trust,
    TrustedField,
)
from headerlens.parse.authres import parse_received_spf, parse_recorded
from headerlens.verify.comparison import compare

PASS, FAIL, NONE, TEMPERROR = Result.PASS, Result.FAIL, Result.NONE, Result.TEMPERROR


def field_of(index: int, text: str) -> HeaderField:
    name = text.partition(":")[0]
    raw = (text + "\r\n").encode()
    return HeaderField(index, name, raw, "", 0, len(name) + 1, len(raw))


def recorded(index: int, body: str) -> RecordedField:
    return parse_recorded(field_of(index, f"Authentication-Results: {body}"))


def message(*bodies: str, received_spf: tuple[str, ...] = (), arc: tuple[ArcSet, ...] = ()) -> Message:
    return Message(
        raw=RawMessage(b"", "test.eml"),
        fields=(),
        body_start=None,
        from_fields=(),
        author=(),
        reply_to=(),
        subject="",
        date=None,
        message_id=None,
        return_path=None,
        hops=(),
        signatures=(),
        arc=arc,
        recorded=tuple(recorded(index, body) for index, body in enumerate(bodies)),
        received_spf=tuple(
            parse_received_spf(field_of(50 + n, f"Received-SPF: {text}")) for n, text in enumerate(received_spf)
        ),
    )


def trusting(*indexes: int, trust: Trust = Trust.TRUSTED) -> tuple[TrustedField, ...]:
    return tuple(TrustedField(index, trust, "", "mx") for index in indexes)


def signed(
    domain: str,
    result: Result = PASS,
    index: int = 0,
    *,
    value: str = "AbCdEfGhIjKl",
    selector: str = "s1",
    key: KeyStatus | None = None,
    header: Match = Match.MATCH,
    body: Match = Match.MATCH,
    code: str | None = None,
) -> DkimCheck:
    signature = DkimSignature(
        index,
        TagList((Tag("b", f"{value[:4]} {value[4:]}"),)),
        "rsa-sha256",
        b"",
        b"",
        Canonicalization.RELAXED,
        Canonicalization.RELAXED,
        domain,
        domain,
        selector,
        f"@{domain}",
        ("from",),
    )
    record = DkimKey(f"{selector}._domainkey.{domain}", key) if key else None
    return DkimCheck(index, signature, result, code, header, body, record)


def sent(
    result: Result = NONE,
    domain: str = "b.example",
    *,
    ip: str | None = "192.0.2.1",
    identity: Identity = Identity.MAILFROM,
) -> SpfCheck:
    inputs = SenderInputs(ip, "received", "h.b.example", "received", f"a@{domain}", "return-path", 0, "")
    return SpfCheck(inputs, result, None if ip else "spf.no_ip", identity, domain)


def judged(
    result: Result = NONE,
    code: str | None = None,
    *,
    aligned: tuple[tuple[str, int | None], ...] = (),
    psl: Result | None = None,
) -> DmarcCheck:
    view = PslView("a.example", "a.example", psl, "none", differs=True) if psl else None
    names = tuple(AlignedIdentifier(m, i, "a.example", True, True, True, "r") for m, i in aligned)
    return DmarcCheck(
        result, code, "a.example", Organization("a.example", "a.example", "itself"), None, None, None, None, None,
        test_mode=False, spf_aligned=None, dkim_aligned=None, identifiers=names, psl=view,
    )  # fmt: skip


def run(
    mail: Message,
    *,
    dkim: tuple[DkimCheck, ...] = (),
    spf: SpfCheck | None = None,
    arc: ArcCheck | None = None,
    dmarc: DmarcCheck | None = None,
    body: BodyState = BodyState.COMPLETE,
    trust: tuple[TrustedField, ...] | None = None,
) -> dict[tuple[str, int | None], Comparison]:
    believed = trusting(*range(60)) if trust is None else trust
    rows = compare(mail, believed, dkim, spf or sent(), arc or ArcCheck(NONE, "arc.none"), dmarc or judged(), body)
    return {(row.method, row.index): row for row in rows}


# ------------------------------------------------------------------------------------------------ whom to believe


def test_an_untrusted_field_is_not_compared() -> None:
    row = run(message("mx; spf=pass"), trust=trusting(0, trust=Trust.UNTRUSTED))["spf", None]
    assert (row.recorded, row.agrees, row.reason) == (None, None, Drift.INCOMPARABLE)


def test_a_proposed_field_is_compared() -> None:
    row = run(message("mx; spf=none"), trust=trusting(0, trust=Trust.PROPOSED))["spf", None]
    assert (row.recorded, row.agrees) == ("none", True)


def test_several_fields_of_one_writer_are_read_together() -> None:
    rows = run(message("mx; spf=none", "mx; dmarc=none", "evil; dmarc=pass"), trust=trusting(0, 1))
    assert (rows["spf", None].recorded, rows["dmarc", None].recorded) == ("none", "none")


def test_a_received_spf_speaks_where_no_other_field_does() -> None:
    text = "pass (mx: domain of b.example designates 192.0.2.1 as permitted sender) client-ip=192.0.2.1"
    assert run(message(received_spf=(text,)), spf=sent(PASS))["spf", None].reason is Drift.AGREES
    assert run(message("mx; spf=fail", received_spf=(text,)), spf=sent(PASS))["spf", None].recorded == "fail"


def test_what_was_not_recorded_is_not_compared() -> None:
    rows = run(message(), dkim=(signed("a.example"),), dmarc=judged(PASS))
    assert [(row.recorded, row.agrees, row.reason.value) for row in rows.values()] == [(None, None, "incomparable")] * 3


# ------------------------------------------------------------------------------------------------ SPF


@pytest.mark.parametrize(
    ("result", "now", "reason"),
    [
        ("spf=pass smtp.mailfrom=a@b.example", PASS, "agrees"),
        ("spf=hardfail smtp.mailfrom=b.example", FAIL, "agrees"),
        ("spf=neutral", NONE, "agrees"),
        ("spf=pass smtp.mailfrom=a@b.example", FAIL, "dns-changed"),
        ("spf=softfail smtp.mailfrom=b.example", FAIL, "dns-changed"),
        ("spf=fail smtp.mailfrom=b.example", PASS, "corrected"),
        ("spf=pass smtp.mailfrom=a@other.example", FAIL, "other-hop"),
        ("spf=pass smtp.mfrom=a@other.example", FAIL, "other-hop"),
        ("spf=pass (sender IP is 198.51.100.7) smtp.mailfrom=b.example", FAIL, "other-hop"),
        ("spf=pass (g: domain of a@b.example designates 198.51.100.7 as permitted sender)", FAIL, "other-hop"),
        ("spf=neutral (g: 198.51.100.7 is neither permitted nor denied by b.example)", FAIL, "other-hop"),
        ("spf=softfail (g: domain of transitioning b.example does not designate 2001:db8::7 as)", FAIL, "other-hop"),
        ("spf=none (mx: domain of b.example has no SPF policy when checking 198.51.100.7)", FAIL, "other-hop"),
        ("spf=pass smtp.mailfrom=b.example client-ip=198.51.100.7", FAIL, "other-hop"),
        ("spf=pass (sender IP is ::ffff:192.0.2.1) smtp.mailfrom=b.example", FAIL, "dns-changed"),
        ("spf=pass smtp.mailfrom=other.example", PASS, "agrees"),
        ("spf=pass smtp.mailfrom=b.example", TEMPERROR, "transient"),
        ("spf=tempfail smtp.mailfrom=b.example", PASS, "transient"),
        ("spf=pass (g: best guess record for domain of b.example designates 192.0.2.1)", NONE, "local-policy"),
        ("spf=3dpass", PASS, "incomparable"),
    ],
)
def test_spf_recorded_and_now(result: str, now: Result, reason: str) -> None:
    row = run(message(f"mx; {result}"), spf=sent(now))["spf", None]
    assert row.reason.value == reason
    assert row.agrees is {"agrees": True, "incomparable": None}.get(reason, False)


def test_words_are_shown_as_recorded() -> None:
    assert run(message("mx; spf=hardfail"), spf=sent(FAIL))["spf", None].recorded == "hardfail"


def test_without_a_client_address_spf_cannot_be_compared() -> None:
    row = run(message("mx; spf=pass"), spf=sent(NONE, ip=None))["spf", None]
    assert (row.recorded, row.agrees, row.reason) == ("pass", None, Drift.INCOMPARABLE)


def test_of_two_recorded_identities_the_one_we_checked_counts() -> None:
    both = "mx; spf=fail smtp.helo=h.b.example; spf=pass smtp.mailfrom=a@b.example"
    assert run(message(both), spf=sent(PASS))["spf", None].recorded == "pass"
    helo = sent(FAIL, "h.b.example", identity=Identity.HELO)
    assert run(message(both), spf=helo)["spf", None].recorded == "fail"


# ------------------------------------------------------------------------------------------------ DKIM


def test_signatures_are_told_apart_by_the_beginning_of_their_value() -> None:
    rows = run(
        message('mx; dkim=fail header.d=a.example header.b="ZZZZ"; dkim=pass header.d=a.example header.b=AbCdEfGh'),
        dkim=(signed("a.example", value="AbCdEfGhIjKl"), signed("a.example", FAIL, 1, value="ZZZZZZZZ")),
    )
    assert [rows["dkim", index].recorded for index in (0, 1)] == ["pass", "fail"]


def test_signatures_are_told_apart_by_their_selector() -> None:
    rows = run(
        message("mx; dkim=fail header.d=a.example header.s=s2; dkim=pass header.d=A.EXAMPLE header.s=S1"),
        dkim=(signed("a.example"), signed("a.example", FAIL, 1, selector="s2")),
    )
    assert [rows["dkim", index].recorded for index in (0, 1)] == ["pass", "fail"]


@pytest.mark.parametrize(
    "result",
    [
        "dkim=pass header.d=a.example",
        "dkim=pass header.i=@a.example",
        "dkim=pass header.i=user@sub.a.example header.s=s1",
        "dkim=pass header.i=a.example",
        "dkim=pass (2048-bit key) d=a.example",
        "dkim=pass",
    ],
)
def test_a_single_signature_is_found_by_whatever_names_it(result: str) -> None:
    row = run(message(f"mx; {result}"), dkim=(signed("a.example"),))["dkim", 0]
    assert (row.recorded, row.agrees, row.domain) == ("pass", True, "a.example")


@pytest.mark.parametrize(
    "result",
    [
        "dkim=pass header.d=other.example",
        "dkim=pass header.d=a.example header.s=s9",
        "dkim=pass header.d=a.example header.b=QQQQQQQQ",
        "dkim=pass header.i=@bada.example",
        "dkim=none (message not signed) header.d=none",
    ],
)
def test_a_result_of_another_signature_is_not_taken(result: str) -> None:
    row = run(message(f"mx; {result}"), dkim=(signed("a.example"),))["dkim", 0]
    assert (row.recorded, row.agrees, row.reason) == (None, None, Drift.INCOMPARABLE)


def test_one_bare_result_for_two_signatures_is_nobodys() -> None:
    rows = run(message("mx; dkim=pass"), dkim=(signed("a.example"), signed("b.example", index=1)))
    assert [rows["dkim", index].recorded for index in (0, 1)] == [None, None]


def test_one_result_serves_one_signature_only() -> None:
    rows = run(message("mx; dkim=pass header.d=a.example"), dkim=(signed("a.example"), signed("a.example", index=1)))
    assert [rows["dkim", index].recorded for index in (0, 1)] == ["pass", None]


@pytest.mark.parametrize(
    ("check", "body", "agrees", "reason"),
    [
        (signed("a.example"), BodyState.COMPLETE, True, "agrees"),
        (signed("a.example", Result.PERMERROR, key=KeyStatus.NONE), BodyState.COMPLETE, False, "key-gone"),
        (signed("a.example", Result.PERMERROR, key=KeyStatus.REVOKED), BodyState.COMPLETE, False, "key-revoked"),
        (signed("a.example", FAIL, body=Match.MISMATCH), BodyState.COMPLETE, False, "copy-altered"),
        (signed("a.example", FAIL, body=Match.MISMATCH), BodyState.ALTERED, False, "copy-rewritten"),
        (signed("a.example", FAIL, body=Match.MISMATCH), BodyState.UNKNOWN, False, "copy-incomplete"),
        (signed("a.example", Result.NEUTRAL, code="body.missing"), BodyState.MISSING, None, "copy-incomplete"),
    ],
)
def test_a_recorded_pass_and_the_signature_now(
    check: DkimCheck, body: BodyState, agrees: bool | None, reason: str
) -> None:
    row = run(message("mx; dkim=pass header.d=a.example"), dkim=(check,), body=body)["dkim", 0]
    assert (row.agrees, row.reason.value) == (agrees, reason)


def test_a_recorded_failure_that_fails_now_agrees_whatever_the_word() -> None:
    row = run(
        message("mx; dkim=neutral (body hash did not verify) header.i=@a.example"), dkim=(signed("a.example", FAIL),)
    )
    assert row["dkim", 0].agrees is True


def test_a_recorded_pass_whose_signature_is_gone_shows_an_altered_copy() -> None:
    row = run(message("mx; dkim=pass header.d=a.example header.b=QQQQQQQQ"))["dkim", None]
    assert (row.domain, row.now, row.agrees, row.reason) == ("a.example", NONE, False, Drift.COPY_ALTERED)


def test_a_result_written_twice_is_no_missing_signature() -> None:
    twice = "mx; dkim=pass header.d=a.example header.b=AbCdEfGh"
    rows = run(message(twice, twice), dkim=(signed("a.example"),))
    assert ("dkim", None) not in rows


def test_no_signature_then_and_now_agrees() -> None:
    row = run(message("mx; dkim=none"))["dkim", None]
    assert (row.recorded, row.now, row.agrees) == ("none", NONE, True)


# ------------------------------------------------------------------------------------------------ ARC


def chain(
    result: Result, *, seal: DkimCheck | None = None, ams: DkimCheck | None = None, code: str | None = None
) -> ArcCheck:
    part = seal or signed("sealer.example")
    arc_set = ArcSet(1, None, None, part.signature, "none")
    return ArcCheck(result, code, (ArcSetCheck(arc_set, part, ams or signed("sealer.example")),))


@pytest.mark.parametrize(
    ("result", "arc", "agrees", "reason"),
    [
        ("arc=pass (i=1)", chain(PASS), True, "agrees"),
        ("arc=none", ArcCheck(NONE, "arc.none"), True, "agrees"),
        ("arc=none", chain(PASS), None, "incomparable"),
        ("arc=reject", chain(FAIL), True, "agrees"),
        ("arc=pass", ArcCheck(NONE, "arc.none"), False, "copy-altered"),
        ("arc=pass", chain(FAIL), False, "copy-altered"),
        ("arc=fail", chain(PASS), False, "corrected"),
        (
            "arc=pass",
            chain(FAIL, seal=signed("sealer.example", Result.PERMERROR, key=KeyStatus.NONE)),
            False,
            "key-gone",
        ),
        ("arc=pass", chain(FAIL, ams=signed("sealer.example", FAIL, body=Match.MISMATCH)), False, "copy-altered"),
        (
            "arc=pass",
            chain(FAIL, ams=signed("x.example", Result.NEUTRAL, code="body.missing"), code="arc.body_missing"),
            None,
            "copy-incomplete",
        ),
        ("arc=odd", chain(PASS), None, "incomparable"),
    ],
)
def test_arc_recorded_and_now(result: str, arc: ArcCheck, agrees: bool | None, reason: str) -> None:
    row = run(message(f"mx; {result}"), arc=arc)["arc", None]
    assert (row.agrees, row.reason.value) == (agrees, reason)


def test_a_chain_nobody_recorded_is_shown_without_comparison() -> None:
    row = run(message(), arc=chain(PASS))["arc", None]
    assert (row.domain, row.recorded, row.agrees) == ("sealer.example", None, None)


# ------------------------------------------------------------------------------------------------ DMARC

GONE = signed("a.example", Result.PERMERROR, key=KeyStatus.NONE)
SIGNED = (("dkim", 0),)
GOOD = signed("a.example")


@pytest.mark.parametrize(
    ("result", "dmarc", "dkim", "reason"),
    [
        ("dmarc=pass", judged(PASS), (), "agrees"),
        ("dmarc=bestguesspass", judged(NONE, "none.no_record"), (), "agrees"),
        ("dmarc=permerror", judged(NONE, "none.unusable_policy"), (), "agrees"),
        ("dmarc=pass; dkim=pass header.d=a.example", judged(FAIL, aligned=SIGNED), (GONE,), "key-gone"),
        ("dmarc=pass; dkim=pass header.d=a.example", judged(FAIL), (GONE,), "unclear"),
        ("dmarc=fail; dkim=fail header.d=a.example", judged(PASS, aligned=SIGNED), (GOOD,), "corrected"),
        (
            "dmarc=fail; dkim=pass header.d=a.example",
            judged(PASS, aligned=SIGNED),
            (signed("a.example"),),
            "dns-changed",
        ),
        (
            "dmarc=pass; dkim=pass header.d=a.example",
            judged(FAIL, aligned=SIGNED),
            (signed("a.example"),),
            "dns-changed",
        ),
        ("dmarc=fail", judged(PASS, aligned=SIGNED), (GOOD,), "unclear"),
        ("dmarc=pass", judged(FAIL, psl=PASS), (), "old-rules"),
        ("dmarc=pass", judged(FAIL, psl=FAIL), (), "unclear"),
        ("dmarc=pass; compauth=pass reason=130", judged(FAIL), (), "arc-override"),
        ("dmarc=pass", judged(NONE, "none.no_record"), (), "dns-changed"),
        ("dmarc=none", judged(FAIL), (), "dns-changed"),
        ("dmarc=pass", judged(NONE, "na.several_from"), (), "unclear"),
        ("dmarc=pass", judged(TEMPERROR, "temperror.policy"), (), "transient"),
        ("dmarc=temperror", judged(PASS), (), "transient"),
        ("dmarc=policy", judged(FAIL), (), "local-policy"),
        ("dmarc=oddword", judged(PASS), (), "incomparable"),
    ],
)
def test_dmarc_recorded_and_now(result: str, dmarc: DmarcCheck, dkim: tuple[DkimCheck, ...], reason: str) -> None:
    row = run(message(f"mx; {result}"), dmarc=dmarc, dkim=dkim)["dmarc", None]
    assert row.reason.value == reason
    assert row.agrees is {"agrees": True, "incomparable": None}.get(reason, False)


def test_an_spf_change_explains_a_dmarc_change() -> None:
    rows = run(
        message("mx; dmarc=pass; spf=pass smtp.mailfrom=b.example"),
        spf=sent(FAIL),
        dmarc=judged(FAIL, aligned=(("spf", None),)),
    )
    assert rows["dmarc", None].reason is Drift.DNS_CHANGED


def test_a_hop_too_far_explains_a_dmarc_change() -> None:
    rows = run(
        message("mx; dmarc=pass; spf=pass smtp.mailfrom=other.example"),
        spf=sent(FAIL),
        dmarc=judged(FAIL, aligned=(("spf", None),)),
    )
    assert rows["dmarc", None].reason is Drift.OTHER_HOP


@pytest.mark.parametrize(
    "result",
    [
        "dmarc=fail (p=REJECT sp=REJECT dis=NONE arc=pass) header.from=a.example",
        "dmarc=fail action=oreject header.from=a.example;compauth=pass reason=130",
    ],
)
def test_a_failure_that_arc_outweighed_agrees_and_says_so(result: str) -> None:
    row = run(message(f"mx; {result}"), dmarc=judged(FAIL))["dmarc", None]
    assert (row.agrees, row.reason) == (True, Drift.ARC_OVERRIDE)


def test_a_failure_with_no_word_of_arc_only_agrees() -> None:
    row = run(message("mx; dmarc=fail (p=REJECT dis=NONE) header.from=a.example"), dmarc=judged(FAIL))["dmarc", None]
    assert (row.agrees, row.reason) == (True, Drift.AGREES)


def test_the_order_is_spf_signatures_arc_dmarc() -> None:
    rows = run(message(), dkim=(signed("a.example"), signed("b.example", index=1)), arc=chain(PASS))
    assert list(rows) == [("spf", None), ("dkim", 0), ("dkim", 1), ("arc", None), ("dmarc", None)]


def test_a_flood_of_recorded_results_is_compared_in_a_moment() -> None:
    flood = "mx" + "".join(f"; dkim=pass header.d=d{n}.example" for n in range(4000))
    rows = run(message(flood), dkim=tuple(signed(f"x{n}.example", index=n) for n in range(25)))
    assert all(rows["dkim", n].recorded is None for n in range(25))


def test_a_signature_beyond_the_limit_is_not_compared() -> None:
    unheard = signed("a.example", Result.NEUTRAL, code="sig.not_checked", header=Match.UNCHECKED, body=Match.UNCHECKED)
    mail = message("mx; dkim=pass header.d=a.example header.s=s1")
    rows = compare(mail, trusting(0), (unheard,), sent(), ArcCheck(NONE, "arc.none"), judged(), BodyState.COMPLETE)
    assert [(row.recorded, row.agrees, row.reason) for row in rows[1:2]] == [("pass", None, Drift.INCOMPARABLE)]


def test_a_recorded_signature_is_not_missed_where_not_all_were_read() -> None:
    results = "mx; dkim=pass header.d=z.example header.b=ZZZZZZZZ"
    cut = replace(message(results), faults=(Fault("many-signatures", "30"),))
    for mail, reason in ((message(results), Drift.COPY_ALTERED), (cut, Drift.INCOMPARABLE)):
        checks = (signed("a.example"),)
        rows = compare(mail, trusting(0), checks, sent(), ArcCheck(NONE, "arc.none"), judged(), BodyState.COMPLETE)
        assert [row.reason for row in rows if row.method == "dkim" and row.index is None] == [reason]
