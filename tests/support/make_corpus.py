"""Makes tests/corpus: golden cases, each a mail, the DNS answers to it, what must come out, and why.

Run `python -m tests.support.make_corpus` from the root of the checkout. Keys are those of tests/data/keys and the clock
is pinned, so the same files come out every time (a test compares them). Expectations stand in tests/support/corpus,
written from the standards: the program under test is never asked.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from tests.support.corpus import codes, drifts, layouts, people, policies, providers, publishing, remarks, senders
from tests.support.corpus.build import Golden

CORPUS = Path(__file__).resolve().parents[1] / "corpus"

ROOMS = (codes, drifts, policies, senders, layouts, people, remarks, publishing, providers)


def cases() -> Iterator[Golden]:
    """All cases; a name that stands twice is a mistake."""
    seen: set[str] = set()
    for room in ROOMS:
        for one in room.cases():
            if one.name in seen:
                raise ValueError(one.name)
            seen.add(one.name)
            yield one


def main() -> None:
    """Write all cases and remove those that are no more."""
    made = list(cases())
    for folder in CORPUS.iterdir():
        if folder.name not in {one.name for one in made}:
            shutil.rmtree(folder)
    for one in made:
        folder = CORPUS / one.name
        folder.mkdir(exist_ok=True)
        for name, content in one.files().items():
            (folder / name).write_bytes(content)


if __name__ == "__main__":
    main()
