"""Which place a name means in a document.

Candidates come from the gazetteer by the name as it stands, else without its kind nouns, else by its spelling within
the document's countries. They are ranked by what the document's other names say (`setting`), by the kind that the words
ask for, and by what the name is told together with. Two that come out close and lie apart stay open. A name that the
gazetteer lacks is a place of its own.
"""

import re
from collections.abc import Sequence
from functools import partial

import msgspec

from tadmor.datamodel.claims import Mention
from tadmor.datamodel.grounded import Candidate, Link
from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.gazetteer import Gazetteer, NameFlag, Reading
from tadmor.dictionaries.gazetteer.nearness import distance
from tadmor.dictionaries.gazetteer.tables import read_kinds
from tadmor.dictionaries.names import fold
from tadmor.dictionaries.sites.described import other_names, site_called
from tadmor.grounding.relative import Relative, place_from, told_from
from tadmor.grounding.setting import Setting, meant
from tadmor.grounding.wording import Wording, asked_by, bare, in_dateline, worded

_CAPITAL = re.compile(
    r"^(?:[A-Z]\w+ )?(?:provincial |regional )?capital(?: city)?(?: of)? (?:the )?"
    r"(?P<of>[A-Z].*?)(?: (?:province|governorate|oblast|region))?$"
)
_SEAT = re.compile(r"\b(?:provincial|regional|governorate['’]?s) capital$", re.IGNORECASE)
_POSSESSED = re.compile(r"^(?P<owner>[A-Z][\w-]+?)(?:['’]s|s['’]?)\s+(?P<name>[A-Z].+)$")
_WITHIN = re.compile(
    r"^(?P<name>.+?)(?P<how>,| in| near| on| at| of| and)\s+(?:the\s+)?(?P<around>[A-Z].*|[a-z]+ [A-Z].*)$"
)
#: Two readings closer than this (a power of ten) and farther apart than so many kilometres stay open.
_TIE, _APART = 0.05, 40.0
#: Candidates kept on a link.
_KEPT = 6
#: A country that this share of the document speaks for may lend its names to a misspelt one.
_SETTING = 0.15
#: A town less well known than this (25,000 people), in a country with less than this share of the document, is not what
#: a name means: on TR-News, GeoVirus and the marked conflict reports 20 names are so refused rightly and 1 wrongly.
_SMALL, _UNSPOKEN = 4.4, 0.02
#: The same of sites, which only those of a case's files are below: the shipped ones are chosen by hand.
_SMALL_SITE = 4.0
#: How near a place is that is told as near other places of the document: 90 km.
_NEARBY = 0.4
#: A town of so many people has suburbs and is none.
_LARGE = 500_000
_DEFINITE = re.compile(r"\b(?:the|its)\s+(?:\w+\s+)?$", re.IGNORECASE)
#: How far around a town a thing told by the town's name may stand, in metres.
_AROUND = 10_000.0

Chosen = tuple[Place | None, tuple[Candidate, ...]]


class _Context(msgspec.Struct, frozen=True, kw_only=True):
    """What stands around a mention: the levels that the words ask for, what holds it, and what it holds."""

    levels: tuple[Level, ...] = ()
    others: tuple[Reading, ...] = ()
    holds: Place | None = None
    start: int = 0

    def held_by(self, place: Place) -> bool:
        """Is what is told as part of the mention part of a place?"""
        return self.holds is not None and place.id in self.holds.parents


