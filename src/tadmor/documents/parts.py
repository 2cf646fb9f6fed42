"""Paragraphs on their way to becoming blocks, and which of them stand twice."""

import re
from collections import defaultdict
from collections.abc import Collection, Sequence

import msgspec

from tadmor.datamodel.documents import Form
from tadmor.datamodel.spans import Span
from tadmor.documents import marks
from tadmor.documents.elsewhere import elsewhere
from tadmor.documents.layout import Laid

_WORD = re.compile(r"\w+")
#: Titles of sections of an encyclopaedia, which texts taken from one run into the sentence after them.
_SECTION = re.compile(
    r"(?:Aftermath|Analysis|Background|Consequences|Context|Legacy|Overview|Prelude|Preparations|Reactions|Significance|"
    r"Timeline)\b(?=\s+[A-Z][\w’'-]*\s[^.!?]{20,}[.!?])"
)
#: A paragraph of fewer words may stand twice with reason ("Background", "Under threat").
REPEATABLE = 4
#: A pull quote takes at least so many words in a row from the article, and is no longer than this.
PULLED, LONGEST_PULLED = 6, 45


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A paragraph: `[start, end)` of the laid-out text, its words, and what it has been found to be."""

    start: int
    end: int
    text: str
    gap: int = 1  # blank lines before it
    drop_cap: bool = False
    form: Form | None = None

    @property
    def words(self) -> int:
        """How many."""
        return marks.words_in(self.text)

    @property
    def span(self) -> Span:
        """Its stretch of the laid-out text."""
        return Span(self.start, self.end)

    @property
    def key(self) -> str:
        """Its words without case and punctuation."""
        return key(self.text)

    def as_form(self, form: Form) -> "Part":
        """The same, found to be this."""
        return msgspec.structs.replace(self, form=form)

    def cut(self, start: int, end: int, form: Form | None = None) -> "Part":
        """A stretch of it, in characters of its own text, without spaces at its ends."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip())
        words = words.strip()
        at = self.start + start
        return msgspec.structs.replace(
            self, start=at, end=at + len(words), text=words, form=form if form is not None else self.form
        )


class Doubled(msgspec.Struct, frozen=True, kw_only=True):
    """A stretch that was dropped because it stands elsewhere, both in the laid-out text."""

    dropped: Span
    kept: Span


def key(text: str) -> str:
    """Words in lower case with single spaces."""
    return " ".join(_WORD.findall(text.casefold()))


def parts_of(laid: Laid, captions: Collection[str] = ()) -> list[Part]:
    """One part a paragraph, without the page's furniture, each marked with what its own words show.

    `captions` are texts known to stand under pictures.
    """
    pictured = {key(caption) for caption in captions}
    found = [
        Part(start=one.start, end=one.end, text=laid.text[one.start : one.end], gap=one.gap, drop_cap=one.drop_cap)
        for one in laid.paragraphs
    ]
    leading = elsewhere(part.text for part in found)
    whole = [part for part, away in zip(found, leading, strict=True) if not away and not marks.is_furniture(part.text)]
    marked = (_marked(each) for at, part in enumerate(whole) for each in (_headed(part) if at else [part]))
    return [part.as_form(Form.CAPTION) if part.key in pictured else part for part in marked]


def _headed(part: Part) -> list[Part]:
    """A paragraph and the section's title that runs into its first sentence: "Background Troops entered the town"."""
    found = _SECTION.match(part.text)
    if found is None:
        return [part]
    return [
        part.cut(0, found.end(), Form.HEADLINE),
        msgspec.structs.replace(part.cut(found.end(), len(part.text)), gap=0),
    ]


def _marked(part: Part) -> Part:
    if part.form is not None:
        return part
    if marks.date_line(part.text) or marks.byline(part.text):
        return part.as_form(Form.DATELINE)
    if marks.is_caption(part.text):
        return part.as_form(Form.CAPTION)
    return part.as_form(Form.BIOGRAPHY) if marks.is_biography(part.text) else part


def without_repeats(parts: Sequence[Part]) -> tuple[list[Part], list[Doubled]]:
    """Each paragraph once, first copy kept; pull quotes, whose words stand in a paragraph, go too."""
    kept, doubled, seen = [], [], dict[str, Part]()
    for part in parts:
        first = seen.setdefault(part.key, part)
        if first is part or part.words < REPEATABLE:
            kept.append(part)
        else:
            doubled.append(Doubled(dropped=part.span, kept=first.span))
    return _without_pulled(kept, doubled)


def _without_pulled(parts: Sequence[Part], doubled: list[Doubled]) -> tuple[list[Part], list[Doubled]]:
    windows = _windows(parts) if any(_may_be_pulled(part) for part in parts[2:]) else {}
    kept = []
    for index, part in enumerate(parts):
        home = (
            _home_of(part, windows) if index > 1 else None
        )  # headline and standfirst may stand in the article's words
        if home is None:
            kept.append(part)
        else:
            doubled.append(Doubled(dropped=part.span, kept=home.span))
    return kept, doubled


def _windows(parts: Sequence[Part]) -> dict[str, list[Part]]:
    """Every run of `PULLED` words, with the paragraphs it stands in."""
    found: dict[str, list[Part]] = defaultdict(list)
    for part in parts:
        words = part.key.split()
        for at in range(len(words) - PULLED + 1):
            found[" ".join(words[at : at + PULLED])].append(part)
    return found


def _may_be_pulled(part: Part) -> bool:
    return PULLED <= part.words <= LONGEST_PULLED and part.form not in {Form.CAPTION, Form.DATELINE}


def _home_of(part: Part, windows: dict[str, list[Part]]) -> Part | None:
    """The longer paragraph in which all words of this one stand in a row."""
    if not _may_be_pulled(part):
        return None
    wanted, start = f" {part.key} ", " ".join(part.key.split()[:PULLED])
    homes = (home for home in windows.get(start, ()) if len(home.key) + 2 > len(wanted) and wanted in f" {home.key} ")
    return next(homes, None)
