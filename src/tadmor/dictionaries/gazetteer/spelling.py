"""How names are written: keys that they are found by, and how far two spellings of one name may lie apart."""

import re
import unicodedata
from collections.abc import Iterator

from tadmor.dictionaries.names import fold

#: Countries whose names reach English through a transliteration, of which there are always several.
TRANSLITERATED = frozenset(
    {
        *(
            "AE",
            "AF",
            "AM",
            "AZ",
            "BD",
            "BG",
            "BH",
            "BY",
            "CN",
            "CY",
            "DZ",
            "EG",
            "ER",
            "ET",
            "GE",
            "GR",
            "IL",
            "IN",
            "IQ",
        ),
        *(
            "IR",
            "JO",
            "KG",
            "KH",
            "KP",
            "KR",
            "KW",
            "KZ",
            "LA",
            "LB",
            "LK",
            "LY",
            "MA",
            "MK",
            "MM",
            "MN",
            "MR",
            "NP",
            "OM",
        ),
        *(
            "PK",
            "PS",
            "QA",
            "RS",
            "RU",
            "SA",
            "SD",
            "SO",
            "SS",
            "SY",
            "TD",
            "TH",
            "TJ",
            "TM",
            "TN",
            "TR",
            "TW",
            "UA",
            "UZ",
        ),
        "YE",
    }
)
#: Prefix of the keys that list the names of one country by their sound, for the search among spellings.
LISTED = "@"
#: The same of names that are found by their sound only: villages are too many, and too like one another, to be guessed
#: from a few letters.
SOUNDED = "~"
#: Names shorter than this, in letters, are like too many others.
SHORTEST = 5

_ARABIC = re.compile("[\u0600-\u06ff]")
_ARABIC_MARKS = re.compile("[\u0610-\u061a\u064b-\u065f\u0670\u0640]")
_LATIN_OR_CYRILLIC = re.compile("^[\u0000-\u024f\u0300-\u036f\u0400-\u04ff\u1e00-\u1eff\u02b0-\u02ff\u2010-\u201f ]+$")

#: Sounds that transliterations of Arabic, Kurdish, Persian and the Cyrillic alphabets write in several ways, in order.
_SOUNDS = (
    (re.compile("ou|oo|u+|o+|w(?=[^aeiouy]|$)"), "u"),
    (re.compile("[aeo]?[iy]{1,2}[aeo]?(?![aeiouy])"), "i"),
    (re.compile("ch|tch"), "x"),
    (re.compile("sh|sch"), "s"),
    (re.compile("th|ţ"), "t"),
    (re.compile("dh|ẓ|zh"), "z"),
    (re.compile("gh|h(?=$| )"), ""),
    (re.compile("kh|ck|q|c"), "k"),
    (re.compile("ph"), "f"),
    (re.compile("[aeiou]+"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile("a$|a(?= )"), ""),
)


def native_keys(name: str, country: str | None, *, plain: bool, listed: str = LISTED) -> Iterator[str]:
    """The keys that a name is found by in the compiled gazetteer.

    Args:
        name: as GeoNames or a table spells it.
        country: of the place; names of countries with transliterated names are listed for the search by likeness.
        plain: is it a name that reporting uses?
        listed: the prefix that it is listed under, `LISTED` or `SOUNDED`.
    """
    if _ARABIC.search(name):
        yield arabic_key(name)
        return
    if not plain and not _LATIN_OR_CYRILLIC.match(name):
        return
    key = fold(name)
    if not key:
        return
    yield key
    if plain and country in TRANSLITERATED and len(key) >= SHORTEST:
        yield f"{listed}{country}:{rough(key)}:{key}"


def short_key(abbreviation: str) -> str:
    """The key of an abbreviation; no folded name has its dot."""
    return f"{fold(abbreviation)}."


def arabic_key(name: str) -> str:
    """An Arabic name without vowel marks, stretching and the article."""
    bare = _ARABIC_MARKS.sub("", unicodedata.normalize("NFKC", name))
    return re.sub(r"(?<!\w)ال", "", bare).strip()


def is_arabic(name: str) -> bool:
    """Is it written in Arabic letters?"""
    return bool(_ARABIC.search(name))


def reshaped(name: str) -> str:
    """A name with plain Latin letters where GeoNames marks them (ţ, ḩ, ā), as newspapers print it."""
    decomposed = unicodedata.normalize("NFKD", name)
    if not re.search("[\u0304\u0327\u0331\u0323]", decomposed):
        return name
    return unicodedata.normalize("NFC", re.sub("[\u0304\u0327\u0331\u0323]", "", decomposed))


def rough(folded: str) -> str:
    """What stays the same of a folded name through most of its transliterations."""
    for pattern, sound in _SOUNDS:
        folded = pattern.sub(sound, folded)
    return folded
