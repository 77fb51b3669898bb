"""Bare systems to try packages in: a fresh copy of a minimal Debian or Ubuntu, entered without the machine's devices.

Needs root, debootstrap, and util-linux's `unshare`. Every command runs in a mount and process namespace of its own:
/proc is mounted there alone and ends with it, whatever the command leaves running ends with it too, and nothing has to
be unmounted before the copy is deleted. /dev holds six nodes of its own.
"""

from __future__ import annotations

import os
import shlex
import shutil
import stat
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from installers.commands import Broken, run, say

STORE_VARIABLE = "HEADERLENS_CHROOTS"
"""A folder to keep the minimal systems in between runs; /var/tmp otherwise, as root's alone."""

AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
"""The machine's certificate authorities count inside too: a firm's network may need one of its own."""

NODES = (("null", 1, 3), ("zero", 1, 5), ("full", 1, 7), ("random", 1, 8), ("urandom", 1, 9), ("tty", 5, 0))
INCLUDED = "ca-certificates"


@dataclass(frozen=True, slots=True)
class Distribution:
    """Where one minimal system comes from. `pockets` are further suites that its users have."""

    suite: str
    mirror: str
    components: str = "main"
    pockets: tuple[str, ...] = ()
    keyring: str = ""
    """Who signs it; empty: debootstrap knows. Debian does not carry Ubuntu's: without the file nothing is verified."""
    script: str = ""
    """debootstrap's recipe, where an older debootstrap may not know the suite by name."""


DEBIAN = "http://deb.debian.org/debian"
UBUNTU = "http://archive.ubuntu.com/ubuntu"
DISTRIBUTIONS: Mapping[str, Distribution] = {
    "debian12": Distribution("bookworm", DEBIAN, pockets=("bookworm-updates",)),
    "debian13": Distribution("trixie", DEBIAN, pockets=("trixie-updates",)),
    "ubuntu24.04": Distribution(
        "noble", UBUNTU, "main universe", ("noble-updates",), "/usr/share/keyrings/ubuntu-archive-keyring.gpg", "gutsy"
    ),
}


