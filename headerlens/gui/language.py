"""Which language the window speaks, switched while it runs.

The translations are the Linguist files `resources/i18n/headerlens_*.ts` themselves, read at start-up by
`TsTranslator`. No .qm file is built, so a checkout, an editable install, a wheel and a frozen program all show the same
words without a build step; reading takes a few milliseconds. Qt's own dialogs get their words from the qtbase_ja.qm
that comes with PySide6. English texts stand in the source; `headerlens_en.ts` holds only its plurals.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator

from headerlens.assets import asset

Key = tuple[str, str, str]


def spoken(choice: str, system: QLocale | None = None) -> str:
    """The language, "en" or "ja", that a choice of "system", "en" or "ja" means."""
    if choice in {"en", "ja"}:
        return choice
    wanted = (system or QLocale.system()).uiLanguages()
    return "ja" if wanted and wanted[0].lower().startswith("ja") else "en"


def read_ts(text: str) -> dict[Key, tuple[str, ...]]:
    """Finished translations by context, source and comment; more than one text where there are plural forms."""
    # a file of ours, not of a message; ElementTree would take longer to load than this to read. Here, because English
    # has nothing to read before the first paint
    from xml.parsers.expat import ParserCreate

    reader = _TsReader()
    parser = ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.CharacterDataHandler = reader.text
    parser.EndElementHandler = reader.end
    parser.Parse(text, True)  # noqa: FBT003  expat knows no keywords
    return reader.found


class _TsReader:
    """Gathers the texts of one <message> after the other."""

    def __init__(self) -> None:
        self.found: dict[Key, tuple[str, ...]] = {}
        self._context = ""
        self._parts: dict[str, str] = {}
        self._plural: list[str] = []
        self._unfinished = False
        self._gathered: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        """An opening tag."""
        self._gathered = []
        if name == "message":
            self._parts, self._plural, self._unfinished = {}, [], True
        elif name == "translation":
            self._unfinished = bool(attributes.get("type"))

    def text(self, text: str) -> None:
        """Text between tags."""
        self._gathered.append(text)

    def end(self, name: str) -> None:
        """A closing tag."""
        text, self._gathered = "".join(self._gathered), []
        if name == "name":
            self._context = text
        elif name == "numerusform":
            self._plural.append(text)
        elif name == "message":
            forms = tuple(self._plural) or (self._parts.get("translation", ""),)
            if not self._unfinished and all(forms):
                self.found[self._context, self._parts.get("source", ""), self._parts.get("comment", "")] = forms
        else:
            self._parts[name] = text


class TsTranslator(QTranslator):
    """Qt's door to the words of one .ts file."""

    def __init__(self, language: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._language, self._one_form = language, language == "ja"

    @cached_property
    def _words(self) -> dict[Key, tuple[str, ...]]:
        return read_ts(asset("i18n", f"headerlens_{self._language}.ts").read_text(encoding="utf-8"))

    def isEmpty(self) -> bool:
        """Never: Qt refuses to install an empty translator, and the English file has plurals only."""
        return False

    def translate(self, context: str, source: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """The translation, or None where there is none."""
        if self._language == "en" and n == -1:
            return None  # the file holds plurals only, and the first paint has none
        forms = self._words.get((context, source, disambiguation or ""))
        if forms is None:
            return None
        return forms[0] if self._one_form or n in {-1, 1} else forms[-1]


class Speaker:
    """Installs the translators of one language at a time; every widget then gets a LanguageChange event."""

    def __init__(self, app: QCoreApplication) -> None:
        self._app = app
        self._installed: tuple[QTranslator, ...] = ()
        self.language = ""

    def speak(self, choice: str) -> str:
        """Switch to `choice` ("system", "en", "ja") and say which language that is."""
        language = spoken(choice)
        if language != self.language:
            self.language = language
            self._replace()
        return language

    def silence(self) -> None:
        """Take all translators out again."""
        for one in self._installed:
            self._app.removeTranslator(one)
        self._installed = ()
        self.language = ""

    def _replace(self) -> None:
        QLocale.setDefault(_locale(self.language))
        old, self._installed = self._installed, self._translators()
        for one in self._installed:
            self._app.installTranslator(one)
        for one in old:
            self._app.removeTranslator(one)

    def _translators(self) -> tuple[QTranslator, ...]:
        ours = TsTranslator(self.language)
        if self.language == "en":
            return (ours,)
        from PySide6.QtCore import QLibraryInfo

        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        of_qt = QTranslator()
        return (of_qt, ours) if of_qt.load("qtbase_ja", folder) else (ours,)


def _locale(language: str) -> QLocale:
    """The system's own locale when it speaks the language (its date habits stay), else the plain one."""
    system = QLocale.system()
    if system.name().startswith(language):
        return system
    wanted = QLocale.Language.Japanese if language == "ja" else QLocale.Language.English
    return QLocale(wanted)
