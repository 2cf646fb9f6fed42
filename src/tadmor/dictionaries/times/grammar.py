"""The grammar: a regular expression over the row of class letters that `words.words_of` gives.

Each rule's name says how `reading` turns the words into a `TimeExpression`. Rules are tried in order at each word.
Letters: see `words.yaml`, and D 1-31, O 1st-31st, N other digits, Y a four-digit year, Z day and year run together,
I 2016-05-11, X 02/11/2017, K 5:34, V 1990s.
"""

import re

_NUMBER = r"(?:[DNC](?:-?C)?|h|a(?:h(?:f)?)?|ahf?)"
_SMALL = r"(?:[DNC](?:-?C)?|ehf?|a?hf?|a)"
_MONTH = r"[MmF]"
_YEAR = r"(?:\(?f?,?(?:eU)?Yc?|,?'[DN])"
_THAT_YEAR = r"f(?:ez|y|t|lU|p)U?"
#: "early", "mid-", "the end of", "the first half of", "the last week of", "early in".
_PART = r"(?:(?:e?P-?P?(?:-|f|i)?|e[ol]Hf|e[olq](?:C)?[Uu]f)(?:e(?![lpqt]))?)"
_TIME_OF_DAY = r"(?:P?-?[TU]f|(?:Pi)?eP?-?T(?:u)?f|eUf|P?-?Tuf?)"
_BEFORE = rf"(?:e?{_TIME_OF_DAY}|{_PART})"
_POINTER = r"(?:e?[lpqz]|t|y|tz|yz|tl|tp|tq)"
_WEEKDAY = r"(?:(?:W|w\.?)(?:P?T)?,?k?)"

RULES: tuple[tuple[str, str], ...] = (
    ("clock", r"[YN]A|DA\.?"),
    ("iso", r"(?:[Ww]\.?,?)?I"),
    ("slash", r"(?:[Ww]\.?,?)?X"),
    ("days_of_month", rf"{_WEEKDAY}?e?[DO](?:-|r|&)e?[DO](?:f?{_MONTH})\.?(?:{_YEAR})?"),
    ("month_days", rf"{_WEEKDAY}?[Mm]\.?e?[DO](?:-|r|&)e?[DO](?![-%])(?:{_YEAR})?"),
    ("date", rf"{_BEFORE}?{_WEEKDAY}?e?[DO]f?,?{_MONTH}\.?(?:{_YEAR}|{_THAT_YEAR})?"),
    (
        "date",
        rf"{_BEFORE}?{_WEEKDAY}?[Mm]\.?,?(?:Z|e?O(?!U)(?:{_YEAR}|{_THAT_YEAR})?|D(?:{_YEAR}|{_THAT_YEAR}))",
    ),
    ("month_day", rf"{_BEFORE}?{_WEEKDAY}?[Mm]\.?D(?!-?[Uu])"),
    ("date", rf"{_PART}?[Mm]\.?(?:{_YEAR}|{_THAT_YEAR})"),
    ("date", rf"{_PART}?(?:e|{_POINTER})?[Ss](?:-[Ss])?{_YEAR}"),
    ("date", rf"{_PART}?Y[Ss]"),
    ("date", rf"{_PART}?(?:e?oU)f{_YEAR}"),
    ("pointed_month", rf"(?:{_PART}|P|B|L)?{_POINTER}[Mm]"),
    ("pointed_season", rf"(?:{_PART}|P|B|L)?{_POINTER}[Ss]"),
    ("pointed_weekday", rf"(?:{_PART}|P|e?Tf)?{_POINTER}W(?:P?T|U(?!s))?"),
    ("month", rf"{_PART}M"),
    ("month", rf"{_PART}m"),
    ("month", r"M(?!-?[DNY])"),
    ("bare_month", r"m(?!\()"),
    ("weekday", r"(?:P(?:k)?|e?TfI?|P-?Tk?)?W(?:,?(?:i|eP|P)?(?:T|U(?![Uu])))?"),
    ("day_word", r"P?-?(?:T)?d(?:T|U)?"),
    ("ago", rf"{_NUMBER}?[Uu](?:&aH)?g"),
    ("later", rf"{_NUMBER}[Uu](?:[LB]|J(?=[.,|)]|$))"),
    ("later", r"u(?:[LB]|J(?=[.,|)]|$))"),
    ("shift", r"e[Uu](?:J(?=[.,|)]|$)|B)"),
    ("event_shift", rf"(?:{_NUMBER}|e)?[Uu]J(?!y)"),
    ("span", rf"(?:e|t)?[lpq]{_SMALL}[Uu]"),
    ("span", rf"{_SMALL}[lpq]u"),
    ("span", r"(?:[Re]|t|q|eq|ep|el|eR|l|p)u"),
    ("span", r"R"),
    ("part_of_unit", rf"{_PART}(?:e|t|y|{_POINTER})?[U]"),
    ("shift", rf"(?:P|B|L)?{_POINTER}(?:[U])(?:T)?"),
    ("shift", r"(?:P|B|L)(?:i)?(?:e|t|y)[UT]"),
    ("shift", rf"{_POINTER}P?T"),
    ("shift", r"eU(?=[.,|]|$)"),
    ("weekend", r"eU"),
    ("decade", r"(?:e)?(?:P-?)?V"),
    ("century", r"(?:e)?(?:P-?)?(?:C-)?(?:[Oo])-?U"),
    ("day_of_month", r"(?:e?Tf)?eO"),
    ("season", rf"(?:{_PART}|P)[Ss]"),
    ("season", r"e?S"),
    ("season", r"es(?!f)"),
    ("year_bc", r"(?:i|P)?[DNY]c"),
    ("date", rf"{_PART}Y"),
    ("years", r"Y-[DN](?![-.,]?\d)"),
    ("year", r"(?:e[Uu])?Y"),
    ("clock", r"K(?:A\.?)?"),
    ("duration", rf"(?:{_NUMBER}|Ha?)-?[Uu](?:-G|&aH)?"),
    ("duration", r"u-G|U-G"),
    ("duration", r"u"),
    ("time_of_day", r"e?(?:P-?)?T"),
    ("present", r"n"),
    ("vague", r"EC?[Uu]|(?:ez|yz?|t)\?|e?!"),
)

#: No rule begins with these, nor with those when another word follows: most places of a text are passed over at once.
_HOPELESS = r"(?![x.,()'’/&ikjrbvfgGAc|#%-]|[ealpqtyzhPoDNCOLBJUHE](?:[x|]|$))"
PATTERN = re.compile(
    _HOPELESS + "(?:" + "|".join(f"(?P<r{number}>{pattern})" for number, (_, pattern) in enumerate(RULES)) + ")"
)
