"""Our reading of the public suffix list against the package's own, over every rule."""

from pathlib import Path

import pytest
from publicsuffixlist import PSLFILE, PublicSuffixList

from headerlens.parse.names import to_ascii
from headerlens.verify.suffixes import MAX_RULE_LABELS, public_suffix, registrable_domain


def rules() -> list[str]:
    lines = [line.strip() for line in Path(PSLFILE).read_text(encoding="utf-8").split("\n")]
    return [line for line in lines if line and not line.startswith("//")]


@pytest.mark.parametrize("icann_only", [False, True])
def test_every_rule_means_what_the_package_says(icann_only: bool) -> None:
    theirs = PublicSuffixList(only_icann=icann_only, accept_unknown=False)
    for rule in rules():
        name = to_ascii(rule.removeprefix("!").removeprefix("*."))
        assert name is not None, rule
        for domain in (name, f"a.{name}", f"b.a.{name}", f"c.b.a.{name}", name.partition(".")[2]):
            ours = public_suffix(domain, icann_only=icann_only, unknown=False)
            assert ours == theirs.publicsuffix(domain), domain
            if not icann_only:
                assert registrable_domain(domain) == PRIVATE(domain), domain


PRIVATE = PublicSuffixList().privatesuffix


def test_no_rule_is_longer_than_we_look() -> None:
    assert max(rule.count(".") + 1 for rule in rules()) <= MAX_RULE_LABELS


@pytest.mark.parametrize("domain", ["", ".", "a..com", ".com", "a" * 300, "x." * 120 + "co.jp", "ünder_score.example"])
def test_odd_names_raise_nothing(domain: str) -> None:
    assert registrable_domain(domain) == PRIVATE(domain)
    public_suffix(domain)


def test_a_name_without_a_rule_has_its_last_label_or_none() -> None:
    assert public_suffix("a.b.unknown-tld") == "unknown-tld"
    assert public_suffix("a.b.unknown-tld", unknown=False) is None
