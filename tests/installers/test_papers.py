"""SHA256SUMS is what sha256sum checks."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from installers.papers import NOTES, SUMS, sums


def test_every_download_is_listed_by_name_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.deb", "a.exe", SUMS, NOTES):
        (tmp_path / name).write_bytes(name.encode())
    (tmp_path / "pictures").mkdir()
    told = [line.split("  ") for line in sums(tmp_path).splitlines()]
    assert told == [[hashlib.sha256(name.encode()).hexdigest(), name] for name in ("a.exe", "b.deb")]


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not on this system")
def test_sha256sum_reads_it_and_notices_a_change(tmp_path: Path) -> None:
    (tmp_path / "a.exe").write_bytes(b"MZ")
    (tmp_path / SUMS).write_text(sums(tmp_path), "utf-8")
    check = ["sha256sum", "--check", "--strict", "--quiet", SUMS]
    assert subprocess.run(check, cwd=tmp_path, check=False).returncode == 0
    (tmp_path / "a.exe").write_bytes(b"MX")
    assert subprocess.run(check, cwd=tmp_path, check=False, capture_output=True).returncode == 1
