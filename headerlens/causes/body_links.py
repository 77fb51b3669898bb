"""Links that a gateway leads over its own server, where the target stands in the new address.

Formats: Microsoft Safe Links (url=), Proofpoint URL Defense 1 to 3 (u=, __target__), Barracuda (a=), Google (q=),
FireEye, Trend Micro and Symantec (u= or url=), Sophos (u= in base64), Cisco (the path). Where the address holds only a
number, as at Mimecast, nothing can be undone.
"""

from __future__ import annotations

import binascii
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from urllib.parse import unquote_to_bytes

from headerlens.causes.body_draft import Draft, Region, Undo, change, readable
from headerlens.causes.body_edits import Edit, narrowed
from headerlens.model.causes import Change
from headerlens.model.limits import CAUSE_SHOWN_CHANGES

_MOST = 2_000
_OPEN = 4
_WAYS = 3
_URL = re.compile(rb"https?://[^\s\"'<>\\]{1,8000}", re.IGNORECASE)
_ATTRIBUTES = re.compile(
    rb"\s(?:originalsrc|shash|data-saferedirecturl|data-auth|data-linkindex)=(?:\"[^\"<>]{0,8000}\"|'[^'<>]{0,8000}')",
    re.IGNORECASE,
)
_HOST = re.compile(rb"[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,10}")
_REFERENCE = re.compile(rb"&#|&[A-Za-z][A-Za-z0-9]{1,40};")
_TAG_OCTETS = 8_000
_ONE_SLASH = re.compile(rb"^(https?:/)([^/])", re.IGNORECASE)
_RUNS = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


@dataclass(frozen=True, slots=True)
class Link:
    """An address as it stands in a text, and where it led."""

    start: int
    end: int
    target: bytes
    service: str


@dataclass(frozen=True, slots=True)
class Spelling:
    """What nobody can tell from the new address.

    `escaped`: "&" is "&amp;" in HTML; `slash`: a bare host has a slash behind it, but for the links that begin at the
    places `bared`.
    """

    escaped: bool = True
    slash: bool = True
    bared: frozenset[int] = frozenset()

    def of(self, link: Link, *, is_html: bool) -> bytes:
        """The target as it may have been written."""
        keeps = self.slash and link.start not in self.bared
        target = link.target if keeps or not _is_bare(link.target) else link.target[:-1]
        return target.replace(b"&", b"&amp;") if self.escaped and is_html else target


def unlinked(draft: Draft) -> Iterator[Undo]:
    """Links led back: in all texts at once, then in each alone."""
    found = [(region, _links(region)) for region in draft.regions]
    found = [(region, links) for region, links in found if links or (region.is_html and _attributes(region))]
    if len(found) > 1:
        yield from _variants(found)
    for one in found:
        yield from _variants([one])


def _variants(found: Sequence[tuple[Region, list[Link]]]) -> Iterator[Undo]:
    """Spellings nobody can tell from the new address: "&" or "&amp;", a slash behind the host, attributes kept."""
    has_attributes = any(region.is_html and _attributes(region) for region, _ in found)
    seen: set[tuple[Edit, ...]] = set()
    for escaped, slash, stripped, way in product((True, False), (True, False), (True, False), range(_WAYS)):
        if not stripped and not has_attributes:
            continue
        if way and not any(region.encoding == "quoted-printable" for region, _ in found):
            continue
        spelling = Spelling(escaped=escaped, slash=slash)
        undo = _undo(found, way, spelling, stripped=stripped)
        if undo is not None and undo.edits not in seen:
            seen.add(undo.edits)
            yield undo
    yield from _mixed(found)


def _mixed(found: Sequence[tuple[Region, list[Link]]]) -> Iterator[Undo]:
    """Where few links lead to a bare host: each with and without its slash."""
    bare = [link for _, links in found for link in links if _is_bare(link.target)]
    if not 1 < len(bare) <= _OPEN:
        return
    for choice in product((True, False), repeat=len(bare)):
        bared = frozenset(link.start for link, keeps in zip(bare, choice, strict=True) if not keeps)
        undo = _undo(found, 0, Spelling(bared=bared), stripped=True)
        if undo is not None:
            yield undo


