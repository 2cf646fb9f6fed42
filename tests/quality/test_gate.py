"""The accuracy gate: when it fails, what it says, and when floors may be pinned."""

from pathlib import Path

import pytest

from quality import corpus, floors, gate, seeds

CORPORA = {"gold_dev": "1" * 64, "seeds": "2" * 64}
CHECK = "a town changes hands"


def pinned_at(**figures: float) -> floors.Floors:
    """Floors of a small file: margins of 0.01, one check."""
    return floors.Floors(
        fingerprints=CORPORA,
        figures={name: floors.Floor(floor=value, epsilon=0.01) for name, value in whole(figures).items()},
        seeds=(CHECK,),
    )


def whole(figures: dict[str, float]) -> dict[str, float]:
    """Named figures, and those that are asked at the very least."""
    usual = {"ALL.found_f1": 0.8, "ALL.right_f1": 0.5, "false_facts": 0.02, "unfaithful_quotes": 0.0}
    return usual | {name.replace("__", "."): value for name, value in figures.items()}


def measured(**figures: float) -> dict[str, floors.Measured]:
    return {name: floors.Measured(value=value, count=1000) for name, value in whole(figures).items()}


def test_what_stays_within_its_margin_passes(capsys: pytest.CaptureFixture[str]) -> None:
    """A figure may stand below its floor by epsilon."""
    assert gate.judge(pinned_at(), measured(ALL__right_f1=0.491), CORPORA, (CHECK,)) == 0
    assert "kept" in capsys.readouterr().out


def test_a_fallen_figure_fails_by_name(capsys: pytest.CaptureFixture[str]) -> None:
    """Below floor - epsilon the gate ends with 1 and names the figure."""
    assert gate.judge(pinned_at(), measured(ALL__right_f1=0.48), CORPORA, (CHECK,)) == 1
    assert "ALL.right_f1 is 0.4800, under its floor of 0.5000" in capsys.readouterr().out


def test_a_ceiling_works_the_other_way_round() -> None:
    """More plans told as fact fail, fewer do not."""
    assert gate.judge(pinned_at(), measured(false_facts=0.04), CORPORA, (CHECK,)) == 1
    assert gate.judge(pinned_at(), measured(false_facts=0.0), CORPORA, (CHECK,)) == 0


def test_one_unfaithful_quote_fails() -> None:
    """Quotes that are not in the text have no margin."""
    assert floors.margin("unfaithful_quotes", floors.Measured(value=0, count=10)) == 0
    assert gate.judge(pinned_at(), measured(unfaithful_quotes=1.0), CORPORA, (CHECK,)) == 1


def test_a_check_that_no_longer_holds_fails(capsys: pytest.CaptureFixture[str]) -> None:
    """What the first documents once gave must go on to be given."""
    assert gate.judge(pinned_at(), measured(), CORPORA, ()) == 1
    assert f'"{CHECK}" no longer holds' in capsys.readouterr().out


def test_what_rose_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    """A better figure and a check that newly holds are printed, so that someone pins them."""
    gate.judge(pinned_at(), measured(ALL__right_f1=0.6), CORPORA, (CHECK, "a siege is seen"))
    printed = capsys.readouterr().out
    assert "rose, ALL.right_f1 0.5000 -> 0.6000" in printed
    assert 'rose, "a siege is seen" holds' in printed


def test_a_changed_corpus_is_said_and_not_compared(capsys: pytest.CaptureFixture[str]) -> None:
    """Figures of other texts are no fall; what is asked at the very least is asked of any texts."""
    other = CORPORA | {"gold_dev": "3" * 64}
    assert gate.judge(pinned_at(), measured(ALL__right_f1=0.4), other, (CHECK,)) == 0
    assert "gold_dev is not what the floors were pinned on" in capsys.readouterr().out
    assert gate.judge(pinned_at(), measured(ALL__right_f1=0.29), other, (CHECK,)) == 1


def test_a_figure_that_is_no_longer_measured_fails(capsys: pytest.CaptureFixture[str]) -> None:
    """Leaving a figure out is no way past its floor."""
    assert gate.judge(pinned_at(toll__found_f1=0.7), measured(), CORPORA, (CHECK,)) == 1
    assert "toll.found_f1 is no longer measured" in capsys.readouterr().out


