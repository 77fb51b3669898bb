"""What HeaderLens.app says of itself: Info.plist, for packaging/headerlens.spec. Its translations are in macos/."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from installers.identity import APP_ID, NAME, PUBLISHER, TITLE

MINIMUM = "15.0"
"""The oldest macOS that every library allows, which `macos.py` reads from them. The wheel of PySide6 6.11.3 names 13.0,
and so does Qt in it; but its Python bindings were linked for 15.0 (6.12.0 names 14.0, and its bindings 26.0)."""

LANGUAGES = ("en", "ja")
CASE = f"{APP_ID.rpartition('.')[0]}.case"
"""The type of .hlcase files; exported, because they are ours."""

CASE_NAME = "HeaderLens case"
MAIL: Mapping[str, str] = {"Saved mail": "com.apple.mail.email", "Mail of Apple Mail": "com.apple.mail.emlx"}
"""Types of .eml and .emlx that macOS itself declares; an ending alone would lose against them."""

BY_ENDING: Mapping[str, tuple[str, ...]] = {"Mailbox": ("mbox", "mbx"), "Mail of Outlook": ("msg",)}
"""Whoever owns these types is another on every Mac (a mail program, an office suite): only the ending is certain."""

Plist = dict[str, Any]


def information(version: str) -> Plist:
    """Info.plist as data. The program is offered for mails and never takes them over (`Alternate`)."""
    return {
        "CFBundleIdentifier": APP_ID,
        "CFBundleName": TITLE,
        "CFBundleDisplayName": TITLE,
        "CFBundleShortVersionString": version,
        "CFBundleVersion": version,
        "CFBundleDevelopmentRegion": "en",
        "CFBundleLocalizations": list(LANGUAGES),
        "CFBundleDocumentTypes": _document_types(),
        "UTExportedTypeDeclarations": [_case_type()],
        "LSApplicationCategoryType": "public.app-category.utilities",
        "LSMinimumSystemVersion": MINIMUM,
        "NSHighResolutionCapable": True,
        "NSRequiresAquaSystemAppearance": False,  # dark where the system is
        "NSHumanReadableCopyright": f"© 2026 {PUBLISHER}. Apache License 2.0",
    }


def words() -> list[str]:
    """What InfoPlist.strings has to say in each language: the names of types."""
    return [one["CFBundleTypeName"] for one in _document_types()]


def _document_types() -> list[Plist]:
    known = [{**_viewer(name), "LSItemContentTypes": [identifier]} for name, identifier in MAIL.items()]
    others = [{**_viewer(name), "CFBundleTypeExtensions": list(endings)} for name, endings in BY_ENDING.items()]
    own = {**_viewer(CASE_NAME), "LSHandlerRank": "Owner", "LSItemContentTypes": [CASE]}
    return [*known, *others, own]


def _viewer(name: str) -> Plist:
    return {"CFBundleTypeName": name, "CFBundleTypeRole": "Viewer", "LSHandlerRank": "Alternate"}


def _case_type() -> Plist:
    tags = {"public.filename-extension": ["hlcase"], "public.mime-type": [f"application/x-{NAME}-case"]}
    return {
        "UTTypeIdentifier": CASE,
        "UTTypeDescription": CASE_NAME,
        "UTTypeConformsTo": ["public.json"],
        "UTTypeTagSpecification": tags,
    }
