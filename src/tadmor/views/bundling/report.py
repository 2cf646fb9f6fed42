"""The report of a bundle, as blocks that a page and a printed sheet show alike.

For readers who know neither the case nor the program: what is concluded, by whom it is told, the exact words, where
they stand, what contradicts, what people decided, and how all of it can be checked.
"""

from collections.abc import Iterator, Sequence

import msgspec

from tadmor import __version__
from tadmor.datamodel.findings import Contradiction, Incident, Spell, Toll, Verdict, Weight
from tadmor.datamodel.history import Review
from tadmor.views.bundling.annotations import raw_member, text_member
from tadmor.views.bundling.chosen import Chosen, Finding, id_of, in_words, kind_of, rests_on
from tadmor.views.bundling.told import Told
from tadmor.views.exports import Names
from tadmor.views.words import gist, one_line, percent, plural, speaker, when


class Heading(msgspec.Struct, frozen=True):
    """A heading, 1 for the report's own."""

    level: int
    text: str


class Text(msgspec.Struct, frozen=True):
    """A paragraph."""

    text: str


class Words(msgspec.Struct, frozen=True):
    """Words as they stand in a document, what stands around them, and beneath whose they are and where they stand."""

    words: str
    beneath: tuple[str, ...]
    before: str = ""
    after: str = ""


class Facts(msgspec.Struct, frozen=True):
    """Pairs of a name and what it has."""

    rows: tuple[tuple[str, str], ...]


Block = Heading | Text | Words | Facts

#: In a report of many findings, of each at most so many claims are quoted, and so many findings of a kind are told: a
#: case of 10,000 documents has tens of thousands, 100 of each kind are some 500 sheets. All are in `findings.jsonl`.
QUOTED, TOLD = 4, 100

_VERDICTS = {
    Verdict.ESTABLISHED: "established: independent voices agree, and next to nothing speaks against it",
    Verdict.LIKELY: "likely: more speaks for it than against it",
    Verdict.DISPUTED: "disputed: weighty voices say otherwise",
    Verdict.UNSUPPORTED: "unsupported: nobody says so outright; it follows from what is told of before and after",
}
_KINDS = {
    "control": "Who held which place",
    "incident": "What happened",
    "toll": "What it cost",
    "contradiction": "Accounts that disagree",
}


def report_of(chosen: Chosen, names: Names, told: Told) -> Iterator[Block]:
    """All blocks, in order."""
    yield Heading(1, chosen.about[:1].upper() + chosen.about[1:])
    yield from _opening(chosen, told)
    single = len(chosen.main) == 1
    if single:
        yield from _finding(chosen.main[0], names, told, most=None, level=2)
    else:
        for kind, title in _KINDS.items():
            yield from _section(title, [one for one in chosen.main if kind_of(one) == kind], names, told)
    if chosen.beside:
        yield Heading(2, "Accounts that disagree with it or with one another")
        for one in chosen.beside:
            yield from _finding(one, names, told, most=None if single else QUOTED, level=3)
    yield from _decisions(told)
    yield from _documents(told)
    yield from _checking(told)


def _opening(chosen: Chosen, told: Told) -> Iterator[Block]:
    yield Text(
        "This report was put together by tadmor, a program that reads published reporting about a conflict and keeps a "
        "record of it: who says what, in which words, and what follows from all of it. It states what sources told, "
        "not what the program or its makers know. Everything in it can be checked with the files beside it."
    )
    day = f"what had been said by {chosen.as_of}" if chosen.as_of is not None else "everything in the case"
    yield Facts(
        (
            ("Case", told.case),
            ("Concluded from", day),
            ("Findings", plural(len(chosen.findings), "finding")),
            ("Documents", f"{plural(len(told.documents), 'document')}, {plural(len(told.claims), 'claim')}"),
            ("History", f"{plural(told.size, 'revision')}, the last of {told.made or 'no day'}"),
            ("Last revision", told.head),
            ("Program", f"tadmor {__version__}"),
        )
    )


def _section(title: str, found: Sequence[Finding], names: Names, told: Told) -> Iterator[Block]:
    if not found:
        return
    shown = sorted(found, key=_weight)[:TOLD]
    kept = {id_of(one) for one in shown}
    yield Heading(2, title)
    if len(shown) < len(found):
        yield Text(
            f"Of {len(found):,} findings, the {len(shown):,} that rest on most independent voices are told here; all "
            "stand in findings.jsonl."
        )
    for one in found:
        if id_of(one) in kept:
            yield from _finding(one, names, told, most=QUOTED, level=3)


