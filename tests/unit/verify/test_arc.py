"""ARC chains: the public validation suite, chains made by dkimpy, and chains of our own for what dkimpy cannot make."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from headerlens.model.dns import Failure
from headerlens.model.limits import MAX_ARC_SETS
from headerlens.model.message import BodyState
from headerlens.model.verdicts import ArcCheck, Match, Result, Signer
from headerlens.verify.arc import check_arc
from tests.support.signing import MAIL, Zone, answers, key_record, own_seal, read, seal, zone_for

NOW = datetime(2026, 11, 21, 8, 20, tzinfo=UTC)
SUITE = Path(__file__).resolve().parents[4] / "shared/data/conformance/arc-draft-validation-tests.yml"


def suite_cases() -> Iterator[object]:
    """Every case of the suite as (message, zone, wanted result)."""
    if not SUITE.exists():
        yield pytest.param(
            b"", {}, "", marks=pytest.mark.skip(reason="the ARC validation suite is not beside the checkout")
        )
        return
    for part in yaml.safe_load_all(SUITE.read_text("utf-8")):
        for name, case in part["tests"].items():
            octets = case["message"].encode().replace(b"\n", b"\r\n")
            # an empty cv is the suite's way to say that the newest sealer itself claims "fail"
            yield pytest.param(octets, part["txt-records"], (case["cv"] or "fail").lower(), id=name)


@pytest.mark.parametrize(("octets", "zone", "wanted"), list(suite_cases()))
def test_the_validation_suite_is_passed(octets: bytes, zone: dict[str, str], wanted: str) -> None:
    assert check(octets, zone).result == wanted


def check(octets: bytes, zone: Zone, body: BodyState = BodyState.COMPLETE) -> ArcCheck:
    return check_arc(read(octets), answers(zone), now=NOW, body=body)


ZONE = zone_for("rsa2048", domain="f.example")
NAMES = pytest.mark.parametrize("name", ["rsa2048", "ed25519"])


def chain(length: int) -> bytes:
    octets = MAIL
    for place in range(1, length + 1):
        results = f"mx{place}.example; spf=pass" + ("; arc=pass" if place > 1 else "")
        octets = seal(octets, results.encode(), domain="f.example")
    return octets


def own_chain(name: str, length: int, field: str = "ARC-{}: ") -> bytes:
    octets = MAIL
    for place in range(1, length + 1):
        octets = own_seal(octets, name, place, "none" if place == 1 else "pass", field=field)
    return octets


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_chain_sealed_by_dkimpy_passes(length: int) -> None:
    found = check(chain(length), ZONE)
    assert (found.result, found.code, found.oldest_pass) == (Result.PASS, None, 0)
    assert [each.set.instance for each in found.sets] == list(range(1, length + 1))


@NAMES
def test_a_chain_passes_with_either_algorithm_and_without_a_blank_after_the_colon(name: str) -> None:
    for field in ("ARC-{}: ", "ARC-{}:", "arc-{}:\t"):
        assert check(own_chain(name, 3, field), zone_for(name)).result is Result.PASS


def test_a_message_without_sets_has_no_chain() -> None:
    assert check(MAIL, {}) == ArcCheck(Result.NONE, "arc.none")


def test_an_older_message_signature_may_break_and_is_told() -> None:
    octets = own_seal(own_seal(MAIL, "rsa2048", 1, "none").replace(b"lost", b"won"), "rsa2048", 2, "pass")
    found = check(octets, zone_for("rsa2048"))
    assert (found.result, found.oldest_pass) == (Result.PASS, 2)
    assert found.sets[0].message_signature is not None
    assert found.sets[0].message_signature.code == "hash.body"


def test_a_changed_body_breaks_the_newest_message_signature() -> None:
    found = check(chain(2).replace(b"lost", b"won"), ZONE)
    assert (found.result, found.code, found.oldest_pass) == (Result.FAIL, "arc.ams_invalid", None)
    assert found.sets[1].message_signature is not None
    assert found.sets[1].message_signature.header_hash is Match.MATCH
    assert found.sets[1].seal is not None
    assert (found.sets[1].seal.result, found.sets[1].seal.index) == (Result.PASS, 2)


def test_changed_results_of_an_older_set_break_the_seals() -> None:
    octets = own_chain("rsa2048", 2)
    place = octets.rindex(b"spf=pass")
    found = check(octets[:place] + b"spf=fail" + octets[place + 8 :], zone_for("rsa2048"))
    assert (found.result, found.code) == (Result.FAIL, "arc.seal_invalid")
    assert found.sets[0].seal is not None
    assert (found.sets[0].seal.code, found.sets[0].seal.signer) == ("hash.header", Signer.THIS_KEY)


def test_a_key_that_is_gone_or_out_of_reach_is_told_apart_from_a_broken_chain() -> None:
    assert check(chain(1), {}).code == "arc.key_none"
    assert check(chain(1), {"s1._domainkey.f.example": Failure.TIMEOUT}).code == "arc.key_unavailable"
    assert check(chain(1), zone_for("rsa2048b", domain="f.example")).code == "arc.ams_invalid"


def test_without_a_body_the_chain_cannot_be_told() -> None:
    head = chain(1).partition(b"\r\n\r\n")[0] + b"\r\n"
    found = check(head, ZONE, BodyState.MISSING)
    assert (found.result, found.code) == (Result.FAIL, "arc.body_missing")


def test_the_newest_sealer_may_declare_the_chain_broken_over_its_own_set() -> None:
    octets = own_seal(MAIL, "rsa2048", 1, "none")
    found = check(own_seal(octets, "rsa2048", 2, "fail"), zone_for("rsa2048"))
    assert (found.result, found.code) == (Result.FAIL, "arc.cv_fail")
    assert found.sets[1].seal is not None
    assert found.sets[1].seal.result is Result.PASS


@pytest.mark.parametrize("claims", [("pass",), ("none", "none"), ("maybe",)])
def test_a_claim_out_of_place_breaks_the_chain(claims: tuple[str, ...]) -> None:
    octets = MAIL
    for place, claim in enumerate(claims, 1):
        octets = own_seal(octets, "rsa2048", place, claim)
    assert check(octets, zone_for("rsa2048")).code == "arc.cv_wrong"


def test_a_missing_set_a_missing_field_and_a_second_field_break_the_chain() -> None:
    gap = own_seal(MAIL, "rsa2048", 2, "pass")
    assert check(gap, zone_for("rsa2048")).code == "arc.broken_structure"
    without_results = own_chain("rsa2048", 1).replace(b"ARC-Authentication-Results", b"X-Results")
    assert check(without_results, zone_for("rsa2048")).code == "arc.broken_structure"
    doubled = b"ARC-Authentication-Results: i=1; x; spf=pass\r\n" + own_chain("rsa2048", 1)
    assert check(doubled, zone_for("rsa2048")).code == "arc.broken_structure"


def test_more_sets_than_allowed_are_not_looked_at() -> None:
    octets = MAIL
    for place in range(1, MAX_ARC_SETS + 2):
        octets = f"ARC-Authentication-Results: i={place}; x; spf=pass\r\n".encode() + octets
    found = check(octets, {})
    assert (found.result, found.code, len(found.sets)) == (Result.FAIL, "arc.too_many", MAX_ARC_SETS + 1)
    assert all(each.seal is None for each in found.sets)


def test_a_key_of_1024_bits_is_noted_on_the_seal() -> None:
    found = check(own_chain("rsa1024", 1), {"s1._domainkey.example.com": key_record("rsa1024")})
    assert found.result is Result.PASS
    assert found.sets[0].seal is not None
    assert [note.code for note in found.sets[0].seal.notes] == ["key.weak"]
