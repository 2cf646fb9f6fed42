"""The published record: concluded from what may leave alone, so that nothing in it rests on what stays."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

import msgspec
from msgspec import structs

from tadmor import pipeline
from tadmor.datamodel.claims import mentions
from tadmor.datamodel.documents import Copy, Document, Form
from tadmor.datamodel.findings import Record
from tadmor.datamodel.grounded import GroundedClaim
from tadmor.datamodel.history import Judgement, judgements_of
from tadmor.dictionaries.gazetteer import open_gazetteer
from tadmor.dictionaries.loading import read_table
from tadmor.dictionaries.names import fold
from tadmor.dictionaries.sources import SourceRow, SourceTable, load_sources
from tadmor.ledger import Ledger
from tadmor.record import conclude
from tadmor.settings import own_sources
from tadmor.views.progress import Told, untold
from tadmor.views.publishing.persons import Persons
from tadmor.views.publishing.phrasing import Phrases, worded
from tadmor.views.publishing.policy import Policy
from tadmor.views.publishing.redacting import NO_WORDS, PERSONAL, Redactor
from tadmor.views.publishing.secret import secret_of
from tadmor.views.publishing.secrets_kept import Kept, KeptSecrets
from tadmor.views.publishing.sifting import Confidential, Rule, Sieve, Sifted

#: Names are found in texts of this language; of others no word leaves.
_READABLE = "en"

Span = tuple[int, int]


class PublishedDocument(msgspec.Struct, frozen=True, kw_only=True):
    """What leaves of a document: `original` is the digest of its bytes."""

    id: str
    title: str | None
    outlet: str | None
    language: str
    published: tuple[date, date] | None
    basis: str | None
    original: str
    claims: int


class Composed(msgspec.Struct, frozen=True, kw_only=True):
    """All that leaves, what was counted as withheld, and what must not be found in what is written."""

    title: str
    record: Record
    claims: tuple[GroundedClaim, ...]
    wordless: frozenset[str]  # ids of claims that leave without their words
    placeless: frozenset[str]  # ids of claims told by the province
    documents: tuple[PublishedDocument, ...]
    of_document: Mapping[str, str]  # published id of the document by claim; those told by the province have none
    copies: tuple[Copy, ...]
    withheld: Mapping[Rule, int]
    last: date  # nothing that is delayed is younger
    secrets: KeptSecrets
    persons: Persons
    originals: Mapping[str, tuple[str, str]]  # digest: file name, published id of a document
    public: tuple[frozenset[str], ...]  # the parts of names that stand in some document

    def stands(self, parts: frozenset[str]) -> bool:
        """Does a name stand in any document by its bearer's role?"""
        return any(parts <= one for one in self.public)


class _Desk:
    """What a case is published with."""

    def __init__(self, ledger: Ledger, policy: Policy, today: date, as_of: date | None, sources: Path | None) -> None:
        own = own_sources(ledger.folder, sources)
        self.ledger, self.policy = ledger, policy
        self.sources: SourceTable = load_sources(own)
        self.confidential = _confidential(policy, own, self.sources)
        self.sieve = Sieve(policy, today, self.confidential)
        self.claims = _by_document(ledger, as_of)
        self.persons = self._persons()
        gazetteer = open_gazetteer(case=pipeline.places_of(ledger))
        secret = secret_of(ledger.folder)
        self.redactor = Redactor(secret, self.persons, gazetteer, self.sources, policy)

    def _persons(self) -> Persons:
        names = {name for found in self.claims.values() for claim in found for name in _names_of_places(claim)}
        spelled = [name for name in (*self.confidential.spelled, *self.policy.persons_never) if len(name) > 1]
        return Persons(
            (document.text for document in self.ledger.documents()),
            places=names,
            bodies={
                one.name
                for found in self.claims.values()
                for claim in found
                for one in claim.voices
                if one.kind not in PERSONAL
            },
            sources=self.sources,
            public=self.policy.persons_public,
            private=spelled,
            everyone=self.policy.persons_private == "withhold",
        )


def compose(
    ledger: Ledger,
    policy: Policy,
    today: date,
    *,
    as_of: date | None = None,
    sources: Path | None = None,
    told: Told = untold,
) -> Composed:
    """What of a case leaves under a policy.

    Args:
        ledger: the case.
        policy: the policy.
        today: the day that ages are counted to.
        as_of: use only what had been said by the end of this day.
        sources: the user's table of sources, where it does not lie in the case.
        told: is told how far it is.
    """
    desk = _Desk(ledger, policy, today, as_of, sources)
    gathered = _Gathered(desk, as_of)
    for number, document in enumerate(ledger.documents()):
        told("looking for what stays", number, len(desk.claims))
        gathered.sift(document)
    gathered.hide()
    for number, document in enumerate(ledger.documents()):
        told("taking what leaves", number, len(desk.claims))
        gathered.add(document)
    told("concluding from what leaves", 0, 0)
    return gathered.composed()


