"""When a document was published: as printed in its head, else worked out from what it tells."""

from collections.abc import Iterator, Sequence
from datetime import date

import msgspec

from tadmor.datamodel.documents import Document, Form
from tadmor.datamodel.times import Basis, Grain, Interval, When
from tadmor.documents.datedlines import dated_line, is_dated_by, month_of_issue
from tadmor.documents.dates import Printed, days_apart, printed_dates
from tadmor.documents.inference import date_from_content

#: A printed head date and the date in a dateline that lie no further apart tell one publication (time zones, updates).
SAME_PUBLICATION = 1


class HeadDate(msgspec.Struct, frozen=True, kw_only=True):
    """A date in the head or the dateline, with its words."""

    printed: Printed
    words: str


def date_document(document: Document, *, guess: bool = True) -> When | None:
    """The publication date, with reasons; `None` where nothing can be told.

    A date in the head counts, unless the body's own dateline gives another: the dateline stands closer to the words.
    Without either, and with `guess`, it is worked out from what the text tells.
    """
    return _from_head(document) or (date_from_content(document) if guess else None)


def date_printed(line: str) -> When | None:
    """The day in a running head or foot; `None` where it holds none, or several."""
    found = list(printed_dates(line))
    if len(found) != 1 or found[0].year is None:
        return None
    words = line[found[0].start : found[0].end]
    when = _as_when(HeadDate(printed=found[0], words=words), [], found[0].year)
    return msgspec.structs.replace(when, reasons=(*when.reasons, "in the margin of the pages"))


def date_together(documents: Sequence[Document]) -> tuple[Document, ...]:
    """Documents of one original, dated: those without a printed date take it from what all of them tell.

    An undated article run together with a dated one was printed with it, unless what it tells speaks against that.
    """
    printed = {document.index: document.published or _from_head(document) for document in documents}
    undated = [document for document in documents if printed[document.index] is None]
    told = date_from_content(*undated) if undated else None
    neighbour = next(filter(None, printed.values()), None)
    if undated and neighbour is not None and (told is None or told.interval.overlaps(neighbour.interval)):
        told = _beside(neighbour)
    return tuple(msgspec.structs.replace(document, published=printed[document.index] or told) for document in documents)


def _beside(neighbour: When) -> When:
    reason = "stands in one file with an article of that date"
    return msgspec.structs.replace(neighbour, basis=Basis.INFERRED, reasons=(reason, *neighbour.reasons))


def _from_head(document: Document) -> When | None:
    found = list(_head_dates(document)) or list(_headline_dates(document)) or list(_told_dates(document))
    dated = [one for one in found if one.printed.year is not None]
    if not dated:
        return _month_in_head(document)
    year = dated[0].printed.year
    chosen = found[-1] if found[-1].printed.days(year) else dated[-1]
    return _as_when(chosen, dated, year)


def _as_when(chosen: HeadDate, dated: list[HeadDate], year: int | None) -> When:
    others = [day for one in dated if one is not chosen for day in one.printed.days()]
    days = _agreeing(chosen.printed.days(year), others)
    interval = Interval.of_days(min(days), max(days))
    reasons = [f"printed as '{chosen.words}'"]
    if others and min(days_apart(day, other) for day in days for other in others) > SAME_PUBLICATION:
        reasons.append(f"the head says {others[0].isoformat()}; the dateline counts")
    if len(days) > 1:
        reasons.append("day and month cannot be told apart")
    return When(
        interval=interval,
        grain=Grain.DAY if interval.days == 1 else Grain.SPAN,
        basis=Basis.STATED,
        expression=chosen.words,
        reasons=tuple(reasons),
    )


def _agreeing(days: tuple[date, ...], others: list[date]) -> tuple[date, ...]:
    """Of several readings of figures, the one that another date of the head confirms.

    Dashes and points are day first throughout the world's press; only strokes stay open.
    """
    if len(days) > 1 and others:
        near = [day for day in days if any(days_apart(day, other) <= SAME_PUBLICATION for other in others)]
        return (near[0],) if near else days
    return days


def _head_dates(document: Document) -> Iterator[HeadDate]:
    """First date of each date line, those after the first only while no body has begun."""
    for block in document.blocks:
        if block.form in {Form.BODY, Form.COMMENT}:
            return
        if block.form is not Form.DATELINE:
            continue
        words = block.span.of(document.text)
        first = next(printed_dates(words), None)
        if first is not None:
            yield HeadDate(printed=first, words=words[first.start : first.end])


def _told_dates(document: Document) -> Iterator[HeadDate]:
    """The day that a line of the head gives itself: "As of 3 May 2014", "Letter of 3 May 2014", "3 May 2014, 6 pm"."""
    for words in _head_lines(document):
        found = list(printed_dates(words))
        if len(found) == 1 and found[0].year is not None and is_dated_by(words, found[0]):
            yield HeadDate(printed=found[0], words=words[found[0].start : found[0].end])


def _month_in_head(document: Document) -> When | None:
    """The month that a monthly report names as its own: on a line by itself, or at the end of its title."""
    for words in _head_lines(document):
        found = month_of_issue(words)
        if found is not None:
            return When(
                interval=found.interval,
                grain=Grain.MONTH,
                basis=Basis.STATED,
                expression=found.words,
                reasons=(f"printed as '{found.words}'",),
            )
    return None


def _head_lines(document: Document) -> Iterator[str]:
    """The lines above the body."""
    for block in document.blocks:
        if block.form in {Form.BODY, Form.COMMENT}:
            return
        if block.form in {Form.HEADLINE, Form.STANDFIRST, Form.DATELINE}:
            yield block.span.of(document.text)


def _headline_dates(document: Document) -> Iterator[HeadDate]:
    """The date that ends the headline, set apart from its words: "Lake bulletin, 3 May 2014"."""
    first = next((block for block in document.blocks if block.form is not Form.DATELINE), None)
    if first is None or first.form is not Form.HEADLINE:
        return
    words = first.span.of(document.text)
    line = dated_line(words)
    if line is not None and not line.leads and (line.apart or line.numbered):
        yield HeadDate(printed=line.printed, words=words[line.printed.start : line.printed.end])
