"""The stand-alone verifier: what it must not take for whole, and that its sums are those of the standards."""

import hashlib
import json
import random
import zipfile

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from quality.invented_reports import case_of

from tadmor import pipeline
from tadmor.datamodel.merkle import consistency_proof, inclusion_proof, leaf_hash, ranges_over, root_of
from tadmor.ledger import Ledger
from tadmor.views.bundling.bundle import write
from tadmor.views.bundling.chosen import id_of
from tadmor.views.bundling.packing import Packing
from tadmor.views.bundling.scripts import right_to_left, shaped, visual
from tadmor.views.bundling.verifier.checking import found_in
from tadmor.views.bundling.verifier.history import Growing, consistent, included
from tadmor.views.bundling.verifier.rows import digest_of
from tadmor.views.bundling.verifier.signatures import signed


@pytest.fixture(scope="module")
def bundle(tmp_path_factory):
    """One finding of an invented case, as members by name."""
    folder = tmp_path_factory.mktemp("forged")
    case_of(folder / "case", 6)
    with Ledger.open(folder / "case") as ledger:
        record, _ = pipeline.record(ledger)
        write(id_of(max(record.spells, key=lambda one: len(one.supports))), ledger, folder / "x.zip")
    with zipfile.ZipFile(folder / "x.zip") as packed:
        return {name: packed.read(name) for name in packed.namelist() if name != "manifest.json"}


def _forged(bundle, path, changes):
    """A bundle with other members, its manifest, its crate and its seal made to fit: whoever forges one would do so."""
    members = bundle | changes
    crate = json.loads(members["ro-crate-metadata.json"])
    for one in crate["@graph"]:
        if one["@type"] == "File":
            one["sha256"] = hashlib.sha256(members[one["@id"]]).hexdigest()
    members["ro-crate-metadata.json"] = json.dumps(crate).encode()
    with Packing(path) as packing:
        for name, data in members.items():
            packing.add(name, data)
        packing.finish({"about": "forged"})
    return found_in(path)[2]


def _first(bundle, folder, ending):
    return next(name for name in bundle if name.startswith(folder) and name.endswith(ending))


def test_a_bundle_made_to_fit_anew_holds(bundle, tmp_path):
    """What the other tests find is their changes, not the making."""
    assert _forged(bundle, tmp_path / "x.zip", {}) == []


def test_an_edited_original_is_not_the_one_of_its_digest(bundle, tmp_path):
    """Its name is its digest, which the history tells of."""
    name = _first(bundle, "originals/", ".html")
    found = _forged(bundle, tmp_path / "x.zip", {name: bundle[name] + b" "})
    assert any(line.startswith(f"{name}: is not the original of that digest") for line in found)


def test_an_edited_text_is_named_with_the_stretch(bundle, tmp_path):
    """Against its map, and against the history."""
    name = _first(bundle, "documents/", ".txt")
    text = bundle[name].decode()
    at = text.index("captured") if "captured" in text else text.index("strike")
    edited = text[:at] + "C" + text[at + 1 :]
    found = _forged(bundle, tmp_path / "x.zip", {name: edited.encode()})
    [stretch] = [line for line in found if "are not the words at" in line]
    first, last = map(int, stretch.split("characters ")[1].split(":")[0].split(" to "))
    assert first <= at < last
    assert any("is not what the history says was written (document" in line for line in found)
    assert any("quotes words that do not stand at" in line for line in found)


def test_an_edited_claim_is_not_what_was_written(bundle, tmp_path):
    """Another holder, count or score in a claim as said or as understood."""
    name = _first(bundle, "documents/", ".json")
    for old, new in ((b'\\"score\\":0.9', b'\\"score\\":0.8'), (b'\\"latest\\"', b'\\"Latest\\"')):
        found = _forged(bundle, tmp_path / "x.zip", {name: bundle[name].replace(old, new, 1)})
        if bundle[name].count(old):
            assert any("is not what the history says was written (claims" in line for line in found)


@pytest.mark.parametrize(
    ("field", "value"), [("made", "2020-01-01T00:00:00.000000+00:00"), ("subject", "other"), ("content", "0" * 64)]
)
def test_a_revision_made_to_fit_does_not_lead_to_the_root(bundle, tmp_path, field, value):
    """Re-dated or edited with its digest worked out anew."""
    rows = [json.loads(line) for line in bundle["history/revisions.jsonl"].splitlines()]
    row = rows[3]
    row[field] = value
    linked = ("number", "made", "what", "subject", "content", "previous")
    row["digest"] = digest_of(str(row[name]).encode() for name in linked)
    lines = b"".join(json.dumps(one).encode() + b"\n" for one in rows)
    found = _forged(bundle, tmp_path / "x.zip", {"history/revisions.jsonl": lines})
    assert any(f"revision {row['number']}: its proof does not lead to the root" in line for line in found)


def test_a_revision_left_out_or_told_twice_is_named(bundle, tmp_path):
    """A row without its revision, and a revision without its row."""
    lines = bundle["history/revisions.jsonl"].splitlines(keepends=True)
    without = b"".join(lines[:2] + lines[3:])
    assert any(
        "is not what the history says" in one
        for one in _forged(bundle, tmp_path / "a.zip", {"history/revisions.jsonl": without})
    )
    twice = b"".join(lines[:3] + lines[2:])
    found = _forged(bundle, tmp_path / "b.zip", {"history/revisions.jsonl": twice})
    assert any("does not follow the revision before it" in one for one in found)


