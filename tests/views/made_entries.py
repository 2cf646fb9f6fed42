"""Entries made up for the formats of others: of every kind, and as hypothesis draws them."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import strategies as st

from tadmor.datamodel.actors import ActorKind
from tadmor.datamodel.claims import Change, Degree, EventType, Harm, Modality, Polarity, Status
from tadmor.datamodel.entries import Account, Entry, Ground, Harmed, Party
from tadmor.datamodel.findings import State, Verdict
from tadmor.datamodel.keys import digest
from tadmor.datamodel.places import Level, Place
from tadmor.datamodel.quantities import Quantity
from tadmor.datamodel.sources import Source, SourceKind
from tadmor.datamodel.tables import Spot
from tadmor.datamodel.times import Basis, Extent, Grain, Interval, When
from tadmor.views.exchange import FORMATS, DataSet, Tally

DATA = DataSet(case="orontes", made=datetime(2020, 5, 1, 12, tzinfo=UTC))
ARMY = Party(id="orontes_army", name="Orontes Army", kind=ActorKind.STATE_FORCE, country="SY", words="the army")
FRONT = Party(id="name:meridian front", name="Meridian Front", kind=ActorKind.ARMED_GROUP)
VILLAGERS = Party(id="civilians", name="civilians", kind=ActorKind.CIVILIANS)
WIRE = Source(id="orontes_wire", name="Orontes Wire", kind=SourceKind.AGENCY)
MONITOR = Source(id="barada", name="Barada Monitor", kind=SourceKind.MONITOR)
TOWN = Place(
    id="own:kafr",
    name="Kafr Zurayq",
    level=Level.SETTLEMENT,
    lat=34.8,
    lon=38.6,
    radius_m=1500.0,
    country="SY",
    parents=("adm1:SY.11",),
)
KAFR = Ground(place=TOWN, words="Kafr Zureik", within=(("Homs", "adm1:SY.11"), ("Syria", "country:SY")), country="SY")


def when(first, last=None, *, grain=None, basis=Basis.STATED, extent=Extent.WITHIN):
    """The days from one to another."""
    interval = Interval.of_days(first, last or first)
    return When(
        interval=interval,
        grain=grain or (Grain.DAY if interval.days == 1 else Grain.SPAN),
        basis=basis,
        extent=extent,
    )


def account(quote="Four died when the mill was hit", *voices, claims=("c1",), start=10):
    """The words of one source."""
    return Account(
        claims=claims,
        document=digest("document", quote),
        file="wire.txt",
        original=digest("original", quote).ljust(64, "0")[:64],
        start=start,
        end=start + len(quote),
        quote=quote,
        voices=voices or (WIRE, MONITOR),
        cited=tuple(voice.name for voice in (voices or (WIRE, MONITOR))[1:]),
        published=when(date(2016, 3, 2)),
    )


def entry(kind="event", **fields):
    """An entry with what is given; an air strike where nothing is."""
    told = {
        "id": digest("entry", kind, *map(str, fields.values())),
        "kind": kind,
        "ground": KAFR,
        "when": when(date(2016, 3, 1)),
        "accounts": (account(),),
        "independent_sources": 1,
    }
    if kind == "event":
        told |= {"type": EventType.AIR_STRIKE, "actors": (ARMY,), "targets": (VILLAGERS,)}
    return Entry(**{**told, **fields})


def every_kind():
    """One entry of each kind and of each state that formats treat in a way of its own."""
    dead = Harmed(harm=Harm.KILLED, low=3, best=4, high=6, status=Status.CIVILIAN, group=VILLAGERS, by=ARMY)
    hurt = Harmed(harm=Harm.WOUNDED, low=9, best=9, high=9)
    return (
        entry(harmed=(dead, hurt)),
        entry(type=EventType.CLASH, actors=(ARMY, FRONT), targets=(), when=when(date(2016, 3, 1), date(2016, 3, 7))),
        entry(polarity=Polarity.DENIED),
        entry(modality=Modality.PLANNED),
        entry(ground=Ground(words="the hills"), harmed=(dead,)),
        entry(when=None),
        entry("toll", harmed=(hurt,)),
        entry(
            "control",
            state=State.HELD,
            holder=FRONT,
            when=when(date(2016, 3, 1), extent=Extent.THROUGHOUT, basis=Basis.INFERRED),
            open_end=True,
            began=Interval.of_days(date(2016, 2, 27), date(2016, 3, 1)),
            confidence=0.93,
            verdict=Verdict.ESTABLISHED,
            opposed=("c9",),
        ),
        entry("control", change=Change.GAINED, degree=Degree.FULL, holder=ARMY, loser=FRONT),
        entry("presence", actors=(FRONT,), what="tanks", equipment="t-72", count=Quantity(low=3, best=3, high=3)),
        entry("movement", actors=(ARMY,), what="a column", origin=KAFR, destination=Ground(words="the north")),
        entry(accounts=(account(), account("Two raids, says the army", WIRE, claims=("c2",)))),
        entry(accounts=(account('=cmd("calc") said the & <note> \x0b "quoted"\nsecond line'),)),
    )


def written(name, entries, data=DATA):
    """What a format makes of entries, and its tally."""
    tally = Tally(name)
    found = next(one for one in FORMATS if one.name == name)
    return b"".join(found.write(list(entries), data, tally)), tally


_WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1, max_size=20
).map(lambda word: " ".join(word.split()))
#: Names that a table would not take for several, for nobody, or for a formula's escape.
names = _WORDS.map(lambda word: f"N{word}".replace(",", "").replace(";", "").replace("(", "").replace("/", "")).map(
    lambda word: "One" if word.casefold().startswith(("na", "no", "nu")) else word
)
days = st.dates(date(2011, 1, 1), date(2019, 12, 31))
_PARTIES = st.builds(
    lambda name, kind: Party(id=f"name:{name}", name=name, kind=kind, words=name),
    names,
    st.sampled_from([ActorKind.STATE, ActorKind.STATE_FORCE, ActorKind.ARMED_GROUP, ActorKind.COALITION]),
)
_NUMBERS = st.one_of(st.none(), st.integers(0, 500))


@st.composite
def _harmed(draw, parties):
    low, best, high = (draw(_NUMBERS) for _ in range(3))
    known = sorted(one for one in (low, best, high) if one is not None)
    ordered = iter(known)
    low, best, high = (None if one is None else next(ordered) for one in (low, best, high))
    return Harmed(
        harm=draw(st.sampled_from([Harm.KILLED, Harm.KILLED, Harm.WOUNDED])),
        low=low,
        best=best,
        high=high,
        status=draw(st.sampled_from(Status)),
        group=draw(st.sampled_from([None, *parties])),
    )


@st.composite
def _grounds(draw):
    level = draw(st.sampled_from(Level))
    lat, lon = (
        draw(st.floats(-89, 89).map(lambda one: round(one, 4))),
        draw(st.floats(-179, 179).map(lambda one: round(one, 4))),
    )
    name = draw(names)
    near = draw(st.booleans()) and level in (Level.SITE, Level.SETTLEMENT)
    place = Place(id=f"own:{name}", name=name, level=level, lat=lat, lon=lon, country="SY")
    return Ground(place=place, words=name, spot=Spot(lat=lat, lon=lon, level=level, near=near), country="SY")


@st.composite
def events(draw):
    """An event as a row of a table could tell it, with every field that may go astray."""
    first = draw(days)
    length = draw(st.sampled_from([1, 1, 2, 3, 7, 8, 28, 40]))
    parties = draw(st.lists(_PARTIES, min_size=1, max_size=4, unique_by=lambda one: one.name))
    cut = draw(st.integers(0, len(parties)))
    kind = draw(st.sampled_from(EventType))
    taken = draw(st.booleans())
    return entry(
        type=kind,
        ground=draw(_grounds()),
        when=when(first, first + timedelta(days=length - 1)),
        actors=tuple(parties[:cut]),
        targets=tuple(parties[cut:]),
        harmed=tuple(draw(st.lists(_harmed(parties), max_size=3))),
        modality=draw(st.sampled_from([Modality.ASSERTED, Modality.HEDGED, Modality.PLANNED])),
        polarity=draw(st.sampled_from([Polarity.AFFIRMED, Polarity.AFFIRMED, Polarity.DENIED])),
        accounts=tuple(
            account(
                draw(_WORDS.filter(bool)), *draw(st.sampled_from([(WIRE, MONITOR), (MONITOR,), (WIRE, MONITOR, WIRE)]))
            )
            for _ in range(draw(st.integers(1, 2)))
        ),
        **({"change": Change.GAINED, "degree": Degree.FULL, "holder": parties[0]} if taken else {}),
    )
