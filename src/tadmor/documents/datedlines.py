"""Lines of a head that hold a date or the number of a bulletin beside a few words.

"Lake Courier, 3 May 2014"; "Lake Review No. 7 3 May 2014"; "From our own men, 3 May 2014"; "Bulletin no. 7".
"""

import re
from datetime import date
from typing import NamedTuple

import msgspec

from tadmor.datamodel.times import Interval
from tadmor.documents import marks
from tadmor.documents.dates import FIRST_YEAR, LAST_YEAR, MONTHS, Printed, printed_dates

#: Longest such line, in characters.
LONGEST_LINE = 90

_ISSUE = re.compile(
    r"\b(?:(?:no|nr|vol|iss)\.?|number|volume|issue|edition|bulletin|report|update|№|#)\s*(?:no\.?|nr\.?|#)?\s*"
    r"(?:\d{1,5}|[IVXLC]{1,7})\b",
    re.IGNORECASE,
)
_ISSUE_WORDS = re.compile(
    r"\b(?:daily|weekly|monthly|special|evening|morning|news|situation|bulletin|report|update|edition|issue|volume)\b",
    re.IGNORECASE,
)
#: What sets a date apart from words before it, and the words after which a date belongs to a sentence.
_APART = re.compile(r"(?:[,|•·/(:;]|\s[-–—]|\d)\s*$")
_TIED = re.compile(
    r"\b(?:on|of|in|since|until|till|from|by|before|after|the|and|to|for|at|during|last|next|dated|between)\W*$",
    re.IGNORECASE,
)
_WEEKDAY = re.compile(
    r"\b(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tue|wed|thu|fri|sat|sun)\.?,?\s*$", re.IGNORECASE
)
#: What a bulletin, a report or a letter is called where a day "of" it follows.
_PAPER = (
    r"(?:letter|statement|communiqu[eé]|bulletin|report|dispatch|notice|order|message|briefing|update|log|note|notes|"
    r"appeal|declaration|release|news|summary|digest|review|monitor|snapshot|overview|brief|tracker|assessment|record|"
    r"diary|minutes|journal|chronicle|register)"
)
_DATED_BY = re.compile(rf"\b(?:as\s+(?:of|at)|dated|{_PAPER}\s+(?:of|for|on|dated))\s*(?:the\s+)?$", re.IGNORECASE)
_MONTH = rf"(?P<first>{'|'.join(MONTHS)})\.?(?:\s*(?:[-–—/]|to|and)\s*(?P<last>{'|'.join(MONTHS)})\.?)?"
_ISSUE_MONTH = re.compile(rf"(?<![\w-]){_MONTH},?\s+(?P<year>(?:19|20)\d\d)$", re.IGNORECASE)
_PERIODICAL = re.compile(rf"\b(?:monthly|quarterly|{_PAPER})s?\b", re.IGNORECASE)
AROUND_NAME = " \t\n,;:|•·/()[]–—-"


class DatedLine(msgspec.Struct, frozen=True, kw_only=True):
    """A line with one date at its end or its start: the words beside it, and what number of a bulletin is in them."""

    name: str  # what is left of the words when the number is taken out
    numbered: bool
    apart: bool  # a comma, a stroke or a number sets the date apart
    printed: Printed
    leads: bool  # the date stands first


def dated_line(text: str) -> DatedLine | None:
    """A short line that holds one date with its year, and few words on one side of it."""
    if len(text) > LONGEST_LINE:
        return None
    found = list(printed_dates(text))
    if len(found) != 1 or found[0].year is None:
        return None
    before = _WEEKDAY.sub("", text[: found[0].start])
    after = text[found[0].end :]
    if not before.strip(AROUND_NAME):
        return _beside(after, found[0], leads=True, apart=bool(re.match(r"\s*(?:[,|•·/);:]|[-–—]\s)", after)))
    if after.strip(AROUND_NAME + ".") or _TIED.search(before):
        return None
    return _beside(before, found[0], leads=False, apart=bool(_APART.search(before)))


def is_issue(text: str) -> bool:
    """A line that is the number of a bulletin: "Daily bulletin no. 7", "Vol. II, No. 3"."""
    if not _ISSUE.search(text) or marks.words_in(text) > 8:
        return False
    return not re.search(r"\w", _ISSUE_WORDS.sub("", _ISSUE.sub("", text)))


def _beside(words: str, printed: Printed, *, leads: bool, apart: bool) -> DatedLine | None:
    name = _ISSUE.sub("", words).strip(AROUND_NAME)
    numbered = name != words.strip(AROUND_NAME)
    return DatedLine(name=name, numbered=numbered, apart=apart, printed=printed, leads=leads) if name else None


def without_number(line: str) -> str:
    """The words of a line without the number of the bulletin and the marks around them."""
    return _ISSUE.sub("", line).strip(AROUND_NAME)


class IssueMonth(NamedTuple):
    """The month or months that a report is of, with their words."""

    interval: Interval
    words: str


def is_dated_by(line: str, printed: Printed) -> bool:
    """Does a line of a head give the day of its text, perhaps with an hour behind it?"""
    if len(line) > 2 * LONGEST_LINE or marks.around_dates(line[printed.end :]):
        return False
    before = _WEEKDAY.sub("", line[: printed.start])
    return _DATED_BY.search(before) is not None or _APART.search(before) is not None


def month_of_issue(line: str) -> IssueMonth | None:
    """The month that a line of a head ends in: alone, or set apart in the title of a report ("Bulletin, May 2014")."""
    words = line.strip(AROUND_NAME + ".")
    found = _ISSUE_MONTH.search(words)
    if found is None or len(words) > LONGEST_LINE or not FIRST_YEAR <= int(found["year"]) <= LAST_YEAR:
        return None
    before = words[: found.start()]
    report = _PERIODICAL.search(before) and (_APART.search(before) or _DATED_BY.search(before))
    if before.strip(AROUND_NAME) and not report:
        return None
    first, last = MONTHS[found["first"].lower()], MONTHS[(found["last"] or found["first"]).lower()]
    if first > last:
        return None
    year, after = int(found["year"]), date(int(found["year"]) + last // 12, last % 12 + 1, 1)
    return IssueMonth(Interval(date(year, first, 1), after), found.group())
