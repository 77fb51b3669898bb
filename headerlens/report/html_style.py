"""The style sheet of the HTML report, from the colour tokens of interface.md 8.1; light, dark, high contrast, print."""

from __future__ import annotations

from functools import cache

from headerlens.assets import asset
from headerlens.present.tokens import DARK, HIGH_CONTRAST_DARK, HIGH_CONTRAST_LIGHT, LIGHT, Colours
from headerlens.report.markup import Markup

_TONES = ("pass", "warn", "fail", "unk", "info")


@cache
def style_sheet() -> Markup:
    """All rules; nothing in them comes from a mail."""
    tones = "".join(
        f".{tone}.pill,.{tone}.chip{{background:var(--{tone}-bg);color:var(--{tone}-fg)}}"
        f".{tone}.chip.dashed{{background:none;border:1px dashed var(--{tone}-line)}}"
        f".glyph.{tone},.node.{tone}{{color:var(--{tone}-solid)}}"
        f".verdict.{tone}{{border-color:var(--{tone}-line);background:var(--{_ground(tone)})}}\n"
        for tone in _TONES
    )
    parts = (
        f":root{{color-scheme:light dark;{_variables(LIGHT)}}}",
        _media("(prefers-color-scheme:dark)", _variables(DARK)),
        _media("(prefers-contrast:more)", _variables(HIGH_CONTRAST_LIGHT)),
        _media("(prefers-contrast:more) and (prefers-color-scheme:dark)", _variables(HIGH_CONTRAST_DARK)),
        _rules("report.css"),
        _rules("report-stacked.css").replace(".ladder", ".ladder.stacked"),
        f"@media screen and (max-width:760px){{{_rules('report-stacked.css')}}}",
        tones,
        # paper is white whatever the screen is
        f"@media print{{:root{{color-scheme:light;{_variables(LIGHT)}}}{_rules('report-print.css')}}}",
    )
    return Markup("\n".join(parts))


def _media(query: str, variables: str) -> str:
    return f"@media screen and {query}{{:root{{{variables}}}}}"


def _variables(colours: Colours) -> str:
    values = {name: value for name, value in colours._asdict().items() if isinstance(value, str)}
    return ";".join(f"--{name.replace('_', '-')}:{value}" for name, value in values.items())


def _ground(tone: str) -> str:
    """What a verdict stands on: a calm answer on white."""
    return "surface" if tone == "pass" else f"{tone}-bg"


def _rules(name: str) -> str:
    """The rules of a file, without its comment."""
    rules = asset("style", name).read_text("utf-8")
    return rules.partition("*/")[2].strip()
