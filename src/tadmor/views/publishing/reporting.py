"""What was withheld and why: counts and rules, never what it was."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import msgspec

from tadmor.views.exports import Row
from tadmor.views.publishing.composing import Composed
from tadmor.views.publishing.policy import Policy
from tadmor.views.publishing.sifting import Rule

_KINDS = {
    "control": "control of places",
    "event": "acts of violence",
    "presence": "forces and equipment",
    "movement": "movements",
    "toll": "losses",
    "combatant_toll": "losses of forces",
}
#: Rules whose counts would tell that there is something to look for; people at the screen are told them.
_UNTOLD = frozenset({Rule.CONFIDENTIAL, Rule.DOCUMENT})


class Line(msgspec.Struct, frozen=True):
    """One rule of the report; `count` is `None` where the number would give something away."""

    rule: str
    title: str
    count: int | None
    why: str


def delayed(policy: Policy) -> str:
    """What is delayed, in words."""
    return _listed(policy.delay_kinds)


def _listed(kinds: Sequence[str]) -> str:
    """Kinds of claims in words: "forces and equipment, and movements"."""
    words = [_KINDS[kind] for kind in kinds]
    return ", and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def report(found: Composed, policy: Policy, *, public: bool) -> tuple[Line, ...]:
    """The report; `public`: as the site tells it, without counts that give sources away."""
    return tuple(
        Line(rule.value, title, None if public and rule in _UNTOLD else found.withheld.get(rule, 0), why)
        for rule, (title, why) in _rules(found, policy).items()
    )


def _rules(found: Composed, policy: Policy) -> Mapping[Rule, tuple[str, str]]:
    day = found.last + timedelta(days=1)
    names = "Names of persons without an office, a command or another public role in the words."
    delay, coarse = delayed(policy) or "no kind", _listed(policy.coarsen_kinds) or "no kind"
    return {
        Rule.YOUNG: (
            "Claims too young",
            f"Claims of {delay} that speak of {day} or later, or were published then.",
        ),
        Rule.UNDATED: ("Claims of no told age", f"Claims of {delay} that have no day of any kind."),
        Rule.COARSENED: (
            "Claims told by a wider place",
            f"Claims of {coarse}: by the {policy.coarsen_to}, without words, document and day of publication.",
        ),
        Rule.WORDS: (
            "Claims without their words",
            "Their words are for the most part those of a claim that is withheld or told by a wider place.",
        ),
        Rule.GIST: (
            "Claims that say what is withheld",
            "The few words that would stand for them are those of a claim that is withheld or told by a wider place.",
        ),
        Rule.LANGUAGE: (
            "Claims in other languages, without their words",
            "Names of persons are found in English texts alone; of others no word leaves.",
        ),
        Rule.NAMES: (
            "Names of private persons",
            names if policy.persons_private == "withhold" else "The policy publishes them.",
        ),
        Rule.TITLE: (
            "Titles of documents",
            "Titles that tell what is withheld, of documents too young, or in other languages. No file name leaves.",
        ),
        Rule.ORIGINAL: (
            "Originals",
            "They stay in the case; pictures in them are never published."
            if policy.documents_originals == "withhold"
            else "Those that are no plain text, and those listed as graphic, stay in the case."
            if policy.documents_graphic_media == "withhold"
            else "Those that are no plain text stay in the case.",
        ),
        Rule.DOCUMENT: ("Documents", "Documents that the policy keeps, with all that they say."),
        Rule.CONFIDENTIAL: (
            "Confidential sources",
            "What they said or carry, and their names wherever they stand. Whether there are any is not told.",
        ),
    }


def published_row(found: Composed, today: date, as_of: date | None) -> Row:
    """What all pages say of the publication."""
    return {
        "day": today.isoformat(),
        "as_of": as_of.isoformat() if as_of is not None else None,
        "last": found.last.isoformat(),
    }


def policy_row(policy: Policy) -> Row:
    """What pages say of the policy: nothing that it lists by name."""
    return {
        "delay_days": policy.delay_days,
        "delay_kinds": list(policy.delay_kinds),
        "delayed": delayed(policy),
        "coarsen_kinds": list(policy.coarsen_kinds),
        "coarsen_to": policy.coarsen_to,
    }
