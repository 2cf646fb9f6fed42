"""Actors: the shipped tables, and how names are read in text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tadmor.datamodel.actors import ActorKind
from tadmor.dictionaries.actors import Form, Role, build_actors, load_actors, load_countries
from tadmor.dictionaries.actors.rows import ActorRow, CountryRow
from tadmor.errors import DictionaryError

CORE = [
    *("islamic_state", "syrian_government", "syrian_army", "russia", "sdf", "ypg", "syrian_opposition", "fsa", "hts"),
    *("turkey", "united_states", "us_led_coalition", "iran", "hezbollah", "iraq", "iraqi_army", "israel", "ukraine"),
    "peshmerga",
]


def found(text: str) -> list[tuple[str, str]]:
    return [(text[start:end], actor.id) for start, end, actor in load_actors().find(text)]


def ids(name: str) -> list[str]:
    return [actor.id for actor in load_actors().lookup(name)]


class TestTables:
    def test_core_actors_exist(self) -> None:
        """The ids that other stages rely on are there, and the table is wide."""
        table = load_actors()
        assert all(table.get(actor_id) is not None for actor_id in CORE)
        named = [
            actor
            for actor in table
            if actor.kind in (ActorKind.ARMED_GROUP, ActorKind.COALITION, ActorKind.STATE_FORCE)
        ]
        assert len(named) > 250

    def test_every_name_leads_to_its_actor(self) -> None:
        """Each actor is among what its own name and aliases mean."""
        table = load_actors()
        for actor in table:
            for name in (actor.name, *actor.aliases):
                assert actor in table.lookup(name), (actor.id, name)

    def test_every_side_is_a_camp(self) -> None:
        """A side is its own side, and no chain of parents runs in a circle."""
        table = load_actors()
        for actor in table:
            side = table.side_of(actor)
            assert table.side_of(side) == side, actor.id
            assert actor not in table.chain(actor), actor.id

    def test_countries_bring_their_forces(self) -> None:
        """Every country has a government and forces that belong to it."""
        table = load_actors()
        for country in load_countries():
            state = table.state(country.iso)
            assert state is not None
            for role in (Role.FORCES, Role.ARMY, Role.AIR, Role.NAVY):
                force = table.in_role(country.iso, role)
                assert force is not None
                assert table.related(force, state)


class TestValidation:
    def row(self, actor_id: str, **fields: str) -> ActorRow:
        return ActorRow(id=actor_id, name=fields.pop("name", actor_id), kind=ActorKind.ARMED_GROUP, **fields)

    @pytest.mark.parametrize("field", ["parents", "side"])
    def test_unknown_ids_are_refused(self, field: str) -> None:
        """A parent or side that no row defines is an error that names both."""
        with pytest.raises(DictionaryError, match=r"wolves.*nobody"):
            build_actors([self.row("wolves", **{field: "nobody"})], [])

    def test_unknown_roles_are_refused(self) -> None:
        """A country cannot give a role to an actor that does not exist."""
        country = CountryRow(id="norland", name="Norland", iso="XN", roles={Role.REBELS: "nobody"})
        with pytest.raises(DictionaryError, match="nobody"):
            build_actors([], [country])

    def test_ids_are_unique(self) -> None:
        """Two rows with one id are refused."""
        with pytest.raises(DictionaryError, match="wolves"):
            build_actors([self.row("wolves"), self.row("wolves")], [])

    def test_shared_names_must_be_listed(self) -> None:
        """One name for two actors is an error, unless it stands among the ambiguities with exactly these ids."""
        rows = [self.row("wolves", aliases="Pack"), self.row("hounds", aliases="the pack")]
        with pytest.raises(DictionaryError, match=r"ambiguous\.yaml"):
            build_actors(rows, [])
        with pytest.raises(DictionaryError, match=r"ambiguous\.yaml"):
            build_actors(rows, [], {"Pack": ("wolves",)})
        table = build_actors(rows, [], {"Pack": ("hounds", "wolves")})
        assert [actor.id for actor in table.lookup("Pack")] == ["hounds", "wolves"]

    def test_a_country_outside_the_tables_works_alike(self) -> None:
        """Demonym and force words make the forces of any country given."""
        country = CountryRow(id="norland", name="Norland", iso="XN", demonyms="Norlandic", metonyms="Norberg")
        table = build_actors([], [country])
        assert [actor.id for actor in table.lookup("Norlandic state")] == ["norland"]
        assert [actor.id for actor in table.lookup("Norlandic artillery")] == ["norlandic_armed_forces"]


class TestNames:
    @pytest.mark.parametrize(
        "name",
        [
            "IS",
            "ISIS",
            "isil",
            "Da'esh",
            "Daesh",
            "the so-called Islamic State",
            "ISIS militants",
            "about 40 Islamic State fighters",
        ],
    )
    def test_spellings_of_one_group(self, name: str) -> None:
        """All spellings, with or without force words and counts, are the Islamic State."""
        assert ids(name) == ["islamic_state"]

    @pytest.mark.parametrize("name", ["is", "us", "saa", "nobody in particular", ""])
    def test_plain_words_are_nobody(self, name: str) -> None:
        """Initialisms count only in capitals."""
        assert ids(name) == []

    @pytest.mark.parametrize(
        ("name", "actor"),
        [
            ("terrorists", "militants"),
            ("the regime", "government"),
            ("rebel fighters", "rebels"),
            ("government troops", "government_forces"),
            ("local residents", "civilians"),
        ],
    )
    def test_loaded_and_general_words_name_nobody(self, name: str, actor: str) -> None:
        """No general word is a named actor: "terrorists" are militants, whoever is meant."""
        assert ids(name) == [actor]
        (only,) = load_actors().lookup(name)
        assert only.kind in (ActorKind.GENERIC, ActorKind.CIVILIANS)

    def test_two_actors_are_no_candidates_of_each_other(self) -> None:
        """A joint name resolves to nobody; both are found in it. A name with its initials is one."""
        assert ids("the Syrian army and Hezbollah") == []
        assert [actor for _, actor in found("the Syrian army and Hezbollah")] == ["syrian_army", "hezbollah"]
        assert ids("the Syrian Democratic Forces (SDF)") == ["sdf"]

    def test_shared_initials_keep_both_readings(self) -> None:
        """An ambiguity gives all candidates, the likeliest first."""
        assert ids("SNA") == ["sna", "somali_national_army"]

    def test_country_and_capital_names_are_places_too(self) -> None:
        """The reader can ask whether a name may be ground."""
        table = load_actors()
        assert table.names_place("Damascus")
        assert table.names_place("Iraq")
        assert not table.names_place("Iraqi")
        assert not table.names_place("Hezbollah")
        assert {form.value for form in Form} == {"name", "country", "demonym", "metonym"}


class TestComposition:
    @pytest.mark.parametrize(
        ("name", "actor"),
        [
            ("Russian warplanes", "russian_aerospace_forces"),
            ("Russia's air force", "russian_aerospace_forces"),
            ("Turkish military", "turkish_armed_forces"),
            ("Colombian army", "colombian_army"),
            ("Syrian government forces", "syrian_army"),
            ("Syrian regime helicopters", "syrian_air_force"),
            ("Syrian rebels", "syrian_opposition"),
            ("Syrian Kurds", "sdf"),
            ("Iraqi Kurdish forces", "peshmerga"),
            ("Assads forces", "syrian_army"),
            ("Haftar's troops", "lna"),
            ("Iraqi authorities", "iraq"),
            ("U.S. jets", "us_air_force"),
            ("YPG units", "ypg"),
            ("Houthi rebels", "houthis"),
            ("Pakistani civilians", "civilians"),
        ],
    )
    def test_a_name_and_force_words(self, name: str, actor: str) -> None:
        """A demonym or leader with a force word is the state's force; a group stays itself."""
        assert ids(name) == [actor]
        assert found(f"On Monday {name} arrived.") == [(name, actor)]

    @pytest.mark.parametrize(
        "text",
        [
            "a Turkish-made rifle",
            "London-based monitors",
            "the Syrian border",
            "the Iraqi city of",
            "anti-Assad graffiti",
            "al-Qaeda-linked websites",
            "Abu Omar al-Iraqi",
            "a military base",
            "a turkey farm",
        ],
    )
    def test_names_that_do_not_act_are_left_out(self, text: str) -> None:
        """No actor acts in "X-made", "X-based", "the X border"."""
        assert found(text) == []

    def test_backers_in_a_sentence_stay(self) -> None:
        """An actor is named in "backed by X", none in "X-backed"."""
        assert ("Norway", "norway") in found("rebels backed by Norway")
        assert all(actor != "norway" for _, actor in found("Norwegian-backed rebels"))

    def test_forces_loyal_to_a_leader(self) -> None:
        """The forces of X's side are meant by "forces loyal to President X"."""
        assert found("forces loyal to President Bashar al-Assad") == [
            ("forces loyal to President Bashar al-Assad", "syrian_army")
        ]

    def test_the_verb_forces_is_no_noun(self) -> None:
        """No "SDF forces" stand in "the SDF forces the gate open"."""
        assert found("the SDF forces the gate open") == [("SDF", "sdf")]

    def test_a_country_name_does_not_take_the_next_subject(self) -> None:
        """Where a comma was lost, "in Syria rebels captured" are two."""
        assert found("In Syria rebels captured it")[1] == ("rebels", "rebels")

    def test_a_description_joins_the_name(self) -> None:
        """One actor stands in "Kurdish-led SDF"."""
        assert found("The Kurdish-led SDF advanced") == [("Kurdish-led SDF", "sdf")]

    def test_possessives_and_hyphens(self) -> None:
        """A possessive ending stays outside, a hyphen ends a name."""
        assert found("Syria’s town and an ISIS-held hill")[:2] == [
            ("Syria", "syrian_government"),
            ("ISIS", "islamic_state"),
        ]


