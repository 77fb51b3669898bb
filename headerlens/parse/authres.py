"""Recorded results: Authentication-Results and its dialects (RFC 8601, standards.md 4), Received-SPF (RFC 7208 9.1).

Receivers seldom follow the grammar, and the part that does not fit is often the one of interest. So nothing is thrown
away: every method, result, reason, comment and property is kept, words without a place become `stray`, and each
liberty taken is a `Fault` with its place. Fault codes: "no_authserv_id", "missing_semicolon", "version", "instance",
"instance_place", "stray", "result", "quoted_printable", "no_results", "encoded_word", "too_long", "unclosed_comment",
"unclosed_string", "comment_depth", "no_result_word".
"""

from __future__ import annotations

from dataclasses import dataclass, field

from headerlens.model.message import HeaderField
from headerlens.model.records import Fault, Property, ReceivedSpf, RecordedField, RecordedResult
from headerlens.parse.authres_parts import METHOD, METHODS, RESULTS, Pair, parts, segments
from headerlens.parse.authres_tokens import Kind, Text, Token, field_text, tokens

_NO_METHODS = frozenset(
    {
        "i",
        "from",
        "a",
        "b",
        "d",
        "s",
        "p",
        "sp",
        "t",
        "v",
        "cv",
        "dis",
        "pr",
        "reason",
        "action",
        "client-ip",
        "envelope-from",
        "helo",
        "receiver",
        "identity",
        "mechanism",
        "problem",
        "x-bits",
        "arc_overridden_status",
    }
)
"""Bare keys that stand where a method could, in the fields of receivers that put a semicolon before them."""


@dataclass(slots=True)
class _Draft:
    """A result while its field is being read."""

    method: str
    result: str
    version: str | None
    start: int
    end: int
    reason: str | None = None
    comments: list[str] = field(default_factory=list)
    properties: list[Property] = field(default_factory=list)


def parse_recorded(field: HeaderField) -> RecordedField:
    """What a field of the Authentication-Results family says; works for ARC-, X- and -Original relatives alike.

    `dialect` is "microsoft" (no authserv-id, comments such as "sender IP is"), "gmail", "yahoo" ("from=" before the
    result) or "rfc8601". A field that holds nothing readable gives no results and faults; never raises. RFC 8601 2.2.
    """
    text, first_faults = field_text(field)
    found, faults = tokens(text)
    reader = _Reader(text, is_arc="arc-" in field.key)
    for segment in segments(found):
        reader.segment(segment)
    reader.finish()
    return RecordedField(
        field_index=field.index,
        field_name=field.name,
        authserv_id=reader.authserv_id,
        results=tuple(_finished(draft, text) for draft in reader.results),
        version=reader.version,
        instance=reader.instance,
        dialect=_dialect(reader),
        stray=tuple(reader.stray),
        faults=(*first_faults, *faults, *reader.faults),
        comments=tuple(reader.comments),
    )


def parse_received_spf(field: HeaderField) -> ReceivedSpf:
    """What a Received-SPF field says (RFC 7208 9.1); `result` is "" when there is no such word.

    Values lose only quotation marks: an envelope-from may still stand in angle brackets. Never raises.
    """
    text, first_faults = field_text(field)
    found, faults = tokens(text)
    rest = [token for token in found if token.kind is not Kind.COMMENT]
    comments = tuple(text.comment(token) for token in found if token.kind is Kind.COMMENT)
    result, pairs = "", []
    if rest and rest[0].kind is Kind.WORD and not (len(rest) > 1 and rest[1].kind is Kind.EQUALS):
        result = text.value(rest[:1]).lower().rstrip(":,.")
        rest = rest[1:]
    else:
        faults.append(text.fault("no_result_word", 0, len(text.chars)))
    for segment in segments(rest):
        for part in parts(text, segment):
            if isinstance(part, Pair):
                pairs.append((part.key.lower(), text.value(part.value)))
            else:
                faults.append(text.fault("stray", part[0].start, part[-1].end))
    return ReceivedSpf(field.index, result, comments, tuple(pairs), (*first_faults, *faults))


