"""Where dkimpy 1.1.8 is known to say something else than the RFCs do, measured in engine.md 1b and standards.md 2.6."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from headerlens.model.message import Message
from headerlens.model.records import Canonicalization
from headerlens.model.verdicts import DkimCheck, Match, Result
from headerlens.parse.header import LINE_FAULTS

_SERVICES = ("*", "email")


@dataclass(frozen=True, slots=True)
class Word:
    """What dkimpy said: pass or not, and the exception it gave where it gave one."""

    passes: bool
    error: str = ""
    text: str = "False"


PASSES_ALTHOUGH = {
    "sig.alg_weak": "rsa-sha1",  # RFC 8301 3.1 forbids it
    "sig.from_not_signed": "from-not-signed",  # RFC 6376 6.1.1
    "sig.x_before_t": "x-equals-t",  # it refuses only x= below t= (3.5)
    "sig.expired": "own-clock",  # it has its own clock and ten hours of slack
    "sig.future": "own-clock",
    "sig.syntax": "loose-syntax",  # l= of no digits, i= and numbers read less strictly
    "key.hash": "key-hash",  # h= of the key is not read (6.1.2 step 6)
    "key.i_not_d": "key-strict",  # t=s is not read (3.6.1)
    "key.version": "key-version-place",  # v= may stand anywhere
    "key.syntax": "loose-key",  # base64 with foreign characters, an empty tag
    "key.service": "key-service",  # tlsrpt is a service of its own
    "body.l_too_long": "l-too-long",  # l= beyond the body (3.5)
}
"""Our codes beside which dkimpy may still say "pass"."""


def known_deviation(message: Message, check: DkimCheck, word: Word) -> str:
    """The id of the deviation that explains the difference, "" when none does."""
    if check.result is Result.PASS:
        return next((name for name, holds in _REFUSES_ALTHOUGH.items() if holds(message, check, word)), "")
    if Match.MISMATCH in {check.header_hash, check.body_hash}:
        return ""
    return PASSES_ALTHOUGH.get(check.code or "", "")


def _tag(check: DkimCheck, name: str) -> str:
    return check.signature.tags.get(name) or ""


def _own_clock(_message: Message, _check: DkimCheck, word: Word) -> bool:
    return "x= value is past" in word.text or "t= value is in the future" in word.text


def _stray_lines(message: Message, _check: DkimCheck, word: Word) -> bool:
    """A header line that is no field, or a blank before a colon, ends its reading of the whole message."""
    strays = any(fault.code in LINE_FAULTS for fault in message.faults)
    spaced = any(item.raw[len(item.name) : len(item.name) + 1] != b":" for item in message.fields)
    return (strays or spaced) and word.error in {"MessageFormatError", "IndexError"}


def _several_queries(_message: Message, check: DkimCheck, _word: Word) -> bool:
    """Of q= it takes nothing but dns/txt alone."""
    return _tag(check, "q") not in {"", "dns/txt"}


def _encoded_identity(_message: Message, check: DkimCheck, word: Word) -> bool:
    """i= is compared with d= as text: quoted-printable, blanks and A-labels beside U-labels are not seen through."""
    written = _tag(check, "i")
    return "i= domain" in word.text and (not written.isascii() or bool(re.search(r"[=\s]|xn--", written.lower())))


def _several_services(_message: Message, check: DkimCheck, _word: Word) -> bool:
    """Of s= in the key it takes one word only, and none is not one."""
    written = None if check.key is None else check.key.tags.get("s")
    return written is not None and written not in _SERVICES


def _second_from(_message: Message, check: DkimCheck, _word: Word) -> bool:
    """It adds From to h= once more: an added, unsigned From breaks the signature for it (RFC 6376 8.15 leaves that)."""
    return "from" in check.unsigned_names


def _blank_end(message: Message, check: DkimCheck, _word: Word) -> bool:
    """A last line without CRLF keeps a blank at its end in relaxed form."""
    relaxed = check.signature.body_canonicalization is Canonicalization.RELAXED
    return relaxed and message.body.endswith((b" ", b"\t"))


def _blank_after_value(message: Message, check: DkimCheck, _word: Word) -> bool:
    """White space between the value of b= and its semicolon is not taken out with the value (3.5)."""
    value = next((tag for tag in check.signature.tags.tags if tag.name == "b"), None)
    octets = message.raw.octets
    after = b"" if value is None else octets[value.end : value.end + 1]
    return after in {b" ", b"\t", b"\r"} and check.signature.tags.tags[-1] is not value


def _unpadded(_message: Message, check: DkimCheck, _word: Word) -> bool:
    """Base64 without padding, which the grammar allows (2.10)."""
    values = (_tag(check, "b"), _tag(check, "bh"), "" if check.key is None else check.key.tags.get("p") or "")
    return any(len(re.sub(r"\s", "", value)) % 4 for value in values)


def _own_field(_message: Message, check: DkimCheck, _word: Word) -> bool:
    """h= that names dkim-signature may pick the signature itself."""
    return "dkim-signature" in check.signature.signed_names


_REFUSES_ALTHOUGH: dict[str, Callable[[Message, DkimCheck, Word], bool]] = {
    "own-clock": _own_clock,
    "stray-lines": _stray_lines,
    "query-list": _several_queries,
    "encoded-identity": _encoded_identity,
    "key-services": _several_services,
    "second-from": _second_from,
    "blank-end": _blank_end,
    "blank-after-b": _blank_after_value,
    "unpadded": _unpadded,
    "own-field": _own_field,
}
"""Deviations with which dkimpy may refuse what passes."""
