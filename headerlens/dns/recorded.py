"""Answers from a record instead of the network: replays evidence, reads and writes it as JSON.

The form: `{"name": {"TXT": [["string", ...], ...], "A": ["192.0.2.1"], "MX": ["10 mx.example.com"]}, ...}`. Names are
lower case without a final dot. An absent name is NXDOMAIN; a present name without the type, or `[]`, is NODATA; CNAMEs
are followed inside the record. `{"error": "timeout"}` (any word of Failure, or "nxdomain") in place of a list is that
failure.

Two additions make every answer survive, whatever a hostile server says: a TXT octet above 127 is the character of the
same number (Latin-1, so ASCII stays plain; a string typed by hand with characters above U+00FF is taken as UTF-8), and
an answer that the plain form would change (a CNAME for one type only, say) is an object of its own at the name asked:
`{"aliases": ["b.example"], "records": [...]}`, with "error" in place of "records" where it failed.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

from headerlens.dns.ledger import normalise
from headerlens.dns.wire import absolute_name
from headerlens.model.dns import Answer, Evidence, Failure, Lookup, Outcome, Question, Record
from headerlens.model.limits import MAX_ALIASES

_ERROR_WORDS: dict[str, tuple[Outcome, Failure | None]] = {
    Outcome.NO_NAME.value: (Outcome.NO_NAME, None),
    **{failure.value: (Outcome.FAILED, failure) for failure in Failure},
}

_NAMED = frozenset({"CNAME", "MX", "NS", "PTR"})


class EvidenceError(ValueError):
    """The text is no DNS evidence; the message says what is wrong and where."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the record has for one name and type. `aliases` None: plain form, CNAMEs are followed."""

    outcome: Outcome
    records: tuple[Record, ...] = ()
    failure: Failure | None = None
    aliases: tuple[str, ...] | None = None


_Zone: TypeAlias = dict[str, dict[str, _Entry]]


def replay(evidence: Iterable[Evidence | Answer]) -> Lookup:
    """A lookup that gives these answers again. Aliases hold for every type; an absent name is NXDOMAIN."""
    answers = [entry.answer if isinstance(entry, Evidence) else entry for entry in evidence]
    return _Replay(_zone(_compose(answers)))


def load_evidence(text: str) -> Lookup:
    """A lookup that answers from JSON in the form above. Raises EvidenceError where it is not in that form."""
    try:
        document = json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_unique, parse_int=lambda _: None)
    except json.JSONDecodeError as error:
        raise EvidenceError(f"not JSON: {error.msg} (line {error.lineno}, column {error.colno})") from error
    except RecursionError as error:
        raise EvidenceError("not DNS evidence: nested too deep") from error
    return _Replay(_zone(document))


def dump_evidence(evidence: Iterable[Evidence | Answer]) -> dict[str, Any]:
    """The answers in the form above, ready for json.dumps; loaded again they are equal to these. Sorted by name."""
    return _compose([entry.answer if isinstance(entry, Evidence) else entry for entry in evidence])


class _Replay:
    """Answers from a zone of entries; immutable, so many threads may ask."""

    def __init__(self, zone: _Zone) -> None:
        self._zone = zone

    def __call__(self, asked: Question) -> Answer:
        question = normalise(asked)
        names = [question.name]
        while True:
            entry = self._entry(names[-1], question.rtype)
            target = self._alias(names[-1], question.rtype) if entry is None else None
            if target is None:
                return _answer(question, tuple(names[1:]), entry or self._nothing(names))
            if target in names or len(names) > MAX_ALIASES:
                looped = _Entry(Outcome.FAILED, failure=Failure.ALIAS_LOOP)
                return _answer(question, tuple(names[1:]), looped)
            names.append(target)

    def _entry(self, name: str, rtype: str) -> _Entry | None:
        return self._zone.get(name, {}).get(rtype)

    def _alias(self, name: str, rtype: str) -> str | None:
        entry = self._entry(name, "CNAME")
        if rtype == "CNAME" or entry is None or entry.outcome is not Outcome.FOUND or entry.aliases is not None:
            return None
        return _target(entry.records[0])

    def _nothing(self, names: list[str]) -> _Entry:
        """What stands for a name or type the record does not have. What is no name at all never had an answer."""
        if names[-1] in self._zone:
            return _Entry(Outcome.NO_DATA)
        if len(names) == 1 and absolute_name(names[0]) is None:
            return _Entry(Outcome.FAILED, failure=Failure.BAD_NAME)
        return _Entry(Outcome.NO_NAME)


def _answer(question: Question, followed: tuple[str, ...], entry: _Entry) -> Answer:
    aliases = (*followed, *(entry.aliases or ()))
    return Answer(question, entry.outcome, entry.records, aliases, entry.failure)


def _target(record: Record) -> str:
    return record[0].decode("ascii", "replace") if record else ""


# Writing


def _compose(answers: list[Answer]) -> dict[str, Any]:
    """The plain form of all answers; those it would change get an object of their own, until none is left.

    Each round settles one answer at least, so the rounds end; without contradictions there is one.
    """
    document: dict[str, dict[str, Any]] = {}
    # sorted, so that of two contradicting aliases the same one is the plain one whoever asked first
    for answer in sorted(answers, key=lambda answer: answer.question):
        _write_plain(document, answer)
    while wrong := _changed(document, answers):
        for answer in wrong:
            document.setdefault(answer.question.name, {})[answer.question.rtype] = _verbatim(answer)
    return {name: dict(sorted(document[name].items())) for name in sorted(document)}


