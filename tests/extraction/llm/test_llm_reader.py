"""What a model answers is a claim where its words stand in the text, and a counted rejection elsewhere."""

import json
from itertools import count
from threading import Lock
from time import sleep

import pytest
from made_documents import document_of, of_blocks

from tadmor.datamodel.claims import KINDS, Change, Degree, EventType, Harm, Modality, Polarity, Status, kind_of
from tadmor.datamodel.documents import Form
from tadmor.datamodel.issues import Severity
from tadmor.errors import EndpointError
from tadmor.extraction import extract
from tadmor.extraction.context import Reading
from tadmor.extraction.llm import LlmReader
from tadmor.extraction.llm.answers import decoded
from tadmor.extraction.llm.reader import SCORE, instructions
from tadmor.extraction.llm.windows import question, windows

TEXT = (
    "Government troops entered Marib on Friday, a tribal leader told Reuters. "
    "They seized the old  barracks from the Houthis. "
    "At least 14 fighters were killed in Marib,\u00a0medics said."
)


def _answering(*claims, around="{}"):
    """A model that always gives these claims."""
    return lambda _instructions, _text: around.replace("{}", json.dumps({"claims": claims}))


def _read(complete, text=TEXT, **fields):
    document = text if not isinstance(text, str) else document_of(text, **fields)
    return extract(document, [LlmReader(complete, "made-up")])


def _toll(**changed):
    said = {"kind": "toll", "sentence": 2, "quote": "At least 14 fighters were killed in Marib", "harm": "killed"}
    return said | {"count": "At least 14", "group": "fighters", "status": "combatant", "place": "Marib"} | changed


def test_a_checked_answer_is_a_claim():
    """Its quote and names are stretches of the text, its number is read by our grammar, and the reader is named."""
    (claim,) = _read(_answering(_toll())).claims
    assert claim.quote == TEXT[claim.start : claim.end] == "At least 14 fighters were killed in Marib"
    assert (claim.harm, claim.status, claim.count.low, claim.count.high) == (Harm.KILLED, Status.COMBATANT, 14, None)
    assert (claim.place.expression, claim.place.carried) == ("Marib", False)
    assert claim.start <= claim.place.start < claim.end
    assert (claim.reader, claim.score) == ("llm/made-up", SCORE)


def test_all_five_kinds_are_read():
    """Each kind keeps its own fields."""
    found = _read(
        _answering(
            {
                "kind": "movement",
                "quote": "Government troops entered Marib",
                "actor": "Government troops",
                "to": "Marib",
                "time": "on Friday",
            },
            {
                "kind": "control",
                "quote": "They seized the old barracks from the Houthis",
                "holder": "Government troops",
                "from": "the Houthis",
                "change": "gained",
                "place": "old barracks",
            },
            {
                "kind": "event",
                "quote": "They seized",
                "type": "ground_attack",
                "actors": ["Government troops"],
                "targets": ["Houthis"],
            },
            {"kind": "presence", "quote": "14 fighters", "what": "fighters", "count": "14"},
            _toll(),
        )
    )
    assert not found.issues
    assert sorted(map(kind_of, found.claims)) == sorted(KINDS)
    by_kind = {kind_of(claim): claim for claim in found.claims}
    control, movement = by_kind["control"], by_kind["movement"]
    assert control.quote == "They seized the old  barracks from the Houthis"
    assert (control.holder.expression, control.holder.carried) == ("Government troops", True)
    assert (control.loser.expression, control.place.expression) == ("Houthis", "old barracks")
    assert (movement.destination, movement.time.expression) == (movement.place, "Friday")
    assert [one.expression for one in by_kind["event"].targets] == ["Houthis"]
    assert by_kind["presence"].count.low == 14


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (_toll(quote="At least 40 fighters were killed in Marib"), "quoting what does not stand there"),
        (_toll(quote="killed in Marib, medics said. They"), "quoting what does not stand there"),
        (_toll(quote="the old barracks from the Houthis. At least 14"), "quoting what does not stand there"),
        (_toll(quote=""), "quoting what does not stand there"),
        (_toll(place="Marib, Yemen"), "naming what does not stand in the text"),
        (_toll(by="Saudi Arabia"), "naming what does not stand in the text"),
        (_toll(time="on Saturday"), "naming what does not stand in the text"),
        (_toll(group="they"), "with a pronoun for a name"),
        (_toll(count="15"), "counting what does not stand there"),
        (_toll(count="on Friday"), "counting what does not stand there"),
        (_toll(count=14), "of another form than asked for"),
        (_toll(harm="martyred"), "of another form than asked for"),
        (_toll(kind="rumour"), "of another form than asked for"),
        (_toll(certainty=0.9), "of another form than asked for"),
        ("At least 14 fighters were killed", "of another form than asked for"),
    ],
)
def test_what_does_not_stand_in_the_text_is_rejected_and_counted(said, why):
    """One line says how many claims were rejected and why; what else was answered is kept."""
    found = _read(_answering(said, _toll()))
    assert [claim.quote for claim in found.claims] == ["At least 14 fighters were killed in Marib"]
    (issue,) = found.issues
    assert issue.line() == f"made.txt: 1 of 2 claims of llm/made-up rejected: 1 {why}"
    assert (issue.rule, issue.severity) == ("llm-rejected", Severity.WARNING)


