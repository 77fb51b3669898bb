"""Signs Windows programs where a certificate is given; without one nothing happens, and the build is the same else.

    HEADERLENS_SIGN_CERTIFICATE   a PKCS#12 file (.pfx)
    HEADERLENS_SIGN_PASSWORD      a file that holds its password
    HEADERLENS_SIGN_TIMESTAMP     the address of a time stamp server (RFC 3161)

Signed files differ from build to build by the time stamp.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from installers.commands import Broken, run, say
from installers.identity import TITLE

CERTIFICATE, PASSWORD, TIMESTAMP = (
    f"HEADERLENS_SIGN_{name}" for name in ("CERTIFICATE", "PASSWORD", "TIMESTAMP")
)  # fmt: skip


def sign(files: Iterable[Path]) -> None:
    """Sign each of `files` in place, if there is a certificate."""
    command = signing_command()
    for file in files if command else ():
        say(f"Signing {file.name}")
        signed = file.with_suffix(".signed")
        run([*command, "-in", file, "-out", signed])
        signed.replace(file)


def signing_command() -> list[str]:
    """How osslsigncode is called, without `-in` and `-out`; empty without a certificate. No secret is on it."""
    certificate = os.environ.get(CERTIFICATE, "")
    if not certificate:
        return []
    missing = [name for name in (PASSWORD, TIMESTAMP) if not os.environ.get(name)]
    if missing:
        raise Broken(f"{CERTIFICATE} is given, but not {' and '.join(missing)}")
    return [
        "osslsigncode", "sign", "-pkcs12", certificate, "-readpass", os.environ[PASSWORD], "-h", "sha256",
        "-n", TITLE, "-ts", os.environ[TIMESTAMP],
    ]  # fmt: skip