def _undo(found: Sequence[tuple[Region, list[Link]]], way: int, spelling: Spelling, *, stripped: bool) -> Undo | None:
    """All these links led back in one spelling."""
    made: list[Edit] = []
    changes: list[Change] = []
    for region, links in found:
        swaps = [Edit(link.start, link.end, spelling.of(link, is_html=region.is_html)) for link in links]
        if stripped and region.is_html:
            swaps += _apart(_attributes(region), swaps)
        swaps.sort(key=lambda swap: swap.start)
        edits = region.edits(swaps, way) if swaps else ()
        if not edits:
            return None
        made += edits
        changes += _told(region, links, swaps, edits)
    return Undo(tuple(made), tuple(changes), is_base=way == 0)


def _told(region: Region, links: list[Link], swaps: Sequence[Edit], edits: Sequence[Edit]) -> list[Change]:
    """One change for each link, or one for all where they are many or encoded together."""
    params: dict[str, str | int] = {"service": links[0].service if links else "", "count": len(links) or len(swaps)}
    exact = not region.encoding and len(swaps) <= CAUSE_SHOWN_CHANGES
    if exact:
        return [
            change(
                "link-rewritten",
                edit.start,
                edit.end,
                signed=readable(edit.signed),
                now=readable(region.body[edit.start : edit.end]),
                measures=params,
            )
            for edit in edits
        ]
    first = narrowed(region.body, edits[0])
    last = narrowed(region.body, edits[-1])
    return [
        change(
            "link-rewritten",
            first.start,
            last.end,
            signed=readable(swaps[0].signed),
            now=readable(region.text[swaps[0].start : swaps[0].end]),
            measures=params,
        )
    ]


def _links(region: Region) -> list[Link]:
    """The rewritten links of a text, at most `_MOST`; attributes that go with them are taken out elsewhere."""
    found: list[Link] = []
    covered = _attributes(region) if region.is_html else []
    for match in _URL.finditer(region.text):
        if len(found) >= _MOST:
            return []
        made = _read(_address(match[0], is_html=region.is_html))
        if made and _apart([Edit(match.start(), match.start() + 1)], covered):
            target, service, used = made
            end = match.start() + (used or len(match[0]))
            found.append(Link(match.start(), end, target, service))
    return found


def _apart(spans: Sequence[Edit], others: Sequence[Edit]) -> list[Edit]:
    """The spans that overlap none of the others; these are in order and overlap none of each other."""
    starts = [other.start for other in others]
    found = []
    for span in spans:
        at = bisect_right(starts, span.end - 1) - 1
        if at < 0 or others[at].end <= span.start:
            found.append(span)
    return found


def _attributes(region: Region) -> list[Edit]:
    """Attributes that links are given; a reader sees the same words where they stand in a text."""
    found = (match for match in _ATTRIBUTES.finditer(region.text) if _is_in_tag(region.text, match.start()))
    return [Edit(match.start(), match.end()) for match in islice(found, _MOST)]


def _is_in_tag(text: bytes, place: int) -> bool:
    """Whether a link's tag is open here."""
    low = max(0, place - _TAG_OCTETS)
    opened = text.rfind(b"<", low, place)
    is_open = opened >= 0 and text.rfind(b">", low, place) < opened
    return is_open and text[opened + 1 : opened + 2].lower() == b"a" and text[opened + 2 : opened + 3].isspace()


