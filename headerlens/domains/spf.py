"""SPF of a domain without a message: every record behind it, every look-up counted, every mistake with its place.

RFC 7208 4.6.4 counts terms as an evaluation meets them; without a sender nothing matches, so the walk goes to the end,
which is what the unluckiest mail costs. Names with macros depend on the message: they are counted and not asked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from headerlens.domains.answers import is_absent, is_unanswered, texts_of, values_of
from headerlens.model.dns import Lookup, Question
from headerlens.model.domain import SpfCost, SpfSetup
from headerlens.model.limits import SPF_MAX_COUNTED_LOOKUPS, SPF_MAX_LOOKUPS, SPF_MAX_VOID_LOOKUPS
from headerlens.model.verdicts import TermState
from headerlens.parse.names import to_ascii
from headerlens.parse.spf import COUNTED_KINDS, is_spf
from headerlens.verify.spf_tree import Branch, Frame, freeze, open_frame
from headerlens.verify.unquoted import is_quoted, unquoted

_MOST_HOSTS = 10
"""RFC 7208 4.6.4: mail servers behind one mx."""


def inspect_spf(domain: str, ask: Lookup) -> SpfSetup:
    """The record of `domain` and all that it leads to. Never raises."""
    answer = ask(Question(domain, "TXT"))
    if is_unanswered(answer):
        return SpfSetup("unanswered")
    texts = texts_of(answer)
    records = tuple(text for text in texts if _is_record(text))
    quoted = tuple(text for text in texts if is_quoted(text) and _is_record(unquoted(text)))
    if len(records) != 1:
        return SpfSetup("several" if records else "none", records, quoted)
    return _Walk(ask).of(domain, records[0], quoted)


def _is_record(text: str) -> bool:
    return is_spf(text[:7].encode("utf-8", "replace"))


@dataclass(slots=True)
class _Walk:
    """One walk through all terms, cut at SPF_MAX_COUNTED_LOOKUPS and at loops."""

    ask: Lookup
    total: int = 0
    voids: list[str] = field(default_factory=list)
    faults: list[tuple[str, str, int, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    loops: list[str] = field(default_factory=list)
    crowded: list[str] = field(default_factory=list)
    unanswered: bool = False

    def of(self, domain: str, record: str, quoted: tuple[str, ...]) -> SpfSetup:
        """The set-up whose own record this is."""
        root = open_frame(domain, record)
        costs = tuple(self._walk(root, (domain,)))
        return SpfSetup(
            code=self._code(),
            records=(record,),
            quoted=quoted,
            tree=freeze(root),
            lookups=self.total,
            voids=tuple(dict.fromkeys(self.voids)),
            costs=tuple(sorted(costs, key=lambda cost: -cost.lookups)),
            faults=tuple(self.faults),
            missing=tuple(dict.fromkeys(self.missing)),
            loops=tuple(dict.fromkeys(self.loops)),
            crowded=tuple(dict.fromkeys(self.crowded)),
        )

    def _code(self) -> str:
        holds = (
            ("syntax", self.faults),
            ("include-none", self.missing),
            ("include-loop", self.loops),
            ("too-many-lookups", self.total > SPF_MAX_LOOKUPS),
            ("too-many-mx", self.crowded),
            ("too-many-voids", len(self.voids) > SPF_MAX_VOID_LOOKUPS),
            ("unanswered", self.unanswered),
        )
        return next((code for code, is_so in holds if is_so), "")

    def _walk(self, frame: Frame, path: tuple[str, ...]) -> Iterator[SpfCost]:
        """Walk one record in the order of evaluation; yields what each of its own terms costs."""
        for branch in frame.branches:
            if branch.term.fault is not None:
                branch.fail(branch.term.fault)
                self.faults.append((frame.domain, branch.term.text, branch.term.start, branch.term.fault))
        for branch in _in_order(frame):
            before = self.total
            if branch.term.kind in COUNTED_KINDS and branch.term.fault is None:
                self._take(frame, branch, path)
            if self.total > before:
                yield SpfCost(branch.term.text, self.total - before)

    def _take(self, frame: Frame, branch: Branch, path: tuple[str, ...]) -> None:
        if self.total >= SPF_MAX_COUNTED_LOOKUPS:
            return
        self.total += 1
        branch.lookup, branch.state = self.total, TermState.NO_MATCH
        spec = branch.term.spec or frame.domain
        name = None if "%" in spec else to_ascii(spec)
        if name is None or branch.term.kind == "ptr":
            return
        if branch.term.kind in {"include", "redirect"}:
            self._follow(branch, name, path)
        elif branch.term.kind == "mx":
            self._mail_servers(branch, name)
        else:
            self._addresses(branch, name)

    def _follow(self, branch: Branch, name: str, path: tuple[str, ...]) -> None:
        if name in path:
            branch.fail("loop")
            self.loops.append(name)
            return
        answer = self.ask(Question(name, "TXT"))
        records = [text for text in texts_of(answer) if _is_record(text)]
        if is_unanswered(answer):
            self.unanswered = True
            branch.fail("unanswered")
        elif len(records) != 1:
            self.missing.append(name)
            branch.fail("several" if records else "none")
        else:
            branch.child = open_frame(name, records[0])
            for _cost in self._walk(branch.child, (*path, name)):
                pass

    def _mail_servers(self, branch: Branch, name: str) -> None:
        answer = self.ask(Question(name, "MX"))
        hosts = values_of(answer)
        branch.note_answers(list(hosts))
        self.unanswered |= is_unanswered(answer)
        if is_absent(answer):
            self._void(branch, name)
        elif len(hosts) > _MOST_HOSTS:
            self.crowded.append(name)
            branch.fail("too-many-mx")

    def _addresses(self, branch: Branch, name: str) -> None:
        """An evaluation asks one of the two types; it leads nowhere for everybody only where both do."""
        types = ("A",) if branch.term.kind == "exists" else ("A", "AAAA")
        answers = [self.ask(Question(name, rtype)) for rtype in types]
        branch.note_answers([value for answer in answers for value in values_of(answer)])
        self.unanswered |= any(map(is_unanswered, answers))
        if all(map(is_absent, answers)):
            self._void(branch, name)

    def _void(self, branch: Branch, name: str) -> None:
        branch.void = True
        branch.error = "void"
        if branch.term.kind != "exists":  # an exists that finds nothing is how it says no
            self.voids.append(name)


def _in_order(frame: Frame) -> Iterator[Branch]:
    """The terms as an evaluation without a match meets them: mechanisms up to "all", else redirect= at the end."""
    for branch in frame.branches:
        if branch.term.is_mechanism:
            yield branch
        if branch.term.kind == "all":
            return
    if frame.redirect is not None:
        yield frame.redirect
