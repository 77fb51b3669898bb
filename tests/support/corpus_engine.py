"""The window's engine with the corpus behind it: octets named after a case are judged by that case's answers."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from headerlens.dns.recorded import load_evidence
from headerlens.gui.engine import Asking
from headerlens.gui.sources import Source
from headerlens.model.case import Case, Choices
from headerlens.model.message import Message, Refusal
from headerlens.model.progress import Cancelled, Progress
from headerlens.parse.message import parse
from headerlens.pipeline import analyse
from headerlens.reading import open_octets
from tests.support.batch import RecordedEngine

CORPUS = Path(__file__).resolve().parents[1] / "corpus"


class CorpusEngine(RecordedEngine):
    """For `of_octets(..., "plain.eml")` the clock, the choices and the answers of tests/corpus/plain hold."""

    def check(
        self,
        source: Source,
        asking: Asking,
        watcher: Callable[[Progress], None],
        opened: Callable[[Message], None],
        *,
        stop_asking: Cancelled,
        cancelled: Cancelled,
    ) -> Case | Refusal | None:
        """The case of the corpus, else what the real engine finds."""
        folder = CORPUS / source.name.removesuffix(".eml")
        if source.octets is None or not folder.is_dir():
            return super().check(source, asking, watcher, opened, stop_asking=stop_asking, cancelled=cancelled)
        given = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["input"]
        raw = open_octets(source.octets, source.name, pasted=given["pasted"])
        if isinstance(raw, Refusal):
            return raw
        opened(parse(raw))
        ask = load_evidence((folder / "dns.json").read_text(encoding="utf-8"))
        now = datetime.fromisoformat(given["checked_at"])
        return analyse(raw, ask, now, choices=_choices(given["choices"]), progress=watcher, cancelled=cancelled)


def _choices(written: dict[str, Any]) -> Choices:
    made = dict(written)
    made["trusted"] = tuple(made.get("trusted", ()))
    if "as_of" in made:
        made["as_of"] = datetime.fromisoformat(made["as_of"])
    return Choices(**made)
