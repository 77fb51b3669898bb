"""Date and time of a message or a hop, tolerant of the obsolete and of common faults (RFC 5322 3.3, 4.3)."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone

from headerlens.model.limits import MAX_STRUCTURED_OCTETS
from headerlens.parse.lexer import without_comments

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ZONES = {"edt": -4, "est": -5, "cdt": -5, "cst": -6, "mdt": -6, "mst": -7, "pdt": -7, "pst": -8, "jst": 9}
_TIME = r"(?P<hour>\d{1,2})[:.](?P<minute>\d{2})(?:[:.](?P<second>\d{2})(?:[.,]\d{1,9})?)?(?: ?(?P<half>[AaPp][Mm])\b)?"
_ZONE = r"(?: ?(?:UTC|GMT)?(?P<zone>[+-]\d{2}:?\d{2}|[A-Za-z]{1,5}\b))?"
_RFC5322 = re.compile(
    r"(?:[A-Za-z]{2,9}[.,]{0,2} ?)?(?P<day>\d{1,2})[ -](?P<month>[A-Za-z]{3,9})[.,]?[ -](?P<year>\d{2,4}),? "
    + _TIME
    + _ZONE
)
_ASCTIME = re.compile(
    r"[A-Za-z]{3,9},? (?P<month>[A-Za-z]{3,9}) (?P<day>\d{1,2}),? "
    + _TIME
    + r"(?: (?P<zone>[A-Za-z]{1,5}))? (?P<year>\d{4})"
)
_ISO8601 = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})[T ]" + _TIME + _ZONE)
_FIRST_YEAR, _LAST_YEAR = 1900, 9990


def parse_date(text: str) -> datetime | None:
    """The moment a Date field or the end of a Received field names, with its own offset; None when none is named.

    Years of two or three digits are read by 4.3; an unknown or missing zone is UTC. Years outside 1900-9990 count as
    unreadable: shifting their zone would leave what a datetime can hold.
    """
    plain = " ".join(without_comments(text[:MAX_STRUCTURED_OCTETS]).split())
    found = _RFC5322.match(plain) or _ASCTIME.match(plain) or _ISO8601.match(plain)
    return _moment(found) if found else None


def _moment(found: re.Match[str]) -> datetime | None:
    """The matched parts as a datetime, None when there is no such day or hour."""
    month = _month(found["month"])
    year = _year(found["year"])
    if month is None or not _FIRST_YEAR <= year <= _LAST_YEAR:
        return None
    second = min(int(found["second"] or 0), 59)  # 60 is a leap second
    try:
        return datetime(
            year, month, int(found["day"]), _hour(found), int(found["minute"]), second, tzinfo=_zone(found["zone"])
        )
    except ValueError:
        return None


def _month(written: str) -> int | None:
    """The number of a month given by name or number."""
    if written.isdigit():
        return int(written)
    short = written[:3].lower()
    return _MONTHS.index(short) + 1 if short in _MONTHS else None


def _year(written: str) -> int:
    """RFC 5322 4.3: two digits mean 1950-2049, three are counted from 1900."""
    year = int(written)
    if len(written) == 2:
        return year + (2000 if year < 50 else 1900)
    return year + 1900 if len(written) == 3 else year


def _hour(found: re.Match[str]) -> int:
    """The hour of the day, "PM" taken into account."""
    hour = int(found["hour"])
    if not found["half"] or hour > 12:
        return hour
    return hour % 12 + (12 if found["half"].lower() == "pm" else 0)


def _zone(written: str | None) -> timezone:
    """The offset; letters other than the North American zones and JST are UTC, as 4.3 advises."""
    if not written:
        return UTC
    if written[0] not in "+-":
        hours = _ZONES.get(written.lower(), 0)
        return timezone(timedelta(hours=hours)) if hours else UTC
    digits = written[1:].replace(":", "")
    minutes = int(digits[:2]) * 60 + int(digits[2:])
    if minutes >= 24 * 60:
        return UTC
    return timezone(timedelta(minutes=-minutes if written[0] == "-" else minutes))
