"""The DMARC record: what counts, what falls back, what spoils it (RFC 9989 4.7, 4.8, 4.10.1)."""

import time

import pytest

from headerlens.model.records import DmarcRecord
from headerlens.parse.dmarc import is_usable, looks_like_dmarc, parse_dmarc


def parse(text: str) -> DmarcRecord:
    record = parse_dmarc("example.com", text)
    assert record is not None
    return record


def codes(record: DmarcRecord) -> list[str]:
    return [note.code for note in record.notes]


def test_a_plain_record_has_the_defaults() -> None:
    record = parse("v=DMARC1; p=reject")
    assert (record.domain, record.text) == ("example.com", "v=DMARC1; p=reject")
    assert (record.policy, record.subdomain_policy, record.nonexistent_policy) == ("reject", None, None)
    assert (record.adkim, record.aspf, record.psd, record.testing) == ("r", "r", "u", False)
    assert (record.bad_policy, record.notes, record.has_report_address) == ((), (), False)


def test_every_tag_is_read() -> None:
    record = parse(
        "v=DMARC1; p=none; sp=quarantine; np=reject; psd=n; t=y; adkim=s; aspf=s; fo=1:d:s; "
        "rua=mailto:a@example.com, https://example.net/r; ruf=mailto:f@example.com;"
    )
    assert (record.policy, record.subdomain_policy, record.nonexistent_policy) == ("none", "quarantine", "reject")
    assert (record.adkim, record.aspf, record.psd, record.testing) == ("s", "s", "n", True)
    assert (record.has_report_address, record.notes) == (True, ())


@pytest.mark.parametrize(
    "text",
    [
        "",
        "v=spf1 -all",
        "v=dmarc1; p=reject",
        "v=DMARC2; p=reject",
        "v=DMARC1 p=reject",
        "p=reject; v=DMARC1",
        "DMARC1",
    ],
)
def test_what_does_not_begin_with_the_version_is_no_record(text: str) -> None:
    assert parse_dmarc("example.com", text) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [("v=dmarc1; p=none", True), ("V = DMARC1 p=none", True), ("v=DMARC2", True), ("v=spf1 -all", False), ("", False)],
)
def test_a_failed_attempt_at_a_record_is_told_from_other_texts(text: str, *, meant: bool) -> None:
    assert looks_like_dmarc(text) is meant


@pytest.mark.parametrize(
    "text", ["v=DMARC1;p=REJECT", "v = DMARC1 ;\tp = Reject ;", "v=DMARC1; rua=mailto:a@b; p=reject"]
)
def test_case_blanks_and_order_do_not_matter(text: str) -> None:
    assert parse(text).policy == "reject"


def test_values_of_one_letter_have_no_case() -> None:
    record = parse("v=DMARC1; p=none; adkim=S; aspf=S; psd=Y; t=Y")
    assert (record.adkim, record.aspf, record.psd, record.testing) == ("s", "s", "y", True)


def test_bad_values_fall_back_and_are_noted() -> None:
    record = parse("v=DMARC1; p=none; adkim=x; aspf=strict; psd=yes; t=yes; fo=2")
    assert (record.adkim, record.aspf, record.psd, record.testing) == ("r", "r", "u", False)
    assert codes(record) == ["note.bad_value"] * 5


def test_a_bad_policy_and_a_bad_report_address_are_noted() -> None:
    record = parse("v=DMARC1; p=rejct; rua=d@example.com")
    assert [(note.code, note.detail) for note in record.notes] == [
        ("note.bad_value", "p=rejct"),
        ("note.bad_value", "rua=d@example.com"),
    ]


@pytest.mark.parametrize(
    ("tags", "bad"),
    [
        ("", ("p",)),
        ("p=", ("p",)),
        ("p=rejct", ("p",)),
        ("p=reject; sp=quarantin", ("sp",)),
        ("p=reject; np=", ("np",)),
        ("sp=x; np=y", ("p", "sp", "np")),
        ("p=reject; sp=none; np=none", ()),
    ],
)
def test_a_bad_policy_names_its_tags(tags: str, bad: tuple[str, ...]) -> None:
    assert parse(f"v=DMARC1; {tags}").bad_policy == bad


@pytest.mark.parametrize(
    ("rua", "valid"),
    [
        ("mailto:d@example.com", True),
        ("mailto:d@example.com!10m", True),
        ("d@example.com, mailto:e@example.com", True),
        ("https://example.com/dmarc?a=b", True),
        ("d@example.com", False),
        ("mailto:", False),
        ("mailto:a b@example.com", False),
        ("mailto:a!b@example.com", False),
        ("", False),
    ],
)
def test_a_report_address_is_a_uri(rua: str, *, valid: bool) -> None:
    assert parse(f"v=DMARC1; p=none; rua={rua}").has_report_address is valid


def test_historic_and_unknown_tags_are_noted_and_ignored() -> None:
    record = parse("v=DMARC1; p=reject; pct=0; rf=afrf; ri=86400; x=1")
    assert codes(record) == ["note.historic_tag"] * 3 + ["note.unknown_tag"]
    assert [note.detail for note in record.notes] == ["pct=0", "rf=afrf", "ri=86400", "x=1"]
    assert record.policy == "reject"


@pytest.mark.parametrize(
    "text", ["v=DMARC1; p=none; p=reject", "v=DMARC1; p=none; P=reject", "v=DMARC1; v=DMARC1; p=none"]
)
def test_a_repeated_tag_makes_the_record_unusable(text: str) -> None:
    record = parse(text)
    assert "note.duplicate_tag" in codes(record)
    assert not is_usable(record)
    assert is_usable(parse("v=DMARC1; p=none"))


def test_tag_names_in_capitals_count_with_a_note() -> None:
    record = parse("v=DMARC1; P=reject")
    assert (record.policy, codes(record)) == ("reject", ["note.tag_case"])


def test_a_leading_blank_counts_with_a_note() -> None:
    assert codes(parse(" v=DMARC1; p=none")) == ["note.leading_blank"]


def test_a_policy_that_is_not_second_is_noted() -> None:
    assert codes(parse("v=DMARC1; adkim=r; p=none")) == ["note.p_not_second"]


def test_rubbish_between_tags_is_noted_and_the_rest_counts() -> None:
    record = parse("v=DMARC1; rubbish; p=reject")
    assert (record.policy, "note.syntax" in codes(record)) == ("reject", True)


def test_notes_say_where_in_the_record() -> None:
    record = parse("v=DMARC1; p=none; pct=50")
    assert record.text[record.notes[0].start : record.notes[0].end] == "pct=50"


@pytest.mark.parametrize(
    "text",
    [
        "v=DMARC1; rua=" + "a" * 65_000,
        "v=DMARC1; rua=" + "a:" * 32_000 + " ",
        "v=DMARC1; rua=mailto:a!" + "1" * 65_000 + "x",
        "v=DMARC1;" + "p=none;" * 9_000,
        "v=DMARC1;" + ";" * 65_000,
        "v=DMARC1; rua=" + "mailto:a@b," * 6_000,
        " " * 65_000 + "v=DMARC1",
    ],
)
def test_the_largest_record_is_read_in_a_moment(text: str) -> None:
    began = time.process_time()
    parse_dmarc("example.com", text)
    looks_like_dmarc(text)
    assert time.process_time() - began < 1
