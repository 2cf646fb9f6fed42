"""From the words of one matched rule to the fields of a `TimeExpression`."""

from collections.abc import Callable, Sequence
from typing import Any

from tadmor.dictionaries.times.expression import Part, Reference, Season, TimeKind, Unit
from tadmor.dictionaries.times.words import Word

Fields = dict[str, Any]
Words = Sequence[Word]

#: The most that a vague number of units is taken to be.
_VAGUE = {"couple": 3, "few": 5, "several": 9}
#: Words that point back, here and on, in units from the reference.
_SHIFTS = {"last": -1, "past": -1, "previous": -1, "this": 0, "current": 0, "next": 1, "following": 1, "coming": 1}
_FROM_STORY = {"previous", "following"}
_DAY_WORDS = {"today": 0, "yesterday": -1, "tomorrow": 1, "tonight": 0, "overnight": 0}
#: Two digits name a year of this or the last century; the product reads texts from the 1990s on.
_PIVOT = 50


def all_of(words: Words, symbols: str) -> list[Word]:
    """The words of some classes, in order."""
    return [word for word in words if word.symbol in symbols]


def first_of(words: Words, symbols: str) -> Word | None:
    """The first word of some classes."""
    return next((word for word in words if word.symbol in symbols), None)


def amount_of(words: Words) -> tuple[float | None, bool]:
    """How many units, and whether that is a vague word's upper bound."""
    vague = first_of(words, "h")
    if vague is not None:
        return _VAGUE[vague.value], True
    total: float = sum(int(word.value) for word in all_of(words, "DNC"))
    if first_of(words, "H"):
        total = (total or 1) + 0.5 if first_of(words, "&") else 0.5
    if total:
        return total, False
    return (1, False) if first_of(words, "a") else (None, True)


def two_digit_year(text: str) -> int:
    """The year of two digits, of four as they are."""
    number = int(text)
    if len(text) > 2:
        return number
    return number + (2000 if number < _PIVOT else 1900)


def _part(words: Words) -> Part | None:
    half = first_of(words, "H")
    if half is not None:
        return Part.SECOND_HALF if words and all_of(words, "ol")[0].value != "1" else Part.FIRST_HALF
    part = first_of(words, "P")
    if part is not None:
        return Part(part.value)
    if first_of(words, "B"):
        return Part.EARLY
    return Part.LATE if first_of(words, "L") else None


def calendar(words: Words) -> Fields | None:
    """Year, month, day, weekday, season, part and time of day, whichever stand in the words."""
    out: Fields = {"kind": TimeKind.DATE}
    month, year, season = first_of(words, "MmF"), first_of(words, "Y"), first_of(words, "Ss")
    if month is not None:
        out["month"] = month.number
        out.update(_day_and_year(words, month))
    if year is not None:
        out["year"] = int(year.value)
    if season is not None:
        out["season"] = Season(season.value)
    if weekday := first_of(words, "Ww"):
        out["weekday"] = weekday.number
    if time := first_of(words, "T"):
        out["time_of_day"] = time.value
    if (unit := first_of(words, "U")) and unit.value == "quarter" and (ordinal := first_of(words, "o")):
        out["quarter"] = ordinal.number
    elif unit and unit.value == "night":
        out["time_of_day"] = "night"
    out["part"] = _part(words)
    out["before_christ"] = any(word.value == "bc" for word in words)
    if _that_year(words):
        out.update(unit=Unit.YEAR, shift=0, reference=Reference.STORY)
    return out if _possible(out) else None


def _that_year(words: Words) -> bool:
    at = next((i for i, word in enumerate(words) if word.symbol in "MmF"), len(words))
    return any(word.symbol in "zyltp" for word in words[at:])


def _day_and_year(words: Words, month: Word) -> Fields:
    if glued := first_of(words, "Z"):
        return {"day": int(glued.value[:-4]), "year": int(glued.value[-4:])}
    at = words.index(month)
    before = all_of(words[max(at - 3, 0) : at], "DO")
    after = all_of(words[at + 1 :], "DO")
    named = all_of(words[at + 1 :], "N")
    out: Fields = {}
    if before:
        out["day"] = before[-1].number
        after = named + after
    elif after:
        out["day"], after = after[0].number, named + after[1:]
    else:
        after = named
    if after:
        out["year"] = two_digit_year(after[-1].value)
    return out


_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def _possible(fields: Fields) -> bool:
    month, day = fields.get("month"), fields.get("day")
    return day is None or month is None or 1 <= day <= _LONGEST[month - 1]


