"""Checkpoints, tokens, proofs and the tree: what each shows, and which change each finds out."""

import shutil
import sqlite3
from datetime import UTC, datetime

import msgspec
import pytest
from made_authority import authority, stamped
from made_case import RUN, faults, made

from tadmor.datamodel.checkpoints import Checkpoint, VerifierKey
from tadmor.datamodel.history import Decision, Review
from tadmor.datamodel.merkle import leaf_hash, root_of
from tadmor.datamodel.proofs import Growth, Proof
from tadmor.errors import UsageError
from tadmor.ledger import Ledger, writing
from tadmor.ledger.blocks import first_difference, sums_of
from tadmor.ledger.keys import Keys
from tadmor.ledger.timestamps import request_for


@pytest.fixture
def keys(tmp_path):
    """A folder of keys with one that signs."""
    found = Keys(tmp_path / "keys")
    found.new("ada@example.org", None)
    return found


@pytest.fixture
def case(tmp_path):
    """A case of three documents."""
    with Ledger.create(tmp_path / "case") as ledger:
        for number in (1, 2, 3):
            ledger.add(RUN, *made(number))
    return tmp_path / "case"


def _signed(case, keys):
    with Ledger.open(case, writable=True) as ledger:
        return ledger.custody.sign(keys.signing("ada@example.org", str))


def _edit(case, statement):
    with sqlite3.connect(case / "ledger.db") as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.executescript(statement)
    raw.close()


def _rules(case):
    with Ledger.open(case) as ledger:
        return {issue.rule for issue in ledger.verify()}


# -- the tree ----------------------------------------------------------------------------------------------------------


def test_the_root_kept_in_tiles_is_that_over_all_revisions(case):
    """However many revisions are added at once, the root and every proof are those of the whole tree."""
    with Ledger.open(case, writable=True) as ledger:
        subject = next(ledger.claims()).id
        for number in range(520):
            word = Review(
                subject=subject,
                decision=Decision.ACCEPT,
                author="reviewer",
                made=datetime(2026, 1, 1, tzinfo=UTC),
                reason=f"seen {number}",
            )
            with ledger._writing() as connection:  # one transaction a decision, without the check of each
                writing.add_review(connection, word)
        leaves = [leaf_hash(bytes.fromhex(revision.digest)) for revision in ledger.history()]
        assert len(leaves) > 512
        assert ledger.custody.head().root == root_of(leaves).hex()
        for number in (1, 256, 257, 512, len(leaves)):
            assert ledger.custody.prove(str(number)).amiss() == []
        assert faults(ledger) == []
    _edit(case, "UPDATE tiles SET root = (SELECT digest FROM revisions WHERE number = 1) WHERE number = 1")
    assert _rules(case) == {"tree-changed"}


_SWAPPED = (
    "UPDATE revisions SET number = -number WHERE number IN (4, 5);"
    "UPDATE revisions SET number = 9 + number WHERE number < 0"
)

# -- checkpoints -------------------------------------------------------------------------------------------------------


def test_a_note_is_checked_with_the_public_key_alone(case, keys):
    """A signed note says how many revisions there are, and no letter of it can be another."""
    signed = _signed(case, keys)
    key = VerifierKey.of(str(keys.known("ada@example.org")))
    assert key.signed(signed.note)
    with Ledger.open(case) as ledger:
        assert signed.checkpoint.size == len(list(ledger.history())) - 1
    for place, letter in enumerate(signed.note):
        assert not key.signed(signed.note[:place] + ("A" if letter != "A" else "B") + signed.note[place + 1 :])


def test_a_checkpoint_is_a_revision_and_takes_nothing_from_the_case(case, keys):
    """Signing again and again, the case verifies, and each checkpoint covers the one before."""
    sizes = [_signed(case, keys).checkpoint.size for _ in range(3)]
    assert sizes == [sizes[0], sizes[0] + 1, sizes[0] + 2]
    assert _rules(case) == set()


