"""The report as data: `headerlens.report/1` of the command line's contract. Unknown is null, never a guess."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from datetime import datetime
from hashlib import sha256
from typing import Any

from headerlens.findings.requirements import requirements
from headerlens.model.case import Case
from headerlens.model.causes import Cause, Change
from headerlens.model.dns import Answer, Outcome
from headerlens.model.findings import RecordEdit, Where
from headerlens.model.message import Hop
from headerlens.model.records import RecordedField, RecordedResult
from headerlens.model.verdicts import (
    ArcSetCheck,
    Comparison,
    DkimCheck,
    SecondOpinion,
    SpfNode,
    SpfTerm,
    Trust,
)
from headerlens.present.views import FindingView, ResultView, plain
from headerlens.verify.telltale import tell_tales

SCHEMA = "headerlens.report/1"

Json = dict[str, Any]

_HOSTILE = re.compile(
    "[\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)

_TRUST: dict[Trust, bool | str] = {Trust.TRUSTED: True, Trust.PROPOSED: "proposed", Trust.UNTRUSTED: False}


def report(case: Case, view: ResultView, second: Iterable[SecondOpinion] = ()) -> Json:
    """One message as an object. `view` is the same case in the language asked for."""
    return {
        "schema": SCHEMA,
        "checked_at": _time(case.checked_at),
        "as_of": _time(case.choices.as_of),
        "source": _source(case),
        "message": _message(case),
        "path": _path(case),
        "recorded": [_recorded(case, field) for field in case.message.recorded],
        "dkim": _dkim(case, second),
        "spf": _spf(case),
        "arc": _arc(case),
        "dmarc": _dmarc(case),
        "comparison": [_comparison(row) for row in case.comparison],
        "provider": _provider(case),
        "findings": [finding_json(finding) for finding in flat(view.findings)],
        "verdict": _verdict(view),
        "requirements": _requirements(view),
        "dns": _dns(case),
    }


def report_text(reports: list[Json]) -> str:
    """One object for one message, an array for several."""
    return _safe(json.dumps(reports[0] if len(reports) == 1 else reports, ensure_ascii=False, indent=2))


def report_line(one: Json) -> str:
    """One message on one line (ndjson)."""
    return _safe(json.dumps(one, ensure_ascii=False, separators=(",", ":")))


def _safe(text: str) -> str:
    """JSON of the same meaning that a terminal may show and UTF-8 can hold: controls and bidi marks are escaped."""
    return _HOSTILE.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    pairs = found[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{pairs[at : at + 2].hex()}" for at in range(0, len(pairs), 2))


def _time(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _source(case: Case) -> Json:
    raw = case.raw
    given = raw.octets if raw.original is None else raw.original
    return {
        "name": raw.name,
        "kind": raw.kind,
        "octets": len(given),
        "sha256": sha256(given).hexdigest(),
        "repairs": [{"id": r.id, "count": r.count, "detail": r.detail} for r in raw.repairs],
        "page_rows": [{"method": method, "result": result} for method, result in raw.page_rows],
        "inside": list(raw.inside),
        "body": case.body_state,
        "case_file": case.reopened,
        "body_kept": raw.body_kept,
    }


def _message(case: Case) -> Json:
    message = case.message
    return {
        "from": [{"display": a.display, "address": a.address, "domain": a.domain} for a in message.author],
        "subject": message.subject,
        "date": _time(message.date),
        "message_id": message.message_id,
        "return_path": message.return_path,
    }


def _path(case: Case) -> Json:
    hops = case.message.hops
    older = (*hops[1:], None)[: len(hops)]
    return {
        "hops": [_hop(hop, before) for hop, before in zip(hops, older, strict=True)],
        "border": case.sender.border,
        "border_reason": case.sender.border_reason,
    }


def _hop(hop: Hop, before: Hop | None) -> Json:
    delay = None
    if hop.time is not None and before is not None and before.time is not None:
        delay = round((hop.time - before.time).total_seconds())
    return {
        "from": hop.rdns or hop.helo,
        "by": hop.by,
        "ip": hop.ip,
        "helo": hop.helo,
        "time": _time(hop.time),
        "delay_seconds": delay,
        "protocol": hop.protocol,
        "tls": hop.tls,
    }


def _recorded(case: Case, field: RecordedField) -> Json:
    judged = next((t for t in case.trust if t.field_index == field.field_index), None)
    return {
        "field": field.field_name,
        "authserv_id": field.authserv_id,
        "trusted": False if judged is None else _TRUST[judged.trust],
        "why": None if judged is None else judged.why,
        "results": [_recorded_result(result) for result in field.results],
    }


def _recorded_result(result: RecordedResult) -> Json:
    return {
        "method": result.method,
        "result": result.result,
        "reason": result.reason,
        "comment": " ".join(result.comments) or None,
        "properties": {p.key: p.value for p in result.properties},
    }


def _dkim(case: Case, second: Iterable[SecondOpinion]) -> list[Json]:
    opinions = {opinion.index: opinion for opinion in second}
    aligned = {i.index: i.aligned for i in case.dmarc.identifiers if i.method == "dkim"}
    causes = {cause.index: cause for cause in case.causes}
    return [
        _signature(check)
        | {"cause": _cause(causes.get(check.index))}
        | {"aligned": aligned.get(check.index), "second_opinion": _opinion(opinions.get(check.index))}
        for check in case.dkim
    ]


def _cause(cause: Cause | None) -> Json | None:
    """What is proved to have changed since this signature was made; `whole` when undoing it makes the signature valid.

    `where` holds offsets into the message as it was checked; empty where something was taken away.
    """
    if cause is None:
        return None
    parts = {"whole": cause.whole, "header": cause.header, "body": cause.body, "tried": cause.tried}
    return {"proved": True, **parts, "changes": [_change(change) for change in cause.changes]}


def _change(change: Change) -> Json:
    return {
        "kind": change.kind,
        "part": change.part,
        "field": change.field or None,
        "where": {"start": change.start, "end": change.end},
        "signed": change.signed or None,
        "now": change.now or None,
        "detail": dict(change.params),
    }


def _signature(check: DkimCheck) -> Json:
    signature = check.signature
    return {
        "domain": signature.domain or signature.domain_written,
        "selector": signature.selector,
        "identity": signature.identity,
        "algorithm": signature.algorithm,
        "canonicalization": f"{signature.header_canonicalization}/{signature.body_canonicalization}",
        "result": check.result,
        "code": check.code,
        "header_hash": check.header_hash,
        "body_hash": check.body_hash,
        "key": _key(check),
        "signed_headers": list(signature.signed_names),
        "unsigned_octets": check.unsigned_octets,
        "at_receipt": check.at_receipt,
        "notes": [{"code": note.code, "detail": note.detail} for note in check.notes],
    }


def _key(check: DkimCheck) -> Json | None:
    key = check.key
    if key is None:
        return None
    return {"found": key.record is not None, "type": key.type, "bits": key.bits, "record": key.record, "name": key.name}


def _opinion(opinion: SecondOpinion | None) -> Json | None:
    return None if opinion is None else {"opinion": opinion.opinion, "detail": opinion.detail or None}


def _spf(case: Case) -> Json:
    spf = case.spf
    aligned = next((i.aligned for i in case.dmarc.identifiers if i.method == "spf"), None)
    return {
        "result": spf.result,
        "code": spf.code,
        "identity": spf.identity,
        "domain": spf.domain or None,
        "client_ip": spf.inputs.client_ip,
        "client_ip_source": spf.inputs.client_ip_source or None,
        "helo": spf.inputs.helo,
        "mail_from": spf.inputs.mail_from,
        "matched": spf.matched,
        "lookups": spf.lookups,
        "void_lookups": spf.void_lookups,
        "aligned": aligned,
        "problem": spf.problem,
        "tree": [] if spf.tree is None else _node(spf.tree),
    }


def _node(node: SpfNode) -> list[Json]:
    return [_term(node, term) for term in node.terms]


def _term(node: SpfNode, term: SpfTerm) -> Json:
    return {
        "domain": node.domain,
        "term": term.text,
        "state": term.state,
        "lookup": term.lookup,
        "expanded": term.expanded,
        "answers": list(term.answers),
        "record": None if term.child is None else term.child.record,
        "tree": [] if term.child is None else _node(term.child),
    }


def _arc(case: Case) -> Json:
    return {"result": case.arc.result, "code": case.arc.code, "sets": [_arc_set(one) for one in case.arc.sets]}


def _arc_set(one: ArcSetCheck) -> Json:
    signer = one.set.seal or one.set.message_signature
    return {
        "instance": one.set.instance,
        "domain": None if signer is None else signer.domain,
        "selector": None if signer is None else signer.selector,
        "cv": one.set.cv or None,
        "seal": None if one.seal is None else one.seal.result,
        "message_signature": None if one.message_signature is None else one.message_signature.result,
    }


def _dmarc(case: Case) -> Json:
    dmarc, psl = case.dmarc, case.dmarc.psl
    return {
        "result": dmarc.result,
        "code": dmarc.code,
        "author_domain": dmarc.author_domain or None,
        "organizational_domain": dmarc.organization.name,
        "policy_domain": dmarc.policy_domain,
        "record": None if dmarc.record is None else dmarc.record.text,
        "policy": dmarc.policy,
        "policy_tag": dmarc.policy_tag,
        "test_mode": dmarc.test_mode,
        "disposition": dmarc.disposition,
        "spf_aligned": dmarc.spf_aligned,
        "dkim_aligned": dmarc.dkim_aligned,
        "notes": [{"code": note.code, "detail": note.detail} for note in dmarc.notes],
        "psl": None
        if psl is None
        else {
            "organizational_domain": psl.organizational_domain,
            "result": psl.result,
            "disposition": psl.disposition,
            "differs": psl.differs,
        },
    }


def _provider(case: Case) -> Json | None:
    """The service that border facts prove, with what the mail shows of the account (region, selector)."""
    one = case.provider
    if one is None:
        return None
    evidence = [{"kind": fact.kind, "value": fact.value} for fact in one.evidence]
    return {"id": one.id, "name": one.name, "evidence": evidence, "values": dict(one.values)}


def _comparison(row: Comparison) -> Json:
    return {
        "method": row.method,
        "domain": row.domain or None,
        "recorded": row.recorded,
        "now": row.now,
        "agrees": row.agrees,
        "reason": row.reason,
    }


def flat(findings: tuple[FindingView, ...]) -> list[FindingView]:
    """Every finding, consequences behind their causes."""
    return [one for finding in findings for one in (finding, *flat(finding.consequences))]


def finding_json(view: FindingView) -> Json:
    """One finding with its records."""
    return {
        "id": view.id,
        "code": view.code,
        "severity": view.severity,
        "confidence": view.confidence,
        "params": dict(view.params),
        "title": view.title,
        "happened": view.happened,
        "means": view.means,
        "do": list(view.steps),
        "where": [_where(place) for place in view.where],
        "records": [_edit(edit) for edit in view.edits],
    }


def _requirements(view: ResultView) -> Json | None:
    """What receivers ask of senders; null where nobody was asked to take the mail. Never part of the verdict."""
    if view.requirements is None:
        return None
    return {
        "as_of": requirements().as_of,
        "receivers": [
            {
                "id": one.id,
                "rules": [{"rule": line.rule, "met": line.met, "bulk_only": line.bulk} for line in one.lines],
            }
            for one in view.requirements.receivers
        ],
    }


def _edit(edit: RecordEdit) -> Json:
    """A record to change; `condition` is the id of when this holds, null for always."""
    return {
        "name": edit.name,
        "type": edit.rtype,
        "now": list(edit.before),
        "should_be": list(edit.after),
        "condition": edit.condition or None,
    }


def _where(place: Where) -> Json:
    return {
        "field": place.field_index,
        "start": place.start,
        "end": place.end,
        "question": place.question,
        "signature": place.signature,
    }


def _verdict(view: ResultView) -> Json:
    verdict = view.verdict
    return {
        "level": verdict.level,
        "situation": verdict.situation,
        "headline": plain(verdict.headline),
        "sentence": verdict.sentence,
        "action": verdict.action,
    }


def _dns(case: Case) -> list[Json]:
    """Every question, those asked in advance and not needed last; `telltale` where it tells the sender (or null)."""
    rows = [*((one.answer, one.used_by) for one in case.evidence), *((answer, ()) for answer in case.foreseen)]
    tales = tell_tales(case.message, case.sender, [answer for answer, _ in rows])
    told = {one.question: one.why for one in reversed(tales)}  # of two reasons the first, which names somebody
    return [question_json(answer, used_by, told.get(answer.question)) for answer, used_by in rows]


def question_json(answer: Answer, used_by: tuple[str, ...], telltale: str | None) -> Json:
    """One question with its answer."""
    return {
        "name": answer.question.name,
        "type": answer.question.rtype,
        "outcome": answer.outcome if answer.failure is None else answer.failure,
        "answers": _answers(answer),
        "aliases": list(answer.aliases),
        "ttl": answer.ttl,
        "milliseconds": answer.milliseconds,
        "used_by": list(used_by),
        "telltale": telltale,
    }


def _answers(answer: Answer) -> list[Any]:
    if answer.outcome is not Outcome.FOUND:
        return []
    if answer.question.rtype == "TXT":
        return [[part.decode("utf-8", "backslashreplace") for part in record] for record in answer.records]
    return [record[0].decode("ascii", "backslashreplace") for record in answer.records if record]
