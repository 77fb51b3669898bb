"""Pictures of the whole window in its states: `python -m tests.support.screens` writes them to tests/output/.

They are looked at beside design/pictures; no test compares them (fonts differ between machines).
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QDialog

from headerlens.gui.app import Program, make_application
from headerlens.gui.engine import LiveEngine
from headerlens.gui.pages.evidence import DNS, HEADERS, PATH, SIGNATURES, SPF
from headerlens.gui.pages.paste import PasteDialog
from headerlens.gui.settings import TEXT_SIZES, Settings
from headerlens.gui.sources import of_octets, of_path, of_sample
from headerlens.gui.widgets.drop_zone import Hover
from headerlens.gui.workers import failure_of
from headerlens.model.progress import Progress
from headerlens.parse.message import parse
from headerlens.pipeline import analyse
from headerlens.samples import Sample, samples
from tests.support.batch import write_samples
from tests.support.corpus_engine import CorpusEngine
from tests.support.domains import MISTAKES, Mistake, dmarc, spf, zone_with

PICTURES = Path(__file__).resolve().parents[2] / "packaging" / "pictures"
CORPUS = Path(__file__).resolve().parents[1] / "corpus"
OUTPUT = Path(os.environ.get("HEADERLENS_PICTURES") or Path(__file__).resolve().parents[1] / "output")
ENGINE = CorpusEngine()
SIZES = ("900x640", "1440x900")
STATES = (
    "start",
    "start-drop",
    "start-refused-drop",
    "paste",
    "paste-headers",
    "running",
    "all-pass",
    "spoofed",
    "forwarded",
    "mailing-list",
    "third-party",
    "session",
    "refusal",
    "failure",
    "settings",
    "batch",
    "batch-running",
    "batch-message",
)
"""States of interface.md 4.5; the samples by their names."""

SITUATIONS = {
    "s02-organisation": "organisation",
    "s04-server-only": "server-only",
    "s05-service": "service",
    "s08-policy-none": "dmarc-none",
    "s09-body-changed": "unpublished-body-changed",
    "s10-headers-changed": "unpublished-header-changed",
    "s11-no-key": "unpublished-no-key",
    "s12-no-answer": "dns-all-time-out",
    "s13-offline": "dns-offline",
    "s14-pasted": "drift-paste-spoilt",
    "s15-headers-only": "drift-headers-only",
    "s16-key-gone": "drift-key-gone",
    "s17-altered": "drift-body-altered",
    "s18-nothing-published": "unpublished-nothing",
    "s18-nearby": "unpublished-nearby",
    "s19-no-author-signature": "service-without-author-signature",
    "s20-no-policy": "dmarc-no-record",
    "s23-two-senders": "from-two-domains",
    "s25-sent-copy": "sent-copy",
    "ladder-strict": "dmarc-strict-dkim",
    "ladder-helo": "bounce-pass",
    "ladder-folded": "many-signatures",
    "ladder-separate": "dmarc-psd-n",
    "ladder-deep": "dmarc-deep",
    "ladder-idn": "idn-sender",
    "ladder-mixed-scripts": "idn-mixed-scripts",
    "ladder-disagrees": "drift-corrected",
}
"""The other situations of interface.md 11 and the edge cases of its ladder, by the case of the corpus that has them."""

_SENDERS = [f"s{n}.mailer.example" for n in range(4)]
DOMAINS = {
    "domain": Mistake(),
    "domain-good": Mistake(),
    "domain-mend": Mistake(
        {
            **spf(f"v=spf1 {' '.join(f'include:{one}' for one in _SENDERS)} include:gone.example mx -all"),
            **{one: {"TXT": [["v=spf1 a:a.s.example a:b.s.example mx:c.s.example -all"]]} for one in _SENDERS},
            "a.s.example": {"A": ["192.0.2.1"]},
            "b.s.example": {"A": ["192.0.2.2"]},
            "c.s.example": {"MX": ["10 a.s.example"]},
            **dmarc("v=DMARC1; p=none; pct=50; rua=mailto:dmarc@reports.test"),
        },
        ("s1", "s9"),
    ),
    "domain-service": Mistake(MISTAKES["domain.service-doubled"].changes, (), "sendgrid"),
    "domain-parked": MISTAKES["domain.parked"],
    "domain-unanswered": MISTAKES["domain.no-answer"],
}
"""The page on the set-up of a domain, with the zone it looks at."""

PANES: dict[str, tuple[str, int | None]] = {
    "evidence": ("spoofed", HEADERS),
    "evidence-signatures": ("third-party", SIGNATURES),
    "evidence-signature-failed": ("mailing-list", SIGNATURES),
    "evidence-spf": ("forwarded", SPF),
    "evidence-path": ("all-pass", PATH),
    "evidence-dns": ("all-pass", DNS),
}
"""The panes of interface.md 7.2, each with a sample that fills it."""


CAUSES = {
    "evidence-cause-footer": "list-footer",
    "evidence-cause-tag": "header-changed",
}
"""Proved changes, highlighted in the source, by the case of the corpus that has them."""


def settle(milliseconds: int = 60) -> None:
    """Let layouts and timers come to rest."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def until_idle(program: Program) -> None:
    """Wait for the last check of the queue."""
    while program.window.session.running is not None or program.window.session.waiting:
        settle(20)
    settle(300)  # what fades has faded


