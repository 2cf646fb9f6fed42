"""The policy: what may leave a case, in a YAML file; what it does not say is as safe as tadmor can make it."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
import yaml

from tadmor.errors import UsageError

#: What can be held back for a time: kinds of claims; of tolls, those of others than civilians by themselves.
DELAYED = ("control", "event", "presence", "movement", "toll", "combatant_toll")
#: What can be told by the province only.
COARSENED = ("presence", "movement", "event", "toll")
#: To what ground.
LEVELS = ("district", "province", "country")

EXAMPLE = """\
# What `tadmor publish` lets out of a case. All of this is the default; leave out what you do not change.

# The name that the site bears; empty: the case's own.
title: ""

# Nothing younger than so many days leaves, of these kinds: control, event, presence, movement, toll (all tolls),
# combatant_toll (tolls of others than civilians). The age is that of the later of two days: the one that a claim
# speaks of and the one on which it was published. What has neither is withheld.
delay:
  days: 30
  kinds: [control, event, presence, movement, combatant_toll]

# Where forces, equipment and movements were is told by district, province or country, without the words, the
# document and the day of publication, which would give the place back.
coarsen:
  kinds: [presence, movement]
  to: province

# Names of persons who are neither officials, commanders, spokesmen nor otherwise public by their role in the
# words are withheld. `public` lets further names stand, `never` withholds names whatever their role.
persons:
  private: withhold        # or: publish
  public: []
  never: []

# Sources, by id or name, that never leave, with all that they or others who cite them said. Those with
# `confidential: true` in the case's sources.yaml need not be listed.
sources:
  confidential: []

# Documents by file name (* and ? allowed) of which nothing leaves. Originals are published only if asked for,
# and then only those in plain text that hold nothing of what is withheld.
documents:
  withhold: []
  originals: withhold      # or: publish
  # Originals that show dead or wounded people. They stay in the case (withhold) or, if originals are published,
  # lie behind a warning (warn).
  graphic: []
  graphic_media: withhold  # or: warn
"""


class Policy(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What may leave. Ages in days; names as written; documents by patterns of their file names."""

    title: str = ""
    delay_days: int = 30
    delay_kinds: tuple[str, ...] = ("control", "event", "presence", "movement", "combatant_toll")
    coarsen_kinds: tuple[str, ...] = ("presence", "movement")
    coarsen_to: str = "province"
    persons_private: str = "withhold"
    persons_public: tuple[str, ...] = ()
    persons_never: tuple[str, ...] = ()
    sources_confidential: tuple[str, ...] = ()
    documents_withhold: tuple[str, ...] = ()
    documents_originals: str = "withhold"
    documents_graphic: tuple[str, ...] = ()
    documents_graphic_media: str = "withhold"


class _BadValueError(ValueError):
    """A value is not of its kind; the text says what is wanted."""


def read_policy(path: Path | None) -> Policy:
    """The policy of a file; the default without one.

    Raises:
        UsageError: the file cannot be read, or says what no policy can; each mistake with its line.
    """
    if path is None:
        return Policy()
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}: the policy cannot be read ({getattr(error, 'strerror', None) or error})"
        raise UsageError(message) from error
    return policy_of(text, str(path))


def policy_of(text: str, name: str) -> Policy:
    """The policy that a text says; fails as `read_policy` does."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark is not None else ""
        message = f"{name}{line}: no YAML ({getattr(error, 'problem', None) or error})"
        raise UsageError(message) from error
    wrong: list[str] = []
    values = dict(_values(root, _FIELDS, "", wrong)) if root is not None else {}
    if wrong:
        raise UsageError("\n".join(f"{name}:{one}" for one in wrong))
    return Policy(**values)


def _values(node: Any, fields: Mapping[str, Any], before: str, wrong: list[str]) -> Iterator[tuple[str, Any]]:
    """The fields that a mapping sets; what is wrong with it is noted as "LINE: what"."""
    if not isinstance(node, yaml.MappingNode):
        wrong.append(f"{node.start_mark.line + 1}: {before.rstrip('_') or 'the policy'} takes names with values")
        return
    seen: set[str] = set()
    for key, value in node.value:
        line, word = key.start_mark.line + 1, str(key.value)
        if word in seen:
            wrong.append(f"{line}: {word} is said twice")
        elif word not in fields:
            wrong.append(f"{line}: {word!r} is not known here; choose from {', '.join(fields)}")
        elif isinstance(fields[word], Mapping):
            yield from _values(value, fields[word], f"{before}{word}_", wrong)
        else:
            try:
                yield f"{before}{word}", fields[word](value)
            except _BadValueError as error:
                wrong.append(f"{value.start_mark.line + 1}: {word} {error}")
        seen.add(word)


def _text(node: Any) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _BadValueError("takes words")
    return "" if node.tag.endswith(":null") else str(node.value)


def _days(node: Any) -> int:
    if not (
        isinstance(node, yaml.ScalarNode) and node.value.isascii() and node.value.isdigit() and len(node.value) < 6
    ):
        raise _BadValueError("takes a number of days, 0 or more")
    return int(node.value)


def _words(node: Any) -> tuple[str, ...]:
    if not isinstance(node, yaml.SequenceNode) or not all(isinstance(one, yaml.ScalarNode) for one in node.value):
        raise _BadValueError("takes a list, as [one, two]")
    found = tuple(str(one.value).strip() for one in node.value)
    if not all(found):
        raise _BadValueError("has an empty entry")
    return found


def _one_of(*words: str) -> Callable[[Any], str]:
    def read(node: Any) -> str:
        if not isinstance(node, yaml.ScalarNode) or node.value not in words:
            wanted = " or ".join(words)
            message = f"takes {wanted}"
            raise _BadValueError(message)
        return str(node.value)

    return read


def _some_of(*words: str) -> Callable[[Any], tuple[str, ...]]:
    def read(node: Any) -> tuple[str, ...]:
        found = _words(node)
        unknown = [one for one in found if one not in words]
        if unknown:
            message = f"cannot be {unknown[0]!r}; choose from {', '.join(words)}"
            raise _BadValueError(message)
        return found

    return read


_FIELDS: Mapping[str, Any] = {
    "title": _text,
    "delay": {"days": _days, "kinds": _some_of(*DELAYED)},
    "coarsen": {"kinds": _some_of(*COARSENED), "to": _one_of(*LEVELS)},
    "persons": {"private": _one_of("withhold", "publish"), "public": _words, "never": _words},
    "sources": {"confidential": _words},
    "documents": {
        "withhold": _words,
        "originals": _one_of("withhold", "publish"),
        "graphic": _words,
        "graphic_media": _one_of("withhold", "warn"),
    },
}
