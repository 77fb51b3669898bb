"""The HTML report: valid, whole, in the window's order, and deaf to everything a mail writes."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from headerlens.present.report_views import ReportView
from headerlens.present.tokens import DARK, LIGHT
from headerlens.present.views import plain
from headerlens.present.words import LANGUAGES
from headerlens.report.html import POLICY, html_report
from headerlens.report.html_style import style_sheet
from headerlens.report.markup import tag, text
from headerlens.samples import samples
from tests.support.reports import EVIL, Strict, hostile_case, sample_case, view_of
from tests.unit.findings.test_edits import _case

NAMES = [one.name for one in samples()]
ALLOWED = {
    "html", "head", "meta", "title", "style", "body", "main", "article", "header", "div", "strong", "span", "section",
    "svg", "path", "circle", "rect", "h1", "h2", "h3", "h4", "h5", "h6", "p", "table", "caption", "thead", "tbody",
    "tr", "th", "td", "small", "i", "b", "em", "ul", "ol", "li", "code", "dl", "dt", "dd", "footer", "del", "ins",
    "nav", "a",
}  # fmt: skip


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_a_report_is_balanced_and_has_nothing_that_loads_or_runs(name: str, language: str) -> None:
    page = Strict(html_report([view_of(sample_case(name), language)]))
    assert set(page.tags) <= ALLOWED
    assert not {name for _, name, _ in page.attributes} & {"src", "srcset", "href", "action", "formaction", "onclick"}
    assert not [name for _, name, _ in page.attributes if name.startswith("on")]
    assert ("html", "lang", language) in page.attributes


def test_the_file_forbids_itself_scripts_and_loading() -> None:
    page = Strict(html_report([view_of(sample_case("spoofed"))]))
    assert ("meta", "content", POLICY) in page.attributes
    assert POLICY == "default-src 'none'; style-src 'unsafe-inline'"
    rules = style_sheet()
    assert not re.search(r"url\(|@import|expression|</", rules)


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_window_says_in_the_same_order(language: str) -> None:
    view = view_of(sample_case("spoofed"), language)
    shown = Strict(html_report([view])).text
    result = view.result
    parts = [
        result.line.address,
        plain(result.verdict.headline),
        result.verdict.sentence,
        result.verdict.action,
        result.verdict.footnote,
        plain(result.ladder.title),
        result.ladder.rows[0].name,
        plain(result.ladder.rows[0].sentence),
        result.ladder.rows[1].name,
        result.ladder.legend[0],
        result.findings_heading,
        *(part for finding in result.findings for part in (finding.title, finding.code, finding.why, *finding.steps)),
        view.facts[0][1],
        *(table.heading for table in view.tables),
        view.footer[-1],
    ]
    place = 0
    for part in parts:
        assert part in shown[place:], part
        place = shown.index(part, place)


def test_headings_have_one_top_and_never_skip_a_rank() -> None:
    for views in ([view_of(sample_case("spoofed"))], [view_of(sample_case(name)) for name in NAMES]):
        ranks = [int(tag[1]) for tag in Strict(html_report(views)).tags if re.fullmatch("h[1-6]", tag)]
        assert ranks.count(1) == 1
        assert ranks[0] == 1
        assert all(after <= before + 1 for before, after in pairwise(ranks))


def test_every_table_has_a_caption_and_heads_of_columns() -> None:
    page = Strict(html_report([view_of(_case("dmarc-bad-value"))]))
    tables = page.tags.count("table")
    assert tables > 4
    assert page.tags.count("caption") == tables
    scopes = [value for tag, name, value in page.attributes if (tag, name) == ("th", "scope")]
    assert len(scopes) == page.tags.count("th")


def test_drawings_are_silent_and_signs_between_results_are_told() -> None:
    page = Strict(html_report([view_of(sample_case("forwarded"))]))
    silent = [value for tag, name, value in page.attributes if (tag, name) == ("svg", "aria-hidden")]
    assert silent == ["true"] * page.tags.count("svg")
    said = [value for _, name, value in page.attributes if name == "aria-label"]
    assert "same as recorded" in said


def test_a_record_tells_what_goes_and_what_comes_without_colour() -> None:
    text_of_page = Strict(html_report([view_of(_case("dmarc-bad-value"))])).text
    assert "[to be removed: " in text_of_page
    assert "[to be added: " in text_of_page


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_that_a_mail_writes_becomes_markup(language: str) -> None:
    view = view_of(hostile_case(), language)
    document = html_report([view])
    page = Strict(document)
    assert set(page.tags) <= ALLOWED
    assert not [name for _, name, _ in page.attributes if name.startswith("on") or name in {"src", "href"}]
    assert "<script>alert(1)</script>" in page.text
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e]", document)
    assert document.count("</style>") == 1
    assert document.count("</title>") == 1


def test_what_slips_past_the_words_is_stopped_at_the_markup() -> None:
    assert text(f"\x1b\u202e{EVIL}\ud800") == (
        "\ufffd\ufffd&quot;&#x27;&gt;&lt;script&gt;alert(1)&lt;/script&gt;&lt;/style&gt;&lt;/title&gt;"
        "&lt;img src=x onerror=alert(1)&gt;\ufffd"
    )
    assert tag("p", title='" onclick="x') == '<p title="&quot; onclick=&quot;x"></p>'


def test_several_messages_come_below_a_list_that_leads_to_them() -> None:
    views = [view_of(sample_case(name)) for name in NAMES]
    page = Strict(html_report(views))
    links = [value for tag, name, value in page.attributes if (tag, name) == ("a", "href")]
    assert links == [f"#m{number}" for number in range(1, len(NAMES) + 1)]
    assert page.ids == [link[1:] for link in links]
    for view in views:
        assert view.name in page.text


def test_light_and_dark_colours_are_those_of_the_window() -> None:
    rules = style_sheet()
    screen = rules.split("@media")
    for name, value in LIGHT._asdict().items():
        if isinstance(value, str):
            assert f"--{name.replace('_', '-')}:{value}" in screen[0]
    dark = next(part for part in screen if part.startswith(" screen and (prefers-color-scheme:dark)"))
    assert f"--pass-fg:{DARK.pass_fg}" in dark
    printed = next(part for part in screen if part.startswith(" print"))
    assert f"--text:{LIGHT.text}" in printed


def test_every_colour_of_the_rules_is_a_token() -> None:
    rules = style_sheet()
    used = set(re.findall(r"var\(--([a-z0-9-]+)\)", rules))
    assert used <= {name.replace("_", "-") for name in LIGHT._asdict()}
    assert not re.search(r"[^-]color:#|background:#(?!fff)", rules)


def test_all_signatures_are_shown_where_the_window_folds_some() -> None:
    view = view_of(_case("many-signatures"))
    assert len(view.result.ladder.folded_rows) > 5
    page = Strict(html_report([view]))
    assert all(row.title in page.text for row in view.result.ladder.folded_rows)
    lines = [value for tag, name, value in page.attributes if (tag, name) == ("i", "class") and "lane" in value]
    assert len(lines) < 6 * len(view.result.ladder.folded_rows)


def test_a_name_without_room_beside_its_results_gets_a_line_of_its_own() -> None:
    view = view_of(sample_case("forwarded"))
    assert _kind_of_ladder(view) == "ladder"
    rows = tuple(
        replace(row, tiles=tuple(replace(tile, label=tile.label * 6) for tile in row.tiles))
        for row in view.result.ladder.rows
    )
    wide = replace(view, result=replace(view.result, ladder=replace(view.result.ladder, rows=rows)))
    assert _kind_of_ladder(wide) == "ladder stacked"
    assert rows[0].tiles[0].label in Strict(html_report([wide])).text
    assert ".ladder.stacked td" in style_sheet()


def _kind_of_ladder(view: ReportView) -> str:
    attributes = Strict(html_report([view])).attributes
    return next(value for tag, name, value in attributes if (tag, name) == ("table", "class"))
