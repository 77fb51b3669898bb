"""`headerlens --self-test`: every shipped example offline, both languages, one window painted offscreen.

It is run by every frozen program after it was built: an installer that lost a file fails here, not at a user's desk.
"""

from __future__ import annotations

from collections.abc import Callable

from headerlens.model.case import Case
from headerlens.pipeline import analyse
from headerlens.present.report import present_report
from headerlens.present.result import present_result
from headerlens.present.views import plain
from headerlens.present.words import Words
from headerlens.report.html import html_report
from headerlens.report.json import report, report_text
from headerlens.samples import Sample, samples

LANGUAGES = ("en", "ja")
STYLE_BEGINS = "box-sizing"
"""What the rules of resources/style begin with: a report without them is a heap of words."""


def self_test(paint: Callable[[], int]) -> int:
    """Print a line for each part; 0 when all of them hold, else 1. `paint` paints the window and counts its colours."""
    failures = [failure for one in samples() for failure in _try_sample(one)]
    failures += _try_window(paint)
    print("self-test: FAILED" if failures else f"self-test: ok ({len(samples())} examples, {len(LANGUAGES)} languages)")
    return 1 if failures else 0


def _try_sample(sample: Sample) -> list[str]:
    case = analyse(sample.message(), sample.lookup(), sample.checked_at, choices=sample.choices)
    found = (str(case.judgement.level), case.judgement.situation)
    failures = [] if found == sample.expect else [f"{sample.name}: expected {sample.expect}, found {found}"]
    for language in LANGUAGES:
        failures += _try_words(sample, case, language)
    print(f"{'FAILED' if failures else 'ok'} example {sample.name}: {' '.join(found)}")
    for failure in failures:
        print(f"   {failure}")
    return failures


def _try_words(sample: Sample, case: Case, language: str) -> list[str]:
    view = present_result(case, Words(language))
    headline = plain(view.verdict.headline)
    whole = report_text([report(case, view)])
    if not headline or headline not in whole:
        return [f"{sample.name}: no headline in {language}"]
    page = html_report([present_report(case, Words(language), sample=True)])
    return [] if "</html>" in page and STYLE_BEGINS in page else [f"{sample.name}: no report in {language}"]


def _try_window(paint: Callable[[], int]) -> list[str]:
    colours = paint()
    good = colours > 1
    print(f"{'ok' if good else 'FAILED'} window: painted with {colours} colours")
    return [] if good else ["the window stayed blank"]
