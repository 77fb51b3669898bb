"""What gateways and lists do to a subject: tags in front, behind, after "Re:", inside encoded words; new encodings."""

from __future__ import annotations

import re
from collections.abc import Iterator

from headerlens.causes.header_readings import Mark, Value, with_line_end
from headerlens.causes.header_words import is_encoded, text_of, writings

_TAG = re.compile(
    rb"\[[^\[\]\r\n]{1,80}\]|\([^()\r\n]{1,80}\)|\{[^{}\r\n]{1,80}\}|<[^<>\r\n]{1,80}>"
    rb"|\*{1,8}[^*\r\n]{1,80}\*{1,8}|#{1,8}[^#\r\n]{1,80}#{1,8}|~{1,8}[^~\r\n]{1,80}~{1,8}|!{1,8}[^!\r\n]{1,80}!{1,8}"
    rb"|={2,8}[^=\r\n]{1,80}={2,8}|-{2,8}[^-\r\n]{1,80}-{2,8}|_{1,8}[A-Z]{3,40}_{1,8}"
    rb"|\xe3\x80\x90.{1,80}?\xe3\x80\x91|\xef\xbc\xbb.{1,80}?\xef\xbc\xbd|\xef\xbc\x88.{1,80}?\xef\xbc\x89"
    rb"|\xe3\x80\x8a.{1,80}?\xe3\x80\x8b|\xe3\x80\x94.{1,80}?\xe3\x80\x95|\xe3\x80\x8c.{1,80}?\xe3\x80\x8d"
    rb"|[A-Z][A-Za-z_ -]{1,30}:"
)
"""Bracketed, starred or followed by a colon, as gateways write them; the last but one rows are full-width brackets."""

_REPLY = re.compile(
    rb"(?:(?:re|fwd?|aw|wg|sv|vs|vl|antw|rv|tr|rif|ref|enc|odp|ynt|\xe5\x9b\x9e\xe5\xa4\x8d|\xe7\xad\x94\xe5\xa4\x8d"
    rb"|\xe8\xbd\xac\xe5\x8f\x91|\xe8\xbf\x94\xe4\xbf\xa1|\xe8\xbb\xa2\xe9\x80\x81)(?:[\[(]\d{1,3}[\])])?"
    rb"[ \t]*(?::|\xef\xbc\x9a)[ \t\r\n]*)",
    re.IGNORECASE,
)
_BLANKS = b" \t\r\n"
_BEHIND_TAG = re.compile(rb"(?:[ \t\r\n]|_(?=[^ ]{0,75}\?=)|=20)*(?:[-:|>]+[ \t\r\n]+)?")
_WORD_START = re.compile(rb"=\?[^?\s]{1,60}\?[qQ]\?")
_MOST_TAGS = 3
_MOST_WORDS = 6
_MOST_OCTETS_CUT = 120
_LONG_SUBJECT = 2_000


def subject_values(body: bytes) -> Iterator[Value]:
    """Earlier values of a Subject field, by what is usually done to one; nothing for one of absurd length."""
    if len(body) > _LONG_SUBJECT:
        return
    yield from _without_tags(body)
    if is_encoded(body):
        yield from _rewritten(body)
    yield from _without_words(body)
    yield from _without_octets(body)


def _without_tags(body: bytes) -> Iterator[Value]:
    for place in _places(body):
        yield from _tags_at(body, place)
    yield from _tag_at_end(body)
    yield from _tag_moved(body)


def _places(body: bytes) -> list[int]:
    """Where a tag may begin: in front, behind each reply word, and at the beginning of an encoded word."""
    place = len(body) - len(body.lstrip(_BLANKS))
    places = [place]
    while (reply := _REPLY.match(body, place)) and len(places) <= _MOST_TAGS:
        place = reply.end()
        places.append(place)
    tagged = _TAG.match(body, places[0])
    if tagged:  # "[list] Re: [list] ..."
        behind = _BEHIND_TAG.match(body, tagged.end())
        reply = _REPLY.match(body, behind.end() if behind else tagged.end())
        places += [reply.end()] if reply else []
    inside = [word.end() for at in places if (word := _WORD_START.match(body, at))]
    return [*places, *inside]


