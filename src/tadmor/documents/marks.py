"""What single paragraphs are by their own words: dates, bylines, captions, biographies, furniture of the page."""

import re

from tadmor.documents.dates import Printed, printed_dates

SENTENCE_END = re.compile(r"[.!?…][\"”’')\]»]*$")

_FURNITURE = re.compile(
    r"^(?:"
    r"(?:read|see|watch|listen)\s+(?:also|more|next)\b.{0,160}"
    r"|(?:also\s+read|related(?:\s+\w+)?|recommended|more\s+(?:on|from)|don['’]t\s+miss)\s*[:|].{0,160}"
    r"|\W?\d+\s*(?:-\s*)?min(?:ute)?s?\.?\s+read"
    r"|(?:no|\d+)\s+comments?\W*(?:post\s+a\s+comment)?"
    r"|(?:post|leave|add|write)\s+a?\s*(?:comment|reply)\b.{0,60}"
    r"|(?:share|tweet|print|e-?mail|save|copy\s+link|whatsapp|facebook|twitter|telegram|linkedin)"
    r"(?:\s+(?:this|on|via|by|article|story|post|to|with|facebook|twitter|whatsapp|e-?mail|friends?))*"
    r"|advertisements?|sponsored(?:\s+content)?|loading\W*|menu|home|search|skip\s+to\s+\w+(?:\s+\w+)?"
    r"|(?:newer|older)\s+posts?|(?:previous|next)(?:\s+(?:post|article|story|page))?|back\s+to\s+top"
    r"|continue\s+reading\b.{0,80}|(?:click|tap)\s+here\b.{0,80}"
    r"|(?:sign\s+up|subscribe)\s+(?:to|for|now|here|today)\b.{0,160}"
    r"|follow\s+(?:us|me|him|her|@)\b.{0,80}"
    r"|get\s+short\s+url(?:\s+\d+)*"
    r"|(?:tags?|labels?|categor(?:y|ies)|filed\s+under|posted\s+in|topics)\s*:.{0,200}"
    r"|(?:copyright|©|\(c\))\s.{0,160}|.{0,80}\ball\s+rights\s+reserved\W*"
    r"|(?:page\s+)?\d{1,3}(?:\s+(?:of|/)\s+\d{1,3})?|-\s*\d{1,3}\s*-"
    r"|[-=_*~•·#\s]{3,}"
    r")$",
    re.IGNORECASE,
)

