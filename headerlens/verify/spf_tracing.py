"""pyspf's evaluation of RFC 7208 with our answers, our corrections and a memory of every step.

`TracedQuery` overrides only methods of its own instance: no module variable of pyspf is touched, nothing is asked of
DNS but through `ask` (`spf_answers`), and pyspf's clock for DNS (querytime) is off because `ask` keeps the deadline.

How each step is seen, without copying pyspf's loop: `validate_mechanism` hands the loop a `_Step` for each term. The
loop unpacks it when it arrives there (`__iter__`), so arrival is exact; the result word it gets is a `_Word` that
knows its term, so whatever `check1` returns names the term that decided.

Deviations of pyspf 2.0.14 from the text (engine.md 1a and our own finds) and where they are mended:

| pyspf                                                             | RFC 7208      | here                       |
|-------------------------------------------------------------------|---------------|----------------------------|
| own DNS, search list, empty strings, CNAME chains                 | 4.4           | `spf_answers`              |
| addresses in brackets, zones, empty ones raise in the constructor | -             | `verify.spf` before it     |
| single-label and over-long domains are asked for                  | 4.3           | `verify.spf` before it     |
| names over 253 lose only one label                                | 7.3           | `expand`                   |
| REDIRECT= and EXP= in capitals are ignored                        | 6, 12         | `_for_pyspf`               |
| an unknown modifier that stands twice is an error                 | 6             | `_for_pyspf`               |
| redirect= counts while parsing, used or not                       | 4.6.4         | `check_lookups`            |
| terms that are never reached are expanded, %{p} asks DNS for them | 4.6.2, 5.5    | `validate_mechanism`       |
| an include of itself is an error even when it is not reached      | 4.6.2         | `validate_mechanism`       |
| %{p} of one record is kept for the next                           | 7.3           | `getp`                     |
| a zero as number of labels, %{d0}, is taken                       | 7.1           | `parse.spf`                |
| PTR, or an address of its names, SERVFAIL: temperror              | 5.5           | `spf_answers`              |
| each empty answer of one mx counts as void                        | 4.6.4 "terms" | `heard_nothing`            |
| exp= is asked for on every check                                  | 6.2           | `_for_pyspf`               |
| a local part outside ASCII is put into names                      | RFC 8616 4    | `arrive`                   |
| expressions that backtrack on long terms                          | -             | `parse.spf`, terms are cut |

Left as it is: %{p} is not counted as a look-up of its own, the term around it is; an include is asked for again when
it stands twice. The explanation of exp= is never fetched: no receiver shows it and a dead host would cost a wait.
"""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.model.dns import Lookup
from headerlens.model.limits import SPF_MAX_LOOKUPS, SPF_MAX_VOID_LOOKUPS
from headerlens.model.verdicts import Result, TermState
from headerlens.parse.spf import is_spf
from headerlens.verify.spf_answers import (
    MAX_NAME_LENGTH,
    AnsweredQuery,
    PermanentTrouble,
    PermError,
    TempError,
    TemporaryTrouble,
)
from headerlens.verify.spf_tree import Branch, Frame, open_frame


class _Word(str):
    """A result word that knows the term it comes from."""

    __slots__ = ("branch",)
    branch: Branch


class _Step:
    """One mechanism in pyspf's list; unpacking it means that the evaluation has arrived."""

    def __init__(self, query: TracedQuery, branch: Branch) -> None:
        self._query = query
        self._branch = branch

    def __iter__(self) -> Iterator[object]:
        return iter(self._query.arrive(self._branch))