@pytest.mark.parametrize("answer", ["", "I cannot help with that.", '{"claims": [', "[]", '{"claim": []}', "{" * 5000])
def test_an_answer_that_is_no_list_leaves_the_text_to_the_rules(answer):
    """Nothing is lost: the rules read what the model did not, and one line says so."""
    found = _read(lambda *_: answer)
    assert found.claims
    assert {claim.reader for claim in found.claims} == {"rules"}
    (issue,) = found.issues
    assert issue.message == "all of it read by the rules, not by llm/made-up: the answer is no list of claims"
    assert issue.severity is Severity.WARNING


@pytest.mark.parametrize("around", ["```json\n{}\n```", "<think>12? No, 14.</think>\n{}", "\n {} \n"])
def test_what_stands_around_an_answer_is_left_aside(around):
    """A fence, and what a model thinks aloud, are no part of the answer."""
    assert [claim.reader for claim in _read(_answering(_toll(), around=around)).claims] == ["llm/made-up"]


def test_an_endpoint_that_fails_leaves_the_text_to_the_rules():
    """The claims are those of the rules, and the issue is an error: the text was not read as was asked."""

    def fail(*_):
        raise EndpointError("http://localhost:1/v1", "no answer (connection refused)")

    found = _read(fail)
    assert {claim.reader for claim in found.claims} == {"rules"}
    (issue,) = found.issues
    assert issue.severity is Severity.ERROR
    assert issue.message.endswith("not by llm/made-up: http://localhost:1/v1: no answer (connection refused)")


def test_only_the_part_without_an_answer_is_left_to_the_rules():
    """Each claim says who read it."""
    text = " ".join([*("Rebels shelled Taiz on Monday." for _ in range(12)), "Rebels shelled Hodeida on Tuesday."])
    said = {"kind": "event", "quote": "Rebels shelled Hodeida", "type": "shelling", "place": "Hodeida"}

    def complete(_instructions, asked):
        return json.dumps({"claims": [said]}) if "[12]" in asked else "no"

    found = _read(complete, text)
    assert [(claim.reader, claim.place.expression) for claim in found.claims][-1] == ("llm/made-up", "Hodeida")
    assert {claim.reader for claim in found.claims[:-1]} == {"rules"}
    assert [issue.message.split(" read by")[0] for issue in found.issues] == ["1 of 2 parts"]


def test_a_name_is_taken_from_where_it_stands_nearest():
    """In the quote, else in its sentence, else nearest in the text; only the last is carried."""
    text = "Taiz is calm. Rebels left Taiz and then entered Ibb by Taiz once. They all fled. Taiz fell."
    said = {"kind": "movement", "actor": "rebels", "to": "Ibb", "from": "Taiz"}
    inside, beside, away = (
        _read(_answering(said | {"quote": quote}), text).claims[0].origin
        for quote in ("left Taiz and then entered Ibb", "entered Ibb", "They all fled")
    )
    assert (inside.start, inside.carried) == (text.index("Taiz and"), False)
    assert (beside.start, beside.carried) == (text.index("Taiz once"), False)
    assert (away.start, away.carried) == (text.index("Taiz fell"), True)


def test_a_name_in_capitals_is_no_pronoun():
    """The US is not us, and found where it stands in capitals if it does."""
    text = "They told us that the US struck Ibb."
    said = {"kind": "event", "quote": "struck Ibb", "type": "air_strike", "actors": ["US"]}
    (claim,) = _read(_answering(said), text).claims
    assert [one.start for one in claim.actors] == [text.index("US")]


@pytest.mark.parametrize(("words", "low"), [("many", None), ("Dozens", 24), ("", None), (None, None)])
def test_a_count_is_what_our_grammar_reads_in_the_words(words, low):
    """Words that stand there and hold no number count nothing."""
    text = "Dozens were killed and many wounded in Ibb."
    said = {"kind": "toll", "quote": "wounded in Ibb", "harm": "wounded", "count": words}
    (claim,) = _read(_answering(said), text).claims
    assert (claim.count.low if claim.count else None) == low


def test_words_that_stand_twice_are_those_of_the_sentence_named():
    """The number of the sentence tells two alike apart; a wrong number costs nothing."""
    text = "Shells hit Ibb. Nobody spoke. Shells hit Ibb."
    said = {"kind": "event", "quote": "Shells hit Ibb", "type": "shelling"}
    for sentence, start in ((0, 0), (2, 30), (99, 30)):
        (claim,) = _read(_answering(said | {"sentence": sentence}), text).claims
        assert claim.start == start


