"""What could not be taken as a message, in words."""

from __future__ import annotations

from headerlens.model.message import Refusal
from headerlens.present.views import RefusalView
from headerlens.present.words import Words


def present_refusal(refusal: Refusal, words: Words) -> RefusalView:
    """The card: what it is, and the next step."""
    texts = words.refusal(refusal)
    return RefusalView(refusal.id, texts.headline, texts.sentence, texts.action)
