"""The ladder: rows, tiles, lines, nodes, chips and what a screen reader says."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC

import pytest

from headerlens.findings.facts import Facts
from headerlens.model.case import Choices
from headerlens.model.dns import Failure
from headerlens.model.message import BodyState, SourceKind
from headerlens.model.verdicts import Drift, Identity, Result
from headerlens.present.ladder import present_ladder
from headerlens.present.views import Glyph, LadderRow, LadderView, Line, RowKind, TileState, Tone, plain
from headerlens.present.words import Words
from tests.support.facts import (
    AUTHOR,
    FORWARDED,
    HOME,
    NO_SPF,
    RESULTS,
    believed,
    case_of,
    compared,
    dkim,
    dmarc,
    facts,
    failed,
    message,
    spf,
)

OTHER = "mailer-7.example.net"


def _ladder(given: Facts, language: str = "en") -> LadderView:
    return present_ladder(case_of(given), Words(language), UTC)


def _rows(given: Facts, language: str = "en") -> dict[str, LadderRow]:
    return {row.title: row for row in _ladder(given, language).rows}


def _tiles(row: LadderRow) -> list[tuple[str, int, str]]:
    return [(tile.label, tile.column, tile.state.value) for tile in row.tiles]


def _recorded(given_checks: int = 1) -> Facts:
    made = message(RESULTS)
    rows = (
        compared("spf", "pass", Result.PASS),
        compared("dkim", "pass", Result.PASS, index=0),
        compared("dmarc", "pass", Result.PASS),
    )
    checks = tuple(dkim(HOME, index=n) for n in range(given_checks))
    return facts(checks, spf(), made=made, trust=believed(made), comparison=rows)


def _spoofed() -> Facts:
    return facts((dkim(OTHER),), spf(f"bounce.{OTHER}"))


def test_rows_stand_in_order_spf_from_dkim() -> None:
    assert [row.kind for row in _ladder(_recorded()).rows] == [RowKind.SPF, RowKind.FROM, RowKind.DKIM]


def test_all_pass_in_relaxed_mode() -> None:
    view = _ladder(_recorded())
    spf_row, from_row, dkim_row = view.rows
    assert (view.zone, view.caption, view.receiver, view.checked) == (
        3,
        "organisation",
        "mx.google.com",
        "21 Nov, 08:20",
    )
    assert plain(view.title) == f"Who vouches for {AUTHOR}?"
    assert [span.text for span in view.title if span.strong] == [AUTHOR]
    assert _tiles(from_row) == [
        ("shop", 3, "other"),
        ("example", 2, "deciding"),
        ("co", 1, "deciding"),
        ("jp", 0, "deciding"),
    ]
    assert _tiles(spf_row) == [("mail", 3, "ignored"), ("example", 2, "equal"), ("co", 1, "equal"), ("jp", 0, "equal")]
    for row in (spf_row, dkim_row):
        assert (row.line, row.node, row.node_tone, row.between) == (Line.SOLID, Glyph.PASS, Tone.PASS, "same")
        assert (row.now.word, row.now.tone, row.recorded.tone) == ("pass", Tone.PASS, Tone.PASS)
    assert plain(from_row.sentence) == "Both lines connect. DMARC needs only one."
    assert from_row.policy == "DMARC · p=reject · relaxed"
    assert dkim_row.subtitle == "key s=k2026"


def test_a_pass_for_somebody_else_is_grey_and_stops_before_from() -> None:
    rows = _rows(_spoofed())
    for title in ("SPF", "DKIM"):
        row = rows[title]
        assert (row.now.word, row.now.tone, row.line) == ("pass", Tone.UNKNOWN, Line.DASHED)
        assert (row.node, row.node_tone) == (Glyph.OTHER, Tone.FAIL)
        assert {tile.state for tile in row.tiles if tile.column < 3} == {TileState.DIFFERENT}
    assert rows["From"].now.tone is Tone.FAIL
    assert plain(rows["From"].sentence) == "No line connects. DMARC needs at least one."
    assert plain(rows["DKIM"].sentence) == "Valid signature of a different organisation → doesn’t count."


def test_under_a_pass_the_other_organisation_is_grey_all_over() -> None:
    row = _rows(facts((dkim(AUTHOR), dkim(OTHER, index=1)), spf(OTHER)))["DKIM 2"]
    assert (row.node, row.node_tone) == (Glyph.OTHER, Tone.UNKNOWN)
    assert plain(row.sentence) == "Third-party signature, a different organisation → doesn’t count."


def test_forwarding_leaves_spf_grey() -> None:
    row = _rows(facts((dkim(HOME),), spf(AUTHOR, Result.FAIL), made=message(RESULTS, received=FORWARDED)))["SPF"]
    assert (row.now.word, row.now.tone, row.node, row.node_tone) == ("fail", Tone.UNKNOWN, Glyph.FAIL, Tone.UNKNOWN)
    assert "forwarding server" in plain(row.sentence)


def test_a_broken_author_signature_is_red_where_the_verdict_hangs_on_it() -> None:
    row = _rows(facts((dkim(HOME, "hash.body"),), policy=dmarc((dkim(HOME, "hash.body"),), policy="none")))["DKIM"]
    assert (row.now.word, row.now.tone, row.node_tone, row.line) == ("fail", Tone.FAIL, Tone.FAIL, Line.DASHED)


def test_strict_mode_widens_the_zone_and_marks_what_is_missing() -> None:
    checks, checked = (dkim(HOME),), spf()
    view = _ladder(facts(checks, checked, policy=dmarc(checks, checked, strict=True)))
    spf_row, from_row, dkim_row = view.rows
    assert (view.zone, view.caption, from_row.policy) == (4, "must be identical", "DMARC · p=reject · strict")
    assert all(tile.state is TileState.DECIDING for tile in from_row.tiles)
    assert _tiles(spf_row)[0] == ("mail", 3, "different")
    assert _tiles(dkim_row)[0] == ("", 3, "missing")
    assert plain(from_row.sentence) == "No line connects in strict mode."
    assert plain(dkim_row.sentence) == "“shop” is missing → doesn’t count."
    assert "Same organisation, different name. Does not count for DMARC." in dkim_row.accessible


def test_one_label_too_many_breaks_strict_mode() -> None:
    checks = (dkim(f"a.{AUTHOR}"),)
    row = _rows(facts(checks, policy=dmarc(checks, strict=True)))["DKIM"]
    assert _tiles(row)[0] == ("a", 4, "different")


def test_an_empty_return_path_is_titled_helo() -> None:
    row = _rows(facts((dkim(HOME),), spf(f"mx1.{HOME}", identity=Identity.HELO)))["SPF · HELO"]
    assert "server’s own name" in plain(row.sentence)
    assert row.line is Line.SOLID


def test_no_signature_is_a_dotted_none_tile() -> None:
    row = _rows(facts((), spf(AUTHOR)))["DKIM"]
    assert (row.placeholder, row.tiles, row.node, row.now.word, row.now.dashed) == (
        "none",
        (),
        Glyph.NONE,
        "none",
        True,
    )
    assert row.accessible == "DKIM: none. Does not count for DMARC."


def test_headers_only_is_partial_and_dotted() -> None:
    rows = _rows(facts((dkim(HOME, "body.missing"),), body=BodyState.MISSING))
    row = rows["DKIM"]
    assert (row.now.word, row.now.tone, row.now.glyph) == ("partial", Tone.INFO, Glyph.HALF)
    assert (row.line, row.node) == (Line.DOTTED, Glyph.HALF)
    assert rows["From"].now.word == "partial"


def test_a_pasted_body_is_unclear_never_red() -> None:
    made = message(RESULTS, kind=SourceKind.PASTE)
    rows = _rows(facts((dkim(HOME, "hash.body"),), made=made, body=BodyState.UNKNOWN))
    for row in (rows["DKIM"], rows["From"]):
        assert (row.now.word, row.now.tone, row.now.dashed) == ("unclear", Tone.UNKNOWN, True)
    assert rows["DKIM"].line is Line.DOTTED


def test_offline_shows_what_was_recorded() -> None:
    made = message(RESULTS)
    checks = (dkim(AUTHOR, "key.unavailable"),)
    comparison = (
        compared("dkim", "pass", Result.TEMPERROR, Drift.TRANSIENT, 0),
        compared("dmarc", "pass", Result.TEMPERROR),
    )
    given = facts(
        checks,
        policy=dmarc(checks, NO_SPF, home=None, policy=None, code="temperror.policy"),
        made=made,
        trust=believed(made),
        comparison=comparison,
        evidence=(failed("x.example", Failure.OFFLINE),),
        choices=Choices(offline=True),
    )
    view = _ladder(given)
    row = view.rows[2]
    assert (row.now.word, row.recorded.word, row.recorded.tone, row.between) == ("offline", "pass", Tone.PASS, "")
    assert plain(row.sentence) == "Recorded only. Same organisation."
    assert (view.caption, row.line) == ("organisation?", Line.DOTTED)
    assert "Policy unknown" in view.rows[1].accessible


def test_an_address_too_long_for_its_row_stands_in_the_tooltip() -> None:
    address = "2001:db8:1234:5678:9abc:def0:1234:5678"
    checked = spf()
    checked = replace(checked, inputs=replace(checked.inputs, client_ip=address))
    row = _rows(facts((dkim(HOME),), checked))["SPF"]
    assert row.subtitle == address
    assert row.tooltip == f"{row.name}\n{address}"


def test_a_key_gone_since_delivery_is_amber() -> None:
    made = message(RESULTS)
    comparison = (
        compared("dkim", "pass", Result.PERMERROR, Drift.KEY_GONE, 0),
        compared("dmarc", "pass", Result.FAIL, Drift.KEY_GONE),
    )
    rows = _rows(facts((dkim(HOME, "key.none"),), made=made, trust=believed(made), comparison=comparison))
    row = rows["DKIM"]
    assert (row.now.word, row.now.tone, row.between, row.node) == ("no key", Tone.WARN, "differs", Glyph.WARN)
    assert plain(row.sentence) == "Same organisation. The key was removed after delivery."
    assert plain(rows["From"].sentence) == "Connected on delivery, not today."


def test_a_separate_organisation_gets_a_fence_of_its_own() -> None:
    domain = f"spun-off.{HOME}"
    checks = (dkim(domain),)
    row = _rows(facts(checks, policy=dmarc(checks, separate=frozenset({domain}))))["DKIM"]
    assert row.foreign_fence == 4
    assert "separate organisation" in plain(row.sentence)


def test_four_signatures_fold_the_ones_that_cannot_count() -> None:
    checks = (dkim(AUTHOR), *(dkim(f"s{n}.example.net", index=n) for n in range(1, 5)))
    view = _ladder(facts(checks))
    assert [row.title for row in view.rows] == ["SPF", "From", "DKIM 1", "DKIM 2–5"]
    folded = view.rows[-1]
    assert (folded.folded, folded.subtitle, folded.now.word, folded.now.tone) == (
        4,
        "4 signatures",
        "pass",
        Tone.UNKNOWN,
    )
    assert [row.title for row in view.folded_rows] == ["DKIM 2", "DKIM 3", "DKIM 4", "DKIM 5"]


def test_three_signatures_stand_apart() -> None:
    checks = (dkim(OTHER), dkim(HOME, "hash.body", index=1), dkim(AUTHOR, index=2))
    view = _ladder(facts(checks))
    assert [row.title for row in view.rows[2:]] == ["DKIM 3", "DKIM 2", "DKIM 1"]
    assert view.folded_rows == ()


def test_signatures_nobody_looked_at_have_no_row() -> None:
    assert len(_ladder(facts((dkim(AUTHOR), dkim(OTHER, "sig.not_checked", index=1)))).rows) == 3


def test_without_a_record_the_name_is_its_own_organisation() -> None:
    checks = (dkim(AUTHOR),)
    view = _ladder(facts(checks, policy=dmarc(checks, policy=None, home=AUTHOR)))
    assert view.zone == 4
    assert view.rows[1].policy == "DMARC · no policy · relaxed"
    assert plain(view.rows[1].sentence) == "1 of 2 lines connect. There is no DMARC policy."


def test_without_a_sender_there_is_no_zone() -> None:
    view = _ladder(facts((dkim(OTHER),), policy=dmarc(author="", code="na.no_from")))
    assert view.zone == 0
    assert plain(view.title) == "Who vouches for the sender?"
    assert (view.rows[1].placeholder, view.rows[1].tiles) == ("?", ())


def test_the_tooltip_tells_every_name_that_was_asked() -> None:
    assert _ladder(_recorded()).caption_tooltip == (
        f"{HOME} is the organisation: the topmost DMARC record found on the way up. "
        f"Asked: _dmarc.{AUTHOR} (none), _dmarc.{HOME} (found)."
    )


def test_an_international_name_is_shown_in_its_letters_and_explained() -> None:
    name = "xn--r8jz45g.jp"
    checks = (dkim(name),)
    row = _rows(facts(checks, policy=dmarc(checks, author=name, home=name)))["From"]
    assert [tile.label for tile in row.tiles] == ["例え", "jp"]
    assert row.tooltip == f"例え.jp\nin DNS: {name}"


def test_a_hostile_word_of_the_receiver_is_cut() -> None:
    made = message(RESULTS)
    rows = (compared("dmarc", "pass\x1b[31m" + "x" * 500, Result.PASS),)
    chip = _rows(facts((dkim(HOME),), made=made, trust=believed(made), comparison=rows))["From"].recorded
    assert "\x1b" not in chip.word
    assert len(chip.word) <= 16


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        (
            "en",
            [
                f"SPF, mail.{HOME}. Recorded by mx.google.com: pass. Now: pass. Same organisation. Counts for DMARC.",
                f"From, {AUTHOR}. DMARC recorded: pass, now: pass. Policy reject, relaxed. 2 of 2 lines connect.",
                f"DKIM, {HOME}. Recorded by mx.google.com: pass. Now: pass. Same organisation. Counts for DMARC.",
            ],
        ),
        (
            "ja",
            [
                f"SPF、mail.{HOME}。mx.google.com の記録：pass。今回：pass。組織が一致。DMARC に有効。",
                f"From、{AUTHOR}。DMARC の記録：pass、今回：pass。ポリシー reject、relaxed。2本中2本つながっています。",
                f"DKIM、{HOME}。mx.google.com の記録：pass。今回：pass。組織が一致。DMARC に有効。",
            ],
        ),
    ],
)
def test_a_screen_reader_hears_the_whole_row(language: str, expected: list[str]) -> None:
    assert [row.accessible for row in _ladder(_recorded(), language).rows] == expected


def test_japanese_rows_end_in_their_effect() -> None:
    rows = _rows(_spoofed(), "ja")
    assert plain(rows["SPF"].sentence).endswith("→ 無効")
    assert _ladder(_spoofed(), "ja").caption == "組織"
