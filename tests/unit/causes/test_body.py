"""Causes of a failing body hash (engine.md 3): what was changed is found, exactly, and nothing else is claimed."""

from __future__ import annotations

import base64
import hashlib
import random
import re
from collections.abc import Callable

import pytest

from headerlens.causes.body import BodyProof, apply, body_causes
from tests.support.body_mails import (
    BANNER,
    FOOTER,
    FORMS,
    HEAD,
    IN_TEXTS,
    JAPANESE,
    LINKS,
    MAILS,
    PLAIN,
    Texts,
    body_of,
    lines_of_base64,
    meta_added,
    multipart,
    part,
    quoted,
    single,
    with_body,
    with_part,
    wrapped,
)
from tests.support.signing import own_sign, plain_body, read, sign

HOWS = ("relaxed", "simple")


def signed(mail: bytes, how: str) -> bytes:
    return sign(mail, canonicalization=f"{how}/{how}", names=("from", "to", "subject"))


def prove(octets: bytes) -> BodyProof | None:
    """The proof, which must be arithmetically true whenever there is one."""
    message = read(octets)
    assert message.body_start is not None
    signature = message.signatures[0]
    proof = body_causes(message.raw.octets, message.body_start, signature)
    if proof is not None:
        body = apply(message.raw.octets, proof.edits)[message.body_start :]
        canonical = plain_body(body, signature.body_canonicalization.value)[: signature.length]
        assert hashlib.sha256(canonical).digest() == signature.body_hash
        assert all(message.body_start <= each.start <= each.end <= len(octets) for each in proof.changes)
    return proof


def kinds(proof: BodyProof | None) -> frozenset[str]:
    return frozenset() if proof is None else frozenset(each.kind for each in proof.changes)


def changed_texts(name: str, edit: Callable[[Texts], Texts], how: str) -> bytes | None:
    """The signed mail with the body of the edited one; None where this form does not show the change."""
    original, edited = FORMS[name](Texts()), FORMS[name](edit(Texts()))
    return None if original == edited else with_body(signed(original, how), body_of(edited))


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("name", MAILS)
def test_an_unharmed_mail_claims_nothing(name: str, how: str) -> None:
    assert prove(signed(MAILS[name], how)) is None


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("change", IN_TEXTS)
@pytest.mark.parametrize("name", MAILS)
def test_text_added_for_the_reader_is_found(name: str, change: str, how: str) -> None:
    edit, expected = IN_TEXTS[change]
    mail = changed_texts(name, edit, how)
    if mail is None:
        return
    proof = prove(mail)
    assert proof is not None
    assert kinds(proof) <= expected | {each + "-html" for each in expected} | {
        each.removesuffix("-html") for each in expected
    } | {"lines"}
    told = "".join(each.now for each in proof.changes)
    assert "checked for viruses" in told or "CAUTION" in told or "Dinner mailing list" in told


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("name", MAILS)
def test_a_footer_behind_everything_is_told_by_its_exact_place(name: str, how: str) -> None:
    mail = signed(MAILS[name], how)
    proof = prove(mail + FOOTER.encode())
    assert proof is not None
    (change,) = proof.changes
    assert (change.kind, change.start, change.end, change.now) == ("footer", len(mail), len(mail) + len(FOOTER), FOOTER)
    assert dict(change.params)["lines"] == 3


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("name", MAILS)
def test_lines_above_and_below_everything_are_found_together(name: str, how: str) -> None:
    mail = signed(MAILS[name], how)
    proof = prove(with_body(mail, BANNER.encode() + body_of(mail) + FOOTER.encode()))
    assert proof is not None
    assert [each.kind.removesuffix("-html") for each in proof.changes] == ["banner", "footer"]


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("name", ["plain", "eightbit", "quoted", "html", "alternative"])
def test_a_footer_behind_a_body_without_a_last_line_end_is_found(name: str, how: str) -> None:
    mail = signed(MAILS[name], how)
    short = mail.rstrip(b"\r\n")
    proof = prove(short + FOOTER.encode())
    assert proof is not None
    assert proof.changes[0].start == len(short)


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("name", MAILS)
def test_a_wrapper_of_a_list_server_is_taken_off(name: str, how: str) -> None:
    proof = prove(wrapped(signed(MAILS[name], how)))
    assert proof is not None
    assert kinds(proof) == {"mime-wrapper", "footer-part"}
    assert dict(proof.needs)["content-type"] is not None


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("name", ["plain", "eightbit", "html", "alternative"])
def test_a_wrapper_around_a_changed_text_is_found(name: str, how: str) -> None:
    mail = changed_texts(name, IN_TEXTS["banner" if name != "html" else "html banner"][0], how)
    assert mail is not None
    proof = prove(wrapped(mail))
    assert kinds(proof) >= {"mime-wrapper"}
    assert any(kind.startswith("banner") for kind in kinds(proof) - {"banner-part"})


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("name", ["alternative", "encoded", "mixed"])
def test_a_part_added_to_a_multipart_is_found(name: str, how: str) -> None:
    proof = prove(with_part(signed(MAILS[name], how)))
    assert kinds(proof) & {"part-added", "lines"}
    assert proof is not None
    assert "Dinner mailing list" in proof.changes[0].now


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("name", ["html", "alternative"])
def test_the_line_exchange_adds_to_a_head_is_found(name: str, how: str) -> None:
    assert kinds(prove(meta_added(signed(MAILS[name], how)))) & {"meta", "lines"}


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("service", LINKS)
@pytest.mark.parametrize("name", ["plain", "html", "alternative"])
def test_rewritten_links_are_led_back(name: str, service: str, how: str) -> None:
    link = LINKS[service]
    mail = changed_texts(name, lambda texts: Texts(link(texts.plain), texts.japanese, link(texts.html)), how)
    if mail is None:
        return
    proof = prove(mail)
    assert kinds(proof) == {"link-rewritten"}


