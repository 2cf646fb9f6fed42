"""The network in torch: what `tadmor.extraction.learned.network` runs, with its losses.

One encoder reads a window; the heads above it decide, from the states of its wordpieces and from what the rules say:
which wordpieces are in a claim of each kind, what a claim's attributes are, and which name each of its roles points to.
"""

import random
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import AutoModel

from tadmor.datamodel.claims import KINDS
from tadmor.extraction.learned.labels import ATTRIBUTES, FIELDS, NUMBER_OF, OF_KIND, ROLES
from tadmor.extraction.learned.network import DISTANCES, distances
from tadmor.extraction.learned.windows import Hint, Window
from training.examples import Example, Target

WIDTH, KEY = 384, 128
#: How often what the rules say is kept from the network, so that it also learns to read alone: for the tags of a whole
#: window, and for one claim. How often a claim is looked at where the rules saw it, rather than where it is marked.
_NO_RULES, _NO_HINT, _AS_READ = 0.15, 0.2, 0.7
#: Weights of the losses. A place matters more than who and whom, whose marks are names that the tables often lack.
_TAG, _CLAIM, _WHO = 1 / 40, 0.1, 0.6


class Net(nn.Module):
    """The encoder and its heads; names of parameters are those of `heads.npz`."""

    def __init__(self, encoder: Path) -> None:
        super().__init__()
        self.encoder = AutoModel.from_pretrained(str(encoder))
        self.drop = nn.Dropout(0.1)
        self.rule_marks = nn.Parameter(torch.randn(3 * len(KINDS) + 1, WIDTH) * 0.05)
        self.mix, self.tag = nn.Linear(WIDTH, WIDTH), nn.Linear(WIDTH, 3 * len(KINDS))
        self.kind, self.span = nn.Parameter(torch.randn(len(KINDS), WIDTH) * 0.02), nn.Linear(WIDTH, WIDTH)
        self.attribute = nn.ModuleDict({f"{name}_": nn.Linear(WIDTH, len(told)) for name, told in ATTRIBUTES.items()})
        self.query = nn.ModuleDict({role: nn.Linear(WIDTH, KEY) for role in ROLES})
        self.key = nn.ModuleDict({role: nn.Linear(WIDTH, KEY) for role in ROLES})
        self.none = nn.ParameterDict({role: nn.Parameter(torch.zeros(KEY)) for role in ROLES})
        far = DISTANCES * len(KINDS)
        self.distance = nn.ParameterDict({role: nn.Parameter(torch.zeros(far)) for role in ROLES})
        trust = {name: 2.0 * torch.eye(len(told) + 1, len(told)) for name, told in ATTRIBUTES.items()}
        trust |= {role: torch.ones(len(KINDS), 2) for role in ROLES}
        trust["tag"] = torch.eye(3).repeat(len(KINDS), 1, 1)
        self.trust = nn.ParameterDict({f"{name}_": nn.Parameter(table) for name, table in trust.items()})

    def states(self, batch: list[Example]) -> Tensor:
        """The states of the wordpieces of some windows, padded to the longest (B, T, H)."""
        longest = max(len(one.window.pieces) for one in batch)
        ids = torch.zeros(len(batch), longest, dtype=torch.long)
        mask = torch.zeros_like(ids)
        for row, one in enumerate(batch):
            ids[row, : len(one.window.pieces)] = torch.tensor([piece.id for piece in one.window.pieces])
            mask[row, : len(one.window.pieces)] = 1
        with torch.autocast("cpu", dtype=torch.bfloat16):
            found = self.encoder(input_ids=ids, attention_mask=mask).last_hidden_state
        dropped: Tensor = self.drop(found.float())
        return dropped

    def tags(self, states: Tensor, told: Tensor, *, hidden: bool = False) -> Tensor:
        """Scores of the tags (T, K, 3); `told` are the marks of the rules (T, K), not looked at where `hidden`."""
        kinds = torch.arange(len(KINDS))
        seen = states if hidden else states + self.rule_marks[told + 3 * kinds + 1].sum(dim=-2)
        mixed = self.drop(functional.gelu(self.mix(seen), approximate="tanh"))
        scores: Tensor = self.tag(mixed).view(*told.shape, 3)
        return scores if hidden else scores + self.trust["tag_"][kinds, told]

    def represent(self, states: Tensor, span: range, kind: str) -> Tensor:
        """What a claim looks like (H)."""
        mean = states[span.start : span.stop].mean(0)
        found: Tensor = self.drop(functional.gelu(self.span(mean + self.kind[NUMBER_OF[kind]]), approximate="tanh"))
        return found

    def value(self, name: str, claim: Tensor, said: Hint | None) -> Tensor:
        """Scores of the values of an attribute."""
        told = said.values.get(name) if said is not None else None
        row = ATTRIBUTES[name].index(told) if told is not None else len(ATTRIBUTES[name])
        scores: Tensor = self.attribute[f"{name}_"](claim) + self.trust[f"{name}_"][row]
        return scores

    def keys(self, states: Tensor, window: Window) -> dict[str, Tensor]:
        """What the candidates of each role look like, and none of them."""
        summed = functional.pad(states.cumsum(0), (0, 0, 1, 0))
        out: dict[str, Tensor] = {}
        for role in ROLES:
            among = window.candidates(role)
            first, last = (torch.tensor([one[at] for one in among], dtype=torch.long) for at in (2, 3))
            means = (summed[last] - summed[first]) / (last - first)[:, None]
            out[role] = torch.cat([self.key[role](means), self.none[role][None]])
        return out

    def point(
        self, role: str, claim: Tensor, span: range, kind: str, keys: Tensor, window: Window, said: Hint | None
    ) -> Tensor:
        """Scores of the candidates of a role, and last of none; `keys` are what these look like."""
        among, number = window.candidates(role), NUMBER_OF[kind]
        stand = np.asarray([(one.first, one.last) for one in among], dtype=np.int64).reshape(-1, 2).T
        apart = np.append(distances(span, stand), DISTANCES - 1)
        near = self.distance[role][torch.from_numpy(apart) + DISTANCES * number]
        scores: Tensor = keys @ self.query[role](claim) / 8.0 + near
        if said is not None:
            meant = said.pointed[role] if said.pointed[role] >= 0 else len(among)
            bonus = functional.one_hot(torch.tensor(meant), len(among) + 1)
            scores = scores + bonus * self.trust[f"{role}_"][number, int(said.pointed[role] < 0)]
        return scores

    def loss(self, batch: list[Example], chance: random.Random) -> Tensor:
        """What is wrong with a batch, per window."""
        states = self.states(batch)
        whole = torch.zeros(())
        for row, one in enumerate(batch):
            own = states[row, : len(one.window.pieces)]
            whole = whole + _TAG * self._tag_loss(own, one, hidden=chance.random() < _NO_RULES)
            keys = self.keys(own, one.window) if one.targets else {}
            for target in one.targets:
                whole = whole + _CLAIM * self._claim_loss(own, keys, one, target, chance)
        return whole / len(batch)

    def _tag_loss(self, states: Tensor, one: Example, *, hidden: bool) -> Tensor:
        decided = slice(one.window.first, one.window.last)
        scores = self.tags(states, torch.tensor(one.told), hidden=hidden)[decided]
        wanted = torch.tensor(one.tags)[decided]
        return functional.cross_entropy(scores.reshape(-1, 3), wanted.reshape(-1), reduction="sum")

    def _claim_loss(
        self, states: Tensor, keys: dict[str, Tensor], one: Example, target: Target, chance: random.Random
    ) -> Tensor:
        said = target.said if chance.random() >= _NO_HINT else None
        as_read = said is not None and target.read and chance.random() < _AS_READ
        span = target.read if as_read and target.read is not None else target.span
        claim = self.represent(states, span, target.kind)
        whole = torch.zeros(())
        for name in OF_KIND[target.kind]:
            if name in target.values:
                wanted = torch.tensor([target.values[name]])
                whole = whole + functional.cross_entropy(self.value(name, claim, said)[None], wanted)
        for role in FIELDS[target.kind]:
            among, meant = one.window.candidates(role), target.points[role]
            if among and meant is not None:
                odds = self.point(role, claim, span, target.kind, keys[role], one.window, said).log_softmax(0)
                right = torch.logsumexp(odds[list(meant)], 0) if meant else odds[-1]
                whole = whole - (1.0 if role == "place" else _WHO) * right
        return whole

    def heads(self) -> dict[str, Any]:
        """The heads' tables, by the names that the reader knows them by."""
        tables = {name: value for name, value in self.state_dict().items() if not name.startswith("encoder.")}
        return {name.replace("_.", ".").rstrip("_"): value.numpy() for name, value in tables.items()}