@pytest.mark.parametrize(
    ("statement", "rule"),
    [
        ("UPDATE checkpoints SET value = replace(CAST(value AS TEXT), 'made 2', 'made 1')", "checkpoint-changed"),
        ("UPDATE checkpoints SET size = 3", "checkpoint-changed"),
        ("DELETE FROM checkpoints", "checkpoint-changed"),
        ("UPDATE revisions SET made = '2020' || substr(made, 5) WHERE number = 5", "chain-broken"),
        (_SWAPPED, "chain-broken"),
    ],
)  # fmt: skip
def test_what_is_replaced_is_named(case, keys, statement, rule):
    """A checkpoint that is another, a revision of another time, two that changed places."""
    _signed(case, keys)
    _edit(case, statement)
    assert rule in _rules(case)


def test_a_history_that_was_cut_off_is_found_by_a_checkpoint_from_outside(case, keys, tmp_path):
    """A case put back to an earlier state verifies by itself; the note of a later one finds it out."""
    shutil.copytree(case, tmp_path / "earlier")
    with Ledger.open(case, writable=True) as ledger:
        ledger.add(RUN, *made(4))
    told = _signed(case, keys).checkpoint
    with Ledger.open(tmp_path / "earlier") as ledger:
        assert faults(ledger) == []
        assert [issue.rule for issue in ledger.custody.compare([("note", told)])] == ["history-cut"]
        with pytest.raises(UsageError, match="cut off"):
            ledger.custody.prove_growth(told)


def test_a_history_written_anew_is_found_by_a_checkpoint_from_outside(case, keys, tmp_path):
    """Another history of the same length has another root, and another origin."""
    told = _signed(case, keys).checkpoint
    with Ledger.create(tmp_path / "other") as ledger:
        for number in (1, 2, 3, 4):
            ledger.add(RUN, *made(number))
        assert [issue.rule for issue in ledger.custody.compare([("note", told)])] == ["checkpoint-foreign"]
        same = msgspec.structs.replace(told, origin=ledger.custody.head().origin)
        assert [issue.rule for issue in ledger.custody.compare([("note", same)])] == ["history-rewritten"]


# -- proofs ------------------------------------------------------------------------------------------------------------


def test_a_proof_of_an_original_holds_without_the_case(case, keys):
    """It names the digest of the bytes, under a signed root; another digest in it is refused."""
    _signed(case, keys)
    sha256 = made(2)[0].sha256
    with Ledger.open(case) as ledger:
        proof = ledger.custody.prove(sha256[:12])
        claim = next(ledger.claims())
        assert ledger.custody.prove(claim.id).amiss() == []
    proof = msgspec.json.decode(msgspec.json.encode(proof), type=Proof | Growth)
    assert isinstance(proof, Proof)
    assert proof.amiss() == []
    assert f"={sha256}" in proof.revision.parts
    forged = tuple(part.replace(sha256, made(1)[0].sha256) for part in proof.revision.parts)
    revision = msgspec.structs.replace(proof.revision, parts=forged)
    assert msgspec.structs.replace(proof, revision=revision).amiss() != []
    assert msgspec.structs.replace(proof, size=proof.size - 1).amiss() != []


def test_a_history_is_proven_to_have_only_grown(case, keys):
    """From an old checkpoint to a later one, by a few hashes."""
    old = _signed(case, keys).checkpoint
    with Ledger.open(case, writable=True) as ledger:
        ledger.add(RUN, *made(4))
    _signed(case, keys)
    with Ledger.open(case) as ledger:
        growth = ledger.custody.prove_growth(old)
    assert growth.signed is not None
    assert growth.amiss() == []
    assert msgspec.structs.replace(growth, old_root=growth.root).amiss() != []


# -- keys --------------------------------------------------------------------------------------------------------------


def test_a_private_key_is_for_its_owner_alone_and_sealed_where_wished(keys, tmp_path):
    """0600; of a sealed key neither file holds the private half, and another passphrase opens nothing."""
    keys.new("sealed", "four words and more")
    path = tmp_path / "keys" / "sealed.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert b"private" not in path.read_bytes()
    with pytest.raises(UsageError, match="not the passphrase"):
        keys.signing("sealed", lambda: "five words and more")
    assert keys.signing("sealed", lambda: "four words and more") is not None
    path.chmod(0o644)
    with pytest.raises(UsageError, match="others may read"):
        keys.signing("sealed", str)


