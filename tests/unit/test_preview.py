"""Questions told before they are asked are the ones asked."""

import pytest

from headerlens.dns.live import offline_lookup
from headerlens.model.case import Choices
from headerlens.model.dns import Question
from headerlens.model.message import RawMessage
from headerlens.pipeline import analyse
from headerlens.preview import questions_ahead
from headerlens.samples import Sample, samples
from tests.conftest import NOW


@pytest.mark.parametrize("sample", samples(), ids=lambda s: s.name)
def test_with_no_answer_at_all_nothing_else_is_asked(sample: Sample) -> None:
    case = analyse(sample.message(), offline_lookup(), NOW, choices=sample.choices)
    asked = {entry.answer.question for entry in case.evidence} | {answer.question for answer in case.foreseen}
    told = questions_ahead(sample.message(), sample.choices)
    assert asked <= set(told)
    assert len(set(told)) == len(told) > 0


def test_choices_change_what_is_asked() -> None:
    raw = samples()[0].message()
    chosen = questions_ahead(raw, Choices(mail_from="me@elsewhere.example", client_ip="192.0.2.1"))
    assert Question("elsewhere.example", "TXT") in set(chosen) - set(questions_ahead(raw))


def test_a_mail_that_says_nothing_asks_nothing() -> None:
    assert questions_ahead(RawMessage(b"Subject: x\r\n\r\n", "x")) == ()
