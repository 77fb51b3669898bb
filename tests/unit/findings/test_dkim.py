"""Every code of standards.md 2.2 has a finding, and says no more than is proved."""

from __future__ import annotations

from dataclasses import replace

import pytest

from headerlens.findings.catalogue import entries
from headerlens.findings.dkim import REASONS, find_dkim, reason_phrase
from headerlens.findings.facts import Facts
from headerlens.model.message import BodyState, SourceKind
from headerlens.model.verdicts import DkimCheck, Match, Signer
from headerlens.present.words import Words
from tests.support.facts import AUTHOR, HOME, RESULTS, dkim, facts, message

OTHER = "mailer-7.example.net"


def _ids(given: Facts) -> list[str]:
    return [finding.id for finding in find_dkim(given)]


@pytest.mark.parametrize(
    ("check", "identifier"),
    [
        (dkim(HOME), "dkim.pass"),
        (dkim(OTHER), "dkim.third-party"),
        (dkim(OTHER, "hash.body"), "dkim.foreign-failed"),
        (dkim(HOME, "hash.body"), "dkim.body-changed"),
        (dkim(HOME, "hash.header", signer=Signer.THIS_KEY), "dkim.headers-changed"),
        (dkim(HOME, "hash.header", signer=Signer.OTHER_KEY), "dkim.other-key"),
        (dkim(HOME, "hash.header"), "dkim.mismatch"),
        (dkim(HOME, "hash.body", hashes=(Match.MISMATCH, Match.MISMATCH)), "dkim.both-changed"),
        (
            dkim(HOME, "hash.body", hashes=(Match.MISMATCH, Match.MISMATCH), signer=Signer.OTHER_KEY),
            "dkim.both-changed",
        ),
        (dkim(HOME, "body.missing"), "dkim.body-missing"),
        (dkim(HOME, "body.l_too_long"), "dkim.length-too-long"),
        (dkim(HOME, "key.none"), "dkim.no-key"),
        (dkim(HOME, "key.revoked"), "dkim.key-revoked"),
        (dkim(HOME, "key.unavailable"), "dkim.key-unavailable"),
        (dkim(HOME, "key.short", bits=512), "dkim.key-short"),
        (dkim(HOME, "key.type"), "dkim.key-unusable"),
        (dkim(HOME, "sig.alg_weak"), "dkim.algorithm"),
        (dkim(HOME, "sig.expired"), "dkim.expired"),
        (dkim(HOME, "sig.future"), "dkim.future"),
        (dkim(HOME, "sig.from_not_signed"), "dkim.from-not-signed"),
        (dkim(HOME, "sig.domain_unacceptable"), "dkim.domain-unacceptable"),
        (dkim(HOME, "sig.syntax"), "dkim.malformed"),
        (dkim(HOME, "sig.brand_new_code"), "dkim.malformed"),
    ],
)
def test_each_outcome_has_its_finding(check: DkimCheck, identifier: str) -> None:
    assert _ids(facts((check,))) == [identifier]


@pytest.mark.parametrize("code", sorted(REASONS))
def test_every_code_is_told_in_both_languages(code: str) -> None:
    assert Words("en").has_phrase(reason_phrase(code))
    assert Words("ja").has_phrase(reason_phrase(code))
    for domain in (HOME, OTHER):
        for identifier in _ids(facts((dkim(domain, code),))):
            assert identifier in entries()


def test_an_unknown_code_still_has_a_reason() -> None:
    assert reason_phrase("sig.new") == "dkim-reason.sig"
    assert reason_phrase("odd") == reason_phrase(None) == "dkim-reason.other"


def test_a_failure_that_another_signature_makes_up_for_is_a_note() -> None:
    assert _ids(facts((dkim(AUTHOR), dkim(HOME, "hash.body", index=1)))) == ["dkim.pass", "dkim.unneeded"]


def test_a_pasted_body_is_not_called_changed() -> None:
    pasted = message(RESULTS, kind=SourceKind.PASTE)
    assert _ids(facts((dkim(HOME, "hash.body"),), made=pasted, body=BodyState.UNKNOWN)) == ["dkim.copy-body"]


def test_no_signature_is_said_once() -> None:
    assert _ids(facts()) == ["dkim.none"]


def test_weak_test_and_doubled_keys_and_past_expiry_are_remarks_on_a_pass() -> None:
    notes = ("key.testing", "key.several", "sig.expired_now")
    found = _ids(facts((dkim(HOME, bits=1024, notes=notes),)))
    assert found == ["dkim.pass", "dkim.key-weak", "dkim.testing", "dkim.several-keys", "dkim.expired-since"]
    assert _ids(facts((dkim(HOME, "key.none", notes=notes),))) == ["dkim.no-key"]


def test_a_key_too_long_to_be_checked_is_no_slip_of_the_pen() -> None:
    check = dkim(AUTHOR, "key.syntax", notes=("key.too_long",))
    found = next(find_dkim(facts((check,))))
    assert (found.id, found.params["reason"]) == ("dkim.key-unusable", "dkim-reason.key.too_long")


def test_a_passing_signature_of_a_public_suffix_is_remarked() -> None:
    found = [
        one.id for one in find_dkim(facts((dkim("co.jp", notes=("sig.domain_unacceptable",)), dkim(AUTHOR, index=1))))
    ]
    assert found == ["dkim.public-suffix", "dkim.pass"]


def _with_length(check: DkimCheck, length: int) -> DkimCheck:
    return replace(check, unsigned_octets=9, signature=replace(check.signature, length=length))


def test_text_behind_a_length_is_a_warning_unless_another_signature_of_the_sender_covers_it() -> None:
    ids = [one.id for one in find_dkim(facts((_with_length(dkim(AUTHOR), 5),)))]
    assert ids == ["dkim.pass", "dkim.unsigned-text"]
    assert [one.id for one in find_dkim(facts((_with_length(dkim(AUTHOR), 0),)))] == ["dkim.pass", "dkim.unsigned-body"]
    both = facts((_with_length(dkim(AUTHOR), 5), dkim(AUTHOR, index=1)))
    assert [one.id for one in find_dkim(both)] == ["dkim.pass", "dkim.pass"]
    foreign = facts((_with_length(dkim("example.net"), 5),))
    assert [one.id for one in find_dkim(foreign)] == ["dkim.third-party"]