def test_words_of_the_context_are_no_quote():
    """What is only shown for reference was marked with its own question."""
    text = " ".join(f"Shells hit house {number}." for number in range(13))
    said = {"kind": "event", "quote": "Shells hit house 11", "type": "shelling"}
    found = _read(_answering(said), text)
    assert [claim.quote for claim in found.claims] == ["Shells hit house 11"]
    assert [issue.rule for issue in found.issues] == ["llm-rejected"]


@pytest.mark.parametrize(
    ("sources", "chain"),
    [
        ([], ["Reuters", "tribal leader"]),
        (["Reuters", "a tribal leader"], ["Reuters", "tribal leader"]),
        (["Reuters", "Abu Salim"], ["Reuters", "tribal leader"]),
        (["Reuters"], ["Reuters"]),
        (["Made Up Times", "Reuters"], ["Reuters"]),
    ],
)
def test_the_chain_is_the_models_where_its_names_stand_in_the_text(sources, chain):
    """Else it is what the rules find; the publisher is no part of it."""
    said = {"kind": "movement", "quote": "Government troops entered Marib", "actor": "Government troops"}
    (claim,) = _read(_answering(said | {"sources": sources})).claims
    assert [voice.name for voice in claim.attribution] == chain


def test_a_biography_is_not_asked_about():
    """What makes no claims of its own is not sent."""
    document = of_blocks((Form.BODY, "Rebels left Ibb."), (Form.BIOGRAPHY, "The author fled Ibb in 2015."))
    reading = Reading(document)
    assert [question(reading, window) for window in windows(reading)] == ["MARK\n[0] Rebels left Ibb."]


def test_answers_keep_the_order_of_the_text_and_no_more_are_asked_for_than_allowed():
    """Whatever comes first, claims and issues are the same at each reading."""
    text = " ".join(f"Shells hit house {number}." for number in range(60))
    lock, under_way, most, calls = Lock(), [0], [0], count()

    def complete(_instructions, asked):
        with lock:
            under_way[0] += 1
            most[0] = max(most[0], under_way[0])
            late = 0.02 if next(calls) % 2 == 0 else 0.0
        sleep(late)
        with lock:
            under_way[0] -= 1
        number = asked.rpartition("[")[2].partition("]")[0]
        said = {"kind": "event", "quote": f"Shells hit house {number}", "type": "shelling"}
        return json.dumps({"claims": [said, {"kind": "none"}]})

    read = [extract(document_of(text), [LlmReader(complete, "m", at_once=2)]) for _ in range(2)]
    assert read[0] == read[1]
    assert [claim.quote for claim in read[0].claims] == [f"Shells hit house {n}" for n in (11, 23, 35, 47, 59)]
    assert most[0] == 2


def test_a_call_that_can_never_succeed_stops_the_reading():
    """An exception that is no failed answer is not swallowed in a thread."""

    def wrong(*_):
        raise RuntimeError("the key is refused")

    with pytest.raises(RuntimeError, match="refused"):
        _read(wrong)


def test_an_empty_document_is_not_asked_about():
    """Without a sentence there is no question."""
    found = _read(lambda *_: pytest.fail("asked"), of_blocks((Form.BIOGRAPHY, "He is a writer.")))
    assert (found.claims, found.issues) == ((), ())


def test_the_instructions_name_every_kind_and_value():
    """What is decoded strictly is told completely."""
    told = instructions()
    values = (Modality, Polarity, Change, Degree, EventType, Harm, Status)
    assert [value for value in (*KINDS, *(one for each in values for one in each)) if f'"{value}"' not in told] == []


def test_the_example_of_the_instructions_passes_the_check():
    """The model is shown an answer that we would take, whole."""
    shown, answer = instructions().split("```text\n")[1].split("```json\n")
    lines = [line for line in shown.split("\n") if line and line[0] not in "#`"]
    title = lines[lines.index("TITLE (for reference)") + 1]
    before = lines[lines.index("BEFORE (for reference)") + 1 : lines.index("MARK")]
    body = [line.partition("] ")[2] for line in lines[lines.index("MARK") + 1 :]]
    answer = answer.partition("```")[0]
    found = _read(lambda *_: answer, "\n".join([*before, *body]), title=title)
    assert not found.issues
    assert len(found.claims) == len(decoded(answer)) == 4
    assert [voice.name for voice in found.claims[0].attribution] == ["Harbour Gazette", "medic"]


def test_a_question_shows_what_stands_before():
    """The title and the last sentences before, for reference, then the numbered sentences on one line each."""
    text = " ".join(["Shells\n hit house."] * 14).replace("\n", "\u00a0")
    reading = Reading(document_of(text, title="Ibb shelled"))
    *_, last = (question(reading, window) for window in windows(reading))
    assert last.startswith("TITLE (for reference)\nIbb shelled\n\nBEFORE (for reference)\nShells hit house.\n")
    assert last.endswith("MARK\n[12] Shells hit house.\n[13] Shells hit house.\n[14] Shells hit house.")
