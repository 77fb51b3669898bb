"""Everything typical that can be undone in a body, likeliest first; each is hashed by whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from headerlens.causes.body_charset import recoded, respelled
from headerlens.causes.body_draft import Draft, Undo
from headerlens.causes.body_encoding import reencoded
from headerlens.causes.body_lines import relined
from headerlens.causes.body_links import unlinked
from headerlens.causes.body_whitespace import reblanked
from headerlens.causes.body_wrapper import unwrapped
from headerlens.model.limits import CAUSE_EDITED_OCTETS

_KINDS: tuple[Callable[[Draft], Iterator[Undo]], ...] = (
    unwrapped,
    unlinked,
    respelled,
    relined,
    reblanked,
    reencoded,
    recoded,
)
_LIGHT = 5


def undone(draft: Draft, *, light: bool = False) -> Iterator[Undo]:
    """Changes that may have been made to the draft; `light` leaves out encodings, of which there are very many.

    A body too long to be written anew each time only loses parts.
    """
    kinds = _KINDS[:_LIGHT] if light else _KINDS
    if len(draft.body) > CAUSE_EDITED_OCTETS:
        kinds = _KINDS[:1]
    for kind in kinds:
        yield from (undo for undo in kind(draft) if undo.edits)
