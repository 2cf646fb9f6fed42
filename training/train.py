"""The training: passes over the marked texts, with a checkpoint after each."""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from math import ceil
from pathlib import Path

import torch
from torch import nn

from tadmor.datamodel.claims import KINDS
from tadmor.extraction.learned.labels import BEGIN, INSIDE, OUTSIDE
from training.examples import Example
from training.network import Net

#: Learning rates of the encoder and of the heads, windows a step, steps of warming up.
_ENCODER, _HEADS, _BATCH, _WARM = 1.2e-4, 1e-3, 3, 120
_SEED = 7


def train(
    net: Net,
    taught: Sequence[Example],
    held: Mapping[str, Sequence[Example]],
    passes: int,
    folder: Path,
    report: Callable[[str], None],
) -> None:
    """Train a network and keep its checkpoint in `folder`; goes on from one that is there.

    Args:
        net: the network, as it comes from the encoder's makers.
        taught: the windows that it learns from.
        held: windows that it never sees, by name; how it does on them is reported after each pass.
        passes: how often it sees each window.
        folder: where the checkpoint lies.
        report: called with a line on each pass.
    """
    torch.manual_seed(_SEED)
    chance = random.Random(_SEED)  # noqa: S311  # an order of windows, no secret
    heads = [value for name, value in net.named_parameters() if not name.startswith("encoder.")]
    groups = [{"params": net.encoder.parameters(), "lr": _ENCODER}, {"params": heads, "lr": _HEADS}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    steps = passes * ceil(len(taught) / _BATCH)
    slope = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / _WARM) * max(0.02, 1.0 - step / steps)
    )
    done = _resumed(net, optimizer, slope, folder)
    for number in range(done, passes):
        began, loss = time.monotonic(), _passed(net, taught, optimizer, slope, chance)
        state = {"net": net.state_dict(), "optimizer": optimizer.state_dict(), "slope": slope.state_dict()}
        torch.save({**state, "done": number + 1}, folder / "checkpoint.pt")
        minutes = (time.monotonic() - began) / 60
        report(f"pass {number + 1} of {passes}: loss {loss:.3f}, {minutes:.1f} min")
        for name, windows in held.items():
            report(f"  found on {name}: {_told(found(net, windows))}")


def _resumed(net: Net, optimizer: torch.optim.Optimizer, slope: torch.optim.lr_scheduler.LambdaLR, folder: Path) -> int:
    """How many passes a checkpoint has behind it, once it is loaded."""
    path = folder / "checkpoint.pt"
    if not path.exists():
        return 0
    state = torch.load(path, weights_only=True)
    net.load_state_dict(state["net"])
    optimizer.load_state_dict(state["optimizer"])
    slope.load_state_dict(state["slope"])
    return int(state["done"])


def _passed(
    net: Net,
    taught: Sequence[Example],
    optimizer: torch.optim.Optimizer,
    slope: torch.optim.lr_scheduler.LambdaLR,
    chance: random.Random,
) -> float:
    """One pass over the windows; the mean loss of one."""
    net.train()
    whole = 0.0
    for batch in _batches(taught, chance):
        loss = net.loss(batch, chance)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimizer.step()
        slope.step()
        whole += loss.item() * len(batch)
    return whole / len(taught)


def _batches(taught: Sequence[Example], chance: random.Random) -> Iterator[list[Example]]:
    """The windows in random order, those of like length together so that little is padded."""
    order = list(taught)
    chance.shuffle(order)
    batches: list[list[Example]] = []
    for first in range(0, len(order), 8 * _BATCH):
        near = sorted(order[first : first + 8 * _BATCH], key=lambda one: len(one.window.pieces))
        batches.extend(near[at : at + _BATCH] for at in range(0, len(near), _BATCH))
    chance.shuffle(batches)
    yield from batches


def found(net: Net, held: Sequence[Example]) -> Counter[tuple[str, str]]:
    """How many marked claims, told ones and ones that share words there are of each kind."""
    net.eval()
    counts: Counter[tuple[str, str]] = Counter()
    with torch.no_grad():
        for first in range(0, len(held), 16):
            batch = list(held[first : first + 16])
            for states, one in zip(net.states(batch), batch, strict=True):
                best = net.tags(states[: len(one.window.pieces)], torch.tensor(one.told)).argmax(-1).tolist()
                for number, kind in enumerate(KINDS):
                    told = runs([row[number] for row in best], one.window.first, one.window.last)
                    marked = [target.span for target in one.targets if target.kind == kind]
                    counts[kind, "told"] += len(told)
                    counts[kind, "marked"] += len(marked)
                    counts[kind, "found"] += _matched(told, marked)
    return counts


def runs(tags: Sequence[int], first: int, last: int) -> list[range]:
    """The stretches that tags tell of."""
    out: list[range] = []
    at = first
    while at < last:
        stop = at + 1
        if tags[at] != OUTSIDE:
            while stop < last and tags[stop] == INSIDE:
                stop += 1
            out.append(range(at, stop))
        at = stop
    return out


def _matched(told: Sequence[range], marked: Sequence[range]) -> int:
    """How many marked stretches share wordpieces with a told one, one to one."""
    left = list(told)
    count = 0
    for span in marked:
        hit = next((one for one in left if one.start < span.stop and span.start < one.stop), None)
        if hit is not None:
            left.remove(hit)
            count += 1
    return count


def _told(counts: Counter[tuple[str, str]]) -> str:
    """F1 of finding, over all and by kind."""
    rows = {kind: [counts[kind, what] for what in ("found", "told", "marked")] for kind in KINDS}
    rows = {"all": [sum(column) for column in zip(*rows.values(), strict=True)], **rows}
    return ", ".join(f"{kind} {2 * hit / max(said + wanted, 1):.3f}" for kind, (hit, said, wanted) in rows.items())


assert (OUTSIDE, BEGIN, INSIDE) == (0, 1, 2)  # noqa: S101  # the tags are the numbers of the network's outputs