# What may stand around a date on a line that is nothing but a date.
_AROUND_DATE = re.compile(
    r"published|publication|last|first|posted|updated|modified|created|date|issued?|added|edition|time|of|on|at|by|in|the|"
    r"gmt|utc|est|edt|cet|bst|eet|msk|a\.?m\.?|p\.?m\.?|hours?|hrs?|noon|midnight|local|\d{1,2}(?=\s*[ap]\.?m)|"
    r"(?:mon|tues?|wednes|wed|thurs?|thu|fri|satur|sat|sun)(?:day)?|\d{1,2}[:.h]?\d{2}(?:[:.]\d{2})?|[+-]\d{2}:?\d{2}|"
    r"[^\w\s]+|T|Z|\s+",
    re.IGNORECASE,
)
_BYLINE = re.compile(
    r"^(?:[Bb]y|BY|Written\s+by|Reported\s+by)[:\s]+(?P<who>(?:[A-Z][\w.'’-]*|and|&|al|el|de|bin|ibn|van|von)"
    r"(?:[\s,]+(?:[A-Z][\w.'’-]*|and|&|al|el|de|bin|ibn|van|von|in|for|at)){0,11})\s*$"
)
#: Words that mark a trade in "X is a Beirut-based journalist"; the one who wrote the article introduces himself by it.
_BIOGRAPHY = re.compile(
    r"^(?:(?:Dr|Prof|Professor|Sir)\.?\s+)?[A-Z][\w.'’-]+(?:\s+(?:[A-Z][\w.'’-]*|al|el|de|bin|ibn|van|von)){1,4},?\s+"
    r"(?:is|was|has\s+been|works\s+as|reports|writes|covers|contributed)\s+"
    r"(?:[^.!?]{0,120}?\b(?:analyst|author|blogger|columnist|consultant|contributor|correspondent|editor|fellow|"
    r"filmmaker|freelancer|historian|journalist|lecturer|photographer|producer|professor|reporter|researcher|scholar|"
    r"specialist|writer|this\s+(?:report|article|story))\b)"
)
_SPEECH = re.compile(r"[\"“”]|\b(?:said|says|told|added|according\s+to)\b")
_AGENCIES = (
    r"(?:AFP|AP|EPA|EFE|DPA|dpa|PA|ANI|ANHA|SANA|TASS|RIA|Xinhua|Reuters|Getty(?:\s+Images)?|Anadolu(?:\s+Agency)?|AA|"
    r"Associated\s+Press|Agence\s+France-Presse|Shutterstock|Sputnik|Ukrinform|Interfax|Planet\s+Labs|Maxar|Handout|"
    r"Screengrab|Screenshot|Twitter|YouTube|Facebook|Telegram|Wikimedia(?:\s+Commons)?|Al\s+Jazeera)"
)
_CREDIT = re.compile(
    r"(?:[\[(](?:[^\[\]()]{0,40}\b)?" + _AGENCIES + r"\b[^\[\]()]{0,30}[\])]\.?"
    r"|[\[(](?:photo|image|picture|file|courtesy|credit|via)\b[^\[\]()]{0,60}[\])]"
    r"|(?<=[.!?])\s+(?:(?:photo|image|picture|credit)s?\s*(?:by|:)?\s*)?" + _AGENCIES + r"(?:\s*/\s*[\w .'-]{2,30})?\.?"
    r"|[©|]\s*" + _AGENCIES + r"[^.]{0,30}\.?"
    r")\s*$",
    re.IGNORECASE,
)
_CAPTION = re.compile(
    r"^(?:(?:file\s+)?(?:photo|picture|image|caption|video|still|map|graphic)s?(?:\s+credits?)?\s*[:|].{3,}"
    r"|file\s*(?:photo|picture|image)?\s*[-–—:].{3,}"
    r"|(?:a|an|this|in\s+this)(?:\s+\w+){0,3}\s+(?:photo|picture|image|photograph|screengrab|still|handout)"
    r"(?:graph)?\s+(?:\w+\s+){0,4}(?:taken|shows?|released|provided|obtained|dated|made|from)\b.{3,})",
    re.IGNORECASE | re.DOTALL,
)
# Present tense of what people in pictures do, with a day at the end: "Soldiers ride a tank near X, on March 31st."
_PICTURED = re.compile(
    r"^[A-Z][^.!?\"“]{5,90}?\b(?:aim|are\s+(?:seen|pictured)|carry|carries|celebrate|celebrates|drive|drives|fire|fires|"
    r"flash|flashes|gather|gathers|hold|holds|inspect|inspects|is\s+(?:seen|pictured)|look|looks|march|patrol|patrols|"
    r"pose|poses|raise|raises|react|reacts|rest|rests|ride|rides|rises?|run|runs|sit|sits|stand|stands|take\s+position|"
    r"walk|walks|watch|watches|wave|waves|seen|pictured)\b[^.!?]{5,160}$"
)
_COMMENT = re.compile(
    r"^(?:my|our|editor['’]?s?|author['’]?s?|blogger['’]?s?)\s+(?:\w+\s+)?(?:comments?|commentary|take|thoughts?|view|"
    r"opinion|analysis|notes?|two\s+cents)\s*:?$|^(?:comment|commentary)\s*:$",
    re.IGNORECASE,
)
# A place in capitals, or any place with an agency in brackets; region, day and agency may follow it, then a dash.
_DATELINE = re.compile(
    r"^(?:[A-Z][A-Z.'’/-]{2,}(?:[ ,]+[A-Z][A-Z.'’/-]+){0,3}|"
    r"[A-Z][\w.'’-]+(?:[ -][A-Z][\w.'’-]+){0,2}(?=[^—–]{0,40}\([A-Z]))"
    r"(?:,\s*[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)?"
    r"(?:[,\s]+(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2}|\d{1,2}\s+[A-Z][a-z]{2,8}\.?)(?:,?\s+\d{4})?)?"
    r"(?:\s*\([A-Za-z][A-Za-z/. -]{1,30}\))?"
    r"\s*(?:[—–]|--|(?<=\s)-(?=\s)|(?<=\))[-:])\s*(?=[\"“‘'(]?[A-Z0-9])"
)
# A place however written, where a whole day follows it: "Bangui, 25 March 2013 - ", "Baghdad, June 10, 2014. ".
_DATED_PLACE = re.compile(
    r"^[A-Z][\w.'’-]+(?:[ -](?:[A-Z][\w.'’-]+|al|el|de|da|du|la)){0,3}(?:,\s*[A-Z][\w.]+(?:\s[A-Z][\w.]+)?)?,\s+"
    r"(?:[A-Z][a-z]{2,8}\.?\s+\d{1,2},?|\d{1,2}\s+[A-Z][a-z]{2,8}\.?,?)\s+\d{4}"
    r"(?:\s*\([A-Za-z][^()]{1,30}\))?\s*(?:[—–:]|--|\.(?=\s)|-(?=\s))\s*(?=[\"“‘'(]?[A-Z0-9])"
)
_BRACKETS = re.compile(r"\(([^()]+)\)")


