"""Small readers of answers that every check of a domain needs."""

from __future__ import annotations

from headerlens.model.dns import Answer, Failure, Lookup, Outcome, Question


def texts_of(answer: Answer) -> tuple[str, ...]:
    """The TXT records as text; characters and octets stay one to one where it is not UTF-8."""
    return tuple(_text(octets) for octets in answer.texts)


def values_of(answer: Answer) -> tuple[str, ...]:
    """The records of any other type in presentation form."""
    return tuple(record[0].decode("ascii", "replace") for record in answer.records if record)


def is_unanswered(answer: Answer) -> bool:
    """Whether asking again could help: a name DNS cannot hold, or CNAMEs in a circle, stay as they are."""
    return answer.outcome is Outcome.FAILED and answer.failure not in {Failure.BAD_NAME, Failure.ALIAS_LOOP}


def is_absent(answer: Answer) -> bool:
    """Whether DNS says that no such record is there."""
    return answer.outcome in {Outcome.NO_DATA, Outcome.NO_NAME}


def texts_at(name: str, ask: Lookup) -> tuple[str, ...]:
    """The TXT records at a name, () for none."""
    return texts_of(ask(Question(name, "TXT")))


def _text(octets: bytes) -> str:
    try:
        return octets.decode()
    except UnicodeDecodeError:
        return octets.decode("latin-1")
