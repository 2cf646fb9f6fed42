"""What places are called where they lie."""

from tadmor.datamodel.places import Place
from tadmor.dictionaries.arabic import is_arabic, search_keys
from tadmor.dictionaries.gazetteer import language_of, open_gazetteer
from tadmor.dictionaries.names import fold
from tadmor.views.exports import Row

_UNKNOWN: Row = {"local": None, "local_language": None}


def local_row(place: Place) -> Row:
    """The name of a place in a script other than Latin, and the language of it (ISO 639-1); `null` where unknown.

    A name that the case's own files or the tables give comes before the gazetteer's.
    """
    told = next(filter(_not_latin, place.aliases), None)
    if told is not None:
        return {"local": told, "local_language": language_of(place.country) if is_arabic(told) else None}
    known = open_gazetteer().local(place)
    return {"local": known.names[0], "local_language": known.language} if known is not None else _UNKNOWN


def place_keys(place: Place) -> tuple[str, ...]:
    """The names that a place is searched by: folded ones, and those in Arabic script with and without article."""
    known = open_gazetteer().local(place)
    names = (place.name, *place.aliases)
    arabic = (*filter(is_arabic, names), *(known.names if known is not None else ()))
    keys = (*map(fold, names), *(key for name in arabic for key in search_keys(name)))
    return tuple(dict.fromkeys(keys))


def _not_latin(name: str) -> bool:
    return "\u036f" < name[:1] < "\u1e00"
