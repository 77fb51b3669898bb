"""Zips and gzip files: what goes in comes out, and nothing hostile costs more than its limit."""

from __future__ import annotations

import gzip
import io
import random
import struct
import time
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from headerlens.intake import unpacking, zip_directory
from headerlens.intake.unpacking import Trouble, _is_bomb, unpack_gzip, unpack_member
from headerlens.intake.zip_directory import Directory, read_directory
from tests.support.containers import ARCHIVES, LOCKED, MAIL, archive

LIMIT = 1 << 20


def zipped(*members: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as packed:
        for name, octets in members:
            packed.writestr(zipfile.ZipInfo(name), octets, method)
    return stream.getvalue()


def directory(octets: bytes) -> Directory:
    found = read_directory(io.BytesIO(octets))
    assert found is not None
    return found


def unpacked(octets: bytes, number: int = 0, limit: int = LIMIT) -> bytes | Trouble:
    return unpack_member(io.BytesIO(octets), directory(octets).members[number], limit)


@pytest.mark.parametrize("name", ARCHIVES)
def test_what_each_packer_wrote_is_unpacked(name: str) -> None:
    assert unpacked(archive(ARCHIVES[name])) == MAIL


@pytest.mark.parametrize("name", LOCKED)
def test_another_password_is_told(name: str) -> None:
    assert unpacked(archive(LOCKED[name])) is Trouble.PASSWORD


@pytest.mark.parametrize("name", ["aes256", "pyzipper"])
def test_a_changed_octet_under_aes_is_damage(name: str) -> None:
    octets = bytearray(archive(ARCHIVES[name]))
    octets[100] ^= 1
    assert unpacked(bytes(octets)) is Trouble.DAMAGED


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_come_in_their_order_with_their_names(method: int) -> None:
    octets = zipped(("b.eml", MAIL), ("手紙.eml", MAIL * 3), ("b.eml", b""), method=method)
    assert [member.name for member in directory(octets).members] == ["b.eml", "手紙.eml", "b.eml"]
    assert [unpacked(octets, number) for number in range(3)] == [MAIL, MAIL * 3, b""]


def test_a_method_that_is_not_known_is_told() -> None:
    assert unpacked(zipped(("a", MAIL * 9), method=zipfile.ZIP_LZMA)) is Trouble.METHOD


def test_names_are_read_as_the_packer_meant_them() -> None:
    plain = zipped(("xxxxxxxx", b""))
    for written, name in (
        ("手紙.eml".encode("cp932").ljust(8, b"x"), "手紙.eml"),
        ("手紙xx".encode(), "手紙xx"),
        (b"M\x81ll.eml", "Müll.eml"),
    ):
        assert len(written) == 8
        assert directory(plain.replace(b"xxxxxxxx", written)).members[0].name == name


def test_a_program_before_the_zip_moves_all_offsets() -> None:
    assert unpacked(b"MZ" + bytes(5000) + zipped(("a", MAIL))) == MAIL


def test_more_members_than_the_limit_are_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_directory, "MAX_ARCHIVE_MEMBERS", 3)
    found = directory(zipped(*((str(number), b"") for number in range(9))))
    assert ([member.name for member in found.members], found.cut) == (["0", "1", "2"], True)


def test_a_hundred_thousand_members_are_counted_no_further_than_the_limit() -> None:
    octets = zipped(*((f"{number}.eml", b"") for number in range(100_000)))
    begun = time.perf_counter()
    found = directory(octets)
    assert (len(found.members), found.cut) == (10_000, True)
    assert time.perf_counter() - begun < 2


def test_a_bomb_stops_at_its_ratio(monkeypatch: pytest.MonkeyPatch) -> None:
    octets = zipped(("bomb", bytes(30_000_000)))
    assert len(octets) < 40_000
    taken: list[int] = []

    def watched(size: int, packed: int) -> bool:
        taken.append(size)
        return _is_bomb(size, packed)

    monkeypatch.setattr(unpacking, "_is_bomb", watched)
    assert unpacked(octets, limit=64 << 20) is Trouble.TOO_LARGE
    assert 8 << 20 < taken[-1] < 9 << 20


