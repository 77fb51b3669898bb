"""The rules beside the hashes."""

from datetime import UTC, datetime, timedelta

import pytest

from headerlens.model.records import DkimSignature
from headerlens.model.verdicts import AtReceipt, Note, Result
from headerlens.verify.signature_rules import is_public_suffix, judge_times, result_of
from tests.support.signing import read

SIGNED = datetime(2026, 11, 1, tzinfo=UTC)
EXPIRES = SIGNED + timedelta(days=7)
NOW = datetime(2026, 11, 21, tzinfo=UTC)
EXPIRED_NOW = (Note("sig.expired_now", str(int(EXPIRES.timestamp()))),)


def signature(signed: datetime | None = SIGNED, expires: datetime | None = EXPIRES) -> DkimSignature:
    tags = "".join(f"; {tag}={int(at.timestamp())}" for tag, at in (("t", signed), ("x", expires)) if at)
    return read(f"DKIM-Signature: v=1{tags}\r\n\r\n".encode()).signatures[0]


def test_a_signature_valid_on_arrival_is_not_expired_today() -> None:
    assert judge_times(signature(), SIGNED, NOW) == (AtReceipt.VALID, None, EXPIRED_NOW)


def test_a_signature_expired_on_arrival_is_expired() -> None:
    assert judge_times(signature(), EXPIRES + timedelta(hours=1), NOW) == (AtReceipt.EXPIRED, "sig.expired", ())


def test_clocks_may_differ_a_little() -> None:
    slack = timedelta(seconds=300)
    assert judge_times(signature(), EXPIRES + slack, NOW)[0] is AtReceipt.VALID
    assert judge_times(signature(), SIGNED - slack, NOW)[0] is AtReceipt.VALID
    assert judge_times(signature(), SIGNED - slack - timedelta(seconds=1), NOW)[0] is AtReceipt.FUTURE


def test_without_a_time_of_receipt_nothing_is_expired() -> None:
    assert judge_times(signature(), None, NOW) == (AtReceipt.UNKNOWN, None, EXPIRED_NOW)
    assert judge_times(signature(expires=None), None, NOW) == (AtReceipt.UNKNOWN, None, ())


def test_a_signature_from_the_future_is_never_right() -> None:
    ahead = signature(NOW + timedelta(hours=1), None)
    assert judge_times(ahead, None, NOW) == (AtReceipt.FUTURE, "sig.future", ())
    assert judge_times(ahead, NOW, NOW) == (AtReceipt.FUTURE, "sig.future", ())


def test_a_signature_without_times_is_valid_whenever_it_came() -> None:
    assert judge_times(signature(None, None), NOW, NOW) == (AtReceipt.VALID, None, ())


@pytest.mark.parametrize("domain", ["com", "co.jp", "localhost", "kawasaki.jp", "example"])
def test_names_under_which_everyone_registers_are_public_suffixes(domain: str) -> None:
    assert is_public_suffix(domain)


@pytest.mark.parametrize("domain", ["example.com", "github.io", "example.co.jp", "a.example", "x.unheard-of-tld"])
def test_names_that_somebody_owns_are_none(domain: str) -> None:
    assert not is_public_suffix(domain)


@pytest.mark.parametrize(
    ("code", "result"),
    [
        (None, Result.PASS),
        ("sig.syntax", Result.NEUTRAL),
        ("sig.from_not_signed", Result.PERMERROR),
        ("sig.alg_weak", Result.POLICY),
        ("sig.future", Result.NEUTRAL),
        ("key.none", Result.PERMERROR),
        ("key.unavailable", Result.TEMPERROR),
        ("key.short", Result.POLICY),
        ("hash.body", Result.FAIL),
        ("body.missing", Result.NEUTRAL),
    ],
)
def test_codes_have_the_words_of_rfc_8601(code: str | None, result: Result) -> None:
    assert result_of(code) is result
