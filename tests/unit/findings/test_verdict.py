"""Each row of the verdict's table, and what must not slip through it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from headerlens.findings.facts import Facts
from headerlens.findings.verdict import RULES, exit_status, judge
from headerlens.model.case import Choices
from headerlens.model.dns import Failure
from headerlens.model.findings import Level
from headerlens.model.message import BodyState, SourceKind
from headerlens.model.verdicts import ArcCheck, Drift, Match, Note, Result, Signer, SpfCheck, Trust
from headerlens.present.words import Words
from tests.support.facts import (
    AUTHOR,
    FORWARDED,
    HOME,
    NO_SPF,
    OTHER,
    RESULTS,
    believed,
    case_of,
    compared,
    dkim,
    dmarc,
    facts,
    failed,
    message,
    sealed,
    spf,
)


def _both_exact() -> Facts:
    made = message(RESULTS)
    checks, checked = (dkim(AUTHOR),), spf(AUTHOR)
    rows = (compared("dmarc", "pass", Result.PASS),)
    return facts(checks, checked, made=made, trust=believed(made), comparison=rows)


def _proposed() -> Facts:
    made = message(RESULTS)
    rows = (compared("dmarc", "pass", Result.PASS),)
    return facts((dkim(AUTHOR),), spf(AUTHOR), made=made, trust=believed(made, Trust.PROPOSED), comparison=rows)


def _unrecorded() -> Facts:
    return facts((dkim(AUTHOR),), spf(AUTHOR))


def _signature_only() -> Facts:
    return facts((dkim(AUTHOR),), spf(AUTHOR, Result.NONE))


def _organisation() -> Facts:
    return facts((dkim(HOME),), spf())


def _suffix(domain: str = f"evil.{HOME}") -> Facts:
    """The organisation is said to be a public suffix."""
    checks, notes = (dkim(domain),), (Note("note.public_suffix", HOME),)
    return facts(checks, NO_SPF, policy=dmarc(checks, NO_SPF, notes=notes))


def _partly(checked: SpfCheck = NO_SPF) -> Facts:
    return facts((replace(dkim(AUTHOR), unsigned_octets=20),), checked)


def _forwarded() -> Facts:
    return facts((dkim(HOME),), spf(AUTHOR, Result.FAIL), made=message(RESULTS, received=FORWARDED))


def _forwarded_by_srs() -> Facts:
    checked = spf("fwd.example.org", mail_from=f"SRS0=ab=cd={HOME}=x@fwd.example.org")
    return facts((dkim(AUTHOR),), checked)


def _intact_list() -> Facts:
    made = message(RESULTS, "List-Id: Talk <talk.lists.example.org>")
    return facts((dkim(AUTHOR),), spf("lists.example.org"), made=made)


def _spf_only() -> Facts:
    return facts((), spf(AUTHOR))


def _service() -> Facts:
    checks = (dkim(AUTHOR), dkim(OTHER, index=1))
    return facts(checks, spf(f"bounce.{OTHER}"))


def _no_record_pass() -> Facts:
    checks, checked = (dkim(AUTHOR),), NO_SPF
    return facts(checks, checked, policy=dmarc(checks, checked, policy=None, home=AUTHOR))


def _no_record_both() -> Facts:
    checks, checked = (dkim(AUTHOR),), spf(AUTHOR)
    return facts(checks, checked, policy=dmarc(checks, checked, policy=None, home=AUTHOR))


def _policy_unknown(domain: str = AUTHOR) -> Facts:
    """Only the policy is missing."""
    checks, checked = (dkim(domain),), spf(domain)
    policy = dmarc(checks, checked, home=HOME, policy=None, code="temperror.policy")
    return facts(checks, checked, policy=policy, evidence=(failed(f"_dmarc.{AUTHOR}"),))


def _spf_only_unchecked() -> Facts:
    return facts((dkim(AUTHOR, "key.none"), dkim(AUTHOR, "sig.not_checked", index=1)), spf(AUTHOR))


def _everybody() -> Facts:
    return facts((), replace(spf(AUTHOR), matched="+all"))


def _changed() -> Facts:
    return facts((dkim(HOME, "hash.body"),), spf(OTHER))


def _shortened() -> Facts:
    return facts((dkim(AUTHOR, "body.l_too_long", hashes=(Match.MATCH, Match.MATCH)),))


def _uncounted() -> Facts:
    check = dkim(AUTHOR, "key.short", hashes=(Match.MATCH, Match.MATCH), signer=Signer.THIS_KEY)
    return facts((check,))


def _strict() -> Facts:
    checks, checked = (dkim(f"mail.{AUTHOR}"),), spf(OTHER)
    return facts(checks, checked, policy=dmarc(checks, checked, strict=True))


def _unchecked() -> Facts:
    return facts((dkim(AUTHOR, "key.none"), dkim(AUTHOR, "sig.not_checked", index=1)), spf(OTHER))


def _changed_without_wish() -> Facts:
    checks = (dkim(AUTHOR, "hash.header", signer=Signer.THIS_KEY),)
    return facts(checks, policy=dmarc(checks, policy="none"))


def _sealed() -> Facts:
    return facts((dkim(AUTHOR, "hash.body"),), made=sealed(message(RESULTS)), arc=ArcCheck(Result.PASS, None))


def _unproven_list() -> Facts:
    made = message(RESULTS, "List-Id: Dev <dev.lists.example.net>")
    checks = (dkim(AUTHOR, "hash.header"),)
    return facts(checks, made=made, policy=dmarc(checks, policy="none"))


def _dns_all_down() -> Facts:
    return replace(_dns_down(), evidence=(failed(f"_dmarc.{AUTHOR}"), failed(AUTHOR)))


def _headers_only_subject_unsigned() -> Facts:
    check = dkim(HOME, "body.missing")
    check = replace(check, signature=replace(check.signature, signed_names=("from", "date")))
    made = message(RESULTS, kind=SourceKind.OUTLOOK_HEADERS)
    return facts((check,), spf(), made=made, body=BodyState.MISSING)


def _headers_file() -> Facts:
    return replace(_headers_only_subject_unsigned(), message=message(RESULTS))


def _denied(policy: str = "reject") -> Facts:
    """A headers-only file whose signature the receiver, who had the body, found wrong."""
    made, checks = message(RESULTS), (dkim(AUTHOR, "body.missing"),)
    rows = (compared("dkim", "fail", Result.NEUTRAL, Drift.COPY_INCOMPLETE, 0),)
    settled = dmarc(checks, policy=policy)
    return facts(checks, policy=settled, made=made, body=BodyState.MISSING, trust=believed(made), comparison=rows)


def _key_spoilt_since() -> Facts:
    made = message(RESULTS)
    rows = (
        compared("dmarc", "pass", Result.FAIL, Drift.KEY_CHANGED),
        compared("dkim", "pass", Result.PERMERROR, Drift.KEY_CHANGED, 0),
    )
    return facts((dkim(HOME, "key.syntax"),), made=made, trust=believed(made), comparison=rows)


def _failed_then() -> Facts:
    made, checked = message(RESULTS), spf(OTHER)
    rows = (compared("dmarc", "fail", Result.NONE, Drift.DNS_CHANGED),)
    policy = dmarc((), checked, policy=None, home=AUTHOR)
    return facts((), checked, policy=policy, made=made, trust=believed(made), comparison=rows)


def _spoofed() -> Facts:
    return facts((dkim(OTHER),), spf(f"bounce.{OTHER}"))


def _spoofed_nothing_passes() -> Facts:
    return facts((), spf(AUTHOR, Result.FAIL))


def _list() -> Facts:
    made = message(RESULTS, "List-Id: Dev <dev.lists.example.net>")
    checks = (dkim(AUTHOR, "hash.body"), dkim("lists.example.net", index=1))
    return facts(checks, spf("lists.example.net"), made=made)


def _no_instruction() -> Facts:
    checks, checked = (), spf(AUTHOR, Result.FAIL)
    return facts(checks, checked, policy=dmarc(checks, checked, policy="none"))


def _testing() -> Facts:
    checks, checked = (), spf(AUTHOR, Result.FAIL)
    return facts(checks, checked, policy=dmarc(checks, checked, policy="quarantine", testing=True))


def _without_record(code: str, **more: Signer) -> Callable[[], Facts]:
    def make() -> Facts:
        checks = (dkim(AUTHOR, code, signer=more.get("signer", Signer.UNKNOWN)),)
        return facts(checks, NO_SPF, policy=dmarc(checks, NO_SPF, policy=None, home=AUTHOR))

    return make


def _dns_down() -> Facts:
    checks = (dkim(HOME, "key.unavailable"),)
    policy = dmarc(checks, NO_SPF, code="temperror.key")
    return facts(checks, policy=policy, evidence=(failed(f"k2026._domainkey.{HOME}"),))


def _offline() -> Facts:
    made = message(RESULTS)
    checks = (dkim(AUTHOR, "key.unavailable"),)
    policy = dmarc(checks, NO_SPF, home=None, policy=None, code="temperror.policy")
    rows = (compared("dmarc", "pass", Result.TEMPERROR, Drift.TRANSIENT),)
    evidence = (failed(f"_dmarc.{AUTHOR}", Failure.OFFLINE),)
    choices = Choices(offline=True)
    return facts(
        checks, policy=policy, made=made, trust=believed(made), comparison=rows, evidence=evidence, choices=choices
    )


def _pasted() -> Facts:
    made = message(RESULTS, kind=SourceKind.PASTE)
    rows = (compared("dmarc", "pass", Result.FAIL, Drift.COPY_ALTERED),)
    checks = (dkim(AUTHOR, "hash.body"),)
    return facts(checks, made=made, body=BodyState.UNKNOWN, trust=believed(made), comparison=rows)


def _rewritten() -> Facts:
    return facts((dkim(AUTHOR, "hash.body"),), body=BodyState.ALTERED)


def _headers_only() -> Facts:
    made = message(RESULTS, kind=SourceKind.PASTE)
    return facts((dkim(HOME, "body.missing"),), spf(), made=made, body=BodyState.MISSING)


def _key_gone_since() -> Facts:
    made = message(RESULTS)
    rows = (
        compared("dmarc", "pass", Result.FAIL, Drift.KEY_GONE),
        compared("dkim", "pass", Result.PERMERROR, Drift.KEY_GONE, 0),
    )
    return facts((dkim(HOME, "key.none"),), made=made, trust=believed(made), comparison=rows)


def _spf_changed_since() -> Facts:
    made = message(RESULTS)
    rows = (
        compared("dmarc", "pass", Result.FAIL, Drift.DNS_CHANGED),
        compared("spf", "pass", Result.FAIL, Drift.DNS_CHANGED),
    )
    return facts((), spf(AUTHOR, Result.FAIL), made=made, trust=believed(made), comparison=rows)


def _edited_file() -> Facts:
    made = message(RESULTS)
    rows = (
        compared("dmarc", "pass", Result.FAIL, Drift.COPY_ALTERED),
        compared("dkim", "pass", Result.FAIL, Drift.COPY_ALTERED, 0),
    )
    return facts((dkim(AUTHOR, "hash.body"),), made=made, trust=believed(made), comparison=rows)


def _nothing_published() -> Facts:
    checked = spf(AUTHOR, Result.NONE)
    return facts((), checked, policy=dmarc((), checked, policy=None, home=AUTHOR))


def _elsewhere_unsigned() -> Facts:
    checked = spf(OTHER, Result.NONE)
    return facts((), checked, policy=dmarc((), checked, policy=None, home=AUTHOR))


def _unlisted() -> Facts:
    checked = spf(AUTHOR, Result.SOFTFAIL)
    return facts((), checked, policy=dmarc((), checked, policy=None, home=AUTHOR))


def _third_party_only() -> Facts:
    checks, checked = (dkim(OTHER),), spf(OTHER)
    return facts(checks, checked, policy=dmarc(checks, checked, policy="none"))


def _several_from() -> Facts:
    return facts(policy=dmarc(author="", code="na.several_from"))


def _no_from() -> Facts:
    return facts(policy=dmarc(author="", code="na.no_from"), made=message(sender=""))


def _sent_copy() -> Facts:
    return facts(made=message(received=()))


@pytest.mark.parametrize(
    ("make", "level", "situation", "variant"),
    [
        (_both_exact, "pass", "S1", ""),
        (_proposed, "pass", "S1", "proposed"),
        (_unrecorded, "pass", "S1", "unrecorded"),
        (_signature_only, "pass", "S1", "signature"),
        (_organisation, "pass", "S2", ""),
        (_partly, "warn", "S1", "partly"),
        (_suffix, "warn", "S2", "suffix"),
        (_forwarded, "pass", "S3", ""),
        (_forwarded_by_srs, "pass", "S3", "own-return-path"),
        (_intact_list, "pass", "S3", "list"),
        (_spf_only, "pass", "S4", ""),
        (_spf_only_unchecked, "pass", "S4", "unchecked"),
        (_everybody, "warn", "S4", "everyone"),
        (_service, "pass", "S5", ""),
        (_no_record_pass, "pass", "S20", ""),
        (_no_record_both, "pass", "S20", "both"),
        (_policy_unknown, "pass", "S20", "both"),
        (_spoofed, "fail", "S6", ""),
        (_spoofed_nothing_passes, "fail", "S6", "nothing-passes"),
        (_changed, "fail", "S6", "changed"),
        (_shortened, "fail", "S6", "changed"),
        (_uncounted, "fail", "S6", "uncounted"),
        (_strict, "fail", "S6", "strict"),
        (_unchecked, "fail", "S6", "unchecked"),
        (_list, "warn", "S7", ""),
        (_sealed, "warn", "S7", "on-the-way"),
        (_unproven_list, "warn", "S7", "undecided"),
        (_no_instruction, "warn", "S8", ""),
        (_testing, "warn", "S8", "testing"),
        (_changed_without_wish, "warn", "S8", "changed"),
        (_without_record("hash.body"), "warn", "S9", ""),
        (_without_record("hash.header", signer=Signer.THIS_KEY), "warn", "S10", ""),
        (_without_record("hash.header", signer=Signer.OTHER_KEY), "warn", "S10", "other-key"),
        (_without_record("hash.header"), "warn", "S10", "undecided"),
        (_without_record("key.none"), "warn", "S11", ""),
        (_without_record("key.syntax"), "warn", "S11", ""),
        (_without_record("sig.expired"), "warn", "S11", "signature"),
        (_dns_down, "unknown", "S12", ""),
        (_dns_all_down, "unknown", "S12", "several"),
        (_offline, "unknown", "S13", ""),
        (_pasted, "unknown", "S14", ""),
        (_rewritten, "unknown", "S14", "rewritten-unrecorded"),
        (_headers_only, "partial", "S15", ""),
        (_headers_only_subject_unsigned, "partial", "S15", "some"),
        (_headers_file, "partial", "S15", "some-file"),
        (lambda: replace(_headers_only(), message=message(RESULTS)), "partial", "S15", "file"),
        (_denied, "fail", "S6", "denied"),
        (lambda: _denied("none"), "warn", "S8", "denied"),
        (_key_gone_since, "warn", "S16", ""),
        (_key_spoilt_since, "warn", "S16", "unusable"),
        (_spf_changed_since, "warn", "S16", "server"),
        (_edited_file, "warn", "S17", ""),
        (_nothing_published, "unknown", "S18", ""),
        (_elsewhere_unsigned, "unknown", "S18", "unsigned"),
        (_unlisted, "warn", "S18", "unlisted"),
        (_failed_then, "warn", "S18", "failed-then"),
        (_third_party_only, "warn", "S19", ""),
        (_several_from, "warn", "S23", ""),
        (_no_from, "warn", "S23", "none"),
        (_sent_copy, "unknown", "S25", ""),
    ],
)
def test_each_case_gets_its_situation(make: Callable[[], Facts], level: str, situation: str, variant: str) -> None:
    judgement = judge(make())
    assert (judgement.level, judgement.situation, judgement.params.get("variant", "")) == (level, situation, variant)


def test_the_last_rule_catches_everything() -> None:
    assert RULES[-1].holds(facts())


def test_the_headline_names_the_full_domain_only_when_it_matches_exactly() -> None:
    assert judge(_both_exact()).params["d"] == AUTHOR
    assert judge(_organisation()).params == {"d": AUTHOR, "o": HOME}
    assert judge(_spf_only()).params["o"] == AUTHOR


def test_a_part_that_is_signed_says_too_little_unless_the_senders_server_sent_it() -> None:
    assert exit_status(case_of(_partly())) == 2
    assert judge(_partly(spf(OTHER))).level is Level.WARN
    assert exit_status(case_of(_partly(spf(AUTHOR)))) == 0
    assert judge(_partly(replace(spf(AUTHOR), matched="+all"))).level is Level.WARN


def test_another_customer_of_a_public_suffix_proves_nothing_and_the_full_name_does() -> None:
    assert exit_status(case_of(_suffix())) == 2
    assert judge(_suffix()).params["o"] == HOME
    assert exit_status(case_of(_suffix(AUTHOR))) == 0


def test_a_missing_policy_leaves_a_pass_open_where_only_the_organisation_fits() -> None:
    assert judge(_policy_unknown(HOME)).level is Level.UNKNOWN


def test_a_key_that_must_not_be_used_proves_no_signing() -> None:
    check = dkim(AUTHOR, "key.short", hashes=(Match.MISMATCH, Match.MATCH), signer=Signer.THIS_KEY)
    assert judge(facts((check,))).params["variant"] == "nothing-passes"


@pytest.mark.parametrize(
    ("code", "lack"),
    [("none.no_record", "lack.none"), ("none.several_records", "lack.unusable"), ("none.version", "lack.unusable")],
)
def test_an_unusable_record_is_not_called_absent(code: str, lack: str) -> None:
    checks = (dkim(AUTHOR),)
    assert judge(facts(checks, policy=dmarc(checks, policy=None, home=AUTHOR, code=code))).params["lack"] == lack


def test_a_list_of_everybody_is_no_pass_without_a_policy_either() -> None:
    checked = replace(spf(AUTHOR), matched="+all")
    judged = judge(facts((), checked, policy=dmarc((), checked, policy=None, home=AUTHOR)))
    assert (judged.level, judged.params["variant"]) == (Level.WARN, "everyone")


def test_a_signature_beside_a_list_of_everybody_passes() -> None:
    assert judge(facts((dkim(AUTHOR),), replace(spf(AUTHOR), matched="+all"))).level is Level.PASS


def test_a_list_is_named_by_the_host_that_passes() -> None:
    assert judge(_intact_list()).params["x"] == "lists.example.org"


def test_a_name_that_only_strict_mode_refuses_is_nobody_else() -> None:
    judged = judge(_strict())
    assert judged.params["x"] == f"mail.{AUTHOR}"


@pytest.mark.parametrize("local", ["MAILER-DAEMON", "postmaster", "no-reply", "noreply", "do-not-reply"])
def test_a_program_is_not_asked_by_its_name(local: str) -> None:
    made = message(RESULTS, sender=f'"Mail Delivery System" <{local}@{AUTHOR}>')
    assert judge(facts((dkim(OTHER),), spf(OTHER), made=made)).params["name"] == HOME


def test_an_invented_signature_does_not_turn_a_refusal_into_a_mailing_list() -> None:
    made = message(RESULTS, "List-Id: <x.evil.example>")
    checks = (dkim(AUTHOR, "hash.header"), dkim("evil.example", index=1))
    assert judge(facts(checks, spf("evil.example"), made=made)).situation == "S6"


@pytest.mark.parametrize("trust", [Trust.TRUSTED, Trust.PROPOSED])
@pytest.mark.parametrize(
    ("signature", "policy", "situation"),
    [("fail", "fail", "S6"), ("fail", None, "S6"), (None, "fail", "S6"), ("pass", "fail", "S14"), (None, None, "S14")],
)
def test_a_copy_is_not_excused_for_what_failed_on_delivery(
    trust: Trust, signature: str | None, policy: str | None, situation: str
) -> None:
    made = message(RESULTS, kind=SourceKind.PASTE)
    rows = (compared("dkim", signature, Result.FAIL, index=0), compared("dmarc", policy, Result.FAIL))
    given = facts(
        (dkim(AUTHOR, "hash.body"),),
        made=made,
        body=BodyState.UNKNOWN,
        trust=believed(made, trust),
        comparison=rows,
    )
    assert judge(given).situation == situation
    assert exit_status(case_of(given)) == (1 if situation == "S6" else 2)
    assert judge(replace(given, trust=())).situation == "S14"  # nobody's word


def test_headers_whose_server_is_listed_are_no_pass_whatever_was_recorded() -> None:
    given = _denied()
    listed = facts(given.dkim, spf(AUTHOR), made=given.message, body=BodyState.MISSING, comparison=given.comparison)
    assert judge(replace(listed, trust=given.trust)).level is Level.PARTIAL


def test_an_invented_signature_in_a_paste_is_not_excused() -> None:
    made = message(RESULTS, kind=SourceKind.PASTE)
    checks = (dkim(AUTHOR, "hash.header", hashes=(Match.MISMATCH, Match.MISMATCH)),)
    assert judge(facts(checks, made=made, body=BodyState.UNKNOWN)).situation == "S6"


def test_arc_never_makes_a_pass() -> None:
    assert judge(facts((dkim(OTHER),), spf(OTHER), arc=ArcCheck(Result.PASS, None))).level is Level.FAIL


def test_an_untrusted_record_is_not_believed() -> None:
    rows = (compared("dkim", "pass", Result.PERMERROR, Drift.KEY_GONE, 0), compared("dmarc", "pass", Result.FAIL))
    assert judge(facts((dkim(HOME, "key.none"),), comparison=rows)).situation == "S6"


def test_a_wrong_body_is_never_explained_by_time() -> None:
    made = message(RESULTS)
    rows = (
        compared("dmarc", "pass", Result.FAIL, Drift.KEY_GONE),
        compared("dkim", "pass", Result.PERMERROR, Drift.KEY_GONE, 0),
    )
    checks = (dkim(HOME, "key.none", hashes=(Match.UNCHECKED, Match.MISMATCH)),)
    given = facts(checks, made=made, trust=believed(made), comparison=rows)
    assert judge(given).situation != "S16"
    assert exit_status(case_of(given)) != 0


def test_the_forwarder_is_blamed_only_when_the_trace_shows_one() -> None:
    assert judge(facts((dkim(AUTHOR),), spf(AUTHOR, Result.FAIL))).situation == "S1"


@pytest.mark.parametrize(
    "display", ["support@paypal.example", "x" * 80, "https://evil.example", "evil.example", "a\u202eb", ""]
)
def test_a_hostile_display_name_is_not_asked(display: str) -> None:
    made = message(RESULTS, sender=f'"{display}" <a@{AUTHOR}>')
    assert judge(facts((dkim(OTHER),), spf(OTHER), made=made)).params["name"] == AUTHOR


def test_a_plain_display_name_is_asked() -> None:
    assert judge(_spoofed()).params["name"] == "Midori Supply"


@pytest.mark.parametrize(
    ("make", "status"),
    [
        (_both_exact, 0),
        (_no_record_pass, 0),
        (_spoofed, 1),
        (_list, 1),
        (_unlisted, 1),
        (_failed_then, 1),
        (_changed, 1),
        (_everybody, 2),
        (_policy_unknown, 0),
        (_several_from, 1),
        (_dns_down, 2),
        (_pasted, 2),
        (_headers_only, 2),
        (_key_gone_since, 2),
        (_edited_file, 2),
        (_nothing_published, 2),
        (_without_record("key.none"), 2),
        (_without_record("hash.body"), 1),
    ],
)
def test_the_exit_status_tells_failure_from_doubt(make: Callable[[], Facts], status: int) -> None:
    assert exit_status(case_of(make())) == status


def test_a_key_that_is_gone_does_not_excuse_a_server_that_is_not_listed() -> None:
    given = facts((dkim(AUTHOR, "key.none"),), spf(AUTHOR, Result.FAIL))
    assert exit_status(case_of(given)) == 1


def _rewritten_and_key_gone(recorded: str, body: BodyState = BodyState.ALTERED) -> Facts:
    """Saved from a mailbox that rewrites, long after: the body differs and the key is no more."""
    made = message(RESULTS)
    check = dkim(AUTHOR, "key.none", hashes=(Match.UNCHECKED, Match.MISMATCH))
    rows = (
        compared("dmarc", recorded, Result.FAIL, Drift.COPY_REWRITTEN),
        compared("dkim", recorded, Result.PERMERROR, Drift.COPY_REWRITTEN, 0),
    )
    return facts((check,), made=made, body=body, trust=believed(made), comparison=rows)


def test_a_rewritten_copy_without_its_key_is_left_to_the_receivers_word() -> None:
    judged = judge(_rewritten_and_key_gone("pass"))
    assert (judged.level, judged.situation, judged.params["variant"]) == (Level.UNKNOWN, "S14", "rewritten")
    assert judged.params["recorded"] == "recorded.pass"
    assert exit_status(case_of(_rewritten_and_key_gone("pass"))) == 2


def test_without_a_recorded_pass_or_the_marks_of_a_mailbox_it_is_not() -> None:
    assert judge(_rewritten_and_key_gone("fail")).situation == "S6"
    assert judge(_rewritten_and_key_gone("pass", BodyState.COMPLETE)).situation != "S14"
    unheard = _rewritten_and_key_gone("pass")
    assert judge(replace(unheard, trust=())).situation == "S6"


_THIRD = {
    "en": "This copy was rewritten by Outlook, so the body can't be re-checked against the signature of {author}. Gmail"
    " recorded on delivery: authenticated as {home}.",
    "ja": "この控えは Outlook によって書き換えられており、本文を {author} の署名と照合できません。"
    "受信時の Gmail の記録：{home} として認証。",
}


@pytest.mark.parametrize("language", ["en", "ja"])
def test_the_third_verdict_names_the_service_by_its_marks(language: str) -> None:
    given = _rewritten_and_key_gone("pass")
    marked = message(RESULTS, "X-MS-Exchange-Organization-AuthAs: Anonymous")
    assert Words(language).situation(judge(replace(given, message=marked))).sentence == _THIRD[language].format(
        author=AUTHOR, home=HOME
    )
    assert judge(given).params["m"] == "program.other"