class PlaceResolver:
    """Resolves the place names of one document."""

    def __init__(self, gazetteer: Gazetteer, setting: Setting, text: str) -> None:
        self._gazetteer = gazetteer
        self._setting = setting
        self._text = text
        self._known: dict[tuple[str, tuple[Level, ...], tuple[str, ...], str | None], Chosen] = {}

    def resolve(self, mention: Mention, role: str, index: int = 0) -> tuple[Place | None, Link]:
        """The place of a mention, and the link that says what else it could be."""
        context = _Context(
            levels=self._asked(mention.start, mention.end),
            others=self._setting.told_with(mention.end),
            holds=self._setting.told_of(mention.start),
            start=mention.start,
        )
        holds = context.holds.id if context.holds is not None else None
        others = tuple(other.place.id for other in context.others)
        key = (mention.expression, context.levels, others, holds)
        found = self._known.get(key)
        if found is None:
            found = self._resolve(mention.expression, context)
            if any(letter.isupper() for letter in mention.expression):  # else it depends on where it stands
                self._known[key] = found
        place, candidates = found
        chosen = place.id if place else None
        return place, Link(role=role, index=index, expression=mention.expression, chosen=chosen, candidates=candidates)

    def _asked(self, start: int, end: int) -> tuple[Level, ...]:
        """The levels of place that stand to be expected where a mention is."""
        asked = asked_by(self._text, start, end) or self._setting.listed_as(start)
        return asked or ((Level.SETTLEMENT,) if in_dateline(self._text, start, end) else ())

    def _resolve(self, expression: str, context: _Context) -> Chosen:
        plain = bare(expression)
        exact = self._exact(plain) if any(letter.isupper() for letter in plain) else ()
        if exact:
            return self._choose(fold(plain), exact, Wording(name=plain), context)
        how = told_from(" ".join(expression.split()))
        if how is not None and (told := self._told(expression, how, context)) is not None:
            return told
        wording = worded(plain)
        named = any(letter.isupper() for letter in wording.name)
        readings = (meant(self._called(wording.name)) or self._capital(plain)) if named else ()
        if wording.thing is not None:
            readings = tuple(reading for reading in readings if self._at_home(reading.place))
        if readings:
            return self._choose(fold(wording.name), readings, wording, context)
        return self._told_otherwise(plain, wording, context)

    def _exact(self, plain: str) -> tuple[Reading, ...]:
        return self._abbreviated(plain) or self._called(plain) or self._by_family(plain)

    def _called(self, name: str) -> tuple[Reading, ...]:
        """What the gazetteer has under a name; with what is spelt like it, where only the case's files have it."""
        found = self._gazetteer.readings(name)
        if found and all(reading.own for reading in found):
            return (*found, *(reading for reading in self._alike(name) if not reading.own))
        return found

    def _at_home(self, place: Place) -> bool:
        """Does it lie in a country that the document is set in?"""
        return self._setting.shares.get(place.country or "", 0.0) >= _SETTING

    def _told(self, expression: str, how: Relative, context: _Context) -> Chosen | None:
        """A place told from another; `None` where that is not known either."""
        inner = msgspec.structs.replace(context, levels=())
        base, candidates = self._resolve(how.base, inner)
        if base is None or base.lat is None:
            return None
        # "the northern suburb of Jobar" is Jobar; "a suburb of Damascus" and "the suburb of Damascus" are beside it
        if how.one and (base.population or 0) < _LARGE and _DEFINITE.search(self._text, 0, context.start):
            return base, candidates
        other = self._resolve(how.other, inner)[0] if how.other is not None else None
        return place_from(" ".join(expression.split()), how, base, other), candidates

    def _told_otherwise(self, plain: str, wording: Wording, context: _Context) -> Chosen:
        """A name told by its owner ("Syria's Idlib") or its surroundings, one misspelt, or one that is not known."""
        owned = _POSSESSED.match(wording.name)
        if owned is not None and (owners := self._gazetteer.readings(owned["owner"])):
            return self._resolve(owned["name"], msgspec.structs.replace(context, others=owners))
        within = _WITHIN.match(plain)
        if within is not None:
            return self._within(within["name"], within["around"], context, of=within["how"] == " of")
        if not any(letter.isupper() for letter in plain):
            return self._last(wording, context), ()
        if wording.name.split()[-1].islower():
            return self._described(plain, context)
        spelt = self._spelt(wording.name)
        if spelt:
            return self._choose(fold(wording.name), spelt, wording, context)
        return self._unknown(wording, context), ()

    def _last(self, wording: Wording, context: _Context) -> Place | None:
        """What "the town" is: the last place of that level told before; "the provincial capital": of its division."""
        if _SEAT.search(wording.name):
            return next(filter(None, map(self._seat, self._setting.before(context.start))), None)
        levels = worded(f"x {wording.name}").levels
        before = self._setting.before(context.start) if levels else ()
        return next((place for place in before if place.level in levels), None)

    def _seat(self, place: Place) -> Place | None:
        """The town that a place's division is named after."""
        division = self._gazetteer.get(f"adm1:{place.country}.{place.admin1}")
        same = self._gazetteer.lookup(division.name) if division is not None else ()
        towns = (town for town in same if (town.country, town.admin1) == (place.country, place.admin1))
        return next((town for town in towns if town.level is Level.SETTLEMENT), None)

    def _spelt(self, name: str) -> tuple[Reading, ...]:
        """What a name means that is not spelt as any table has it: without a lost apostrophe, or misspelt."""
        if name.endswith("s") and (found := meant(self._gazetteer.readings(name[:-1]))):
            return found
        saint = re.sub(r"^St\.? ", "Saint ", name)
        return (meant(self._gazetteer.readings(saint)) if saint != name else ()) or self._alike(name)

    def _described(self, plain: str, context: _Context) -> Chosen:
        """A description that opens with a known name or a word formed from one: "Syrian towns", "Homs frontlines"."""
        words = plain.split()
        for count in range(len(words) - 1, 0, -1):
            readings = self._gazetteer.readings(" ".join(words[:count]))
            if readings and words[count - 1][:1].isupper():
                outer, candidates = self._choose(fold(" ".join(words[:count])), readings, Wording(name=plain), context)
                return (_thing_in(plain, outer) if outer is not None else None), candidates
        return None, ()

    def _within(self, name: str, around: str, context: _Context, *, of: bool) -> Chosen:
        """A place told by what it lies in: a known name there, or a thing somewhere in it."""
        outer, candidates = self._resolve(around, msgspec.structs.replace(context, levels=()))
        asked = read_kinds().levels.get(name.rsplit(maxsplit=1)[-1]) if of else None
        if asked is not None:
            return self._resolve(around, msgspec.structs.replace(context, levels=asked))
        others = (Reading(outer, NameFlag.MAIN, 0.0),) if outer is not None else ()
        if any(letter.isupper() for letter in name):
            return self._resolve(name, msgspec.structs.replace(context, others=others))
        site = site_called(name, outer) if outer is not None else None
        if site is not None:
            return site, candidates
        return (_thing_in(f"{name} in {outer.name}", outer) if outer is not None else None), candidates

    def _abbreviated(self, plain: str) -> tuple[Reading, ...]:
        short = plain.endswith(".") or (plain.isupper() and len(plain) <= 3 and not self._gazetteer.readings(plain))
        return self._gazetteer.abbreviated(plain) if short else ()

    def _capital(self, name: str) -> tuple[Reading, ...]:
        """Of "capital of Raqqa province", the town."""
        capital = _CAPITAL.match(name)
        found = self._gazetteer.readings(capital["of"]) if capital is not None else ()
        return tuple(reading for reading in found if reading.place.level is Level.SETTLEMENT)

    def _by_family(self, plain: str) -> tuple[Reading, ...]:
        """A site by another noun for its kind: "Hayyan plant", an air base as "airfield" or "military airport"."""
        spelt = (self._gazetteer.readings(name) for name in other_names(plain))
        return next((found for found in spelt if found), ())

    def _alike(self, name: str) -> tuple[Reading, ...]:
        """Places of the document's countries that are spelt like a name."""
        if not name[:1].isupper() and "-" not in name[:4]:
            return ()
        countries = [code for code, share in sorted(self._setting.shares.items()) if share >= _SETTING]
        found = (reading for code in countries for reading in self._gazetteer.alike(name, code))
        return tuple(reading._replace(flags=NameFlag.ALTERNATE) for reading in found if self._may_be(reading))

    def _may_be(self, reading: Reading) -> bool:
        """May a place be meant by a name like its own? One of a case's files only near others of the document."""
        return not reading.own or self._setting.nearness(reading.place) > _NEARBY

    def _choose(self, key: str, readings: Sequence[Reading], wording: Wording, context: _Context) -> Chosen:
        levels = wording.levels or context.levels
        if context.holds is not None and any(_in_town(context.holds, reading.place) for reading in readings):
            context = msgspec.structs.replace(context, holds=None)  # "Brooklyn, New York" may be the city
        asks = self._setting.weights.kind if wording.levels else self._setting.weights.level
        scored = sorted(
            (
                (self._score(key, reading, context) + asks * (reading.place.level in levels), reading)
                for reading in readings
            ),
            key=lambda row: (-row[0], row[1].place.id),
        )
        top, best = scored[0]
        powers = [10 ** (score - top) for score, _ in scored]
        candidates = tuple(
            Candidate(
                id=reading.place.id,
                name=reading.place.name,
                score=round(power / sum(powers), 3),
                reasons=self._reasons(key, reading, levels, context),
            )
            for power, (_, reading) in zip(powers[:_KEPT], scored, strict=False)
        )
        if any(top - score < _TIE and _apart(best.place, other.place) for score, other in scored[1:]):
            return None, candidates
        if self._far_fetched(key, best, context) or self._of_another_town(best.place, context):
            return self._unknown(wording, context), candidates
        if wording.thing is not None and best.place.level is not Level.SITE:
            return _thing_in(f"{wording.name} {wording.thing}", best.place), candidates
        return best.place, candidates

    def _far_fetched(self, key: str, reading: Reading, context: _Context) -> bool:
        """Is it a small town, or a site of a case's files, of a country that nothing else in the document speaks for?

        Such a name is more often a village or quarter of the document's own country that no table has.
        """
        place = reading.place
        if place.level not in (Level.SETTLEMENT, Level.DISTRICT, Level.SITE) or context.others:
            return False
        if reading.fame > (_SMALL_SITE if place.level is Level.SITE else _SMALL):
            return False
        return self._setting.share_of_others(key, place.country) < _UNSPOKEN

    def _of_another_town(self, place: Place, context: _Context) -> bool:
        """Is it a quarter of one town, where the text tells of one of the same name in another?"""
        towns = [other.place for other in context.others if other.place.level is Level.SETTLEMENT]
        return place.level is Level.SITE and bool(towns) and all(_apart(place, town) for town in towns)

    def _score(self, key: str, reading: Reading, context: _Context) -> float:
        together = self._setting.supports(reading.place, context.others) or context.held_by(reading.place)
        return self._setting.score(key, reading) + self._setting.weights.pair * together

    def _reasons(self, key: str, reading: Reading, levels: tuple[Level, ...], context: _Context) -> tuple[str, ...]:
        place, reasons = reading.place, []
        if place.level in levels:
            reasons.append(f"the words ask for a {place.level.value}")
        if self._setting.supports(place, context.others):
            reasons.append("told together with what it lies in")
        if context.held_by(place):
            reasons.append("told together with what lies in it")
        share = self._setting.shares.get(place.country or "", 0.0)
        if share:
            reasons.append(f"{share:.0%} of the document's places speak for {place.country}")
        if self._setting.nearness(place, key) > _NEARBY:
            reasons.append("near other places of the document")
        if place.population:
            reasons.append(f"population {place.population:,}")
        if reading.alternate:
            reasons.append("known here by another name or spelling")
        return tuple(reasons)

    def _outer(self, context: _Context) -> Place | None:
        """What a mention is told as part of."""
        return max(context.others, key=partial(self._setting.score, "")).place if context.others else None

    def _unknown(self, wording: Wording, context: _Context) -> Place | None:
        """A place of its own for a name that no table has: in what it is told with, else the document's country."""
        key = fold(wording.name)
        if not key or not any(letter.isupper() for letter in wording.name):
            return None
        outer = self._outer(context)
        if wording.thing is not None:
            near = next(filter(self._at_home, self._setting.before(context.start)), None)
            if near is not None:
                return _thing_in(f"{wording.name} {wording.thing}", near)
        country = outer.country if outer is not None else self._setting.country
        levels = wording.levels or context.levels
        if outer is not None and outer.level is Level.SETTLEMENT and (not levels or Level.SITE in levels):
            return _quarter_of(outer, wording.name)
        above = (outer.id, *outer.parents) if outer is not None else ((f"country:{country}",) if country else ())
        return Place(
            id=f"name:{key.replace(' ', '_')}",
            name=wording.name,
            level=levels[0] if levels else Level.SETTLEMENT,
            country=country,
            admin1=outer.admin1 if outer is not None else None,
            parents=above,
        )


