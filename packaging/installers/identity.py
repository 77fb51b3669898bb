"""What every package says of HeaderLens, once."""

from __future__ import annotations

NAME = "headerlens"
TITLE = "HeaderLens"
APP_ID = "org.headerlens.HeaderLens"
"""Names the .desktop file, the AppStream component, the Flatpak and the macOS bundle; the window says the same one, so
that desktops find its icon. Changing it later orphans what people have pinned."""

PUBLISHER = "The HeaderLens developers"
CONTACT = "HeaderLens developers <headerlens@localhost>"
"""Debian demands an address. There is no public one yet, and inventing one would send reports to a stranger."""

LICENCE = "Apache-2.0"
SUMMARY = {
    "en": "Find out who really sent a saved mail",
    "ja": "保存したメールの本当の送信者を確かめる",
}
