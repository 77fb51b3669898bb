import random
import struct
import time

import olefile
import pytest

from headerlens.intake import msg
from headerlens.intake.msg import enclosed_in, enclosed_message, is_msg, read_msg
from headerlens.model.message import RawMessage, Refusal, Repair, SourceKind
from tests.support.ole import OFT_CLASS, attached_file, attached_message, message, text, write_ole

HEADERS = (
    "Received: from mail.example.com (192.0.2.25) by\r\n mx.example.net (2603:1096::1) with Microsoft SMTP Server;"
    " Fri, 20 Nov 2026 00:12:00 +0000\r\n"
    "DKIM-Signature: v=1; a=rsa-sha256; d=example.com; s=k2026;\r\n\th=From:Subject; bh=x; b=y\r\n"
    "From: Billing <billing@example.com>\r\nSubject: =?utf-8?B?44GU6KuL5rGC5pu4?=\r\n"
)
MAIL = b"From: a@example.com\r\nSubject: x\r\nDate: Sat, 21 Nov 2026 08:20:00 +0000\r\n\r\nHello\r\n"


def got(octets: bytes, name: str = "a.msg") -> RawMessage:
    found = read_msg(octets, name)
    assert isinstance(found, RawMessage), found
    return found


def refused(octets: bytes, name: str = "a.msg") -> str:
    found = read_msg(octets, name)
    assert isinstance(found, Refusal), found
    told = dict(found.params)
    clients = {"refusal.oft": "outlook-classic", "refusal.office": None}
    assert (told["name"], told.get("client")) == (name, clients.get(found.id, "outlook-new"))
    return found.id


def test_what_the_generator_writes_is_read_by_olefile_without_a_complaint() -> None:
    octets = write_ole(message(HEADERS, attachments=(attached_file("a.eml", MAIL * 200),)))
    with olefile.OleFileIO(octets, raise_defects=olefile.DEFECT_INCORRECT) as ole:
        assert ole.parsing_issues == []
        assert ole.openstream("__attach_version1.0_#00000000/__substg1.0_37010102").read() == MAIL * 200
        assert ole.openstream("__substg1.0_007D001F").read().decode("utf-16-le") == HEADERS


@pytest.mark.parametrize("wide", [True, False])
@pytest.mark.parametrize(
    "written", [HEADERS, HEADERS + "\r\n", HEADERS.replace("\r\n", "\n"), HEADERS + "\0", "\r\n" + HEADERS]
)
def test_the_headers_come_out_as_they_arrived_without_a_body(written: str, *, wide: bool) -> None:
    octets = write_ole(message(written, wide=wide))
    assert is_msg(octets)
    assert got(octets) == RawMessage(
        octets=HEADERS.encode(),
        name="a.msg",
        kind=SourceKind.MSG,
        repairs=(Repair("repair.msg-headers", 1),),
        original=octets,
        body_kept=False,
    )


def test_long_headers_stand_in_whole_sectors_and_are_read_all_the_same() -> None:
    long = HEADERS + "".join(f"X-Part-{number}: {'v' * 60}\r\n" for number in range(400))
    assert got(write_ole(message(long))).octets == long.encode()


def test_the_line_that_old_servers_put_in_front_is_cut() -> None:
    old = "Microsoft Mail Internet Headers Version 2.0\r\n" + HEADERS
    assert got(write_ole(message(old))).octets == HEADERS.encode()


def test_headers_of_the_parts_behind_an_empty_line_are_left_out() -> None:
    more = HEADERS + "\r\n------=_NextPart_000\r\nContent-Type: text/plain\r\n\r\n------=_NextPart_000--\r\n"
    assert got(write_ole(message(more))).octets == HEADERS.encode()


def test_octets_outside_of_ascii_are_kept_where_outlook_kept_octets() -> None:
    raw = HEADERS.replace("Billing", "請求").encode("cp932").decode("utf-8", "surrogateescape")
    assert got(write_ole(message(raw, wide=False))).octets == raw.encode("utf-8", "surrogateescape")
    assert (
        got(write_ole(message(HEADERS.replace("Billing", "請求")))).octets
        == HEADERS.replace("Billing", "請求").encode()
    )


@pytest.mark.parametrize(
    ("octets", "name", "identifier"),
    [
        (write_ole(message(None)), "draft.msg", "refusal.msg-no-headers"),
        (write_ole(message("")), "internal.msg", "refusal.msg-no-headers"),
        (write_ole(message("no header at all")), "odd.msg", "refusal.msg-no-headers"),
        (write_ole(message(None, message_class="REPORT.IPM.Note.NDR")), "ndr.msg", "refusal.msg-no-headers"),
        (write_ole(message(None, message_class="IPM.Appointment")), "a.msg", "refusal.msg-item"),
        (write_ole(message(None, message_class="IPM.Contact")), "a.msg", "refusal.msg-item"),
        (write_ole(message(None, message_class="IPM.Task", wide=False)), "a.msg", "refusal.msg-item"),
        (write_ole(message(None), OFT_CLASS), "letter", "refusal.oft"),
        (write_ole(message(None)), "letter.oft", "refusal.oft"),
        (write_ole(message("", wide=False), OFT_CLASS), "letter.oft", "refusal.oft"),
        (write_ole({"WordDocument": b"x" * 5000, "1Table": b"y"}), "a.doc", "refusal.office"),
        (write_ole({"Workbook": b"x" * 5000}), "a.xls", "refusal.office"),
        (write_ole({"EncryptedPackage": b"x" * 5000, "EncryptionInfo": b"y"}), "a.docx", "refusal.office"),
        (write_ole(message(HEADERS))[:3000], "cut.msg", "refusal.msg-damaged"),
        (write_ole(message(HEADERS))[:6000], "cut.msg", "refusal.msg-damaged"),
        (write_ole(message(HEADERS))[:-1000], "cut", "refusal.msg-damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504), "a.doc", "refusal.office"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a", "refusal.office"),
        (b"", "a", "refusal.office"),
    ],
)  # fmt: skip
def test_what_has_no_headers_is_refused_by_what_it_is(octets: bytes, name: str, identifier: str) -> None:
    assert refused(octets, name) == identifier


