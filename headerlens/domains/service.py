"""What a sending service asks to publish against what DNS answers, as its "verify" button, but with the reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from headerlens.domains.answers import is_unanswered, texts_of, values_of
from headerlens.domains.mail_servers import servers_in
from headerlens.model.dns import Lookup, Question
from headerlens.model.domain import DmarcSetup, Inquiry, RowState, ServiceRow, SpfSetup, Wanted
from headerlens.model.records import KeyStatus
from headerlens.model.verdicts import SpfNode
from headerlens.parse.dkim_key import parse_key
from headerlens.verify.unquoted import is_quoted

_OPEN = re.compile(r"\\\*|\\\{[a-z]+\\\}")


def inspect_service(inquiry: Inquiry, spf: SpfSetup, dmarc: DmarcSetup, ask: Lookup) -> tuple[ServiceRow, ...]:
    """One row for each record the service asks for, in its order; () without a service."""
    return tuple(_row(wanted, inquiry.domain, spf, dmarc, ask) for wanted in inquiry.wanted)


def _row(wanted: Wanted, domain: str, spf: SpfSetup, dmarc: DmarcSetup, ask: Lookup) -> ServiceRow:
    if wanted.purpose == "spf":
        return _spf_row(wanted, spf)
    if wanted.purpose == "dmarc":
        return _dmarc_row(wanted, dmarc)
    if not wanted.name:
        return ServiceRow(wanted, RowState.UNNAMED)
    compare = _BY_TYPE[wanted.rtype]
    rows = [compare(wanted, name, ask) for name in (wanted.name, *wanted.alternatives)]
    found = next((row for row in rows if row.state is not RowState.MISSING), rows[0])
    return _misplaced(found, domain, ask) if found.state is RowState.MISSING else found


def _spf_row(wanted: Wanted, spf: SpfSetup) -> ServiceRow:
    if spf.code == "unanswered" and not spf.records:
        return ServiceRow(wanted, RowState.UNANSWERED)
    if not spf.records:
        return ServiceRow(wanted, RowState.QUOTED if spf.quoted else RowState.MISSING, spf.quoted)
    if not wanted.includes:
        return ServiceRow(wanted, RowState.COMPARE, spf.records)
    listed = spf.tree is not None and any(_same(wish, name) for wish in wanted.includes for name in included(spf.tree))
    return ServiceRow(wanted, RowState.PRESENT if listed else RowState.DIFFERENT, spf.records)


def included(node: SpfNode) -> Iterator[str]:
    """Every name that a record includes or leads to, with all behind it."""
    for term in node.terms:
        if term.kind in {"include", "redirect"}:
            yield re.split("[:=]", term.text, maxsplit=1)[-1].lower().removesuffix(".")
        if term.child is not None:
            yield from included(term.child)


def _dmarc_row(wanted: Wanted, dmarc: DmarcSetup) -> ServiceRow:
    if dmarc.record is not None:
        return ServiceRow(wanted, RowState.DIFFERENT if dmarc.code else RowState.PRESENT, (dmarc.record.text,))
    if dmarc.code.startswith("temperror"):
        return ServiceRow(wanted, RowState.UNANSWERED)
    if dmarc.doubled_texts:
        return ServiceRow(wanted, RowState.DOUBLED, dmarc.doubled_texts, _twice(wanted.name))
    if any(is_quoted(text) for text in dmarc.texts):
        return ServiceRow(wanted, RowState.QUOTED, dmarc.texts)
    return ServiceRow(wanted, RowState.DIFFERENT if dmarc.texts else RowState.MISSING, dmarc.texts)


def _twice(name: str) -> str:
    return f"{name}.{name.partition('.')[2]}"


def _misplaced(row: ServiceRow, domain: str, ask: Lookup) -> ServiceRow:
    """A missing record may stand under the doubled name; a return path of one's own is nobody's duty."""
    for name in (row.wanted.name, *row.wanted.alternatives):
        wrong = f"{name}.{domain}"
        answer = (
            ask(Question(wrong, row.wanted.rtype if row.wanted.rtype == "MX" else "TXT")) if name != domain else None
        )
        if answer is not None and (answer.records or answer.aliases):
            found = answer.aliases[:1] or texts_of(answer)
            return ServiceRow(row.wanted, RowState.DOUBLED, found, wrong)
    state = RowState.OPTIONAL if row.wanted.purpose == "return-path" else RowState.MISSING
    return ServiceRow(row.wanted, state)


# ---- by type


def _alias_row(wanted: Wanted, name: str, ask: Lookup) -> ServiceRow:
    answer = ask(Question(name, "TXT"))
    target = answer.aliases[0] if answer.aliases else ""
    if target:
        right = not wanted.value or _same(wanted.value, target)
        reached = wanted.purpose != "dkim" or parse_key(name, answer).status in {KeyStatus.FOUND, KeyStatus.REVOKED}
        state = RowState.DIFFERENT if not right else RowState.PRESENT if wanted.value or reached else RowState.COMPARE
        return ServiceRow(wanted, state, (target,))
    if is_unanswered(answer):
        return ServiceRow(wanted, RowState.UNANSWERED)
    texts = texts_of(answer)
    return ServiceRow(wanted, RowState.SPLIT if texts else RowState.MISSING, texts)


def _text_row(wanted: Wanted, name: str, ask: Lookup) -> ServiceRow:
    answer = ask(Question(name, "TXT"))
    if is_unanswered(answer):
        return ServiceRow(wanted, RowState.UNANSWERED)
    texts = texts_of(answer)
    if not texts:
        return ServiceRow(wanted, RowState.MISSING)
    if any(is_quoted(text) for text in texts):
        return ServiceRow(wanted, RowState.QUOTED, texts)
    if not wanted.value:
        return ServiceRow(wanted, RowState.COMPARE, texts)
    right = any(_same(" ".join(wanted.value.split()), " ".join(text.split())) for text in texts)
    return ServiceRow(wanted, RowState.PRESENT if right else RowState.DIFFERENT, texts)


def _mx_row(wanted: Wanted, name: str, ask: Lookup) -> ServiceRow:
    answer = ask(Question(name, "MX"))
    if is_unanswered(answer):
        return ServiceRow(wanted, RowState.UNANSWERED)
    hosts = [host for _preference, host in servers_in(answer) if host]
    if not hosts:
        return ServiceRow(wanted, RowState.MISSING)
    host = wanted.value.rpartition(" ")[2]
    state = RowState.COMPARE if not host else RowState.DIFFERENT
    return ServiceRow(wanted, RowState.PRESENT if any(_same(host, one) for one in hosts) else state, values_of(answer))


_BY_TYPE: dict[str, Callable[[Wanted, str, Lookup], ServiceRow]] = {
    "CNAME": _alias_row,
    "TXT": _text_row,
    "MX": _mx_row,
}


def is_open(value: str) -> bool:
    """Whether a value has a place that only the console can fill."""
    return "{" in value or "*" in value


def _same(wanted: str, found: str) -> bool:
    """Names without regard to case and final dot; an open place of `wanted` takes any label."""
    pattern = _OPEN.sub("[a-z0-9_-]{1,63}", re.escape(wanted.lower().removesuffix(".")))
    return bool(wanted) and re.fullmatch(pattern, found.lower().removesuffix(".")) is not None
