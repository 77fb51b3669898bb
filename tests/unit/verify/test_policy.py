"""The wish of a record, lowered by t= and by nothing else (RFC 9989 4.7)."""

import pytest

from headerlens.verify.policy import lowered


@pytest.mark.parametrize(
    ("policy", "testing", "wish"),
    [
        ("reject", True, "quarantine"),
        ("quarantine", True, "none"),
        ("none", True, "none"),
        ("reject", False, "reject"),
        ("none", False, "none"),
    ],
)
def test_test_mode_asks_for_one_level_less(policy: str, *, testing: bool, wish: str) -> None:
    assert lowered(policy, testing=testing) == wish