def _iso(words: Words) -> Fields | None:
    year, month, day = (int(part) for part in words[-1].value.replace("/", "-").split("-"))
    return _checked(year, month, day)


def _slash(words: Words) -> Fields | None:
    value = words[-1].value
    first, second, year = value.replace(".", "/").replace("-", "/").split("/")
    day, month = int(first), int(second)
    if month > 12 >= day:
        day, month = month, day
    return _checked(two_digit_year(year), month, day)


def _checked(year: int, month: int, day: int) -> Fields | None:
    if not 1 <= month <= 12 or not 1 <= day <= _LONGEST[month - 1]:
        return None
    return {"kind": TimeKind.DATE, "year": year, "month": month, "day": day}


def _pointer(words: Words) -> Fields:
    """Shift and reference from "last", "the previous", "this", "that same"."""
    pointers = [word.value for word in words if word.symbol in "lpqt" and word.value in _SHIFTS]
    if pointers:
        strongest = next((value for value in pointers if _SHIFTS[value]), pointers[0])
        reference = Reference.STORY if strongest in _FROM_STORY else Reference.EITHER
        return {"shift": _SHIFTS[strongest], "reference": reference}
    return {"shift": 0, "reference": Reference.STORY}


def _pointed(words: Words) -> Fields | None:
    out = calendar(words)
    if out is None:
        return None
    out.update(_pointer(words), unit=Unit.SEASON if out.get("season") else Unit.MONTH)
    return out


def _weekday(words: Words) -> Fields:
    named = first_of(words, "W")
    out: Fields = {"kind": TimeKind.WEEKDAY, "weekday": named.number if named else None, "part": _part(words)}
    if time := first_of(words, "TU"):
        out["time_of_day"] = time.value
    return out


def _pointed_weekday(words: Words) -> Fields:
    return {**_weekday(words), **_pointer(words)}


def _day_word(words: Words) -> Fields:
    day = first_of(words, "d")
    value = day.value if day else "today"
    time = first_of(words, "TU")
    night = "night" if value in ("tonight", "overnight") else None
    return {
        "kind": TimeKind.SHIFT,
        "unit": Unit.DAY,
        "shift": _DAY_WORDS[value],
        "reference": Reference.EITHER if value == "overnight" else Reference.SPEECH,
        "time_of_day": time.value if time else night,
        "part": _part(words),
    }


def _counted(words: Words, sign: int, reference: Reference) -> Fields:
    amount, vague = amount_of(words)
    unit = first_of(words, "Uu")
    whole = amount is not None and not vague and amount == int(amount)
    return {
        "kind": TimeKind.SHIFT,
        "unit": Unit(unit.value) if unit else None,
        "shift": sign * int(amount) if whole and amount is not None else None,
        "amount": amount,
        "vague": vague,
        "forward": sign > 0,
        "reference": reference,
    }


def _ago(words: Words) -> Fields:
    return _counted(words, -1, Reference.SPEECH)


def _later(words: Words) -> Fields:
    back = any(word.value in ("earlier", "previously", "prior", "before", "beforehand") for word in words)
    return _counted(words, -1 if back else 1, Reference.STORY)


def _event_shift(words: Words) -> Fields:
    out = {**_later(words), "reference": Reference.EVENT}
    if out["amount"] is None and first_of(words, "e"):
        out.update(amount=1, vague=False, shift=1 if out["forward"] else -1)
    return out


def _shift(words: Words) -> Fields:
    if any(word.symbol == "J" or (word.symbol == "B" and words[-1] is word) for word in words):
        return _event_shift([*words]) | {"reference": Reference.STORY}
    unit = first_of(words, "U")
    time = first_of(words, "T")
    out = _pointer(words)
    if unit is None and time is not None and out["shift"] == 0 and out["reference"] is Reference.EITHER:
        out["reference"] = Reference.SPEECH
    if not first_of(words, "lpqtzy"):
        out["reference"] = Reference.EITHER  # "the weekend", "the end of the year"
    out.update(kind=TimeKind.SHIFT, unit=Unit(unit.value) if unit else Unit.DAY, part=_part(words))
    if unit is not None and unit.value == "day" and out["shift"] == 1:
        out["reference"] = Reference.STORY  # "the next day"
    if unit is not None and _rolling(words):
        return {**_span(words), "amount": 1, "vague": False}
    if time is not None:
        out["time_of_day"] = time.value
    elif unit is not None and unit.value == "night":
        out["time_of_day"] = "night"
    return out


