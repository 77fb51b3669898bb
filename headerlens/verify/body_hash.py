"""The hash of the body, made once for each way of making it (RFC 6376 3.7, 3.5 l=)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from headerlens.model.records import Canonicalization
from headerlens.verify.canonical import canonical_body


def new_hash(name: str) -> hashlib._Hash:
    """A hash by its name in key records: "sha256", or "sha1" for telling what changed (never for a pass)."""
    return hashlib.new(name, usedforsecurity=name != "sha1")


@dataclass(frozen=True, slots=True)
class BodyHash:
    """The digest of the first l= octets of the canonical body, and how many octets the whole of it has."""

    digest: bytes
    octets: int


class BodyHashes:
    """The hashes of one body; each (canonicalisation, hash, l=) costs one pass over it, the canonical form one each."""

    def __init__(self, body: bytes) -> None:
        self._body = body
        self._canonical: dict[Canonicalization, tuple[bytes | memoryview, ...]] = {}
        self._made: dict[tuple[Canonicalization, str, int | None], BodyHash] = {}

    def get(self, how: Canonicalization, name: str, length: int | None) -> BodyHash:
        """The hash made this way; `length` is l=, None for the whole body."""
        wanted = (how, name, length)
        if wanted not in self._made:
            self._made[wanted] = _hash(self._pieces(how), name, length)
        return self._made[wanted]

    def _pieces(self, how: Canonicalization) -> Iterable[bytes | memoryview]:
        """Kept once several hashes need them: ten signatures with ten l= made a mail of 60 MB take half a minute."""
        if how not in self._canonical:
            if all(made_how is not how for made_how, _, _ in self._made):
                return canonical_body(self._body, how)
            self._canonical[how] = tuple(canonical_body(self._body, how))
        return self._canonical[how]


def _hash(pieces: Iterable[bytes | memoryview], name: str, length: int | None) -> BodyHash:
    made, octets = new_hash(name), 0
    for piece in pieces:
        if length is None:
            made.update(piece)
        elif octets < length:
            made.update(piece[: length - octets])
        octets += len(piece)
    return BodyHash(made.digest(), octets)
