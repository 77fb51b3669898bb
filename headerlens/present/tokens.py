"""The colour tokens of interface.md 8.1 as pure data, for the window and for reports: each pair tested for contrast."""

from __future__ import annotations

from typing import Any, NamedTuple


class Colours(NamedTuple):
    """Every colour the program uses, as "#RRGGBB". Tone families are named `<tone>_<fg|bg|line|solid>`.

    A named tuple, because the window's first paint waits for its making, and a dataclass takes four times as long.
    """

    window: str
    surface: str
    sunken: str
    hover: str
    selected: str
    line: str
    line_strong: str
    text: str
    text2: str
    text3: str
    on_solid: str
    accent: str
    focus: str
    accent_hover: str
    accent_soft: str
    zone: str
    zone_line: str
    sig1: str
    sig2: str
    sig3: str
    pass_fg: str
    pass_bg: str
    pass_line: str
    pass_solid: str
    warn_fg: str
    warn_bg: str
    warn_line: str
    warn_solid: str
    fail_fg: str
    fail_bg: str
    fail_line: str
    fail_solid: str
    unk_fg: str
    unk_bg: str
    unk_line: str
    unk_solid: str
    info_fg: str
    info_bg: str
    info_line: str
    info_solid: str
    dark: bool
    high_contrast: bool = False


LIGHT = Colours(
    window="#F3F5F8",
    surface="#FFFFFF",
    sunken="#EAEDF2",
    hover="#EEF2F8",
    selected="#E3ECFB",
    line="#DADFE7",
    line_strong="#7C8798",
    text="#171C24",
    text2="#465061",
    text3="#5D6878",
    on_solid="#FFFFFF",
    accent="#1F55C4",
    focus="#1F55C4",
    accent_hover="#1847A6",
    accent_soft="#E4ECFB",
    zone="#EDF1FA",
    zone_line="#9FB3DB",
    sig1="#2F65C8",
    sig2="#8A3FA0",
    sig3="#8A6A00",
    pass_fg="#07654A",  # noqa: S106  a colour
    pass_bg="#E0F4EC",  # noqa: S106  a colour
    pass_line="#5FA892",  # noqa: S106  a colour
    pass_solid="#087F5B",  # noqa: S106  a colour
    warn_fg="#744700",
    warn_bg="#FFF1D2",
    warn_line="#C28A2A",
    warn_solid="#A86500",
    fail_fg="#8F0E25",
    fail_bg="#FCE8EA",
    fail_line="#D7808C",
    fail_solid="#A8102A",
    unk_fg="#414C5C",
    unk_bg="#E9EDF2",
    unk_line="#8E99A9",
    unk_solid="#616B78",
    info_fg="#1B4A9C",
    info_bg="#E5EDFB",
    info_line="#7E9FD9",
    info_solid="#2F65C8",
    dark=False,
)

DARK = Colours(
    window="#12151A",
    surface="#1B1F26",
    sunken="#14181E",
    hover="#242A33",
    selected="#22324F",
    line="#303844",
    line_strong="#78859A",
    text="#EEF1F5",
    text2="#B9C2CF",
    text3="#97A2B2",
    on_solid="#0E1116",
    accent="#86ADFF",
    focus="#9DBDFF",
    accent_hover="#A5C2FF",
    accent_soft="#1E2C47",
    zone="#1F2838",
    zone_line="#4A5F8A",
    sig1="#7DA6FF",
    sig2="#D296E6",
    sig3="#E2C15A",
    pass_fg="#66D9B8",  # noqa: S106  a colour
    pass_bg="#10302A",  # noqa: S106  a colour
    pass_line="#2F8A72",  # noqa: S106  a colour
    pass_solid="#3EBF9C",  # noqa: S106  a colour
    warn_fg="#F1C264",
    warn_bg="#33270F",
    warn_line="#94702C",
    warn_solid="#E2A93F",
    fail_fg="#FF9CA3",
    fail_bg="#3B1A20",
    fail_line="#A84955",
    fail_solid="#F7707A",
    unk_fg="#BAC3D0",
    unk_bg="#262C36",
    unk_line="#5E6A7C",
    unk_solid="#95A0B0",
    info_fg="#A3C2FF",
    info_bg="#1A2A46",
    info_line="#4A6DAF",
    info_solid="#7DA6FF",
    dark=True,
)


def _one_ink(base: Colours, *, paper: str, ink: str, tones: dict[str, str]) -> Colours:
    """High contrast: pure backgrounds, and one colour per tone for text, line and glyph."""
    changed: dict[str, Any] = dict.fromkeys(("window", "surface", "sunken", "zone"), paper)
    changed |= dict.fromkeys(("line", "line_strong", "text", "text2", "text3", "zone_line"), ink)
    for tone, colour in tones.items():
        changed |= {f"{tone}_bg": paper, f"{tone}_fg": colour, f"{tone}_line": colour, f"{tone}_solid": colour}
    changed |= {"hover": base.accent_soft, "selected": base.accent_soft, "on_solid": paper}
    return base._replace(high_contrast=True, **changed)


HIGH_CONTRAST_LIGHT = _one_ink(
    LIGHT,
    paper="#FFFFFF",
    ink="#000000",
    tones={"pass": "#004B38", "warn": "#5A3500", "fail": "#7D0A1E", "unk": "#222222", "info": "#0033A8"},
)._replace(
    accent="#0033A8",
    accent_hover="#002A8A",
    focus="#0033A8",
    sig1="#0033A8",
)

HIGH_CONTRAST_DARK = _one_ink(
    DARK,
    paper="#000000",
    ink="#FFFFFF",
    tones={"pass": "#7DF0CE", "warn": "#FFD37A", "fail": "#FFAAB2", "unk": "#E6E6E6", "info": "#A9C9FF"},
)._replace(
    accent="#A9C9FF",
    accent_hover="#C4DAFF",
    focus="#FFE14D",
    sig1="#A9C9FF",
)
