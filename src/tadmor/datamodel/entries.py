"""What of a case goes out into the formats of others: one entry for each thing told, with all that the record has.

An entry is a finding (an incident with its tolls, a spell of control), a row of a table, or a single claim. Formats
carry what they can of it and count what they cannot.
"""

import msgspec

from tadmor.datamodel.actors import ActorKind
from tadmor.datamodel.claims import Change, Degree, EventType, Harm, Modality, Polarity, Status
from tadmor.datamodel.findings import State, Verdict
from tadmor.datamodel.places import Place
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.sources import Source
from tadmor.datamodel.tables import Spot
from tadmor.datamodel.times import Interval, When


class Party(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An actor in an entry: as known, and in the words of the source (`None`: no words name it)."""

    id: str
    name: str
    kind: ActorKind = ActorKind.GENERIC
    country: str | None = None
    words: str | None = None


class Ground(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where: the place as understood, the words for it, what a table's row says of where, and what it lies in.

    `within` are names of what the place lies in, nearest first, each with its id; `country` is an ISO code.
    """

    place: Place | None = None
    words: str | None = None
    spot: Spot | None = None
    within: tuple[tuple[str, str], ...] = ()
    country: str | None = None

    @property
    def name(self) -> str | None:
        """The place's name, else its words."""
        return self.place.name if self.place is not None else self.words

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude: as the row gives them, else of the place."""
        if self.spot is not None and self.spot.lat is not None and self.spot.lon is not None:
            return self.spot.lat, self.spot.lon
        if self.place is not None and self.place.lat is not None and self.place.lon is not None:
            return self.place.lat, self.place.lon
        return None


class Harmed(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How many people suffered one harm: a toll of the record, or one claim of it."""

    harm: Harm
    low: int | None
    best: int | None
    high: int | None
    status: Status = Status.UNSTATED
    group: Party | None = None
    by: Party | None = None


class Account(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one source: where they stand (code points into the text of the file), and who says so.

    `voices` run from the publisher to the origin, `cited` are those after the publisher as printed; `original` is the
    SHA-256 of the file; `text_quote` the words as cleaned, where they differ.
    """

    claims: tuple[str, ...]
    document: str
    file: str
    original: str
    start: int
    end: int
    quote: str
    voices: tuple[Source, ...]
    title: str | None = None
    published: When | None = None
    text_quote: str | None = None
    cited: tuple[str, ...] = ()
    reader: str = ""
    by_hand: bool = False


class TableRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The row of a table that an entry is: its layout, its key there, and its cells as obtained, by column.

    `stands`: every claim of the row counts as it was read; no person corrected or rejected one.
    """

    layout: str
    key: str
    cells: dict[str, str]
    stands: bool = True


class Entry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing told. `kind` is that of claims; `None` and empty are not stated.

    A spell of control holds throughout `when`; of one whose start or end nobody tells, `open_start` or `open_end` says
    so, and `when` has the day that is known. `began` are the days between which it began. `actors` has who besieges.
    An event that a row of a table tells with a change of control has `holder`, `loser`, `change` and `degree` too.
    """

    id: str
    kind: str
    ground: Ground = Ground()
    when: When | None = None
    type: EventType | None = None
    actors: tuple[Party, ...] = ()
    targets: tuple[Party, ...] = ()
    harmed: tuple[Harmed, ...] = ()
    change: Change | None = None
    degree: Degree | None = None
    state: State | None = None
    holder: Party | None = None
    loser: Party | None = None
    what: str | None = None
    equipment: str | None = None
    count: Quantity | None = None
    origin: Ground | None = None
    destination: Ground | None = None
    modality: Modality = Modality.ASSERTED
    polarity: Polarity = Polarity.AFFIRMED
    score: float | None = None
    confidence: float | None = None
    verdict: Verdict | None = None
    independent_sources: int | None = None
    opposed: tuple[str, ...] = ()
    open_start: bool = False
    open_end: bool = False
    began: Interval | None = None
    accounts: tuple[Account, ...] = ()
    row: TableRow | None = None

    @property
    def claims(self) -> tuple[str, ...]:
        """Ids of the claims that it rests on."""
        return tuple(dict.fromkeys(claim for account in self.accounts for claim in account.claims))

    def of_harm(self, harm: Harm) -> Harmed | None:
        """The whole toll of one harm: the first of it (parts of a toll follow their whole)."""
        return next((one for one in self.harmed if one.harm is harm), None)
