"""Which service a mail was sent through: border facts prove it, and nothing else does."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from headerlens.model.dns import Answer, Failure, Lookup, Outcome, Question
from headerlens.model.message import Message
from headerlens.model.providers import Provider
from headerlens.model.verdicts import DkimCheck, Identity, Result, SpfCheck, SpfNode, SpfTerm, TermState
from headerlens.providers.identify import identify
from headerlens.providers.knowledge import Service, service, services
from tests.support.facts import NO_SPF, dkim, message, spf

IP = "203.0.113.41"
WITHOUT_BORDER_FACTS = {
    "barracuda": "its hosts are the customer's own",
    "cuenote": "no name of it is established",
    "cybozu": "its return path and hosts are not established",
    "onamae-rs": "no name of it is established",
    "stripe": "no name of it is established",
    "will-mail": "no name of it is established",
}
"""Services that have a file for their records and cannot be recognised yet."""

EVERY = sorted(set(services()) - set(WITHOUT_BORDER_FACTS))


def sample(pattern: str) -> str:
    """A text that the pattern describes."""
    values = {"{region}": "ap-northeast-1", "{token}": "a2" * 16, "{account}": "4821", "{date}": "20261120"}
    for name, value in {**values, "{letter}": "a"}.items():
        pattern = pattern.replace(name, value)
    return re.sub(r"\*", "x", pattern).replace("N", "7")


def mail(host: str = "mail.example.org", helo: str = "", extra: tuple[str, ...] = ()) -> Message:
    """A mail that `host` handed over at the border."""
    received = f"Received: from {helo or host} ({host} [{IP}]) by mx.google.com; Fri, 20 Nov 2026 00:12:02 +0000"
    return message(*extra, received=(received,))


def by(domain: str, result: Result = Result.PASS, mail_from: str = "", through: tuple[str, ...] = ()) -> SpfCheck:
    """SPF at `domain`, whose record leads through the includes `through` to the match."""
    tree: SpfNode | None = None
    for name in reversed((domain, *through)):
        term = SpfTerm("x", 7, "include" if tree else "ip4", "+", TermState.MATCHED, child=tree)
        tree = SpfNode(name, "v=spf1 x -all", result, (term,))
    checked = spf(domain, result, ip=IP, mail_from=mail_from or f"b@{domain}")
    return replace(checked, tree=tree)


def lookup(given: dict[str, str]) -> Lookup:
    """A zone of addresses; an absent name is NXDOMAIN."""

    def ask(question: Question) -> Answer:
        address = given.get(question.name)
        if address is None or (":" in address) != (question.rtype == "AAAA"):
            return Answer(question, Outcome.NO_NAME)
        return Answer(question, Outcome.FOUND, ((address.encode(),),))

    return ask


def found(made: Message, checked: SpfCheck = NO_SPF, *checks: DkimCheck, ask: Lookup | None = None) -> Provider | None:
    inputs = replace(checked.inputs, border=0, client_ip=IP)
    return identify(made, inputs, replace(checked, inputs=inputs), checks, ask)


def facts_of(known: Service) -> tuple[Message, SpfCheck, DkimCheck | None, Lookup | None]:
    """The strongest border facts that the file of a service establishes."""
    host = sample((*known.hosts, *known.own, "mail.example.org")[0])
    made = mail(host)
    if known.id == "mailman":
        return (
            mail(extra=("List-Id: <p.lists.example.org>",)),
            by("lists.example.org", mail_from="p-bounces@lists.example.org"),
            None,
            None,
        )
    if known.id == "google-groups":
        return made, by("example.org", mail_from="p+bncBCY@example.org", through=("_spf.google.com",)), None, None
    if known.signing:
        return made, NO_SPF, dkim(sample(known.signing[0])), None
    if known.includes:
        return made, by("example.co.jp", through=(sample(known.includes[0]),)), None, None
    return made, NO_SPF, None, lookup({host: IP})


@pytest.mark.parametrize("identifier", EVERY)
def test_every_service_is_recognised_from_its_border_facts(identifier: str) -> None:
    made, checked, signature, ask = facts_of(service(identifier))
    one = found(made, checked, *((signature,) if signature else ()), ask=ask)
    assert one is not None
    assert one.id == identifier
    assert one.evidence


@pytest.mark.parametrize("identifier", sorted(WITHOUT_BORDER_FACTS))
def test_a_service_without_established_names_has_none_to_recognise(identifier: str) -> None:
    known = service(identifier)
    assert (known.own, known.hosts, known.return_paths, known.signing, known.includes) == ((), (), (), (), ())


FORGED = (
    "Message-ID: <1@email.amazonses.com>", "X-SES-Outgoing: 2026.11.20-203.0.113.41", "X-AliDM-RcptTo: eW91",
    "X-Mailer: Zoho Campaigns", "X-SG-EID: x", "X-Mailgun-Sid: x", "X-MC-User: x", "X-Google-Group-Id: 1",
    "X-Mailman-Version: 2.1", "X-Mimecast-Originator: x", "X-MS-Exchange-Organization-SCL: 1", "X-SFMC-Stack: 1",
    "X-Gm-Message-State: x", "X-Proofpoint-GUID: x", "X-Barracuda-Connect: x", "List-Id: <x.lists.example.org>",
    "Received: from a4-1.smtp-out.amazonses.com (a4-1.smtp-out.amazonses.com [192.0.2.7]) by x.example; 20 Nov 2026",
    "DKIM-Signature: v=1; d=amazonses.com; s=x; b=AAAA",
)  # fmt: skip


def test_forged_marks_name_no_service() -> None:
    assert found(mail(extra=FORGED), by("example.org"), ask=lookup({})) is None


@pytest.mark.parametrize("identifier", [one for one in EVERY if service(one).hosts])
def test_a_claimed_host_name_alone_names_no_service(identifier: str) -> None:
    host = sample(service(identifier).hosts[0])
    assert found(mail(host), by("example.org")) is None
    assert found(mail("unknown", helo=host), by("example.org"), ask=lookup({host: "192.0.2.99"})) is None


@pytest.mark.parametrize("identifier", [one for one in EVERY if service(one).return_paths and one != "mailman"])
def test_a_return_path_that_spf_does_not_confirm_names_no_service(identifier: str) -> None:
    path = sample(service(identifier).return_paths[0])
    domain = path.rpartition("@")[2]
    for result in (Result.FAIL, Result.SOFTFAIL, Result.NEUTRAL, Result.NONE, Result.TEMPERROR, Result.PERMERROR):
        assert found(mail(), by(domain, result, path)) is None


def test_a_return_path_confirmed_for_helo_only_names_no_service() -> None:
    bounce = replace(by("amazonses.com"), identity=Identity.HELO)
    assert found(mail(), bounce) is None


@pytest.mark.parametrize("code", ["hash.body", "hash.header", "key.none", "key.unavailable", "body.missing"])
def test_a_signature_that_does_not_pass_names_no_service(code: str) -> None:
    assert found(mail(), by("example.org"), dkim("amazonses.com", code)) is None


def test_the_selector_of_a_customer_alone_names_no_service() -> None:
    assert found(mail(), by("example.co.jp"), dkim("example.co.jp", selector="aliyun-cn-hangzhou")) is None


def test_a_name_that_only_ends_like_a_services_own_names_no_service() -> None:
    assert found(mail(), by("notamazonses.com"), dkim("amazonses.com.example.org")) is None


def test_a_forged_include_proves_nothing_where_another_term_matched() -> None:
    other = SpfTerm(
        "include:amazonses.com", 7, "include", "+", TermState.NO_MATCH, child=SpfNode("amazonses.com", "", None)
    )
    term = SpfTerm("ip4:203.0.113.41", 29, "ip4", "+", TermState.MATCHED)
    tree = SpfNode("example.org", "v=spf1 include:amazonses.com ip4:203.0.113.41", Result.PASS, (other, term))
    assert found(mail(), replace(by("example.org"), tree=tree)) is None


def test_the_zone_of_the_service_confirms_the_name_of_its_server() -> None:
    host = "out28-41.dm.aliyun.com"
    one = found(mail(host), NO_SPF, ask=lookup({host: IP}))
    assert one is not None
    assert [(fact.kind, fact.value) for fact in one.evidence] == [("client-host", host)]
    claimed = found(mail("unknown", helo=host), NO_SPF, ask=lookup({host: IP}))
    assert claimed is not None
    assert claimed.evidence[0].kind == "helo"


def test_an_address_of_the_new_kind_is_asked_for_as_such() -> None:
    host = "out28-41.dm.aliyun.com"
    inputs = replace(NO_SPF.inputs, border=0, client_ip="2001:db8::41")
    ask = lookup({host: "2001:db8:0:0::41"})
    assert identify(mail(host), inputs, replace(NO_SPF, inputs=inputs), (), ask) is not None


def test_nothing_is_asked_where_a_fact_proves_the_service_or_no_name_fits() -> None:
    asked: list[Question] = []

    def ask(question: Question) -> Answer:
        asked.append(question)
        return Answer(question, Outcome.FAILED, failure=Failure.TIMEOUT)

    found(mail("a4-1.smtp-out.amazonses.com"), by("amazonses.com"), ask=ask)
    found(mail("mail.example.org"), by("example.org"), ask=ask)
    assert asked == []
    assert found(mail("a4-1.smtp-out.amazonses.com"), NO_SPF, ask=ask) is None
    assert asked == [Question("a4-1.smtp-out.amazonses.com", "A")]


def test_nothing_more_is_asked_where_dns_is_silent() -> None:
    host = "out28-41.dm.aliyun.com"
    ask = lookup({host: IP})
    assert found(mail(host), by("example.co.jp", Result.TEMPERROR), ask=ask) is None
    assert found(mail(host), NO_SPF, dkim(code="key.unavailable"), ask=ask) is None


def test_without_a_border_a_host_name_is_nobodys() -> None:
    host = "out28-41.dm.aliyun.com"
    inputs = replace(NO_SPF.inputs, border=None, client_ip=IP)
    assert identify(mail(host), inputs, replace(NO_SPF, inputs=inputs), (), lookup({host: IP})) is None


def test_the_region_and_the_selector_are_kept_for_the_advice() -> None:
    host, token = "e234-7.smtp-out.ap-northeast-1.amazonses.com", "a2" * 16
    one = found(mail(host), by("amazonses.com"), dkim("example.co.jp", selector=token))
    assert one is not None
    assert dict(one.values) == {"region": "ap-northeast-1", "selector": token, "token": token}
    mails = found(mail(), by("example.co.jp", through=("spf1.dm.aliyun.com",)), dkim(selector="aliyun-cn-hangzhou"))
    assert mails is not None
    assert dict(mails.values) == {"region": "cn-hangzhou", "selector": "aliyun-cn-hangzhou"}


def test_who_sent_comes_before_what_handled_the_mail() -> None:
    gate = by("example.co.jp", through=("eu._netblocks.mimecast.com",))
    one = found(mail("eu-smtp-delivery-152.mimecast.com"), gate, dkim("amazonses.com"))
    assert one is not None
    assert one.id == "amazon-ses"
    alone = found(mail("eu-smtp-delivery-152.mimecast.com"), gate)
    assert alone is not None
    assert alone.id == "mimecast"


def test_a_bounce_address_is_a_lists_only_where_spf_and_list_id_agree() -> None:
    path = "p-bounces@lists.example.org"
    named = mail(extra=("List-Id: Project <p.lists.example.org>",))
    assert found(named, by("lists.example.org", mail_from=path)) is not None
    assert found(named, by("lists.example.org", Result.FAIL, path)) is None
    assert found(mail(), by("lists.example.org", mail_from=path)) is None
    elsewhere = mail(extra=("List-Id: <p.lists.example.com>",))
    assert found(elsewhere, by("lists.example.org", mail_from=path)) is None


def test_a_group_is_told_from_its_provider_by_the_shape_of_the_return_path() -> None:
    through = ("_spf.google.com",)
    plain = found(mail("mail-sor-f41.google.com"), by("example.org", through=through))
    assert plain is not None
    assert plain.id == "google-workspace"
    group = found(mail("mail-yb1-f55.google.com"), by("example.org", mail_from="l+bncBCY@example.org", through=through))
    assert group is not None
    assert group.id == "google-groups"
    assert found(mail(), by("example.org"), dkim("googlegroups.com")) is None


def test_a_hostile_chain_of_includes_ends() -> None:
    node = SpfNode("amazonses.com", "", Result.PASS)
    for at in range(5000):
        term = SpfTerm("x", 0, "include", "+", TermState.MATCHED, child=node)
        node = SpfNode(f"h{at}.example.org", "", Result.PASS, (term,))
    assert found(mail(), replace(by("example.org"), tree=node)) is None
