"""Finished cases of the golden corpus, for tests of what is made of them."""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from pathlib import Path

from headerlens.dns.recorded import load_evidence
from headerlens.model.case import Case, Choices
from headerlens.model.message import Refusal
from headerlens.pipeline import analyse
from headerlens.reading import open_octets

CORPUS = Path(__file__).resolve().parents[1] / "corpus"
NAMES = tuple(sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir()))


@cache
def corpus_case(name: str) -> Case:
    """The case in the folder `name`."""
    folder = CORPUS / name
    given = json.loads((folder / "expected.json").read_text(encoding="utf-8"))["input"]
    raw = open_octets((folder / "message.eml").read_bytes(), f"{name}.eml", pasted=given["pasted"])
    assert not isinstance(raw, Refusal), raw.id
    chosen = dict(given["choices"])
    chosen["trusted"] = tuple(chosen.get("trusted", ()))
    if "as_of" in chosen:
        chosen["as_of"] = datetime.fromisoformat(chosen["as_of"])
    zone = load_evidence((folder / "dns.json").read_text(encoding="utf-8"))
    return analyse(raw, zone, datetime.fromisoformat(given["checked_at"]), choices=Choices(**chosen))
