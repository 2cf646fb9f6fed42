"""What holds of every record, whatever the claims."""

from datetime import date, timedelta
from itertools import pairwise

import msgspec
from claims_builder import MANBIJ, PALMYRA, control, event, exactly, outlet, prior, toll, unnamed
from hypothesis import given, settings
from hypothesis import strategies as st

from tadmor.datamodel.actors import Actor, ActorKind
from tadmor.datamodel.claims import Change, Degree, EventType, Modality, Polarity, Status
from tadmor.datamodel.findings import Record
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.sources import Source, SourceKind
from tadmor.datamodel.times import Basis, Extent, Grain, Interval, When
from tadmor.record import conclude
from tadmor.record.control import models, probabilities
from tadmor.record.independence import Voices
from tadmor.record.memory import Memory
from tadmor.record.reliability import Reliability
from tadmor.record.states import agreement

FIRST = date(2016, 1, 1)
CAMPS = tuple(Actor(id=f"camp{n}", name=f"Camp {n}", kind=ActorKind.ARMED_GROUP) for n in range(3))
SOURCES = (
    *(outlet(f"Outlet {n}") for n in range(3)),
    Source(id="party", name="Party", kind=SourceKind.PARTY, sides=("camp0",)),
)
CHAINS = (*((one,) for one in SOURCES), (SOURCES[0], SOURCES[3]), (SOURCES[1], unnamed("activists")))


@st.composite
def times(draw: st.DrawFn) -> When:
    start = FIRST + timedelta(days=draw(st.integers(0, 400)))
    days = draw(st.sampled_from([1, 1, 1, 3, 10, 31]))
    return When(
        interval=Interval(start, start + timedelta(days=days)),
        grain=Grain.SPAN,
        basis=draw(st.sampled_from([Basis.STATED, Basis.STATED, Basis.PUBLICATION])),
        extent=draw(st.sampled_from(Extent)),
    )


@st.composite
def published(draw: st.DrawFn, told: When) -> When:
    day = told.latest + timedelta(days=draw(st.integers(0, 60)))
    return When(interval=Interval(day, day + timedelta(days=1)), grain=Grain.DAY, basis=Basis.STATED)


@st.composite
def control_claims(draw: st.DrawFn) -> GroundedClaim:
    told = draw(times())
    holder = draw(st.sampled_from([*CAMPS, CAMPS[0]]))
    loser = draw(st.sampled_from([None, *(one for one in CAMPS if one is not holder)]))
    return control(
        draw(st.sampled_from(CHAINS)),
        holder,
        told,
        loser=loser,
        change=draw(st.sampled_from([Change.GAINED, Change.GAINED, Change.HELD])),
        degree=draw(st.sampled_from([Degree.FULL, Degree.FULL, Degree.FULL, *Degree])),
        place=draw(st.sampled_from([PALMYRA, PALMYRA, MANBIJ])),
        published=draw(published(told)),
        modality=draw(st.sampled_from([Modality.ASSERTED, Modality.ASSERTED, Modality.HEDGED, Modality.PLANNED])),
        polarity=draw(st.sampled_from([Polarity.AFFIRMED, Polarity.AFFIRMED, Polarity.DENIED])),
    )


@st.composite
def other_claims(draw: st.DrawFn) -> GroundedClaim:
    told = draw(times())
    common = {"place": draw(st.sampled_from([PALMYRA, MANBIJ])), "published": draw(published(told))}
    chain, camp = draw(st.sampled_from(CHAINS)), draw(st.sampled_from(CAMPS))
    number = exactly(draw(st.integers(1, 30)))
    if draw(st.booleans()):
        return event(
            chain, draw(st.sampled_from([EventType.AIR_STRIKE, EventType.EXECUTION])), told, by=(camp,), **common
        )
    return toll(chain, number, told, by=camp, status=draw(st.sampled_from(Status)), **common)


def numbered(told: list[GroundedClaim]) -> list[GroundedClaim]:
    """The claims with ids that hang on their place in the list alone, so that examples can be told again."""
    said = (
        msgspec.structs.replace(one.claim, document=f"doc{number}", quote=f"quote {number}", start=0, end=10)
        for number, one in enumerate(told)
    )
    return [msgspec.structs.replace(one, claim=claim) for one, claim in zip(told, said, strict=True)]


