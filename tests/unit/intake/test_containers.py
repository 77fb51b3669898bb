"""Folders, Maildirs, mailboxes and archives: every message is found, in order, and nothing hostile stops it."""

from __future__ import annotations

import gzip
import io
import os
import pickle
import random
import sys
import tarfile
import time
import zipfile
from pathlib import Path
from typing import BinaryIO

import pytest

from headerlens.intake import containers, folders, opening
from headerlens.intake.containers import Refused, messages_in, messages_in_octets
from headerlens.intake.files import read, read_file, read_in
from headerlens.intake.zip_directory import Directory, read_directory
from headerlens.model.locator import Locator
from headerlens.model.message import RawMessage, Refusal, SourceKind
from tests.support.containers import ARCHIVES, LOCKED, MAIL, archive, emlx, found, mail, mboxo, mboxrd, refused

PDF = b"%PDF-1.7\n" + bytes(300)


def write(folder: Path, files: dict[str, bytes]) -> Path:
    for name, octets in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(octets)
    return folder


def zipped(members: dict[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as packed:
        for name, octets in members.items():
            packed.writestr(zipfile.ZipInfo(name), octets, method)
    return stream.getvalue()


def subjects(path: Path) -> list[str]:
    texts = []
    for one in found(path):
        raw = read(one)
        assert isinstance(raw, RawMessage), raw
        texts.append(raw.octets.split(b"Subject: ", 1)[1].split(b"\r\n", 1)[0].decode())
    return texts


# ---- files


@pytest.mark.parametrize("octets", [MAIL, b"", PDF, b"just text\n", bytes(99), b"> " + MAIL.replace(b"\n", b"\n> ")])
def test_a_plain_file_is_one_message_whatever_it_holds(tmp_path: Path, octets: bytes) -> None:
    path = tmp_path / "given"
    path.write_bytes(octets)
    assert list(messages_in(path)) == [Locator(path)]
    assert read(Locator(path)) == read_file(path)


@pytest.mark.parametrize("path", [Path("/nowhere/at.all"), Path("a\0b"), Path("/dev/null"), Path("x" * 5000)])
def test_what_cannot_be_opened_is_told_by_reading_it(path: Path) -> None:
    (one,) = messages_in(path)
    raw = read(one) if isinstance(one, Locator) else one.refusal
    assert isinstance(raw, Refusal)
    assert raw.unreadable


def test_locators_travel_between_processes(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"box": mboxo([mail(1), mail(2)])}))
    listed = found(path)
    assert pickle.loads(pickle.dumps(listed)) == listed
    assert len(pickle.dumps(listed[0])) < 800


# ---- folders


def test_a_folder_is_walked_in_natural_order(tmp_path: Path) -> None:
    names = ["mail 10.eml", "mail 2.eml", "B.txt", "a.TXT", "inner/z.eml", "inner/deep/y", "c"]
    write(tmp_path, {name: mail(number) for number, name in enumerate(names)})
    assert [one.path.relative_to(tmp_path).as_posix() for one in found(tmp_path)] == [
        "a.TXT", "B.txt", "c", "mail 2.eml", "mail 10.eml", "inner/z.eml", "inner/deep/y",
    ]  # fmt: skip
    assert found(tmp_path) == found(tmp_path)


