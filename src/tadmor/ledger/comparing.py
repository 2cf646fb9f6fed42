"""What the history says was written, against what is there."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import zip_longest

from tadmor.datamodel.issues import Issue

#: In place of a digest, where there is no row or the history tells of none.
NO_CONTENT = "nothing"


def compared(what: str, written: Iterable[tuple[str, str]], found: Mapping[str, str]) -> Iterator[Issue]:
    """Revisions against rows that have a key: changed, missing, slipped in."""
    expected = dict(written)
    for subject in sorted(expected.keys() | found.keys()):
        was, now = expected.get(subject), found.get(subject)
        if was == now:
            continue
        if was is None:
            message = f"slipped in: the history tells of no such {what}"
            yield Issue(where=subject, rule=f"{what}-unrevised", message=message)
        elif now is None:
            message = f"gone: the {what} that the history tells of"
            yield Issue(where=subject, rule=f"{what}-missing", message=message)
        else:
            message = f"not the {what} as written: digest {now}, was {was}"
            yield Issue(where=subject, rule=f"{what}-changed", message=message)


def in_order(what: str, written: Sequence[tuple[str, str]], found: Sequence[tuple[str, str]]) -> Iterator[Issue]:
    """Revisions against rows that are numbered: the first that differs."""
    for position, (was, now) in enumerate(zip_longest(written, found), start=1):
        if was != now:
            (subject, digest), (_, current) = was or (now[0], NO_CONTENT), now or ("", NO_CONTENT)
            message = f"{what} {position} is not what was written: digest {current}, was {digest}"
            yield Issue(where=subject, rule=f"{what}-changed", message=message)
            return
