"""What the receiver says it did, by the dialects of Gmail and Microsoft; only believed fields speak."""

from dataclasses import replace

import pytest

from headerlens.model.verdicts import SenderInputs, Trust, TrustedField
from headerlens.verify.handling import ACTIONS, COMPAUTH_MEANINGS, FILTER_MEANINGS, Handling, foreign_reports, handlings
from tests.support.facts import field_of, message, spf

AT_BORDER = replace(spf().inputs, border=0)
MICROSOFT = (
    "Received: from a.example ([192.0.2.1]) by x.mail.protection.outlook.com; Fri, 20 Nov 2026 00:12:02 +0000",
)
REPORT = "X-Forefront-Antispam-Report: CIP:192.0.2.1;SCL:5;SFV:SPM;CAT:PHSH;DIR:INB;"


def said(results: str, trust: Trust = Trust.PROPOSED) -> list[tuple[str, str, str, str]]:
    made = message(f"Authentication-Results: {results}")
    believed = (TrustedField(field_of(made), trust, "trust.own-server", "mx.example"),)
    return [(h.kind, h.word, h.meaning, h.dmarc) for h in handlings(made, believed, AT_BORDER)]


def test_gmails_disposition_is_read_from_the_comment_beside_dmarc() -> None:
    assert said("mx.google.com; dmarc=fail (p=REJECT sp=REJECT dis=QUARANTINE) header.from=x.example") == [
        ("action", "quarantine", "quarantine", "fail")
    ]
    assert said("mx.google.com; spf=pass (dis=REJECT)") == []


@pytest.mark.parametrize(
    ("written", "meaning"),
    [("none", "none"), ("oreject", "oreject"), ("pct.reject", "pct"), ("quarantine", "quarantine"), ("x", "other")],
)
def test_microsofts_action_is_any_word(written: str, meaning: str) -> None:
    assert said(f"dmarc=fail action={written} header.from=x.example") == [("action", written, meaning, "fail")]
    assert meaning in ACTIONS


@pytest.mark.parametrize(
    ("result", "meaning"),
    [
        ("fail reason=000", "explicit-fail"),
        ("fail reason=001", "implicit-fail"),
        ("fail reason=002", "blocked"),
        ("fail reason=010", "own-domain"),
        ("pass reason=100", "pass"),
        ("pass reason=130", "arc"),
        ("softpass reason=202", "softpass"),
        ("none reason=305", "not-checked"),
        ("none reason=451", "bypassed"),
        ("fail reason=601", "own-domain"),
        ("pass reason=703", "pass"),
        ("none reason=905", "bypassed"),
        ("fail reason=8xx", "undocumented"),
        ("fail reason=812", "undocumented"),
        ("fail", "none"),
    ],
)
def test_compauth_is_told_by_its_number(result: str, meaning: str) -> None:
    assert [(kind, told) for kind, _, told, _ in said(f"spf=pass; compauth={result}")] == [("compauth", meaning)]
    assert meaning in COMPAUTH_MEANINGS


def test_a_field_that_is_not_believed_says_nothing() -> None:
    assert said("spf=pass; compauth=pass reason=100", Trust.UNTRUSTED) == []


@pytest.mark.parametrize(
    ("pairs", "meaning"),
    [
        ("SFV:NSPM;CAT:NONE;SCL:1", "not-spam"),
        ("SFV:SPM;CAT:PHSH", "credentials"),
        ("SFV:SKN", "rule-clean"),
        ("SFV:BLK;CAT:", "blocked"),
        ("CAT:NEWKIND", "other"),
        ("SFV:NEW", "other"),
        ("CIP:192.0.2.1", "none"),
    ],
)
def test_the_filters_category_weighs_more_than_its_verdict(pairs: str, meaning: str) -> None:
    made = message(received=(f"X-Forefront-Antispam-Report: {pairs}", *MICROSOFT))
    assert [(h.kind, h.meaning) for h in handlings(made, (), AT_BORDER)] == [("filter", meaning)]
    assert meaning in FILTER_MEANINGS


def test_a_report_above_the_border_of_microsoft_is_its_own() -> None:
    made = message(received=(REPORT, *MICROSOFT))
    assert handlings(made, (), AT_BORDER) == (
        Handling("filter", "SFV:SPM; CAT:PHSH; SCL:5", "credentials", "x.mail.protection.outlook.com", 0),
    )
    assert foreign_reports(made, AT_BORDER) == ()


def test_a_report_below_the_border_or_at_another_receiver_is_foreign() -> None:
    below, gmail = message(REPORT, received=MICROSOFT), message(REPORT)
    nowhere: SenderInputs = replace(AT_BORDER, border=None)
    for made, sender in ((below, AT_BORDER), (gmail, AT_BORDER), (below, nowhere)):
        assert handlings(made, (), sender) == ()
        assert foreign_reports(made, sender) == (1,)
    assert foreign_reports(message(), AT_BORDER) == ()
