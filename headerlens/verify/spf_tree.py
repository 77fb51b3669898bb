"""The tree of an SPF evaluation while it grows: frames for records, branches for their terms (RFC 7208 4.6, 4.6.4).

pyspf decides; these objects only remember what it did, in the order it did it, and become `SpfNode`s at the end.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from headerlens.model.limits import SPF_MAX_ANSWERS_SHOWN, SPF_MAX_TREE_TERMS
from headerlens.model.verdicts import Result, SpfNode, SpfTerm, TermState
from headerlens.parse.spf import ParsedTerm, parse_spf


@dataclass(slots=True, eq=False)
class Branch:
    """One term under way. `child` is set for an include or redirect that was followed."""

    term: ParsedTerm
    state: TermState = TermState.NOT_REACHED
    lookup: int | None = None
    expanded: str | None = None
    answers: list[str] = field(default_factory=list)
    child: Frame | None = None
    error: str | None = None
    void: bool = False

    def note_answers(self, texts: list[str]) -> None:
        """Keep the records that DNS gave for this term, up to a limit."""
        self.answers.extend(texts[: SPF_MAX_ANSWERS_SHOWN - len(self.answers)])

    def fail(self, code: str) -> None:
        """Mark it as the place where the evaluation broke off."""
        self.state, self.error = TermState.ERROR, code


@dataclass(slots=True, eq=False)
class Frame:
    """One record under evaluation. `current` is the term reached last; `parsing` holds until the first one is."""

    domain: str
    record: str | None
    branches: list[Branch] = field(default_factory=list)
    current: Branch | None = None
    parsing: bool = True
    result: Result | None = None

    @property
    def redirect(self) -> Branch | None:
        """The redirect= modifier, None when there is none."""
        return next((branch for branch in self.branches if branch.term.kind == "redirect"), None)

    @property
    def has_all(self) -> bool:
        """Whether "all" stands in the record, which makes redirect= meaningless (RFC 7208 6.1)."""
        return any(branch.term.kind == "all" for branch in self.branches)

    def reach(self, branch: Branch) -> None:
        """The evaluation arrived at this term; the one before did not match."""
        self.leave()
        self.current, self.parsing = branch, False
        branch.state = TermState.NO_MATCH

    def leave(self) -> None:
        """No term is under evaluation any more."""
        self.current, self.parsing = None, False


def open_frame(domain: str, record: str | None) -> Frame:
    """A frame with every term of `record` still to be reached."""
    return Frame(domain, record, [Branch(term) for term in parse_spf(record or "")])


def freeze(frame: Frame) -> SpfNode:
    """The finished tree, cut at `SPF_MAX_TREE_TERMS` terms altogether; the deciding path always stays."""
    return _node(frame, _Allowance(SPF_MAX_TREE_TERMS))


@dataclass(slots=True)
class _Allowance:
    left: int

    def take(self, branch: Branch) -> bool:
        """Whether this term may still be kept; one that decided or leads on always may."""
        self.left -= 1
        decided = branch.state in {TermState.MATCHED, TermState.ERROR}
        return self.left >= 0 or decided or branch.child is not None


def _node(frame: Frame, allowance: _Allowance) -> SpfNode:
    terms = tuple(_term(branch, allowance) for branch in frame.branches if allowance.take(branch))
    return SpfNode(frame.domain, frame.record, frame.result, terms)


def _term(branch: Branch, allowance: _Allowance) -> SpfTerm:
    return SpfTerm(
        text=branch.term.text,
        start=branch.term.start,
        kind=branch.term.kind,
        qualifier=branch.term.qualifier,
        state=branch.state,
        lookup=branch.lookup,
        expanded=branch.expanded,
        answers=tuple(branch.answers),
        child=_node(branch.child, allowance) if branch.child else None,
        error=branch.error,
    )