class TracedQuery(AnsweredQuery):
    """One check of one identity. `client_ip` is canonical text, `domain` A-labels of at least two labels."""

    lookups: int
    void_lookups: int

    def __init__(self, client_ip: str, local: str, domain: str, helo: str, ask: Lookup) -> None:
        super().__init__(client_ip, f"{local}@{domain}", helo, ask)
        # pyspf splits at the first "@", but a quoted local part may hold one
        self.l, self.o, self.d = local, domain, domain
        self.root: Frame | None = None
        self.matched: Branch | None = None
        self.trouble: PermanentTrouble | TemporaryTrouble | None = None
        self.no_name = False
        self._frames: list[Frame] = []

    # -- the walk through records --------------------------------------------------------------------------------

    def check1(self, record: str | None, domain: str, recursion: int) -> tuple[str, int, str]:
        """Evaluate one record: the first, an included one or the target of redirect=."""
        frame = self._enter(record, domain)
        try:
            self._refuse_faults(frame)
            answer: tuple[str, int, str] = super().check1(_for_pyspf(frame), frame.domain, recursion)
        except (PermError, TempError) as trouble:
            self._blame(frame, trouble)
            raise
        finally:
            self._frames.pop()
        return self._settle(frame, answer)

    def arrive(self, branch: Branch) -> tuple[object, ...]:
        """Five words for pyspf's loop about a term it has reached: text, kind, argument, prefix length, result."""
        self._frames[-1].reach(branch)
        text, kind, argument, prefix, result = super().validate_mechanism(branch.term.text)
        if "%" in branch.term.spec:
            branch.expanded = argument
        if kind in {"a", "mx", "ptr", "exists", "include"} and not str(argument).isascii():
            # RFC 8616 4: such a term never matches; pyspf passes by what it does not know
            return text, "", argument, prefix, result
        word = _Word(result)
        word.branch = branch
        return text, kind, argument, prefix, word

    def validate_mechanism(self, text: str) -> _Step:
        """Pass the term on unread: its grammar is checked already, the rest waits until it is reached."""
        frame = self._frames[-1]
        position = int(text)
        return _Step(self, frame.branches[position])

    def check_lookups(self) -> None:
        """Count the term that was reached; pyspf calls this for redirect= while parsing, which is too early."""
        frame = self._frames[-1]
        if not frame.parsing and frame.current is not None:
            self._count(frame.current)

    def dns_spf(self, domain: str) -> str | None:
        """The record of a domain (RFC 7208 4.5), whoever wants it: the check itself, an include or redirect=."""
        if not self._frames:
            return self._first_record(domain)
        frame = self._frames[-1]
        branch = frame.current
        if branch is None or branch.term.kind != "include" or branch.child is not None:
            branch, domain = self._follow_redirect(frame)
        self._refuse_loop(branch, domain)
        branch.child = open_frame(domain, None)
        record = self._record_for(branch.child)
        if record is None:
            raise PermanentTrouble(f"spf.{branch.term.kind}_none", domain)
        return record

    def peek(self, frame: Frame, spec: str) -> Frame | None:
        """The record that a domain-spec in `frame` leads to, for counting on after the verdict; None when unclear."""
        self.d = frame.domain
        try:
            domain = str(self.expand_domain(spec))
            return open_frame(domain, self._record(domain))
        except (PermError, TempError):
            return None

    def _first_record(self, domain: str) -> str | None:
        """The record the check begins with; without one the tree is a bare root."""
        self.root = open_frame(domain, None)
        try:
            record = self._record_for(self.root)
        except (PermanentTrouble, TemporaryTrouble) as trouble:
            self.trouble = trouble
            raise
        self.no_name = self.name_is_missing(domain)
        self.root = None
        return record

    def _record_for(self, frame: Frame) -> str | None:
        """The record at the domain of an empty frame; why there is none goes into the frame."""
        try:
            record = self._record(frame.domain)
        except TempError:
            frame.result = Result.TEMPERROR
            raise
        except PermError:
            frame.result = Result.PERMERROR
            raise
        frame.result = Result.NONE if record is None else None
        return record

    def _follow_redirect(self, frame: Frame) -> tuple[Branch, str]:
        """Nothing matched: redirect= is reached only now, so it is counted and its macros are expanded only now."""
        branch = frame.redirect
        assert branch is not None, "pyspf follows only what it was given"
        frame.reach(branch)
        self._count(branch)
        target = str(self.expand_domain(branch.term.spec))
        branch.expanded = target if "%" in branch.term.spec else None
        return branch, target

    def _refuse_loop(self, branch: Branch, domain: str) -> None:
        """A record that leads back to itself can only end at the limit; saying so at once keeps the tree readable."""
        if any(frame.domain.lower() == domain.lower() for frame in self._frames):
            raise PermanentTrouble("spf.include_loop", branch.term.text)

    def _record(self, domain: str) -> str | None:
        """The one SPF record at a name, None when there is none (RFC 7208 4.4, 4.5)."""
        records = [text for text in self.texts(domain) if is_spf(text)]
        if len(records) > 1:
            raise PermanentTrouble("spf.several_records", domain)
        if records and not records[0].isascii():
            raise PermanentTrouble("spf.not_ascii", domain)
        return records[0].decode("ascii") if records else None

    # -- frames ---------------------------------------------------------------------------------------------------

    def _enter(self, record: str | None, domain: str) -> Frame:
        """Open a frame and hang it where the evaluation stands."""
        parent = self._frames[-1].current if self._frames else None
        if parent is not None and parent.child is not None:
            domain = parent.child.domain
        frame = open_frame(domain, record)
        if parent is not None:
            parent.child = frame
        self.root = self.root or frame
        self._frames.append(frame)
        return frame

    def _refuse_faults(self, frame: Frame) -> None:
        """A fault anywhere makes the record unusable before anything is evaluated (RFC 7208 4.6)."""
        for branch in frame.branches:
            if branch.term.fault is not None:
                frame.current = branch
                raise PermanentTrouble("spf.syntax", branch.term.text)

    def _settle(self, frame: Frame, answer: tuple[str, int, str]) -> tuple[str, int, str]:
        """Write the result of a record into its frame, and which term decided it."""
        word = answer[0]
        frame.result = Result(str(word))
        branch = word.branch if isinstance(word, _Word) else None
        self.matched = branch
        if branch is not None and branch in frame.branches:
            branch.state = TermState.MATCHED
        elif frame.redirect is not None and frame.redirect.child is not None:
            frame.redirect.state = TermState.MATCHED
        return answer

    def _blame(self, frame: Frame, trouble: Exception) -> None:
        """Remember the first cause and mark the term on each level where the evaluation broke off."""
        if self.trouble is None:
            known = isinstance(trouble, PermanentTrouble | TemporaryTrouble)
            place = frame.current.term.text if frame.current else frame.domain
            self.trouble = trouble if known else PermanentTrouble(_code_of(trouble), place)  # type: ignore[assignment]
        frame.result = Result.TEMPERROR if isinstance(trouble, TempError) else Result.PERMERROR
        if frame.current is not None and self.trouble is not None:
            frame.current.fail(self.trouble.code)

    def _count(self, branch: Branch) -> None:
        """RFC 7208 4.6.4: the eleventh term that costs a question ends the check."""
        self.lookups += 1
        branch.lookup = self.lookups
        if self.lookups > SPF_MAX_LOOKUPS:
            raise PermanentTrouble("spf.too_many_lookups", branch.term.text)

    def heard(self, texts: list[str]) -> None:
        """Keep the records beside the term that wanted them."""
        branch = self._frames[-1].current if self._frames else None
        if branch is not None:
            branch.note_answers(texts)

    def heard_nothing(self) -> None:
        """RFC 7208 4.6.4 counts terms with empty answers, so a term counts once however many names it led to."""
        branch = self._frames[-1].current if self._frames else None
        if branch is None or branch.void:
            return
        branch.void = True
        self.void_lookups += 1
        if self.void_lookups > SPF_MAX_VOID_LOOKUPS:
            raise PermanentTrouble("spf.too_many_voids", branch.term.text)

    # -- macros ---------------------------------------------------------------------------------------------------

    def expand(self, text: str, stripdot: bool = True) -> str:  # noqa: FBT001, FBT002  pyspf's signature
        """Expand macros; a name over 253 characters loses labels from the left until it fits (RFC 7208 7.3)."""
        name: str = super().expand(text, stripdot)
        if len(name) <= MAX_NAME_LENGTH:
            return name
        return name[name.find(".", len(name) - MAX_NAME_LENGTH - 1) + 1 :]

    def getp(self) -> str:
        """%{p} of the current record; while a record is parsed nothing may be asked yet, so it stays open."""
        self.p = None if self._frames and not self._frames[-1].parsing else "unknown"
        return str(super().getp())


def _for_pyspf(frame: Frame) -> str | None:
    """The record with each mechanism written as its number, and only the modifiers that RFC 7208 knows.

    pyspf splits the text itself; a number leads `validate_mechanism` back to the term as written.
    """
    if frame.record is None:
        return None
    words = ["v=spf1"]
    for position, branch in enumerate(frame.branches):
        if branch.term.is_mechanism:
            words.append(str(position))
        elif branch.term.kind == "redirect":
            words.append(f"redirect={branch.term.spec}")
    return " ".join(words)


def _code_of(trouble: Exception) -> str:
    """Our code for a permerror that pyspf found alone: they are all about a term that was reached."""
    text = str(trouble)
    return "spf.include_loop" if "recursion" in text else "spf.syntax"
