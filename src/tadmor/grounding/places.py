"""Which place a name means in a document.

Candidates come from the gazetteer by the name without its kind nouns; they are ranked by the kind that the words ask
for, by how much of the document lies in their country, by nearness to its settled places, and by how well known they
are. Two that come out close and lie apart stay open. A name that the gazetteer lacks is a place of its own.
"""

import re
from math import log10

from tadmor.datamodel.grounded import Candidate, Link
from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.gazetteer import Gazetteer, NameFlag
from tadmor.dictionaries.names import fold
from tadmor.grounding.relative import place_from, told_from
from tadmor.grounding.setting import Setting, distance

#: Kind nouns and the levels they ask for.
_KINDS: dict[str, tuple[Level, ...]] = {
    **dict.fromkeys(("city", "town", "village", "settlement", "township"), (Level.SETTLEMENT,)),
    **dict.fromkeys(("province", "governorate", "oblast", "state"), (Level.PROVINCE,)),
    **dict.fromkeys(("district", "raion", "subdistrict", "county"), (Level.DISTRICT, Level.SITE)),
    **dict.fromkeys(
        ("neighborhood", "neighbourhood", "quarter", "suburb", "street", "square"), (Level.SITE, Level.DISTRICT)
    ),
    **dict.fromkeys(
        (
            "airbase",
            "airport",
            "airfield",
            "base",
            "field",
            "fields",
            "dam",
            "crossing",
            "citadel",
            "castle",
            "hill",
            "hills",
            "camp",
            "bridge",
            "silos",
            "prison",
            "factory",
            "plant",
            "refinery",
            "hospital",
            "mosque",
            "market",
            "port",
        ),
        (Level.SITE,),
    ),
    **dict.fromkeys(
        ("region", "area", "pocket", "enclave", "valley", "mountains", "desert"),
        (Level.REGION, Level.SITE, Level.DISTRICT),
    ),
    "country": (Level.COUNTRY,),
}
_LEADING = re.compile(
    r"^(?:(?:the|a|an|this|that)\s+|(?:ancient|historic|strategic|besieged|key|northern|southern|eastern|western|central|northwestern|"
    r"northeastern|southwestern|southeastern|capital|oil-rich|coastal|nearby|major|rebel-held|provincial|modern)\s+(?=(?:city|town|village|province|"
    r"governorate|district|region|port|capital|suburb|neighbou?rhood)\b))+",
    re.IGNORECASE,
)
_TAIL = re.compile(r"(?:['’]s|['’])$")
_OF = re.compile(
    r"^(?:(?:military|air|gas|oil|port|border|capital|provincial|industrial)\s+)*(?P<kind>[a-z-]+)\s+of\s+(?P<name>.+)$",
    re.IGNORECASE,
)
_CAPITAL = re.compile(
    r"^(?:provincial |regional )?capital of (?:the )?(?P<of>[A-Z].*?)(?: (?:province|governorate|oblast|region))?$"
)
_AIR = re.compile(
    r"^(?P<name>[\w'’ʿ‘-]+(?: [\w'’-]+){0,3}?)(?:['’]s?)? (?:military )?(?:air ?base|airfield|airport)$", re.IGNORECASE
)
_POSSESSED = re.compile(r"^(?P<owner>[A-Z][\w-]+?)(?:['’]s|s['’]?)\s+(?P<name>[A-Z].+)$")

#: A place with what the name is to it.
Reading = tuple[Place, NameFlag]
#: How likely a bare name is to mean a place of each level.
_BARE = {Level.SETTLEMENT: 0.5, Level.SITE: 0.45, Level.COUNTRY: 0.9, Level.REGION: 0.5, Level.PROVINCE: 0.2}
#: Weights of the ranking; chosen on TR-News and GeoVirus together, where all toponyms are marked.
_KIND, _COUNTRY, _NEAR, _FAME, _ALTERNATE = 1.0, 1.0, 0.6, 1.2, 0.5
#: Two readings closer than this in score and farther apart than so many kilometres stay open.
_TIE, _APART = 0.05, 40.0
#: Candidates kept on a link.
_KEPT = 6


