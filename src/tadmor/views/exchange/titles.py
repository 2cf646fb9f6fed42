"""An entry in one line of words, for formats whose things have a name."""

from tadmor.datamodel.claims import Modality, Polarity
from tadmor.datamodel.entries import Entry, Party
from tadmor.views.exchange.edtf import entry_edtf


def title(entry: Entry) -> str:
    """What, by whom, where and when: "Air strike, Russian air force, Idlib, 2016-12-11"."""
    parts = [_what(entry), _who(entry), entry.ground.name, entry_edtf(entry)]
    return _stance(entry) + ", ".join(part for part in parts if part)


def _stance(entry: Entry) -> str:
    """That it is denied, or not told as a fact: whoever reads only the title is not to take it for one."""
    told = "" if entry.modality is Modality.ASSERTED else f"{entry.modality.value.capitalize()}: "
    return f"Denied: {told}" if entry.polarity is Polarity.DENIED else told


def _what(entry: Entry) -> str:
    if entry.type is not None:
        words = entry.type.value.replace("_", " ")
    elif entry.kind == "toll" and entry.harmed:
        words = f"{_figure(entry)} {entry.harmed[0].harm.value}"
    elif entry.kind == "control":
        words = (entry.state or entry.change or "control").replace("_", " ")
    else:
        words = entry.what or entry.kind
    return words[:1].upper() + words[1:]


def _figure(entry: Entry) -> str:
    first = entry.harmed[0]
    known = [str(one) for one in (first.best, first.low, first.high) if one is not None]
    return known[0] if known else "people"


def _who(entry: Entry) -> str:
    if entry.holder is not None:
        return f"held by {entry.holder.name}" if entry.state is not None else f"by {entry.holder.name}"
    sides = [_names(entry.actors), _names(entry.targets)]
    return " against ".join(side for side in sides if side)


def _names(parties: tuple[Party, ...]) -> str:
    return " and ".join(dict.fromkeys(one.name for one in parties))
