"""A table with HXL hashtags in its second row (HXL 1.1), with OCHA's p-codes where the case has them."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from tadmor.datamodel.entries import Entry
from tadmor.views.exchange.formats import DataSet, table
from tadmor.views.exchange.losses import Tally
from tadmor.views.exchange.whole import FLAT, flat

#: Columns and their hashtags; those of a flat table that humanitarian tables have a tag for.
TAGS = {
    "id": "#event+id",
    "kind": "#event+kind",
    "type": "#event+type",
    "state": "#event+state",
    "edtf": "#date+edtf",
    "first_day": "#date+start",
    "last_day": "#date+end",
    "country": "#country+code+v_iso2",
    "adm1_pcode": "#adm1+code+v_pcode",
    "adm2_pcode": "#adm2+code+v_pcode",
    "adm3_pcode": "#adm3+code+v_pcode",
    "loc_pcode": "#loc+code+v_pcode",
    "place": "#loc+name",
    "place_id": "#loc+code+v_tadmor",
    "place_level": "#loc+type",
    "within": "#loc+within",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "radius_m": "#geo+radius+m",
    "actors": "#org+actor",
    "actor_ids": "#org+actor+code",
    "targets": "#org+target",
    "target_ids": "#org+target+code",
    "holder": "#org+holder",
    "holder_id": "#org+holder+code",
    "killed_low": "#affected+killed+min",
    "killed": "#affected+killed",
    "killed_high": "#affected+killed+max",
    "killed_status": "#population+killed+type",
    "wounded_low": "#affected+injured+min",
    "wounded": "#affected+injured",
    "wounded_high": "#affected+injured+max",
    "captured": "#affected+detained",
    "missing": "#affected+missing",
    "displaced": "#affected+displaced",
    "modality": "#meta+modality",
    "polarity": "#meta+polarity",
    "confidence": "#meta+confidence",
    "verdict": "#meta+verdict",
    "independent_sources": "#meta+sources+num",
    "publishers": "#meta+publisher",
    "sources": "#meta+source",
    "published": "#date+published",
    "quote": "#meta+quote",
    "claims": "#meta+claims+id",
}
_NOT_HERE = {
    "what", "equipment", "count", "origin", "destination", "change", "degree", "loser", "days.extent", "days.basis",
    "days.began", "days.open", "original", "score", "place.words",
}  # fmt: skip
_CARRIES = FLAT - _NOT_HERE


class Hxl:
    """A row an entry."""

    name = "hxl"
    suffix = ".csv"
    about = "CSV with HXL hashtags and OCHA p-codes"

    def write(self, entries: Sequence[Entry], data: DataSet, tally: Tally) -> Iterator[bytes]:
        """The table: heads, hashtags, rows."""
        heads = dict.fromkeys(TAGS)
        yield from table(list(TAGS), self._rows(heads, entries, data, tally), data, tally)

    def _rows(
        self, heads: dict[str, None], entries: Sequence[Entry], data: DataSet, tally: Tally
    ) -> Iterator[dict[str, Any]]:
        yield {name: TAGS[name] for name in heads}
        for entry in entries:
            tally.carry(entry, _CARRIES)
            codes = data.pcodes.of(entry.ground)
            if not codes and entry.ground.name is not None:
                why = "no p-code is known for the place" if data.pcodes else "the case has no files of OCHA's"
                tally.lose("place.within", entry, f"{why} (tadmor gazetteer import)")
            named = {f"adm{depth}_pcode": codes.get(depth) for depth in (1, 2, 3)}
            deeper = next((codes[depth] for depth in sorted(codes, reverse=True) if depth > 3), None)
            yield {**_written(flat(entry)), **named, "loc_pcode": deeper}


def _written(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}