@dataclass(frozen=True, slots=True)
class Chroot:
    """One bare system, thrown away at the end of the `with` of `bare`."""

    root: Path

    def command(self, words: Sequence[str | Path], *, with_: Mapping[str, str] | None = None) -> list[str]:
        """What has to be run out here, so that `words` run inside with a bare environment that `with_` joins."""
        variables = {
            "HOME": "/root", "PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "TERM": "dumb", "LC_ALL": "C.UTF-8",
            "DEBIAN_FRONTEND": "noninteractive", "PIP_CERT": str(AUTHORITIES), "SSL_CERT_FILE": str(AUTHORITIES),
        } | dict(with_ or {})  # fmt: skip
        return [
            "unshare", "--mount", "--pid", "--fork", "--kill-child", f"--mount-proc={self.root}/proc",
            "chroot", str(self.root), "env", "-i", *(f"{name}={value}" for name, value in variables.items()),
            *(str(word) for word in words),
        ]  # fmt: skip

    def run(self, words: Sequence[str | Path], *, with_: Mapping[str, str] | None = None) -> str:
        """What `words` printed inside, on both channels. Raises `Broken` when they failed."""
        told = f"{self.root.name}: {shlex.join(str(word) for word in words)[:180]}"
        print(f"   {told}", flush=True)
        try:
            return run(self.command(words, with_=with_), shown=False)
        except Broken as broken:
            raise Broken(f"{told} failed") from broken

    def files(self, *folders: str) -> frozenset[str]:
        """The path of everything below `folders` inside, to be compared with later."""
        found: set[str] = set()
        for folder in folders:
            top = self.root / folder.lstrip("/")
            found.update(str(one.relative_to(self.root)) for one in top.rglob("*"))
        return frozenset(found)

    def install(self, *packages: str) -> None:
        """Add `packages` (names, or paths inside that begin with /) as a person would, with what they depend on."""
        self.run(["apt-get", "update", "-qq"])
        self.run(["apt-get", "install", "-y", "-qq", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends", *packages])

    def copy_in(self, outside: Path, inside: str) -> None:
        """Copy a file or folder to the path `inside`, whose folders are made."""
        target = self.root / inside.lstrip("/")
        target.parent.mkdir(parents=True, exist_ok=True)
        if outside.is_dir():
            shutil.copytree(outside, target, symlinks=True)
        else:
            shutil.copyfile(outside, target)


@contextmanager
def bare(name: str) -> Iterator[Chroot]:
    """A fresh copy of the distribution `name`, deleted afterwards."""
    if os.geteuid() != 0:
        raise Broken("the checks in bare systems need root: chroot and unshare are its alone")
    stored = _stored(name)
    folder = Path(tempfile.mkdtemp(prefix=f"{name}-", dir=_store()))
    try:
        run(["tar", "-xf", stored, "-C", folder])
        folder.chmod(0o755)  # apt fetches as a user of its own
        _furnish(folder)
        yield Chroot(folder)
    finally:
        _delete(folder)


def _store() -> Path:
    folder = Path(os.environ.get(STORE_VARIABLE, "/var/tmp/headerlens-chroots"))  # noqa: S108  the owner is checked
    folder.mkdir(parents=True, exist_ok=True, mode=0o755)
    if folder.stat().st_uid != os.geteuid():
        raise Broken(f"{folder} belongs to somebody else")
    return folder


def _stored(name: str) -> Path:
    """The distribution as a tar file, made once."""
    archive = _store() / f"{name}.tar"
    if not archive.exists():
        say(f"Fetching a minimal {name} (once; it stays as {archive})")
        _fetch(DISTRIBUTIONS[name], archive)
    return archive


def _fetch(one: Distribution, archive: Path) -> None:
    """Let debootstrap make the system, and pack it under its final name only when it is whole."""
    folder = Path(tempfile.mkdtemp(prefix="new-", dir=archive.parent))
    try:
        run(["debootstrap", *_verifying(one), "--variant=minbase", f"--include={INCLUDED}", one.suite, folder,
             one.mirror, *([one.script] if one.script else [])])  # fmt: skip
        suites = (one.suite, *one.pockets)
        lines = [f"deb {one.mirror} {suite} {one.components}\n" for suite in suites]
        (folder / "etc/apt/sources.list").write_text("".join(lines), "utf-8")
        shutil.rmtree(folder / "var/cache/apt/archives")
        unfinished = archive.with_suffix(f".{os.getpid()}")
        run(["tar", "-cf", unfinished, "--one-file-system", "--numeric-owner", "-C", folder, "."])
        unfinished.rename(archive)
    finally:
        _delete(folder)


def _verifying(one: Distribution) -> list[str]:
    if not one.keyring:
        return []
    if Path(one.keyring).is_file():
        return [f"--keyring={one.keyring}"]
    say(f"{one.keyring} is not here: what is fetched for this throw-away system is not verified")
    return ["--no-check-gpg"]


def _furnish(root: Path) -> None:
    """Its own few devices, the way to the network, and the machine's certificate authorities."""
    for name, major, minor in NODES:
        node = root / "dev" / name
        node.unlink(missing_ok=True)
        os.mknod(node, stat.S_IFCHR | 0o666, os.makedev(major, minor))
        node.chmod(0o666)
    (root / "dev/shm").mkdir(mode=0o1777, exist_ok=True)
    (root / "dev/shm").chmod(0o1777)
    (root / "proc").mkdir(exist_ok=True)
    (root / "etc/resolv.conf").unlink(missing_ok=True)
    shutil.copyfile("/etc/resolv.conf", root / "etc/resolv.conf")
    if AUTHORITIES.is_file():
        shutil.copyfile(AUTHORITIES, root / str(AUTHORITIES).lstrip("/"))


def _delete(root: Path) -> None:
    """Remove a system, never reaching through a mount: one inside it would be somebody else's files."""
    mounts = Path("/proc/self/mounts").read_text("utf-8").split("\n")
    inside = [line.split()[1] for line in mounts if line and line.split()[1].startswith(f"{root}/")]
    if inside:
        raise Broken(f"{root} is not deleted, because something is mounted in it: {', '.join(inside)}")
    shutil.rmtree(root)
