"""Drawings for notebooks: HTML with SVG, readable on light and on dark; everything of the case is escaped."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape

from tadmor.datamodel.keys import digest
from tadmor.views.exports import Row
from tadmor.views.page.bands import Band, Ribbon, ribbon
from tadmor.views.words import percent

#: Of holders, told apart by people who see red and green alike (after Okabe and Ito), at least 3 to 1 against white and
#: against black; no camp has a colour of its own.
_COLOURS = ("#2f86c1", "#d0701f", "#2a9475", "#b066a0", "#95821a", "#6d7f9e", "#c45252", "#828282")


def place_html(name: str, spells: Sequence[Row], last: str | None, as_of: date | None) -> str:
    """A place: its ribbon, and each spell in words."""
    items = "".join(map(_item, spells))
    body = f"{_drawn(spells, last)}<ol>{items}</ol>" if spells else "<p>Nobody says who held it.</p>"
    return f"<div><h3>{escape(name)}</h3>{_known(as_of)}{body}</div>"


def _item(spell: Row) -> str:
    sure = f"<b>{escape(spell['verdict'])}</b> {percent(spell['confidence'])}"
    what = f"{escape(spell['days'])}: {escape(spell['words'])}"
    return f"<li>{what}, {sure}, {spell['independent_sources']} independent</li>"


def case_html(
    name: str,
    counts: Mapping[str, int],
    places: Iterable[tuple[str, Sequence[Row]]],
    last: str | None,
    as_of: date | None,
) -> str:
    """A case: what it holds, and a ribbon for each of the places that most is told of."""
    told = ", ".join(f"{count:,} {what}" for what, count in counts.items())
    drawn = "".join(f"<h4>{escape(place)}</h4>{_drawn(spells, last, height=16)}" for place, spells in places if spells)
    return f"<div><h3>{escape(name)}</h3>{_known(as_of)}<p>{escape(told)}</p>{drawn}</div>"


def _known(as_of: date | None) -> str:
    return f"<p>As known at the end of {as_of.isoformat()}.</p>" if as_of is not None else ""


def _drawn(spells: Sequence[Row], last: str | None, height: int = 28) -> str:
    found = ribbon(spells, last)
    if found is None:
        return "<p>Since when is not told.</p>"
    # patterns are found by name in the whole notebook
    stripes = f"contested-{digest('ribbon', *(one['id'] for one in spells), str(height))[:8]}"
    bands = "".join(_band(one, height, stripes) for one in found.bands)
    return (
        f'<svg width="100%" height="{height + 24}" role="img" aria-label="{escape(_words(found))}">'
        f'<defs><pattern id="{stripes}" width="8" height="8" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)">'
        '<rect width="3" height="8" fill="currentColor" fill-opacity="0.6"/></pattern></defs>'
        f"{bands}{_scale(found, height)}</svg>{_legend(found)}"
    )


def _words(found: Ribbon) -> str:
    return f"Who held it from {found.first} to {found.last}"


def _band(one: Band, height: int, stripes: str) -> str:
    place = f'x="{one.x}%" y="4" width="{one.width}%" height="{height}"'
    colour = _COLOURS[one.colour] if one.colour is not None else "none"
    drawn = f'<rect {place} fill="{colour}" fill-opacity="{max(one.confidence, 0.25):.2f}"/>'
    if one.state == "contested":
        drawn += f'<rect {place} fill="url(#{stripes})"/>'
    if one.state == "besieged":
        drawn += f'<rect x="{one.x}%" y="0" width="{one.width}%" height="3" fill="currentColor"/>'
    return f"<g><title>{escape(one.label)}</title>{drawn}</g>"


def _scale(found: Ribbon, height: int) -> str:
    """Days at both ends, and years between where there is room."""
    y, style = height + 18, 'fill="currentColor" font-size="11"'
    years = "".join(
        f'<text x="{one.x}%" y="{y}" text-anchor="middle" {style}>{one.words}</text>'
        for one in found.years
        if 10 < one.x < 88
    )
    ends = f'<text x="0" y="{y}" {style}>{found.first}</text>'
    return f'{ends}{years}<text x="100%" y="{y}" text-anchor="end" {style}>{found.last}</text>'


def _legend(found: Ribbon) -> str:
    holders = " ".join(
        f'<svg width="10" height="10"><rect width="10" height="10" fill="{_COLOURS[colour]}"/></svg> {escape(holder)}'
        for holder, colour in found.holders
    )
    return (
        f"<p>{holders} <small>paler: less sure; striped: contested; line above: besieged; empty: not known</small></p>"
    )
