"""The bill of materials of the Linux packages, written where they are built: they carry the Python that builds them."""

from __future__ import annotations

import platform
import tempfile
from pathlib import Path

from installers import sbom
from installers.source import export


def build(out: Path) -> list[Path]:
    """Write it into `out`."""
    with tempfile.TemporaryDirectory() as place:
        return [sbom.write(sbom.bill_of("linux", platform.python_version()), export(Path(place)), out)]