def _quarter_of(town: Place, name: str) -> Place:
    """A part of a town that no table has: somewhere in the town."""
    return Place(
        id=f"name:{fold(name).replace(' ', '_')}",
        name=name,
        level=Level.SITE,
        lat=town.lat,
        lon=town.lon,
        radius_m=town.radius_m,
        country=town.country,
        admin1=town.admin1,
        parents=(town.id, *town.parents),
        relative_to=town.id,
    )


def _thing_in(name: str, outer: Place) -> Place:
    """Something that stands somewhere in a place: the place's point, and a radius that holds all of it."""
    near = outer.level in (Level.SITE, Level.SETTLEMENT, Level.DISTRICT)
    return Place(
        id=f"in:{outer.id}:{fold(name).replace(' ', '_')}",
        name=name,
        level=Level.SITE if near else Level.REGION,
        lat=outer.lat,
        lon=outer.lon,
        radius_m=(outer.radius_m or 0.0) + (_AROUND if near else 0.0),
        country=outer.country,
        admin1=outer.admin1,
        parents=(outer.id, *outer.parents),
        relative_to=outer.id,
    )


def _in_town(place: Place, town: Place) -> bool:
    """Does a place lie so near a town that it may be told as a part of it?"""
    if town.level is not Level.SETTLEMENT or None in (place.lat, place.lon, town.lat, town.lon):
        return False
    return not _apart(place, town)


def _apart(one: Place, other: Place) -> bool:
    """Would the choice matter? Not between a town and its division, nor between two records of one place."""
    if one.id in other.parents or other.id in one.parents:
        return False
    if one.lat is None or one.lon is None or other.lat is None or other.lon is None:
        return False
    return distance((one.lat, one.lon), (other.lat, other.lon)) > _APART
