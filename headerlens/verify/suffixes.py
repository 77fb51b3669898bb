"""The public suffix list as the package `publicsuffixlist` ships it (https://publicsuffix.org/list), quick to open.

The package's own class encodes each of 10,000 rules and takes 0.2 s for it, twice where two sections are needed, and
before the first question is asked. Here the lines stay as they are and the few labels of a domain are decoded instead.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from headerlens.parse.names import labels, to_unicode

MAX_RULE_LABELS = 8
"""No rule is longer (the longest today has 5 labels), so only so many labels of a hostile name are looked at."""


def public_suffix(domain: str, *, icann_only: bool = False, unknown: bool = True) -> str | None:
    """The public suffix of a name in A-labels, lower case: the longest rule, exceptions before wildcards.

    `icann_only` leaves the private section out. A name no rule matches has its last label as suffix, or None without
    `unknown`; None too for a name with an empty label.
    """
    parts = labels(domain.lower())
    if not parts or "" in parts:
        return None
    count = _count(parts, _rules(icann_only=icann_only))
    count = 1 if count is None and unknown else count
    return None if count is None else ".".join(parts[len(parts) - count :])


def registrable_domain(domain: str) -> str | None:
    """The public suffix and one label more; None for a public suffix itself and for a name with an empty label."""
    suffix = public_suffix(domain)
    if suffix is None:
        return None
    parts = labels(domain.lower())
    count = len(labels(suffix)) + 1
    return ".".join(parts[-count:]) if len(parts) >= count else None


def _count(parts: tuple[str, ...], rules: frozenset[str]) -> int | None:
    """How many labels the matching rule takes, None without one.

    A wildcard or its exception makes the name above it public as well, as the list's own tests have it.
    """
    shown = [to_unicode(label) for label in parts]
    for depth in range(min(len(parts), MAX_RULE_LABELS), 0, -1):
        name = ".".join(shown[-depth:])
        if f"!{name}" in rules:
            return depth - 1
        if f"*.{name}" in rules:
            return min(depth + 1, len(parts))
        if name in rules:
            return depth
    return None


@cache
def _rules(*, icann_only: bool) -> frozenset[str]:
    """Every line of the list; comments are no names and do no harm."""
    # the package knows where its list is, also inside a bundle
    from publicsuffixlist import PSLFILE

    text = Path(PSLFILE).read_text(encoding="utf-8")
    if icann_only:
        text = text.partition("// ===END ICANN DOMAINS===")[0]
    return frozenset(text.split("\n"))
