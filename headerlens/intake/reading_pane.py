"""A mail as its program showed it, copied without the source: recognised by its labels, and the program by theirs."""

from __future__ import annotations

import re

from headerlens.intake.blocks import TECHNICAL

_HEAD_OCTETS = 64 * 1024
_MAX_LABELS = 200
_FRONT_CHARACTERS = 1_500

_LANGUAGES: tuple[dict[str, str], ...] = (
    {"from": "from", "sent": "sent", "date": "date", "to": "to", "cc": "to", "subject": "subject"},
    {
        "差出人": "from", "送信者": "from", "送信元": "from", "送信日時": "sent", "送信日": "sent", "日時": "date",
        "日付": "date", "宛先": "to", "件名": "subject", "題名": "subject",
    },
    {"von": "from", "gesendet": "sent", "datum": "date", "an": "to", "betreff": "subject"},
    {"de": "from", "envoyé": "sent", "date": "date", "à": "to", "objet": "subject"},
    {"de": "from", "enviado": "sent", "enviado el": "sent", "fecha": "date", "para": "to", "asunto": "subject"},
    {"de": "from", "enviada em": "sent", "enviado em": "sent", "data": "date", "para": "to", "assunto": "subject"},
    {"da": "from", "inviato": "sent", "data": "date", "a": "to", "oggetto": "subject"},
    {"van": "from", "verzonden": "sent", "datum": "date", "aan": "to", "onderwerp": "subject"},
    {"发件人": "from", "发送时间": "sent", "日期": "date", "收件人": "to", "主题": "subject"},
    {"寄件者": "from", "寄件日期": "sent", "日期": "date", "收件者": "to", "主旨": "subject"},
    {
        "보낸 사람": "from", "보낸사람": "from", "보낸 날짜": "sent", "날짜": "date", "받는 사람": "to",
        "제목": "subject",
    },
)  # fmt: skip
"""What the programs write before the lines they show, by language, and which line it is."""

_KNOWN = frozenset().union(*_LANGUAGES)
_LABEL = re.compile(
    r"^(?:[^\S\n]|[>*|]){0,20}+(?P<label>"
    + "|".join(sorted(map(re.escape, _KNOWN), key=len, reverse=True))
    + r")(?:[^\S\n]|\*){0,5}[:：]",
    re.MULTILINE | re.IGNORECASE,
)
_SOURCE_FIELD = re.compile(
    rb"^(?:" + b"|".join(name.encode() for name in sorted(TECHNICAL)) + rb")[ \t]*:", re.MULTILINE | re.IGNORECASE
)
_TRACES = (
    ("gmail", re.compile(r"^[ \t*]{0,8}(?:mailed-by|signed-by|署名元)[ \t*]{0,5}[:：]", re.MULTILINE | re.IGNORECASE)),
    ("gmail", re.compile(r"mail\.google\.com", re.IGNORECASE)),
    ("yahoo-japan", re.compile(r"mail\.yahoo\.co\.jp|Yahoo!メール", re.IGNORECASE)),
    ("yahoo", re.compile(r"mail\.yahoo\.com", re.IGNORECASE)),
    ("outlook-new", re.compile(r"outlook\.(?:live|office|office365)\.com|outlook\.cloud\.microsoft", re.IGNORECASE)),
    ("gmail", re.compile(r"^-{10} ?Forwarded message ?-{6,10}\s*$", re.MULTILINE)),
    ("thunderbird", re.compile(r"^-{8} ?(?:Forwarded Message|Weitergeleitete Nachricht) ?-{8}\s*$", re.MULTILINE)),
    ("apple-mail", re.compile(r"^Begin forwarded message:\s*$", re.MULTILINE)),
)  # fmt: skip
"""Words that only one program leaves, the surest first."""


def shows_a_reading_pane(octets: bytes) -> bool:
    """Whether this is a copy of a displayed mail: the labels of sender and subject or date, no field of the source.

    In other languages than English and Japanese, whose labels are short words, all three are asked for.
    """
    head = octets[:_HEAD_OCTETS]
    return bool(_roles(head.decode("utf-8", "replace"))) and not _SOURCE_FIELD.search(head)


def client_of_pane(octets: bytes) -> str:
    """The mail program whose reading pane this is, as an id of resources/help; "" where it does not tell.

    Outlook alone shows when a mail was sent under a name of its own; Apple Mail has the subject before the date,
    Thunderbird before all.
    """
    text = octets[:_HEAD_OCTETS].decode("utf-8", "replace")
    for client, trace in _TRACES:
        if trace.search(text, 0, _FRONT_CHARACTERS):  # farther on it is the mail's own text
            return client
    roles = _roles(text)
    if "sent" in roles:
        return "outlook-classic"
    order = [role for role in roles if role in {"from", "date", "subject"}]
    if order == ["from", "subject", "date"]:
        return "apple-mail"
    return "thunderbird" if len(order) == 3 and order[0] == "subject" else ""


def _roles(text: str) -> list[str]:
    """The lines shown, in their order, by the language that explains most of them; empty when these are no labels."""
    labels: dict[str, None] = {}
    for count, found in enumerate(_LABEL.finditer(text)):
        if count >= _MAX_LABELS:
            break
        labels.setdefault(found["label"].lower())
    readings = [
        list(dict.fromkeys(table[label] for label in labels if label in table))
        for number, table in enumerate(_LANGUAGES)
        if _is_shown({table[label] for label in labels if label in table}, is_short=number > 1)
    ]
    return max(readings, key=len, default=[])


def _is_shown(roles: set[str], *, is_short: bool) -> bool:
    """Whether these lines together are those of a displayed mail."""
    if "from" not in roles:
        return False
    if is_short:
        return "subject" in roles and bool(roles & {"sent", "date"})
    return bool(roles & {"sent", "date", "subject"})
