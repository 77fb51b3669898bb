"""A record published one domain too deep: editors add the domain to a name that was entered whole."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.model.dns import Lookup, Question
from headerlens.model.records import KeyStatus
from headerlens.model.verdicts import DkimCheck, DmarcCheck

_MOST_NAMES = 3


def doubled_names(dkim: tuple[DkimCheck, ...], dmarc: DmarcCheck) -> tuple[tuple[str, str], ...]:
    """Names where nothing stands, each with the name a careless editor would have made of it; the sender's own only."""
    return tuple(_candidates(dkim, dmarc))[:_MOST_NAMES]


def ask_doubled(dkim: tuple[DkimCheck, ...], dmarc: DmarcCheck, ask: Lookup) -> None:
    """Ask whether such names exist; the answers stay in the evidence, where the findings read them."""
    for _name, wrong in doubled_names(dkim, dmarc):
        ask(Question(wrong, "TXT"))


def _candidates(dkim: tuple[DkimCheck, ...], dmarc: DmarcCheck) -> Iterator[tuple[str, str]]:
    aligned = {one.index for one in dmarc.identifiers if one.method == "dkim" and one.aligned}
    for check in dkim:
        key = check.key
        if key is not None and key.status is KeyStatus.NONE and check.index in aligned:
            yield key.name, f"{key.name}.{check.signature.domain}"
    author = dmarc.author_domain
    if author and dmarc.code == "none.no_record" and dmarc.author_exists is not False:
        yield f"_dmarc.{author}", f"_dmarc.{author}.{author}"
