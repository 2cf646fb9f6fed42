"""The README shows what the code gives today."""

from quality import readme


def test_the_readme_shows_the_brief_as_it_is():
    """The sample of the brief is the program's own, to the letter; `python -m quality.readme` renews it."""
    page = readme.README.read_text(encoding="utf-8")
    shown = readme.sample()
    assert shown.startswith("PALMYRA\n")
    assert f"```\n{shown}\n```" in page
