"""The bill of materials of the Windows packages, written where they are built."""

from __future__ import annotations

import os
import re
import tempfile
from pathlib import Path

from installers import sbom
from installers.source import export
from installers.windows.python import ARCHIVE_VARIABLE, OFFICIAL


def build(out: Path) -> list[Path]:
    """Write it into `out`."""
    with tempfile.TemporaryDirectory() as place:
        return [sbom.write(sbom.bill_of("windows", _python()), export(Path(place)), out)]


def _python() -> str:
    """Python's version, where it is python.org's; empty for the copy that only trials are built from."""
    found = re.search(r"/(\d+\.\d+\.\d+)/", OFFICIAL) if os.environ.get(ARCHIVE_VARIABLE) else None
    return found[1] if found else ""
