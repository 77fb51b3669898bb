"""Tables of many messages for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
import json

import pytest

from headerlens.model.message import Refusal
from headerlens.pipeline import analyse
from headerlens.present.batch import Listed, columns_of, shared_causes, summarise
from headerlens.present.words import Words
from headerlens.report.csv import csv_text, guarded, table_json
from headerlens.samples import samples


def listed() -> list[Listed]:
    found = []
    for one in samples():
        case = analyse(one.message(), one.lookup(), one.checked_at, choices=one.choices)
        found.append(Listed(one.file_name, summarise(case, ()), case.checked_at))
    return found


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＠x"])
def test_a_formula_of_a_sender_stays_text(cell: str) -> None:
    assert guarded(cell) == f"'{cell}"


def test_an_ordinary_cell_is_left_alone() -> None:
    assert guarded("ご請求書, 2026-11") == "ご請求書, 2026-11"


def test_cells_survive_being_read_again() -> None:
    one = Listed('a "b", c.eml', refusal=Refusal("refusal.empty"))
    [row] = csv.DictReader(io.StringIO(csv_text([one], Words("en"))))
    assert row["file"] == 'a "b", c.eml'
    assert row["problem"]


def test_every_column_has_a_name_and_every_line_all_columns() -> None:
    rows = list(csv.reader(io.StringIO(csv_text(listed(), Words("ja")))))
    assert len({len(row) for row in rows}) == 1
    assert rows[0][:4] == ["file", "result", "situation", "exit_status"]


def test_names_of_columns_do_not_depend_on_the_language() -> None:
    assert list(columns_of(Listed(""), Words("en"))) == list(columns_of(Listed(""), Words("ja")))


def test_json_says_null_where_there_is_nothing() -> None:
    table = json.loads(table_json([Listed("x.eml", broken="ValueError")], Words("en")))
    assert table["schema"] == "headerlens.table/1"
    assert table["messages"][0]["spf"] is None
    assert table["messages"][0]["problem"] == "ValueError"


def test_a_line_says_what_the_message_says_when_opened() -> None:
    one = next(one for one in listed() if one.name == "spoofed.eml")
    assert one.row is not None
    assert (one.row.level, one.row.dmarc, one.row.domain) == ("fail", "fail", "bank.example.co.jp")
    assert one.row.in_words("en").headline == "Not authenticated as bank.example.co.jp"
    assert "bank.example.co.jp" in one.row.in_words("ja").headline
    assert one.row.recorded == ("pass", "pass", "fail")


def test_three_messages_with_one_finding_share_a_cause_and_two_do_not() -> None:
    row = next(one.row for one in listed() if one.name == "mailing-list.eml")
    assert row is not None
    assert shared_causes([(0, row), (4, row)], "en") == ()
    [cause] = shared_causes([(0, row), (4, row), (7, row)], "ja")
    assert cause.rows == (0, 4, 7)
    assert cause.title == row.in_words("ja").cause != ""


def test_what_is_kept_of_a_message_is_small() -> None:
    import pickle

    assert max(len(pickle.dumps(one.row)) for one in listed()) < 6_000
