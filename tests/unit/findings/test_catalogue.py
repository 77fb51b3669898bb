"""Loading the catalogue."""

from __future__ import annotations

import pytest

from headerlens.findings import catalogue
from headerlens.findings.catalogue import BadCatalogue, entries, friendly_receiver, read_table


def test_the_catalogue_is_read_once() -> None:
    assert entries() is entries()


def test_receivers_go_by_the_name_people_know() -> None:
    assert friendly_receiver("mx.google.com") == "Gmail"
    assert friendly_receiver("AM1PR01MB0001.eurprd01.prod.outlook.com") == "Microsoft 365"
    assert friendly_receiver("mx.example.co.jp") == "mx.example.co.jp"
    assert friendly_receiver("notgoogle.com") == "notgoogle.com"


def test_a_damaged_catalogue_is_an_error_of_its_own() -> None:
    with pytest.raises(BadCatalogue):
        read_table("absent.toml")
    with pytest.raises(BadCatalogue):
        catalogue._entry("x", {"actor": "nobody"})
    with pytest.raises(BadCatalogue):
        catalogue._entry("x", {"actor": "somebody"})