def test_a_selector_that_points_elsewhere_is_named(bundle, tmp_path):
    """And one that a claim lacks."""
    name = _first(bundle, "annotations/", ".jsonld")
    page = json.loads(bundle[name])
    page["items"][0]["target"][0]["selector"][0]["start"] += 1
    found = _forged(bundle, tmp_path / "x.zip", {name: json.dumps(page).encode()})
    assert any(line.startswith(name) and "where other words stand" in line for line in found)
    del page["items"][0]
    found = _forged(bundle, tmp_path / "y.zip", {name: json.dumps(page).encode()})
    assert any(line.startswith(name) and "alone" in line for line in found)


def test_a_finding_that_rests_on_nothing_in_it_is_named(bundle, tmp_path):
    """Its claims must be there."""
    lines = bundle["findings.jsonl"].splitlines(keepends=True)
    row = json.loads(lines[0])
    row["rests_on"].append("0" * 20)
    found = _forged(bundle, tmp_path / "x.zip", {"findings.jsonl": json.dumps(row).encode() + b"\n"})
    assert found == [f"findings.jsonl, line 1: rests on claim {'0' * 20}, which the bundle does not have"]


@pytest.mark.parametrize("name", ["history/tree.json", "rows/entities.jsonl", "findings.jsonl", "documents"])
def test_a_member_of_another_form_is_told_and_nothing_raises(bundle, tmp_path, name):
    """Whatever stands in it."""
    member = name if name in bundle else _first(bundle, name, ".json")
    for data in (b"", b"[]\n", b"{}\n", b'{"a": \n', b"\xff\n", b'["x"]\n', b"1\n"):
        assert _forged(bundle, tmp_path / "x.zip", {member: data}) != [] or (data == b"" and name == "findings.jsonl")


def test_proofs_agree_with_the_tree_that_a_case_keeps():
    """Inclusion and consistency of every small tree; another leaf, index, root or proof is none."""
    hashes = [leaf_hash(bytes([number])) for number in range(34)]
    over = ranges_over(hashes)
    for size in range(1, 34):
        root = root_of(hashes[:size]).hex()
        growing = Growing()
        for one in hashes[:size]:
            growing.add(one)
        assert growing.root == root
        for index in range(size):
            proof = [one.hex() for one in inclusion_proof(index, size, over)]
            assert included(hashes[index], index, size, proof, root)
            assert not included(hashes[index + 1], index, size, proof, root)
            assert not included(hashes[index], index, size, [*proof, root], root)
            assert size == 1 or not included(hashes[index], (index + 1) % size, size, proof, root)
        for old in range(1, size + 1):
            proof = [one.hex() for one in consistency_proof(old, size, over)]
            was = root_of(hashes[:old]).hex()
            assert consistent(old, was, size, root, proof)
            assert not consistent(old, was, size, "0" * 64, proof)
            assert not consistent(old, "0" * 64, size, root, proof)


def test_signatures_are_those_of_the_standard():
    """RFC 8032, 7.1, second example; keys and messages at random agree with another implementation."""
    key = bytes.fromhex("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c")
    signature = bytes.fromhex(
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00"
    )
    assert signed(key, b"\x72", signature)
    assert not signed(key, b"\x73", signature)
    draw = random.Random(0)
    for _ in range(6):
        private, message = Ed25519PrivateKey.from_private_bytes(draw.randbytes(32)), draw.randbytes(draw.randrange(80))
        public, made = private.public_key().public_bytes_raw(), private.sign(message)
        assert signed(public, message, made)
        flipped = bytearray(made)
        flipped[draw.randrange(64)] ^= 1 << draw.randrange(8)
        assert not signed(public, message, bytes(flipped))
    assert not signed(b"\xff" * 32, b"", bytes(64))


def test_arabic_letters_take_their_shapes():
    """Beginning, middle, end and alone; lam and alef as one; over marks; Persian letters too."""
    assert shaped("تدمر") == "\ufe97\ufeaa\ufee3\ufeae"
    assert shaped("بيت") == "\ufe91\ufef4\ufe96"
    assert shaped("لا سلام") == "\ufefb \ufeb3\ufefc\ufee1"
    assert shaped("بَيت")[0] == "\ufe91"
    assert shaped("پگ") == "\ufb58\ufb93"
    assert shaped("Palmyra 12") == "Palmyra 12"


def test_lines_stand_in_visual_order():
    """Words of Hebrew from the right, numbers and Latin names within them from the left, brackets turned."""
    assert visual("אבג 12 (דה)", leftward=True) == "(הד) 12 גבא"
    assert visual("אב NATO גד", leftward=True) == "דג NATO בא"
    assert visual("held by אב גד, 2016-12-11", leftward=False) == "held by דג בא, 2016-12-11"
    assert visual("plain", leftward=False) == "plain"
    assert right_to_left("«אב» plain")
    assert not right_to_left("12: plain אב")
