"""The way of the message as its servers wrote it down, oldest first (RFC 5321 4.4; interface.md 7.2).

Only what stands on the reader's side of the trust border was written by servers that can be believed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, tzinfo

from headerlens.findings.catalogue import friendly_receiver
from headerlens.model.case import Case
from headerlens.model.message import Hop
from headerlens.present.evidence_views import PathStop, PathView
from headerlens.present.harmless import harmless
from headerlens.present.words import Words

SLOW_SECONDS = 300
"""More than five minutes at one server is marked."""

_SHORTEST_SCALE = 600
"""Seconds a full bar stands for at least, so that short ways do not look slow."""

_SMALLEST_BAR = 0.04
_MOST_STOPS = 60
_NAME = 120
_DAY, _HOUR, _MINUTE = 86_400, 3_600, 60


@dataclass(frozen=True, slots=True)
class _Delay:
    """Seconds since the last server that told a time; None where one of the two tells none."""

    seconds: float | None = None

    @property
    def known(self) -> float:
        """The delay as far as it is one: clocks that differ give none."""
        return max(0.0, self.seconds or 0.0)


def path_view(case: Case, words: Words, zone: tzinfo | None = None) -> PathView:
    """The pane of a case; times in `zone`, None for that of this computer."""
    hops = list(reversed(case.message.hops))
    border = None if case.sender.border is None else len(hops) - 1 - case.sender.border
    shown, hidden = hops[-_MOST_STOPS:], max(0, len(hops) - _MOST_STOPS)
    delays = list(_delays(shown))
    stops = list(_Stops(case, words, zone, delays).all(shown, None if border is None else border - hidden))
    lead = 1 if hops and not hidden and _has_origin(hops[0]) else 0
    place = None if border is None or border < hidden else border - hidden + lead
    return PathView(
        heading=_heading(words, shown, delays),
        intro=_intro(words, shown, zone),
        stops=tuple(stops),
        border=place,
        border_text=words.phrase("path.border"),
        trust_title=_trust_title(case, words),
        trust_text=words.phrase_or(case.sender.border_reason, "border.other"),
        button=words.phrase("path.change"),
        empty="" if hops else words.phrase("path.empty"),
        more=words.phrase("path.more", {"n": hidden}) if hidden else "",
    )


def duration(words: Words, seconds: float) -> str:
    """Such as "6 min 4 s", in at most two units."""
    whole = round(seconds)
    for size, below, name in ((_DAY, _HOUR, "days"), (_HOUR, _MINUTE, "hours"), (_MINUTE, 1, "minutes")):
        if whole >= size:
            return words.phrase(f"duration.{name}", {"n": whole // size, "m": whole % size // below})
    return words.phrase("duration.seconds", {"n": whole})


def _delays(hops: list[Hop]) -> Iterator[_Delay]:
    before: datetime | None = None
    for hop in hops:
        known = hop.time is not None and before is not None
        yield _Delay((hop.time - before).total_seconds() if known else None)  # type: ignore[operator]  # both are known
        before = hop.time or before


def _heading(words: Words, hops: list[Hop], delays: list[_Delay]) -> str:
    """The whole time and how many steps were slow."""
    times = [hop.time for hop in hops if hop.time is not None]
    slow = sum(delay.known > SLOW_SECONDS for delay in delays)
    if len(times) < 2 or times[-1] < times[0]:
        return words.phrase("path.heading-plain", {"n": len(hops)})
    whole = (times[-1] - times[0]).total_seconds()
    told = duration(words, whole) if whole >= 1 else words.phrase("duration.instant")
    kind = "none" if not slow else "one" if slow == 1 else "many"
    return words.phrase(f"path.heading-{kind}", {"duration": told, "n": slow}, {"duration": "ready"})


def _intro(words: Words, hops: list[Hop], zone: tzinfo | None) -> str:
    first = next((hop.time for hop in hops if hop.time is not None), None)
    if first is None:
        return words.phrase("path.intro")
    return words.phrase("path.intro-dated", {"date": words.day(first, zone)})


def _trust_title(case: Case, words: Words) -> str:
    border, hops = case.sender.border, case.message.hops
    if border is None or not 0 <= border < len(hops):
        return words.phrase("path.trust-none")
    name = hops[border].by or "?"
    friendly = friendly_receiver(name)
    told = harmless(name) if friendly == name else f"{harmless(name)} ({harmless(friendly)})"
    return words.phrase("path.trust", {"name": told}, {"name": "ready"})


def _has_origin(hop: Hop) -> bool:
    return bool(hop.has_client and (hop.helo or hop.rdns or hop.ip))


@dataclass(frozen=True, slots=True)
class _Stops:
    """Makes the stops of the timeline."""

    case: Case
    words: Words
    zone: tzinfo | None
    delays: list[_Delay]

    def all(self, hops: list[Hop], border: int | None) -> Iterator[PathStop]:
        """Where it began, every server, and the mailbox."""
        scale = max([_SHORTEST_SCALE, *(delay.known for delay in self.delays)])
        if hops and _has_origin(hops[0]) and len(hops) == len(self.case.message.hops):
            yield self._origin(hops[0])
        for place, hop in enumerate(hops):
            is_last = place == len(hops) - 1
            yield self._stop(hop, self.delays[place], scale, place, border, is_last=is_last)
        if hops and not _is_mailbox(hops[-1], border, len(hops) - 1):
            yield self._mailbox()

    def _origin(self, hop: Hop) -> PathStop:
        """The client of the oldest server: nobody wrote down when it had the message."""
        name = harmless(hop.helo or hop.rdns or hop.ip or "?", _NAME)
        subtitle = self._joined(hop.ip if hop.ip and hop.ip not in name else "", self.words.phrase("path.began"))
        return PathStop(name, subtitle, "", trusted=False, accessible=self._spoken(name, subtitle, trusted=False))

    def _mailbox(self) -> PathStop:
        """The end of the way, where the newest line does not stand for it."""
        name = self.words.phrase("path.mailbox")
        trusted = self.case.sender.border is not None
        return PathStop(name, "", "", trusted=trusted, accessible=name)

    def _stop(
        self, hop: Hop, delay: _Delay, scale: float, place: int, border: int | None, *, is_last: bool
    ) -> PathStop:
        words = self.words
        trusted = border is not None and place >= border
        mailbox = is_last and _is_mailbox(hop, border, place)
        name = words.phrase("path.mailbox") if mailbox else harmless(hop.by or "?", _NAME)
        subtitle = self._subtitle(hop, mailbox=mailbox)
        late = "" if delay.seconds is None else f"+{duration(words, delay.known)}"
        backwards = delay.seconds is not None and delay.seconds < 0
        is_border = place == border
        pill = self._pill("" if backwards else late) if is_border else ""
        time = self._time(hop, place)
        warning = words.phrase("path.clock") if backwards else ""
        spoken = self._spoken(
            name, subtitle, time, "" if backwards or is_border else late, pill, warning, trusted=trusted
        )
        return PathStop(
            name,
            subtitle,
            time,
            trusted,
            spoken,
            bar=None if delay.seconds is None or backwards or is_border else bar_length(delay.known, scale),
            delay="" if backwards or is_border else late,
            slow=delay.known > SLOW_SECONDS,
            pill=pill,
            warning=warning,
            field_index=hop.field_index,
        )

    def _pill(self, late: str) -> str:
        checked = self.case.spf.domain and self.case.spf.inputs.client_ip
        told = self.words.phrase("path.spf-here" if checked else "path.border-here")
        return f"{told} · {late}" if late else told

    def _subtitle(self, hop: Hop, *, mailbox: bool) -> str:
        """From where, how, and over which TLS."""
        words = self.words
        how = words.phrase("list").join(
            harmless(part, 60)
            for part in (_protocol(hop), hop.tls if hop.tls != "TLS" or _protocol(hop) else "")
            if part
        )
        if mailbox:
            return self._joined(harmless(hop.by or "", _NAME), words.phrase("path.internal"))
        source = hop.ip or hop.rdns or hop.helo
        origin = words.phrase("path.from", {"name": source}) if source and hop.has_client else ""
        return self._joined(origin, how, words.phrase("path.internal") if hop.internal else "")

    def _time(self, hop: Hop, place: int) -> str:
        """The hour; with the day where that is another one than before."""
        if hop.time is None:
            return self.words.phrase("path.no-time")
        at = hop.time.astimezone(self.zone)
        hops = list(reversed(self.case.message.hops))[-_MOST_STOPS:]
        earlier = next((one.time for one in reversed(hops[:place]) if one.time is not None), None)
        if earlier is None or earlier.astimezone(self.zone).date() == at.date():
            return f"{at:%H:%M:%S}"
        day = self.words.day(hop.time, self.zone)
        return self.words.phrase("path.day-time", {"day": day, "time": f"{at:%H:%M:%S}"})

    def _joined(self, *parts: str) -> str:
        return " · ".join(part for part in parts if part)

    def _spoken(self, *parts: str, trusted: bool) -> str:
        state = self.words.phrase("path.trusted" if trusted else "path.claimed")
        return ", ".join(part for part in (*parts, state) if part)


def bar_length(seconds: float, scale: float) -> float:
    """From 0 to 1 on a logarithmic scale; the shortest delay can still be seen."""
    return max(_SMALLEST_BAR, min(1.0, math.log1p(seconds) / math.log1p(scale)))


def _is_mailbox(hop: Hop, border: int | None, place: int) -> bool:
    """Whether the newest line tells of the delivery itself: written behind the border, with no client named."""
    return border is not None and place > border and not hop.has_client


def _protocol(hop: Hop) -> str:
    """The protocol's word, without what some writers add to it."""
    return (hop.protocol or "").partition("(")[0].strip()[:60]
