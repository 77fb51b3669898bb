"""The outline of a PDF: added behind what Qt wrote, read by others, and left out of what is none of Qt's."""

from __future__ import annotations

import re
import shutil
import subprocess
from functools import cache
from pathlib import Path

import pytest

from headerlens.pdf.outline import LONGEST_TITLE, MOST_ENTRIES, Heading, with_outline
from headerlens.pdf.write import pdf_report
from headerlens.present.words import LANGUAGES
from headerlens.samples import samples
from tests.support.reports import hostile_case, sample_case, view_of

pytestmark = pytest.mark.usefixtures("qapp")
POPPLER = pytest.mark.skipif(shutil.which("pdftohtml") is None, reason="needs poppler")


@cache
def plain() -> bytes:
    """A file as Qt wrote it."""
    octets = pdf_report([view_of(sample_case("spoofed"))])
    return octets[: octets.index(b"%%EOF\n") + 6]


def outlined(*headings: Heading) -> bytes:
    return with_outline(plain(), headings, "en")


def entries(octets: bytes, folder: Path) -> list[str]:
    """The outline as poppler reads it: "page title", what lies below another with a "> " before it."""
    path = folder / "x.pdf"
    path.write_bytes(octets)
    done = subprocess.run(["pdftohtml", "-xml", "-i", "-stdout", path], capture_output=True, check=True)
    assert done.stderr == b""
    shown, depth, found = done.stdout.decode(), -1, []
    for line in shown[shown.find("<outline>") :].splitlines() if "<outline>" in shown else []:
        depth += (line == "<outline>") - (line == "</outline>")
        if item := re.fullmatch(r'<item page="(\d+)">(.*)</item>', line):
            found.append("> " * depth + f"{item[1]} {item[2]}")
    return found


@POPPLER
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_report_has_an_entry_for_its_answer_and_each_section(tmp_path: Path, language: str) -> None:
    view = view_of(sample_case("spoofed"), language)
    found = entries(pdf_report([view]), tmp_path)
    titles = [one.partition(" ")[2] for one in found]
    assert titles[0] == "".join(span.text for span in view.result.verdict.headline)
    assert titles[1] == "".join(span.text for span in view.result.ladder.title)
    assert [one.heading for one in view.tables] == titles[-1 - len(view.tables) : -1]
    pages = [int(one.partition(" ")[0]) for one in found]
    assert pages == sorted(pages)
    assert pages[-1] > 1


@POPPLER
def test_several_messages_stand_above_their_sections(tmp_path: Path) -> None:
    views = [view_of(sample_case(one.name)) for one in samples()]
    found = entries(pdf_report(views), tmp_path)
    above = [one for one in found if not one.startswith("> ")]
    assert len(above) == 1 + len(views)
    assert [one.partition(" ")[2] for one in above[1:]] == [view.title for view in views]
    assert found[2].startswith("> ")
    starts = [int(one.partition(" ")[0]) for one in above]
    assert len(set(starts)) == len(starts)


@POPPLER
def test_a_place_on_another_page_is_where_its_heading_stands(tmp_path: Path) -> None:
    octets = pdf_report([view_of(sample_case("spoofed"))])
    path = tmp_path / "x.pdf"
    path.write_bytes(octets)
    for one in entries(octets, tmp_path):
        page, _, title = one.partition(" ")
        told = subprocess.run(["pdftotext", "-f", page, "-l", page, path, "-"], capture_output=True, check=True)
        assert title.split()[0] in told.stdout.decode()


def test_what_qt_wrote_stays_as_it_is_and_every_place_in_the_new_table_is_right() -> None:
    octets = outlined(Heading("One", 0, 40.0), Heading("Below", 1, 90.0, 1), Heading("Two", 2, 0.0))
    assert octets.startswith(plain())
    table = int(re.findall(rb"startxref\n(\d+)", octets)[-1])
    lines = octets[table:].split(b"trailer")[0].splitlines()[1:]
    found = {}
    while lines:
        first, count = map(int, lines.pop(0).split())
        for number in range(first, first + count):
            line = lines.pop(0)
            assert len(line) == 19
            found[number] = int(line[:10])
    assert found.pop(0) == 0
    assert len(found) == 5
    for number, place in found.items():
        assert octets.startswith(b"%d 0 obj\n<<" % number, place)
    assert b"/Prev %d" % int(re.findall(rb"startxref\n(\d+)", plain())[0]) in octets
    assert b"/Size %d" % (max(found) + 1) in octets[table:]


def test_the_same_file_gets_the_same_outline() -> None:
    assert outlined(Heading("One", 0, 1.0)) == outlined(Heading("One", 0, 1.0))


@POPPLER
def test_no_title_can_leave_its_string(tmp_path: Path) -> None:
    evil = ">) endobj 3 0 obj << /OpenAction /JavaScript"
    octets = outlined(Heading(evil, 0, 1.0), Heading("\ud83d half a pair", 0, 2.0), Heading("請求書", 0, 3.0))
    assert b"JavaScript" not in octets[len(plain()) :]
    found = entries(octets, tmp_path)
    assert found[0] == "1 &gt;) endobj 3 0 obj &lt;&lt; /OpenAction /JavaScript"
    assert found[2] == "1 請求書"
    entries(pdf_report([view_of(hostile_case())]), tmp_path)


def test_titles_and_entries_have_their_bounds() -> None:
    octets = outlined(Heading("x" * 9_000, 0, 1.0))
    assert len(octets) - len(plain()) < 8 * LONGEST_TITLE
    many = [Heading(str(number), 0, 1.0, int(number % 4 > 0)) for number in range(MOST_ENTRIES + 400)]
    assert outlined(*many).count(b"/Title <FEFF") == (MOST_ENTRIES + 400) // 4


def test_an_entry_without_its_page_is_left_out() -> None:
    assert outlined(Heading("gone", 99, 1.0), Heading("gone", -1, 1.0)) == plain()
    assert outlined(Heading("gone", 99, 1.0), Heading("here", 0, 1.0)).count(b"/Title <FEFF") == 1


@pytest.mark.parametrize(
    "octets",
    [
        b"",
        b"%PDF-1.4\n%%EOF\n",
        b"trailer\n<<\n/Size 3\n/Root 1 0 R\n>>\nstartxref\n0\n%%EOF\n",
        b"trailer\n<<\n/Size 3\n/Root 1 0 R\n>>\nstartxref\n999999\n%%EOF\n",
        (
            b"xref\n0 2\n0000000000 65535 f \n00000000xx 00000 n \n"
            b"trailer\n<<\n/Size 2\n/Root 1 0 R\n>>\nstartxref\n0\n%%EOF\n"
        ),
    ],
)
def test_a_file_of_another_shape_comes_back_as_it_was(octets: bytes) -> None:
    assert with_outline(octets, [Heading("One", 0, 1.0)], "en") == octets


def test_a_file_that_has_an_outline_gets_no_second_one() -> None:
    once = outlined(Heading("One", 0, 1.0))
    assert with_outline(once, [Heading("One", 0, 1.0)], "en") == once


def test_the_file_tells_its_language() -> None:
    assert b"/Lang (ja)" in pdf_report([view_of(sample_case("spoofed"), "ja")])
