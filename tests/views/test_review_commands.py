"""A person's word from the command line: what is noted, what the record does with it, and what is refused."""

import json
import os
import shutil

import pytest

BY = ("--author", "R. Reviewer", "--reason", "I was there")


@pytest.fixture
def own(case, tmp_path):
    """A copy of the case that a test may decide on."""
    return shutil.copytree(case, tmp_path / "own")


@pytest.fixture
def review(tadmor, own):
    """`tadmor review` on that copy."""

    def call(*words, **options):
        return tadmor("review", *words, "--case", own, **options)

    return call


@pytest.fixture
def found(tadmor, own):
    """The rows of a listing command on that copy."""

    def rows(*words):
        return json.loads(tadmor(*words, "--case", own, "--json").stdout)

    return rows


def tolls(found):
    """The ids of the two claims that disagree on soldiers killed: 12 and 40."""
    rows = found("claims", "--kind", "toll")
    return [next(row["id"] for row in rows if row["count"]["best"] == number) for number in (12, 40)]


def test_a_rejected_claim_is_gone_and_comes_back_when_that_is_undone(review, found):
    """Rejecting takes a claim out of every answer at once; undoing is a row of its own and brings it back."""
    claim = found("claims", "--text", "recaptured")[0]["id"]
    told = review("claim", claim[:10], "--reject", *BY)
    assert told.returncode == 0, told.stderr
    assert found("claims", "--text", "recaptured") == []
    assert "Islamic State since" not in json.dumps(found("brief", "Palmyra"))
    assert review("undo", claim[:10], *BY).returncode == 0
    assert [row["id"] for row in found("claims", "--text", "recaptured")] == [claim]
    assert [(row["what"], row["stands"]) for row in found("review", "list")] == [("reject", False), ("undo", False)]
    assert "nothing to undo" in review("undo", claim[:10], *BY).stderr


def test_a_correction_keeps_what_an_earlier_one_corrected(review, found, tadmor, own):
    """Fields are corrected one after the other, places and actors by name, and the claim is surely read then."""
    claim = found("claims", "--text", "recaptured")[0]["id"]
    assert review("claim", claim, "--set", "modality=hedged", *BY).returncode == 0
    assert review("claim", claim, "--set", "place=Raqqa", "--set", "from=Russia", *BY).returncode == 0
    row = found("show", claim)[0]
    assert (row["modality"], row["place"]["name"], row["from"]["id"]) == ("hedged", "Raqqa", "russia")
    assert row["score"] == 1
    assert "correct, by R. Reviewer" in tadmor("show", claim, "--case", own).stdout
    assert review("undo", claim, *BY).returncode == 0
    assert found("show", claim)[0]["place"]["name"] == "Palmyra"
    assert found("show", claim)[0]["modality"] == "hedged"


def test_each_field_of_a_toll_can_be_corrected_and_its_id_stays(review, found):
    """How many, when, of whom, what they suffered, who says so: and the record counts what the person says."""
    claim = tolls(found)[0]
    fields = (
        "count=at least 70",
        "when=2016-12-09..2016-12-10",
        "harm=wounded",
        "status=mixed",
        "source=SANA; Reuters",
    )
    for field in fields:
        told = review("claim", claim, "--set", field, *BY)
        assert told.returncode == 0, told.stderr
    row = found("show", claim)[0]
    assert row["id"] == claim
    assert (row["count"]["low"], row["count"]["high"]) == (70, None)
    assert (row["when"]["earliest"], row["when"]["latest"]) == ("2016-12-09", "2016-12-10")
    assert (row["harm"], row["status"]) == ("wounded", "mixed")
    assert [one["name"] for one in row["attribution"]][1:] == ["SANA", "Reuters"]
    (toll,) = [one for one in found("brief", "Palmyra")["tolls"] if claim in one["claims"]]
    assert (toll["harm"], toll["low"]) == ("wounded", 70)


def test_what_happened_to_control_can_be_corrected(review, found):
    """A gain that was a loss: the claim keeps its id, and undoing brings the gain back."""
    claim = next(row["id"] for row in found("claims", "--kind", "control") if row["change"] == "gained")
    assert review("claim", claim, "--set", "change=lost", "--set", "degree=partial", *BY).returncode == 0
    row = found("show", claim)[0]
    assert (row["id"], row["change"], row["degree"]) == (claim, "lost", "partial")
    assert review("claim", claim, "--set", "count=", "--set", "when=", *BY).returncode == 0
    assert (found("show", claim)[0]["when"], found("show", claim)[0]["change"]) == (None, "lost")
    review("undo", claim, *BY)
    review("undo", claim, *BY)
    assert found("show", claim)[0]["change"] == "gained"


def test_an_accepted_claim_is_surely_read(review, found):
    """Who read the sentence knows what it says."""
    claim = found("claims", "--text", "recaptured")[0]
    assert claim["score"] < 1
    review("claim", claim["id"], "--accept", *BY)
    assert found("claims", "--text", "recaptured")[0]["score"] == 1


def test_parted_tolls_are_two_and_linked_ones_one(review, found):
    """Twelve soldiers to one voice and forty to another: two tolls or one, as the latest word of a person says."""

    def counted():
        return sorted(len(toll["claims"]) for toll in found("brief", "Palmyra")["tolls"])

    twelve, forty = tolls(found)
    told = review("part", twelve[:8], forty[:8], *BY, "--json")
    assert json.loads(told.stdout)["what"] == "part"
    assert counted() == [1, 1]
    assert review("link", twelve[:8], forty[:8], *BY).returncode == 0
    assert counted() == [2]
    assert [(row["what"], row["author"], row["reason"], row["stands"]) for row in found("review", "list")] == [
        ("part", "R. Reviewer", "I was there", False),
        ("link", "R. Reviewer", "I was there", True),
    ]


