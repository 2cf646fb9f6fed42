"""Who speaks: publisher first, then whom the text cites."""

import msgspec
import pytest

from tadmor.datamodel.documents import Document
from tadmor.datamodel.sources import SourceKind, Voice
from tadmor.datamodel.spans import OffsetMap
from tadmor.dictionaries.sources import SourceTable, load_sources
from tadmor.grounding.sources import SourceResolver

TEXT = "A quiet day was reported from the town."


def document(**fields: object) -> Document:
    base = Document(
        original="ab" * 32,
        name="a.txt",
        index=0,
        raw=TEXT,
        text=TEXT,
        offsets=OffsetMap.identity(len(TEXT)),
        blocks=(),
    )
    return msgspec.structs.replace(base, **fields)


@pytest.fixture(scope="module")
def table() -> SourceTable:
    return load_sources()


def test_a_chain_runs_from_the_publisher_to_the_origin(table: SourceTable) -> None:
    """The publisher comes first, known voices keep their ids, and each voice has a link."""
    resolver = SourceResolver(table, document(outlet="Made Up Times"), "SY")
    voices, links = resolver.chain((Voice(name="Reuters"), Voice(name="SANA")))
    assert [voice.id for voice in voices][1:] == ["reuters", "sana"]
    assert voices[0].name == "Made Up Times"
    assert [(link.role, link.chosen) for link in links] == [("source", "reuters"), ("source", "sana")]


def test_a_known_outlet_is_known_by_its_name(table: SourceTable) -> None:
    """An outlet of the tables keeps its id, kind and sides."""
    assert SourceResolver(table, document(outlet="SANA"), None).publisher.id == "sana"


def test_a_file_without_an_outlet_is_its_own_publisher(table: SourceTable) -> None:
    """Two files whose outlets are not told are two voices; one file is the same voice each time."""
    first = SourceResolver(table, document(), None).publisher
    again = SourceResolver(table, document(), None).publisher
    other = SourceResolver(table, document(original="cd" * 32), None).publisher
    assert first == again
    assert first.id != other.id


def test_unnamed_voices_belong_to_their_publisher(table: SourceTable) -> None:
    """As said: "Activists" of one outlet are one voice in it, and not known to be those of another."""
    voice = (Voice(name="activists", named=False),)
    mine = SourceResolver(table, document(outlet="Made Up Times"), "SY").chain(voice)[0][1]
    same = SourceResolver(table, document(outlet="Made Up Times", original="cd" * 32), "SY").chain(voice)[0][1]
    other = SourceResolver(table, document(outlet="Other Times"), "SY").chain(voice)[0][1]
    assert mine.kind is SourceKind.UNNAMED
    assert mine.id == same.id
    assert mine.id != other.id
    assert mine.id.startswith("unnamed:")


def test_offices_are_those_of_the_country(table: SourceTable) -> None:
    """As said: "The defence ministry" in a document set in Iraq is Iraq's."""
    voice = (Voice(name="the defence ministry"),)
    source = SourceResolver(table, document(outlet="Made Up Times"), "IQ").chain(voice)[0][1]
    assert source.id == "iraq/defence_ministry"
    assert "iraq" in source.sides


def test_an_unknown_name_is_a_person_of_its_own(table: SourceTable) -> None:
    """A named voice that no table has gets an id from its name, the same in every document."""
    voice = (Voice(name="Wx Yzabad"),)
    sources = [
        SourceResolver(table, document(outlet=outlet), None).chain(voice)[0][1] for outlet in ("Made Up Times", "SANA")
    ]
    assert sources[0] == sources[1]
    assert sources[0].id == "wx_yzabad"


def test_a_voice_that_repeats_is_kept_once(table: SourceTable) -> None:
    """The same source twice in a chain adds no voice."""
    resolver = SourceResolver(table, document(outlet="Made Up Times"), None)
    assert len(resolver.chain((Voice(name="Reuters"), Voice(name="Reuters news agency")))[0]) == 2


def test_a_commander_is_nobodys_until_said(table: SourceTable) -> None:
    """As such, a field commander is not of the country's army; a party's own outlet tells of its own commanders."""
    (_, voice), _ = SourceResolver(table, document(outlet="Made Up Times"), "SY").chain(
        (Voice(name="field commander"),)
    )
    assert (voice.kind, voice.speaks_for) == (SourceKind.UNNAMED, ())
    (_, voice), _ = SourceResolver(table, document(outlet="Amaq"), "SY").chain((Voice(name="field commander"),))
    assert voice.sides == ("islamic_state",)


def test_whoever_is_for_a_side_is_not_that_side(table: SourceTable) -> None:
    """A pro-government page takes the government's side, and does not speak for it."""
    (_, voice), _ = SourceResolver(table, document(outlet="Made Up Times"), "SY").chain(
        (Voice(name="pro-regime page"),)
    )
    assert (voice.kind, voice.sides, voice.speaks_for) == (SourceKind.UNNAMED, ("syrian_government",), ())


def test_a_radio_station_in_a_capital_is_not_its_government(table: SourceTable) -> None:
    """A capital stands for its government, but not before the noun for an outlet."""
    (_, voice), _ = SourceResolver(table, document(outlet="Made Up Times"), "SY").chain(
        (Voice(name="Damascus radio station"),)
    )
    assert (voice.kind, voice.name, voice.sides) == (SourceKind.OUTLET, "Damascus radio station", ())
