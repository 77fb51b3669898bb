"""The old rules: organisations by the public suffix list, two names asked at the most (RFC 7489 3.2, 6.6.3)."""

import subprocess
import sys

import pytest

from headerlens.model.dns import Answer, Failure, Lookup, Outcome, Question
from headerlens.model.verdicts import Result
from headerlens.verify.identifiers import Candidate
from headerlens.verify.organization import TreeWalks
from headerlens.verify.psl import is_public_suffix, old_view, organizational_domain


def zone(records: dict[str, tuple[str, ...]], log: list[str] | None = None) -> Lookup:
    def ask(question: Question) -> Answer:
        name = question.name.removeprefix("_dmarc.")
        if log is not None:
            log.append(name)
        texts = records.get(name)
        if texts == ("broken",):
            return Answer(question, Outcome.FAILED, failure=Failure.TIMEOUT)
        if texts is None:
            return Answer(question, Outcome.NO_NAME)
        return Answer(question, Outcome.FOUND, tuple((text.encode(),) for text in texts))

    return ask


@pytest.mark.parametrize(
    ("domain", "organization"),
    [
        ("example.com", "example.com"),
        ("a.b.example.co.jp", "example.co.jp"),
        ("co.jp", "co.jp"),
        ("a.b.github.io", "b.github.io"),
        ("a.bank.example", "bank.example"),
        ("localhost", "localhost"),
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8::1", "2001:db8::1"),
        ("", ""),
    ],
)
def test_the_organisation_is_one_label_below_the_public_suffix(domain: str, organization: str) -> None:
    assert organizational_domain(domain) == organization


def test_a_public_suffix_is_known_as_such() -> None:
    assert [is_public_suffix(name) for name in ("com", "co.jp", "github.io", "example.com", "192.0.2.1", "")] == [
        True, True, True, False, False, False,
    ]  # fmt: skip


def test_the_list_is_not_read_before_it_is_needed() -> None:
    code = "import sys; import headerlens.verify.dmarc; sys.exit('publicsuffixlist' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@pytest.mark.parametrize(
    ("records", "result", "domain", "disposition"),
    [
        ({}, "none", None, None),
        ({"example.com": ("v=DMARC1; p=reject",)}, "fail", "example.com", "reject"),
        ({"example.com": ("v=DMARC1; p=reject; sp=none",)}, "fail", "example.com", "none"),
        ({"example.com": ("v=DMARC1; p=none; np=reject",)}, "fail", "example.com", "none"),
        ({"b.example.com": ("v=DMARC1; p=reject",)}, "none", None, None),
        ({"a.b.example.com": ("v=DMARC1; p=reject; sp=none",)}, "fail", "a.b.example.com", "reject"),
        ({"a.b.example.com": ("v=DMARC1; p=none", "v=DMARC1; p=none")}, "none", None, None),
        ({"a.b.example.com": ("broken",)}, "temperror", None, None),
        ({"example.com": ("v=DMARC1; p=reject; np=x",)}, "fail", "example.com", "reject"),
        ({"example.com": ("v=DMARC1; p=reject; sp=x",)}, "none", "example.com", None),
        ({"example.com": ("v=DMARC1; p=reject; sp=x; rua=mailto:a@b.example",)}, "fail", "example.com", "none"),
    ],
)
def test_discovery_by_the_old_rules(
    records: dict[str, tuple[str, ...]], result: str, domain: str | None, disposition: str | None
) -> None:
    view = old_view("a.b.example.com", (), TreeWalks(zone(records)))
    assert (view.result.value, view.policy_domain, view.disposition) == (result, domain, disposition)


def test_two_names_are_asked_at_the_most() -> None:
    log: list[str] = []
    old_view("a.b.example.com", (), TreeWalks(zone({}, log)))
    assert log == ["a.b.example.com", "example.com"]


@pytest.mark.parametrize(
    ("mode", "domain", "result", "verdict"),
    [
        ("r", "m.example.com", Result.PASS, "pass"),
        ("s", "m.example.com", Result.PASS, "fail"),
        ("s", "example.com", Result.PASS, "pass"),
        ("r", "example.net", Result.PASS, "fail"),
        ("r", "example.net", Result.TEMPERROR, "temperror"),
        ("r", "", Result.PASS, "fail"),
    ],
)
def test_alignment_by_the_old_rules(mode: str, domain: str, result: Result, verdict: str) -> None:
    records: dict[str, tuple[str, ...]] = {"example.com": (f"v=DMARC1; p=reject; adkim={mode}",)}
    view = old_view("example.com", (Candidate("dkim", 0, domain, result),), TreeWalks(zone(records)))
    assert view.result.value == verdict
    assert view.aligned_dkim is (verdict == "pass")
    assert view.aligned_spf is False