@st.composite
def unnamed_changes(draw: st.DrawFn) -> GroundedClaim:
    """Changes that name one camp at most: a fall, a loss."""
    told = draw(times())
    return control(
        draw(st.sampled_from(CHAINS)),
        None,
        told,
        loser=draw(st.sampled_from([None, None, *CAMPS])),
        place=draw(st.sampled_from([PALMYRA, MANBIJ])),
        published=draw(published(told)),
    )


claims = st.lists(control_claims(), min_size=1, max_size=8).map(numbered)
mixed = st.lists(st.one_of(control_claims(), unnamed_changes(), other_claims()), min_size=1, max_size=10).map(numbered)
#: Enough to find what a small change breaks, in a second or two a property.
few = settings(max_examples=50, deadline=None)


def concluded(told: list[GroundedClaim], as_of: date | None = None) -> Record:
    return conclude(told, prior=prior, as_of=as_of)


@few
@given(mixed, st.data())
def test_what_is_remembered_of_other_claims_changes_nothing(told, data):
    """Concluded from some of the claims before, a record of all is the one concluded from nothing."""
    before = data.draw(st.lists(st.sampled_from(told), unique_by=lambda one: one.id))
    memory = Memory()
    conclude(before, prior=prior, memory=memory)
    assert conclude(told, prior=prior, memory=Memory(memory.kept)) == concluded(told)


@few
@given(mixed, st.randoms(use_true_random=False))
def test_the_order_of_claims_changes_nothing(told, random):
    """A record hangs on the set of claims alone."""
    shuffled = [*told, told[0]]
    random.shuffle(shuffled)
    assert concluded(shuffled) == concluded(told)


def said_again(claim: GroundedClaim, source: tuple[Source, ...] | None = None) -> GroundedClaim:
    """The same claim in another document."""
    said = msgspec.structs.replace(claim.claim, document=f"again {claim.claim.document}")
    return msgspec.structs.replace(claim, claim=said, voices=source or claim.voices)


@few
@given(claims)
def test_repetition_by_one_voice_changes_nothing(told):
    """Every claim said again by the same voice leaves all probabilities as they were."""
    again = [*told, *(said_again(one) for one in told)]
    for first, second in zip(spelled(told), spelled(again), strict=True):
        assert first == second


def spelled(told: list[GroundedClaim]) -> list[tuple[object, ...]]:
    return [
        (one.place, one.state, one.holder, one.besieger, one.start, one.end, one.confidence, one.verdict)
        for one in concluded(told).spells
    ]


@few
@given(claims)
def test_an_agreeing_voice_never_lowers_confidence(told):
    """One more independent voice for what a claim says makes its days' probability of it no lower."""
    agreed = told[0]
    if agreed.claim.modality is Modality.PLANNED:
        return
    more = [*told, said_again(agreed, (outlet("One more"),))]
    before, after = believed(told, agreed), believed(more, agreed)
    assert after >= before - 1e-9


@few
@given(claims, st.integers(2, 5))
def test_the_more_voices_agree_the_surer(told, count):
    """Each further independent voice for one claim makes it no less likely, to the last."""
    agreed = told[0]
    if agreed.claim.modality is Modality.PLANNED:
        return
    likely = [believed(told, agreed)]
    for number in range(count):
        told = [*told, said_again(agreed, (outlet(f"Further {number}"),))]
        told[-1] = msgspec.structs.replace(
            told[-1], claim=msgspec.structs.replace(told[-1].claim, document=f"further {number}")
        )
        likely.append(believed(told, agreed))
    assert all(later >= earlier - 1e-9 for earlier, later in pairwise(likely))


def spells_by_day(told: list[GroundedClaim], *batches: int) -> Record:
    """The record after documents came in by batches, each concluded on its way."""
    record = concluded(told[:1])
    for end in (*sorted(batches), len(told)):
        record = concluded(told[: max(end, 1)])
    return record


