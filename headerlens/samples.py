"""The shipped examples: a message, its recorded DNS answers and a clock. They open offline, always the same.

Reading the list costs nothing but the list: what a check needs is imported when a check begins.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING

from headerlens.assets import asset

if TYPE_CHECKING:
    from headerlens.model.case import Choices
    from headerlens.model.dns import Lookup
    from headerlens.model.message import RawMessage


@dataclass(frozen=True, slots=True)
class Sample:
    """One example. `title` has a text per language, `expect` the level and situation it must come to."""

    name: str
    order: int
    title: Mapping[str, str] = field(hash=False)
    checked_at: datetime
    trusted: tuple[str, ...]
    expect: tuple[str, str]

    @property
    def file_name(self) -> str:
        """What its message is called."""
        return f"{self.name}.eml"

    @property
    def choices(self) -> Choices:
        """What its reader has decided: which receiver is believed."""
        from headerlens.model.case import Choices

        return Choices(trusted=self.trusted)

    def title_in(self, language: str) -> str:
        """What its button says; the name where the language is missing."""
        return self.title.get(language, self.name)

    def message(self) -> RawMessage:
        """The message, ready to analyse."""
        from headerlens.intake.files import read_octets
        from headerlens.model.message import Refusal

        raw = read_octets(asset("samples", self.file_name).read_bytes(), self.file_name)
        if isinstance(raw, Refusal):
            raise TypeError(f"sample {self.name} was refused: {raw.id}")
        return raw

    def lookup(self) -> Lookup:
        """Its recorded answers."""
        from headerlens.dns.recorded import load_evidence

        return load_evidence(asset("samples", f"{self.name}.dns.json").read_text(encoding="utf-8"))


@cache
def samples() -> tuple[Sample, ...]:
    """All examples in the order of showing."""
    found = (entry for entry in asset("samples").iterdir() if entry.name.endswith(".toml"))
    return tuple(sorted((_read(entry.name.removesuffix(".toml")) for entry in found), key=lambda s: s.order))


def sample(name: str) -> Sample | None:
    """The example called `name`."""
    return next((one for one in samples() if one.name == name), None)


def _read(name: str) -> Sample:
    facts = tomllib.loads(asset("samples", f"{name}.toml").read_text(encoding="utf-8"))
    expect = facts["expect"]
    return Sample(
        name=name,
        order=facts["order"],
        title=facts["title"],
        checked_at=facts["checked_at"],
        trusted=tuple(facts["trusted"]),
        expect=(expect["level"], expect["situation"]),
    )
