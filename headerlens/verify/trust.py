"""Which recorded results may be believed (RFC 8601 5, 7.1, 7.3; standards.md 4.2). Whatever is unclear is not believed.

Every field of the Authentication-Results family and every Received-SPF gets one verdict. The border Received divides
the header: above it the receiver wrote, below it anybody. The cases, tried in this order:

1. X-Original-Authentication-Results and its like: an earlier result kept by a forwarder. Untrusted.
2. A version other than 1 (RFC 8601 2.6): not understood. Untrusted.
3. No border: nothing can be placed. Untrusted.
4. Above the border:
   - another field of that id stands higher and a Received between them: an earlier pass. Untrusted.
   - the person trusts the id: trusted. Fields of one pass stand together, so all of them are (one for each method).
   - the id is of the organisation or the provider of the receiver's servers; or the id is of a known provider and the
     servers' names say nothing (Yahoo); or there is no id, in Microsoft's dialect on a server of Microsoft: proposed.
   - else: a foreign id. Untrusted.
5. Directly below the border Received:
   - Google writes there. The first field of its id in its block is treated as in 4, unless one stands above.
   - of no other provider we know: they all write above.
   - of any other receiver the first field is believed only if the person trusts its id, the id is of the border
     server's organisation, and no field of that id stands above (OpenDKIM behind Postfix). Without that choice it is
     untrusted with a reason of its own, because a sender can put the same words in the same place.
6. Further down: untrusted; if a field of the same id was seen higher, it is a second one, forged or of an earlier pass.

A forged field at the top of the sender's own header therefore lands in 6, or in 5 as the second of its id; if the
receiver wrote none at all it lands in 5, where only a choice of the person would let it pass, for a server of which
RFC 8601 5 says that it removes such fields.

Received-SPF names no id. Above the border, or in Google's block, it is as good as the best Authentication-Results of
the receiver: trusted beside a trusted one, else proposed.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from headerlens.model.case import Choices
from headerlens.model.message import Message
from headerlens.model.records import ReceivedSpf, RecordedField
from headerlens.model.verdicts import SenderInputs, Trust, TrustedField
from headerlens.verify.receiver import (
    MICROSOFT,
    adjacent,
    block_below,
    organization_of_host,
    provider_of,
    receiver_host,
    same_receiver,
)

TRUST_REASONS = (
    "trust.chosen",
    "trust.own-server",
    "trust.known-provider",
    "trust.beside-results",
    "trust.original-field",
    "trust.version",
    "trust.no-border",
    "trust.second-of-id",
    "trust.foreign-id",
    "trust.no-id",
    "trust.below-received",
    "trust.below-border",
)
"""Phrase ids of `TrustedField.why`; the first four believe, the others do not."""

_BELOW_NAMES = frozenset({"authentication-results", "received-spf", "dkim-filter"})
"""What mail filters put directly below the Received of their own server."""


def judge_trust(message: Message, choices: Choices, sender: SenderInputs) -> tuple[TrustedField, ...]:
    """One verdict for each recorded field and each Received-SPF, in the order of the header. Never raises."""
    judge = _Judge(message, frozenset(one.lower() for one in choices.trusted), sender.border)
    verdicts = [judge.recorded(field) for field in sorted(message.recorded, key=lambda one: one.field_index)]
    verdicts += [judge.received_spf(field, verdicts) for field in message.received_spf]
    return tuple(sorted(verdicts, key=lambda one: one.field_index))


def border_end(message: Message, sender: SenderInputs, trust: tuple[TrustedField, ...]) -> int | None:
    """Index of the last header field the receiver wrote: below it the trust border is drawn; None without a border."""
    if sender.border is None:
        return None
    believed = (one.field_index for one in trust if one.trust is not Trust.UNTRUSTED)
    return max((message.hops[sender.border].field_index, *believed))


@dataclass(slots=True)
class _Judge:
    """The rules of the module docstring for one message; fields are shown to it from the top down."""

    message: Message
    trusted: frozenset[str]
    border: int | None
    _seen: dict[str, int] = field(default_factory=dict)
    _host: str = ""
    _place: int = 0
    _block: tuple[int, ...] = ()
    _below: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if self.border is None:
            return
        self._place = self.message.hops[self.border].field_index
        self._host = receiver_host(self.message, self.border)
        self._block = block_below(self.message, self.border)
        self._below = tuple(one.index for one in adjacent(self.message, self.border, _BELOW_NAMES))

    def recorded(self, found: RecordedField) -> TrustedField:
        """The verdict on one Authentication-Results field."""
        trust, why = self._judged(found)
        name = (found.authserv_id or "").lower()
        if found.field_name.lower() == "authentication-results":
            self._seen.setdefault(name, found.field_index)
        return TrustedField(found.field_index, trust, why, name or self._writer(found))

    def received_spf(self, found: ReceivedSpf, recorded: list[TrustedField]) -> TrustedField:
        """The verdict on one Received-SPF field; only the topmost can be this receiver's.

        It names its writer at most in receiver=; one that is believed gets the name of the results beside it.
        """
        place, claimed = found.field_index, (found.get("receiver") or "").lower()
        trust, why = self._judged_received_spf(place, recorded)
        if trust is Trust.UNTRUSTED:
            return TrustedField(place, trust, why, claimed)
        return TrustedField(place, trust, why, claimed or _name_beside(place, recorded) or self._host.lower())

    def _judged_received_spf(self, place: int, recorded: list[TrustedField]) -> tuple[Trust, str]:
        if self.border is None:
            return Trust.UNTRUSTED, "trust.no-border"
        if place > self._place and place not in self._block:
            return Trust.UNTRUSTED, "trust.below-border"
        first = min(one.field_index for one in self.message.received_spf)
        if place != first and self._crosses_hop(first, place):
            return Trust.UNTRUSTED, "trust.second-of-id"
        if any(one.trust is Trust.TRUSTED for one in recorded):
            return Trust.TRUSTED, "trust.beside-results"
        return Trust.PROPOSED, "trust.own-server"

    def _judged(self, found: RecordedField) -> tuple[Trust, str]:
        if found.field_name.lower() != "authentication-results":
            return Trust.UNTRUSTED, "trust.original-field"
        if found.version not in {None, "1"}:
            return Trust.UNTRUSTED, "trust.version"
        if self.border is None:
            return Trust.UNTRUSTED, "trust.no-border"
        if found.field_index < self._place:
            return self._above(found)
        return self._underneath(found)

    def _above(self, found: RecordedField) -> tuple[Trust, str]:
        """Case 4."""
        earlier = self._seen.get((found.authserv_id or "").lower())
        if earlier is not None and self._crosses_hop(earlier, found.field_index):
            return Trust.UNTRUSTED, "trust.second-of-id"
        return self._named(found)

    def _underneath(self, found: RecordedField) -> tuple[Trust, str]:
        """Cases 5 and 6."""
        name = (found.authserv_id or "").lower()
        if name in self._seen:
            return Trust.UNTRUSTED, "trust.second-of-id"
        if found.field_index in self._block:
            return self._named(found)
        # a provider we know writes above its Received, or in the block
        elsewhere = found.field_index not in self._below or provider_of(self._host) is not None
        if elsewhere or not same_receiver(name, self._host):
            return Trust.UNTRUSTED, "trust.below-border"
        if name in self.trusted and not self._writes_above():
            return Trust.TRUSTED, "trust.chosen"
        return Trust.UNTRUSTED, "trust.below-received"

    def _named(self, found: RecordedField) -> tuple[Trust, str]:
        """Whether the name of the writer fits, for a field that stands where only the receiver writes."""
        name = (found.authserv_id or "").lower()
        if not name:
            return self._nameless(found)
        if name in self.trusted:
            return Trust.TRUSTED, "trust.chosen"
        if same_receiver(name, self._host):
            known = provider_of(name) is not None
            return Trust.PROPOSED, "trust.known-provider" if known else "trust.own-server"
        if not self._host and provider_of(name) is not None:
            return Trust.PROPOSED, "trust.known-provider"
        return Trust.UNTRUSTED, "trust.foreign-id"

    def _nameless(self, found: RecordedField) -> tuple[Trust, str]:
        """Microsoft leaves the id out (standards.md 4.5); trusting a domain of its servers trusts it."""
        if found.dialect != "microsoft" or provider_of(self._host) is not MICROSOFT:
            return Trust.UNTRUSTED, "trust.no-id"
        host = self._host.lower()
        if any(host == one or host.endswith("." + one) for one in self.trusted if organization_of_host(one)):
            return Trust.TRUSTED, "trust.chosen"
        return Trust.PROPOSED, "trust.known-provider"

    def _writer(self, found: RecordedField) -> str:
        """Who must have written a field without an id."""
        return self._host.lower() if self.border is not None and found.field_index < self._place else ""

    def _writes_above(self) -> bool:
        """Whether this receiver put a result above its Received; then one below is not its own."""
        return any(index < self._place and same_receiver(name, self._host) for name, index in self._seen.items())

    def _crosses_hop(self, upper: int, lower: int) -> bool:
        """Whether a Received stands between two fields: then they were written in different passes."""
        return any(upper < hop.field_index < lower for hop in self.message.hops)


def _name_beside(place: int, recorded: list[TrustedField]) -> str:
    """The writer of the believed results nearest to a field, "" without any: a border the person chose tells less."""
    believed = [one for one in recorded if one.trust is not Trust.UNTRUSTED]
    return min(believed, key=lambda one: abs(one.field_index - place)).name if believed else ""
