"""Fields beside sender authentication: DKIM2, BIMI, one-click unsubscribing (RFC 8058), Feedback-ID.

They are recognised and their form is looked at; nothing here is verified, fetched or called, and nothing of it speaks
for the sender (standards.md 5).
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from headerlens.model.limits import MAX_STRUCTURED_OCTETS
from headerlens.model.message import HeaderField, Message
from headerlens.model.verdicts import DkimCheck, Result

DKIM2_FIELDS = frozenset({"dkim2-signature", "message-instance"})
"""draft-ietf-dkim-dkim2-spec: a signature of the next kind, and what it says of each change on the way."""

BIMI_FIELDS = frozenset({"bimi-selector", "bimi-location", "bimi-indicator", "bimi-logo-preference"})
"""BIMI-Selector is the sender's; receivers set the others and delete them from outside."""

ONE_CLICK_STATES = ("covered", "not-passing", "unsigned", "no-post", "no-list", "bad-post", "no-https", "several")
"""Every `OneClick.state`, as documented there."""

FEEDBACK_STATES = ("covered", "foreign", "not-passing", "unsigned", "form", "several")
"""Every `FeedbackId.state`, as documented there."""

_LIST, _POST, _FEEDBACK = "list-unsubscribe", "list-unsubscribe-post", "feedback-id"
_HTTPS = re.compile(r"<[ \t]*https://[^<>\s]{1,2000}[ \t]*>", re.IGNORECASE)
_ONE_CLICK = "list-unsubscribe=one-click"
_SENDER_ID = re.compile(r"[^\s:]{5,15}")
_FEEDBACK_PARTS = 4


@dataclass(frozen=True, slots=True)
class OneClick:
    """How List-Unsubscribe and List-Unsubscribe-Post stand together (RFC 8058 3.1, 4).

    `state`: "covered" by one passing signature; "not-passing": a signature names both but does not pass; "unsigned";
    or a fault of form: "no-post", "no-list", "bad-post", "no-https", "several". `fields` are indexes.
    """

    state: str
    fields: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FeedbackId:
    """The Feedback-ID of the sending service (Gmail's help, standards.md 5.4); `sender_id` is its last part.

    `state`: "covered" by a passing signature of the sender's own domain, "foreign": only by another organisation's,
    "not-passing", "unsigned"; or a fault of form: "form", "several".
    """

    state: str
    sender_id: str
    fields: tuple[int, ...]


def dkim2_fields(message: Message) -> tuple[int, ...]:
    """Indexes of the fields of DKIM2, () without one."""
    return tuple(field.index for field in message.fields if field.key in DKIM2_FIELDS)


def bimi_fields(message: Message) -> tuple[int, ...]:
    """Indexes of the fields of BIMI, () without one."""
    return tuple(field.index for field in message.fields if field.key in BIMI_FIELDS)


def one_click(message: Message, dkim: tuple[DkimCheck, ...]) -> OneClick | None:
    """The state of one-click unsubscribing, None for a message that offers no unsubscribing. Never raises."""
    lists, posts = _fields(message, _LIST), _fields(message, _POST)
    if not lists and not posts:
        return None
    fields = tuple(field.index for field in (*lists, *posts))
    state = _form_of(lists, posts) or _coverage(dkim, fields)
    return OneClick(state, fields)


def feedback_id(message: Message, dkim: tuple[DkimCheck, ...], own: frozenset[int]) -> FeedbackId | None:
    """The state of Feedback-ID, None without one; `own` are the indexes of signatures of the sender's organisation."""
    found = _fields(message, _FEEDBACK)
    if not found:
        return None
    parts = found[0].value[:MAX_STRUCTURED_OCTETS].split(":", _FEEDBACK_PARTS)
    sender_id = parts[-1].strip()
    fields = tuple(field.index for field in found)
    if len(found) > 1:
        return FeedbackId("several", sender_id, fields)
    if len(parts) > _FEEDBACK_PARTS or not _SENDER_ID.fullmatch(sender_id):
        return FeedbackId("form", sender_id, fields)
    return FeedbackId(_feedback_coverage(dkim, fields, own), sender_id, fields)


def _feedback_coverage(dkim: tuple[DkimCheck, ...], fields: tuple[int, ...], own: frozenset[int]) -> str:
    of_sender = _coverage(tuple(check for check in dkim if check.index in own), fields)
    if of_sender != "unsigned":
        return of_sender
    return "foreign" if _coverage(dkim, fields) == "covered" else "unsigned"


def _fields(message: Message, key: str) -> tuple[HeaderField, ...]:
    return tuple(field for field in message.fields if field.key == key)


def _form_of(lists: tuple[HeaderField, ...], posts: tuple[HeaderField, ...]) -> str:
    """What is wrong with the form of the two, "" for nothing."""
    if len(lists) > 1 or len(posts) > 1:
        return "several"
    if not lists:
        return "no-list"
    if not posts:
        return "no-post"
    if "".join(posts[0].value[:MAX_STRUCTURED_OCTETS].split()).lower() != _ONE_CLICK:
        return "bad-post"
    return "" if _HTTPS.search(lists[0].value[:MAX_STRUCTURED_OCTETS]) else "no-https"


def _coverage(dkim: tuple[DkimCheck, ...], fields: tuple[int, ...]) -> str:
    """Whether one signature covers all the fields, and whether it passes."""
    naming = [check for check in dkim if _covers(check, fields)]
    if any(check.result is Result.PASS for check in naming):
        return "covered"
    return "not-passing" if naming else "unsigned"


def _covers(check: DkimCheck, fields: tuple[int, ...]) -> bool:
    return {signed.field_index for signed in check.signed_fields}.issuperset(fields)
