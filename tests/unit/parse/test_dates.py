from datetime import UTC, datetime, timedelta, timezone

import pytest

from headerlens.parse.dates import parse_date

JST = timezone(timedelta(hours=9))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sat, 21 Nov 2026 17:20:05 +0900", datetime(2026, 11, 21, 17, 20, 5, tzinfo=JST)),
        ("Sat, 21 Nov 2026 17:20:05 +0900 (JST)", datetime(2026, 11, 21, 17, 20, 5, tzinfo=JST)),
        ("21 Nov 2026 08:20 +0000", datetime(2026, 11, 21, 8, 20, tzinfo=UTC)),
        ("Sat,  1 Nov 26 08:20:00 GMT", datetime(2026, 11, 1, 8, 20, tzinfo=UTC)),
        ("21 Nov 99 08:20:00 EST", datetime(1999, 11, 21, 8, 20, tzinfo=timezone(timedelta(hours=-5)))),
        ("21 Nov 126 08:20:00 -0000", datetime(2026, 11, 21, 8, 20, tzinfo=UTC)),
        ("Sat, 21 Nov 2026 08:20:00", datetime(2026, 11, 21, 8, 20, tzinfo=UTC)),
        ("Sat, 21-Nov-2026 08:20:00 Z", datetime(2026, 11, 21, 8, 20, tzinfo=UTC)),
        ("Sat Nov 21 08:20:00 2026", datetime(2026, 11, 21, 8, 20, tzinfo=UTC)),
        ("2026-11-21T17:20:00+09:00", datetime(2026, 11, 21, 17, 20, tzinfo=JST)),
        ("(a) Sat, (b (c)) 21 Nov\r\n\t2026 08:20:60 UT", datetime(2026, 11, 21, 8, 20, 59, tzinfo=UTC)),
    ],
)
def test_a_date_is_read_with_its_own_offset(text: str, expected: datetime) -> None:
    found = parse_date(text)
    assert found == expected
    assert found is not None
    assert found.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize(
    "text",
    ["", "yesterday", "31 Feb 2026 08:00 +0000", "21 Nov 2026 25:00 +0000", "21 Foo 2026 08:00",
     "21 Nov 0001 08:00 +1400",
     "21 Nov 9999 08:00 -1400", "(" * 1000, "1 " * 5000],
)  # fmt: skip
def test_what_names_no_moment_is_none(text: str) -> None:
    assert parse_date(text) is None


def test_an_impossible_offset_is_utc() -> None:
    found = parse_date("21 Nov 2026 08:00 +9999")
    assert found == datetime(2026, 11, 21, 8, 0, tzinfo=UTC)
