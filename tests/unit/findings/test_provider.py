"""Advice for the service that was used: what is said of which mail, and when nothing is said."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest

from headerlens.findings.catalogue import entries
from headerlens.findings.facts import Facts
from headerlens.findings.grounds import without_answer
from headerlens.findings.provider import find_provider
from headerlens.findings.publishing import find_publishing
from headerlens.model.dns import Answer, Evidence, Failure, Outcome, Question
from headerlens.model.findings import Finding
from headerlens.model.message import SourceKind
from headerlens.model.providers import Provider, ProviderEvidence
from headerlens.model.records import Canonicalization, KeyStatus
from headerlens.model.verdicts import DkimCheck, Drift, Result, Signer, SpfCheck
from headerlens.present.words import LANGUAGES, Words
from headerlens.providers.knowledge import Service, services
from tests.support.facts import AUTHOR, HOME, NO_SPF, RESULTS, believed, compared, dkim, dmarc, facts, message, spf

TOKEN = "a2" * 16
SERVICES = [known for known in services().values() if known.kind in {"service", "mailbox"}]


def used(
    identifier: str,
    *checks: DkimCheck,
    server: SpfCheck = NO_SPF,
    values: Iterable[tuple[str, str]] = (),
    **given: object,
) -> Facts:
    """Facts of a mail that came straight from a service."""
    found = facts(checks, server, **given)  # type: ignore[arg-type]
    kinds = ("client-host", "return-path", "dkim-domain")
    evidence = tuple(ProviderEvidence(kind, "x.example.net") for kind in kinds)
    return replace(found, provider=Provider(identifier, identifier, evidence, tuple(values)))


def told(given: Facts) -> list[str]:
    return [finding.id for finding in find_provider(given)]


def only(given: Facts) -> Finding:
    (one,) = find_provider(given)
    return one


def asked(name: str, *texts: str, aliases: tuple[str, ...] = ()) -> Evidence:
    """A TXT answer."""
    outcome = Outcome.FOUND if texts else Outcome.NO_NAME
    records = tuple((text.encode(),) for text in texts)
    return Evidence(Answer(Question(name, "TXT"), outcome, records, aliases), ("dkim",))


@pytest.mark.parametrize("known", SERVICES, ids=lambda known: known.id)
def test_nothing_is_advised_where_the_sender_signs_and_the_server_is_listed(known: Service) -> None:
    assert told(used(known.id, dkim(HOME), server=spf(AUTHOR))) == []


@pytest.mark.parametrize("known", SERVICES, ids=lambda known: known.id)
def test_an_spf_include_is_never_advised_where_it_cannot_align(known: Service) -> None:
    """Neither as an edit nor in words, for any state of the sender's signature."""
    if known.aligns != "never":
        return
    for checks in ((), (dkim(HOME, "key.none"),), (dkim(HOME, "hash.body"),)):
        for server in (spf("b.example.net"), spf(AUTHOR, Result.FAIL), spf(AUTHOR, Result.NONE)):
            found = list(find_provider(used(known.id, *checks, server=server)))
            assert "provider.include-missing" not in {one.id for one in found}
            assert [edit for one in found for edit in one.edits if "spf1" in " ".join(edit.after)] == []


@pytest.mark.parametrize("known", list(services().values()), ids=lambda known: known.id)
@pytest.mark.parametrize("language", LANGUAGES)
def test_whatever_is_said_has_words_without_gaps(known: Service, language: str) -> None:
    words = Words(language)
    for check in (None, dkim(HOME, "key.none", selector="aliyun-cn-hangzhou"), dkim(HOME, "hash.body", bits=1024)):
        for server in (spf("b.example.net"), spf(AUTHOR), spf(AUTHOR, Result.FAIL), spf(AUTHOR, Result.NONE)):
            for finding in find_provider(used(known.id, *((check,) if check else ()), server=server)):
                texts = words.finding(finding)
                for text in (texts.title, texts.happened, texts.means, *texts.steps):
                    assert not set("{}?") & set(text), (finding.id, text)
                    assert "()" not in text
                    assert "（）" not in text
                assert set(entries()[finding.id].params) <= finding.params.keys()


def test_without_a_service_or_a_single_sender_nothing_is_said() -> None:
    assert told(facts((), spf("b.example.net"))) == []
    several = dmarc((), NO_SPF, author="", policy=None, code="na.several_from")
    assert told(used("amazon-ses", server=spf("amazonses.com"), policy=several)) == []


