"""Which alphabets a domain name is written in, and which names are easily taken for another (UTS 39)."""

from __future__ import annotations

import unicodedata

from headerlens.parse.names import labels, to_ascii, to_unicode

_TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
)
"""Scripts that are ordinarily written together (UTS 39 5.2, Highly Restrictive)."""

_NEUTRAL = frozenset({"DIGIT", "HYPHEN-MINUS", "LOW", "KATAKANA-HIRAGANA", "MIDDLE", "IDEOGRAPHIC"})

_LATIN_LOOKS = dict(zip("аеорсухіјѕԁԛԝһӏкмтвнгοανρικτυχγ", "aeopcyxijsdqwhlkmtbhroavpiktuxy", strict=True))
"""Cyrillic and Greek letters that pass for Latin ones in common fonts."""

_CONFUSED = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("i", "l"), ("5", "s"))


def scripts(label: str) -> frozenset[str]:
    """The scripts of the letters in a label of Unicode characters, by the first word of each letter's name."""
    words = {unicodedata.name(character, "UNKNOWN").split(" ")[0] for character in label}
    return frozenset(words - _NEUTRAL)


def is_deceptive(label: str) -> bool:
    """Whether a U-label mixes scripts that do not belong together, or imitates Latin letters with others."""
    if label.isascii():
        return False
    used = scripts(label)
    if len(used) > 1 and not any(used <= together for together in _TOGETHER):
        return True
    return all(character in _LATIN_LOOKS for character in label if character.isalpha())


def for_the_eye(domain: str) -> str:
    """The domain in Unicode, where that cannot deceive: a label of mixed or imitating scripts stays an A-label."""
    written, shown = labels(domain), labels(to_unicode(domain))
    if len(written) != len(shown):  # no name at all, such as ".."
        return domain
    pairs = zip(written, shown, strict=True)
    return ".".join(ascii_label if is_deceptive(label) else label for ascii_label, label in pairs)


def has_deceptive_label(domain: str) -> bool:
    """Whether any label of a domain (A-labels) is deceptive."""
    return any(map(is_deceptive, labels(to_unicode(domain))))


def skeleton(domain: str) -> str:
    """What a hasty reader sees: two domains with one skeleton are easily confused (in the manner of UTS 39 4)."""
    seen = "".join(_LATIN_LOOKS.get(character, character) for character in to_unicode(domain).lower())
    plain = "".join(c for c in unicodedata.normalize("NFKD", seen) if not unicodedata.combining(c))
    for pair, single in _CONFUSED:
        plain = plain.replace(pair, single)
    return plain.replace("-", "")


def looks_like(one: str, other: str) -> bool:
    """Whether two different domains are easily confused."""
    left, right = to_ascii(one), to_ascii(other)
    return left is not None and right is not None and left != right and skeleton(left) == skeleton(right)