def test_pinning_refuses_to_lower() -> None:
    """Even within the margin: floors would creep down step by step."""
    with pytest.raises(floors.LoweringRefusedError, match=r"ALL\.right_f1"):
        floors.pinned(pinned_at(), measured(ALL__right_f1=0.495), CORPORA, (CHECK,))


def test_pinning_refuses_to_drop_a_check() -> None:
    """A check leaves the file only with a reason."""
    with pytest.raises(floors.LoweringRefusedError, match=CHECK):
        floors.pinned(pinned_at(), measured(), CORPORA, ())


def test_a_lowering_is_recorded_with_its_reason() -> None:
    """The file tells which floors were lowered and why, also after later pinnings."""
    lowered = floors.pinned(pinned_at(), measured(ALL__right_f1=0.4), CORPORA, (CHECK,), reason="marks were corrected")
    later = floors.pinned(lowered, measured(ALL__right_f1=0.6), CORPORA, (CHECK,))
    assert [one.reason for one in later.lowered] == ["marks were corrected"]
    assert any("ALL.right_f1" in line for line in later.lowered[0].figures)
    assert later.figures["ALL.right_f1"].floor == pytest.approx(0.6, abs=1e-4)


def test_pinning_what_is_pinned_changes_nothing() -> None:
    """Rounding never asks for more than was measured, nor refuses the same measurement again."""
    found = measured(ALL__right_f1=0.123456, false_facts=0.0123456)
    once = floors.pinned(floors.Floors(fingerprints={}, figures={}), found, CORPORA, (CHECK,))
    assert floors.pinned(once, found, CORPORA, (CHECK,)) == once


def test_floors_survive_the_file(tmp_path: Path) -> None:
    """What is written is what is read, quotes and apostrophes included."""
    whole_file = floors.pinned(
        pinned_at(),
        measured(ALL__right_f1=0.4),
        CORPORA,
        ("'ISIS might quit' is \"no\" fact", CHECK),
        reason='so "it" is',
    )
    floors.write(whole_file, tmp_path / "floors.toml")
    assert floors.read(tmp_path / "floors.toml") == whole_file


def test_margins_tell_of_two_claims() -> None:
    """A kind with few marked claims gets a wider margin than one with many."""
    assert floors.margin("presence.found_f1", floors.Measured(value=0.5, count=40)) == 0.05
    assert floors.margin("ALL.found_f1", floors.Measured(value=0.5, count=1000)) == 0.003
    assert floors.margin("field.place", floors.Measured(value=0.5, count=1000)) == 0.01


def test_the_pinned_floors_ask_what_must_be_asked() -> None:
    """The repository's own floors are not below the least, and pin checks by names that exist."""
    pinned = floors.read()
    assert not list(floors.below_least({n: floors.Measured(value=f.floor, count=1) for n, f in pinned.figures.items()}))
    assert set(pinned.seeds) <= set(seeds.CHECKS)


def test_a_fingerprint_tells_of_any_change(tmp_path: Path) -> None:
    """Another byte or another name gives another fingerprint; the order of listing does not."""
    one, two = tmp_path / "a.txt", tmp_path / "b.txt"
    one.write_bytes(b"first")
    two.write_bytes(b"second")
    whole_print = corpus.fingerprint([one, two])
    assert corpus.fingerprint([two, one]) == whole_print
    two.write_bytes(b"second.")
    assert corpus.fingerprint([one, two]) != whole_print
    two.write_bytes(b"second")
    assert corpus.fingerprint([one, two.rename(tmp_path / "c.txt")]) != whole_print


def test_without_the_reference_data_it_is_skipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A clone without the marked texts passes, saying that nothing was measured."""
    monkeypatch.setenv("TADMOR_SHARED", str(tmp_path / "nowhere"))
    monkeypatch.setattr("sys.argv", ["gate"])
    assert gate.main() == 0
    assert "skipped" in capsys.readouterr().out
