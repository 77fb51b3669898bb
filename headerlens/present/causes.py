"""Proved causes in words: what was changed after signing, what was signed there and what stands there now."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from headerlens.model.case import Case
from headerlens.model.causes import Cause, Change
from headerlens.model.findings import Finding
from headerlens.present.words import Words

_MOST_SAID = 6
_MOST_SHOWN = 200
_COUNTED = ("lines", "count", "parts", "links")


def with_changes(case: Case, finding: Finding, words: Words) -> Finding:
    """A finding about a cause with its changes in words; any other finding as it is."""
    cause = cause_of(case, finding)
    if cause is None:
        return finding
    return replace(finding, params={**finding.params, "changes": changes_text(cause.changes, words)})


def cause_of(case: Case, finding: Finding) -> Cause | None:
    """The cause that a cause.* finding tells."""
    if not finding.id.startswith("cause."):
        return None
    indexes = {where.signature for where in finding.where}
    return next((cause for cause in case.causes if cause.index in indexes), None)


def changes_text(changes: tuple[Change, ...], words: Words) -> str:
    """Each kind once, with the fields it befell; "and more" after `_MOST_SAID`."""
    said = list(dict.fromkeys(change_text(change, words, _fields(change, changes, words)) for change in changes))
    more = [words.phrase("change.more", {"n": len(said) - _MOST_SAID})] if len(said) > _MOST_SAID else []
    return words.phrase("change.join").join((*said[:_MOST_SAID], *more))


def change_text(change: Change, words: Words, fields: str = "") -> str:
    """One change in words, such as "the tag [EXTERNAL] was added to the subject"."""
    params = {**dict(change.params), "field": fields or change.field}
    single = f"change.{change.kind}.one"
    if any(params.get(name) == 1 for name in _COUNTED) and words.has_phrase(single):
        return words.phrase(single, params)
    known = f"change.{change.kind}"
    return words.phrase(known if words.has_phrase(known) else f"change.other-{change.part}", params)


def change_lines(cause: Cause, words: Words) -> Iterator[str]:
    """What was signed and what stands there now, for administrators: two lines per place."""
    shown = dict.fromkeys((change.field, change.signed, change.now) for change in cause.changes)
    for field, signed, now in list(shown)[:_MOST_SAID]:
        name = field or words.phrase("change.body")
        for identifier, text in (("evidence.as-signed", signed), ("evidence.as-now", now)):
            value = " ".join(text.split())[:_MOST_SHOWN] or words.phrase("change.nothing")
            yield words.phrase(identifier, {"name": name, "value": value})


def _fields(change: Change, changes: tuple[Change, ...], words: Words) -> str:
    """The names of all fields that the same befell."""
    same = (one.field for one in changes if (one.kind, one.params) == (change.kind, change.params) and one.field)
    return words.phrase("change.comma").join(dict.fromkeys(same))