def show(program: Program, state: str) -> None:
    """Bring the window into `state`."""
    STEPS[state](program)


def show_corpus(program: Program, name: str) -> None:
    """A case of the corpus."""
    program.window.open_sources([of_octets((CORPUS / name / "message.eml").read_bytes(), f"{name}.eml")])
    until_idle(program)


def show_sample(program: Program, name: str, tab: int | None = None) -> None:
    """A shipped sample, perhaps with one tab of its evidence opened."""
    program.window.open_sources([of_sample(named(name))])
    until_idle(program)
    if tab is not None:
        program.window.body.result.show_tab(tab)


def named(name: str) -> Sample:
    """The shipped sample of that name."""
    return next(one for one in samples() if one.name == name)


def show_start(program: Program, hover: Hover = Hover.NOTHING) -> None:
    """The empty page with an offer, perhaps with a file hanging over it."""
    program.window.show_start()
    program.window.body.start.offer_clipboard("bank.example.co.jp")
    program.window.body.show_hover(hover)


def show_session(program: Program) -> None:
    """All samples in the list."""
    program.window.open_sources([of_sample(one) for one in samples()])
    until_idle(program)


def show_refusal(program: Program) -> None:
    """A file that is no mail."""
    program.window.open_sources([of_path(Path(__file__))])
    until_idle(program)


def show_failure(program: Program) -> None:
    """The page of a mistake of the program."""
    program.window.show_bug(failure_of(ValueError("x")))


def show_domain(program: Program, state: str) -> None:
    """The page on a domain: empty, or with the answer on one of the zones of tests.support.domains."""
    window, mistake = program.window, DOMAINS[state]
    ENGINE.domains.zone = zone_with(mistake.changes)
    window.actions_of_window["check_domain"].trigger()
    form = window.body.domain.form
    if state == "domain":
        return
    form.domain.setText(mistake.domain)
    form.selectors.setText(" ".join(mistake.selectors))
    while form.service.count() < 2:
        settle(20)
    form.choose(mistake.provider)
    form.check.click()
    while window.domains.running:
        settle(20)
    settle(300)


def show_cause(program: Program, name: str) -> None:
    """The finding of a proved change, chosen beside the source."""
    window = program.window
    show_corpus(program, name)
    while window.entry is None or window.entry.case is None or not window.entry.case.causes:
        settle(20)
    settle(200)
    result = window.body.result
    found = next(one for card in result.findings.cards() if (one := card.finding()) and one.id.startswith("cause."))
    result.show_tab(HEADERS)
    result.evidence.headers.select_finding(found)
    settle(200)


def show_running(program: Program) -> None:
    """A check in its middle: the report in which the first of two signatures has just been judged."""
    sample = named("third-party")
    window, engine, reports = program.window, LiveEngine(), list[Progress]()
    raw, checked_at = sample.message(), sample.checked_at
    analyse(raw, sample.lookup(), checked_at, choices=sample.choices, progress=reports.append)
    half = [one for one in reports if one.so_far is not None and len(one.so_far.dkim) == 1][-1]
    now = monotonic()
    ends = (("read", now - 1.2), ("spf", now - 0.35), ("dkim:0", now - 0.2))
    half = replace(half, asked=8, answered=5, began=now - 1.22, ends=ends)
    window.body.progress.begin("booking.eml")
    window.body.progress.show_line(engine.line(parse(raw), program.speaker.language))
    window.body.progress.show_progress(engine.progress(half, program.speaker.language))
    window.body.show_page(window.body.progress)
    window.toolbar.show_state(result=False, running=True, listed=False)


def show_paste(program: Program, *, headers: bool = False) -> None:
    """The paste dialog with a whole mail in it, or with its header only."""
    text = named("spoofed").message().octets.decode("utf-8", "replace").replace("\r\n", "\n")
    program.window.open_dialog("paste")
    dialog = program.window.findChildren(PasteDialog)[-1]
    dialog.field.setPlainText(text.partition("\n\n")[0] if headers else text)
    settle(600)


def show_batch(program: Program, state: str) -> None:
    """The table of a folder of samples: finished, half done, or with a message opened from it."""
    window, many = program.window, ENGINE.many
    folder = OUTPUT / "november"
    folder.mkdir(exist_ok=True)
    list(write_samples(folder, 4))
    (folder / "shopping-list.eml").write_bytes(b"")
    many.hold = state == "batch-running"
    window.open_paths([folder])
    while window.entry is None or window.entry.batch is None or not window.entry.batch.lines:
        settle(20)
    batch, page = window.entry.batch, window.body.batch
    while batch.running and not many.hold:
        settle(20)
    settle(200)
    page.table.choose(page.model.place_of(0))
    settle(400)
    if state == "batch-message":
        window.batching.open(page.model.place_of(1))
        settle(600)


