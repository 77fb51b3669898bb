"""The settings that need typing; language, theme and text size stand in the menu."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QEvent, Slot
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
        self._complaint: Callable[[], str] = str
        self.setFont(theme.font("body"))
        self.trusted = self._lines(settings.trusted)
        self._make_dns(settings)
        self.seconds = QDoubleSpinBox()
        self.seconds.setRange(*LIMITS_IN_SECONDS)
        self.seconds.setDecimals(0)
        self.seconds.setValue(settings.time_limit)
        self.offline = self._tick(on=settings.offline)
        self.clipboard = self._tick(on=settings.look_at_clipboard)
        self.calm = self._tick(on=settings.reduced_motion)
        self.problem = Label(theme, "label", "fail_fg", wraps=True)
        self.keep = PushButton(theme, "", "", "primary")
        self.drop = PushButton(theme, "", "", "plain")
        self._lay_out()
        for one in (self.by_system, self.by_servers, self.by_https, self.offline):
            one.toggled.connect(self._follow)
        self._follow()
        self.retranslate()

    def retranslate(self) -> None:
        """Put the words of the language in force on everything; what was typed stays."""
        self.setWindowTitle(self.tr("Settings"))
        self._label_of_trusted.setText(self.tr("&Trusted receivers (one name a line, as in Authentication-Results)"))
        self.trusted.setAccessibleName(self.tr("Trusted receivers"))
        self.offline.setText(self.tr("Offline: never look anything up"))
        self.by_system.setText(self.tr("The DNS &servers of the system"))
        self.by_servers.setText(self.tr("These &DNS servers (addresses or names, one a line)"))
        self.servers.setAccessibleName(self.tr("DNS servers"))
        self.by_https.setText(self.tr("A resolver over &HTTPS (its address)"))
        self.doh.setAccessibleName(self.tr("Address of a resolver over HTTPS"))
        self._label_of_seconds.setText(self.tr("Time &limit of one look-up"))
        self.seconds.setAccessibleName(self.tr("Time limit of one look-up in seconds"))
        self.seconds.setSuffix(self.tr(" s"))
        self.clipboard.setText(self.tr("Look at the clipboard when the window is activated"))
        self.calm.setText(self.tr("Reduce &motion: change things at once"))
        self.keep.setText(self.tr("OK"))
        self.drop.setText(self.tr("Cancel"))
        self.problem.setText(self._complaint())

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change of language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def chosen(self) -> Settings:
        """The settings with what the dialog says."""
        return self._settings._replace(
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
                self._complain(self.servers, partial(self._about_server, entry))
                return
        if self.by_https.isChecked() and not is_doh(self.doh.text()):
            self._complain(self.doh, self._about_resolver)
            return
        for entry in self._entries(self.trusted):
            if not is_receiver(entry):
                self._complain(self.trusted, partial(self._about_receiver, entry))
                return
        super().accept()

    def _about_server(self, entry: str) -> str:
        return self.tr("“{entry}” is no address of a DNS server.").format(entry=entry)

    def _about_resolver(self) -> str:
        return self.tr("This is no https:// address of a DNS resolver.")

    def _about_receiver(self, entry: str) -> str:
        return self.tr("“{entry}” is no name of a receiver.").format(entry=entry)

    def _complain(self, field: QWidget, words: Callable[[], str]) -> None:
        """Say what is wrong about `field`, in the language in force then."""
        self._complaint = words
        self.problem.setText(words())
        self.problem.show()
        field.setFocus()

    def _make_dns(self, settings: Settings) -> None:
        """Who is asked: one of three, and nobody at all while offline."""
        self.by_system, self.by_servers, self.by_https = (Choice(self._theme, "") for _ in range(3))
        self._by = QButtonGroup(self)
        for one in (self.by_system, self.by_servers, self.by_https):
            self._by.addButton(one)
        wanted = self.by_https if settings.doh else self.by_servers if settings.servers else self.by_system
        wanted.setChecked(True)
        self.servers = self._lines(settings.servers)
        self.servers.setPlaceholderText("192.0.2.53\n[2001:db8::53]:5353\ndns.example")
        self.doh = QLineEdit(settings.doh)
        self.doh.setMaxLength(2000)
        self.doh.setPlaceholderText("https://dns.example/dns-query")

    @Slot()
    def _follow(self) -> None:
        """What cannot be in force cannot be typed into."""
        online = not self.offline.isChecked()
        for one in self._by.buttons():
            one.setEnabled(online)
        self.servers.setEnabled(online and self.by_servers.isChecked())
        self.doh.setEnabled(online and self.by_https.isChecked())
        self.seconds.setEnabled(online)

    def _lay_out(self) -> None:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.setVerticalSpacing(8)
        self._label_of_trusted = self._add(form, self.trusted)
        form.addRow(self.offline)
        form.addRow(self.by_system)
        form.addRow(self.by_servers)
        form.addRow(Framed(self._theme, self.servers))
        form.addRow(self.by_https)
        form.addRow(Framed(self._theme, self.doh))
        self._label_of_seconds = self._add(form, self.seconds)
        form.addRow(self.clipboard)
        form.addRow(self.calm)
        self.keep.clicked.connect(self.accept)
        self.keep.setDefault(True)
        self.drop.clicked.connect(self.reject)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.drop)
        foot.addWidget(self.keep)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 20, 24, 16)
        column.setSpacing(12)
        column.addLayout(form)
        column.addWidget(self.problem)
        column.addLayout(foot)
        self.problem.hide()
        self.setMinimumWidth(self._theme.px(480))

    def _add(self, form: QFormLayout, field: QWidget) -> QLabel:
        """A row whose words lead to the field and not to its frame; the label of the words."""
        label = QLabel()
        label.setBuddy(field)
        form.addRow(label, Framed(self._theme, field))
        return label

    def _tick(self, *, on: bool) -> TickBox:
        box = TickBox(self._theme, "")
        box.setChecked(on)
        return box

    def _lines(self, entries: tuple[str, ...]) -> QPlainTextEdit:
        field = QPlainTextEdit("\n".join(entries))
        field.setTabChangesFocus(True)
        field.setAcceptDrops(False)
        field.setFixedHeight(self._theme.px(76))
        return field

    @staticmethod
    def _entries(field: QPlainTextEdit) -> tuple[str, ...]:
        lines = (line.strip() for line in field.toPlainText().split("\n"))
        return tuple(dict.fromkeys(line for line in lines if line))[:LONGEST_LIST]
