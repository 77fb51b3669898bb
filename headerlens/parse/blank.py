"""Whether a text part shows its reader anything at all. In doubt it does: only a proven blank counts."""

from __future__ import annotations

import re

from headerlens.parse.encoded_words import decode_raw

_MAX_OCTETS = 128 * 1024
_UNSEEN = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"))
_ENTITY = re.compile(r"&(?:nbsp|#160|#xa0|zwnj|#8203);")
_TAG = re.compile(r"/?([a-z][a-z0-9]*(?::[a-z][a-z0-9]*)?)(?=[\s/]|\Z)|!(?:doctype\b|\[(?:if\b[^\]]*+|endif)\]\Z)")
_SHOWN_BY_ATTRIBUTE = re.compile(
    r"url\s*\(|src|background(?!-color)|href|image|content\s*:|refresh|\\(?!:)"
    r"|list-style|list-item|counter|symbols\s*\(|level-text|text-overflow"
)
_WORD_BEHAVIOUR = "behavior:url(#default#vml)"
_PLAIN_TAGS = frozenset(
    {
        "html", "head", "meta", "body", "div", "p", "br", "span", "font", "b", "i", "u", "em", "strong", "center", "a",
        "table", "tbody", "tr", "td", "blockquote", "xml", "style",
    }
)  # fmt: skip
_OFFICE_TAGS = ("o:", "w:", "m:")


def is_blank(octets: bytes, *, html: bool) -> bool:
    """Whether the decoded body of a text part shows nothing but blanks.

    HTML is blank only when it consists of tags and attributes that show nothing by themselves; a picture, a link, a
    style that adds text, or markup that is not understood are something.
    """
    if len(octets) > _MAX_OCTETS:
        return False
    text = decode_raw(octets)
    return _html_is_blank(text.lower()) if html else _text_is_blank(text)


def _text_is_blank(text: str) -> bool:
    return not text.translate(_UNSEEN).strip()


def _html_is_blank(text: str) -> bool:
    """One way through the markup; each step goes on where the one before ended."""
    place = 0
    while (opening := text.find("<", place)) >= 0:
        if not _text_is_blank(_ENTITY.sub(" ", text[place:opening])):
            return False
        end = _after_comment(text, opening) if text.startswith("<!--", opening) else _after_tag(text, opening)
        if end is None:
            return False
        place = end
    return _text_is_blank(_ENTITY.sub(" ", text[place:]))


def _after_comment(text: str, opening: int) -> int | None:
    """The offset behind a comment, None when it shows something: some programs show what is in conditional ones."""
    close = text.find("-->", opening + 4)
    if close < 0:
        return None
    inner = text[opening + 4 : close]
    if inner.lstrip().startswith("["):
        shown = inner.partition(">")[2].removesuffix("<!").removesuffix("<![endif]")
        if "<!--" in shown or not _html_is_blank(shown):
            return None
    return close + 3


def _after_tag(text: str, opening: int) -> int | None:
    """The offset behind a tag (and all of a style sheet), None when it shows something."""
    close = text.find(">", opening)
    tag = text[opening + 1 : close]
    found = _TAG.match(tag) if close >= 0 else None
    if found is None or _SHOWN_BY_ATTRIBUTE.search(tag):
        return None
    name = found[1] or ""
    if name and name not in _PLAIN_TAGS and not name.startswith(_OFFICE_TAGS):
        return None
    return _after_style(text, close + 1) if name == "style" and not tag.startswith("/") else close + 1


def _after_style(text: str, start: int) -> int | None:
    """The offset of the end tag of a style sheet, None when it can show something."""
    close = text.find("</style", start)
    sheet = text[start:close].replace(_WORD_BEHAVIOUR, "")
    is_shown = close < 0 or "@import" in sheet or _SHOWN_BY_ATTRIBUTE.search(sheet)
    return None if is_shown else close
