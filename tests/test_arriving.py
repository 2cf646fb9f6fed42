"""The example case, its reports coming in one after another: what is remembered of its parts changes no record."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tadmor import pipeline
from tadmor.datamodel.documents import Copy
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Judgement
from tadmor.ledger import Ledger
from tadmor.record import conclude
from tadmor.record.memory import Memory, Parts
from tadmor.settings import Settings

REPORTS = Path(__file__).resolve().parents[1] / "examples/palmyra/reports"
Case = tuple[dict[str, list[GroundedClaim]], tuple[Copy, ...]]


@pytest.fixture(scope="session")
def example(tmp_path_factory: pytest.TempPathFactory) -> Case:
    """The claims of the example case by document, as published, and which documents copy which."""
    with Ledger.open(tmp_path_factory.mktemp("arriving") / "case", create=True) as ledger:
        pipeline.read([REPORTS], ledger, settings=Settings(workers=1))
        claims, copies = tuple(ledger.claims()), ledger.copies()
    days = {one.claim.document: one.published.latest if one.published is not None else date.max for one in claims}
    by_document = {document: [] for document in sorted(days, key=lambda one: (days[one], one))}
    for one in claims:
        by_document[one.claim.document].append(one)
    return by_document, copies


def told(
    claims: Sequence[GroundedClaim], copies: Sequence[Copy], memory: Memory | None = None, **options: object
) -> bytes:
    there = {one.claim.document for one in claims}
    known = [one for one in copies if one.earlier in there and one.later in there]
    return msgspec.msgpack.encode(conclude(claims, copies=known, memory=memory, **options))


def kept(memory: Memory) -> Memory:
    """What a later process finds of a memory: what was written down, and nothing else."""
    return Memory(msgspec.msgpack.decode(msgspec.msgpack.encode(memory.kept), type=Parts))


def the_same(claims: Sequence[GroundedClaim], copies: Sequence[Copy], memory: Memory, **options: object) -> Memory:
    """Conclude with a memory and without: equal to the byte. Gives the memory of what was concluded."""
    assert told(claims, copies, memory, **options) == told(claims, copies, **options)
    return kept(memory)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_record_is_the_same_however_the_reports_came_in(example, data):
    """In any order, some at a time: each record on the way is the one concluded from nothing."""
    by_document, copies = example
    order = data.draw(st.permutations(list(by_document)))
    cuts = sorted({*data.draw(st.sets(st.integers(1, len(order) - 1), max_size=4)), len(order)})
    memory = Memory()
    for cut in cuts:
        claims = [one for document in order[:cut] for one in by_document[document]]
        memory = the_same(claims, copies, memory)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_record_is_the_same_whatever_was_taken_back_or_judged(example, data):
    """Claims rejected, one understood anew, a pair linked or parted, an earlier day: nothing old shines through."""
    by_document, copies = example
    every = [one for claims in by_document.values() for one in claims]
    memory = the_same(every, copies, Memory())
    rejected = data.draw(st.sets(st.integers(0, len(every) - 1), min_size=1, max_size=20))
    fewer = [one for number, one in enumerate(every) if number not in rejected]
    memory = the_same(fewer, copies, memory)
    moved = data.draw(st.integers(0, len(fewer) - 1))
    fewer[moved] = msgspec.structs.replace(fewer[moved], when=fewer[moved].published, places={})
    memory = the_same(fewer, copies, memory)
    one, other = data.draw(st.permutations([one.id for one in fewer if one.kind in ("toll", "event")]))[:2]
    word = Judgement(one=one, other=other, same=data.draw(st.booleans()))
    memory = the_same(fewer, copies, memory, judgements=(word,))
    memory = the_same(every, copies, memory, as_of=date(2016, 6, 1))
    the_same(every, copies, memory)


def test_the_last_report_leaves_what_it_does_not_touch(example):
    """Only clusters with a claim of it are parted into incidents anew, only its own tolls linked."""
    by_document, copies = example
    *before, last = by_document
    claims = [one for document in before for one in by_document[document]]
    memory = Memory()
    told(claims, copies, memory)
    every = [*claims, *by_document[last]]
    later = kept(memory)
    told(every, copies, later)
    fresh, nothing = later.anew, Memory()
    told(every, copies, nothing)
    assert by_document[last]
    assert fresh["links"] <= 2 < nothing.anew["links"]
    assert fresh["incidents"] < nothing.anew["incidents"]
    assert fresh["joins"] < nothing.anew["joins"]


def test_what_nobody_asks_for_any_more_is_forgotten(example):
    """A memory holds what the last record was made with, so that it grows with the case and no further."""
    by_document, copies = example
    first, *others = by_document
    every = [one for claims in by_document.values() for one in claims]
    memory = Memory()
    told(every, copies, memory)
    fewer = kept(memory)
    told(by_document[first], copies, fewer)
    alone = Memory()
    told(by_document[first], copies, alone)
    assert others
    assert {of: set(parts) for of, parts in fewer.kept.items()} == {of: set(parts) for of, parts in alone.kept.items()}


def test_a_memory_is_not_changed_by_being_asked(example):
    """Values in, values out: what was known before stays as it was."""
    by_document, copies = example
    every = [one for claims in by_document.values() for one in claims]
    memory = Memory()
    told(every, copies, memory)
    before = {of: dict(parts) for of, parts in memory.kept.items()}
    told(every[: len(every) // 2], copies, Memory(memory.kept))
    assert memory.kept == before