def _rolling(words: Words) -> bool:
    """Is it a stretch up to now ("the past month", "the last week"), no unit of the calendar?"""
    values = [word.value for word in words]
    return words[-1].symbol == "U" and ("past" in values or values[:2] == ["the", "last"])


def _span(words: Words) -> Fields:
    amount, vague = amount_of(words)
    unit = first_of(words, "Uu")
    pointer = _pointer(words)
    recent = first_of(words, "R") is not None
    return {
        "kind": TimeKind.SPAN,
        "unit": Unit(unit.value) if unit else None,
        "amount": amount,
        "vague": vague,
        "forward": pointer["shift"] > 0,
        "reference": Reference.EITHER if recent else pointer["reference"],
    }


def _decade(words: Words) -> Fields:
    value = first_of(words, "V")
    digits = value.value if value else "0"
    decade = int(digits) if len(digits) > 2 else 1900 + int(digits)
    return {"kind": TimeKind.DATE, "decade": decade, "part": _part(words)}


def _century(words: Words) -> Fields | None:
    ordinal, unit = first_of(words, "Oo"), first_of(words, "U")
    if ordinal is None or unit is None:
        return None
    if unit.value == "quarter":
        quarter = ordinal.number
        return {"kind": TimeKind.DATE, "quarter": quarter} if quarter <= 4 else None
    if unit.value != "century":
        return None
    tens = first_of(words, "C")
    century = ordinal.number + (tens.number if tens is not None else 0)  # "twenty-first"
    return {"kind": TimeKind.DATE, "century": century, "part": _part(words)}


def _day_of_month(words: Words) -> Fields | None:
    """As in "on the 17th": a day of the month that the story is in."""
    ordinal, time = first_of(words, "O"), first_of(words, "T")
    if ordinal is None or not 1 <= ordinal.number <= 31:
        return None
    of_day = time.value if time else None
    return {"kind": TimeKind.DATE, "day": ordinal.number, "time_of_day": of_day, "reference": Reference.STORY}


def _year(words: Words) -> Fields:
    named = first_of(words, "YDN")
    return {
        "kind": TimeKind.DATE,
        "year": int(named.value) if named else None,
        "part": _part(words),
        "before_christ": any(word.value == "bc" for word in words),
    }


def _clock(words: Words) -> Fields | None:
    head, half = words[0].value, first_of(words, "A")
    if words[0].symbol in "NY":  # 1459 GMT
        if len(head) not in (3, 4):
            return None
        head = f"{head[:-2]}:{head[-2:]}"
    hours, minutes = (int(part) for part in (head.replace(".", ":") + ":0").split(":")[:2])
    if half is not None and half.value != "hours":
        hours = hours % 12 + (12 if half.value == "pm" else 0)
    if hours > 24 or minutes > 59 or ("." in head and half is None):
        return None
    return {"kind": TimeKind.CLOCK, "clock": (hours, minutes)}


def _duration(words: Words) -> Fields:
    amount, vague = amount_of(words)
    unit = first_of(words, "Uu")
    if amount is None and any(word.symbol == "G" for word in words) and unit and unit.symbol == "U":
        amount, vague = 1, False
    return {"kind": TimeKind.DURATION, "unit": Unit(unit.value) if unit else None, "amount": amount, "vague": vague}


def _time_of_day(words: Words) -> Fields:
    time = first_of(words, "T")
    return {"kind": TimeKind.CLOCK, "time_of_day": time.value if time else None, "part": _part(words)}


def _present(_: Words) -> Fields:
    return {"kind": TimeKind.PRESENT, "reference": Reference.EITHER}


def _vague(_: Words) -> Fields:
    return {"kind": TimeKind.VAGUE}


READERS: dict[str, Callable[[Words], Fields | None]] = {
    "iso": _iso,
    "slash": _slash,
    "date": calendar,
    "month_day": calendar,
    "pointed_month": _pointed,
    "pointed_season": _pointed,
    "pointed_weekday": _pointed_weekday,
    "month": calendar,
    "bare_month": calendar,
    "weekday": _weekday,
    "day_word": _day_word,
    "ago": _ago,
    "later": _later,
    "event_shift": _event_shift,
    "shift": _shift,
    "weekend": _shift,
    "part_of_unit": _shift,
    "span": _span,
    "decade": _decade,
    "century": _century,
    "day_of_month": _day_of_month,
    "season": calendar,
    "year_bc": _year,
    "year": _year,
    "clock": _clock,
    "duration": _duration,
    "time_of_day": _time_of_day,
    "present": _present,
    "vague": _vague,
}
