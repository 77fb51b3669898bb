"""The words of one language: templates of the catalogue, filled with values that were made harmless."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import lru_cache
from typing import Any

from headerlens.findings.catalogue import entries, friendly_receiver, read_table, situations
from headerlens.findings.scripts import for_the_eye
from headerlens.model.findings import Finding, Judgement
from headerlens.model.message import Refusal
from headerlens.present import templates
from headerlens.present.harmless import harmless
from headerlens.present.views import Rich, plain
from headerlens.providers.knowledge import service_name

__all__ = ["LANGUAGES", "FindingWords", "RefusalWords", "SituationWords", "Words", "harmless"]

LANGUAGES = ("en", "ja")

Params = Mapping[str, str | int]
Kinds = Mapping[str, str]

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class FindingWords:
    """The texts of one finding: what happened, what it means, who does what."""

    title: str
    happened: str
    means: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SituationWords:
    """The texts of the verdict."""

    headline: Rich
    sentence: str
    action: str
    footnote: str


@dataclass(frozen=True, slots=True)
class RefusalWords:
    """The texts of a refusal."""

    headline: str
    sentence: str
    action: str


@lru_cache(maxsize=len(LANGUAGES))
def _book(language: str) -> dict[str, Any]:
    return read_table(f"{language}.toml")


@dataclass(frozen=True, slots=True)
class Words:
    """Everything the program says in `language`, "en" or "ja". The catalogue is read at the first word."""

    language: str

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES:
            raise ValueError(self.language)

    # ---- phrases

    def phrase(self, identifier: str, params: Params | None = None, kinds: Kinds | None = None) -> str:
        """A phrase as plain text; the id itself, harmless, when there is no such phrase."""
        return plain(self.rich_phrase(identifier, params, kinds))

    def rich_phrase(self, identifier: str, params: Params | None = None, kinds: Kinds | None = None) -> Rich:
        """A phrase with its emphasis."""
        template = _book(self.language)["phrases"].get(identifier)
        return self.fill(harmless(identifier) if template is None else template, params or {}, kinds)

    def has_phrase(self, identifier: str) -> bool:
        """Whether the catalogue knows this phrase."""
        return identifier in _book(self.language)["phrases"]

    def phrase_or(self, identifier: str, other: str) -> str:
        """The phrase, or `other` where an id of the checks has no words yet."""
        return self.phrase(identifier if self.has_phrase(identifier) else other)

    def fill(self, template: str, params: Params, kinds: Kinds | None = None) -> Rich:
        """A template with its values; one missing from `params` shows as "?": never a brace, never an exception.

        `kinds` says how a value is shown (see findings.toml); "ready" is one that was made harmless before.
        """
        kinds = kinds or {}
        for name in (name for name, kind in kinds.items() if kind == "service" and name in params):
            template = _closed_up(template, name, self._value(name, params, kinds))
        return templates.fill(template, lambda name: self._value(name, params, kinds))

    def _value(self, name: str, params: Params, kinds: Kinds) -> str:
        value, kind = params.get(name, "?"), kinds.get(name, "text")
        if isinstance(value, int) or kind == "ready":
            return str(value)
        if kind == "phrase":
            inner = {key: of for key, of in kinds.items() if of != "phrase"}
            return self.phrase(value, params, inner)
        if kind == "service":
            return harmless(service_name(value, self.language))
        if kind == "receiver":
            return harmless(friendly_receiver(value))
        if kind == "domain":
            return harmless(for_the_eye(value))
        return harmless(value)

    # ---- whole entries

    def finding(self, finding: Finding) -> FindingWords:
        """The texts of a finding."""
        table = _book(self.language)["findings"][finding.id]
        kinds = entries()[finding.id].params

        def text(template: str) -> str:
            return plain(self.fill(template, finding.params, kinds))

        return FindingWords(
            text(table["title"]), text(table["happened"]), text(table["means"]), tuple(map(text, table["do"]))
        )

    def situation(self, judgement: Judgement, zone: tzinfo | None = None) -> SituationWords:
        """The texts of a judgement; dates in the zone given, else in that of this computer."""
        table = _book(self.language)["situations"][judgement.situation]
        variant = table.get("variants", {}).get(judgement.params.get("variant", ""), {})
        kinds = situations()[judgement.situation].params
        params = {**judgement.params, **self._dates(judgement.params, kinds, zone)}

        def rich(part: str) -> Rich:
            template: str = variant.get(part, table[part])
            if template.startswith("@"):
                template = _book(self.language)["phrases"][template[1:]]
            return self.fill(template, params, kinds)

        return SituationWords(rich("headline"), plain(rich("sentence")), plain(rich("action")), plain(rich("footnote")))

    def _dates(self, params: Params, kinds: Kinds, zone: tzinfo | None) -> dict[str, str]:
        named = [name for name, kind in kinds.items() if kind == "date" and name in params]
        return {name: self._day(str(params[name]), zone) for name in named}

    def _day(self, iso: str, zone: tzinfo | None) -> str:
        return self.day(datetime.fromisoformat(iso), zone) if iso else self.phrase("date.unknown")

    def refusal(self, refusal: Refusal) -> RefusalWords:
        """The texts of a refusal; what intake knows of it fills them."""
        table = _book(self.language)["refusals"].get(refusal.id) or _book(self.language)["refusals"]["refusal.not-mail"]
        params = {name: _megabytes(value) if name in {"size", "limit"} else value for name, value in refusal.params}
        headline, sentence, action = (
            plain(self.fill(table[part], params)) for part in ("headline", "sentence", "action")
        )
        return RefusalWords(headline, sentence, action)

    def join(self, *sentences: str) -> str:
        """Whole sentences one after the other, as the language writes them."""
        return self.phrase("join").join(sentence for sentence in sentences if sentence)

    # ---- dates: in `zone`, None for that of this computer

    def day(self, moment: datetime, zone: tzinfo | None = None) -> str:
        """Such as "20 Nov 2026", 「2026年11月20日」."""
        at = moment.astimezone(zone)
        if self.language == "ja":
            return f"{at.year}年{at.month}月{at.day}日"
        return f"{at.day} {_MONTHS[at.month - 1]} {at.year}"

    def moment(self, moment: datetime, zone: tzinfo | None = None) -> str:
        """Such as "20 Nov 2026, 09:12", 「2026年11月20日 14:26」."""
        at = moment.astimezone(zone)
        return f"{self.day(moment, zone)}{' ' if self.language == 'ja' else ', '}{at:%H:%M}"

    def short_moment(self, moment: datetime, zone: tzinfo | None = None) -> str:
        """Such as "21 Nov, 17:20", 「11/21 17:20」."""
        at = moment.astimezone(zone)
        day = f"{at.month}/{at.day}" if self.language == "ja" else f"{at.day} {_MONTHS[at.month - 1]},"
        return f"{day} {at:%H:%M}"


def _megabytes(octets: str) -> str:
    """Such as "64 MB", for a number of octets; as it stands when it is no number."""
    if not (octets.isascii() and octets.isdigit() and len(octets) < 20):
        return octets
    size = int(octets) / _MEGABYTE
    return f"{size:.0f} MB" if size >= 10 or size == int(size) else f"{size:.1f} MB"


def _closed_up(template: str, name: str, shown: str) -> str:
    """The template without the blanks beside a name in Japanese letters: they part Latin from Japanese letters."""
    slot = f"{{{name}}}"
    if shown[-1:] > "\u3000":
        template = template.replace(f"{slot} ", slot)
    return template.replace(f" {slot}", slot) if shown[:1] > "\u3000" else template