# ---- mails inside


def test_attached_messages_and_mails_are_listed_in_their_order() -> None:
    attachments = (
        attached_file("mail.eml", MAIL),
        {**attached_message(message(HEADERS)), **text("3001", "Fwd: 請求書")},
        attached_file("photo.png", b"\x89PNG"),
        attached_message(message(None)),
        attached_file("large.eml", MAIL * 300),
    )
    found = enclosed_in(write_ole(message(HEADERS, attachments=attachments)))
    assert [(one.name, one.is_whole) for one in found] == [
        ("mail.eml", True),
        ("Fwd: 請求書", False),
        ("large.eml", True),
    ]
    assert [one.octets for one in found] == [MAIL, HEADERS.encode(), MAIL * 300]
    assert enclosed_message(found[0], b"") == RawMessage(MAIL, "mail.eml")
    assert enclosed_in(MAIL) == ()


def test_a_message_without_headers_gives_way_to_the_only_mail_it_carries() -> None:
    outer = write_ole(
        message(None, attachments=(attached_message(message(HEADERS)), attached_file("a.png", b"\x89PNG")))
    )
    found = got(outer, "forwarded.msg")
    assert (found.octets, found.kind, found.inside) == (HEADERS.encode(), SourceKind.ATTACHED, ("forwarded.msg",))
    assert not found.body_kept
    whole = got(write_ole(message(None, attachments=(attached_file("a.eml", MAIL.replace(b"\r\n", b"\n")),))))
    assert (whole.octets, whole.name, whole.body_kept) == (MAIL, "a.eml", True)


def test_a_message_with_headers_of_its_own_is_checked_itself() -> None:
    inner = attached_message(message(HEADERS.replace("billing@", "other@")))
    assert got(write_ole(message(HEADERS, attachments=(inner,)))).octets == HEADERS.encode()


def test_of_two_attached_mails_none_is_taken() -> None:
    inner = attached_message(message(HEADERS))
    assert refused(write_ole(message(None, attachments=(inner, inner)))) == "refusal.msg-no-headers"


# ---- hostile

SAMPLES = (
    write_ole(message(HEADERS, attachments=(attached_file("a.eml", MAIL), attached_message(message(HEADERS))))),
    write_ole(message(HEADERS + "X: y\r\n" * 2000, wide=False)),
    write_ole(message(None, attachments=(attached_file("a.eml", MAIL * 300),))),
)


def test_two_thousand_mutations_never_raise_nor_hang() -> None:
    chance = random.Random(2026)
    before = time.process_time()
    for _ in range(2000):
        octets = bytearray(chance.choice(SAMPLES))
        for _ in range(chance.randrange(1, 6)):
            # the header and the tables, where a wrong number leads astray, more often than the content
            place = chance.choice((chance.randrange(76), chance.randrange(512), chance.randrange(len(octets) - 4)))
            wrong = chance.choice((0, 1, 2, 0xFFFFFFFF, 0xFFFFFFFE, 0x7FFFFFFF, 0x80000000, chance.getrandbits(32)))
            octets[place : place + 4] = struct.pack("<L", wrong)
        if chance.random() < 0.2:
            del octets[chance.randrange(len(octets)) :]
        found = read_msg(bytes(octets), "x.msg")
        assert isinstance(found, Refusal) or found.octets
        enclosed_in(bytes(octets))
    assert time.process_time() - before < 60


def _with(octets: bytes, place: int, *numbers: int) -> bytes:
    return octets[:place] + struct.pack(f"<{len(numbers)}L", *numbers) + octets[place + 4 * len(numbers) :]


def _fat_place(octets: bytes) -> int:
    return (int(struct.unpack_from("<L", octets, 76)[0]) + 1) * 512


@pytest.mark.parametrize(
    "octets",
    [
        _with(SAMPLES[0], 44, 0xFFFFFFFF),
        _with(SAMPLES[0], 64, 0xFFFFFFFF),
        _with(SAMPLES[0], 68, 0, 0xFFFFFFFF),
        _with(SAMPLES[0], _fat_place(SAMPLES[0]), *range(100)),
        _with(SAMPLES[0], _fat_place(SAMPLES[0]), *[0] * 100),
        SAMPLES[0] + bytes(8_000_000),
    ],
    ids=["fats", "minifats", "difats", "each sector follows itself", "all lead to the first", "a long tail"],
)
def test_wrong_numbers_in_the_tables_cost_little(octets: bytes) -> None:
    before = time.process_time()
    read_msg(octets, "x.msg")
    assert time.process_time() - before < 1


def test_a_directory_without_end_is_refused_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    wide = write_ole({**message(HEADERS), **{f"s{number}": b"" for number in range(25_000)}})
    before = time.process_time()
    assert got(wide).octets == HEADERS.encode()
    assert time.process_time() - before < 5
    monkeypatch.setattr(msg, "MAX_OLE_ENTRIES", 20_000)
    assert refused(wide) == "refusal.msg-damaged"