class TestRelations:
    def test_sides(self) -> None:
        """Units hold places for their camp; camps of their own hold for themselves."""
        table = load_actors()
        sides = {
            name: table.side_of(table.lookup(name)[0]).id
            for name in ("Tiger Forces", "YPG", "Peshmerga", "Wagner Group", "HTS", "Assad")
        }
        assert sides == {
            "Tiger Forces": "syrian_government",
            "YPG": "sdf",
            "Peshmerga": "peshmerga",
            "Wagner Group": "russia",
            "HTS": "hts",
            "Assad": "syrian_government",
        }

    def test_chain_runs_nearest_first(self) -> None:
        """What a unit belongs to, from the army up to the state."""
        table = load_actors()
        unit = table.lookup("Tiger Forces")[0]
        assert [actor.id for actor in table.chain(unit)] == ["syrian_army", "syrian_government"]

    def test_general_words_gain_a_meaning_in_a_country(self) -> None:
        """In Iraq "the army" is the Iraqi army; where nobody is known it stays general."""
        table = load_actors()
        (army,), (rebels,), (kurds,) = table.lookup("the army"), table.lookup("rebels"), table.lookup("Kurdish forces")
        meant = [table.in_country(army, "IQ"), table.in_country(rebels, "YE"), table.in_country(kurds, "SY")]
        assert [actor.id if actor else None for actor in meant] == ["iraqi_army", "houthis", "sdf"]
        assert table.in_country(rebels, "NO") is None
        assert table.in_country(kurds, "??") is None


@given(st.text(alphabet="ISUSsyrian forcetp-’'.\n loyal", max_size=60))
def test_hits_are_ordered_and_apart(text: str) -> None:
    """Whatever the text, actors lie inside it, in order, without overlap."""
    last = 0
    for start, end, _ in load_actors().find(text):
        assert last <= start < end <= len(text)
        last = end
