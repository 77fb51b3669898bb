"""What a check would ask DNS first, told before anything is asked."""

from __future__ import annotations

from headerlens.model.case import Choices
from headerlens.model.dns import Question
from headerlens.model.message import RawMessage
from headerlens.parse.message import parse
from headerlens.verify.foresee import foreseeable
from headerlens.verify.sender import propose_sender


def questions_ahead(raw: RawMessage, choices: Choices | None = None) -> tuple[Question, ...]:
    """The questions that `analyse` asks before it has any answer, each once; () for a mail that gives rise to none.

    Which ones follow (what an SPF record includes, mail servers, the author's name where DMARC wants to know) only the
    answers tell; `Case.evidence` and `Case.foreseen` list all of them afterwards. Never raises, asks nobody.
    """
    message = parse(raw)
    return foreseeable(message, propose_sender(message, choices or Choices()))
