"""The DMARC policy record (RFC 9989 4.7, 4.8, 4.10.1).

Where the text is unclear, standards.md 1.8 decides: a record without p is as one with a bad p (a), a bad sp or np
spoils a good p (b), a repeated tag the whole list (c), tag names may have any case (d), blanks may stand before v (e).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from headerlens.model.records import DmarcRecord, Fault, Tag, TagList
from headerlens.parse.tags import parse_tags

POLICIES = ("none", "quarantine", "reject")
"""From the mildest to the strictest."""

_BLANKS = " \t\r\n"
PLAIN_VALUES = {"adkim": ("r", "s"), "aspf": ("r", "s"), "psd": ("u", "y", "n"), "t": ("n", "y")}
"""The first of each is the default, which a bad value falls back to (4.8)."""

POLICY_TAGS = ("p", "sp", "np")
HISTORIC_TAGS = ("pct", "rf", "ri")
_KNOWN = frozenset({"v", "rua", "ruf", "fo", *POLICY_TAGS, *PLAIN_VALUES, *HISTORIC_TAGS})
_VERSION_LIKE = re.compile(r"\s*v\s*=\s*dmarc", re.IGNORECASE)
_URI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[A-Za-z0-9._~:/?#\[\]@$&'()*+;=%-]+")
_SIZE = re.compile(r"![0-9]+[kmgt]?\Z", re.IGNORECASE)
FAILURE_OPTIONS = frozenset({"0", "1", "d", "s"})


def parse_dmarc(domain: str, text: str) -> DmarcRecord | None:
    """The record found at `_dmarc.<domain>`, None when it does not begin with v=DMARC1 (that value has a case).

    `notes` are "note.historic_tag", "note.duplicate_tag" (then the record must not be used: `is_usable`),
    "note.bad_value", "note.unknown_tag", "note.tag_case", "note.leading_blank", "note.p_not_second", "note.syntax".
    """
    tags = parse_tags(text)
    first = text.partition(";")[0].partition("=")
    if first[0].strip(_BLANKS).lower() != "v" or first[2].strip(_BLANKS) != "DMARC1":
        return None
    values = {tag.name.lower(): tag.value for tag in reversed(tags.tags)}
    policies = {name: _policy(values.get(name)) for name in POLICY_TAGS}
    plain = {name: _plain(name, values.get(name)) for name in PLAIN_VALUES}
    return DmarcRecord(
        domain=domain,
        text=text,
        tags=tags,
        policy=policies["p"],
        subdomain_policy=policies["sp"],
        nonexistent_policy=policies["np"],
        adkim=plain["adkim"],
        aspf=plain["aspf"],
        psd=plain["psd"],
        testing=plain["t"] == "y",
        has_report_address=any(is_uri(uri) for uri in values.get("rua", "").split(",")),
        bad_policy=tuple(n for n in POLICY_TAGS if policies[n] is None and (n == "p" or n in values)),
        notes=tuple(_notes(text, tags)),
    )


def looks_like_dmarc(text: str) -> bool:
    """Whether a record that `parse_dmarc` refuses was meant as one: v=dmarc1, v=DMARC1 without semicolon, v=DMARC2."""
    return _VERSION_LIKE.match(text) is not None


def is_usable(record: DmarcRecord) -> bool:
    """Whether the record may be used at all: a list with a repeated tag is invalid as a whole (RFC 6376 3.2)."""
    return all(note.code != "note.duplicate_tag" for note in record.notes)


def _policy(value: str | None) -> str | None:
    """4.8: the words are ABNF literals, so their case does not matter."""
    lower = (value or "").lower()
    return lower if lower in POLICIES else None


def _plain(name: str, value: str | None) -> str:
    lower = (value or "").lower()
    return lower if lower in PLAIN_VALUES[name] else PLAIN_VALUES[name][0]


def is_uri(written: str) -> bool:
    """Whether this can stand in rua and ruf: RFC 3986 3, after the size of RFC 7489 is cut off (4.8 obs-dmarc-uri).

    A bare mail address cannot.
    """
    return _URI.fullmatch(_SIZE.sub("", written.strip(_BLANKS))) is not None


def _notes(text: str, tags: TagList) -> Iterator[Fault]:
    if text[:1] in tuple(_BLANKS):
        yield Fault("note.leading_blank", "", 0, 1)
    for fault in tags.faults:
        if fault.code == "syntax":
            yield Fault("note.syntax", fault.detail, fault.start, fault.end)
    seen: set[str] = set()
    for place, tag in enumerate(tags.tags):
        name = tag.name.lower()
        if name in seen:
            yield _note("note.duplicate_tag", tag)
        elif name == "p" and place != 1:
            yield _note("note.p_not_second", tag)  # RFC 7489 6.4 wanted it there
        seen.add(name)
        yield from _tag_notes(name, tag)


def _tag_notes(name: str, tag: Tag) -> Iterator[Fault]:
    if name != tag.name and name in _KNOWN:
        yield _note("note.tag_case", tag)
    if name in HISTORIC_TAGS:
        yield _note("note.historic_tag", tag)
    elif name not in _KNOWN:
        yield _note("note.unknown_tag", tag)
    elif _is_bad(name, tag.value.lower()):
        yield _note("note.bad_value", tag)


def _is_bad(name: str, value: str) -> bool:
    if name in POLICY_TAGS:
        return value not in POLICIES
    if name in PLAIN_VALUES:
        return value not in PLAIN_VALUES[name]
    if name in {"rua", "ruf"}:
        return not all(is_uri(uri) for uri in value.split(","))
    if name == "fo":
        options = {option.strip(_BLANKS) for option in value.split(":")}
        return not options <= FAILURE_OPTIONS or {"0", "1"} <= options
    return False


def _note(code: str, tag: Tag) -> Fault:
    return Fault(code, f"{tag.name}={tag.value}", tag.start, tag.end)