def _weight(one: Finding) -> tuple[int, str]:
    voices = one.rests.findings if isinstance(one, Contradiction) else one.independent_sources
    return -voices, id_of(one)


def _finding(one: Finding, names: Names, told: Told, *, most: int | None, level: int) -> Iterator[Block]:
    yield Heading(level, in_words(one, names))
    match one:
        case Spell():
            yield from _spell(one, told, most, level)
        case Toll():
            yield from _toll(one, told, most, level)
        case Incident():
            yield Facts((("Independent voices", str(one.independent_sources)), ("Finding", one.id)))
            yield from _quoted("Who says so", one.claims, told, most, level)
        case Contradiction():
            yield from _contradiction(one, told, most, level)


def _spell(one: Spell, told: Told, most: int | None, level: int) -> Iterator[Block]:
    rows = [
        ("Verdict", _VERDICTS[one.verdict]),
        ("Confidence", percent(one.confidence)),
        ("Independent voices", str(one.independent_sources)),
    ]
    if one.change is not None:
        rows.append(("Began", f"between {one.change.start} and {one.change.last}; the day is not known"))
    rows += [("Because", reason) for reason in one.reasons]
    yield Facts((*rows, ("Finding", id_of(one))))
    yield from _voices("Who says so", [each for each in one.weights if each.value > 0], level)
    yield from _quoted("The words for it", one.supports, told, most, level)
    yield from _voices("Who says otherwise", [each for each in one.weights if each.value <= 0], level)
    yield from _quoted("The words against it", one.opposes, told, most, level)


def _voices(title: str, weights: Sequence[Weight], level: int) -> Iterator[Block]:
    """Voices with what each weighs: repetition by others is told, and counts once."""
    if not weights:
        return
    yield Heading(level + 1, title)
    yield Facts(
        tuple(
            (
                each.voice,
                f"grade {each.grade}, weight {each.value:+.2f}: {each.reason}; {plural(len(each.claims), 'claim')}",
            )
            for each in weights
        )
    )


def _counted(one: Weight) -> str:
    return plural(len(one.claims), "claim")


def _toll(one: Toll, told: Told, most: int | None, level: int) -> Iterator[Block]:
    counted = [("Lowest", one.low), ("Best", one.best), ("Highest", one.high)]
    rows = [(name, f"{value:,}" if value is not None else "not stated") for name, value in counted]
    rows += [("Because", reason) for reason in one.reasons]
    rows.append(("Independent voices", str(one.independent_sources)))
    yield Facts((*rows, ("Confidence", percent(one.confidence)), ("Finding", one.id)))
    yield from _quoted("Who counts them, in which words", rests_on(one), told, most, level)


def _contradiction(one: Contradiction, told: Told, most: int | None, level: int) -> Iterator[Block]:
    rows = [("They differ in", ", ".join(one.natures) or one.nature.value)]
    if one.explanation is not None:
        rows.append(("Perhaps because", one.explanation))
    yield Facts((*rows, ("Finding", one.id)))
    for side in one.sides:
        then = f" Were it right, the record would say: {side.then}." if side.then else ""
        yield Heading(level + 1, f"One account: {side.value}")
        yield Text(f"Told by {', '.join(side.sources) or 'nobody named'}.{then}")
        yield from _claims(side.claims, told, most)


def _quoted(title: str, claims: Sequence[str], told: Told, most: int | None, level: int) -> Iterator[Block]:
    if claims:
        yield Heading(level + 1, title)
        yield from _claims(claims, told, most)


def _claims(claims: Sequence[str], told: Told, most: int | None) -> Iterator[Block]:
    for identity in claims[:most]:
        yield _claim(identity, told)
    if most is not None and len(claims) > most:
        yield Text(f"And {plural(len(claims) - most, 'more claim')}, named in findings.jsonl.")


