"""The bill of materials of a system's packages in CycloneDX 1.6: resources/licences says what, the constraints which.

Our own writer, because the licence list is checked against every library of a package (installers.licensed), while a
scan of an environment sees Python's distributions only and takes their licences as they come.
"""

from __future__ import annotations

import json
import re
import tomllib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from installers.identity import LICENCE, NAME, PUBLISHER, TITLE
from installers.source import ROOT, Source

CONSTRAINTS = ROOT / "packaging" / "constraints"
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([\w.!+-]+)", re.MULTILINE)
_ADDRESS = re.compile(r"https?://[^\s,]+")
_NAMESPACE = uuid.UUID("8f0cbb35-5f5e-5d61-9a5e-2f3c7f6f0b6d")
"""Made once, for this project: the serial number follows from it, the version and the commit."""


@dataclass(frozen=True, slots=True)
class Bill:
    """Whose list it is: a system of resources/licences, and the versions that are pinned or known for it."""

    system: str
    python: str
    pins: Mapping[str, str]
    """By canonical name of the distribution (PEP 503)."""


def bill_of(system: str, python: str) -> Bill:
    """The bill of `system` ("linux", "windows", "macos"), whose packages carry CPython `python` ("" not known)."""
    return Bill(system, python, pins((CONSTRAINTS / f"{system}.txt").read_text("utf-8")))


def pins(constraints: str) -> dict[str, str]:
    """Version by canonical name, from a lock file of pip."""
    return {_canonical(name): version for name, version in _PIN.findall(constraints)}


def write(bill: Bill, source: Source, out: Path) -> Path:
    """Write it into `out`; the same source gives the same bytes."""
    target = out / f"{NAME}-{source.version}-{bill.system}.cdx.json"
    text = json.dumps(document(bill, source), ensure_ascii=False, indent=1)
    target.write_text(text + "\n", encoding="utf-8")
    return target


def document(bill: Bill, source: Source) -> dict[str, Any]:
    """The whole document as data."""
    listed = tomllib.loads((source.tree / "resources/licences/list.toml").read_text("utf-8"))["component"]
    carried = [_component(one, bill) for one in listed if bill.system in one["systems"] and one["name"] != TITLE]
    own = f"{NAME}@{source.version}"
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(_NAMESPACE, f'{own} {source.commit} {bill.system}')}",
        "version": 1,
        "metadata": _about(bill, source, own),
        "components": carried,
        "dependencies": [{"ref": own, "dependsOn": [one["bom-ref"] for one in carried]}]
        + [{"ref": one["bom-ref"]} for one in carried],
    }


def _about(bill: Bill, source: Source, own: str) -> dict[str, Any]:
    return {
        "timestamp": datetime.fromtimestamp(source.epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "lifecycles": [{"phase": "build"}],
        "component": {
            "type": "application", "bom-ref": own, "name": NAME, "version": source.version,
            "publisher": PUBLISHER, "licenses": [{"license": {"id": LICENCE}}], "purl": f"pkg:pypi/{own}",
            "properties": [
                {"name": f"{NAME}:system", "value": bill.system}, {"name": f"{NAME}:commit", "value": source.commit},
            ],
        },
    }  # fmt: skip


def _component(one: Mapping[str, Any], bill: Bill) -> dict[str, Any]:
    version = _version(one["version"], bill)
    made: dict[str, Any] = {
        "type": "platform" if one["name"] == "Python" else "library",
        "bom-ref": re.sub(r"[^a-z0-9]+", "-", one["name"].lower()).strip("-"),
        "name": one["name"],
    }
    if version:
        made["version"] = version
    made |= {"licenses": [{"expression": one["licence"]}], "copyright": one["copyright"], "description": one["en"]}
    canonical = _canonical(one["version"])
    if canonical in bill.pins:
        made["purl"] = f"pkg:pypi/{canonical}@{version}"
    elif one["name"] == "Python" and version:
        made["cpe"] = f"cpe:2.3:a:python:python:{version}:*:*:*:*:*:*:*"
    if places := _ADDRESS.findall(one["source"]):
        made["externalReferences"] = [{"type": "website", "url": place} for place in places]
    return made


def _version(named: str, bill: Bill) -> str:
    """Empty for parts of other parts: only the program tells, while it runs, which ones it carries."""
    if named == "=python":
        return bill.python
    return bill.pins.get(_canonical(named), "")


def _canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
