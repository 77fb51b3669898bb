"""The answer as plain text, for a ticket or a reply (interface.md 4.6)."""

from __future__ import annotations

from datetime import tzinfo

from headerlens.model.case import Case
from headerlens.present.verdict import present_verdict
from headerlens.present.views import plain
from headerlens.present.words import Words


def answer_text(case: Case, words: Words, *, zone: tzinfo | None = None) -> str:
    """Headline, sentence, action, and what the answer is about; what "Copy answer" gives.

    Of a case from a file it is said where its answers come from.
    """
    verdict = present_verdict(case, words, zone)
    params = {
        "headline": plain(verdict.headline),
        "sentence": verdict.sentence,
        "action": verdict.action,
        "date": words.moment(case.checked_at, zone),
    }
    told = words.phrase("answer.text", params, dict.fromkeys(params, "ready"))
    if not case.reopened:
        return told
    return f"{told}\n{words.phrase('notice.case-file', {'date': params['date']}, {'date': 'ready'})}"