class _Reader:
    """Gathers what the segments of one field say."""

    def __init__(self, text: Text, *, is_arc: bool) -> None:
        self.text = text
        self.is_arc = is_arc
        self.authserv_id: str | None = None
        self.version: str | None = None
        self.instance: int | None = None
        self.results: list[_Draft] = []
        self.stray: list[str] = []
        self.comments: list[str] = []
        self.faults: list[Fault] = []
        self.expects_id = True
        self.says_none = False
        self.leading: list[Property] = []
        self.early: list[str] = []

    def segment(self, segment: list[Token]) -> None:
        """Read what stands between two semicolons."""
        current: _Draft | None = None
        names_writer = False
        for part in parts(self.text, segment):
            if isinstance(part, Pair):
                names_writer = False
                current = self._pair(part, current)
            elif part[0].kind is Kind.COMMENT:
                self._comment(part[0], current)
            elif names_writer and self._is_version(part):
                names_writer = False
            elif self.expects_id:
                self._name(part, follows=part[0].start != segment[0].start)
                names_writer = True
            else:
                self._word(part, current)
        self._end_segment()

    def finish(self) -> None:
        """Find places for what waited, and say what is missing."""
        if self.leading and self.results:
            self.results[-1].properties.extend(self.leading)
        elif self.leading:
            self.stray.extend(f"{one.key}={one.value}" for one in self.leading)
        end = len(self.text.chars)
        if not self.results and not self.says_none:
            self.faults.append(self.text.fault("no_results", 0, end, ""))
        if self.authserv_id is None:
            self.faults.append(self.text.fault("no_authserv_id", 0, 0, ""))

    def _pair(self, pair: Pair, current: _Draft | None) -> _Draft | None:
        if self._instance(pair, current):
            return current
        self.expects_id = False
        if self._is_result(pair, current):
            if current is not None:
                self.faults.append(self.text.fault("missing_semicolon", pair.start, pair.end))
            current = self._result(pair)
        else:
            self._property(pair, current)
        for token in pair.comments:
            self._comment(token, current)
        return current

    def _instance(self, pair: Pair, current: _Draft | None) -> bool:
        """Take `i=N` of an ARC-Authentication-Results (RFC 8617 4.1.1), even where it should not stand."""
        if not self.is_arc or pair.key.lower() != "i" or self.instance is not None or current is not None:
            return False
        written = self.text.value(pair.value)
        self.instance = int(written) if written.isascii() and written.isdigit() and len(written) < 6 else None
        if self.instance is None:
            self.faults.append(self.text.fault("instance", pair.start, pair.end))
        if not self.expects_id:
            self.faults.append(self.text.fault("instance_place", pair.start, pair.end))
        return True

    def _is_result(self, pair: Pair, current: _Draft | None) -> bool:
        if not METHOD.fullmatch(pair.key) or pair.key.lower() in _NO_METHODS:
            return False
        if current is None:
            return True
        return pair.key.lower() in METHODS and self.text.value(pair.value).lower() in RESULTS

    def _result(self, pair: Pair) -> _Draft:
        text = self.text
        method, _, version = pair.key.partition("/")
        written = text.value(pair.value)
        result = written.lower().rstrip(",.)")
        if result != written.lower() or not result:
            self.faults.append(text.fault("result", pair.start, pair.end))
        if result.startswith("3d"):
            self.faults.append(text.fault("quoted_printable", pair.start, pair.end))
        draft = _Draft(method.lower(), result, version or None, pair.start, pair.end)
        draft.properties.extend(self.leading)
        draft.comments.extend(self.early)
        self.leading, self.early = [], []
        self.results.append(draft)
        return draft

    def _property(self, pair: Pair, current: _Draft | None) -> None:
        value = self.text.value(pair.value)
        key = pair.key.lower()
        target = current or (self.results[-1] if self.results and key != "from" else None)
        if target is not None and key == "reason" and target.reason is None:
            target.reason = value
        else:
            ptype, dot, name = pair.key.partition(".")
            if not dot:
                ptype, name = "", pair.key
            found = Property(ptype, name, value, *self.text.span(pair.start, pair.end))
            (self.leading if target is None else target.properties).append(found)
        if target is not None:
            target.end = pair.end

    def _comment(self, token: Token, current: _Draft | None) -> None:
        comment = self.text.comment(token)
        if current is None:
            self.early.append(comment)
            return
        current.comments.append(comment)
        current.end = max(current.end, token.end)

    def _name(self, run: list[Token], *, follows: bool) -> None:
        """Take the authserv-id; only "none" may stand in its place where the writer left it out."""
        self.expects_id = False
        if self.text.value(run).lower() == "none":
            self.says_none = True
            return
        self.authserv_id = self.text.value(run)
        if follows and self.instance is not None:
            self.faults.append(self.text.fault("missing_semicolon", run[0].start, run[-1].end))

    def _is_version(self, run: list[Token]) -> bool:
        written = self.text.value(run)
        if not (written.isascii() and written.isdigit()):
            return False
        self.version = written
        if written != "1":
            self.faults.append(self.text.fault("version", run[0].start, run[-1].end))
        return True

    def _word(self, run: list[Token], current: _Draft | None) -> None:
        written = self.text.value(run)
        if written.lower() == "none" and current is None:
            self.says_none = True
            return
        self.stray.append(written)
        self.faults.append(self.text.fault("stray", run[0].start, run[-1].end))

    def _end_segment(self) -> None:
        """Comments of a segment without a result belong to the result before, or to the field."""
        (self.results[-1].comments if self.results else self.comments).extend(self.early)
        self.early = []


def _finished(draft: _Draft, text: Text) -> RecordedResult:
    return RecordedResult(
        draft.method,
        draft.result,
        draft.version,
        draft.reason,
        tuple(draft.comments),
        tuple(draft.properties),
        *text.span(draft.start, draft.end),
    )


def _dialect(reader: _Reader) -> str:
    name = (reader.authserv_id or "").lower()
    if name == "google.com" or name.endswith(".google.com"):
        return "gmail"
    if any(one.ptype == "" and one.name == "from" for draft in reader.results for one in draft.properties):
        return "yahoo"
    if any(_is_microsoft(draft) for draft in reader.results):
        return "microsoft"
    return "rfc8601"


def _is_microsoft(draft: _Draft) -> bool:
    """Marks of Exchange Online (standards.md 4.5), whose ARC fields do name their writer."""
    if draft.method == "compauth" or any(one.ptype == "" and one.name == "action" for one in draft.properties):
        return True
    words = ("sender ip is", "signature was verified", "message not signed")
    return any(comment.lower().startswith(words) for comment in draft.comments)
