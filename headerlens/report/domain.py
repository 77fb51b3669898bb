"""The report on a domain: text for a terminal, Markdown, JSON (`headerlens.domain/1`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from headerlens.model.domain import DomainCase, KeySetup, ServiceRow
from headerlens.model.verdicts import SpfNode
from headerlens.present.domain_views import DomainView
from headerlens.present.views import Tone, plain
from headerlens.report.json import Json, finding_json, flat, question_json
from headerlens.report.markdown import SIGNS, escaped, finding_markdown
from headerlens.report.terminal import Style, wrap
from headerlens.report.text import finding_lines

SCHEMA = "headerlens.domain/1"

# ---- text


def text_domain(view: DomainView, style: Style) -> str:
    """The whole answer, ending in a line feed."""
    blocks = [
        _card(view, style),
        _topics(view, style),
        _service(view, style),
        _findings(view, style),
        _table(view, style),
    ]
    return style.finish("\n\n".join("\n".join(block) for block in blocks if block) + "\n")


def _card(view: DomainView, style: Style) -> list[str]:
    verdict = view.verdict
    sign = style.paint(SIGNS.get(verdict.glyph.value, "·"), verdict.tone, bold=True)
    lines = [f"{sign} {style.paint(plain(verdict.headline), verdict.tone, bold=True)}"]
    lines += wrap(verdict.sentence, style.width, "  ")
    if verdict.action:
        action = wrap(verdict.action, style.width, "  ")
        lines += [style.paint(line, bold=True) for line in ("→ " + action[0][2:], *action[1:])]
    return [*lines, *(style.paint(line, Tone.UNKNOWN) for line in wrap(verdict.footnote, style.width, "  "))]


def _topics(view: DomainView, style: Style) -> list[str]:
    lines = []
    for topic in view.topics:
        sign = style.paint(SIGNS.get(topic.glyph.value, "·"), topic.tone)
        lines.append(f"{sign} {style.paint(topic.heading, bold=True)}")
        for text in (*topic.lines, *topic.records):
            lines += wrap(text, style.width, "    ")
    return lines


def _service(view: DomainView, style: Style) -> list[str]:
    if view.service is None:
        return []
    lines = [style.paint(view.service.heading, bold=True), *([view.service.empty] if view.service.empty else [])]
    for row in view.service.lines:
        lines.append(f"{style.paint(SIGNS.get(row.glyph.value, '·'), row.tone)} {row.text}")
        lines += [line for text in (row.wanted, row.found) if text for line in wrap(text, style.width, "    ")]
    return lines


def _findings(view: DomainView, style: Style) -> list[str]:
    if not view.findings:
        return []
    lines = [f"{style.paint(view.findings_heading, bold=True)} ({view.findings_count})"]
    for finding in view.findings:
        lines += finding_lines(finding, style, "")
    return lines


def _table(view: DomainView, style: Style) -> list[str]:
    if view.table is None:
        return []
    lines = [style.paint(view.table.heading, bold=True)]
    for row in view.table.rows:
        lines += [f"  {row.tag}={row.value}", *wrap(row.meaning, style.width, "      ")]
    return lines


# ---- Markdown


def markdown_domain(view: DomainView) -> str:
    """The same for tickets and wikis; every value is escaped. Ends in a line feed."""
    return "\n\n".join(block for block in _markdown(view) if block) + "\n"


def _markdown(view: DomainView) -> Iterator[str]:
    verdict = view.verdict
    yield f"# {SIGNS.get(verdict.glyph.value, '·')} {escaped(plain(verdict.headline))}"
    yield escaped(verdict.sentence)
    yield f"**{escaped(verdict.action)}**" if verdict.action else ""
    yield escaped(verdict.footnote)
    for topic in view.topics:
        head = f"- {SIGNS.get(topic.glyph.value, '·')} **{escaped(topic.heading)}**"
        yield "\n".join([head, *(f"  - {escaped(line)}" for line in (*topic.lines, *topic.records))])
    if view.service is not None:
        yield f"## {escaped(view.service.heading)}"
        yield escaped(view.service.empty)
        yield "\n".join(f"- {SIGNS.get(r.glyph.value, '·')} {escaped(r.accessible)}" for r in view.service.lines)
    if view.findings:
        yield f"## {escaped(view.findings_heading)} ({escaped(view.findings_count)})"
        yield from ("\n".join(finding_markdown(finding, "")) for finding in view.findings)
    if view.table is not None:
        yield f"## {escaped(view.table.heading)}"
        rows = (f"| {escaped(f'{row.tag}={row.value}')} | {escaped(row.meaning)} |" for row in view.table.rows)
        yield "\n".join(["| | |", "|---|---|", *rows])


# ---- JSON


def domain_json(case: DomainCase, view: DomainView) -> Json:
    """One object; unknown is null, never a guess."""
    return {
        "schema": SCHEMA,
        "checked_at": case.checked_at.isoformat(),
        "domain": case.domain,
        "exists": case.exists,
        "parked": case.parked,
        "spf": _spf(case),
        "dkim": [_key(one) for one in case.keys],
        "dmarc": _dmarc(case),
        "mx": _mx(case),
        "others": dict(case.others or {}),
        "wildcard": {"domain": case.wildcard, "selectors": case.key_wildcard},
        "provider": case.inquiry.provider or None,
        "service": [_row(row) for row in case.service],
        "findings": [finding_json(one) for one in flat(view.findings)],
        "verdict": {
            "level": view.verdict.level,
            "headline": plain(view.verdict.headline),
            "sentence": view.verdict.sentence,
            "action": view.verdict.action,
        },
        "unanswered": list(case.unanswered),
        "dns": _dns(case),
    }


def _spf(case: DomainCase) -> Json:
    spf = case.spf
    return {
        "code": spf.code or None,
        "records": list(spf.records),
        "lookups": spf.lookups if spf.tree is not None else None,
        "void_names": list(spf.voids),
        "costs": [{"term": cost.text, "lookups": cost.lookups} for cost in spf.costs],
        "faults": [{"record": r, "term": t, "start": at, "fault": fault} for r, t, at, fault in spf.faults],
        "tree": [] if spf.tree is None else _terms(spf.tree),
    }


def _terms(node: SpfNode) -> list[Json]:
    return [
        {
            "domain": node.domain,
            "term": term.text,
            "lookup": term.lookup,
            "error": term.error,
            "answers": list(term.answers),
            "terms": [] if term.child is None else _terms(term.child),
        }
        for term in node.terms
    ]


def _key(one: KeySetup) -> Json:
    key = one.key
    return {
        "selector": one.selector,
        "why": one.origin,
        "name": key.name,
        "status": key.status,
        "code": key.code,
        "type": key.type,
        "bits": key.bits,
        "testing": "y" in key.flags,
        "record": key.record,
        "aliases": list(one.aliases),
        "doubled_name": one.doubled or None,
    }


def _dmarc(case: DomainCase) -> Json:
    dmarc, record = case.dmarc, case.dmarc.record
    return {
        "code": dmarc.code or None,
        "organizational_domain": dmarc.organization.name,
        "policy_domain": None if record is None else record.domain,
        "record": None if record is None else record.text,
        "policy": dmarc.policy,
        "policy_tag": dmarc.policy_tag,
        "test_mode": record is not None and record.testing,
        "reports": [{"domain": one.domain, "permission": one.permission} for one in dmarc.targets],
    }


def _mx(case: DomainCase) -> Json:
    servers: list[dict[str, Any]] = [
        {
            "preference": one.preference,
            "host": one.host,
            "alias": one.alias or None,
            "addresses": None if one.addresses is None else list(one.addresses),
        }
        for one in case.mx.servers
    ]
    return {"answered": case.mx.answered, "null": case.mx.null, "servers": servers}


def _row(row: ServiceRow) -> Json:
    wanted = row.wanted
    return {
        "purpose": wanted.purpose,
        "type": wanted.rtype,
        "name": wanted.name or None,
        "value": wanted.value or None,
        "includes": list(wanted.includes),
        "state": row.state,
        "found": list(row.found),
        "wrong_name": row.wrong_name or None,
    }


def _dns(case: DomainCase) -> list[Json]:
    rows = [*((one.answer, one.used_by) for one in case.evidence), *((answer, ()) for answer in case.foreseen)]
    return [question_json(answer, used_by, None) for answer, used_by in rows]
