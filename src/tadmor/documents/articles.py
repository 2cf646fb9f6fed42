"""Several articles run together in one file: where each begins."""

from collections.abc import Sequence
from itertools import accumulate, islice

from tadmor.datamodel.documents import Form
from tadmor.documents import marks
from tadmor.documents.parts import Part

#: An article of fewer words before a break is a teaser, a caption or a section.
SHORTEST = 60
#: Magazines set drop caps at sections too; so many words must lie between two for the second to open an article.
BETWEEN_DROP_CAPS = 150
#: Longest headline, in words: nine in ten headlines of English papers have under 16; long web titles reach 25.
LONGEST_HEADLINE = 25
#: Fewest words of a wire's first paragraph; shorter ones with a dash are entries of a list.
LEAD = 15
#: How far after a headline its date line or byline may stand, in paragraphs.
HEADER = 3


def split(parts: Sequence[Part]) -> list[list[Part]]:
    """The parts of each article, in order."""
    starts, words = [0], _words_before(parts)
    for index in range(1, len(parts)):
        before, after = words[index] - words[starts[-1]], words[-1] - words[index]
        if min(before, after) >= SHORTEST and _opens_article(parts, starts[-1], index, before):
            starts.append(_header_start(parts, starts[-1], index))
    ends = [*starts[1:], len(parts)]
    return _with_own_headlines([list(parts[start:end]) for start, end in zip(starts, ends, strict=True)])


def _opens_article(parts: Sequence[Part], start: int, index: int, before: int) -> bool:
    """Does another article begin at `index`, when the present one began at `start` and has `before` words of body?"""
    if parts[index].form is Form.CAPTION:
        return False
    part, previous = parts[index], parts[index - 1]
    if previous.form is Form.BIOGRAPHY and part.form is not Form.BIOGRAPHY:
        return True
    if part.drop_cap and before >= BETWEEN_DROP_CAPS:
        return True
    return _is_header(parts, index) or _is_wire(parts, start, index)


def _is_header(parts: Sequence[Part], index: int) -> bool:
    """A headline with its date or byline, or a date with its headline, then an article."""
    part = parts[index]
    following = parts[index + 1 : index + 1 + HEADER]
    if looks_like_headline(part):
        signs = [one for one in following if one.form is Form.DATELINE]
        return bool(signs) and not any(one.words > 60 for one in following[: following.index(signs[0])])
    dated = part.form is Form.DATELINE and marks.date_line(part.text) is not None
    return dated and bool(following) and looks_like_headline(following[0]) and following[0].words >= 5


def _is_wire(parts: Sequence[Part], start: int, index: int) -> bool:
    """Each article of a round-up opens with its own dateline."""
    part = parts[index]
    if marks.dateline_end(part.text) is None or part.words < LEAD or not marks.ends_sentence(part.text):
        return False
    opening = next((part for part in islice(parts, start, index) if part.words > 12 and part.form is None), None)
    if opening is None:
        return False
    return marks.dateline_end(opening.text) is not None or looks_like_headline(parts[index - 1])


def looks_like_headline(part: Part) -> bool:
    """Short, and not ended as a sentence."""
    if part.form not in {None, Form.HEADLINE} or part.drop_cap or not 3 <= part.words <= LONGEST_HEADLINE:
        return False
    return not marks.ends_sentence(part.text) and part.text[-1] not in ":;,"


def _header_start(parts: Sequence[Part], start: int, index: int) -> int:
    """Back over the headline, the place and the date above an opening."""
    while index - 1 > start and (looks_like_headline(parts[index - 1]) or _is_short_line(parts[index - 1])):
        index -= 1
    return index


def _is_short_line(part: Part) -> bool:
    return part.form is Form.DATELINE or (part.form is None and part.words <= 3 and not marks.ends_sentence(part.text))


def _words_before(parts: Sequence[Part]) -> list[int]:
    """Words of body before each part, and in all."""
    counts = (part.words if part.form is None and not looks_like_headline(part) else 0 for part in parts)
    return list(accumulate(counts, initial=0))


def _with_own_headlines(articles: list[list[Part]]) -> list[list[Part]]:
    """Headlines that stand together above the first article go to the one whose words they share."""
    if len(articles) < 2:
        return articles
    top = [part for part in articles[0][: len(articles) + 1] if looks_like_headline(part)]
    bare = [index for index, parts in enumerate(articles) if index and not looks_like_headline(parts[0])]
    for headline in top[1:]:
        best = max([0, *bare], key=lambda index: (_shared(headline, articles[index]), -index))
        if best:
            articles[0].remove(headline)
            articles[best].insert(0, headline)
            bare.remove(best)
    return articles


def _shared(headline: Part, article: Sequence[Part]) -> int:
    """How many longer words of a headline stand in an article."""
    words = {word for word in headline.key.split() if len(word) > 3}
    return len(words.intersection(word for part in article if part is not headline for word in part.key.split()))