def test_the_queue_asks_first_what_most_hangs_on_and_not_again_what_was_answered(review, found):
    """Contradictions stand first, with the words of both sides; what was looked at is not asked again."""
    queue = found("review", "queue")
    assert queue[0]["asked"] == "contradiction"
    assert all(account["quote"]["words"] for one in queue for account in one["accounts"])
    assert [one["asked"] for one in queue] == sorted((one["asked"] for one in queue), key="contradiction".__ne__)
    for claim in {claim for account in queue[0]["accounts"] for claim in account["claims"]}:
        review("claim", claim, "--accept", *BY)
    assert queue[0]["about"] not in [one["about"] for one in found("review", "queue")]


def test_who_decides_must_be_told(review, found, tmp_path):
    """Without an author in the call, the environment or git's settings, nothing is noted, and one line says what to do."""
    claim = found("claims")[0]["id"]
    nobody = {**os.environ, "HOME": str(tmp_path), "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    nobody["GIT_DIR"] = str(tmp_path / "none")
    nobody = {name: value for name, value in nobody.items() if name not in ("TADMOR_AUTHOR", "XDG_CONFIG_HOME")}
    told = review("claim", claim, "--accept", "--reason", "seen", env=nobody)
    assert (told.returncode, told.stderr) == (2, "tadmor: who decides? Give --author NAME, or set TADMOR_AUTHOR\n")
    told = review("claim", claim, "--accept", "--reason", "seen", env={**nobody, "TADMOR_AUTHOR": "E. Environ"})
    assert told.returncode == 0, told.stderr
    assert [row["author"] for row in found("review", "list")] == ["E. Environ"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("claim", "CONTROL", "--reject", "--author", "A"), "--reason"),
        (("claim", "CONTROL", "--reject", "--author", "A", "--reason", " "), "needs a reason"),
        (("claim", "nothing", "--reject", *BY), "no claim begins with 'nothing'"),
        (("claim", "CONTROL", *BY), "decide one thing"),
        (("claim", "CONTROL", "--accept", "--reject", *BY), "decide one thing"),
        (("claim", "CONTROL", "--set", "modality", *BY), "FIELD=VALUE"),
        (("claim", "CONTROL", "--set", "harm=killed", *BY), "cannot be corrected"),
        (("claim", "CONTROL", "--set", "kind=toll", *BY), "cannot be corrected"),
        (("claim", "CONTROL", "--set", "change=bought", *BY), "'bought' is no change; it is one of gained, held, lost"),
        (("claim", "CONTROL", "--set", "when=yesterday", *BY), "when: 'yesterday' is no day"),
        (("claim", "TOLL", "--set", "count=many", *BY), "count: 'many' is no number"),
        (("claim", "TOLL", "--set", "count=20-10", *BY), "runs backwards"),
        (("claim", "TOLL", "--set", "source=Nobody at all", *BY), "no source is known by 'Nobody at all'"),
        (("claim", "CONTROL", "--set", "place=Nowhereville", *BY), "no place is known by 'Nowhereville'"),
        (("link", "CONTROL", "TOLL", *BY), "of control, the other of toll: only events and tolls are linked"),
        (("link", "TOLL", "TOLL", *BY), "nothing to link"),
        (("link", "TOLL", "nothing", *BY), "no claim begins with 'nothing'"),
        (("undo", "TOLL", *BY), "nothing to undo"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else None,
)
def test_what_cannot_be_decided_is_refused_in_one_line(tadmor, case, words, told):
    """Each wrong call says in one line what is wrong with it, and nothing is noted."""
    rows = json.loads(tadmor("claims", "--case", case, "--json").stdout)
    meant = {kind.upper(): next(row["id"] for row in rows if row["kind"] == kind) for kind in ("control", "toll")}
    answer = tadmor("review", *(meant.get(word, word) for word in words), "--case", case)
    assert answer.returncode == 2
    assert told in answer.stderr
    assert answer.stderr.count("\n") == 1
    assert json.loads(tadmor("review", "list", "--case", case, "--json").stdout) == []


def test_an_id_that_several_claims_begin_with_is_refused(tadmor, case):
    """A prefix must tell one claim from all others."""
    rows = json.loads(tadmor("claims", "--case", case, "--json").stdout)
    first = [row["id"][0] for row in rows]
    shared = next(letter for letter in first if first.count(letter) > 1)
    answer = tadmor("review", "claim", shared, "--accept", *BY, "--case", case)
    assert (answer.returncode, answer.stderr) == (2, f"tadmor: several claims begin with '{shared}'\n")


def test_words_that_cannot_all_hold_are_refused(review, found):
    """A is of one incident with B; then A cannot be parted from what B is linked with."""
    twelve, forty = tolls(found)
    strike = next(row["id"] for row in found("claims", "--kind", "event") if row["type"] == "air_strike")
    assert review("link", twelve, forty, *BY).returncode == 0
    assert review("link", forty, strike, *BY).returncode == 0
    answer = review("part", twelve, strike, *BY)
    assert (answer.returncode, "are one by what was decided of others" in answer.stderr) == (2, True)
