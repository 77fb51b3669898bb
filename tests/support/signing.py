"""Signed and sealed messages for tests: through dkimpy, and by a small signer for what dkimpy refuses to make.

The small signer canonicalises by the letter of RFC 6376 3.4 with plain regular expressions, so that it shares no code
with the verifier under test.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

import dkim
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ed25519, padding, rsa, utils

from headerlens.model.dns import Answer, Failure, Lookup, Outcome, Question
from headerlens.model.message import Message, RawMessage
from headerlens.parse.message import parse

KEYS = Path(__file__).resolve().parents[1] / "data" / "keys"
DOMAIN = "example.com"
SELECTOR = "s1"
SIGNED_AT = 1795000000
"""2026-11-18 11:06:40 UTC: t= of what dkimpy signs here."""
MAIL = (
    b"Received: from a.example.com by b.example.net; Fri, 20 Nov 2026 10:00:00 +0000\r\n"
    b"From: Joe SixPack <joe@example.com>\r\n"
    b"To: Suzie Q <suzie@example.net>\r\n"
    b"Subject: Is dinner\r\n ready?\r\n"
    b"Date: Fri, 20 Nov 2026 10:00:00 +0000\r\n"
    b"Message-ID: <20261120@example.com>\r\n"
    b"\r\n"
    b"Hi.\r\n\r\nWe lost  the game. \tAre you hungry yet? \r\n\r\nJoe.\r\n\r\n\r\n"
)
SIGNED_NAMES = ("from", "to", "subject", "date", "message-id")

Private = rsa.RSAPrivateKey | ed25519.Ed25519PrivateKey
Zone = Mapping[str, "str | bytes | list[str] | Failure | Outcome"]


@dataclass(frozen=True)
class Key:
    """A private key in the forms that dkimpy and cryptography take, and the name of its algorithm."""

    private: Private
    for_dkimpy: bytes
    algorithm: str


@cache
def key(name: str) -> Key:
    """One of the keys of tests/data/keys: "rsa512", "rsa1024", "rsa2048", "rsa2048b" or "ed25519"."""
    if name == "ed25519":
        seed = (KEYS / "ed25519.seed").read_bytes().strip()
        return Key(ed25519.Ed25519PrivateKey.from_private_bytes(base64.b64decode(seed)), seed, "ed25519-sha256")
    pem = (KEYS / f"{name}.pem").read_bytes()
    private = serialization.load_pem_private_key(pem, None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(private, rsa.RSAPrivateKey)
    return Key(private, pem, "rsa-sha256")


def public_octets(name: str, *, bare: bool = False) -> bytes:
    """The decoded p= of a key record; `bare` gives an RSAPublicKey without its SubjectPublicKeyInfo."""
    public = key(name).private.public_key()
    if isinstance(public, ed25519.Ed25519PublicKey):
        return public.public_bytes_raw()
    form = serialization.PublicFormat.PKCS1 if bare else serialization.PublicFormat.SubjectPublicKeyInfo
    return public.public_bytes(serialization.Encoding.DER, form)


def key_record(name: str, *, extra: str = "", bare: bool = False) -> str:
    """The TXT record that publishes the key; `extra` holds tags to put before p=, such as "t=y; "."""
    kind = "ed25519" if name == "ed25519" else "rsa"
    return f"v=DKIM1; k={kind}; {extra}p={base64.b64encode(public_octets(name, bare=bare)).decode()}"


def zone_for(name: str, *, extra: str = "", domain: str = DOMAIN, selector: str = SELECTOR) -> dict[str, str]:
    """A zone that holds nothing but the key."""
    return {f"{selector}._domainkey.{domain}": key_record(name, extra=extra)}


def answers(zone: Zone, asked: list[Question] | None = None) -> Lookup:
    """A lookup over a literal zone of TXT records; an absent name is NXDOMAIN, a failure is given as it stands."""

    def ask(question: Question) -> Answer:
        if asked is not None:
            asked.append(question)
        found = zone.get(question.name)
        if isinstance(found, Failure):
            return Answer(question, Outcome.FAILED, failure=found)
        if found is None or isinstance(found, Outcome):
            return Answer(question, found or Outcome.NO_NAME)
        texts = found if isinstance(found, list) else [found]
        records = tuple((text if isinstance(text, bytes) else text.encode(),) for text in texts)
        return Answer(question, Outcome.FOUND, records)

    return ask


def read(octets: bytes) -> Message:
    """The message in these octets."""
    return parse(RawMessage(octets, "test.eml"))


def sign(
    octets: bytes,
    name: str = "rsa2048",
    *,
    domain: str = DOMAIN,
    selector: str = SELECTOR,
    canonicalization: str = "relaxed/relaxed",
    length: bool = False,
    identity: str | None = None,
    names: Iterable[str] | None = None,
) -> bytes:
    """The message with a signature on top, made by dkimpy."""
    header, _, body = canonicalization.partition("/")
    with patch("dkim.time.time", return_value=SIGNED_AT):
        made = dkim.sign(
            octets,
            selector.encode(),
            domain.encode(),
            key(name).for_dkimpy,
            identity=None if identity is None else identity.encode(),
            canonicalize=(header.encode(), body.encode()),
            signature_algorithm=key(name).algorithm.encode(),
            include_headers=None if names is None else [each.encode() for each in names],
            length=length,
        )
    return bytes(made) + octets


def seal(octets: bytes, results: bytes, *, domain: str, selector: str = SELECTOR, name: str = "rsa2048") -> bytes:
    """The message with one more ARC set on top, made by dkimpy.

    `results` is a recorded result such as b"mx.example; spf=pass"; from the second set on it must hold "arc=".
    """
    with_results = b"Authentication-Results: " + results + b"\r\n" + octets
    lines = dkim.arc_sign(
        with_results,
        selector.encode(),
        domain.encode(),
        key(name).for_dkimpy,
        results.partition(b";")[0],
        timestamp=str(SIGNED_AT),
    )
    return b"".join(bytes(line) for line in lines) + with_results


def own_sign(
    octets: bytes,
    name: str = "rsa2048",
    *,
    tags: Mapping[str, str | None] | None = None,
    field: str = "DKIM-Signature: ",
    body_length: int | None = None,
) -> bytes:
    """The message with a signature on top whose tags are as wanted: None leaves a usual one out, others are added.

    bh= and b= are sound for what the tags say, so that only the tags are wrong. `body_length` sets l=.
    """
    wanted = {
        "v": "1",
        "a": key(name).algorithm,
        "c": "relaxed/relaxed",
        "d": DOMAIN,
        "s": SELECTOR,
        "h": ":".join(SIGNED_NAMES),
        **({} if body_length is None else {"l": str(body_length)}),
        **(tags or {}),
    }
    head, _, body = octets.partition(b"\r\n\r\n")
    header_how, _, body_how = (wanted["c"] or "simple").partition("/")
    hash_name = "sha1" if wanted["a"] == "rsa-sha1" else "sha256"
    canonical = plain_body(body, body_how or "simple")[:body_length]
    if "bh" not in wanted:
        wanted["bh"] = base64.b64encode(hashlib.new(hash_name, canonical).digest()).decode()
    list_text = "; ".join(f"{tag}={value}" for tag, value in wanted.items() if value is not None)
    unsigned = f"{field}{list_text}; b=".encode()
    hashed = _header_input(head + b"\r\n", (wanted["h"] or "").lower().split(":"), header_how)
    digest = hashlib.new(hash_name, hashed + plain_field(unsigned, header_how)).digest()
    return unsigned + base64.b64encode(sign_digest(name, digest, hash_name)) + b"\r\n" + octets


def own_seal(octets: bytes, name: str, instance: int, cv: str, *, field: str = "ARC-{}: ") -> bytes:
    """The message with one more ARC set on top, made by the small signer: for Ed25519 and odd spellings."""
    results = field.format("Authentication-Results").encode() + f"i={instance}; example.com; spf=pass\r\n".encode()
    signature = own_sign(
        octets, name, tags={"v": None, "i": str(instance)}, field=field.format("Message-Signature")
    ).removesuffix(octets)
    unsigned = field.format("Seal").encode()
    unsigned += f"i={instance}; a={key(name).algorithm}; cv={cv}; d={DOMAIN}; s={SELECTOR}; t=1795000000; b=".encode()
    earlier = [] if cv == "fail" else _sets_below(octets)  # RFC 8617 5.1.2
    sets = [*earlier, results, signature]
    hashed = b"".join(plain_field(each, "relaxed") + b"\r\n" for each in sets) + plain_field(unsigned, "relaxed")
    digest = hashlib.sha256(hashed).digest()
    value = base64.b64encode(sign_digest(name, digest, "sha256"))
    return unsigned + value + b"\r\n" + signature + results + octets


def sign_digest(name: str, digest: bytes, hash_name: str) -> bytes:
    """The raw signature value over a digest."""
    private = key(name).private
    if isinstance(private, ed25519.Ed25519PrivateKey):
        return private.sign(digest)
    algorithm = hashes.SHA1() if hash_name == "sha1" else hashes.SHA256()
    return private.sign(digest, padding.PKCS1v15(), utils.Prehashed(algorithm))


def plain_body(body: bytes, how: str) -> bytes:
    """RFC 6376 3.4.3 and 3.4.4 word by word."""
    if how == "relaxed":
        body = re.sub(rb"[ \t]+(?=\r\n|\Z)", b"", body)
        body = re.sub(rb"[ \t]+", b" ", body)
    content = re.sub(rb"(\r\n)+\Z", b"", body)
    return b"" if how == "relaxed" and not content else content + b"\r\n"


def plain_field(raw: bytes, how: str) -> bytes:
    """RFC 6376 3.4.1 and 3.4.2 word by word, without the final CRLF."""
    raw = raw.removesuffix(b"\r\n")
    if how == "simple":
        return raw
    name, _, value = raw.partition(b":")
    return name.strip().lower() + b":" + re.sub(rb"[ \t]+", b" ", value.replace(b"\r\n", b"")).strip()


def _fields(head: bytes) -> list[bytes]:
    """The raw fields of a header, CRLF included."""
    return re.findall(rb"[^\r\n][^\n]*\n(?:[ \t][^\n]*\n)*", head)


def _header_input(head: bytes, names: list[str], how: str) -> bytes:
    """The picked fields, from the bottom up (5.4.2)."""
    left = _fields(head)
    hashed = b""
    for name in names:
        for place in reversed(range(len(left))):
            if left[place].partition(b":")[0].strip().lower() == name.strip().encode():
                hashed += plain_field(left.pop(place), how) + b"\r\n"
                break
    return hashed


def _sets_below(octets: bytes) -> list[bytes]:
    """The fields of earlier sets, oldest first, each set as results, signature, seal."""
    fields = [each for each in _fields(octets.partition(b"\r\n\r\n")[0] + b"\r\n") if each[:4].lower() == b"arc-"]
    return [each for at in range(len(fields) - 3, -1, -3) for each in reversed(fields[at : at + 3])]