def _tags_at(body: bytes, place: int) -> Iterator[Value]:
    end = place
    for count in range(_MOST_TAGS):
        found = _TAG.match(body, end)
        if found is None or _REPLY.match(body, end):
            return
        end = found.end()
        mark = _tag(body[place:end])
        behind = _BEHIND_TAG.match(body, end)
        following = behind.end() if behind else end
        yield _value(body[:place] + body[following:], count, mark)
        yield _value(body[:place] + body[end:], 1 + count, mark)
        yield _value(body[:place].rstrip(_BLANKS) + body[end:], 1 + count, mark)
        end = following


def _tag_at_end(body: bytes) -> Iterator[Value]:
    bare = body.rstrip(_BLANKS)
    for found in list(_TAG.finditer(bare))[-2:]:
        if found.end() == len(bare) and found.start() > 0:
            mark = _tag(found[0])
            yield _value(bare[: found.start()].rstrip(_BLANKS), 0, mark)
            yield _value(bare[: found.start()], 1, mark)


def _tag_moved(body: bytes) -> Iterator[Value]:
    """Lists put "[list]" before "Re:" where it stood behind."""
    start = len(body) - len(body.lstrip(_BLANKS))
    found = _TAG.match(body, start)
    if found is None:
        return
    rest = body[found.end() :].lstrip(_BLANKS)
    reply = _REPLY.match(rest)
    if reply is not None:
        moved = body[:start] + reply[0] + found[0] + b" " + rest[reply.end() :]
        yield _value(moved, 1, Mark("subject-tag-moved", (("tag", _shown(found[0])),)))


def _rewritten(body: bytes) -> Iterator[Value]:
    """Decoded, a tag put in, and encoded again; or only encoded again."""
    text = text_of(body)
    for each in writings(text, body):
        yield _value(b" " + each, 2, Mark("field-reencoded"))
    plain = b" " + text.encode("utf-8", "replace")
    for value in list(_without_tags(plain))[:12]:
        earlier = value.body.decode("utf-8", "replace").strip()
        for each in writings(earlier, body):
            yield _value(b" " + each, value.weight + 1, value.mark)


def _without_words(body: bytes) -> Iterator[Value]:
    """Text in front or behind that is no tag: some words are taken away."""
    words = list(re.finditer(rb"[^ \t\r\n]+", body))
    for place in dict.fromkeys(_places(body)[:2]):
        ahead = [word for word in words if word.start() >= place]
        for count, word in enumerate(ahead[1 : _MOST_WORDS + 1], 1):
            mark = _text(body[place : ahead[count - 1].end()])
            yield _value(body[:place] + body[word.start() :], 2, mark)
    for count in range(1, min(_MOST_WORDS + 1, len(words))):
        mark = _text(body[words[-count].start() :])
        yield _value(body[: words[-count - 1].end()], 3, mark)


def _without_octets(body: bytes) -> Iterator[Value]:
    """The same for scripts without blanks: some characters are taken away in front."""
    start = len(body) - len(body.lstrip(_BLANKS))
    for cut in range(start + 1, min(len(body) - 2, start + _MOST_OCTETS_CUT)):
        if not 0x80 <= body[cut] < 0xC0:
            yield _value(body[:start] + body[cut:], 5, _text(body[start:cut]))


def _value(body: bytes, weight: int, mark: Mark) -> Value:
    return Value(with_line_end(body), weight, mark)


def _tag(octets: bytes) -> Mark:
    return Mark("subject-tag", (("tag", _shown(octets)),))


def _text(octets: bytes) -> Mark:
    return Mark("subject-text", (("text", _shown(octets)),))


def _shown(octets: bytes) -> str:
    return text_of(octets)[:80]
