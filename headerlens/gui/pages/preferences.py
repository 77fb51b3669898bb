"""The settings that need typing; language, theme and text size stand in the menu."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import replace

from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from headerlens.gui.settings import LIMITS_IN_SECONDS, LONGEST_LIST, Settings
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.label import Label

LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.ASCII)


def is_server(text: str) -> bool:
    """An IP address, with a port after a colon if wanted ("[2001:db8::1]:53" for IPv6)."""
    host, bracket, rest = text.partition("]")
    if text.startswith("["):
        return bool(bracket) and _is_ip(host[1:]) and (not rest or _is_port(rest.removeprefix(":")))
    if _is_ip(text):
        return True
    address, colon, port = text.rpartition(":")
    return bool(colon) and _is_ip(address) and "." in address and _is_port(port)


def _is_ip(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return "%" not in text


def _is_port(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65_536


def is_receiver(text: str) -> bool:
    """A name as it stands at the beginning of Authentication-Results (RFC 8601 2.5)."""
    return len(text) <= 253 and all(LABEL.fullmatch(label) for label in text.lower().split("."))


class PreferencesDialog(QDialog):
    """Trusted receivers, DNS servers, time limit, clipboard. A wrong line is named, and kept is nothing till then."""

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._settings = theme, settings
        self.setWindowTitle(self.tr("Settings"))
        self.trusted = self._lines(settings.trusted, self.tr("Trusted receivers"))
        self.servers = self._lines(settings.servers, self.tr("DNS servers"))
        self.seconds = QDoubleSpinBox()
        self.seconds.setRange(*LIMITS_IN_SECONDS)
        self.seconds.setDecimals(0)
        self.seconds.setValue(settings.time_limit)
        self.seconds.setSuffix(self.tr(" s"))
        self.offline = QCheckBox(self.tr("Offline: never look anything up"))
        self.offline.setChecked(settings.offline)
        self.clipboard = QCheckBox(self.tr("Look at the clipboard when the window is activated"))
        self.clipboard.setChecked(settings.look_at_clipboard)
        self.problem = Label(theme, "label", "fail_fg", wraps=True)
        self._lay_out()

    def chosen(self) -> Settings:
        """The settings with what the dialog says."""
        return replace(
            self._settings,
            trusted=tuple(one.lower() for one in self._entries(self.trusted)),
            servers=self._entries(self.servers),
            time_limit=self.seconds.value(),
            offline=self.offline.isChecked(),
            look_at_clipboard=self.clipboard.isChecked(),
        )

    def accept(self) -> None:
        """Keep it only when every line can be used."""
        for entry in self._entries(self.servers):
            if not is_server(entry):
                self._complain(self.tr("“{entry}” is no IP address of a DNS server.").format(entry=entry))
                self.servers.setFocus()
                return
        for entry in self._entries(self.trusted):
            if not is_receiver(entry):
                self._complain(self.tr("“{entry}” is no name of a receiver.").format(entry=entry))
                self.trusted.setFocus()
                return
        super().accept()

    def _complain(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(8)
        form.addRow(self.tr("&Trusted receivers (one name a line, as in Authentication-Results)"), self.trusted)
        form.addRow(self.tr("&DNS servers (one address a line; empty: those of the system)"), self.servers)
        form.addRow(self.tr("Time &limit of one look-up"), self.seconds)
        form.addRow(self.offline)
        form.addRow(self.clipboard)
        keep = PushButton(self._theme, "", self.tr("OK"), "primary")
        keep.clicked.connect(self.accept)
        keep.setDefault(True)
        drop = PushButton(self._theme, "", self.tr("Cancel"), "plain")
        drop.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(drop)
        foot.addWidget(keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.problem)
        column.addLayout(foot)
        self.problem.hide()
        self.setMinimumWidth(self._theme.px(480))

    def _lines(self, entries: tuple[str, ...], name: str) -> QPlainTextEdit:
        field = QPlainTextEdit("\n".join(entries))
        field.setAccessibleName(name)
        field.setTabChangesFocus(True)
        field.setAcceptDrops(False)
        field.setFixedHeight(self._theme.px(76))
        return field

    @staticmethod
    def _entries(field: QPlainTextEdit) -> tuple[str, ...]:
        lines = (line.strip() for line in field.toPlainText().split("\n"))
        return tuple(dict.fromkeys(line for line in lines if line))[:LONGEST_LIST]