def test_content_decides_what_is_a_mail_and_a_name_only_what_is_told(tmp_path: Path) -> None:
    files = {
        "mail": MAIL, "note.txt": b"Dear all\n", "photo.jpg": b"\xff\xd8\xff\xe0", "report.docx": zipped(
            {"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "broken.eml": b"nothing", "scan.pdf": PDF,
        ".hidden": MAIL, "1.emlx": emlx(mail(1)), "empty": b"", "utf16.txt": MAIL.decode().encode("utf-16"),
        "lf.txt": mail(3), "reader.txt": b"\n\n" + MAIL,
    }  # fmt: skip
    passed: list[Locator] = []
    listed = list(messages_in(write(tmp_path, files), passed_over=passed.append))
    assert all(isinstance(one, Locator) for one in listed)
    assert {one.name for one in listed if isinstance(one, Locator)} == {
        "mail", "broken.eml", "1.emlx", "utf16.txt", "lf.txt", "reader.txt",
    }  # fmt: skip
    assert {one.name for one in passed} == {"note.txt", "photo.jpg", "report.docx", "scan.pdf", "empty"}
    broken = read(Locator(tmp_path / "broken.eml"))
    assert isinstance(broken, Refusal)


@pytest.mark.parametrize("suffix", ["", ":2,S", ":2,RS", ";2,S", ",S=1234,W=1250:2,"])
@pytest.mark.skipif(sys.platform == "win32", reason="no colon in names there")
def test_a_maildir_gives_new_and_read_mails_and_none_half_delivered(tmp_path: Path, suffix: str) -> None:
    unique = ["1700000000.M1P2.host", "1700000001.M5P2Q9.host", "1700000001_1.42.host"]  # dovecot, dovecot, qmail
    write(tmp_path, {f"cur/{unique[0]}{suffix}": mail(1), f"new/{unique[1]}": mail(2), f"tmp/{unique[2]}": mail(3),
                     ".Sent/cur/" + unique[2] + suffix: mail(4), ".Sent/new/x": mail(5), ".Sent/tmp/y": mail(6),
                     "dovecot-uidlist": b"3 V1 N2\n", ".git/config": MAIL})  # fmt: skip
    assert subjects(tmp_path) == ["mail 4", "mail 5", "mail 1", "mail 2"]


def test_a_mailbox_of_apple_mail_is_a_folder(tmp_path: Path) -> None:
    write(tmp_path, {"INBOX.mbox/Messages/2.emlx": emlx(mail(2)), "INBOX.mbox/Messages/10.partial.emlx": emlx(mail(3)),
                     "INBOX.mbox/Info.plist": b"<?xml version='1.0'?><plist/>",
                     "Old.mbox/mbox": mboxo([mail(4), mail(5)]), "Old.mbox/table_of_contents": bytes(99)})  # fmt: skip
    assert subjects(tmp_path / "INBOX.mbox") == ["mail 2", "mail 3"]
    assert subjects(tmp_path / "Old.mbox") == ["mail 4", "mail 5"]
    assert [read_kind(one) for one in found(tmp_path)] == [SourceKind.EMLX] * 2 + [SourceKind.MBOX] * 2


def read_kind(locator: Locator) -> SourceKind:
    raw = read(locator)
    assert isinstance(raw, RawMessage)
    return raw.kind


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_lead_nowhere_outside_and_in_no_circle(tmp_path: Path) -> None:
    write(tmp_path / "outside", {"secret.eml": MAIL})
    inside = write(tmp_path / "inside", {"a.eml": MAIL, "b/c.eml": MAIL})
    (inside / "out.eml").symlink_to(tmp_path / "outside" / "secret.eml")
    (inside / "out").symlink_to(tmp_path / "outside", target_is_directory=True)
    (inside / "b" / "up").symlink_to(inside, target_is_directory=True)
    (inside / "again.eml").symlink_to(inside / "a.eml")
    (inside / "lost.eml").symlink_to(inside / "nothing")
    (inside / "ring.eml").symlink_to(inside / "ring.eml")
    assert [one.path.name for one in found(inside)] == ["a.eml", "again.eml", "c.eml"]


@pytest.mark.skipif(sys.platform == "win32", reason="no such files there")
def test_pipes_and_devices_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.eml")
    write(tmp_path, {"a.eml": MAIL})
    assert [one.name for one in found(tmp_path)] == ["a.eml"]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == [(tmp_path.name, "refusal.folder-empty")]
    write(tmp_path, {"note.txt": b"nothing"})
    assert refused(tmp_path) == [(tmp_path.name, "refusal.folder-empty")]


def test_a_folder_beyond_the_limits_is_told_and_its_first_part_listed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, {f"{number}.eml": MAIL for number in range(20)} | {"a/b/c/d/e.eml": MAIL})
    monkeypatch.setattr(folders, "MAX_FOLDER_DEPTH", 3)
    assert len(found(tmp_path)) == 20
    assert refused(tmp_path) == [(tmp_path.name, "refusal.folder-too-large")]
    monkeypatch.setattr(folders, "MAX_FOLDER_ENTRIES", 5)
    assert len(found(tmp_path)) <= 5
    assert refused(tmp_path) == [(tmp_path.name, "refusal.folder-too-large")]
    monkeypatch.setattr(containers, "MAX_LISTED", 2)
    assert refused(tmp_path)[-1] == (tmp_path.name, "refusal.too-many")


def test_two_thousand_mails_are_listed_quickly(tmp_path: Path) -> None:
    write(tmp_path, {f"{number // 100}/{number}.eml": mail(number) for number in range(2000)})
    begun = time.perf_counter()
    assert subjects(tmp_path) == [f"mail {number}" for number in range(2000)]
    assert time.perf_counter() - begun < 10


# ---- archives


@pytest.mark.parametrize("name", ARCHIVES)
def test_a_zip_with_one_mail_is_that_mail(tmp_path: Path, name: str) -> None:
    path = tmp_path / "sample.zip"
    path.write_bytes(archive(ARCHIVES[name]))
    raw = read_file(path)
    assert isinstance(raw, RawMessage)
    assert (raw.octets, raw.inside, raw.kind) == (MAIL, ("sample.zip",), SourceKind.EML)
    (one,) = found(path)
    assert read(one) == raw


@pytest.mark.parametrize("name", LOCKED)
def test_another_password_is_told_once(tmp_path: Path, name: str) -> None:
    path = tmp_path / "sample.zip"
    path.write_bytes(archive(LOCKED[name]))
    assert refused(path) == [("sample.zip", "refusal.zip-password")]
    assert found(path) == []
    raw = read_file(path)
    assert isinstance(raw, Refusal)
    assert raw.id == "refusal.zip-password"


def test_every_kind_is_found_inside_archives(tmp_path: Path) -> None:
    inner = zipped({"5.eml": mail(5), "6.eml": mail(6)})
    path = tmp_path / "all.zip"
    path.write_bytes(zipped({
        "a.eml": mail(0), "folder/": b"", "folder/b": mail(1), "Inbox": mboxrd([mail(2), mail(3)]),
        "4.emlx": emlx(mail(4)),
        "inner.zip": inner, "7.eml.gz": gzip.compress(mail(7)),
        "boxes.mbox.gz": gzip.compress(mboxo([mail(8), mail(9)])),
        "photo.jpg": b"\xff\xd8\xff\xe0", "__MACOSX/._a.eml": MAIL, ".DS_Store": MAIL, "notes.txt": b"text",
    }))  # fmt: skip
    assert subjects(path) == [f"mail {number}" for number in range(10)]
    assert refused(path) == []
    raw = read(found(path)[-1])
    assert isinstance(raw, RawMessage)
    assert raw.inside == ("all.zip", "boxes.mbox.gz", "boxes.mbox")
    assert raw.name == "boxes.mbox #2"


def test_gzip_files_hold_a_mail_or_a_mailbox(tmp_path: Path) -> None:
    write(tmp_path, {"a.eml.gz": gzip.compress(mail(1)), "b.mbox.gz": gzip.compress(mboxo([mail(2), mail(3)]))})
    assert subjects(tmp_path / "a.eml.gz") == ["mail 1"]
    assert subjects(tmp_path / "b.mbox.gz") == ["mail 2", "mail 3"]
    raw = read_file(tmp_path / "a.eml.gz")
    assert isinstance(raw, RawMessage)
    assert (raw.name, raw.inside) == ("a.eml", ("a.eml.gz",))
    write(tmp_path, {"c.gz": gzip.compress(mail(1))[:-4], "d.gz": gzip.compress(b"just text")})
    assert refused(tmp_path / "c.gz") == [("c.gz", "refusal.zip-damaged")]
    raw = read_file(tmp_path / "c.gz")
    assert isinstance(raw, Refusal)
    assert raw.id == "refusal.zip-damaged"
    raw = read_file(tmp_path / "d.gz")
    assert isinstance(raw, Refusal)
    assert raw.id == "refusal.not-mail"


def test_a_tar_inside_a_gzip_file_is_no_mail_although_one_stands_in_it(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as packed:
        member = tarfile.TarInfo("a.eml")
        member.size = len(MAIL)
        packed.addfile(member, io.BytesIO(MAIL))
    path = tmp_path / "a.tar.gz"
    path.write_bytes(stream.getvalue())
    raw = read_file(path)
    assert isinstance(raw, Refusal)
    assert raw.id == "refusal.archive"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_duplicate_names_and_names_that_climb_are_only_names(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for number, name in enumerate(["x.eml", "x.eml", "../../x.eml", "/etc/x.eml", "C:\\x.eml", "a\x1b[31m.eml"]):
            packed.writestr(zipfile.ZipInfo(name), mail(number))
    path = tmp_path / "climbing.zip"
    path.write_bytes(stream.getvalue())
    before = sorted(tmp_path.rglob("*"))
    assert subjects(path) == [f"mail {number}" for number in range(6)]
    assert [one.name for one in found(path)][:5] == ["x.eml"] * 5
    assert sorted(tmp_path.rglob("*")) == before


def test_a_damaged_member_is_refused_alone(tmp_path: Path) -> None:
    chance = random.Random(7)
    mails = {f"{number}.eml": mail(number, chance.randbytes(400)) for number in range(3)}
    octets = bytearray(zipped(mails))
    start = octets.find(b"1.eml")
    octets[start + 40 : start + 60] = bytes(20)
    path = tmp_path / "a.zip"
    path.write_bytes(octets)
    results = [read(one) if isinstance(one, Locator) else one.refusal for one in messages_in(path)]
    assert [isinstance(one, RawMessage) for one in results] == [True, False, True]
    assert isinstance(results[1], Refusal)
    assert (results[1].id, results[1].params[0]) == ("refusal.zip-damaged", ("name", "1.eml"))


@pytest.mark.parametrize(
    ("octets", "refusal"),
    [
        (zipped({"a.eml": MAIL})[:-30], "zip-damaged"),
        (b"PK\3\4" + bytes(500), "zip-damaged"),
        (zipped({}), "zip-empty"), (zipped({"a.txt": b"x", "b.jpg": b"\xff\xd8\xff\xe0"}), "zip-empty"),
        (zipped({"a.eml": MAIL}, method=zipfile.ZIP_LZMA), "zip-method"),
        (b"\x1f\x8b\x08" + bytes(20), "zip-damaged"),
    ],
)  # fmt: skip
def test_an_archive_without_a_mail_says_why(tmp_path: Path, octets: bytes, refusal: str) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(octets)
    assert [identifier for _, identifier in refused(path)] == [f"refusal.{refusal}"]
    raw = read_file(path)
    assert isinstance(raw, Refusal)
    assert raw.id == f"refusal.{refusal}"


def test_archives_inside_archives_end_at_a_depth(tmp_path: Path) -> None:
    octets = MAIL
    for depth in range(6):
        octets = zipped({"a.eml" if not depth else f"{depth}.zip": octets})
        path = tmp_path / f"{depth + 1}.zip"
        path.write_bytes(octets)
    assert [len(found(tmp_path / f"{depth}.zip")) for depth in range(1, 7)] == [1, 1, 1, 0, 0, 0]
    assert refused(tmp_path / "6.zip")[0][1] == "refusal.zip-too-deep"


def test_a_zip_that_holds_itself_ends(tmp_path: Path) -> None:
    path = tmp_path / "r.zip"
    path.write_bytes(zipped({f"{number}.zip": zipped({f"{inner}.zip": zipped({"a": b""}) for inner in range(9)})
                             for number in range(9)}))  # fmt: skip
    assert len(refused(path)) <= 100


def test_bombs_are_refused_and_the_mails_beside_them_read(tmp_path: Path) -> None:
    bomb = b"From: a@b.c\nSubject: bomb\nDate: x\nReceived: x\n\n" + bytes(40_000_000)
    path = tmp_path / "bomb.zip"
    path.write_bytes(zipped({"bomb.eml": bomb, "box": mboxo([mail(1)]) + bytes(200_000_000), "a.eml": mail(2)}))
    results = [read(one) if isinstance(one, Locator) else one.refusal for one in messages_in(path)]
    assert [one.id if isinstance(one, Refusal) else "read" for one in results] == [
        "refusal.zip-too-large", "refusal.zip-too-large", "read",
    ]  # fmt: skip


def test_all_members_together_have_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(containers, "MAX_UNPACKED_TOTAL_OCTETS", 100_000)
    path = tmp_path / "many.zip"
    path.write_bytes(zipped({f"{number}.eml": mail(number, bytes(70_000)) for number in range(50)}))
    assert len(found(path)) < 4
    assert refused(path) == [("many.zip", "refusal.zip-too-large")]


def test_a_hundred_thousand_members_are_listed_to_the_limit(tmp_path: Path) -> None:
    path = tmp_path / "many.zip"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as packed:
        for number in range(100_000):
            packed.writestr(zipfile.ZipInfo(f"{number}.eml"), b"")
    path.write_bytes(stream.getvalue())
    begun = time.perf_counter()
    listed = list(messages_in(path))
    assert len(listed) == 10_001
    assert isinstance(listed[-1], Refused)
    assert listed[-1].refusal.id == "refusal.zip-too-many"
    assert time.perf_counter() - begun < 20


def test_members_are_read_without_listing_the_archive_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "many.zip"
    path.write_bytes(zipped({f"{number}.eml": mail(number) for number in range(200)}))
    listed = found(path)
    opened: list[BinaryIO] = []

    def watched(stream: BinaryIO) -> Directory | None:
        opened.append(stream)
        return read_directory(stream)

    monkeypatch.setattr(opening, "read_directory", watched)
    assert subjects(path) == [f"mail {number}" for number in range(200)]
    assert opened == []
    os.utime(path, (1, 1))  # the file was written anew
    assert isinstance(read(listed[0]), RawMessage)
    assert len(opened) == 1


def test_an_archive_that_was_replaced_meanwhile_gives_no_wrong_mail(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    path.write_bytes(zipped({"a.eml": mail(1), "b.eml": mail(2)}))
    last = found(path)[1]
    path.write_bytes(zipped({"c.eml": mail(3), "d.eml": mail(4), "e.eml": mail(5)}))
    raw = read(last)
    assert isinstance(raw, Refusal)
    assert raw.unreadable


# ---- octets without a file


def test_octets_of_a_pipe_are_listed_like_a_file() -> None:
    root, listed = messages_in_octets(mboxo([mail(1), mail(2)]), "-")
    names = []
    for one in listed:
        assert isinstance(one, Locator)
        raw = read_in(root, one)
        assert isinstance(raw, RawMessage)
        names.append((raw.name, raw.kind))
    assert names == [("- #1", SourceKind.MBOX), ("- #2", SourceKind.MBOX)]
    root, listed = messages_in_octets(zipped({"a.eml": mail(1)}), "-")
    (one,) = listed
    assert isinstance(one, Locator)
    assert isinstance(read_in(root, one), RawMessage)


@pytest.mark.parametrize("seed", range(5))
def test_nothing_raises_whatever_is_in_a_folder(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    whole = [zipped({"a.eml": MAIL, "b": mboxo([mail(1), mail(2)])}), mboxo([mail(1), mail(2)]), gzip.compress(MAIL),
             emlx(mail(1)), MAIL, *map(archive, ARCHIVES.values())]  # fmt: skip
    for number in range(60):
        octets = bytearray(chance.choice(whole))
        for _ in range(chance.randrange(8)):
            octets[chance.randrange(len(octets))] = chance.randrange(256)
        (tmp_path / f"{number}.eml").write_bytes(octets[: chance.choice([None, chance.randrange(len(octets))])])
    for one in messages_in(tmp_path):
        assert isinstance(one.refusal if isinstance(one, Refused) else read(one), RawMessage | Refusal)
