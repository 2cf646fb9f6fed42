"""What the story is about as it goes on: the place and the actors that a later sentence takes for granted."""

from collections import Counter
from collections.abc import Callable

import msgspec

from tadmor.datamodel.claims import Mention, Modality, TollClaim
from tadmor.datamodel.places import Level, Place
from tadmor.dictionaries.sites.described import kinds_called

#: Sentences back that a place told of stays the place of the story; tuned on the training texts (3, 6, 12 tried).
MEMORY = 6
#: Sentences back that an actor told of is still "they".
_REACH = 2


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A place mention with the levels it may have, and the sentence it stood in."""

    mention: Mention
    levels: frozenset[Level]
    places: tuple[Place, ...]
    sentence: int
    claimed: bool

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of site that it may be, by what is known of it and by the words that it ends in."""
        known = frozenset(place.site_kind for place in self.places[:1] if place.site_kind)
        return known or kinds_called(self.mention.expression.split())

    @property
    def is_town(self) -> bool:
        """Is it likeliest a town?"""
        return bool(self.places) and self.places[0].level is Level.SETTLEMENT and not self.kinds


class Focus:
    """Places and actors in the order told."""

    def __init__(self) -> None:
        self._seen: list[Seen] = []
        self._topics: list[tuple[int, Mention]] = []
        self._actors: list[tuple[int, Mention]] = []
        #: The last toll told with a number, and its sentence.
        self.toll: tuple[int, TollClaim] | None = None

    def see_toll(self, claim: TollClaim, sentence: int) -> None:
        """Note a toll, for figures that go on from it; one only asked about is none."""
        if claim.count is not None and claim.modality is not Modality.ASKED:
            self.toll = (sentence, claim)

    def see(self, mention: Mention, candidates: tuple[Place, ...], sentence: int, *, claimed: bool = False) -> None:
        """Note a place; `claimed` if a claim was about it."""
        levels = _levels(candidates)
        self._seen.append(Seen(mention=mention, levels=levels, places=candidates, sentence=sentence, claimed=claimed))

    def see_actor(self, mention: Mention, sentence: int) -> None:
        """Note an actor that did something."""
        self._actors.append((sentence, mention))

    def see_topic(self, mention: Mention, sentence: int) -> None:
        """Note the actor that a sentence is about."""
        self._topics.append((sentence, mention))

    def keep_topic(self, sentence: int) -> None:
        """The sentence goes on about the actor of the one before."""
        if self._topics and sentence - self._topics[-1][0] <= 2:
            self._topics.append((sentence, self._topics[-1][1]))

    def topic(self, sentence: int) -> Mention | None:
        """The actor that this very sentence is about."""
        found = self._topics[-1] if self._topics else None
        return _carried(found[1]) if found is not None and found[0] == sentence else None

    def province(self, before: int) -> Mention | None:
        """The last province told as such."""
        for seen in reversed(self._seen):
            if seen.mention.expression.startswith("capital "):
                continue  # told from the province, and not its name
            named = seen.mention.expression.lower().endswith(("province", "governorate", "oblast", "region"))
            if seen.mention.start < before and (named or seen.levels == {Level.PROVINCE}):
                return _carried(seen.mention)
        return None

    def back(self, levels: tuple[Level, ...], before: int, sentence: int) -> Mention | None:
        """The place told before a position that can be called "the town": a claim's rather than one in passing."""
        found = self._most(lambda seen: bool(seen.levels & set(levels)), before, sentence)
        return _carried(found.mention) if found is not None else None

    def last_here(self, levels: tuple[Level, ...], before: int, sentence: int) -> Mention | None:
        """The last place told in the sentence itself before a position: "left X in January and retook it in March"."""
        here = (seen for seen in self._seen if seen.sentence == sentence and seen.mention.start < before)
        found = max(
            (seen for seen in here if seen.levels & set(levels)), key=lambda seen: seen.mention.start, default=None
        )
        return _carried(found.mention) if found is not None else None

    def _most(self, fits: Callable[[Seen], bool], before: int, sentence: int) -> Seen | None:
        """Of the fitting places told before a position the one that the story is most about."""
        fitting = [
            seen for seen in self._seen if seen.mention.start < before and seen.sentence <= sentence and fits(seen)
        ]
        counts = Counter(seen.mention.expression for seen in fitting)
        return max(fitting, key=lambda seen: self._salience(seen, sentence, counts), default=None)

    def _told(self, before: int, sentence: int) -> list[Seen]:
        """The places told before a position, by sentences up to the one it is in."""
        return [seen for seen in self._seen if seen.mention.start < before and seen.sentence <= sentence]

    def site(self, kinds: frozenset[str], before: int, sentence: int) -> Seen | None:
        """The site of one of these kinds that the story is most about at a position."""
        return self._most(lambda seen: bool(seen.kinds & kinds), before, sentence)

    def unknown(self, before: int, sentence: int) -> Mention | None:
        """The name that no table knows, and that may be a site's, that the story is most about at a position."""
        found = self._most(lambda seen: not seen.places, before, sentence)
        return _carried(found.mention) if found is not None else None

    def towns(self, before: int, sentence: int) -> list[Seen]:
        """The towns that the story is in at a position: the last of the sentence, then those it is most about."""
        towns = [
            seen for seen in self._seen if seen.is_town and seen.mention.start < before and seen.sentence <= sentence
        ]
        here = [seen for seen in towns if seen.sentence == sentence][-1:]
        counts = Counter(seen.mention.expression for seen in towns)
        return here + sorted(towns, key=lambda seen: self._salience(seen, sentence, counts), reverse=True)

    def _salience(self, seen: Seen, sentence: int, counts: Counter[str]) -> tuple[float, int]:
        """How much a place is what the story is about: claimed lately, named lately, named often, in the title.

        The weights order the cases of the training texts; none decides alone.
        """
        away = sentence - seen.sentence
        weight = 3.0 / (1 + away) + (1.0 if seen.claimed and away <= 1 else 0.0)
        weight += min(counts[seen.mention.expression], 6) / 4 + (0.75 if seen.sentence == 0 else 0.0)
        return weight, seen.mention.start

    def told_here(self, sentence: int, at: int) -> Mention | None:
        """The place of a claim of the same sentence, the nearest to a position."""
        here = [seen.mention for seen in self._seen if seen.claimed and seen.sentence == sentence]
        return _carried(min(here, key=lambda found: abs(found.start - at))) if here else None

    def implicit(self, sentence: int) -> Mention | None:
        """Where a sentence without a place is set.

        The last claim's place, else the last finer place, else the first of the document.
        """
        recent = [seen for seen in self._seen if seen.sentence < sentence and sentence - seen.sentence <= MEMORY]
        claimed = [seen for seen in recent if seen.claimed]
        fine = [seen for seen in recent if _is_fine(seen)]
        if claimed or fine:
            return _carried((claimed or fine)[-1].mention)
        first = ([seen for seen in self._seen if _is_fine(seen)] or self._seen)[:1]
        return _carried(first[0].mention) if first else None

    def actor(self, sentence: int, fits: Callable[[Mention], bool] | None = None) -> Mention | None:
        """Who "they" are: whom the last sentences are about, else the last actor told, at most two sentences back.

        With `fits` who "the group" is: the last of those told that fits, a little further back.
        """
        reach = _REACH if fits is None else MEMORY
        for number, found in (*reversed(self._topics), *reversed(self._actors)):
            if 0 <= sentence - number <= reach and (fits is None or fits(found)):
                return _carried(found)
        return None


def _carried(found: Mention) -> Mention:
    return msgspec.structs.replace(found, carried=True)


def _levels(candidates: tuple[Place, ...]) -> frozenset[Level]:
    """What a name can be called later: as its likeliest reading, or as the province that bears the same name."""
    if not candidates:
        return frozenset({Level.SETTLEMENT, Level.SITE})
    first = candidates[0]
    wider = {place.level for place in candidates if place.country == first.country and place.level is not Level.SITE}
    return frozenset({first.level} | (wider if first.level is not Level.SITE else set()))


def _is_fine(seen: Seen) -> bool:
    """Is it finer than a country or region?"""
    return bool(seen.levels - {Level.COUNTRY, Level.REGION})
