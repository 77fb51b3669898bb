"""Tries the .deb and the AppImage as a person would, in bare Debian and Ubuntu systems."""

from __future__ import annotations

import os
import re
import shutil
import stat
import tempfile
from pathlib import Path

from installers.commands import Broken, run
from installers.identity import APP_ID, NAME
from installers.linux.appimage import RUN_EXTRACTED
from installers.linux.desktop import appstream, complain, settle
from installers.trials.bare import ANSWERS, MAIL, Trial
from installers.trials.chroots import bare
from installers.trials.screens import screen

SYSTEMS = ("debian12", "debian13", "ubuntu24.04")
LATER = "99.0"
"""The version of the package that an upgrade is tried with."""

SETTINGS = "root/.config/HeaderLens/settings.json"
TYPES = ("message/rfc822", "application/mbox", "application/vnd.ms-outlook", "application/x-headerlens-case")

DESKTOP = (
    "xdg-utils", "shared-mime-info", "desktop-file-utils", "hicolor-icon-theme", "libglib2.0-bin", "file", "man-db",
    "appstream", "fonts-noto-cjk",
)  # fmt: skip
"""What a desktop has, so that a bare system behaves like one."""

EVERYWHERE = (
    "libegl1", "libgl1", "libglib2.0-0", "libfontconfig1", "libx11-6", "libx11-xcb1", "libxcb1", "libdbus-1-3",
    "fonts-noto-cjk",
)  # fmt: skip
"""What the AppImage expects of any desktop."""

FUSE = Path("/dev/fuse")
APT = ("-y", "-qq", "-o", "Dpkg::Use-Pty=0")


def check(out: Path) -> None:
    """Try what `out` holds in every system; pictures go to `out`/pictures. Raises `Broken`."""
    if os.geteuid() != 0:
        raise Broken("trying packages in bare systems needs root")
    package, image = _only(out, f"{NAME}_*.deb"), _only(out, "HeaderLens-*.AppImage")
    with tempfile.TemporaryDirectory() as place, screen() as shown:
        later = _later(package, Path(place))
        for name in SYSTEMS:
            with bare(name) as system:
                trial = Trial(system, name, shown, out / "pictures")
                trial.bring(package, later)
                _alone(trial, package)
                _on_a_desktop(trial, package, later)
        for name in SYSTEMS:
            with bare(name) as system:
                _try_image(Trial(system, f"{name}-appimage", shown, out / "pictures"), image)


def _only(out: Path, pattern: str) -> Path:
    found = sorted(out.glob(pattern))
    if len(found) != 1:
        raise Broken(f"{out} should hold one {pattern}, not {len(found)}: build it first")
    return found[0]


def _later(package: Path, place: Path) -> Path:
    """The same package with a later version, as the next release would have."""
    root = place / "later"
    run(["dpkg-deb", "--raw-extract", package, root])
    control = root / "DEBIAN" / "control"
    control.write_text(re.sub(r"^Version: .*$", f"Version: {LATER}", control.read_text("utf-8"), flags=re.MULTILINE))
    settle(root, int(package.stat().st_mtime))
    later = place / f"{NAME}_{LATER}.deb"
    run(["dpkg-deb", "--root-owner-group", "-Zgzip", "-z1", "--build", root, later])
    shutil.rmtree(root)
    return later


def _alone(trial: Trial, package: Path) -> None:
    """With nothing installed but what the package asks for: it works in the terminal, and goes without a trace."""
    trial.say("the package alone")
    trial.system.run(["apt-get", "update", "-qq"])
    before = trial.files()
    _install(trial, package)
    _linked(trial)
    trial.prove(NAME)
    answer = trial.system.run([NAME, "check", "--lang", "ja", "--dns-evidence", ANSWERS, MAIL])
    if "受信 メール.eml" not in answer and "認証" not in answer:
        raise Broken(f"no answer in the terminal: {answer[:500]}")
    _purge(trial, before)


def _on_a_desktop(trial: Trial, package: Path, later: Path) -> None:
    """With what desktops have: menu, file types, windows, an upgrade; the user's settings outlive the package."""
    trial.say("on a desktop")
    trial.system.install(*DESKTOP)
    settings = trial.system.root / SETTINGS
    settings.parent.mkdir(parents=True)
    settings.write_text("{}", "utf-8")
    before = trial.files()
    _install(trial, package)
    _known(trial)
    _windows(trial)
    _install(trial, later)
    trial.prove(NAME)
    _purge(trial, before)
    if not settings.is_file():
        raise Broken("purging took the user's settings")


def _install(trial: Trial, package: Path) -> None:
    """By apt, as a person would; dpkg finds every file as it was packed."""
    trial.system.run(["apt-get", "install", *APT, "--no-install-recommends", f"/packages/{package.name}"])
    version = package.name.removesuffix(".deb").split("_")[1]
    listed = trial.system.run(["dpkg-query", "-W", "-f", "${Version} ${Status}", NAME])
    changed = trial.system.run(["dpkg", "--verify", NAME]).strip()
    if listed != f"{version} install ok installed" or changed:
        raise Broken(f"dpkg says {listed!r} {changed!r} of {package.name}")


