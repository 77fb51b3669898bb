"""Mailboxes and files byte for byte as the programs that write them do, and small archives that programs wrote."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable
from pathlib import Path

from headerlens.intake.containers import Refused, messages_in
from headerlens.model.locator import Locator

MAIL = b"From: a@example.com\r\nSubject: x\r\nDate: Sat, 21 Nov 2026 08:20:00 +0000\r\n\r\nHello\r\n"
"""What every archive in ARCHIVES holds."""

FROM_LINE = b"From a@example.com Sat Nov 21 08:20:00 2026\n"

ARCHIVES = {
    # zip 3.0 -e -P infected; the same from a pipe (data descriptor and zip64); zip -Z bzip2
    "zipcrypto": (
        "P)h>@3IGWJ004kObzR?AvD#e#002<{000O8003=aX>2ZKZETsLgl2%yuiPSNr3aeaUG>rUN6<trKYp2lcNx3dI!8{jev%u$J1N#Cc@lj?KUf"
        "o-4_Z@AP!Yn9i0LdPXOsN|{3YuoH#tYLW!zTlhlth>QWJ}(JEDjBa+~E)O9u$wSFze%0000{0000`O928N0}22M0001hLUmo=SFze%0000{0"
        "000800000000010001_fdBvi0BvDuY%XPOY*0%D1^@s60096205$*s0FwX!0000"
    ),
    "from a pipe": (
        "P)h>@EdU7s0011hbzR?AvD*Lt|NsC0|Nj916aXy&01yCC0000000018000000002fBn;a<CZ7XEh*#6YEm^e7@SHR9p2P|zS@NENuf)>?oQ9"
        "{f`>2eP`&9-^@T^^KmT~qsF}fYP^1U^MOYakbPGW16UMto?fF|l|R(o{gqVJ}(hn%;>3GBQVP)i30-&e8PT>t<800000Q2+n{00000P)h*<9"
        "s?}^2><{99JzH}-&e8PT>t<8Q2+n{0RR91000000RR91fDr%y001peO9lok000000000U11$gm00000000010000000001000000000l0000"
        "00001}000000000`O9lr30002j00000000010000`O9ci1000010096m0001}0000000"
    ),
    "bzip2": (
        "P)h>@3IG5A004kObzR?AvD#4p002<{000O8003=aX>2ZKZEQwzZ*4jtVL)YgVQp}1WiDfHZ4C-jbz*8|V{|$ocnu0fVRU6WAX8y<EFdy5AWm"
        ";~ATlsAHXtxKIx;XiFfbr1FfcGM4GIkkNM&qnZw(4iO928N0}22D0001hLUmo=SFzer0000{0000800000000000001_fdBvi0BvDuY%XPOY"
        "*0%D1^@s60096205$*s0CxZY0000"
    ),
    # 7-Zip 26.02 -mem=AES128 and AES256, pyzipper 0.4.0; all with the password "infected"
    "aes128": (
        "P)h>@GXMbqV*r3cbzJ}e003nG002<{000O83jl3lX>2ZKZEOLV2LJ*9K}7)o06Q7eriV7}j)$5KA~CSjMo2bT2bjQs9eJ)BJza3?rwF1O(E$"
        "VP&@%`hcdQ96<rvbdTN${f5|))wMWqzk(CQljeruI=j!0?kXBuPIS^xR2#GSq2OoLgCQPfr5By)(GsT5F40Rle*GXMbqV*r3cbzJ}e003nG0"
        "02<{000O8F8}}l00000Ab_NS00000ZDDC_E@f?O3IHGg000000RR{P0Jyvvk$K$#000000000000000000000htE?0suip0RR9{O9ci10000"
        "10097H0001%0000000"
    ),
    "aes256": (
        "P)h>@GXMbqV*r3cbzJ}e003<O002<{000O83jl3lX>2ZKZEOLV2LJ*9K}7=q0Cuh<7Mf3ksbLHc8ogU*k4ydwLhNhDPKR~UZhG?FS>raRs`0"
        "5H;2Me^_Cl#MoNkl9|E?b1{>B<Z_*3&M?wg;O@^LmLpmEGKkB|=kNW*|!=cJnjJ+1%CB2Y=o!arz>(<B>$2&dB&YeP^=0Rle*GXMbqV*r3cb"
        "zJ}e003<O002<{000O8F8}}l00000Ab_NS00000ZDDC_E@f?O3IHGg000000RR{P0Jyvvk$K$#000000000000000000000htE?0suip0{{R"
        "}O9ci1000010097H0001<0000000"
    ),
    "pyzipper": (
        "P)h>@6aWDLV*r3cbzJ}e003<O002<{000O83jl3lX>2ZKZEOLV2LJ*9K}7=y0P5=;v=#6%Sc#fW3qZ*}6}3pnKeTe%@A7}Qz}Zh8z3X}P9DW"
        "VLS#?JDp#|NZmYv1`soda4LP8V=hIh!}d!|HG$fH;?clZ=Wi|eTwZzTopP;z0@BU=L06CN3aK)lQy6tve}Q&%Nc&9hKT0Rj{Q6aWDLV*r3cb"
        "zJ}e003<O002<{000O83jhEB00000005+c00000ZDDC_E@f?O0htE?0suip0|)?6O9ci1000010096&0001<0000000"
    ),
}

LOCKED = {
    # the same, with the password "other"
    "zipcrypto": (
        "P)h>@3IGWJ004kObzR?AvD#e#002<{000O8003=aX>2ZKZEV|m(o<4RH+K__meta;i-BVhDX>J5i=C^zmh2tBQY!qGMGnM3n(u%v8&wx;-Wg"
        "g|v+pLh+@Y!VRCl9IFz09GZfa1X6CiH`qkn{SsilZzAjnwpZ8uKTNr;Y6O9u$wSFze%0000{0000`O928N0}22M0001hLUmo=SFze%0000{0"
        "000800000000010001_fdBvi0BvDuY%XPOY*0%D1^@s60096205$*s0FwX!0000"
    ),
    "aes256": (
        "P)h>@GXMbqV*r3cbzJ}e003<O002<{000O83jl3lX>2ZKZEOLV2LJ*9K}7=q0Gh{hu&2OnFiK-*r#1mF0hh*)7i}sCzWB)^G+AZh{zPHUUa*"
        "=DP2pE2FYXW5l}&rcLjcAWOIu{GWT9>Ok7TlMC&b@>gvsf8Bw_ca6iS`GW2n6bb7eG~%slL|dv_E=>e!4Un$>GDjoDC30Rle*GXMbqV*r3cb"
        "zJ}e003<O002<{000O8F8}}l00000Ab_NS00000ZDDC_E@f?O3IHGg000000RR{P0Jyvvk$K$#000000000000000000000htE?0suip0{{R"
        "}O9ci1000010097H0001<0000000"
    ),
}


def archive(text: str) -> bytes:
    """An archive of ARCHIVES or LOCKED."""
    return base64.b85decode(text)


def mail(number: int, body: bytes = b"Hello\n") -> bytes:
    """A mail with LF, as mail boxes hold it."""
    return b"From: a@example.com\nSubject: mail %d\nDate: Sat, 21 Nov 2026 08:20:00 +0000\n\n" % number + body


def mboxo(mails: Iterable[bytes]) -> bytes:
    """The oldest dialect: "From " in a body gets one ">", whether it had one or not is lost."""
    return b"".join(FROM_LINE + re.sub(rb"(?m)^From ", b">From ", one) + b"\n" for one in mails)


def mboxrd(mails: Iterable[bytes]) -> bytes:
    """As exim and mutt's relatives write: each ">" more can be taken off again."""
    return b"".join(FROM_LINE + re.sub(rb"(?m)^(>*From )", rb">\1", one) + b"\n" for one in mails)


