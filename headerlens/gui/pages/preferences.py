"""The settings that need typing; language, theme and text size stand in the menu."""

from __future__ import annotations

import ipaddress
import re
from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from headerlens.gui.settings import LIMITS_IN_SECONDS, LONGEST_LIST, Settings
from headerlens.gui.theme import Theme
from headerlens.gui.widgets.controls import PushButton
from headerlens.gui.widgets.fields import Choice, Framed, TickBox
from headerlens.gui.widgets.label import Label

LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)", re.ASCII)


def is_server(text: str) -> bool:
    """What `--dns-server` takes: an address or a host name, perhaps with a port ("[2001:db8::1]:53" for IPv6)."""
    host, bracket, rest = text.partition("]")
    if text.startswith("["):
        return bool(bracket) and is_ip(host[1:]) and (not rest or (rest[0] == ":" and _is_port(rest[1:])))
    if is_ip(text):
        return True
    host, colon, port = text.partition(":")
    return _is_host(host) and (not colon or _is_port(port))


def _is_host(text: str) -> bool:
    """An IPv4 address or a name; four numbers that are no address are no name either."""
    return is_ip(text) or (is_receiver(text.removesuffix(".")) and not text.replace(".", "").isdigit())


def is_ip(text: str) -> bool:
    """An IPv4 or IPv6 address without a zone."""
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


def is_doh(text: str) -> bool:
    """The URL of a resolver that is asked over HTTPS."""
    from headerlens.dns.doh import parse_doh

    return parse_doh(text) is not None


class PreferencesDialog(QDialog):
    """Trusted receivers, whom to ask for DNS, time limit, clipboard. A wrong line is named and nothing kept."""

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._settings = theme, settings
        self.setWindowTitle(self.tr("Settings"))
        self.setFont(theme.font("body"))
        self.trusted = self._lines(settings.trusted, self.tr("Trusted receivers"))
        self._make_dns(settings)
        self.seconds = QDoubleSpinBox()
        self.seconds.setRange(*LIMITS_IN_SECONDS)
        self.seconds.setDecimals(0)
        self.seconds.setValue(settings.time_limit)
        self.seconds.setAccessibleName(self.tr("Time limit of one look-up in seconds"))
        self.seconds.setSuffix(self.tr(" s"))
        self.offline = TickBox(theme, self.tr("Offline: never look anything up"))
        self.offline.setChecked(settings.offline)
        self.clipboard = TickBox(theme, self.tr("Look at the clipboard when the window is activated"))
        self.clipboard.setChecked(settings.look_at_clipboard)
        self.calm = TickBox(theme, self.tr("Reduce &motion: change things at once"))
        self.calm.setChecked(settings.reduced_motion)
        self.problem = Label(theme, "label", "fail_fg", wraps=True)
        self._lay_out()
        for one in (self.by_system, self.by_servers, self.by_https, self.offline):
            one.toggled.connect(self._follow)
        self._follow()

    def chosen(self) -> Settings:
        """The settings with what the dialog says."""
        return replace(
            self._settings,
            trusted=tuple(one.lower() for one in self._entries(self.trusted)),
            servers=self._entries(self.servers) if self.by_servers.isChecked() else (),
            doh=self.doh.text().strip() if self.by_https.isChecked() else "",
            time_limit=self.seconds.value(),
            offline=self.offline.isChecked(),
            look_at_clipboard=self.clipboard.isChecked(),
            reduced_motion=self.calm.isChecked(),
        )

    def accept(self) -> None:
        """Keep it only when every line can be used."""
        for entry in self._entries(self.servers) if self.by_servers.isChecked() else ():
            if not is_server(entry):
                self._complain(self.tr("“{entry}” is no address of a DNS server.").format(entry=entry))
                self.servers.setFocus()
                return
        if self.by_https.isChecked() and not is_doh(self.doh.text()):
            self._complain(self.tr("This is no https:// address of a DNS resolver."))
            self.doh.setFocus()
            return
        for entry in self._entries(self.trusted):
            if not is_receiver(entry):
                self._complain(self.tr("“{entry}” is no name of a receiver.").format(entry=entry))
                self.trusted.setFocus()
                return
        super().accept()

    def _make_dns(self, settings: Settings) -> None:
        """Who is asked: one of three, and nobody at all while offline."""
        self.by_system = Choice(self._theme, self.tr("The DNS &servers of the system"))
        self.by_servers = Choice(self._theme, self.tr("These &DNS servers (addresses or names, one a line)"))
        self.by_https = Choice(self._theme, self.tr("A resolver over &HTTPS (its address)"))
        self._by = QButtonGroup(self)
        for one in (self.by_system, self.by_servers, self.by_https):
            self._by.addButton(one)
        wanted = self.by_https if settings.doh else self.by_servers if settings.servers else self.by_system
        wanted.setChecked(True)
        self.servers = self._lines(settings.servers, self.tr("DNS servers"))
        self.servers.setPlaceholderText("192.0.2.53\n[2001:db8::53]:5353\ndns.example")
        self.doh = QLineEdit(settings.doh)
        self.doh.setMaxLength(2000)
        self.doh.setPlaceholderText("https://dns.example/dns-query")
        self.doh.setAccessibleName(self.tr("Address of a resolver over HTTPS"))

    @Slot()
    def _follow(self) -> None:
        """What cannot be in force cannot be typed into."""
        online = not self.offline.isChecked()
        for one in self._by.buttons():
            one.setEnabled(online)
        self.servers.setEnabled(online and self.by_servers.isChecked())
        self.doh.setEnabled(online and self.by_https.isChecked())
        self.seconds.setEnabled(online)

    def _complain(self, text: str) -> None:
        self.problem.setText(text)
        self.problem.show()

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(8)
        self._add(form, self.tr("&Trusted receivers (one name a line, as in Authentication-Results)"), self.trusted)
        form.addRow(self.offline)
        form.addRow(self.by_system)
        form.addRow(self.by_servers)
        form.addRow(self._framed(self.servers))
        form.addRow(self.by_https)
        form.addRow(self._framed(self.doh))
        self._add(form, self.tr("Time &limit of one look-up"), self.seconds)
        form.addRow(self.clipboard)
        form.addRow(self.calm)
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

    def _add(self, form: QFormLayout, name: str, field: QWidget) -> None:
        """A row whose words lead to the field and not to its frame."""
        label = QLabel(name)
        label.setBuddy(field)
        form.addRow(label, self._framed(field))

    def _framed(self, field: QWidget) -> QWidget:
        return Framed(self._theme, field)

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
