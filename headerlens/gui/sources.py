"""What the person hands over, before anybody has read it: a file, a pasted text or a shipped sample."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from headerlens.samples import Sample


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
    """A shipped sample."""
    return Source(sample.file_name, sample=sample)