class PlaceResolver:
    """Resolves the place names of one document."""

    def __init__(self, gazetteer: Gazetteer, setting: Setting) -> None:
        self._gazetteer = gazetteer
        self._setting = setting
        self._known: dict[str, tuple[Place | None, tuple[Candidate, ...]]] = {}

    def resolve(self, expression: str, role: str, index: int = 0) -> tuple[Place | None, Link]:
        """The place of an expression, and the link that says what else it could be."""
        found = self._known.get(expression)
        if found is None:
            found = self._known[expression] = self._resolve(expression)
        place, candidates = found
        link = Link(
            role=role, index=index, expression=expression, chosen=place.id if place else None, candidates=candidates
        )
        return place, link

    def _resolve(self, expression: str) -> tuple[Place | None, tuple[Candidate, ...]]:
        plain = " ".join(expression.split())
        direct = self._gazetteer.lookup(_LEADING.sub("", plain)) or self._air_base(plain)
        if not direct:
            how = told_from(plain)
            if how is not None:
                base, candidates = self._resolve(how.base)
                return (place_from(plain, how, base) if base is not None else None), candidates
        name, levels = core(plain)
        found = self._air_base(plain)
        readings = tuple((place, NameFlag.MAIN) for place in found) or self._readings(name) or self._readings(plain)
        if not readings:
            place = self._unknown(name, levels)
            return place, ()
        return self._choose(readings, levels)

    def _readings(self, name: str) -> tuple[Reading, ...]:
        """Candidates for a name; of "Syria's Idlib" those of Idlib, of "Jisreen in Eastern Ghouta" those of Jisreen."""
        found = self._gazetteer.named(name)
        if found:
            return found
        capital = _CAPITAL.match(name)
        if capital is not None:
            return tuple(row for row in self._readings(capital["of"]) if row[0].level is Level.SETTLEMENT)
        owned = _POSSESSED.match(name)
        if owned is not None and self._gazetteer.lookup(owned["owner"]):
            return self._readings(core(owned["name"])[0])
        for separator in (" in ", " near ", " on ", " at ", ", ", " and "):
            head, found_it, _ = name.partition(separator)
            if found_it and head:
                return self._readings(core(head)[0])
        return ()

    def _air_base(self, expression: str) -> tuple[Place, ...]:
        """An air base by whichever of its nouns: "airfield", "military airport"."""
        match = _AIR.match(_LEADING.sub("", expression))
        if match is None:
            return ()
        for noun in ("air base", "airbase", "military airport", "airport", "airfield"):
            found = self._gazetteer.lookup(f"{match['name']} {noun}")
            if found:
                return found
        return ()

    def _choose(
        self, readings: tuple[Reading, ...], levels: tuple[Level, ...]
    ) -> tuple[Place | None, tuple[Candidate, ...]]:
        scored = sorted(
            ((*self._score(place, flag, levels), place) for place, flag in readings),
            key=lambda row: (-row[0], row[2].id),
        )
        best = scored[0]
        total = sum(10 ** row[0] for row in scored)
        candidates = tuple(
            Candidate(id=place.id, name=place.name, score=round(10**score / total, 3), reasons=reasons)
            for score, reasons, place in scored[:_KEPT]
        )
        for score, _, place in scored[1:]:
            if best[0] - score < _TIE and _apart(best[2], place) > _APART:
                return None, candidates
        return best[2], candidates

    def _score(self, place: Place, flag: NameFlag, levels: tuple[Level, ...]) -> tuple[float, tuple[str, ...]]:
        kind = _kind_score(place, levels)
        share = self._setting.shares.get(place.country or "", 0.0)
        near = self._setting.nearness(place)
        fame = log10((place.population or 0) + 10) / 7
        reasons = []
        if levels and kind > 0:
            reasons.append(f"the words ask for a {place.level.value}")
        if share:
            reasons.append(f"{share:.0%} of the document's places speak for {place.country}")
        if near > 0.4:
            reasons.append("near other places of the document")
        if place.population:
            reasons.append(f"population {place.population:,}")
        if flag & NameFlag.ALTERNATE:
            reasons.append("known here by another name")
        alternate = _ALTERNATE if flag & NameFlag.ALTERNATE else 0.0
        return _KIND * kind + _COUNTRY * share + _NEAR * near + _FAME * fame - alternate, tuple(reasons)

    def _unknown(self, name: str, levels: tuple[Level, ...]) -> Place | None:
        """A place of its own, in the document's country, for a name that no table has."""
        key = fold(name)
        if not key or not any(letter.isupper() for letter in name):
            return None
        country = self._setting.country
        return Place(
            id=f"name:{key.replace(' ', '_')}",
            name=name,
            level=levels[0] if levels else Level.SETTLEMENT,
            country=country,
            parents=(f"country:{country}",) if country else (),
        )


def core(expression: str) -> tuple[str, tuple[Level, ...]]:
    """The bare name of an expression, and the levels that its kind noun asks for ("the city of Raqqa": a settlement)."""
    plain = _TAIL.sub("", _LEADING.sub("", expression))
    of = _OF.match(plain)
    if of is not None and of["kind"].lower() in _KINDS:
        return _LEADING.sub("", of["name"]), _KINDS[of["kind"].lower()]
    words = plain.split()
    levels: tuple[Level, ...] = ()
    while len(words) > 1 and words[-1].lower() in _KINDS:
        levels = levels or _KINDS[words[-1].lower()]
        words = words[:-1]
        if words and words[-1].lower() in ("military", "air", "gas", "oil", "border", "industrial") and len(words) > 1:
            words = words[:-1]
    return " ".join(words), levels


def _kind_score(place: Place, levels: tuple[Level, ...]) -> float:
    """1 where the words ask for this level; without such words towns go before their provinces."""
    if levels:
        return 1.0 if place.level in levels else 0.0
    return _BARE.get(place.level, 0.1)


def _apart(one: Place, other: Place) -> float:
    if None in (one.lat, one.lon, other.lat, other.lon):
        return 0.0
    return distance((one.lat or 0.0, one.lon or 0.0), (other.lat or 0.0, other.lon or 0.0))