def test_rewritten_links_in_quoted_printable_are_led_back() -> None:
    link = LINKS["safe links"]
    mail = changed_texts("mixed", lambda texts: Texts(link(texts.plain), texts.japanese, link(texts.html)), "relaxed")
    assert mail is not None
    assert kinds(prove(mail)) == {"link-rewritten"}


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("name", ["plain", "html"])
def test_rewritten_links_under_a_banner_are_led_back(name: str, how: str) -> None:
    add = IN_TEXTS["banner" if name == "plain" else "html banner"][0]
    link = LINKS["safe links"]
    mail = changed_texts(name, lambda texts: add(Texts(link(texts.plain), "", link(texts.html))), how)
    assert mail is not None
    assert "link-rewritten" in kinds(prove(mail))


ENCODERS: dict[str, Callable[[str], bytes]] = {
    "8bit": lambda text: text.encode(),
    "quoted-printable": quoted,
    "base64": lambda text: lines_of_base64(text.encode()),
}


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("now", ENCODERS)
@pytest.mark.parametrize("then", ENCODERS)
def test_a_body_in_another_encoding_is_read_back(then: str, now: str, how: str) -> None:
    if then == now:
        return
    mail = signed(single("text/plain; charset=utf-8", then, ENCODERS[then](JAPANESE)), how)
    changed = mail.replace(f"Encoding: {then}".encode(), f"Encoding: {now}".encode())
    proof = prove(with_body(changed, ENCODERS[now](JAPANESE)))
    assert kinds(proof) == {"re-encoded"}
    assert proof is not None
    assert ("content-transfer-encoding", f"Content-Transfer-Encoding: {then}\r\n".encode()) in proof.needs


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("now", ENCODERS)
@pytest.mark.parametrize("then", ENCODERS)
def test_parts_in_another_encoding_are_read_back(then: str, now: str, how: str) -> None:
    if then == now:
        return

    def build(encoding: str) -> bytes:
        texts = (JAPANESE, Texts().html.replace("Joe", "山田"))
        parts = [
            part(f"text/{kind}; charset=utf-8", encoding, ENCODERS[encoding](text).removesuffix(b"\r\n"))
            for kind, text in zip(("plain", "html"), texts, strict=True)
        ]
        return HEAD + multipart("alternative", "b1", *parts)

    assert kinds(prove(with_body(signed(build(then), how), body_of(build(now))))) == {"re-encoded"}