@pytest.mark.parametrize(
    ("identifier", "finding"),
    [
        ("alibaba-directmail", "provider.directmail-unsigned"),
        ("customers-mail-cloud", "provider.cmc-unsigned"),
        ("yoyakuban-489ban", "provider.yoyakuban-unsigned"),
        ("amazon-ses", "provider.ses-unsigned"),
        ("zoho-campaigns", "provider.zoho-unsigned"),
        ("sendgrid", "provider.unsigned"),
    ],
)
def test_a_mail_that_the_sender_did_not_sign_gets_the_words_of_its_service(identifier: str, finding: str) -> None:
    assert told(used(identifier, dkim("b.example.net"), server=spf("b.example.net")))[0] == finding


@pytest.mark.parametrize("identifier", ["amazon-ses", "yoyakuban-489ban", "zoho-campaigns", "sendgrid"])
def test_where_spf_counts_nothing_is_said_to_fail(identifier: str) -> None:
    assert told(used(identifier, server=spf(AUTHOR))) == ["provider.server-only"]


def test_offline_nothing_is_advised() -> None:
    nobody = Evidence(Answer(Question(HOME, "TXT"), Outcome.FAILED, failure=Failure.OFFLINE), ("spf",))
    assert told(used("sendgrid", server=spf(AUTHOR, Result.TEMPERROR), evidence=(nobody,))) == []


@pytest.mark.parametrize(
    ("identifier", "selector", "finding"),
    [
        ("alibaba-directmail", "aliyun-eu-central-1", "provider.directmail-key-missing"),
        ("customers-mail-cloud", "k1", "provider.cmc-key-missing"),
        ("yoyakuban-489ban", "k1", "provider.yoyakuban-key-missing"),
        ("amazon-ses", TOKEN, "provider.ses-key-missing"),
        ("zoho-campaigns", "4821", "provider.zoho-key-missing"),
        ("mailjet", "mailjet", "provider.key-missing"),
        ("alibaba-directmail", "own", "provider.key-missing"),
        ("amazon-ses", "own", "provider.key-missing"),
    ],
)
def test_a_key_that_is_not_in_dns_gets_the_words_of_its_service(identifier: str, selector: str, finding: str) -> None:
    assert told(used(identifier, dkim(HOME, "key.none", selector=selector))) == [finding]


def test_a_key_that_was_there_on_delivery_needs_no_advice() -> None:
    made = message(RESULTS)
    row = (compared("dkim", "pass", Result.PERMERROR, Drift.KEY_GONE, 0),)
    gone = dkim(HOME, "key.none", selector=TOKEN)
    given = used("amazon-ses", gone, server=spf("amazonses.com"), made=made, trust=believed(made), comparison=row)
    assert told(given) == []
    replaced = dkim(HOME, "hash.header", signer=Signer.OTHER_KEY)
    assert told(used("blastengine", replaced, made=made, trust=believed(made), comparison=row)) == []


def test_no_key_is_ever_invented() -> None:
    for known in SERVICES:
        for finding in find_provider(used(known.id, dkim(HOME, "key.none", selector=TOKEN))):
            assert not any("p=" in text for edit in finding.edits for text in edit.after)


def test_ses_names_the_record_and_its_target() -> None:
    (edit,) = only(used("amazon-ses", dkim(HOME, "key.none", selector=TOKEN))).edits
    assert (edit.name, edit.rtype, edit.before) == (f"{TOKEN}._domainkey.{HOME}", "CNAME", ())
    assert edit.after == (f"{TOKEN}.dkim.amazonses.com",)


def test_a_doubled_target_of_ses_is_shown_before_and_after() -> None:
    name, target = f"{TOKEN}._domainkey.{HOME}", f"{TOKEN}.dkim.amazonses.com"
    answer = asked(name, aliases=(f"{target}.{HOME}",))
    one = only(used("amazon-ses", dkim(HOME, "key.none", selector=TOKEN), evidence=(answer,)))
    assert one.id == "provider.ses-target"
    assert (one.edits[0].before, one.edits[0].after) == ((f"{target}.{HOME}",), (target,))


def test_a_doubled_alias_is_mended_as_an_alias() -> None:
    """What stands behind it changes with the rotation of the keys, so that its text must not be copied."""
    name, target = f"{TOKEN}._domainkey.{HOME}", f"{TOKEN}.dkim.amazonses.com"
    missing = dkim(HOME, "key.none", selector=TOKEN)
    assert missing.key is not None
    missing = replace(missing, key=replace(missing.key, status=KeyStatus.NONE))
    doubled = asked(f"{name}.{HOME}", "v=DKIM1; p=AAAA", aliases=(target,))
    given = used("amazon-ses", missing, evidence=(asked(name), doubled))
    (one,) = find_publishing(given)
    assert (one.edits[0].rtype, one.edits[0].after) == ("CNAME", (target,))
    assert only(given).edits[0].after == (target,)


