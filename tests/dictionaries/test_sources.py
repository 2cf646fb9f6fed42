"""Sources: the shipped tables, offices, sides and priors."""

import pytest

from tadmor.datamodel.sources import Source, SourceKind
from tadmor.dictionaries.actors import load_actors
from tadmor.dictionaries.sources import SourceRow, build_sources, load_sources
from tadmor.errors import DictionaryError

PRIORS = dict.fromkeys(SourceKind, 0.5)


def known(name: str) -> Source:
    source = load_sources().lookup(name)
    assert source is not None, name
    return source


class TestTables:
    def test_the_table_is_wide(self) -> None:
        """More than two hundred listed sources of many countries."""
        table = load_sources()
        assert len(table) > 200
        assert len({source.country for source in table}) > 40

    def test_every_name_leads_to_its_source(self) -> None:
        """Each source is what its own name and aliases mean."""
        table = load_sources()
        for source in table:
            for name in (source.name, *source.aliases):
                found = table.lookup(name)
                assert found is not None, (source.id, name)
                assert found.id == source.id, (source.id, name)

    def test_every_kind_has_a_prior(self) -> None:
        """Priors are probabilities, better than a coin; a party is believed less than a monitor."""
        priors = {kind: load_sources().prior(kind) for kind in SourceKind}
        assert all(0.5 <= prior < 1 for prior in priors.values())
        assert priors[SourceKind.PARTY] < priors[SourceKind.MONITOR]


class TestValidation:
    @pytest.mark.parametrize(
        ("fields", "what"),
        [({"sides": "nobody"}, "nobody"), ({"speaks_for": "nobody"}, "nobody"), ({"owner": "nobody"}, "owner")],
    )
    def test_unknown_ids_are_refused(self, fields: dict[str, str], what: str) -> None:
        """A side, owner or principal that does not exist is an error that names the source."""
        row = SourceRow(id="herald", name="Herald", kind=SourceKind.OUTLET, **fields)
        with pytest.raises(DictionaryError, match=f"herald.*{what}"):
            build_sources([row], [], {}, PRIORS, load_actors())

    def test_one_name_is_one_source(self) -> None:
        """Two sources cannot share a name, in whatever spelling, nor an id."""
        one = SourceRow(id="herald", name="Herald", kind=SourceKind.OUTLET)
        other = SourceRow(id="other", name="The Herald", kind=SourceKind.OUTLET)
        with pytest.raises(DictionaryError, match="means both"):
            build_sources([one, other], [], {}, PRIORS, load_actors())
        with pytest.raises(DictionaryError, match="two sources"):
            build_sources([one, one], [], {}, PRIORS, load_actors())

    def test_priors_must_cover_every_kind(self) -> None:
        """A kind without a prior, or a prior outside 0..1, is refused."""
        with pytest.raises(DictionaryError, match="unknown"):
            build_sources([], [], {}, {**PRIORS, SourceKind.UNKNOWN: 1.5}, load_actors())

    def test_national_sources_must_exist(self) -> None:
        """An office cannot lead to a source that is not listed."""
        with pytest.raises(DictionaryError, match="gazette"):
            build_sources([], [], {"gazette": {"NO": "gazette"}}, PRIORS, load_actors())


class TestLookup:
    @pytest.mark.parametrize(
        ("name", "source_id", "kind", "sides"),
        [
            ("Reuters", "reuters", SourceKind.AGENCY, ()),
            ("the Syrian Observatory for Human Rights", "sohr", SourceKind.MONITOR, ("syrian_opposition",)),
            ("Rami Abdel Rahman", "sohr", SourceKind.MONITOR, ("syrian_opposition",)),
            ("Syrian state media", "sana", SourceKind.AGENCY, ("syrian_government",)),
            ("Russia’s Ministry of Defence", "russia/defence_ministry", SourceKind.PARTY, ("russia",)),
            ("the Norwegian defense ministry", "norway/defence_ministry", SourceKind.PARTY, ("norway",)),
            ("Defence Ministry of Norway", "norway/defence_ministry", SourceKind.PARTY, ("norway",)),
            (
                "a Syrian military source",
                "syrian_government/military_source",
                SourceKind.UNNAMED,
                ("syrian_government",),
            ),
            ("two Iraqi officials", "iraq/officials", SourceKind.UNNAMED, ("iraq",)),
            ("activists", "activists", SourceKind.UNNAMED, ()),
            ("a military source", "military_source", SourceKind.UNNAMED, ()),
            ("Houthi spokesman", "houthis", SourceKind.PARTY, ("houthis",)),
            ("Hezbollah", "hezbollah", SourceKind.PARTY, ("hezbollah",)),
            ("the Iraqi army", "iraq/military", SourceKind.PARTY, ("iraq",)),
        ],
    )
    def test_who_speaks(self, name: str, source_id: str, kind: SourceKind, sides: tuple[str, ...]) -> None:
        """Listed sources, offices of any country, unnamed kinds with their side, and actors as parties."""
        source = known(name)
        assert (source.id, source.kind, source.sides) == (source_id, kind, sides)

    @pytest.mark.parametrize("name", ["guardian", "a Mr. Nobody", "dawn", ""])
    def test_nobody_is_made_up(self, name: str) -> None:
        """Common words that are titles only in capitals, and unknown people, are no known source."""
        assert load_sources().lookup(name) is None

    def test_a_spokesman_is_one_voice_with_whom_he_speaks_for(self) -> None:
        """The group, its spokesman by office and by name are one source."""
        assert known("SDF").id == known("SDF spokesman").id == known("Talal Silo").id == "sdf"

    def test_every_id_given_can_be_got_again(self) -> None:
        """Ids of composed sources resolve to the same source."""
        table = load_sources()
        for name in ("Norwegian defence ministry", "Iraqi officials", "Hezbollah", "Kurdish sources", "Sky News"):
            source = known(name)
            assert table.get(source.id) == source
        assert table.get("nobody") is None
        assert table.get("nobody/officials") is None

    def test_offices_gain_a_country(self) -> None:
        """The country of the report tells "the defence ministry" and "state media" apart."""
        table = load_sources()
        media, ministry, reuters = table.get("state_media"), table.get("defence_ministry"), table.get("reuters")
        assert media is not None
        assert ministry is not None
        assert reuters is not None
        found = [table.in_country(media, "IR"), table.in_country(ministry, "NO"), table.in_country(reuters, "NO")]
        assert [source.id if source else None for source in found] == ["irna", "norway/defence_ministry", None]


def test_a_state_gives_its_side_to_its_own_people_only() -> None:
    """A Norwegian military source is on the state's side, a Norwegian activist is not; a group's activists are."""
    assert known("a Norwegian military source").sides == ("norway",)
    assert known("Norwegian activists").sides == ()
    assert known("Norway monitor").sides == ()
    assert known("Houthi activists").sides == ("houthis",)


def test_everyday_words_speak_only_when_asked() -> None:
    """Fighters and reports are sources where a name is looked up, and never found in running text."""
    assert known("initial reports").id == "reports"
    assert load_sources().find("Norwegian fighters saw reports") == []


def test_sources_in_text() -> None:
    """Listed names and offices are found with their places; actors without a word for speaking are not."""
    text = "Hezbollah attacked, Iraqi officials told AFP; the Norwegian Defence Ministry and eyewitnesses denied it."
    found = [(text[start:end], source.id) for start, end, source in load_sources().find(text)]
    assert found == [
        ("Iraqi officials", "iraq/officials"),
        ("AFP", "afp"),
        ("Norwegian Defence Ministry", "norway/defence_ministry"),
        ("eyewitnesses", "eyewitnesses"),
    ]
