"""The path pane: oldest first, what can be believed, delays and clocks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from headerlens.model.case import Case
from headerlens.model.message import Hop
from headerlens.present.evidence_views import PathView
from headerlens.present.path_view import bar_length, duration, path_view
from headerlens.present.words import Words
from tests.support.corpus_cases import corpus_case

EN, JA = Words("en"), Words("ja")
BEGAN = datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def view(name: str) -> PathView:
    return path_view(corpus_case(name), EN, UTC)


def hop(seconds: float | None, by: str = "mx.example.net", helo: str | None = "mail.example.net") -> Hop:
    time = None if seconds is None else BEGAN + timedelta(seconds=seconds)
    return Hop(0, helo, None, "192.0.2.1", by, "ESMTPS", "TLS 1.3", None, time, has_client=helo is not None)


def along(*hops: Hop, border: int | None = 0) -> PathView:
    """The path of `hops`, newest first."""
    case: Case = corpus_case("plain")
    made = replace(case, message=replace(case.message, hops=hops), sender=replace(case.sender, border=border))
    return path_view(made, EN, UTC)


def test_the_oldest_is_at_the_top_and_you_at_the_bottom() -> None:
    names = [stop.name for stop in view("forwarded-with-arc").stops]
    assert names == ["mail.example.com", "mx.example.org", "mx.google.com", "your mailbox"]


def test_what_stands_above_the_border_is_only_claimed() -> None:
    path = view("forwarded-with-arc")
    assert [stop.trusted for stop in path.stops] == [False, False, True, True]
    assert path.border == 2
    assert "can be forged" in path.stops[0].accessible
    assert "can be forged" not in path.stops[2].accessible


def test_without_a_border_nothing_is_believed() -> None:
    path = along(hop(0), border=None)
    assert path.border is None
    assert not any(stop.trusted for stop in path.stops)
    assert path.trust_title == "No trust border"


def test_spf_is_marked_where_it_was_checked() -> None:
    pills = [stop.pill for stop in view("forwarded-with-arc").stops]
    assert pills == ["", "", "SPF was checked here · +2 s", ""]


def test_tls_and_protocol_are_told() -> None:
    assert along(hop(0)).stops[1].subtitle == "from 192.0.2.1 · ESMTPS, TLS 1.3"


def test_a_slow_step_is_marked_and_counted() -> None:
    path = along(hop(374, "in.example.net"), hop(2), hop(0), border=0)
    assert path.heading == "6 min 14 s from sender to mailbox; one slow step"
    slow = [stop for stop in path.stops if stop.slow]
    assert [stop.name for stop in slow] == ["in.example.net"]


def test_a_clock_that_goes_wrong_gets_words_and_no_bar() -> None:
    path = along(hop(5, "in.example.net"), hop(3), hop(9), border=None)
    late = path.stops[2]
    assert late.warning == "earlier than the previous server: clocks differ"
    assert late.bar is None
    assert late.delay == ""
    assert late.warning in late.accessible


def test_a_missing_time_is_said_and_the_next_delay_counts_from_the_last_known() -> None:
    path = along(hop(10), hop(None), hop(0), border=None)
    assert path.stops[2].time == "no time"
    assert path.stops[3].delay == "+10 s"


def test_another_day_is_named() -> None:
    path = along(hop(86_400), hop(0), border=None)
    assert path.stops[1].time == "08:00:00"
    assert path.stops[2].time == "21 Nov 2026 08:00:00"


def test_no_server_is_said() -> None:
    path = along(border=None)
    assert path.stops == ()
    assert path.empty.startswith("No server has left a line")


def test_a_very_long_way_shows_its_end() -> None:
    path = along(*(hop(200 - number) for number in range(150)), border=0)
    assert len(path.stops) <= 62
    assert path.more == "90 older lines aren't shown."
    assert path.stops[path.border or 0].pill


@pytest.mark.parametrize(
    ("seconds", "english", "japanese"),
    [
        (0, "0 s", "0秒"),
        (59, "59 s", "59秒"),
        (364, "6 min 4 s", "6分4秒"),
        (11_520, "3 h 12 min", "3時間12分"),
        (187_200, "2 d 4 h", "2日4時間"),
    ],
)
def test_durations(seconds: int, english: str, japanese: str) -> None:
    assert duration(EN, seconds) == english
    assert duration(JA, seconds) == japanese


def test_bars_grow_with_the_logarithm() -> None:
    lengths = [bar_length(seconds, 600) for seconds in (0, 2, 60, 364, 600, 9_999)]
    assert lengths == sorted(lengths)
    assert lengths[0] > 0
    assert lengths[-1] == 1.0
    assert lengths[3] > 0.9


def test_every_stop_knows_its_header_line() -> None:
    case = corpus_case("plain")
    found = [stop.field_index for stop in path_view(case, EN, UTC).stops if stop.field_index is not None]
    assert found == [one.field_index for one in reversed(case.message.hops)]