@pytest.mark.parametrize("how", HOWS)
def test_a_footer_in_a_body_that_was_encoded_anew_is_found(how: str) -> None:
    mail = signed(single("text/plain; charset=utf-8", "8bit", JAPANESE.encode()), how)
    changed = mail.replace(b"Encoding: 8bit", b"Encoding: base64")
    proof = prove(with_body(changed, lines_of_base64((JAPANESE + FOOTER).encode())))
    assert kinds(proof) == {"re-encoded", "footer"}


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("width", [60, 64, 72])
def test_base64_in_lines_of_another_length_is_read_back(width: int, how: str) -> None:
    encoded = base64.b64encode(JAPANESE.encode())
    body = b"".join(encoded[at : at + width] + b"\r\n" for at in range(0, len(encoded), width))
    mail = signed(single("text/plain; charset=utf-8", "base64", body), how)
    assert kinds(prove(with_body(mail, lines_of_base64(JAPANESE.encode())))) == {"rewrapped"}


@pytest.mark.parametrize("how", HOWS)
def test_another_character_set_and_encoding_are_read_back(how: str) -> None:
    mail = signed(single("text/plain; charset=iso-2022-jp", "7bit", JAPANESE.encode("iso-2022-jp")), how)
    changed = mail.replace(b"iso-2022-jp", b"utf-8").replace(b"Encoding: 7bit", b"Encoding: base64")
    proof = prove(with_body(changed, lines_of_base64(JAPANESE.encode())))
    assert kinds(proof) == {"charset"}
    assert proof is not None
    assert ("content-type", b"Content-Type: text/plain; charset=iso-2022-jp\r\n") in proof.needs


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("spelling", [b'charset="utf-8"', b"charset=UTF-8", b'charset="UTF-8"'])
def test_a_character_set_spelled_anew_is_found(spelling: bytes, how: str) -> None:
    mail = signed(MAILS["alternative"], how)
    assert kinds(prove(with_body(mail, body_of(mail).replace(b"charset=utf-8", spelling)))) == {"charset-respelled"}


ODD = (
    b"Hello,\r\n\r\nFrom here to there it is far.\r\n>From is escaped twice then.\r\n.hidden files\r\n..and up\r\n"
    b"\tindented\tby tabs\r\n        deep\r\nno \xc2\xa0 break\r\nlast  words  stand here, and go on for a while\r\n"
)
SPOILED: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "From escaped": ("from-escaped", lambda body: re.sub(rb"(?m)^(>*From )", rb">\1", body)),
    "dots doubled": ("dots-doubled", lambda body: re.sub(rb"(?m)^\.", b"..", body)),
    "dots lost": ("dots-lost", lambda body: re.sub(rb"(?m)^\.(?=\.)", b"", body)),
    "lines doubled": ("lines-doubled", lambda body: body.replace(b"\r\n", b"\r\n\r\n")),
    "byte order mark": ("byte-order-mark", lambda body: b"\xef\xbb\xbf" + body),
    "no-break spaces": ("no-break-spaces", lambda body: body.replace(b"last  words", b"last \xc2\xa0words")),
    "carriage returns": ("carriage-returns", lambda body: body.replace(b"\r\n", b"\r\r\n")),
    "first line lost": ("blank-lines", lambda body: body.removeprefix(b"\r\n")),
}


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("name", SPOILED)
def test_what_mailers_do_to_lines_is_undone(name: str, how: str) -> None:
    kind, spoil = SPOILED[name]
    original = ODD.replace(b"no \xc2\xa0 break\r\n", b"") if name == "no-break spaces" else ODD
    original = original.replace(b".hidden files\r\n", b"") if name == "dots lost" else original
    if name == "no-break spaces":
        original = original.replace(b"last  words  stand", b"last words stand")
        spoil = lambda body: body.replace(b"last words", b"last\xc2\xa0words")  # noqa: E731
    original = b"\r\n" + original if name == "first line lost" else original
    mail = signed(single("text/plain; charset=utf-8", "8bit", original), how)
    assert kinds(prove(with_body(mail, spoil(original)))) == {kind}


