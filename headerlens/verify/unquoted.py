"""Values that were published with the quotation marks of a zone file inside them."""

from __future__ import annotations

import re

_MARKS = "\"“”„'`"
_BETWEEN = re.compile(r"[\"“”]\s*[\"“”]")


def unquoted(text: str) -> str:
    """The value without quotation marks around it or between its pieces, backslashes before ";" and '"' undone."""
    plain = text.strip().replace('\\"', '"').replace("\\;", ";")
    plain = _BETWEEN.sub("", plain)
    return plain.strip(_MARKS).strip()


def is_quoted(text: str) -> bool:
    """Whether quotation marks stand where the value should begin."""
    return text.lstrip()[:1] in {*_MARKS, "\\"} and bool(unquoted(text))
