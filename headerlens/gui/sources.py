"""What the person hands over, before anybody has read it: a file, a pasted text or a bundled sample."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from importlib.resources.abc import Traversable
from pathlib import Path

from headerlens.assets import asset


@dataclass(frozen=True, slots=True)
class Sample:
    """A message that comes with recorded DNS answers and the time it was checked at, so that it never changes.

    `trusted` are the receivers the person of the story trusts.
    """

    name: str
    title: tuple[tuple[str, str], ...]
    order: int
    checked_at: datetime
    trusted: tuple[str, ...]
    message: Traversable = field(compare=False)
    answers: Traversable = field(compare=False)

    def title_in(self, language: str) -> str:
        """What its button says; the file's name where the language is missing."""
        return dict(self.title).get(language, self.name)


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to check: exactly one of `path`, `octets` and `sample` is set."""

    name: str
    path: Path | None = None
    octets: bytes | None = field(default=None, repr=False)
    sample: Sample | None = None


def of_path(path: Path) -> Source:
    """A file or folder as it was dropped or chosen."""
    return Source(path.name or str(path), path=path)


def of_text(text: str, name: str) -> Source:
    """A pasted text; half of a surrogate pair survives as the octets a careless program would write."""
    return Source(name, octets=text.encode("utf-8", "surrogatepass"))


def of_sample(sample: Sample) -> Source:
    """A bundled sample."""
    return Source(sample.message.name, sample=sample)


def samples() -> tuple[Sample, ...]:
    """The bundled samples in the order of their buttons: NAME.toml beside NAME.eml and NAME.dns.json."""
    folder = asset("samples")
    if not folder.is_dir():
        return ()
    found = (_read_sample(one) for one in _descriptions(folder.iterdir()))
    return tuple(sorted((one for one in found if one is not None), key=lambda one: (one.order, one.name)))


def _descriptions(entries: Iterable[Traversable]) -> Iterable[tuple[Traversable, Traversable]]:
    """Each description with the folder it stands in; a sample may have a folder of its own."""
    for entry in entries:
        if entry.is_dir():
            for inner in entry.iterdir():
                if inner.name.endswith(".toml"):
                    yield entry, inner
        elif entry.name.endswith(".toml"):
            yield asset("samples"), entry


def _read_sample(place: tuple[Traversable, Traversable]) -> Sample | None:
    folder, described = place
    about = tomllib.loads(described.read_text(encoding="utf-8"))
    name = described.name.removesuffix(".toml")
    message, answers = folder.joinpath(f"{name}.eml"), folder.joinpath(f"{name}.dns.json")
    if not (message.is_file() and answers.is_file() and {"title", "order", "checked_at"} <= about.keys()):
        return None
    title, checked = about["title"], about["checked_at"]
    return Sample(
        name,
        tuple((language, str(words)) for language, words in title.items()),
        int(about["order"]),
        checked if isinstance(checked, datetime) else datetime.fromisoformat(str(checked)),
        tuple(str(one) for one in about.get("trusted", ())),
        message,
        answers,
    )
