"""Signs the Mac program and has Apple look at it; without the keys, macOS gets the signature it asks of any program.

No secret passes through here: the certificate is in a keychain, and the notary's password in a profile of it
(`xcrun notarytool store-credentials`). RELEASING.md says who holds them.
"""

from __future__ import annotations

import os
from pathlib import Path

from installers.commands import Broken, run, say
from installers.source import ROOT

IDENTITY = "HEADERLENS_MAC_IDENTITY"
"""The certificate's name in the keychain, such as "Developer ID Application: Name (TEAM)"."""

PROFILE = "HEADERLENS_NOTARY_PROFILE"
"""The profile with the account at the notary."""

KEYCHAIN = "HEADERLENS_NOTARY_KEYCHAIN"
"""The keychain that profile is in, where it is not the usual one."""

ENTITLEMENTS = ROOT / "packaging" / "macos" / "entitlements.plist"
AD_HOC = "-"
"""A signature by nobody. Not with the hardened runtime: that would refuse libraries of no team, so all of ours."""


def identity() -> str:
    """Who signs; `AD_HOC` where nobody is named."""
    return os.environ.get(IDENTITY, "") or AD_HOC


def sign_program(app: Path) -> None:
    """Sign the bundle `app` anew. What is inside was signed by PyInstaller, with the same identity."""
    hardened: list[str | Path] = (
        [] if identity() == AD_HOC else ["--options", "runtime", "--timestamp", "--entitlements", ENTITLEMENTS]
    )
    run(["codesign", "--force", *hardened, "--sign", identity(), app])
    run(["codesign", "--verify", "--deep", "--strict", app])


def release(image: Path) -> None:
    """Sign the disk image, have it notarised, and attach the ticket; says so where the keys for that are missing."""
    if identity() == AD_HOC:
        say(f"{IDENTITY} is not set: the image is not signed, and macOS will warn of it")
        return
    run(["codesign", "--force", "--timestamp", "--sign", identity(), image])
    profile = os.environ.get(PROFILE, "")
    if not profile:
        say(f"{PROFILE} is not set: signed, but Apple has not seen it")
        return
    keychain = os.environ.get(KEYCHAIN, "")
    account = ["--keychain-profile", profile, *(["--keychain", keychain] if keychain else [])]
    told = run(["xcrun", "notarytool", "submit", image, *account, "--wait"])
    if "status: Accepted" not in told:
        raise Broken(f"Apple did not accept {image.name}: {told[-1000:]}")
    run(["xcrun", "stapler", "staple", image])
    run(["spctl", "--assess", "--type", "open", "--context", "context:primary-signature", image])
