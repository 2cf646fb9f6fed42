"""What thirty lines of patterns find: the floor below which a reader is worth nothing."""

import re
from collections.abc import Iterator
from typing import Any

_SENTENCE = re.compile(r"[^.!?\n]+[.!?]?")
_NAME = r"(?:[A-Z][\w'-]+(?:[ -][A-Z][\w'-]+)*)"
_PLACE = re.compile(rf"\b(?:in|at|near|of|from|to) (?:the )?({_NAME})")
_TOLL = re.compile(r"(\d[\d,]*)\D{0,40}?\b(killed|dead|wounded|injured|displaced|captured|missing)\b", re.IGNORECASE)
_KILLS = re.compile(r"\b(kill(?:ed|ing)?|wound(?:ed|ing)?)\D{0,30}?(\d[\d,]*)", re.IGNORECASE)
_CONTROL = re.compile(r"\b(captured|seized|retook|recaptured|took control|controls?|held|lost|besieged)\b")
_EVENT = re.compile(
    r"\b(air ?strikes?|shell(?:ed|ing)|bomb(?:ed|ing|ings)|clash(?:es|ed)|attack(?:s|ed)?)\b", re.IGNORECASE
)
_MOVE = re.compile(r"\b(advanced|arrived|withdrew|fled|entered|evacuated)\b")
_TYPES = {"air": "air_strike", "she": "shelling", "bom": "bombing", "cla": "clash", "att": "ground_attack"}
_HARMS = {
    "dead": "killed",
    "kill": "killed",
    "inju": "wounded",
    "woun": "wounded",
    "disp": "displaced",
    "capt": "captured",
    "miss": "missing",
}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def claims(name: str, text: str) -> Iterator[dict[str, Any]]:
    """A claim for each sentence with a telling word; who and where are the nearest capitalised words."""
    day = _DAY.search(text[:300])
    for sentence in _SENTENCE.finditer(text):
        words, place = sentence[0], _PLACE.search(sentence[0])
        who = re.search(_NAME, words)
        row = {"doc": name, "start": sentence.start(), "end": sentence.end(), "quote": words, "modality": "asserted"}
        row |= {"polarity": "affirmed", "attribution": [], "place": {"name": place[1]} if place else None}
        row["when"] = {"earliest": day[0], "latest": day[0]} if day else None
        actor = {"name": who[0]} if who else None
        if toll := _TOLL.search(words) or _KILLS.search(words):
            number, harm = (toll[1], toll[2]) if toll[1][0].isdigit() else (toll[2], toll[1])
            low = int(number.replace(",", ""))
            yield row | {"kind": "toll", "harm": _HARMS[harm[:4].lower()], "count": {"low": low, "high": low}}
        if verb := _CONTROL.search(words):
            degree = "besieged" if verb[1] == "besieged" else "full"
            change = "held" if verb[1] in ("held", "controls", "control") else "gained"
            yield row | {"kind": "control", "holder": actor, "change": change, "degree": degree}
        if event := _EVENT.search(words):
            yield row | {"kind": "event", "type": _TYPES[event[1][:3].lower()], "actors": [actor] if actor else []}
        if _MOVE.search(words):
            yield row | {"kind": "movement", "actor": actor, "to": row["place"]}