class _Gathered:
    """Documents gone through one after the other, and what came of them."""

    def __init__(self, desk: _Desk, as_of: date | None) -> None:
        self._desk, self._as_of = desk, as_of
        self._claims: dict[str, GroundedClaim] = {}
        self._ids: dict[str, str] = {}  # published by own
        self._wordless, self._placeless = set[str](), set[str]()
        self._documents: list[PublishedDocument] = []
        self._of_document: dict[str, str] = {}
        self._withheld: Counter[Rule] = Counter()
        self._kept = Kept()
        self._originals: dict[str, tuple[str, str]] = {}
        self._sifted: dict[str, Sifted] = {}
        self._hidden = Phrases({})
        self._gone: frozenset[str] = frozenset()  # names of places that stay
        self._public = set[frozenset[str]]()
        self._names = set[str]()  # of private persons in documents of which anything leaves

    def sift(self, document: Document) -> None:
        """Sort a document's claims, and note what of it stays."""
        claims = [one for one in self._desk.claims.get(document.id, ()) if self._known(one)]
        sifted = self._sifted[document.id] = self._desk.sieve.sift(claims, {document.id: document})
        self._kept.document(document)
        for rule, found in sifted.withheld.items():
            self._withheld[rule] += len(found)
        self._kept.claims((one for found in sifted.withheld.values() for one in found), document)
        self._kept.claims(sifted.coarse, document)
        if not self._desk.sieve.leaves(document):
            self._kept.whole_document(document)
        self._kept.names(self._desk.persons.names(document.text), document)

    def hide(self) -> None:
        """Look for words that stay in all documents: another that copies them does not give them back."""
        self._hidden = Phrases({"": self._kept.words})
        self._desk.redactor.hide(self._hidden)
        kept = [one for sifted in self._sifted.values() for one in sifted.kept]
        coarse = (one for sifted in self._sifted.values() for claim in sifted.coarse for one in claim.places.values())
        wider = {one.id: one for one in map(self._desk.redactor.wider, coarse) if one is not None}
        self._gone = self._kept.gone_names(kept, wider.values())
        self._desk.persons.never(self._gone)

    def add(self, document: Document) -> None:
        """Take of a document what may leave."""
        sifted = self._sifted.pop(document.id)
        if self._desk.sieve.leaves(document) and (sifted.kept or sifted.coarse):
            self._public.update(self._desk.persons.public_names(document.text))
            self._names.update(self._desk.persons.names(document.text))
            self._take(document, sifted)

    def _known(self, claim: GroundedClaim) -> bool:
        return self._as_of is None or claim.known_by(self._as_of)

    def _take(self, document: Document, sifted: Sifted) -> None:
        redactor = self._desk.redactor
        hidden = [(one.claim.start, one.claim.end) for one in sifted.coarse]
        hidden += [(one.claim.start, one.claim.end) for found in sifted.withheld.values() for one in found]
        hidden += self._copied(document.text)
        readable = document.language.split("-")[0] == _READABLE or self._desk.policy.persons_private == "publish"
        for claim in sifted.kept:
            made = self._put(claim, redactor.kept(claim, document, hidden, readable=readable))
            if made is not None:
                self._of_document[made.id] = redactor.document_id(document.id)
                if made.claim.quote.startswith(NO_WORDS):
                    self._withheld[Rule.WORDS if readable else Rule.LANGUAGE] += 1
        for claim in sifted.coarse:
            made = self._put(claim, redactor.coarse(claim, document, readable=readable))
            if made is not None:
                self._placeless.add(made.id)
                self._withheld[Rule.COARSENED] += 1
        kept = [self._ids[claim.id] for claim in sifted.kept if claim.id in self._ids]
        if kept:
            self._document(document, kept, hidden)

    def _copied(self, text: str) -> Iterable[Span]:
        """Stretches of a text that are words of claims that stay, of this document or another."""
        words = list(worded(text))
        for first, after, _ in self._hidden.found([word for _, _, word in words]):
            yield words[first][0], words[after - 1][1]

    def _put(self, claim: GroundedClaim, whole: GroundedClaim) -> GroundedClaim | None:
        """Take a claim as it leaves; `None` where a few words for it would be those of one that stays."""
        made = self._desk.redactor.told_apart(whole)
        if made is None:
            self._withheld[Rule.GIST] += 1
            return None
        self._claims.setdefault(made.id, made)
        self._ids[claim.id] = made.id
        if made.claim.quote.startswith(NO_WORDS):
            self._wordless.add(made.id)
        return made

    def _document(self, document: Document, kept: Sequence[str], hidden: Sequence[Span]) -> None:
        """Tell of a document by the claims of it that leave, which have its words."""
        published = document.published
        own = self._desk.redactor.document_id(document.id)
        self._documents.append(
            PublishedDocument(
                id=own,
                title=self._title(document, hidden),
                outlet=self._claims[kept[0]].publisher.name,
                language=document.language,
                published=(published.earliest, published.latest) if published is not None else None,
                basis=published.basis.value if published is not None else None,
                original=document.original,
                claims=len(kept),
            )
        )
        self._originals.setdefault(document.original, (document.name, own))

    def _title(self, document: Document, hidden: Sequence[Span]) -> str | None:
        """A document's title, cleaned; none of a young one, nor one that tells what claims are withheld for."""
        title = document.title
        if title is None:
            return None
        stretches = [block.span for block in document.blocks if block.form is Form.HEADLINE]
        at = document.text.find(title)
        told = [(one.start, one.end) for one in stretches] + ([(at, at + len(title))] if at >= 0 else [])
        tells = any(one < end and other > start for one, other in told for start, end in hidden)
        tells = tells or any(self._copied(title))
        if tells or self._desk.sieve.is_young(document) or document.language.split("-")[0] != _READABLE:
            self._withheld[Rule.TITLE] += 1
            self._kept.title(title)
            return None
        return self._desk.redactor.said_in(title, document)

    def composed(self) -> Composed:
        """The record of what leaves."""
        claims = tuple(self._claims.values())
        copies = tuple(self._copies(claims))
        record = conclude(claims, copies=copies, judgements=self._judgements(), as_of=self._as_of)
        listed = {one.id for one in self._documents}
        policy = self._desk.policy
        return Composed(
            title=policy.title or self._desk.redactor.clean(self._desk.ledger.name),
            record=record,
            claims=tuple(structs.replace(one, published=None) if one.id in self._placeless else one for one in claims),
            wordless=frozenset(self._wordless),
            placeless=frozenset(self._placeless),
            documents=tuple(self._documents),
            of_document=self._of_document,
            copies=tuple(one for one in copies if one.earlier in listed and one.later in listed),
            withheld=self._counts(),
            last=self._desk.sieve.last,
            secrets=self._kept.secrets(
                claims, self._originals, self._gone, self._desk.confidential, policy, self._public
            ),
            persons=self._desk.persons,
            originals=self._originals,
            public=tuple(self._public),
        )

    def _counts(self) -> Mapping[Rule, int]:
        """What was withheld, by rule; names once each, originals by document."""
        originals = len(self._originals) if self._desk.policy.documents_originals == "withhold" else 0
        return self._withheld | Counter({Rule.NAMES: len(self._names), Rule.ORIGINAL: originals})

    def _copies(self, claims: Iterable[GroundedClaim]) -> Iterable[Copy]:
        """Pairs of documents that share words, of which claims leave."""
        there = {one.claim.document for one in claims}
        name = self._desk.redactor.document_id
        for one in self._desk.ledger.copies():
            earlier, later = name(one.earlier), name(one.later)
            if earlier in there and later in there:
                yield Copy(earlier=earlier, later=later, kind=one.kind, share=one.share)

    def _judgements(self) -> list[Judgement]:
        """What persons said of pairs of claims of which both leave."""
        return [
            Judgement(one=self._ids[said.one], other=self._ids[said.other], same=said.same)
            for said in judgements_of(self._desk.ledger.reviews())
            if said.one in self._ids and said.other in self._ids
        ]


