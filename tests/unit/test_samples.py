"""The shipped examples are what their maker makes, and their maker can be run by anyone."""

import pytest

from headerlens.samples import sample, samples
from tests.support import make_samples


@pytest.mark.parametrize("make", make_samples.ALL, ids=lambda f: f.__name__)
def test_the_files_are_what_the_maker_makes(make: object) -> None:
    assert callable(make)
    for name, content in make_samples.files(make()).items():
        assert (make_samples.SAMPLES / name).read_bytes() == content, name


def test_the_examples_have_titles_in_both_languages() -> None:
    assert [set(one.title) for one in samples()] == [{"en", "ja"}] * len(make_samples.ALL)


def test_an_unknown_example_is_none() -> None:
    assert sample("nothing") is None
