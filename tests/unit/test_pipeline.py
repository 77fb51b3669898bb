"""The invariant, over every sample and corpus case, and what the pipeline promises its callers."""

from datetime import UTC, datetime

import pytest

from headerlens.dns.live import offline_lookup
from headerlens.dns.recorded import dump_evidence, load_evidence, replay
from headerlens.model.case import Choices
from headerlens.model.message import RawMessage
from headerlens.model.progress import Progress, Step, Stopped
from headerlens.pipeline import analyse
from headerlens.samples import Sample, samples
from tests.conftest import NOW


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.name)
def test_a_sample_comes_to_what_it_says(sample: Sample) -> None:
    case = analyse(sample.message(), sample.lookup(), sample.checked_at, choices=sample.choices)
    assert (case.judgement.level, case.judgement.situation) == sample.expect


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.name)
def test_a_case_is_found_again_from_its_own_evidence(sample: Sample) -> None:
    case = analyse(sample.message(), sample.lookup(), sample.checked_at, choices=sample.choices)
    assert analyse(case.raw, replay(case.evidence), case.checked_at, choices=case.choices) == case


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.name)
def test_evidence_written_to_a_file_gives_the_same_case(sample: Sample) -> None:
    import json

    case = analyse(sample.message(), sample.lookup(), sample.checked_at, choices=sample.choices)
    stored = json.dumps(dump_evidence(case.evidence))
    assert analyse(case.raw, load_evidence(stored), case.checked_at, choices=case.choices) == case


def test_an_offline_case_is_found_again_too() -> None:
    raw = samples()[0].message()
    case = analyse(raw, offline_lookup(), NOW, choices=Choices(offline=True))
    assert analyse(raw, replay(case.evidence), NOW, choices=case.choices) == case


def test_a_cancelled_analysis_stops() -> None:
    with pytest.raises(Stopped):
        analyse(samples()[0].message(), offline_lookup(), NOW, cancelled=lambda: True)


def test_the_watcher_hears_every_step_in_order() -> None:
    heard: list[Progress] = []
    sample = samples()[0]
    analyse(sample.message(), sample.lookup(), sample.checked_at, progress=heard.append)
    steps = list(dict.fromkeys(progress.step for progress in heard))
    assert steps == list(Step)
    assert heard[-1].asked == heard[-1].answered > 0


@pytest.mark.parametrize(
    "octets", [b"", b"\r\n", b"x", b":", b"From:\r\n\r\n", b"\xff" * 100, b"DKIM-Signature: v\r\n"]
)
def test_anything_at_all_gives_a_case(octets: bytes) -> None:
    case = analyse(RawMessage(octets, "odd"), offline_lookup(), datetime(2026, 1, 1, tzinfo=UTC))
    assert case.judgement.level in {"warn", "unknown"}