def _names_of_places(claim: GroundedClaim) -> Iterable[str]:
    """By which names a claim and the record call its places."""
    for role, one in claim.places.items():
        yield from (one.name, *one.aliases)
        yield from (said.expression for said in mentions(claim.claim, role) if len(said.expression.split()) < 4)


def _by_document(ledger: Ledger, as_of: date | None) -> Mapping[str, Sequence[GroundedClaim]]:
    """Claims by document, as pages said them at the end of the day."""
    found = defaultdict[str, list[GroundedClaim]](list)
    for claim in ledger.claims(standing=as_of):
        found[claim.claim.document].append(claim)
    return found


class _Confidential(Confidential, frozen=True):
    """As `Confidential`, with the names as spelled, for finding them in texts."""

    spelled: tuple[str, ...] = ()


def _confidential(policy: Policy, own: Path | None, table: SourceTable) -> _Confidential:
    """The confidential sources: those that the policy lists, and those marked in the user's own table."""
    marked = [row.id for row in read_table(own, SourceRow) if row.confidential] if own is not None else []
    ids, spelled = set[str](), list[str]()
    for word in (*policy.sources_confidential, *marked):
        listed = table.get(word) or table.lookup(word)
        ids.add(listed.id if listed is not None else word)
        spelled += [listed.name, *listed.aliases] if listed is not None else [word]
    return _Confidential(frozenset(ids), frozenset(map(fold, spelled)), tuple(dict.fromkeys(spelled)))