def mboxcl2(mails: Iterable[bytes]) -> bytes:
    """As System V and Dovecot write: the body as it is, its length in the header."""
    written = []
    for one in mails:
        head, _, body = one.partition(b"\n\n")
        written.append(FROM_LINE + head + b"\nContent-Length: %d\n\n" % len(body) + body + b"\n")
    return b"".join(written)


def thunderbird(mails: Iterable[bytes]) -> bytes:
    """Thunderbird: "From - " without a sender, its own fields in front, CRLF on Windows."""
    own = b"From - Sat Nov 21 08:20:00 2026\nX-Mozilla-Status: 0001\nX-Mozilla-Status2: 00000000\nX-Mozilla-Keys: \n"
    return b"".join(own.replace(b": \n", b":" + b" " * 81 + b"\n") + one + b"\n" for one in mails)


def emlx(message: bytes, *, pad: int = 10) -> bytes:
    """Apple Mail: the count padded with blanks, the message, a property list."""
    plist = (
        b'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" '
        b'"http://www.apple.com/DTDs/PropertyList-1.0.dtd">\n<plist version="1.0">\n<dict>\n\t<key>flags</key>\n'
        b"\t<integer>8590195713</integer>\n</dict>\n</plist>\n"
    )
    return str(len(message)).ljust(pad).encode() + b"\n" + message + plist


DIALECTS: dict[str, Callable[[Iterable[bytes]], bytes]] = {
    "mboxo": mboxo, "mboxrd": mboxrd, "mboxcl2": mboxcl2, "thunderbird": thunderbird,
}  # fmt: skip


def found(path: Path) -> list[Locator]:
    """What is listed, refusals left out."""
    return [one for one in messages_in(path) if isinstance(one, Locator)]


def refused(path: Path) -> list[tuple[str, str]]:
    """The names and refusals of what is refused in a listing."""
    return [(one.locator.name, one.refusal.id) for one in messages_in(path) if isinstance(one, Refused)]