def _linked(trial: Trial) -> None:
    """Every library finds the others."""
    find = f"find /usr/lib/{NAME} -name '*.so*' -type f ! -name 'libcups*' -exec ldd {{}} +"
    lost = sorted(set(re.findall(r"(\S+) => not found", trial.system.run(["sh", "-c", find]))))
    if lost:
        raise Broken(f"the package does not depend on {', '.join(lost)}")


def _known(trial: Trial) -> None:
    """The menu entry is valid, and offered for each type without taking it from whoever has it."""
    trial.system.run(["desktop-file-validate", f"/usr/share/applications/{APP_ID}.desktop"])
    complain(trial.system.run(appstream(Path("/usr/share"))))
    offered = (trial.system.root / "usr/share/applications/mimeinfo.cache").read_text("utf-8")
    for kind in TYPES:
        if not re.search(rf"^{re.escape(kind)}=.*{re.escape(APP_ID)}", offered, re.MULTILINE):
            raise Broken(f"the menu entry is not offered for {kind}")
    if (trial.system.root / "etc/xdg/mimeapps.list").exists():
        raise Broken("a default was taken over")
    found = trial.system.run(["xdg-mime", "query", "filetype", MAIL]).strip()
    if found != "message/rfc822":
        raise Broken(f"the system takes {MAIL} for {found}")
    if not trial.system.run(["man", "--where", NAME]).strip():
        raise Broken("man finds no page")


def _windows(trial: Trial) -> None:
    """A window with an example, and one that xdg-open opened for the mail with the Japanese name."""
    trial.photograph([NAME, "--sample", "spoofed"], "sample")
    trial.system.run(["xdg-mime", "default", f"{APP_ID}.desktop", "message/rfc822"])
    chosen = trial.system.run(["xdg-mime", "query", "default", "message/rfc822"]).strip()
    if chosen != f"{APP_ID}.desktop":
        raise Broken(f"the user's choice did not count: {chosen}")
    # xdg-open may come back before the window does, and the namespace ends with its first process
    trial.photograph(["sh", "-c", f"xdg-open '{MAIL}'; sleep 600"], "xdg-open", with_={"LANGUAGE": "ja"})
    (trial.system.root / "root/.config/mimeapps.list").unlink()


def _purge(trial: Trial, before: frozenset[str]) -> None:
    """Remove the package with what came along for it; nothing stays, and nothing else goes."""
    trial.system.run(["apt-get", "purge", *APT, "--autoremove", NAME])
    left, lost = trial.changes(before)
    if left or lost:
        raise Broken(f"purging left {left[:20]} and took {lost[:20]}")
    trial.say("purged without a trace")


def _try_image(trial: Trial, image: Path) -> None:
    """The AppImage on a system with nothing but what any desktop has."""
    trial.bring(image)
    program = f"/packages/{image.name}"
    (trial.system.root / program.lstrip("/")).chmod(0o755)
    trial.system.install(*EVERYWHERE)
    before = trial.files()
    trial.prove(program, with_=RUN_EXTRACTED)
    trial.system.run([program, "--version"])  # no FUSE here: it finds that out by itself
    left, _ = trial.changes(before)
    if left:
        raise Broken(f"the AppImage left {left[:20]}")
    _mounted(trial, program)
    # last, because it ends in a kill, after which nobody removes what was unpacked
    trial.photograph([program, "--sample", "spoofed"], "sample", with_=RUN_EXTRACTED)


def _mounted(trial: Trial, program: str) -> None:
    """As an ordinary user, by FUSE: mounted while it runs, and gone afterwards."""
    if not FUSE.exists():
        trial.say("this kernel has no FUSE: mounting is not tried")
        return
    root = trial.system.root
    os.mknod(root / "dev/fuse", stat.S_IFCHR | 0o666, FUSE.stat().st_rdev)
    (root / "dev/fuse").chmod(0o666)
    if not os.path.lexists(root / "etc/mtab"):
        (root / "etc/mtab").symlink_to("/proc/self/mounts")  # every system that boots has it; fusermount3 reads it
    trial.system.install("fuse3")
    trial.system.run(["useradd", "--create-home", "anna"])
    script = (
        f"QT_QPA_PLATFORM=offscreen LC_ALL=C.UTF-8 {program} --self-test >~/told & sleep 1.5;"
        " grep -c ^AppImage /proc/mounts; wait; tail -n 1 ~/told; grep -c ^AppImage /proc/mounts; ls -A /tmp; true"
    )
    told = trial.system.run(["su", "anna", "-c", script]).split("\n")
    if told[0] != "1" or not told[1].startswith("self-test: ok") or told[2:] != ["0", ""]:
        raise Broken(f"mounted as a user: {told}")
    trial.say("mounted, tried and unmounted as a user")
