"""Counting on after the tenth look-up: the verdict stands, but the reader wants to see which term is one too many.

RFC 7208 4.6.4 ends a check at the eleventh term that costs a question. The walk here numbers the terms that would have
followed, 11, 12 and so on, and fetches the records they include, so that the total and its cause can be named.
"""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.model.limits import SPF_MAX_COUNTED_LOOKUPS
from headerlens.parse.spf import COUNTED_KINDS
from headerlens.verify.spf_tracing import TracedQuery
from headerlens.verify.spf_tree import Branch, Frame


def count_on(query: TracedQuery) -> int:
    """Number the terms behind the one that broke the limit; the total, at most `SPF_MAX_COUNTED_LOOKUPS`.

    Terms counted here keep the state NOT_REACHED. Macros are expanded, except %{p}.
    """
    if query.root is None:
        return query.lookups
    count = _Count(query)
    count.resume(query.root, ())
    return count.total


class _Count:
    """A walk in the order of evaluation, cut at the limit and at loops."""

    def __init__(self, query: TracedQuery) -> None:
        self._query = query
        self.total = query.lookups

    def resume(self, frame: Frame, above: tuple[str, ...]) -> None:
        """Go on in a record behind the term where its evaluation broke off."""
        failing = frame.current
        if failing is None:
            return
        path = (*above, frame.domain.lower())
        if failing.child is not None and failing.child.record is not None:
            self.resume(failing.child, path)
        elif failing.term.kind in {"include", "redirect"}:
            self._follow(frame, failing, path)
        self._count(frame, _after(frame, failing), path)

    def _count(self, frame: Frame, branches: Iterator[Branch], path: tuple[str, ...]) -> None:
        for branch in branches:
            if branch.term.kind not in COUNTED_KINDS:
                continue
            if self.total >= SPF_MAX_COUNTED_LOOKUPS:
                return
            self.total += 1
            branch.lookup = self.total
            if branch.term.kind in {"include", "redirect"}:
                self._follow(frame, branch, path)

    def _follow(self, frame: Frame, branch: Branch, path: tuple[str, ...]) -> None:
        child = self._query.peek(frame, branch.term.spec)
        if child is None or child.domain.lower() in path:
            return
        branch.child = child
        self._count(child, _in_order(child), (*path, child.domain.lower()))


def _in_order(frame: Frame) -> Iterator[Branch]:
    """The terms as an evaluation without a match meets them: mechanisms up to "all", else redirect= at the end."""
    for branch in frame.branches:
        if branch.term.is_mechanism:
            yield branch
        if branch.term.kind == "all":
            return
    if frame.redirect is not None:
        yield frame.redirect


def _after(frame: Frame, failing: Branch) -> Iterator[Branch]:
    """What comes behind `failing` in that order."""
    order = iter(_in_order(frame))
    for branch in order:
        if branch is failing:
            break
    return order