def test_sizes_in_headers_are_never_trusted() -> None:
    octets = zipped(("a", bytes(3_000_000)))
    size = struct.pack("<L", 3_000_000)
    assert octets.count(size) == 2
    assert unpacked(octets.replace(size, struct.pack("<L", 10))) is Trouble.TOO_LARGE


def test_a_head_is_all_that_is_unpacked_of_it() -> None:
    octets = zipped(("a", bytes(30_000_000)))
    member = directory(octets).members[0]
    assert unpack_member(io.BytesIO(octets), member, LIMIT, head=1000) == bytes(1000)


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_a_changed_octet_damages_only_its_member(method: int) -> None:
    chance = random.Random(1)
    first, second = chance.randbytes(500), chance.randbytes(500)
    octets = bytearray(zipped(("a", first), ("b", second), method=method))
    octets[octets.find(b"PK\3\4") + 200] ^= 0x55
    assert unpacked(bytes(octets), 0) is Trouble.DAMAGED
    assert unpacked(bytes(octets), 1) == second


@pytest.mark.parametrize("cut", [1, 10, 30, 100])
def test_a_cut_off_zip_has_no_directory(cut: int) -> None:
    assert read_directory(io.BytesIO(zipped(("a", MAIL))[:-cut])) is None


def test_an_empty_zip_is_one() -> None:
    assert directory(zipped()) == Directory(())


def test_gzip_members_follow_each_other() -> None:
    octets = gzip.compress(b"ab") + gzip.compress(b"") + gzip.compress(b"cd") + bytes(512)
    assert unpack_gzip(io.BytesIO(octets), LIMIT) == b"abcd"
    assert unpack_gzip(io.BytesIO(octets + b"trailing"), LIMIT) == b"abcd"


def test_damaged_and_hostile_gzip_files_are_told() -> None:
    octets = gzip.compress(MAIL * 100)
    assert unpack_gzip(io.BytesIO(octets[:-9]), LIMIT) is Trouble.DAMAGED
    assert unpack_gzip(io.BytesIO(octets[:20] + b"x" + octets[21:]), LIMIT) is Trouble.DAMAGED
    assert unpack_gzip(io.BytesIO(gzip.compress(bytes(100_000_000))), 1 << 30) is Trouble.TOO_LARGE
    begun = time.perf_counter()
    assert unpack_gzip(io.BytesIO(gzip.compress(b"") * 200_000), LIMIT) is Trouble.DAMAGED
    assert time.perf_counter() - begun < 3


@settings(max_examples=100, deadline=None)
@given(members=st.lists(st.tuples(st.text("abcé手/.", min_size=1, max_size=9), st.binary(max_size=400)), max_size=6),
       method=st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2]))  # fmt: skip
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_what_goes_in_comes_out(members: list[tuple[str, bytes]], method: int) -> None:
    octets = zipped(*members, method=method)
    assert [(member.name, unpacked(octets, member.number)) for member in directory(octets).members] == members


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_nothing_raises_whatever_is_changed(data: st.DataObject) -> None:
    whole = archive(ARCHIVES[data.draw(st.sampled_from(sorted(ARCHIVES)))])
    octets = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        octets[data.draw(st.integers(0, len(octets) - 1))] = data.draw(st.integers(0, 255))
    found = read_directory(io.BytesIO(octets))
    for member in found.members if found else ():
        result = unpack_member(io.BytesIO(octets), member, LIMIT)
        assert isinstance(result, bytes | Trouble)


def test_a_checksum_that_is_wrong_is_damage() -> None:
    octets = zipped(("a", MAIL), method=zipfile.ZIP_STORED)
    right = struct.pack("<L", zlib.crc32(MAIL))
    assert unpacked(octets.replace(right, b"abcd")) is Trouble.DAMAGED