BLANKS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "tabs to eight": ("tabs-lost", lambda body: body.expandtabs(8)),
    "tabs to four": ("tabs-lost", lambda body: body.expandtabs(4)),
    "blanks added": ("blanks-added", lambda body: body.replace(b"\r\n", b" \r\n")),
    "sign-off trimmed": ("blanks-trimmed", lambda body: body.replace(b"-- \r\n", b"--\r\n")),
}


@pytest.mark.parametrize("name", BLANKS)
def test_blanks_that_only_simple_hashes_are_undone(name: str) -> None:
    kind, spoil = BLANKS[name]
    body = b"Dear Suzie,\r\n\r\n\tfirst\tpoint\r\n\tsecond\tpoint\r\nend.\r\n-- \r\nJoe\r\n"
    mail = signed(single("text/plain", "7bit", body), "simple")
    assert kinds(prove(with_body(mail, spoil(body)))) == {kind}


def test_blanks_trimmed_from_flowed_text_are_put_back() -> None:
    words = ("soup and bread " * 40).split()
    lines, line = [], ""
    for word in words:
        if len(line) + len(word) + 1 > 72:
            lines.append(line)
            line = ""
        line += word + " "
    body = ("\r\n".join([*lines, line.rstrip()]) + "\r\n\r\nJoe\r\n").encode()
    mail = signed(single("text/plain; format=flowed", "7bit", body), "simple")
    assert kinds(prove(with_body(mail, body.replace(b" \r\n", b"\r\n")))) == {"blanks-trimmed"}


@pytest.mark.parametrize("how", HOWS)
def test_long_lines_that_were_cut_are_joined(how: str) -> None:
    long = " ".join(f"word{number}" for number in range(60))
    body = f"Dear Suzie,\r\n\r\n{long}\r\n\r\nJoe\r\n".encode()
    cut = re.sub(rb"(?m)(?=.{77})(.{1,76}) ", rb"\1\r\n", body)
    mail = signed(single("text/plain", "7bit", body), how)
    assert kinds(prove(with_body(mail, cut))) == {"lines-wrapped"}


GROUPS = (
    '\r\n-- \r\nYou received this message because you are subscribed to the Google Groups "Dinner" group.\r\n'
    "To unsubscribe from this group, send an email to dinner+unsubscribe@googlegroups.com.\r\n"
)
GROUPS_HTML = "\r\n\r\n<p></p>\r\n\r\n-- <br />\r\nYou received this message because you are subscribed.<br />\r\n"


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("name", ["alternative", "encoded", "mixed"])
def test_the_footers_of_google_groups_are_found_in_both_texts(name: str, how: str) -> None:
    mail = changed_texts(
        name, lambda texts: texts.each(lambda text: text + GROUPS, lambda html: html + GROUPS_HTML), how
    )
    assert mail is not None
    assert kinds(prove(mail)) == {"footer", "footer-html"}


@pytest.mark.parametrize("how", HOWS)
def test_a_wrapper_around_a_text_encoded_anew_is_found(how: str) -> None:
    mail = signed(MAILS["quoted"], how).replace(b"Encoding: quoted-printable", b"Encoding: base64")
    proof = prove(wrapped(with_body(mail, lines_of_base64(JAPANESE.encode()))))
    assert kinds(proof) == {"mime-wrapper", "footer-part", "re-encoded"}


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("encode", [quoted, lambda text: lines_of_base64(text.encode())])
def test_a_banner_in_the_only_line_of_an_encoded_html_text_is_found(encode: Callable[[str], bytes], how: str) -> None:
    html = Texts().html.replace("\r\n", "")
    name = "quoted-printable" if encode is quoted else "base64"
    mail = signed(single("text/html; charset=utf-8", name, encode(html)), how)
    proof = prove(with_body(mail, encode(html.replace('"#ffffff">', '"#ffffff"><b>CAUTION</b>'))))
    assert kinds(proof) == {"banner-html"}
    assert proof is not None
    assert proof.changes[0].now == "<b>CAUTION</b>"