def _claim(identity: str, told: Told) -> Words:
    """The words, whose they are, what they were read to say, and where they stand."""
    claim, stands = told.claims[identity], told.stands[identity]
    said, document = claim.claim, told.documents[claim.claim.document]
    title = f"“{one_line(document.title)}”, " if document.title else ""
    sure = percent(said.score)
    where = claim.place.name if claim.place is not None else "no place that could be made out"
    lines = [
        f"Said by {speaker(claim)}; published {when(claim.published)}",
        f"In {title}file {document.name}",
        f"Read as: {claim.kind}, {gist(claim)}; {where}; {when(claim.when)}. {sure} sure that the words say so",
        f"Claim {identity}: characters {said.start} to {said.end} of {text_member(document.id)}",
        f"and {stands.start} to {stands.end} of the text in the original",
    ]
    if stands.words is not None:
        lines.insert(0, f"As it stands before cleaning: {one_line(stands.words)}")
    lines += [f"Decided: {_decision(one)}" for one in told.reviews.get(identity, ())]
    return Words(one_line(said.quote), tuple(lines), stands.before, stands.after)


def _decision(one: Review) -> str:
    fields = ", ".join(f"{name}: {value}" for name, value in one.value.items())
    told = f" ({fields})" if fields else ""
    return f"{one.decision.value} by {one.author}, {one.made:%Y-%m-%d %H:%M} UTC{told}: {one.reason}"


def _decisions(told: Told) -> Iterator[Block]:
    """Decisions of people that are on no claim: on links, findings, sources, identities."""
    others = [one for subject, found in told.reviews.items() if subject not in told.claims for one in found]
    if others:
        yield Heading(2, "What people decided beside this")
        yield Facts(tuple((one.subject, _decision(one)) for one in others[:TOLD]))
        if len(others) > TOLD:
            yield Text(f"And {plural(len(others) - TOLD, 'more decision')}, in rows/reviews.jsonl.")


def _documents(told: Told) -> Iterator[Block]:
    yield Heading(2, "The documents")
    yield Text("Each stands here as it was obtained, byte for byte, under the digest (SHA-256) of its bytes.")
    every = list(told.documents.values())
    for one in every[:TOLD]:
        yield Heading(3, one_line(one.title or one.name))
        by = " and ".join(filter(None, (one.author, one.outlet)))
        rows = [("By", by)] if by else []
        rows += [("Published", one.published), ("File", one.name), ("Original", f"{one.member}, {one.size:,} bytes")]
        rows += [("SHA-256", one.original), ("Text in the original", raw_member(one.original))]
        yield Facts((*rows, ("Text, cleaned", text_member(one.id))))
    if len(every) > TOLD:
        yield Text(f"And {plural(len(every) - TOLD, 'more document')}, in rows/originals.jsonl.")


def _signed(told: Told) -> Iterator[Block]:
    """Checkpoints and time stamps, a sentence each."""
    for number, one in enumerate(told.signed, start=1):
        key, made = one.key.partition("+")[0], one.checkpoint.made
        yield Text(
            f"The first {one.checkpoint.size:,} revisions of the history were signed by {key} on {made:%Y-%m-%d %H:%M} "
            f"UTC (history/checkpoint-{number}.txt)."
        )
    for number, token in enumerate(told.tokens, start=1):
        authority = token.authority or "a time-stamping authority"
        yield Text(
            f"That checkpoint {token.checkpoint} was there at {token.time:%Y-%m-%d %H:%M:%S} UTC says {authority} "
            f"(history/token-{number}.tsr)."
        )


def _checking(told: Told) -> Iterator[Block]:
    yield Heading(2, "How to check this")
    yield Text(
        "With Python 3.9 or later, and without a network: python3 verify.py BUNDLE.zip. It names every file that was "
        "changed, added or is gone, every quote that does not stand where it should, and every entry of the history "
        "that does not fit. It prints the bundle's seal, a number that stands for every byte of it: compare it with "
        "the seal that whoever gave you the bundle tells you by another way."
    )
    yield from _signed(told)
    if not told.signed:
        yield Text(
            "The history behind this bundle bears no signature and no time stamp of a third party: it shows that "
            "nothing was changed without all of it being rewritten, and not when it was made."
        )
    yield Heading(2, "What this shows, and what it does not")
    yield Text(
        "It shows which words stood in which file when that was taken into the case, and how the conclusion follows "
        "from these words. It does not show that the words are true, that a file is what its name says or came "
        "from where it says it did, or that nobody said anything else that is not in the case. The claims were taken "
        "from the texts by a program, which misreads: each tells how surely it was read. Confidence and verdict are "
        "estimates from what sources say, not findings of fact."
    )
    yield Facts((("Root of the history", told.root), ("Revisions", str(told.size))))
