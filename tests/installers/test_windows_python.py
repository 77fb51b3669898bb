"""Nothing goes into the Windows program that is not what it says, and nothing is signed without being asked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from installers.commands import Broken
from installers.windows import python as windows_python
from installers.windows import signing as windows_signing
from installers.windows import tools as windows_tools


def test_another_archive_than_the_pinned_one_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    archive = tmp_path / "python-3.13.14-embed-amd64.zip"
    archive.write_bytes(b"somebody else's")
    monkeypatch.setenv(windows_python.ARCHIVE_VARIABLE, str(archive))
    with pytest.raises(Broken, match="SHA-256 differs"):
        windows_python.lay_out_python(tmp_path / "runtime", tmp_path, [])
    assert not (tmp_path / "runtime").exists()


def _say(told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows_python, "_verify", lambda *_: told)


SIGNED = (
    "Subject: /C=US/O=Python Software Foundation/CN=Python Software Foundation\n"
    "Timestamp Server Signature verification: ok\nSignature verification: ok\n"
)


def test_a_file_with_its_signer_and_both_verdicts_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _say(SIGNED, monkeypatch)
    windows_python._check_signature(tmp_path / "python313.dll", tmp_path)


@pytest.mark.parametrize(
    "told",
    [
        "",
        "No signature found",
        SIGNED.replace("CN=Python Software Foundation", "CN=Somebody"),
        SIGNED.replace("\nSignature verification: ok", "\nSignature verification: failed"),
        SIGNED.replace(
            "Timestamp Server Signature verification: ok", "Timestamp Server Signature verification: failed"
        ),
    ],
)
def test_a_file_without_a_good_signature_is_refused(told: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _say(told, monkeypatch)
    with pytest.raises(Broken, match="not signed by the Python Software Foundation"):
        windows_python._check_signature(tmp_path / "python313.dll", tmp_path)


def test_without_a_certificate_nothing_is_signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(windows_signing.CERTIFICATE, raising=False)
    windows_signing.sign([tmp_path / "not there.exe"])
    assert windows_signing.signing_command() == []


def test_a_certificate_alone_is_not_enough(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(windows_signing.CERTIFICATE, "ours.pfx")
    monkeypatch.setenv(windows_signing.PASSWORD, "password.txt")
    monkeypatch.delenv(windows_signing.TIMESTAMP, raising=False)
    with pytest.raises(Broken, match=windows_signing.TIMESTAMP):
        windows_signing.signing_command()


def test_the_password_is_named_by_its_file_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = tmp_path / "password.txt"
    secret.write_text("hidden", "utf-8")
    for name, value in (("CERTIFICATE", "ours.pfx"), ("PASSWORD", str(secret)), ("TIMESTAMP", "http://stamps.example")):
        monkeypatch.setenv(f"HEADERLENS_SIGN_{name}", value)
    command = windows_signing.signing_command()
    assert "hidden" not in " ".join(command)
    assert command[command.index("-readpass") + 1] == str(secret)


def test_only_a_python_of_the_programs_own_version_compiles_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(windows_tools, "_says", lambda *words: "3.11" if words[0].endswith(("python", "3.13")) else "")
    with pytest.raises(Broken, match=r"takes Python 3\.13"):
        windows_tools.python_of_the_program()