def _read(url: bytes) -> tuple[bytes, str, int] | None:
    """Target, service, and how much of the address counts (0 for all); None where it is not a rewritten one.

    What programs read in two ways is none: "#" or "@" before the service's name leads elsewhere, and of a parameter
    that stands twice nobody knows which counts.
    """
    host, _, rest = url.partition(b"://")[2].partition(b"/")
    host = host.partition(b"?")[0].lower()
    query = _query(url)
    if not _HOST.fullmatch(host) or query is None:
        return None
    target, service, used = b"", "", 0
    if host.endswith(b".safelinks.protection.outlook.com"):
        target, service = unquote_to_bytes(query.get(b"url", b"")), "Microsoft Safe Links"
    elif host in (b"urldefense.proofpoint.com", b"urldefense.com", b"urldefense.us"):
        target, used = _proofpoint(url, rest, query)
        service = "Proofpoint URL Defense"
    elif host == b"linkprotect.cudasvc.com":
        target, service = unquote_to_bytes(query.get(b"a", b"")), "Barracuda Link Protection"
    elif host == b"www.google.com" and rest.startswith(b"url?"):
        target, service = unquote_to_bytes(_only(query, b"q", b"url")), "Google"
    elif host.endswith(b".protection.sophos.com"):
        target, service = _base64(query.get(b"u", b"")), "Sophos"
    elif host == b"secure-web.cisco.com":
        target, service = unquote_to_bytes(rest.partition(b"/")[2]), "Cisco"
    elif host.endswith((b".fireeye.com", b".trellix.com", b".trendmicro.com", b"clicktime.symantec.com")):
        target, service = unquote_to_bytes(_only(query, b"u", b"url")), "link protection"
    return (target, service, used) if re.match(rb"(?:https?|ftp|mailto):", target, re.IGNORECASE) else None


def _address(written: bytes, *, is_html: bool) -> bytes:
    """The address as a program reads it; nothing where HTML hides signs of it."""
    if not is_html:
        return written
    address = written.replace(b"&amp;", b"&")
    return b"" if _REFERENCE.search(address) else address


def _query(url: bytes) -> dict[bytes, bytes] | None:
    """The parameters as they stand, what is behind "#" left out; None where one stands twice, in any spelling."""
    found: dict[bytes, bytes] = {}
    for pair in url.partition(b"#")[0].partition(b"?")[2].split(b"&")[:50]:
        name, _, value = pair.partition(b"=")
        key = unquote_to_bytes(name).lower()
        if key in found:
            return None
        found[key] = value
    return found


def _only(query: dict[bytes, bytes], *names: bytes) -> bytes:
    """The one of these parameters that is there; nothing where several are."""
    values = [query[name] for name in names if name in query]
    return values[0] if len(values) == 1 else b""


def _proofpoint(url: bytes, rest: bytes, query: dict[bytes, bytes]) -> tuple[bytes, int]:
    """Versions 1, 2 and 3: percent signs, "-" for "%" and "_" for "/", and stars filled from a list."""
    if rest.startswith(b"v1/"):
        return unquote_to_bytes(query.get(b"u", b"")), 0
    if rest.startswith(b"v2/"):
        return unquote_to_bytes(query.get(b"u", b"").translate(bytes.maketrans(b"-_", b"%/"))), 0
    start = url.find(b"/v3/__")
    middle = url.find(b"__;", start)
    mark = url.find(b"!", middle)
    if min(start, middle, mark) < 0:
        return b"", 0
    end = url.find(b"$", mark)
    target = _ONE_SLASH.sub(rb"\1/\2", url[start + 6 : middle])
    return _starred(target, _base64(url[middle + 3 : mark])), end + 1 if end >= 0 else 0


def _starred(target: bytes, filling: bytes) -> bytes:
    """Each "*" is the next octet of the filling, "**A" the next two, "**B" three and so on."""
    at = 0

    def fill(match: re.Match[bytes]) -> bytes:
        nonlocal at
        count = 1 if match[0] == b"*" else _RUNS.index(match[0][2:]) + 2
        piece = filling[at : at + count]
        at += count
        return piece

    return re.sub(rb"\*\*[A-Za-z0-9_-]|\*", fill, target)


def _base64(octets: bytes) -> bytes:
    clean = unquote_to_bytes(octets).translate(bytes.maketrans(b"-_", b"+/")).rstrip(b"=")
    try:
        return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))
    except binascii.Error:
        return b""


def _is_bare(target: bytes) -> bool:
    """Whether only a host is named, so that a slash behind it may have been added."""
    return target.endswith(b"/") and target.count(b"/") == 3
