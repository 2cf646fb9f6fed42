"""Reporting clauses of a sentence: which of them what is told belongs to, and who relays whom."""

import msgspec

from tadmor.datamodel.sources import Voice

#: Phrases by which whoever reports names whom it has it from.
_CITING = ("citing", "quoting")


class Telling(msgspec.Struct, frozen=True, kw_only=True):
    """One reporting clause of a sentence: where its verb or phrase stands, whom it names, and what it covers."""

    at: int
    start: int
    end: int
    chain: tuple[Voice, ...]
    trailing: bool  # the report stands before it: "..., X said"
    whole: bool  # covers the whole sentence: "according to"
    denies: bool = False  # what stands before it is another's word: "..., a claim that X denied"


def relayed(text: str, found: tuple[Telling, ...]) -> tuple[Telling, ...]:
    """As in "the agency, quoting residents, reported": the agency relays what the residents say."""
    cited = next((telling for telling in found if telling.whole and text.startswith(_CITING, telling.at)), None)
    if cited is None:
        return found
    own = next((telling for telling in found if telling.at == cited.at and not telling.whole), None)
    others = [telling for telling in found if telling not in (cited, own)]
    agencies = [telling.chain for telling in ([own] if own is not None and not own.trailing else []) + others]
    agency = next((chain for chain in agencies if not {*chain} & {*cited.chain}), ())
    whole = (*agency, *cited.chain)
    return tuple(
        msgspec.structs.replace(telling, chain=whole)
        if telling is cited or telling.chain in (agency, cited.chain)
        else telling
        for telling in found
        if telling is not own
    )


def covering(tellings: tuple[Telling, ...], trigger: int) -> Telling | None:
    """The reporting clause that a trigger belongs to: the nearest before it, else a trailing one after it."""
    before = [telling for telling in tellings if telling.end <= trigger and not telling.trailing]
    if before:
        return before[-1]
    later = (telling for telling in tellings if telling.end > trigger and not telling.denies)
    after = next((telling for telling in later if telling.trailing), None)
    if after is not None:
        return after
    whole = [telling for telling in tellings if telling.whole or (telling.trailing and telling.end <= trigger)]
    return whole[-1] if whole else None
