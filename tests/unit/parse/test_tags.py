import pytest

from headerlens.model.records import Fault, Tag, TagList
from headerlens.parse.tags import parse_tag_octets, parse_tags


def test_the_value_of_each_tag_loses_the_white_space_around_it() -> None:
    found = parse_tags("v=1; a = rsa-sha256 ;\r\n\td=example.com;")
    assert [(tag.name, tag.value) for tag in found.tags] == [("v", "1"), ("a", "rsa-sha256"), ("d", "example.com")]
    assert found.faults == ()


def test_a_fold_inside_a_value_loses_its_line_end_and_keeps_its_blanks() -> None:
    assert parse_tags("b=abc\r\n  def\n\tghi").get("b") == "abc  def\tghi"


def test_offsets_point_at_the_tag_without_the_blanks_around_it() -> None:
    text = "v=1;\r\n\tbh = a\r\n b ; z="
    for tag in parse_tags(text, 1000).tags:
        assert text[tag.start - 1000 : tag.end - 1000].startswith(tag.name)
        assert text[tag.start - 1000 : tag.end - 1000].strip() == text[tag.start - 1000 : tag.end - 1000]


def test_an_empty_value_is_there_and_an_absent_tag_is_not() -> None:
    found = parse_tags("p=; v=DKIM1")
    assert found.get("p") == ""
    assert found.get("P") is None


def test_of_two_tags_with_one_name_the_first_counts_and_the_second_is_a_fault() -> None:
    found = parse_tags("d=a;d=b")
    assert found.get("d") == "a"
    assert found.faults == (Fault("duplicate_tag", "d", 4, 7),)


@pytest.mark.parametrize(
    ("text", "detail"),
    [("a=1; x; b=2", "x"), ("a=1; =x; b=2", "=x"), ("a=1; 1x=2; b=2", "1x=2"), ("a=1;; b=2", "empty")],
)
def test_a_piece_that_is_no_tag_is_a_fault_and_loses_no_other_tag(text: str, detail: str) -> None:
    found = parse_tags(text)
    assert [tag.name for tag in found.tags] == ["a", "b"]
    assert [(fault.code, fault.detail) for fault in found.faults] == [("syntax", detail)]


def test_one_semicolon_may_end_the_list_and_an_empty_list_has_no_tags() -> None:
    assert parse_tags("a=1; \r\n").faults == ()
    assert parse_tags(" ") == TagList()


def test_values_in_utf_8_are_decoded_and_offsets_still_count_octets() -> None:
    octets = "d=例え.jp; s=b".encode()
    found = parse_tag_octets(octets, 5)
    assert found.get("d") == "例え.jp"
    assert found.tags[1] == Tag("s", "b", 5 + octets.index(b"s="), 5 + len(octets))
    assert parse_tag_octets(b"d=caf\xe9").get("d") == "café"
