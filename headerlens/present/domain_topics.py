"""A row for each subject of a domain's set-up: SPF, DKIM, DMARC, MX, and what else is published."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.domains.inspect import sends_nothing
from headerlens.findings.domain_keys import keys_unanswered
from headerlens.findings.domain_spf import costliest
from headerlens.findings.rank import severity_of
from headerlens.model.domain import DomainCase, KeySetup, MailServer
from headerlens.model.findings import Finding, Severity
from headerlens.model.records import KeyStatus
from headerlens.present.domain_views import TopicView
from headerlens.present.harmless import harmless
from headerlens.present.views import Glyph, Tone
from headerlens.present.words import Words

_TOPIC_OF = (
    ("spf.", "spf"), ("domain.spf-", "spf"), ("publish.quoted-spf", "spf"), ("domain.service-spf", "spf"),
    ("domain.key-", "dkim"), ("domain.no-key", "dkim"), ("domain.alias-", "dkim"), ("publish.key-", "dkim"),
    ("publish.doubled-key", "dkim"),
    ("dmarc.", "dmarc"), ("publish.", "dmarc"), ("domain.rua-", "dmarc"), ("domain.no-reports", "dmarc"),
    ("domain.parked-open", "dmarc"),
    ("domain.mx-", "mx"), ("domain.no-mx", "mx"), ("domain.null-mx", "mx"),
)  # fmt: skip
"""Beginnings of ids, the first that fits."""

_LOOK = {
    Severity.PROBLEM: ("fail", Glyph.FAIL, Tone.FAIL),
    Severity.WARNING: ("warn", Glyph.WARN, Tone.WARN),
}
_CALM = frozenset({"dmarc.policy", "domain.key-spare"})
"""Notes that say how things are, not what could be better."""

_MOST_LINES = 12
_OTHER_NAMES = {"mta-sts": "MTA-STS", "tls-rpt": "TLS-RPT", "bimi": "BIMI"}


def topics(case: DomainCase, words: Words) -> tuple[TopicView, ...]:
    """SPF, DKIM, DMARC, MX; then what else is there, where anything is."""
    unseen, keyless = case.spf.code == "unanswered", _keys_unknown(case)
    unread = case.dmarc.code.startswith("temperror")
    published = case.spf.records or case.spf.quoted
    rows = (
        _topic(case, words, "spf", unknown=unseen, records=published, lines=_spf(case, words)),
        _topic(case, words, "dkim", unknown=keyless, lines=_dkim(case, words)),
        _topic(case, words, "dmarc", unknown=unread, records=_dmarc_records(case), lines=_dmarc(case, words)),
        _topic(case, words, "mx", unknown=not case.mx.answered, lines=_mx(case, words)),
    )
    named = tuple(_OTHER_NAMES[kind] for kind in case.others or {})
    if not named:
        return rows
    title, word = words.phrase("domain-topic.others"), words.phrase("domain-word.named")
    heading = words.phrase("domain-topic-row", {"title": title, "word": word}, {"title": "ready", "word": "ready"})
    return (*rows, TopicView("others", title, Glyph.INFO, Tone.INFO, word, heading, (" · ".join(named),)))


def topic_of(finding: Finding) -> str:
    """The subject a finding belongs to, "" for the domain as a whole."""
    if finding.id.startswith("domain.service-") and "._domainkey." in str(finding.params.get("name", "")):
        return "dkim"
    return next((topic for beginning, topic in _TOPIC_OF if finding.id.startswith(beginning)), "")


def _topic(
    case: DomainCase,
    words: Words,
    topic: str,
    *,
    unknown: bool,
    lines: Iterator[str],
    records: tuple[str, ...] = (),
) -> TopicView:
    weights = {severity_of(one) for one in case.findings if topic_of(one) == topic and one.id not in _CALM}
    kind, glyph, tone = _look(weights, is_unknown=unknown)
    title, word = words.phrase(f"domain-topic.{topic}"), words.phrase(f"domain-word.{kind}")
    shown = tuple(harmless(record) for record in records)
    told = tuple(lines)[:_MOST_LINES]
    heading = words.phrase("domain-topic-row", {"title": title, "word": word}, {"title": "ready", "word": "ready"})
    return TopicView(topic, title, glyph, tone, word, heading, told, shown)


def _look(weights: set[Severity], *, is_unknown: bool) -> tuple[str, Glyph, Tone]:
    for severity in (Severity.PROBLEM, Severity.WARNING):
        if severity in weights:
            return _LOOK[severity]
    if is_unknown:
        return "unk", Glyph.UNKNOWN, Tone.UNKNOWN
    if Severity.NOTE in weights:
        return "info", Glyph.PASS, Tone.PASS
    return "pass", Glyph.PASS, Tone.PASS


def _spf(case: DomainCase, words: Words) -> Iterator[str]:
    spf = case.spf
    if spf.code == "unanswered" and not spf.records:
        yield words.phrase("domain-line.unanswered")
    elif spf.code == "none":
        yield words.phrase("domain-line.no-record")
    elif spf.tree is not None and not sends_nothing(spf):
        yield words.phrase("domain-line.lookups", {"n": spf.lookups})
        if spf.lookups > 1 and any(cost.lookups > 1 for cost in spf.costs):
            yield words.phrase("domain-line.costs", {"names": costliest(spf)})


# ---- DKIM


def _keys_unknown(case: DomainCase) -> bool:
    """No key that could be looked at: nothing is known, which is no fault."""
    unseen = {KeyStatus.NONE, KeyStatus.UNAVAILABLE}
    return not case.parked and (case.key_wildcard or all(one.key.status in unseen for one in case.keys))


def _dkim(case: DomainCase, words: Words) -> Iterator[str]:
    if case.key_wildcard:
        yield words.phrase("domain-line.wildcard")
        return
    yield from (_key(one, words) for one in case.keys)
    if case.keys:
        return
    if keys_unanswered(case):
        yield words.phrase("domain-line.unanswered")
    elif sends_nothing(case.spf):
        yield words.phrase("domain-line.not-needed")
    else:
        yield words.phrase("domain-line.no-keys", {"n": len(case.inquiry.common_selectors)})


def _key(one: KeySetup, words: Words) -> str:
    key, ids = one.key, {KeyStatus.NONE: "none", KeyStatus.REVOKED: "empty", KeyStatus.UNAVAILABLE: "unanswered"}
    if key.status is KeyStatus.FOUND or key.code == "key.short":
        kind = {"rsa": "RSA", "ed25519": "Ed25519"}.get(key.type or "", "?")
        text = words.phrase("domain-line.key", {"selector": one.selector, "kind": kind, "bits": key.bits or 0})
    else:
        kind = ids.get(key.status, "unusable")
        text = words.phrase(f"domain-line.key-{kind}", {"selector": one.selector})
    if not one.aliases:
        return text
    return words.phrase("domain-line.alias", {"text": text, "target": one.aliases[-1]}, {"text": "ready"})


# ---- DMARC


def _dmarc_records(case: DomainCase) -> tuple[str, ...]:
    record = case.dmarc.record
    return (record.text,) if record is not None else case.dmarc.texts


def _dmarc(case: DomainCase, words: Words) -> Iterator[str]:
    dmarc = case.dmarc
    if dmarc.code.startswith("temperror"):
        yield words.phrase("domain-line.unanswered")
    elif dmarc.record is None:
        if not dmarc.texts:
            yield words.phrase("domain-line.no-record")
    elif dmarc.record.domain != case.domain:
        yield words.phrase("domain-line.from-above", {"name": dmarc.record.domain}, {"name": "domain"})
        if dmarc.policy is not None:
            params = {"domain": case.domain, "policy": dmarc.policy}
            yield words.phrase("domain-line.policy", params, {"domain": "domain"})


# ---- MX


def _mx(case: DomainCase, words: Words) -> Iterator[str]:
    mx = case.mx
    if not mx.answered:
        yield words.phrase("domain-line.unanswered")
    elif mx.null:
        yield words.phrase("domain-line.null-mx")
    elif not mx.servers:
        yield words.phrase("domain-line.no-mx")
    for server in mx.servers:
        yield _server(server, words)


def _server(server: MailServer, words: Words) -> str:
    host = harmless(f"{server.preference} {server.host}")
    if server.addresses is None:
        return f"{host}: {words.phrase('domain-line.unanswered')}"
    if not server.addresses:
        return words.phrase("domain-line.no-address", {"host": host}, {"host": "ready"})
    return f"{host} ({', '.join(map(harmless, server.addresses[:4]))})"
