"""The facts about services grow old: whoever runs the tests is told, and nothing fails for it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from headerlens.findings.catalogue import entries
from headerlens.providers.knowledge import services

FRESH = timedelta(days=365)


def grown_old(today: date) -> list[str]:
    """Ids of the files whose facts were last looked at more than a year before `today`."""
    return [known.id for known in services().values() if today - known.as_of > FRESH]


def test_facts_older_than_a_year_are_told_of(capsys: pytest.CaptureFixture[str]) -> None:
    old = grown_old(date.today())  # noqa: DTZ011  a day more or less is no matter
    with capsys.disabled():
        if old:
            print(f"\nresources/providers: look at these again, their as_of is over a year old: {', '.join(old)}")


def test_a_file_is_old_a_year_and_a_day_after_its_date() -> None:
    newest = max(known.as_of for known in services().values())
    oldest = min(known.as_of for known in services().values())
    assert grown_old(oldest + FRESH) == []
    assert set(grown_old(newest + FRESH + timedelta(days=1))) == set(services())


def test_advice_is_never_alarming() -> None:
    advice = {identifier: entry for identifier, entry in entries().items() if identifier.startswith("provider.")}
    assert advice
    assert {entry.severity.value for entry in advice.values()} == {"note"}
