"""Every question to DNS with its answer, who needed it and how long it took (interface.md 7.2)."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.model.case import Case
from headerlens.model.dns import Answer, Evidence, Failure, Outcome, Question
from headerlens.present.evidence_views import DnsLine, DnsView, Remark
from headerlens.present.harmless import harmless
from headerlens.present.views import Glyph, Tone
from headerlens.present.words import Words

_SHOWN = 300
"""Characters of an answer in its row; the whole record stands below the list."""

_SPOKEN = 120
"""Characters of it that a screen reader says; the rest is read below the list."""

_MOST_USERS = 2
_MOST_RECORDS = 50
_LONGEST_RECORD = 20_000
_NOTE = (Glyph.INFO, Tone.INFO)
_ESCAPES = {octet: f"\\{octet:03}" for octet in (*range(32), *range(127, 256))} | {34: '\\"', 92: "\\\\"}


def dns_view(case: Case, words: Words, *, sample: bool = False) -> DnsView:
    """The questions that were needed, then those sent in advance for nothing: they were sent all the same."""
    signers = _signers(case, words)
    needed = [_line(one.answer, _users(one, signers), words) for one in case.evidence]
    unused = [_line(answer, (words.phrase("dns.not-needed"),), words) for answer in case.foreseen]
    lines = (*needed, *unused)
    return DnsView(
        heading=_heading(case, words, len(lines), sample=sample),
        notices=tuple(_notices(case, words, sample=sample)),
        lines=lines,
        dig="\n\n".join(line.dig for line in lines),
    )


def _heading(case: Case, words: Words, count: int, *, sample: bool) -> str:
    """How many, and who answered."""
    servers = sorted({answer.server for answer in _answers(case) if answer.server})
    if sample:
        source = words.phrase("dns.recorded")
    elif case.choices.offline:
        source = words.phrase("dns.offline")
    elif len(servers) == 1:
        source = harmless(servers[0], 80)
    elif servers:
        source = words.phrase("dns.servers", {"n": len(servers)})
    elif _kept(case) == count:
        source = words.phrase("dns.recorded")
    else:
        source = words.phrase("dns.system")
    count_text = words.phrase("dns.count-one" if count == 1 else "dns.count", {"n": count})
    return words.phrase("dns.heading", {"count": count_text, "source": source}, {"count": "ready", "source": "ready"})


def _notices(case: Case, words: Words, *, sample: bool) -> Iterator[Remark]:
    if sample:
        yield Remark(*_NOTE, words.phrase("dns.notice-sample"))
    if case.choices.offline and not sample:
        yield Remark(Glyph.WARN, Tone.WARN, words.phrase("dns.notice-offline"))
    kept = _kept(case)
    if 0 < kept < len(case.evidence) + len(case.foreseen) and not sample and not case.choices.offline:
        yield Remark(*_NOTE, words.phrase("dns.notice-kept", {"n": kept}))
    if case.foreseen:
        yield Remark(*_NOTE, words.phrase("dns.notice-unused", {"n": len(case.foreseen)}))


def _kept(case: Case) -> int:
    """How many answers were known before: nothing was waited for."""
    return sum(answer.milliseconds is None and answer.outcome is not Outcome.FAILED for answer in _answers(case))


def _answers(case: Case) -> Iterator[Answer]:
    yield from (one.answer for one in case.evidence)
    yield from case.foreseen


def _signers(case: Case, words: Words) -> dict[str, tuple[str, ...]]:
    """Which signatures a key record was asked for, where there are several: "DKIM 2"."""
    found: dict[str, tuple[str, ...]] = {}
    for check in case.dkim if len(case.dkim) > 1 else ():
        if check.key is not None:
            said = words.phrase("kind.dkim-n", {"n": check.index + 1})
            found[check.key.name] = (*found.get(check.key.name, ()), said)
    return found


def _users(evidence: Evidence, signers: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
    """The checks that needed an answer; many signatures with one key are said as one check."""
    told: list[str] = []
    for user in evidence.used_by:
        numbered = signers.get(evidence.answer.question.name, ()) if user == "dkim" else ()
        told += numbered if 0 < len(numbered) <= _MOST_USERS else [harmless(user.upper(), 20)]
    return tuple(told)


def _line(answer: Answer, used_by: tuple[str, ...], words: Words) -> DnsLine:
    question = answer.question
    records = tuple(_verbatim(octets) for octets in answer.texts[:_MOST_RECORDS])
    aliases = tuple(harmless(alias) for alias in answer.aliases)
    glyph, tone = _look(answer)
    outcome = " | ".join(records) if records else _outcome(answer, words)
    shown = outcome if len(outcome) <= _SHOWN else f"{outcome[:_SHOWN]}…"
    name = harmless(question.name)
    time = "" if answer.milliseconds is None else _time(answer.milliseconds, words)
    hidden = len(answer.records) - _MOST_RECORDS
    more = (words.phrase("dns.more", {"n": hidden}),) if hidden > 0 else ()
    full = "\n".join((*(f"CNAME {alias}" for alias in aliases), *(records or (outcome,)), *more))
    chain = words.phrase("dns.through", {"names": ", ".join(aliases)}, {"names": "ready"}) if aliases else ""
    spoken = words.phrase(
        "dns.accessible",
        {
            "name": name,
            "type": question.rtype,
            "answer": outcome if len(outcome) <= _SPOKEN else f"{outcome[:_SPOKEN]}…",
        },
        {"name": "ready", "answer": "ready"},
    )
    extra = (chain, time, words.phrase("dns.used-by", {"who": ", ".join(used_by)}) if used_by else "")
    return DnsLine(
        glyph,
        tone,
        name,
        question.rtype,
        shown,
        time,
        used_by,
        aliases,
        full,
        as_dig(answer),
        ". ".join(part for part in (spoken, *extra) if part),
    )


def _look(answer: Answer) -> tuple[Glyph, Tone]:
    """The shape: an answer, nothing there, or no answer."""
    if answer.outcome is Outcome.FOUND:
        return Glyph.PASS, Tone.INFO
    if answer.outcome is not Outcome.FAILED:
        return Glyph.WAIT, Tone.UNKNOWN
    silent = answer.failure in {Failure.OFFLINE, Failure.CANCELLED, Failure.TOO_MANY}
    return (Glyph.UNKNOWN, Tone.UNKNOWN) if silent else (Glyph.WARN, Tone.WARN)


def _outcome(answer: Answer, words: Words) -> str:
    if answer.failure is not None:
        return words.phrase_or(f"dns-failure.{answer.failure.value}", "dns-failure.other")
    return words.phrase(f"dns-outcome.{answer.outcome.value}")


def _time(milliseconds: float, words: Words) -> str:
    if milliseconds >= 1000:
        return words.phrase("dns.seconds", {"n": f"{milliseconds / 1000:.1f}"})
    return words.phrase("dns.milliseconds", {"n": round(milliseconds)})


def _verbatim(octets: bytes) -> str:
    """A record with every blank kept, because one too many can be what is wrong with it."""
    cut = octets[:_LONGEST_RECORD]
    shown = " ".join(harmless(part, _LONGEST_RECORD) for part in _text(cut).split(" "))
    return shown if len(cut) == len(octets) else f"{shown}…"


def _text(octets: bytes) -> str:
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("latin-1")


def as_dig(answer: Answer) -> str:
    """The answer as dig prints it, comment line first, so that administrators read it at a glance."""
    question = answer.question
    name = harmless(question.name)
    lines = [f"; <<>> dig {name} {question.rtype} <<>>  {_status(answer)}"]
    owner, ttl = f"{name}.", "" if answer.ttl is None else f"{answer.ttl}\t"
    for alias in answer.aliases:
        lines.append(f"{owner}\t{ttl}IN\tCNAME\t{harmless(alias)}.")
        owner = f"{harmless(alias)}."
    shown = answer.records[:_MOST_RECORDS]
    lines += [f"{owner}\t{ttl}IN\t{question.rtype}\t{_data(question, record)}" for record in shown]
    return "\n".join(lines)


def _status(answer: Answer) -> str:
    if answer.outcome is Outcome.FAILED:
        return (
            f"status: {'SERVFAIL' if answer.failure is Failure.SERVFAIL else (answer.failure or Failure.TIMEOUT).value}"
        )
    return "status: NXDOMAIN" if answer.outcome is Outcome.NO_NAME else "status: NOERROR"


def _data(question: Question, record: tuple[bytes, ...]) -> str:
    """TXT in its character-strings, quoted and escaped as in a zone file (RFC 1035 5.1); anything else as it is."""
    if question.rtype != "TXT":
        return harmless(_text(b"".join(record)), _LONGEST_RECORD)
    return " ".join(f'"{_escaped(piece)}"' for piece in record)


def _escaped(octets: bytes) -> str:
    """Printable ASCII as it is, quotation marks and backslashes behind a backslash, all else as its number."""
    return "".join(_ESCAPES.get(octet) or chr(octet) for octet in octets[:_LONGEST_RECORD])
