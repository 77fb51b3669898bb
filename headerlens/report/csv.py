"""A table of many messages as CSV (RFC 4180) that a spreadsheet may open without harm, and as JSON.

A file begins with a byte order mark: without one, Excel in Japan takes UTF-8 for code page 932 and shows nonsense.
Standard output has none, because it would stick to the first column's name in every program behind a pipe.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable

from headerlens.present.batch import Listed, columns_of
from headerlens.present.words import Words

SCHEMA = "headerlens.table/1"

BYTE_ORDER_MARK = "\ufeff"

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the start of a formula; a Japanese one knows the wide signs too."""

_BEHIND_A_MARK = re.compile("(?<=.)([;\t\r\n|][ ]*)(?=[=+@＝＋＠-])", re.DOTALL)
"""The same behind a sign that parts columns where the comma does not: a semicolon in half of Europe."""


def csv_text(listed: Iterable[Listed], words: Words) -> str:
    """A header line and one line for each message; only the header when there is none."""
    return csv_header(words) + "".join(csv_line(one, words) for one in listed)


def csv_header(words: Words) -> str:
    """The names of the columns, ended by CRLF."""
    return _line(columns_of(Listed(""), words))


def csv_line(one: Listed, words: Words) -> str:
    """One message, ended by CRLF."""
    return _line(guarded(cell) for cell in columns_of(one, words).values())


def _line(cells: Iterable[str]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerow(cells)
    return out.getvalue()


def guarded(cell: str) -> str:
    """The cell as text: an apostrophe keeps a spreadsheet from computing what a sender wrote (CWE-1236)."""
    cell = _BEHIND_A_MARK.sub(r"\1'", cell)
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def table_json(listed: Iterable[Listed], words: Words) -> str:
    """The same table for programs, cells as they are and null where there is nothing."""
    rows = [{name: value or None for name, value in columns_of(one, words).items()} for one in listed]
    return json.dumps({"schema": SCHEMA, "messages": rows}, ensure_ascii=False, indent=2)