@few
@given(mixed, st.lists(st.integers(1, 9), max_size=3))
def test_it_does_not_matter_in_which_batches_documents_arrive(told, batches):
    """What was concluded on the way leaves nothing behind."""
    assert spells_by_day(told, *batches) == concluded(told)


def believed(told: list[GroundedClaim], claim: GroundedClaim) -> float:
    """How far the record agrees with a claim on the day that the claim is evidence for."""
    for model in models(told, Voices(told), Reliability(prior)):
        own = [
            one for one in model.observations if one.statement.claim.claim.quote == claim.claim.quote and one.follows
        ]
        if own:
            table = probabilities(model, own[0].day)
            return sum(value * agreement(own[0].target, state) for state, value in table.items())
    return 0.0


@few
@given(mixed, st.permutations([0, 1, 2]))
def test_renaming_the_camps_renames_the_findings(told, order):
    """Nothing hangs on what a camp is called."""
    names = {f"camp{old}": f"camp{new}" for old, new in enumerate(order)}
    record, renamed = concluded(told), concluded([renamed_in(one, names) for one in told])
    assert [(one.place, one.start, one.end, _new(one.holder, names), one.confidence) for one in record.spells] == [
        (one.place, one.start, one.end, one.holder, one.confidence) for one in renamed.spells
    ]
    assert [one.claims for one in record.incidents] == [one.claims for one in renamed.incidents]
    assert [(one.low, one.best, one.high) for one in record.tolls] == [
        (one.low, one.best, one.high) for one in renamed.tolls
    ]
    assert [one.id for one in record.contradictions] == [one.id for one in renamed.contradictions]


def _new(camp: str | None, names: dict[str, str]) -> str | None:
    return names.get(camp or "", camp)


def renamed_in(claim: GroundedClaim, names: dict[str, str]) -> GroundedClaim:
    actors = {
        role: tuple(msgspec.structs.replace(one, id=names.get(one.id, one.id)) for one in group)
        for role, group in claim.actors.items()
    }
    voices = tuple(
        msgspec.structs.replace(one, sides=tuple(names.get(side, side) for side in one.sides)) for one in claim.voices
    )
    return msgspec.structs.replace(claim, actors=actors, voices=voices)


@few
@given(mixed)
def test_a_removed_claim_leaves_no_trace(told):
    """A record depends on its claims alone: what was concluded in between, with one claim more, changes nothing."""
    without = concluded(told[1:])
    concluded(told)
    assert concluded(told[1:]) == without


def mentioned(record: Record) -> set[str]:
    return {
        claim
        for group in (
            *((*one.supports, *one.opposes) for one in record.spells),
            *(one.claims for one in (*record.incidents, *record.tolls)),
            *(side.claims for one in record.contradictions for side in one.sides),
        )
        for claim in group
    }


@few
@given(mixed, st.integers(0, 500))
def test_as_of_a_day_rests_on_what_was_known_by_it(told, days):
    """The record of a day speaks only of claims made by then, and never of later days."""
    day = FIRST + timedelta(days=days)
    record = concluded(told, day)
    assert mentioned(record) <= {one.id for one in told if one.known_by(day)}
    assert all(one.start is None or one.start <= day for one in record.spells)


@few
@given(mixed)
def test_as_of_a_late_day_is_all_that_is_known(told):
    """Long after the last document nothing is left out."""
    late = concluded(told, FIRST + timedelta(days=3000))
    assert msgspec.structs.replace(late, as_of=None) == concluded(told)


@few
@given(claims)
def test_spells_of_a_place_follow_each_other(told):
    """Spells neither overlap nor run backwards; only the first of a place may have no start, only the last no end."""
    places: dict[str, list[tuple[date | None, date | None]]] = {}
    for one in concluded(told).spells:
        places.setdefault(one.place, []).append((one.start, one.end))
        assert 0.0 <= one.confidence <= 1.0
    for spells in places.values():
        assert spells[-1][1] is None
        for (start, end), (following, _) in pairwise(spells):
            assert end is not None
            assert following is not None
            assert (start or date.min) <= end < following