def test_text_that_was_encoded_with_bare_line_feeds_keeps_them() -> None:
    def encode(text: str) -> bytes:
        return lines_of_base64(text.replace("\r\n", "\n").encode())

    mail = signed(single("text/plain; charset=utf-8", "base64", encode(JAPANESE)), "simple")
    assert kinds(prove(with_body(mail, encode(JAPANESE + FOOTER)))) == {"footer"}


def test_a_lost_preamble_is_put_back() -> None:
    preamble = b"This is a multi-part message in MIME format.\r\n"
    body = body_of(MAILS["alternative"])
    mail = signed(with_body(MAILS["alternative"], preamble + body), "relaxed")
    assert kinds(prove(with_body(mail, body))) == {"preamble-lost"}


def test_lines_in_the_middle_are_told_as_lines() -> None:
    mail = signed(MAILS["plain"], "relaxed")
    proof = prove(mail.replace(b"or ask Tim.\r\n", b"or ask Tim.\r\nBuy now!\r\n"))
    assert proof is not None
    assert [(each.kind, each.now) for each in proof.changes] == [("lines", "Buy now!\r\n")]


def test_a_banner_before_the_signed_length_is_found() -> None:
    mail = own_sign(MAILS["plain"], body_length=60)
    proof = prove(with_body(mail, BANNER.encode() + body_of(mail) + FOOTER.encode()))
    assert kinds(proof) == {"banner"}
    assert proof is not None
    assert not proof.whole_body


def test_a_signed_length_of_a_few_octets_proves_nothing() -> None:
    mail = own_sign(MAILS["plain"], body_length=4)
    assert prove(with_body(mail, BANNER.encode() + body_of(mail))) is None


@pytest.mark.parametrize("how", HOWS)
def test_a_body_where_nothing_was_signed_is_all_added(how: str) -> None:
    mail = signed(HEAD + b"\r\n", how)
    proof = prove(mail + FOOTER.encode())
    assert kinds(proof) == {"all-added"}


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("name", ["plain", "eightbit", "quoted", "base64"])
def test_a_changed_word_is_not_explained(name: str, how: str) -> None:
    mail = signed(MAILS[name], how)
    place = len(mail) - len(body_of(mail)) // 2
    spoiled = mail[:place] + (b"Q" if mail[place : place + 1] != b"Q" else b"R") + mail[place + 1 :]
    assert prove(spoiled) is None


def test_the_same_mail_gives_the_same_proof_with_the_same_count() -> None:
    mail = signed(MAILS["mixed"], "relaxed") + FOOTER.encode()
    assert prove(mail) == prove(mail)


def test_a_cancelled_search_ends_with_nothing() -> None:
    message = read(wrapped(signed(MAILS["mixed"], "simple")))
    assert message.body_start is not None
    proof = body_causes(message.raw.octets, message.body_start, message.signatures[0], cancelled=lambda: True)
    assert proof is None


@pytest.mark.parametrize("seed", range(4))
def test_random_tampering_claims_nothing_untrue(seed: int) -> None:
    """`prove` checks each proof by plain arithmetic; a lost or altered octet can have none."""
    chance = random.Random(seed)
    mail = signed(single("text/plain", "7bit", PLAIN[:120].encode()), chance.choice(HOWS))
    head, body = mail[: -len(body_of(mail))], body_of(mail)
    for _ in range(3):
        place = chance.randrange(4, len(body) - 4)
        spoiled = body[:place] + bytes([body[place] ^ 1 | 64]) + body[place + 1 :]
        proof = prove(head + spoiled)
        assert proof is None or apply(head + spoiled, proof.edits)[len(head) :].rstrip() == body.rstrip()
