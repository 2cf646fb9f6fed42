"""Out and in again: what comes back otherwise than it went out stands in the loss report."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from msgspec import structs
from tests.views import made_entries
from tests.views.made_entries import DATA, entry, events, written

from tadmor.datamodel.claims import Change, ControlClaim, EventClaim, EventType, Harm, TollClaim
from tadmor.datamodel.places import Level
from tadmor.tables import EVENTS, Table, open_table, told_rows
from tadmor.views.exchange import told
from tadmor.views.exchange.events import killed, level, near, one_number, origins, sides

TODAY = date(2030, 1, 1)
#: Fields that the comparison below looks at; all others are lost to any table, and the reports say so elsewhere.
SEEN = {
    "type", "days", "place.words", "place.point", "place.level", "actors", "killed", "wounded", "toll.range",
    "toll.parts", "toll.status", "toll.group", "quote", "chain", "holder", "modality",
}  # fmt: skip


def read_back(name, text):
    """The one row of a table that was written, as it is read again."""
    table = open_table(f"{name}.out", text.decode(), EVENTS)
    assert isinstance(table, Table), table
    assert table.layout.name == name
    rows = list(told_rows(table))
    return rows[0].claims if rows else None


def differences(before, after):
    """The fields that came back otherwise."""
    event = next((one for one in after.claims if isinstance(one, EventClaim)), None)
    found = set()
    if event is None or event.type is not before.type:
        found.add("type")
    if after.when.interval != before.when.interval:
        found.add("days")
    if (after.spot.level or Level.SETTLEMENT) is not level(before) or after.spot.near is not near(before):
        found.add("place.level")
    if (after.spot.lat, after.spot.lon) != before.ground.point:
        found.add("place.point")
    shared = after.claims[0]
    if shared.place.expression.replace('""', '"') != before.ground.words:
        found.add("place.words")
    if shared.quote.replace('""', '"') != before.accounts[0].quote:
        found.add("quote")
    if tuple(voice.name for voice in shared.attribution) not in (origins(before), _chain(before)):
        found.add("chain")
    back = [one.expression.replace('""', '"') for one in (*event.actors, *event.targets)] if event else []
    if back != [one.words for side in sides(before) for one in side]:
        found.add("actors")
    gained = [one for one in after.claims if isinstance(one, ControlClaim) and one.change is Change.GAINED]
    if before.holder is not None and [one.holder.expression for one in gained] != [before.holder.words]:
        found.add("holder")
    return found | _different_tolls(before, [one for one in after.claims if isinstance(one, TollClaim)])


def _chain(before):
    """The sources that all accounts share, in their order."""
    chains = {tuple(voice.name for voice in one.voices) for one in before.accounts}
    return chains.pop() if len(chains) == 1 else ()


def _different_tolls(before, tolls):
    dead, back = killed(before), next((one for one in tolls if one.harm is Harm.KILLED), None)
    found = {"wounded"} if before.of_harm(Harm.WOUNDED) is not None else set()
    number = one_number(dead) if dead is not None else None
    if (number or 0) != ((back.count.best or 0) if back is not None else 0):
        found.add("killed")
    if dead is None or back is None:
        return found
    if (dead.low, dead.best, dead.high) != (back.count.low, back.count.best, back.count.high):
        found.add("toll.range")
    if back.status is not dead.status:
        found.add("toll.status")
    if (back.group.expression if back.group else None) != (dead.group.words if dead.group else None):
        found.add("toll.group")
    return found


def check(name, before):
    """A format carries an entry, or says which fields it does not, or leaves it out and says so."""
    text, tally = written(name, [before])
    report = tally.report()
    if report["left_out"]:
        assert report["rows"] == 0
        return
    after = read_back(name, text)
    lost = tally.fields_lost()
    assert after is not None or "type" in lost
    if after is not None:
        assert differences(before, after) <= lost
    assert {field for field in told(before) if field not in SEEN} >= {"offsets", "claims"}
    assert {"offsets", "claims", "original"} <= lost


SLOW = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))


@SLOW
@given(events())
def test_acled_loses_only_what_its_report_says(before):
    check("acled", before)


@SLOW
@given(events())
def test_ucdp_loses_only_what_its_report_says(before):
    check("ucdp", before)


@SLOW
@given(events())
def test_polecat_loses_only_what_its_report_says(before):
    check("polecat", before)


def test_a_plain_event_comes_back_from_acled_as_it_was():
    before = entry(type=EventType.SHELLING, harmed=(), ground=made_entries.KAFR)
    after = read_back("acled", written("acled", [before])[0])
    assert after.claims[0].type is EventType.SHELLING
    assert after.when.interval == before.when.interval
    assert [one.expression for one in after.claims[0].actors] == ["the army"]


def test_a_formula_in_a_cell_is_escaped_for_spreadsheets_and_read_again_without():
    notes = '=HYPERLINK("http://example.org")'
    before = entry(accounts=(made_entries.account(notes),), ground=made_entries.KAFR)
    text, tally = written("acled", [before])
    assert f"'{notes}".replace('"', '""').encode() in text
    assert tally.report()["escaped_cells"] == 1
    assert read_back("acled", text).claims[0].quote.replace('""', '"') == notes


def test_cells_stay_as_they_are_where_the_user_says_so():
    before = entry(accounts=(made_entries.account("=1+1"),))
    text, tally = written("acled", [before], structs.replace(DATA, escape=False))
    assert b"'=1+1" not in text
    assert tally.report()["escaped_cells"] == 0
