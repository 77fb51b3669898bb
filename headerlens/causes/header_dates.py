"""A Date that was written anew: the same moment in the other forms and zones that programs use (RFC 5322 3.3, 4.3)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone

from headerlens.causes.header_readings import Mark, Value, with_line_end

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_QUARTERS = (*range(-48, 57, 4), -38, -14, -10, 14, 18, 22, 23, 26, 38, 42, 51)
"""Zones in use, in quarters of an hour."""

_NAMES = {
    0: ("GMT", "UT", "UTC", "-0000", "+0000 (UTC)", "+0000 (GMT)"),
    36: ("+0900 (JST)", "JST", "+0900 (GMT+09:00)"),
}
_OFTEN = frozenset({0, 36, 32, 22, 4, 8, -20, -16, -32, -28})


def date_values(date: datetime | None, signed_at: int | None) -> Iterator[Value]:
    """Earlier values of a Date field at the moment `date` (aware), and at `signed_at` (t=, seconds since 1970).

    Nothing for a field that holds no date.
    """
    if date is None:
        return
    mark = Mark("date-rewritten")
    own = date.utcoffset() or timedelta()
    for form in _forms(date):
        yield Value(with_line_end(b" " + form), 2, mark)
    for quarter in _QUARTERS:
        offset = timedelta(minutes=15 * quarter)
        if offset != own:
            weight = 3 if quarter in _OFTEN else 4
            yield from _at(date, offset, weight, mark)
    if signed_at is not None:
        for second in range(-2, 1):
            moment = _moment(signed_at + second)
            if moment is not None and moment != date:
                yield from _at(moment, own, 4, mark)
                yield from _at(moment, timedelta(), 4, mark)


def _at(moment: datetime, offset: timedelta, weight: int, mark: Mark) -> Iterator[Value]:
    try:
        there = moment.astimezone(timezone(offset))
    except (OverflowError, ValueError):
        return
    for form in _forms(there):
        yield Value(with_line_end(b" " + form), weight, mark)


def _moment(seconds: int) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, timezone.utc)  # noqa: UP017  timezone is imported
    except (OverflowError, ValueError, OSError):
        return None


def _forms(date: datetime) -> Iterator[bytes]:
    minutes = round((date.utcoffset() or timedelta()).total_seconds() / 60)
    sign, size = ("-", -minutes) if minutes < 0 else ("+", minutes)
    zones = (f"{sign}{size // 60:02}{size % 60:02}", *_NAMES.get(minutes // 15, ()))
    for zone in zones:
        for day in dict.fromkeys((str(date.day), f"{date.day:02}", f"{date.day:2}")):
            rest = f"{day} {_MONTHS[date.month - 1]} {date.year:04} {date:%H:%M:%S} {zone}"
            yield f"{_DAYS[date.weekday()]}, {rest}".encode()
            yield rest.encode()