STEPS: dict[str, Callable[[Program], object]] = {
    "start": show_start,
    "start-drop": partial(show_start, hover=Hover.USABLE),
    "start-refused-drop": partial(show_start, hover=Hover.UNUSABLE),
    "paste": show_paste,
    "paste-headers": partial(show_paste, headers=True),
    "running": show_running,
    "session": show_session,
    "refusal": show_refusal,
    "failure": show_failure,
    "settings": lambda program: program.window.open_dialog("settings"),
    **{one.name: partial(show_sample, name=one.name) for one in samples()},
    **{state: partial(show_batch, state=state) for state in STATES if state.startswith("batch")},
    **{state: partial(show_sample, name=name, tab=tab) for state, (name, tab) in PANES.items()},
    **{state: partial(show_cause, name=name) for state, name in CAUSES.items()},
    **{state: partial(show_corpus, name=name) for state, name in SITUATIONS.items()},
    **{state: partial(show_domain, state=state) for state in DOMAINS},
}
"""How to come to each state."""


def take(app: QApplication, state: str, settings: Settings, name: str, sizes: Sequence[str]) -> None:
    """One picture of a fresh window in each size, and of the dialog that stands over it."""
    path = OUTPUT / f"settings-{os.getpid()}.json"
    path.unlink(missing_ok=True)
    program = Program(app, ENGINE, path)
    program.change(settings)
    if name.endswith("contrast"):
        program.theme.set_high_contrast(wanted=True)
    for label in sizes:
        program.window.resize(*map(int, label.split("x")))
        program.window.show()
        settle()
        show(program, state)
        settle()
        dialogs = [one for one in program.window.findChildren(QDialog) if one.isVisible()]
        (dialogs[-1] if dialogs else program.window).grab().save(str(OUTPUT / f"{state}-{name}-{label}.png"))
        for one in dialogs:
            one.close()
    program.close()
    program.window.deleteLater()
    settle()
    path.unlink(missing_ok=True)


def readme_pictures(app: QApplication) -> None:
    """The pictures of README: a real window with each shipped sample in each language; the first one opens the page."""
    for language in ("en", "ja"):
        for sample in samples():
            path = OUTPUT / "settings.json"
            path.unlink(missing_ok=True)
            program = Program(app, LiveEngine(), path)
            program.change(Settings(language=language, theme="light"))
            program.window.resize(*(HERO if sample.name == "spoofed" else (900, 640)))
            program.window.show()
            settle()
            show(program, sample.name)
            settle(300)
            program.window.grab().save(str(PICTURES / f"{sample.name}-{language}.png"))
            program.close()
            program.window.deleteLater()
            path.unlink(missing_ok=True)


HERO = (1240, 860)

LOOKS = {
    "light-en": Settings(language="en", theme="light"),
    "dark-en": Settings(language="en", theme="dark"),
    "dark-ja": Settings(language="ja", theme="dark"),
    "light-ja": Settings(language="ja", theme="light", look_at_clipboard=False),
}


def options() -> argparse.Namespace:
    """What is wanted; QT_SCALE_FACTOR=2 in the environment doubles the pixels."""
    parser = argparse.ArgumentParser(description=__doc__)
    every = (*STATES, *PANES, *CAUSES, *SITUATIONS, *DOMAINS)
    parser.add_argument("state", nargs="*", choices=[*every, []], help="all of them without a name")
    parser.add_argument("--readme", action="store_true", help="only the pictures of README")
    parser.add_argument("--look", action="append", choices=LOOKS, help="may be repeated")
    parser.add_argument("--size", action="append", metavar="WIDTHxHEIGHT", help="may be repeated")
    parser.add_argument("--text", type=int, default=100, choices=TEXT_SIZES, help="text size in per cent")
    parser.add_argument("--contrast", action="store_true", help="the high contrast theme")
    return parser.parse_args()


def main() -> None:
    """All states, or those named."""
    given = options()
    OUTPUT.mkdir(exist_ok=True)
    app = make_application(["headerlens"])
    font = QFont("Inter")
    font.setPixelSize(14)
    app.setFont(font)
    if given.readme:
        readme_pictures(app)
        return
    for look in given.look or LOOKS:
        settings = LOOKS[look]._replace(text_size=given.text)
        name = look if given.text == 100 else f"{look}-{given.text}"
        for state in given.state or (*STATES, *PANES, *CAUSES, *SITUATIONS, *DOMAINS):
            take(app, state, settings, f"{name}-contrast" if given.contrast else name, given.size or SIZES)


if __name__ == "__main__":
    main()
