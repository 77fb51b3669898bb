"""Tries the Windows installer and the administrators' package under wine, as a person would; pictures are kept."""

from __future__ import annotations

import shutil
from pathlib import Path

from installers.commands import Broken, say
from installers.identity import TITLE
from installers.source import ROOT, Source, export
from installers.trials import windows_msi as check_windows_msi
from installers.trials.screens import Screen, screen
from installers.trials.windows_program import FOLDER, Tried, try_program
from installers.trials.wine import HOME, JAPANESE, Wine, wine
from installers.trials.wine_traces import must_be_clean, traces
from installers.windows import older as windows_older
from installers.windows.pace import compare

SETUP = "C:\\setup.exe"
"""Every package is copied to the top of C:."""

FILES = f"{HOME}\\AppData\\Local"
PROGRAM = f"{FILES}\\Programs\\{TITLE}"
SETTINGS = f"{FILES}\\{TITLE}\\settings.json"
OPEN = 3
"""The installer's status where HeaderLens runs."""


def check(out: Path) -> None:
    """Try what `out` holds; pictures go to `out`/pictures. Raises `Broken`."""
    setup, msi = only(out, f"{TITLE}-*-setup.exe"), only(out, f"{TITLE}-*.msi")
    work = ROOT / "build" / "windows-check"
    source = export(work)
    with screen() as shown, wine() as windows:
        windows.outside(SETUP).write_bytes(setup.read_bytes())
        _installer(windows, source, work, shown, out / "pictures")
        check_windows_msi.check(windows, msi, source)


def only(out: Path, pattern: str) -> Path:
    """The one file of `out` that matches."""
    found = sorted(out.glob(pattern))
    if len(found) != 1:
        raise Broken(f"{out} should hold one {pattern}, not {len(found)}: build it first")
    return found[0]


def _installer(windows: Wine, source: Source, work: Path, shown: Screen, pictures: Path) -> None:
    for language, locale in (("en", ""), ("ja", JAPANESE)):
        windows.photograph([SETUP], shown, pictures / f"windows-setup-{language}.png", locale=locale)
    before = traces(windows)
    say("The installer: silent, for one person")
    windows.run(SETUP, "/S")
    _known_to_windows(windows, source)
    try_program(Tried(windows, PROGRAM, source, shown, pictures))
    _pictures(windows, shown, pictures)
    compare(Tried(windows, PROGRAM, source, shown, pictures))
    say("The installer refuses while the program runs")
    _refused_while_open(windows, shown)
    say("Removing it")
    shutil.rmtree(windows.outside(FOLDER))
    _set(windows, "ja")
    _remove(windows)
    kept = _settings_traces(windows)
    must_be_clean(before, traces(windows), but=kept)
    if not kept:
        raise Broken("removing it took the person's settings along")
    _upgrade(windows, source, work, before)


def _upgrade(windows: Wine, source: Source, work: Path, before: frozenset[str]) -> None:
    say("An upgrade of an older version, and removing it with the settings")
    older = windows_older.make(source, work)
    windows.outside("C:\\older.exe").write_bytes(older.read_bytes())
    windows.run("C:\\older.exe", "/S")
    _expect_file(windows, f"{PROGRAM}\\{windows_older.ITS_OWN}", there=True)
    windows.outside("C:\\older.exe").unlink()
    windows.run(SETUP, "/S")
    _expect_file(windows, f"{PROGRAM}\\{windows_older.ITS_OWN}", there=False)
    _known_to_windows(windows, source)
    told = windows.run(f"{PROGRAM}\\bin\\headerlens.exe", "--version")
    if source.version not in told:
        raise Broken(f"after the upgrade it says {told!r}")
    _expect_file(windows, SETTINGS, there=True)
    _remove(windows, "/SETTINGS")
    must_be_clean(before, traces(windows))


def _remove(windows: Wine, *more: str) -> None:
    windows.run(f"{PROGRAM}\\Uninstall.exe", "/S", *more)


def _expect_file(windows: Wine, path: str, *, there: bool) -> None:
    if windows.outside(path).exists() != there:
        raise Broken(f"{path} should {'' if there else 'not '}be there")


def _known_to_windows(windows: Wine, source: Source) -> None:
    """The entry in Apps & Features, the Start menu and "Open with"; no default taken."""
    found = traces(windows)
    for wanted in (
        f'Uninstall\\\\{TITLE}] "DisplayVersion"="{source.version}"',
        f'Uninstall\\\\{TITLE}] "QuietUninstallString"',
        '.eml\\\\OpenWithProgids] "HeaderLens.Mail"', '.msg\\\\OpenWithProgids] "HeaderLens.Mail"',
        '.mbox\\\\OpenWithProgids] "HeaderLens.Mail"', '.hlcase] @="HeaderLens.Case"',
        f"Start Menu/Programs/{TITLE}.lnk",
    ):  # fmt: skip
        if not any(wanted in line for line in found):
            raise Broken(f"the installer wrote no {wanted}")
    for kind in (".eml", ".msg", ".mbox"):
        if any(f"{kind}] @=" in line and "HeaderLens" in line for line in found):
            raise Broken(f"the installer took {kind} over")


def _pictures(windows: Wine, shown: Screen, pictures: Path) -> None:
    """The window itself, with an example in both languages and with a mail whose name is Japanese."""
    mail = f"{FOLDER}\\受信 メール 2026年.eml"
    for name, language, words in (
        ("windows-en", "en", ("--sample", "spoofed")),
        ("windows-ja", "ja", ("--sample", "spoofed")),
        ("windows-open", "ja", (mail,)),
    ):
        _set(windows, language)
        seconds = windows.photograph([f"{PROGRAM}\\{TITLE}.exe", *words], shown, pictures / f"{name}.png")
        say(f"{name}: painted after {seconds:.1f} s")
    windows.outside(SETTINGS).unlink()


def _set(windows: Wine, language: str) -> None:
    """Choose the language of the window, and no DNS, as the person would in Settings."""
    file = windows.outside(SETTINGS)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'{{"language": "{language}", "offline": true}}', "utf-8")


def _settings_traces(windows: Wine) -> frozenset[str]:
    folder = windows.outside(SETTINGS).parent
    drive = windows.outside("C:\\")
    return frozenset(f"file {one.relative_to(drive)}" for one in (folder, *folder.rglob("*")) if one.exists())


def _refused_while_open(windows: Wine, shown: Screen) -> None:
    # in one call, because a call ends everything that it has started
    script = f'wine "{PROGRAM}\\{TITLE}.exe" & sleep 20; wine "{SETUP}" /S; status=$?; kill $!; exit $status'
    windows.output(windows.script(script, display=shown.display), expect=OPEN)