def words_in(text: str) -> int:
    """Number of words."""
    return len(text.split())


def ends_sentence(text: str) -> bool:
    """Does it end as a sentence does?"""
    return bool(SENTENCE_END.search(text))


def is_furniture(text: str) -> bool:
    """Is it part of the page and not of the report ("5 min read", "Read also: ...", a page number)?"""
    return len(text) <= 220 and bool(_FURNITURE.match(text))


def date_line(text: str) -> Printed | None:
    """The date of a line that holds nothing else; of several ("published ... updated ...") the first."""
    if len(text) > 120:
        return None
    found = list(printed_dates(text))
    if not found or found[0].year is None:
        return None
    around, at = "", 0
    for one in found:
        around, at = f"{around}{text[at : one.start]} ", one.end
    around += text[at:]
    return None if around_dates(around) else found[0]


def around_dates(text: str) -> str:
    """What is left of the words around a date beside hours and "published on"."""
    return _AROUND_DATE.sub("", text).strip()


def byline(text: str) -> str | None:
    """Who wrote it, from "By ..."."""
    match = _BYLINE.match(text)
    return match.group("who") if match else None


def is_biography(text: str) -> bool:
    """Does it introduce the author?"""
    return words_in(text) <= 90 and bool(_BIOGRAPHY.match(text)) and not _SPEECH.search(text)


def is_caption(text: str) -> bool:
    """Is it the text under a picture?"""
    if words_in(text) > 60:
        return False
    if _CAPTION.match(text):
        return True
    if words_in(text) <= 45 and _CREDIT.search(text) and not _SPEECH.search(text):
        return True
    return _shows(text)


def _shows(text: str) -> bool:
    last = next(iter(list(printed_dates(text))[-1:]), None)
    return (
        last is not None
        and len(text) - last.end <= 2
        and not _SPEECH.search(text)
        and bool(_PICTURED.match(text[: last.start]))
    )


def opens_comment(text: str) -> bool:
    """Does the writer's own comment begin here ("My Comment:")?"""
    return bool(_COMMENT.match(text))


def dateline_end(text: str) -> int | None:
    """Where a dateline that opens a paragraph ends ("BEIRUT (Reuters) - " gives 19)."""
    match = _DATELINE.match(text) or _DATED_PLACE.match(text)
    return match.end() if match else None


def agency_in_dateline(text: str) -> str | None:
    """The agency in brackets in the dateline that opens a paragraph: "BEIRUT, May 3, 2014 (Reuters) - "."""
    match = _DATELINE.match(text)
    named = _BRACKETS.search(match.group()) if match else None
    return named.group(1) if named else None


def looks_like_outlet(text: str) -> bool:
    """A short line of capitalised words, as a publisher's name is printed."""
    words = text.split()
    if not 1 <= len(words) <= 7 or len(text) > 60 or date_line(text) or text[-1] in '!?:;,"”':
        return False
    small = {"of", "the", "and", "for", "in", "on", "al", "el", "&", "de", "du", "la"}
    return all(word in small or not word[0].islower() for word in words) and not text.lower().startswith("by ")
