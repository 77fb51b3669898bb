"""The card for what could not be taken as a mail (interface.md 4.5, state 8)."""

from __future__ import annotations

from headerlens.gui.widgets.verdict_card import VerdictCard
from headerlens.present.views import Glyph, RefusalView, Span, Tone, VerdictView


class RefusalCard(VerdictCard):
    """A verdict card of level unknown: what it is, and what to do instead."""

    def show_refusal(self, view: RefusalView) -> None:
        """Show another refusal."""
        self.show_view(
            VerdictView(
                level="unknown",
                glyph=Glyph.UNKNOWN,
                tone=Tone.UNKNOWN,
                situation=view.id,
                headline=(Span(view.headline),),
                sentence=view.sentence,
                action=view.action,
                footnote="",
            )
        )