def _changed(document: Mapping[str, Any], answers: list[Answer]) -> list[Answer]:
    """The answers that `document` does not give back, less those already written in full."""
    read = _Replay(_zone(document))
    written = [
        a
        for a in answers
        if isinstance(form := document.get(a.question.name, {}).get(a.question.rtype), dict) and "aliases" in form
    ]
    return [answer for answer in answers if read(answer.question) != answer and answer not in written]


def _write_plain(document: dict[str, dict[str, Any]], answer: Answer) -> None:
    name, rtype = answer.question.name, answer.question.rtype
    for alias in answer.aliases:
        document.setdefault(name, {}).setdefault("CNAME", [alias])
        name = alias
    if answer.failure in {Failure.ALIAS_LOOP, Failure.BAD_NAME} or answer.outcome is Outcome.NO_NAME:
        return
    document.setdefault(name, {}).setdefault(rtype, _payload(answer))


def _payload(answer: Answer) -> object:
    if answer.outcome is Outcome.FAILED:
        return {"error": (answer.failure or Failure.BAD_ANSWER).value}
    if answer.outcome is Outcome.NO_NAME:
        return {"error": Outcome.NO_NAME.value}
    if answer.question.rtype == "TXT":
        return [[string.decode("latin-1") for string in record] for record in answer.records]
    return [b"".join(record).decode("latin-1") for record in answer.records]


def _verbatim(answer: Answer) -> dict[str, Any]:
    payload = _payload(answer)
    return {"aliases": list(answer.aliases), **(payload if isinstance(payload, dict) else {"records": payload})}


# Reading


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """JSON would silently keep the last of two equal keys; half of a zone would be lost."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise EvidenceError(f'"{key}" occurs twice in one object')
        found[key] = value
    return found


def _zone(document: object) -> _Zone:
    if not isinstance(document, dict):
        raise EvidenceError("not DNS evidence: an object of names was expected")
    zone: _Zone = {}
    for name, types in document.items():
        if not isinstance(types, dict):
            raise EvidenceError(f'"{name}": an object of record types was expected')
        entries = zone.setdefault(normalise(Question(name, "")).name, {})
        for rtype, value in types.items():
            entries[rtype.upper()] = _read_entry(value, rtype.upper(), f'"{name}", {rtype}')
    return zone


def _read_entry(value: object, rtype: str, where: str) -> _Entry:
    if not isinstance(value, dict):
        return _read_list(value, rtype, where)
    aliases = _read_aliases(value["aliases"], where) if "aliases" in value else None
    if "error" not in value:
        entry = _read_list(value.get("records"), rtype, where)
        return _Entry(entry.outcome, entry.records, aliases=aliases)
    word = value["error"]
    if not isinstance(word, str) or word not in _ERROR_WORDS:
        raise EvidenceError(f"{where}: unknown error {word!r}; known are {', '.join(sorted(_ERROR_WORDS))}")
    outcome, failure = _ERROR_WORDS[word]
    return _Entry(outcome, failure=failure, aliases=aliases)


def _read_aliases(value: object, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(alias, str) for alias in value):
        raise EvidenceError(f"{where}: aliases are a list of names")
    return tuple(value)


def _read_list(value: object, rtype: str, where: str) -> _Entry:
    if not isinstance(value, list):
        raise EvidenceError(f"{where}: a list of records or an error was expected")
    read = _read_text if rtype == "TXT" else _read_named if rtype in _NAMED else _read_presentation
    records = tuple(read(record, f"{where}, record {number}") for number, record in enumerate(value, 1))
    if rtype == "CNAME" and len(records) > 1:
        raise EvidenceError(f"{where}: a name has one CNAME")
    return _Entry(Outcome.FOUND if records else Outcome.NO_DATA, records)


def _read_text(value: object, where: str) -> Record:
    """A list of strings, or one string; cut into what one character-string can hold (RFC 1035 3.3)."""
    strings = [value] if isinstance(value, str) else value
    if not isinstance(strings, list) or not all(isinstance(string, str) for string in strings):
        raise EvidenceError(f"{where}: a TXT record is a string or a list of strings")
    return tuple(part for string in strings for part in _parts(_octets(string)))


def _read_presentation(value: object, where: str) -> Record:
    if not isinstance(value, str) or not value.isascii():
        raise EvidenceError(f"{where}: a string in ASCII was expected")
    return (value.encode("ascii"),)


def _read_named(value: object, where: str) -> Record:
    """A record that ends with a name: lower case, without a final dot; the root stays "." (RFC 7505: "0 .")."""
    words = _read_presentation(value, where)[0].lower().split()
    words[-1:] = [_without_final_dot(word) for word in words[-1:]]
    return (b" ".join(words),)


def _without_final_dot(name: bytes) -> bytes:
    """A dot behind an odd number of backslashes is escaped: an octet of the last label (RFC 1035 5.1)."""
    rest = name.removesuffix(b".")
    backslashes = len(rest) - len(rest.rstrip(b"\\"))
    return name if name == b"." or backslashes % 2 else rest


def _octets(string: str) -> bytes:
    try:
        return string.encode("latin-1")
    except UnicodeEncodeError:
        return string.encode("utf-8", "surrogatepass")


def _parts(octets: bytes) -> list[bytes]:
    return [octets[start : start + 255] for start in range(0, len(octets), 255)] or [b""]
