"""The facts about sending services: what the files may hold, and that they are read when they are needed only."""

from __future__ import annotations

import re
from datetime import date

import pytest

from headerlens.assets import asset
from headerlens.parse.names import is_subdomain
from headerlens.providers import knowledge
from headerlens.providers.knowledge import BadService, known_for, known_for_all, service, service_name, services

FIVE = ("alibaba-directmail", "customers-mail-cloud", "yoyakuban-489ban", "amazon-ses", "zoho-campaigns")
NEVER = {"mailchimp", "brevo", "hubspot", "zoho-campaigns", "yoyakuban-489ban", "mailjet"}
"""inputs.md 6, rule 4."""

TABLE = {
    "kind": "service", "as_of": date(2026, 11, 21), "name": {"en": "A", "ja": "A"},
    "border": {"hosts": ["outN.example.net"], "sources": ["a page"]},
    "spf": {"aligns": "never", "sources": ["a page"]},
}  # fmt: skip


def test_all_established_rows_of_the_table_have_a_file() -> None:
    assert len(services()) == 51, "52 rows; of ConoHa nothing was confirmed"
    assert set(FIVE) <= set(services())


@pytest.mark.parametrize("identifier", sorted(services()))
def test_a_file_has_a_date_a_source_for_each_group_and_both_names(identifier: str) -> None:
    known = service(identifier)
    assert known.as_of >= date(2026, 11, 21)
    assert known.sources
    assert all(source and source == source.strip() for group in known.sources.values() for source in group)
    assert service_name(identifier, "en")
    assert service_name(identifier, "ja")


@pytest.mark.parametrize("identifier", sorted(services()))
def test_the_index_leads_to_every_name_of_a_file(identifier: str) -> None:
    known = service(identifier)
    paths = () if known.shape_decides else (path.rpartition("@")[2] for path in known.return_paths)
    for pattern in (*known.own, *known.hosts, *paths, *known.signing, *known.includes):
        name = re.sub(r"\{[a-z]+\}|\*", "x", pattern).replace("N", "7")
        assert identifier in known_for(name), pattern


def test_the_index_names_no_file_that_does_not_exist() -> None:
    text = asset("providers", "index.txt").read_text("utf-8")
    named = {word for line in text.splitlines() if not line.startswith("#") for word in line.split()[1:]}
    assert named <= set(services())


def test_nearly_all_names_belong_to_no_service() -> None:
    assert known_for("mail.example.co.jp") == ()
    assert known_for("") == ()
    assert known_for("notamazonses.com") == ()
    assert known_for_all() == ("mailman",)


def test_spf_is_said_to_align_only_where_that_is_established() -> None:
    assert {known.id for known in services().values() if known.aligns == "never"} == NEVER
    assert service("alibaba-directmail").aligns == "from-address"
    for identifier in ("amazon-ses", "sendgrid", "postmark", "mailgun", "sparkpost", "salesforce-marketing-cloud"):
        assert service(identifier).aligns == "custom-return-path"


def test_no_whole_spf_record_is_offered_where_spf_never_aligns() -> None:
    for identifier in NEVER:
        for record in service(identifier).records:
            assert record.purpose != "spf" or record.value == ""


def test_no_key_is_ever_part_of_a_file() -> None:
    for known in services().values():
        assert not any("p=" in record.value and record.purpose == "dkim" for record in known.records)


def test_own_names_lie_outside_of_each_other() -> None:
    own = [(known.id, name) for known in services().values() for name in known.own]
    for identifier, name in own:
        for other, above in own:
            assert identifier == other or not is_subdomain(name, above), (identifier, other)


def test_a_single_service_costs_the_reading_of_one_file(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    given = knowledge._text

    def noted(name: str) -> str:
        read.append(name)
        return given(name)

    monkeypatch.setattr(knowledge, "_text", noted)
    for cached in (service, services, knowledge._index):
        cached.cache_clear()
    assert known_for("a4-1.smtp-out.amazonses.com") == ("amazon-ses",)
    service("amazon-ses")
    service("amazon-ses")
    assert read == ["index.txt", "amazon-ses.toml"]


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "shop"},
        {"as_of": "2026-11-21"},
        {"as_off": date(2026, 11, 21)},
        {"border": {"hosts": ["outN.example.net"], "sources": []}},
        {"border": {"hosts": ["(out)+.example.net"], "sources": ["a page"]}},
        {"border": {"host": ["outN.example.net"], "sources": ["a page"]}},
        {"border": {"hosts": ["outN.example.net"]}},
        {"spf": {"aligns": "always", "sources": ["a page"]}},
        {"name": {"en": "A"}},
        {"publish": {"records": [{"purpose": "joy", "type": "TXT"}], "sources": ["a page"]}},
    ],
)
def test_a_damaged_file_is_refused(change: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge, "_read", lambda _name: {**TABLE, **change})
    with pytest.raises(BadService):
        service.__wrapped__("damaged")


def test_a_sound_table_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(knowledge, "_read", lambda _name: TABLE)
    assert service.__wrapped__("sound").hosts == ("outN.example.net",)


def test_a_service_nobody_knows_is_refused() -> None:
    with pytest.raises(BadService):
        service("no-such-service")
