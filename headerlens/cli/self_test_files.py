"""The parts of the self-test that stand on files and codecs: words, licences, guides, archives, character sets."""

from __future__ import annotations

import platform
import sys
import zipfile
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from headerlens import __version__
from headerlens.model.proof import Broken, Part
from headerlens.samples import samples

CODECS = ("utf-8", "iso2022_jp", "iso2022_jp_3", "cp932", "shift_jis", "euc_jp")
"""What Japanese mails are written in; freezers drop codecs that nobody imports."""

OTHER_CODECS = ("utf-7", "utf-16", "cp1252", "koi8-r", "gb18030", "big5", "euc_kr", "punycode", "latin-1")
_WORD = "請求書"


def _version() -> str:
    from headerlens.present.origin import origin

    found = origin()
    if found is not None and found.version != __version__:
        raise Broken(f"stamped {found.version}, but this is {__version__}")
    stamp = "a checkout" if found is None else f"{found.package} {found.commit} of {found.day}"
    return f"HeaderLens {__version__}, Python {platform.python_version()}, {sys.platform}, {stamp}"


def _catalogue() -> str:
    """Both languages have the same findings and situations, with words in them."""
    from headerlens.findings.catalogue import entries, situations
    from headerlens.present.words import LANGUAGES, Words

    found = entries()
    if not found or not situations():
        raise Broken("it is empty")
    for language in LANGUAGES:
        if not Words(language).phrase("report.font-missing").strip():
            raise Broken(f"no words in {language}")
    return f"{len(found)} findings, {len(situations())} situations, {' '.join(LANGUAGES)}"


def _providers() -> str:
    from headerlens.providers.knowledge import services

    found = services()
    if not all(one.names.get("ja") for one in found.values()) or not found:
        raise Broken("services without a name")
    return f"{len(found)} services"


def _licences() -> str:
    """Every text that the list names is there."""
    from headerlens.present.licences import components, notice, text_of

    listed = components()
    texts = {name for one in listed for name in one.texts}
    short = [name for name in sorted(texts) if len(text_of(name)) < 100]
    if short or not listed or not all(notice(language) for language in ("en", "ja")):
        raise Broken(f"empty: {' '.join(short) or 'the list'}")
    return f"{len(listed)} components, {len(texts)} texts"


def _guides() -> str:
    from headerlens.present.guides import names, page

    for name in names():
        if b"</html>" not in page(name):
            raise Broken(f"{name} is cut off")
    return f"{len(names())} pages"


def _msg() -> str:
    """Outlook's form: what only looks like it is refused by the reader, not by a missing library."""
    import olefile

    from headerlens.intake.msg import read_msg
    from headerlens.model.message import Refusal

    found = read_msg(olefile.MAGIC + bytes(4096), "empty.msg")
    if not isinstance(found, Refusal):
        raise Broken("an empty file was read as a mail")
    return f"olefile {olefile.__version__}"


def _archive() -> str:
    """A packed mail is found and is still the same."""
    from headerlens.intake.containers import messages_in
    from headerlens.intake.files import read
    from headerlens.model.locator import Locator
    from headerlens.model.message import RawMessage

    octets = samples()[0].message().octets
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{_WORD}.eml", octets)
    with TemporaryDirectory() as folder:
        path = Path(folder, f"{_WORD}.zip")
        path.write_bytes(packed.getvalue())
        found = [read(one) for one in messages_in(path) if isinstance(one, Locator)]
    if len(found) != 1 or not isinstance(found[0], RawMessage) or found[0].octets != octets:
        raise Broken(f"{len(found)} mails found")
    return "1 mail, unpacked as it was"


def _encodings() -> str:
    for codec in CODECS:
        if _WORD.encode(codec).decode(codec) != _WORD:
            raise Broken(f"{codec} changes the text")
    for codec in OTHER_CODECS:
        "Mail".encode(codec).decode(codec)
    return f"{len(CODECS) + len(OTHER_CODECS)} character sets"


PARTS = (
    Part("version", _version),
    Part("catalogue", _catalogue),
    Part("providers", _providers),
    Part("licences", _licences),
    Part("guides", _guides),
    Part("msg", _msg),
    Part("archive", _archive),
    Part("encodings", _encodings),
)
