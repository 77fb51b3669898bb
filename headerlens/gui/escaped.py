"""Text for Qt's rich text, shown letter by letter.

Not html.escape: its module loads a table of 2,000 entities, for which the first paint would have to wait.
"""

from __future__ import annotations


def escaped(text: str) -> str:
    """`text` with nothing in it that Qt would read as a tag, an entity or the end of an attribute."""
    for sign, entity in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&quot;"), ("'", "&#x27;")):
        text = text.replace(sign, entity)
    return text