def test_an_alias_to_somewhere_else_is_not_explained() -> None:
    answer = asked(f"{TOKEN}._domainkey.{HOME}", aliases=("k.example.org",))
    assert told(used("amazon-ses", dkim(HOME, "key.none", selector=TOKEN), evidence=(answer,))) == [
        "provider.key-missing"
    ]


def test_an_alias_of_ses_that_leads_to_nothing_gets_no_advice_to_publish_it_again() -> None:
    answer = asked(f"{TOKEN}._domainkey.{HOME}", aliases=(f"{TOKEN}.dkim.amazonses.com",))
    assert told(used("amazon-ses", dkim(HOME, "key.none", selector=TOKEN), evidence=(answer,))) == []


def test_a_key_of_ses_that_is_there_and_cannot_be_used_is_no_spare_one() -> None:
    answer = asked(f"{TOKEN}._domainkey.{HOME}", "v=DKIM1; p=%%", aliases=(f"{TOKEN}.dkim.amazonses.com",))
    assert told(used("amazon-ses", dkim(HOME, "key.syntax", selector=TOKEN), evidence=(answer,))) == []


@pytest.mark.parametrize("code", ["key.revoked", "key.syntax", "key.none"])
def test_an_empty_answer_behind_the_alias_of_ses_is_rotation(code: str) -> None:
    answer = asked(f"{TOKEN}._domainkey.{HOME}", "", aliases=(f"{TOKEN}.dkim.amazonses.com",))
    one = only(used("amazon-ses", dkim(HOME, code, selector=TOKEN), evidence=(answer,)))
    assert one.id == "provider.ses-spare-key"
    assert one.edits == ()


@pytest.mark.parametrize(("region", "host"), [("eu-west-1", "feedback-smtp.eu-west-1.amazonses.com"), ("", "<region>")])
def test_the_region_of_ses_is_told_where_a_name_shows_it_and_never_guessed(region: str, host: str) -> None:
    values = [("region", region)] if region else []
    given = used("amazon-ses", server=spf("amazonses.com"), values=values)
    one = next(finding for finding in find_provider(given) if finding.id == "provider.ses-mail-from")
    assert host in str(one.params["target"])
    assert {edit.rtype for edit in one.edits} == ({"MX", "TXT"} if region else {"TXT"})
    assert all("<" not in text for edit in one.edits for text in edit.after)


def test_an_include_goes_into_the_record_that_is_there() -> None:
    record = asked(AUTHOR, "v=spf1 ip4:192.0.2.1 -all", "other=1")
    one = only(used("alibaba-directmail", dkim(HOME), server=spf(AUTHOR, Result.FAIL), evidence=(record,)))
    assert one.id == "provider.include-missing"
    assert one.edits[0].after == ("v=spf1 ip4:192.0.2.1 include:spf1.dm.aliyun.com -all",)


def test_a_first_record_that_forbids_all_others_is_shown_only_for_a_domain_without_other_servers() -> None:
    one = only(used("alibaba-directmail", dkim(HOME), server=spf(AUTHOR, Result.NONE), evidence=(asked(AUTHOR),)))
    assert one.edits[0].after == ("v=spf1 include:spf1.dm.aliyun.com -all",)
    assert one.edits[0].condition == "edit.if-only-service"


def test_no_include_is_advised_where_it_stands_already_or_records_are_several() -> None:
    there = asked(AUTHOR, "v=spf1 include:spf1.dm.aliyun.com -all")
    two = asked(AUTHOR, "v=spf1 mx -all", "v=spf1 a -all")
    for record in (there, two):
        server = spf(AUTHOR, Result.FAIL)
        assert told(used("alibaba-directmail", dkim(HOME), server=server, evidence=(record,))) == []


def test_a_forwarders_server_is_no_reason_to_change_spf() -> None:
    given = used("alibaba-directmail", dkim(HOME), server=spf(AUTHOR, Result.FAIL))
    assert given.provider is not None
    by_signature = replace(given.provider, evidence=(ProviderEvidence("dkim-domain", "dm-fbl.aliyuncs.com"),))
    assert told(given) == ["provider.include-missing"]
    assert told(replace(given, provider=by_signature)) == []


def test_a_forwarders_return_path_is_not_taken_for_the_services() -> None:
    given = used("mailchimp", server=spf("alumni.example.org"))
    assert given.provider is not None
    by_signature = replace(given.provider, evidence=(ProviderEvidence("dkim-domain", "mailchimpapp.net"),))
    assert told(replace(given, provider=by_signature)) == ["provider.unsigned"]


