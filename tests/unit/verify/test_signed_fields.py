"""Which fields a signature covers."""

from headerlens.model.records import DkimSignature
from headerlens.model.verdicts import SignedField
from headerlens.verify.signed_fields import oversigned_names, pick_fields, unsigned_names
from tests.support.signing import read

HEADER = b"To: a@example.com\r\nTo: b@example.com\r\nSubject: 1\r\nFrom: c@example.com\r\nX: 1\r\n\r\n"


def signature_over(names: str) -> tuple[DkimSignature, bytes]:
    octets = f"DKIM-Signature: v=1; h={names}\r\n".encode() + HEADER
    return read(octets).signatures[0], octets


def test_names_are_picked_from_the_bottom_up() -> None:
    signature, octets = signature_over("to:From:TO:to:cc")
    assert pick_fields(read(octets).fields, signature) == (
        SignedField("to", 2),
        SignedField("from", 4),
        SignedField("to", 1),
        SignedField("to", None),
        SignedField("cc", None),
    )


def test_a_signature_never_picks_itself() -> None:
    signature, octets = signature_over("dkim-signature:dkim-signature:from")
    above = b"DKIM-Signature: v=1; a=old\r\n" + octets
    lower = read(above).signatures[1]
    assert pick_fields(read(above).fields, lower)[:2] == (
        SignedField("dkim-signature", 0),
        SignedField("dkim-signature", None),
    )
    assert pick_fields(read(octets).fields, signature)[0] == SignedField("dkim-signature", None)


def test_shown_fields_outside_the_signature_are_named() -> None:
    signature, octets = signature_over("from:to")
    fields = read(octets).fields
    assert unsigned_names(fields, pick_fields(fields, signature)) == ("subject", "to")


def test_names_listed_more_often_than_present_are_protected() -> None:
    signature, octets = signature_over("from:from:subject:cc:cc:to")
    assert oversigned_names(pick_fields(read(octets).fields, signature)) == ("from", "cc")
