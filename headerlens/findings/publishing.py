"""Slips made while publishing a record: quotation marks inside it, a doubled name, a key that was cut."""

from __future__ import annotations

from collections.abc import Iterator

from headerlens.findings.edits import aliases_at, texts_at
from headerlens.findings.facts import Facts
from headerlens.findings.grounds import author_signatures
from headerlens.model.dns import Answer, Outcome, Question
from headerlens.model.findings import Finding, RecordEdit, Where
from headerlens.model.records import DkimKey, KeyStatus
from headerlens.model.verdicts import DkimCheck
from headerlens.parse.dkim_key import parse_key
from headerlens.parse.spf import is_spf
from headerlens.verify.doubled import doubled_names
from headerlens.verify.mend_dmarc import mended_dmarc
from headerlens.verify.mend_spf import mended_spf
from headerlens.verify.unquoted import is_quoted, unquoted

_KEY_TEXT_OCTETS = 255
"""One character-string of a TXT record (RFC 1035 3.3): where a key ends exactly here, the editor cut it."""


def find_publishing(facts: Facts) -> Iterator[Finding]:
    """Slips that explain a missing or unreadable record; each is shown with what should stand there."""
    yield from _quoted_dmarc(facts)
    yield from _quoted_spf(facts)
    for check in author_signatures(facts):
        yield from _key(facts, check)
    yield from _doubled(facts)


def _quoted_dmarc(facts: Facts) -> Iterator[Finding]:
    if facts.dmarc.code not in {"none.no_record", "none.version", "none.unusable_policy"}:
        return
    name = f"_dmarc.{facts.dmarc.author_domain}"
    for text in texts_at(facts, name):
        mended = mended_dmarc(text) if is_quoted(text) else None
        if mended is not None:
            yield _quoted("publish.quoted-dmarc", name, text, mended)
            return


def _quoted_spf(facts: Facts) -> Iterator[Finding]:
    if facts.spf.code != "spf.none":
        return
    for text in texts_at(facts, facts.spf.domain):
        plain = unquoted(text)
        if is_quoted(text) and is_spf(plain.encode("utf-8", "replace")):
            yield _quoted("publish.quoted-spf", facts.spf.domain, text, mended_spf(text) or plain)
            return


def _quoted(identifier: str, name: str, text: str, mended: str) -> Finding:
    edit = RecordEdit(name, "TXT", (text,), (mended,))
    return Finding(identifier, {"name": name}, (Where(question=f"TXT {name}"),), (), (edit,))


def _key(facts: Facts, check: DkimCheck) -> Iterator[Finding]:
    """A key record that cannot be read, and whose text tells why."""
    key = check.key
    if key is None or key.record is None or key.status is not KeyStatus.UNUSABLE or key.code == "key.short":
        return
    where = (Where(check.signature.field_index, signature=check.index), Where(question=f"TXT {key.name}"))
    params = {"name": key.name}
    plain = readable_key(key)
    if plain is not None:
        yield Finding("publish.key-marks", params, where, (), (RecordEdit(key.name, "TXT", (key.record,), (plain,)),))
    elif is_cut_at(key, texts_at(facts, key.name)):
        yield Finding("publish.key-cut", params, where)


def readable_key(key: DkimKey) -> str | None:
    """The record without the marks that a zone file or an editor left in it, None where that does not help."""
    plain = unquoted(key.record or "").replace('"', "").replace("\\", "")
    if plain == key.record:
        return None
    answer = Answer(Question(key.name, "TXT"), Outcome.FOUND, ((plain.encode("utf-8", "replace"),),))
    return plain if parse_key(key.name, answer).status is KeyStatus.FOUND else None


def is_cut_at(key: DkimKey, texts: tuple[str, ...]) -> bool:
    """Whether the key's own length word promises more octets than are there, and nothing else is wrong."""
    material = key.material
    if material is not None and len(material) > 4 and material[0] == 0x30 and material[1] == 0x82:  # noqa: SIM102
        if int.from_bytes(material[2:4], "big") + 4 > len(material):
            return True
    return any(len(text.encode("utf-8", "replace")) == _KEY_TEXT_OCTETS for text in texts)


def _doubled(facts: Facts) -> Iterator[Finding]:
    """The record stands where a DNS editor put the domain once more behind a full name."""
    for name, wrong in doubled_names(facts.dkim, facts.dmarc):
        texts = texts_at(facts, wrong)
        if texts:
            aliases = aliases_at(
                facts, wrong
            )  # a service changes what stands behind its alias: the alias is the record
            edit = RecordEdit(name, "CNAME", (), aliases[:1]) if aliases else RecordEdit(name, "TXT", (), texts[:1])
            places = (Where(question=f"TXT {wrong}"), Where(question=f"TXT {name}"))
            identifier = "publish.doubled-dmarc" if name.startswith("_dmarc.") else "publish.doubled-key"
            yield Finding(identifier, {"name": name, "wrong": wrong}, places, (), (edit,))