@pytest.mark.parametrize("identifier", ["google-workspace", "microsoft-365"])
def test_a_mailbox_provider_that_forwards_is_not_asked_to_sign(identifier: str) -> None:
    assert told(used(identifier, server=spf("alumni.example.org"))) == []
    assert told(used(identifier, server=spf(AUTHOR))) == ["provider.server-only"]


def test_strict_mode_alone_is_no_missing_signature() -> None:
    policy = dmarc((dkim(HOME),), spf("b.example.net"), strict=True)
    assert "provider.unsigned" not in told(used("sendgrid", dkim(HOME), server=spf("b.example.net"), policy=policy))


def _simple(check: DkimCheck) -> DkimCheck:
    plain = Canonicalization.SIMPLE
    return replace(
        check, signature=replace(check.signature, body_canonicalization=plain, header_canonicalization=plain)
    )


@pytest.mark.parametrize("identifier", ["amazon-ses", "zoho-campaigns", "salesforce"])
def test_a_pasted_copy_with_an_invented_signature_gets_no_excuse(identifier: str) -> None:
    pasted = message(RESULTS, kind=SourceKind.PASTE)
    for signer in (Signer.UNKNOWN, Signer.OTHER_KEY):
        assert told(used(identifier, _simple(dkim(HOME, "hash.header", signer=signer)), made=pasted)) == []


def test_a_copy_gets_no_excuse_where_the_receiver_found_the_signature_wrong_too() -> None:
    pasted = message(RESULTS, kind=SourceKind.PASTE)
    row = (compared("dkim", "fail", Result.FAIL, index=0),)
    wrong = _simple(dkim(HOME, "hash.body"))
    assert told(used("amazon-ses", wrong, made=pasted, trust=believed(pasted), comparison=row)) == []


@pytest.mark.parametrize("identifier", ["amazon-ses", "zoho-campaigns", "salesforce"])
def test_a_pasted_copy_of_a_simple_signature_asks_for_the_file(identifier: str) -> None:
    pasted = message(RESULTS, kind=SourceKind.PASTE)
    assert told(used(identifier, _simple(dkim(HOME, "hash.body")), made=pasted)) == ["provider.simple-copy"]
    assert told(used(identifier, dkim(HOME, "hash.body"), made=pasted)) == []
    assert told(used(identifier, _simple(dkim(HOME, "hash.body")))) == []


def test_a_key_of_1024_bits_is_remarked_at_the_service_that_assigns_them() -> None:
    assert told(used("customers-mail-cloud", dkim(HOME, bits=1024), server=spf(AUTHOR))) == ["provider.cmc-key-year"]
    assert told(used("customers-mail-cloud", dkim(HOME, bits=2048), server=spf(AUTHOR))) == []
    assert told(used("amazon-ses", dkim(HOME, bits=1024), server=spf(AUTHOR))) == []


def test_an_address_that_the_service_put_into_from_is_told_of() -> None:
    own = dkim("shopifyemail.com")
    policy = dmarc((own,), NO_SPF, author="shopifyemail.com", home="shopifyemail.com")
    assert told(used("shopify", own, policy=policy)) == ["provider.from-rewritten"]
    assert told(used("shopify", dkim(HOME))) == []


def test_a_pair_that_does_not_fit_is_told_only_where_the_customer_makes_it() -> None:
    other = dkim(HOME, "hash.header", signer=Signer.OTHER_KEY)
    assert told(used("blastengine", other)) == ["provider.other-pair"]
    assert told(used("sendgrid", other)) == []
    assert told(used("blastengine", dkim(HOME, "hash.header", signer=Signer.THIS_KEY))) == []


def test_a_list_is_named_only_where_the_author_provably_signed_another_text() -> None:
    changed = dkim(HOME, "hash.body")
    invented = dkim(HOME, "hash.header", signer=Signer.OTHER_KEY)
    assert told(used("mailman", changed, server=spf("lists.example.org"))) == ["provider.list"]
    assert told(used("mailman", invented, server=spf("lists.example.org"))) == []
    assert told(used("mailman", dkim(HOME), server=spf("lists.example.org"))) == []


def test_a_question_asked_for_advice_alone_leaves_no_gap_in_the_verdict() -> None:
    host = Question("a4-1.smtp-out.amazonses.com", "A")
    silent = Answer(host, Outcome.FAILED, failure=Failure.TIMEOUT)
    assert without_answer(facts((), evidence=(Evidence(silent, ("hint",)),))) == ()
    assert without_answer(facts((), evidence=(Evidence(silent, ("hint", "spf")),))) == (host.name,)


def test_a_gateway_of_which_nothing_is_established_is_given_no_advice() -> None:
    changed = dkim(HOME, "hash.body")
    assert told(used("mimecast", changed)) == ["provider.gateway-changed"]
    assert told(used("proofpoint", changed)) == []
