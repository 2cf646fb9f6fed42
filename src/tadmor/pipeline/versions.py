"""A page that is captured again: does it say the same, and what becomes of what it said before?"""

from collections.abc import Sequence

import msgspec

from tadmor.datamodel.captures import WITHDRAWN, Capture, Outcome
from tadmor.datamodel.documents import Document
from tadmor.datamodel.history import standing
from tadmor.datamodel.issues import Issue, Severity
from tadmor.ledger import ClaimFilter, Ledger


class Changed(msgspec.Struct, frozen=True, kw_only=True):
    """A page says something else than before, or is no more: what a person is told of it."""

    issues: tuple[Issue, ...]


def placed(ledger: Ledger, capture: Capture, documents: Sequence[Document]) -> Capture:
    """A capture with its outcome, and with the original whose documents are its text.

    Bytes differ from one answer to the next (advertisements, tokens) where the text is the same: then the text that was
    read first stands for all of them, and nothing is claimed twice.
    """
    if capture.stands is not None and not documents:  # placed before, and its text found to be known
        outcome = Outcome.SAME if capture.stands == _last(ledger, capture) else Outcome.READ
        return msgspec.structs.replace(capture, outcome=outcome)
    before = _texts_of(ledger, capture.page)
    if capture.status in WITHDRAWN:
        outcome = Outcome.WITHDRAWN if before else Outcome.OTHER
        return msgspec.structs.replace(capture, outcome=outcome)
    if capture.status == 304:
        last = _last(ledger, capture)
        outcome = Outcome.SAME if last is not None else Outcome.OTHER
        return msgspec.structs.replace(capture, outcome=outcome, stands=last)
    held = _held(ledger, capture.original)
    if held is not None:
        outcome = Outcome.SAME if held == _last(ledger, capture) else Outcome.READ
        return msgspec.structs.replace(capture, outcome=outcome, stands=held)
    if not documents:
        return msgspec.structs.replace(capture, outcome=Outcome.OTHER)
    said = tuple(document.text for document in documents)
    same = next((original for original, texts in before.items() if texts == said), None)
    if same is None:
        return msgspec.structs.replace(capture, outcome=Outcome.READ, stands=capture.original)
    outcome = Outcome.SAME if same == _last(ledger, capture) else Outcome.READ
    return msgspec.structs.replace(capture, outcome=outcome, stands=same)


def changed(ledger: Ledger, capture: Capture) -> Changed | None:
    """What a capture that is about to be noted changes of what its page said last; `None`: nothing."""
    last = _last(ledger, capture)
    gone = capture.outcome is Outcome.WITHDRAWN
    if last is None and capture.outcome is Outcome.READ and _texts_of(ledger, capture.page):
        message = "was no more and is there again; what it says counts from now on"
        issue = Issue(where=capture.page or "", rule="page-back", message=message, severity=Severity.WARNING)
        return Changed(issues=(issue,))
    if last is None or not (gone or (capture.outcome is Outcome.READ and capture.stands != last)):
        return None
    page = capture.page or ""
    claims = _claims(ledger, last)
    count = f"{len(claims)} claim{'' if len(claims) == 1 else 's'}"
    if gone:
        rule = "page-withdrawn"
        message = f"is no more (status {capture.status}): {count} of it no longer count; the words are kept"
    else:
        rule = "page-changed"
        message = f"says something else than before: {count} of the earlier text no longer count; it is kept beside"
    issues = [Issue(where=page, rule=rule, message=message, severity=Severity.WARNING)]
    decided = standing(ledger.reviews())
    persons = {decided[claim].author for claim in claims if claim in decided}
    if persons:
        shown = ", ".join(claim[:8] for claim in claims if claim in decided)[:80]
        message = (
            f"{', '.join(sorted(persons))} had decided on claims of the earlier text ({shown}); look at them again"
        )
        issues.append(Issue(where=page, rule="page-reviewed", message=message, severity=Severity.WARNING))
    return Changed(issues=tuple(issues))


def _last(ledger: Ledger, capture: Capture) -> str | None:
    """The original whose text the page said when it was last captured before; `None`: never, or it was no more."""
    earlier = [
        one
        for one in (ledger.captures(capture.page) if capture.page is not None else ())
        if one.made <= capture.made and one.outcome is not Outcome.OTHER
    ]
    return max(earlier, key=lambda one: one.made).stands if earlier else None


def _texts_of(ledger: Ledger, page: str | None) -> dict[str, tuple[str, ...]]:
    """What the captures of a page said, by the original that holds each text."""
    if page is None:
        return {}
    stood = dict.fromkeys(one.stands for one in ledger.captures(page) if one.stands is not None)
    return {original: ledger.texts(original) for original in stood}


def _held(ledger: Ledger, original: str | None) -> str | None:
    """The original whose documents are the text of bytes that the case holds; `None` where it holds them not."""
    if original is None or not ledger.holds(original):
        return None
    if ledger.texts(original):
        return original
    before = [one.stands for one in ledger.captures(original=original) if one.stands is not None]
    return before[-1] if before else None


def _claims(ledger: Ledger, original: str) -> list[str]:
    """The claims of an original that count."""
    documents = tuple(ledger.runs.documents([original]).get(original, {}))
    return [claim.id for claim in ledger.claims(ClaimFilter(document=documents))] if documents else []
