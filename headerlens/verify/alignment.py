"""Identifier alignment (RFC 9989 4.4, 4.10.2): whether two names belong to one domain owner. Names only, no results."""

from __future__ import annotations

from headerlens.model.verdicts import Organization


def is_exact(author: str, domain: str) -> bool:
    """Whether both are the same name; case and a final dot do not matter (RFC 4343). An empty name is no name."""
    return bool(author) and author.lower().removesuffix(".") == domain.lower().removesuffix(".")


def is_aligned(author: Organization, other: Organization | None, domain: str, mode: str) -> bool | None:
    """Whether `domain`, whose walk gave `other`, aligns with the Author Domain in mode "r" or "s".

    None when a walk could not be finished and its end could have decided: only a query whose answer could change the
    verdict is required (5.3.6). Identical names align without any walk, strict ones never need one (4.10.2).
    """
    if is_exact(author.domain, domain):
        return True
    if mode == "s" or other is None or not domain:
        return False
    if author.name is not None and other.name is not None:
        return author.name == other.name
    return None if _could_meet(author, other) else False


def _could_meet(one: Organization, other: Organization) -> bool:
    """Whether both names could have one organisation: it would be an ancestor of both, or one of them."""
    known = one.name or other.name
    if known is not None:
        unknown = other if one.name is not None else one
        return _is_below(unknown.domain, known)
    return one.domain.rpartition(".")[2] == other.domain.rpartition(".")[2]


def _is_below(name: str, parent: str) -> bool:
    return name == parent or name.endswith("." + parent)
