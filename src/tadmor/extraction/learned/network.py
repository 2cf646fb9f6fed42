"""The network at work: what is done for every wordpiece in ONNX, what is done for a claim in numpy.

`training/network.py` is the same in torch, where it is trained; the export compares the two. Shapes: T wordpieces of a
window, H = 384 the width of a state, K = 5 kinds, R = 3 roles, C candidates of one of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import as_file, files
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from tadmor.extraction.learned.labels import ATTRIBUTES, NUMBER_OF, ROLES
from tadmor.extraction.learned.windows import Candidate, Hint, Window

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

Array = NDArray[np.float32]
Numbers = NDArray[np.int64]

#: Distances from a claim's words to a candidate are told apart by powers of this many doublings, so many on each side.
_STEP, _STEPS = 1.7, 5
#: Inside, five before, five after, and none.
DISTANCES = 2 * _STEPS + 2
#: Width of what a candidate looks like.
KEY = 128


class Read(NamedTuple):
    """A window as the network sees it.

    `states` (T, H); the probability of each tag (T, K, 3); for each role a row for each candidate and one for none
    (C + 1, KEY); and the first wordpieces of its candidates, and those after their last (2, C).
    """

    window: Window
    states: Array
    tags: Array
    keys: dict[str, Array]
    stand: dict[str, Numbers]


class Network:
    """The encoder with its heads; one for a process."""

    def __init__(self, session: "InferenceSession", heads: Mapping[str, Array]) -> None:
        self._session = session
        self._heads = heads

    def read(self, found: Sequence[Window], marks: Sequence[Sequence[Sequence[int]]]) -> Iterator[Read]:
        """The windows read, in their order; `marks` are what the rules made of each (`marked_by_rules`)."""
        for window, mark in zip(found, marks, strict=True):
            states, tags, looks = self.encoded([piece.id for piece in window.pieces], mark)
            stand = {role: _stand(window.candidates(role)) for role in ROLES}
            keys = {
                role: self._keys(role, looks[:, at * KEY : (at + 1) * KEY], stand[role])
                for at, role in enumerate(ROLES)
            }
            yield Read(window, states, tags, keys, stand)

    def encoded(self, pieces: Sequence[int], marks: Sequence[Sequence[int]]) -> tuple[Array, Array, Array]:
        """States (T, H), tags (T, K, 3) and what each wordpiece looks like to each role (T, R * KEY).

        One window at a time: several at once are padded to the longest, and take longer.
        """
        feed = {"pieces": np.asarray([pieces], dtype=np.int64), "marks": np.asarray([marks], dtype=np.int64)}
        states, tags, looks = self._session.run(None, feed)
        return states[0], tags[0], looks[0]

    def _keys(self, role: str, looks: Array, stand: Numbers) -> Array:
        """What each candidate of a role looks like, on the mean of its wordpieces; and none of them."""
        first, last = stand
        summed = np.concatenate([np.zeros((1, KEY), dtype=np.float32), looks.cumsum(axis=0)])
        means = (summed[last] - summed[first]) / (last - first)[:, None]
        found: Array = np.concatenate([means, self._heads[f"none.{role}"][None]]).astype(np.float32)
        return found

    def represent(self, states: Array, span: range, kind: str) -> Array:
        """What a claim of a kind looks like, from the states of its wordpieces."""
        mean = states[span.start : span.stop].mean(axis=0)
        found: Array = _gelu(self._linear("span", mean + self._heads["kind"][NUMBER_OF[kind]]))
        return found

    def attribute(self, name: str, claim: Array, told: Hint | None) -> Array:
        """The probability of each value of an attribute; `told` is what the rules say of it."""
        values = ATTRIBUTES[name]
        said = told.values.get(name) if told is not None else None
        row = values.index(said) if said is not None else len(values)
        return _softmax(self._linear(f"attribute.{name}", claim) + self._heads[f"trust.{name}"][row])

    def point(self, role: str, claim: Array, span: range, kind: str, read: Read, told: Hint | None) -> Array:
        """The probability of each candidate of a role, and last that of none."""
        number = NUMBER_OF[kind]
        apart = np.append(distances(span, read.stand[role]), DISTANCES - 1)
        near = self._heads[f"distance.{role}"][apart + DISTANCES * number]
        scores = (read.keys[role] @ self._linear(f"query.{role}", claim) / 8.0 + near).astype(np.float32)
        if told is not None:
            meant = told.pointed[role]
            scores[meant] += self._heads[f"trust.{role}"][number, int(meant < 0)]
        return _softmax(scores)

    def _linear(self, name: str, values: Array) -> Array:
        found: Array = values @ self._heads[f"{name}.weight"].T + self._heads[f"{name}.bias"]
        return found


def _stand(candidates: Sequence[Candidate]) -> Numbers:
    """The first wordpieces of some candidates, and those after their last."""
    table = np.asarray([(one.first, one.last) for one in candidates], dtype=np.int64)
    return table.reshape(-1, 2).T


def distances(span: range, stand: Numbers) -> Numbers:
    """How far candidates stand from a claim's wordpieces: 0 inside, then by doublings before and after."""
    first, last = stand
    after = first >= span.stop
    gap = np.maximum(np.where(after, first - span.stop, span.start - last) + 1, 1)
    steps = np.minimum(_STEPS - 1, (np.log2(gap) / _STEP).astype(np.int64))
    inside = (first >= span.start) & (last <= span.stop)
    found: Numbers = np.where(inside, 0, 1 + np.where(after, 0, _STEPS) + steps)
    return found


def _gelu(values: Array) -> Array:
    """The smooth rectifier, by its tanh form (Hendrycks and Gimpel 2016, arXiv:1606.08415)."""
    inner = 0.7978845608 * (values + 0.044715 * values * values * values)
    return (0.5 * values * (1.0 + np.tanh(inner))).astype(np.float32)


def _softmax(scores: Array) -> Array:
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    found: Array = powers / powers.sum(axis=-1, keepdims=True)
    return found


@lru_cache(maxsize=1)
def load_network() -> Network:
    """The shipped network, opened once in a process."""
    from onnxruntime import InferenceSession, SessionOptions  # noqa: PLC0415 - slow to import, only where text is read

    options: Any = SessionOptions()
    options.intra_op_num_threads = 1  # processes share the work, not threads
    options.inter_op_num_threads = 1
    folder = files(__package__).joinpath("model")
    with as_file(folder.joinpath("encoder.onnx")) as encoder:
        session = InferenceSession(str(encoder), options, providers=["CPUExecutionProvider"])
    with as_file(folder.joinpath("heads.npz")) as heads, np.load(heads) as table:
        return Network(session, {name: table[name].astype(np.float32) for name in table.files})