@pytest.mark.parametrize("name", ["", "two words", "a+b", "../out", ".hidden"])
def test_a_name_that_a_note_or_a_folder_could_not_bear_is_refused(keys, name):
    """Spaces and plus signs part a note; slashes lead elsewhere."""
    with pytest.raises(UsageError, match="cannot name a key"):
        keys.new(name, None)


# -- where an original was changed -------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", [0, 4095, 4096, 9_999])
def test_one_altered_byte_is_named_with_what_it_was(tmp_path, place):
    """Its place and its former value follow from two sums and are confirmed by the block's digest."""
    data = bytes((number * 31) % 251 for number in range(10_000))
    changed = bytearray(data)
    changed[place] ^= 0x21
    (tmp_path / "file").write_bytes(changed)
    found = first_difference(sums_of(data), len(data), tmp_path / "file")
    assert found == (place, place + 1, data[place])


def test_where_more_was_altered_the_stretch_is_named(tmp_path):
    """Several bytes: their block; bytes cut off or added: where."""
    data = bytes(range(250)) * 40
    for changed, stretch in (
        (data[:5000] + b"ab" + data[5002:], (4096, 8192)),
        (data[:4096], (4096, 4096)),
        (data + b"more", (10_000, 10_000)),
        (data[:4090] + data[4091:], (0, 4096)),
    ):
        (tmp_path / "file").write_bytes(changed)
        found = first_difference(sums_of(data), len(data), tmp_path / "file")
        assert (found.start, found.end) == stretch


def test_verify_says_which_byte(case):
    """The place and both values stand in the finding."""
    path = next(iter((case / "originals").glob("*/*")))
    data = bytearray(path.read_bytes())
    was = data[20]
    data[20] = was ^ 1
    path.chmod(0o644)
    path.write_bytes(data)
    with Ledger.open(case) as ledger:
        [told] = [issue.message for issue in ledger.verify() if issue.rule == "original-changed"]
    assert f"the first altered byte is byte 20 (from 0): {was ^ 1:02x} there, {was:02x} written" in told


# -- time stamps -------------------------------------------------------------------------------------------------------


@pytest.mark.skipif(shutil.which("openssl") is None, reason="the authority is OpenSSL's")
def test_a_token_is_checked_with_its_authority_and_against_its_checkpoint(case, keys, tmp_path):
    """A token on the last checkpoint is kept; one on another note, of another authority or edited is refused or named."""
    ours, strangers = authority(tmp_path / "authority"), authority(tmp_path / "stranger")
    root, other_root = (folder.joinpath("root.pem").read_text() for folder in (ours, strangers))
    first = _signed(case, keys)
    reply = stamped(ours, request_for(first.note))
    with Ledger.open(case, writable=True) as ledger:
        with pytest.raises(UsageError, match="cannot be used"):
            ledger.custody.stamp(reply, other_root)
        with pytest.raises(UsageError, match="cannot be used"):
            ledger.custody.stamp(b"no answer", root)
        token = ledger.custody.stamp(reply, root, "http://authority.example")
        assert (token.checkpoint, ledger.custody.tokens()) == (1, (token,))
        assert faults(ledger) == []
    _signed(case, keys)
    with Ledger.open(case, writable=True) as ledger, pytest.raises(UsageError, match="something else"):
        ledger.custody.stamp(reply, root)
    _edit(case, f"UPDATE tokens SET value = replace(CAST(value AS TEXT), '{token.time:%Y-}', '2019-')")
    assert {"token-changed", "token-redated"} <= _rules(case)


def test_a_note_that_is_none_is_refused():
    """Whatever else stands in a file is no checkpoint."""
    for words in ("", "tadmor/1\n1\nAA==\nhead 1\nmade yesterday\n", "a\nb\nc\nd\ne\nf\n"):
        with pytest.raises(ValueError, match="no checkpoint"):
            Checkpoint.of(words)
