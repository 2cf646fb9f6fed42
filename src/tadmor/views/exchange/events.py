"""What formats of event tables share: which entries are events, whose the parties are, precisions, sources, notes."""

from collections.abc import Iterator, Sequence

from tadmor.datamodel.actors import ActorKind
from tadmor.datamodel.claims import EventType, Harm
from tadmor.datamodel.entries import Account, Entry, Harmed, Party
from tadmor.datamodel.places import Level
from tadmor.datamodel.times import Grain
from tadmor.views.exchange.formats import unreal
from tadmor.views.exchange.losses import Tally

STATE = frozenset({ActorKind.STATE, ActorKind.STATE_FORCE})
#: Acts to which both sides are parties, rather than one the target.
MUTUAL = frozenset({EventType.CLASH, EventType.AGREEMENT})
_APART = "; "


def out_of_place(entry: Entry) -> str | None:
    """Why an entry is no row of a table of events; `None`: it is one."""
    if (why := unreal(entry)) is not None:
        return why
    if entry.when is None:
        return "no day is told, and a row needs one"
    if entry.ground.name is None:
        return "no place is told, and a row needs one"
    return None


def is_state(party: Party | None) -> bool:
    """Is an actor a state or its forces?"""
    return party is not None and party.kind in STATE


def is_civilians(party: Party | None) -> bool:
    """Are these civilians?"""
    return party is not None and party.kind is ActorKind.CIVILIANS


def sides(entry: Entry) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Who stands on each side: in fighting and deals the first named and the others; of control holder and loser."""
    if entry.type is None and entry.holder is not None:
        return (entry.holder,), (entry.loser,) if entry.loser is not None else ()
    if entry.type in MUTUAL and not entry.targets:
        return entry.actors[:1], entry.actors[1:]
    return entry.actors, entry.targets


def near(entry: Entry) -> bool:
    """Was it near its place rather than in it?"""
    spot, place = entry.ground.spot, entry.ground.place
    return (spot is not None and spot.near) or (place is not None and place.relative_to is not None)


def level(entry: Entry) -> Level:
    """The level of its place: as the row has it, else as understood; a name alone is taken for a town's."""
    spot, place = entry.ground.spot, entry.ground.place
    if spot is not None and spot.level is not None:
        return spot.level
    return place.level if place is not None else Level.SETTLEMENT


def is_month(entry: Entry) -> bool:
    """Is its time a calendar month?"""
    if entry.when is None:
        return False
    first, end = entry.when.interval.start, entry.when.interval.end
    return first.day == 1 and end.day == 1 and entry.when.interval.days <= 31


def is_week(entry: Entry) -> bool:
    """Is its time a week?"""
    return entry.when is not None and (entry.when.grain is Grain.WEEK or entry.when.interval.days == 7)


def killed(entry: Entry) -> Harmed | None:
    """The dead in all."""
    return entry.of_harm(Harm.KILLED)


def one_number(told: Harmed) -> int | None:
    """The figure of a toll where a format has room for one: the best, else the least, else the most."""
    return next((one for one in (told.best, told.low, told.high) if one is not None), None)


def chain_names(account: Account, *, own: bool) -> tuple[str, ...]:
    """The names of an account's sources, relayer first, as printed where they are; `own`: without the publisher."""
    names = [voice.name for voice in account.voices]
    cited = account.cited if len(account.cited) == len(names) - 1 else names[1:]
    return tuple(cited) if own else (*names[:1], *cited)


def origins(entry: Entry) -> tuple[str, ...]:
    """Who really says it, each once."""
    own = entry.row is not None
    found = (chain_names(account, own=own and len(account.voices) > 1)[-1:] for account in entry.accounts)
    return tuple(dict.fromkeys(name for names in found for name in names))


def notes(entry: Entry) -> str:
    """The words of the sources, each once."""
    return " | ".join(dict.fromkeys(account.quote for account in entry.accounts))


def note_sources(entry: Entry, tally: Tally) -> None:
    """Count the links of attribution that a list of names does not tell: one origin is told in full."""
    if entry.row is None or any(len(account.voices) > 2 for account in entry.accounts):
        tally.lose("chain", entry, "only the origin of a chain is named")
    if len(origins(entry)) > 1:
        tally.lose("chain", entry, "several sources are named without which of them says what")


def note_merged(entry: Entry, tally: Tally) -> None:
    """Count that the words of several sources stand in one cell."""
    if len({account.quote for account in entry.accounts}) > 1:
        tally.lose("quote", entry, "the words of several sources stand in one cell")


def joined(parties: Sequence[Party]) -> str:
    """Names of several."""
    return _APART.join(party.words or party.name for party in parties)


def once_told(entries: Sequence[Entry], tally: Tally) -> Iterator[Entry]:
    """Entries without spells of control whose change a row that goes out tells already."""
    told = {
        claim for entry in entries if entry.kind != "control" and entry.change is not None for claim in entry.claims
    }
    for entry in entries:
        if entry.kind == "control" and entry.state is not None and told.intersection(entry.claims):
            tally.leave_out(entry, "a row of an event tells the change of control already")
        else:
            yield entry
