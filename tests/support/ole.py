"""Writes compound files as Outlook does: FAT, directory of balanced trees, mini stream (MS-CFB), and .msg inside them.

The layout follows the specifications MS-CFB (version 3, sectors of 512 octets) and MS-OXMSG; no sample was copied.
"""

from __future__ import annotations

import struct
import uuid
from dataclasses import dataclass, field

SECTOR, MINI, CUTOFF, ENTRY = 512, 64, 4096, 128
FREE, END, FAT_SECTOR, NOTHING = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
MSG_CLASS = uuid.UUID("00020d0b-0000-0000-c000-000000000046")
OFT_CLASS = uuid.UUID("0006f046-0000-0000-c000-000000000046")

Storage = dict[str, "bytes | Storage"]


@dataclass
class _Entry:
    name: str
    kind: int  # 1 storage, 2 stream, 5 root
    octets: bytes = b""
    children: list[_Entry] = field(default_factory=list)
    number: int = 0
    left: int = NOTHING
    right: int = NOTHING
    child: int = NOTHING
    start: int = 0
    size: int = 0

    def packed(self, clsid: bytes) -> bytes:
        name = self.name.encode("utf-16-le") + b"\0\0"
        head = struct.pack("<64sHBBLLL", name, len(name), self.kind, 1, self.left, self.right, self.child)
        return head + struct.pack("<16sLQQLQ", clsid, 0, 0, 0, self.start, self.size)


def write_ole(storage: Storage, clsid: uuid.UUID = MSG_CLASS) -> bytes:
    """A compound file with these streams (octets) and storages (dicts)."""
    root = _Entry("Root Entry", 5, children=_entries(storage))
    entries = _numbered(root)
    sectors: list[bytes] = []
    chains: list[list[int]] = []

    def placed(octets: bytes) -> int:
        count = -(-len(octets) // SECTOR)
        chain = list(range(len(sectors), len(sectors) + count))
        sectors.extend(octets[at : at + SECTOR].ljust(SECTOR, b"\0") for at in range(0, len(octets), SECTOR))
        chains.append(chain)
        return chain[0] if chain else END

    small, minifat = _small_streams(entries)
    for entry in entries:
        entry.size = len(entry.octets) if entry.kind == 2 else 0
        if entry.kind == 2 and entry.size >= CUTOFF:
            entry.start = placed(entry.octets)
    root.start, root.size = placed(small), len(small)
    table = b"".join(struct.pack("<L", one) for one in minifat)
    first_mini = placed(table + b"\xff" * (-len(table) % SECTOR))
    listed = b"".join(one.packed(clsid.bytes_le if one is root else bytes(16)) for one in entries)
    blank = struct.pack("<64xHBBLLL48x", 0, 0, 0, NOTHING, NOTHING, NOTHING)
    first_directory = placed(listed + blank * (-len(entries) % (SECTOR // ENTRY)))
    fats = _fat_count(len(sectors))
    fat = _table(chains, len(sectors)) + [FAT_SECTOR] * fats
    fat += [FREE] * (fats * SECTOR // 4 - len(fat))
    header = struct.pack(
        "<8s16xHHHHH6xLLLLLLLLL", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6, 0, fats, first_directory,
        0, CUTOFF, first_mini, len(table) // SECTOR + bool(len(table) % SECTOR), END, 0,
    )  # fmt: skip
    places = [len(sectors) + number for number in range(fats)] + [FREE] * (109 - fats)
    return header + struct.pack("<109L", *places) + b"".join(sectors) + struct.pack(f"<{len(fat)}L", *fat)


def _entries(storage: Storage) -> list[_Entry]:
    return [
        _Entry(name, 2, content) if isinstance(content, bytes) else _Entry(name, 1, children=_entries(content))
        for name, content in storage.items()
    ]


def _numbered(root: _Entry) -> list[_Entry]:
    """All entries with their numbers; the children of each as a balanced tree in the order of MS-CFB 2.6.4."""
    entries = [root]
    for entry in entries:
        for one in entry.children:
            one.number = len(entries)
            entries.append(one)
        ordered = sorted(entry.children, key=lambda one: (len(one.name), one.name.upper()))
        entry.child = _tree(ordered)
    return entries


def _tree(ordered: list[_Entry]) -> int:
    if not ordered:
        return NOTHING
    middle = len(ordered) // 2
    top = ordered[middle]
    top.left, top.right = _tree(ordered[:middle]), _tree(ordered[middle + 1 :])
    return top.number


def _small_streams(entries: list[_Entry]) -> tuple[bytes, list[int]]:
    """The mini stream and its table."""
    stream, table = b"", list[int]()
    for entry in entries:
        if entry.kind == 2 and 0 < len(entry.octets) < CUTOFF:
            entry.start = len(table)
            count = -(-len(entry.octets) // MINI)
            table += [*range(entry.start + 1, entry.start + count), END]
            stream += entry.octets.ljust(count * MINI, b"\0")
        elif entry.kind == 2 and not entry.octets:
            entry.start = END
    return stream, table


def _fat_count(sectors: int) -> int:
    count = 1
    while count * SECTOR // 4 < sectors + count:
        count += 1
    return count


def _table(chains: list[list[int]], count: int) -> list[int]:
    table = [FREE] * count
    for chain in chains:
        for here, following in zip(chain, [*chain[1:], END], strict=False):
            table[here] = following
    return table


def text(number: str, value: str, *, wide: bool = True) -> Storage:
    """A property that is text, as Outlook names its stream."""
    kind, octets = ("001F", value.encode("utf-16-le")) if wide else ("001E", value.encode("utf-8", "surrogateescape"))
    return {f"__substg1.0_{number}{kind}": octets}


def message(
    headers: str | None,
    *,
    wide: bool = True,
    message_class: str = "IPM.Note",
    subject: str = "ご請求書",
    attachments: tuple[Storage, ...] = (),
) -> Storage:
    """The storage of a message: its properties, a recipient, its attachments."""
    storage: Storage = {
        "__nameid_version1.0": {
            "__substg1.0_00020102": b"",
            "__substg1.0_00030102": b"",
            "__substg1.0_00040102": b"",
        },
        "__properties_version1.0": struct.pack("<8xLLLL8x", 1, len(attachments), 1, len(attachments)) + bytes(96),
        **text("001A", message_class, wide=wide),
        **text("0037", subject, wide=wide),
        **text("1000", "Dear customer,\r\n" * 400, wide=wide),
        "__recip_version1.0_#00000000": {"__properties_version1.0": bytes(40), **text("3001", "Ann", wide=wide)},
    }
    if headers is not None:
        storage |= text("007D", headers, wide=wide)
    for number, attachment in enumerate(attachments):
        storage[f"__attach_version1.0_#{number:08X}"] = {"__properties_version1.0": bytes(40), **attachment}
    return storage


def attached_file(name: str, octets: bytes) -> Storage:
    """An attachment that is a file."""
    return {"__substg1.0_37010102": octets, **text("3707", name), **text("3704", name[:8])}


def attached_message(inner: Storage) -> Storage:
    """An attachment that is a message of Outlook."""
    return {"__substg1.0_3701000D": inner}
