"""From a trained network to what ships: what is done for every wordpiece in ONNX, the other heads beside it."""

from pathlib import Path
from typing import Any

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from onnxruntime import InferenceSession
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn
from torch.nn import functional

from tadmor.datamodel.claims import KINDS
from tadmor.extraction.learned.labels import ROLES
from training.network import Net

#: Heads that are part of what is exported to ONNX.
_INSIDE = ("rule_marks", "mix.", "tag.", "trust.tag", "key.")


class _Reading(nn.Module):
    """What the network does for every wordpiece: states, tags, and what it looks like to each role."""

    def __init__(self, net: Net) -> None:
        super().__init__()
        self.net = net

    def forward(self, pieces: Tensor, marks: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        net, kinds = self.net, torch.arange(len(KINDS))
        states = _encoded(net.encoder, pieces)
        seen = states + net.rule_marks[marks + 3 * kinds + 1].sum(dim=-2)
        mixed = functional.gelu(net.mix(seen), approximate="tanh")
        scores = net.tag(mixed).unflatten(-1, (len(KINDS), 3)) + net.trust["tag_"][kinds, marks]
        looks = torch.cat([net.key[role](states) for role in ROLES], dim=-1)
        return states, scores.softmax(dim=-1), looks


def _encoded(encoder: Any, pieces: Tensor) -> Tensor:
    """The encoder's last states of whole windows.

    Its own code is written for batches of unequal length: the masks that it makes, and the checks for rows that are all
    masked, take a quarter of the time in ONNX where there is nothing to mask.
    """
    states: Tensor = encoder.embeddings(input_ids=pieces)
    for layer in encoder.encoder.layer:
        attention = layer.attention.self
        query, key, value = (
            part(states).unflatten(-1, (attention.num_attention_heads, attention.attention_head_size)).transpose(1, 2)
            for part in (attention.query, attention.key, attention.value)
        )
        scores = query @ key.transpose(-1, -2) / attention.attention_head_size**0.5
        seen = (scores.softmax(dim=-1) @ value).transpose(1, 2).flatten(-2)
        states = layer.attention.output(seen, states)
        states = layer.output(layer.intermediate(states), states)
    return states


def export(net: Net, folder: Path, scratch: Path) -> float:
    """Write `encoder.onnx` and `heads.npz`; how far the states of eight bits lie from the exact ones, as a share."""
    net.eval()
    exact = scratch / "exact.onnx"
    pieces = torch.tensor([[101, 1996, 2390, 2038, 2579, 1996, 2103, 102]])
    marks = torch.zeros(1, 8, len(KINDS), dtype=torch.long)
    names = ("pieces", "marks", "states", "tags", "looks")
    torch.onnx.export(
        _Reading(net).eval(),
        (pieces, marks),
        str(exact),
        input_names=names[:2],
        output_names=names[2:],
        dynamic_axes={name: {0: "windows", 1: "pieces"} for name in names},
        opset_version=17,
        dynamo=False,
    )
    quantize_dynamic(exact, folder / "encoder.onnx", weight_type=QuantType.QInt8, per_channel=True)
    _without_signs(folder / "encoder.onnx")
    heads = {name: table.astype(np.float16) for name, table in net.heads().items() if not name.startswith(_INSIDE)}
    np.savez_compressed(folder / "heads.npz", **heads)
    return _apart(exact, folder / "encoder.onnx", {"pieces": pieces.numpy(), "marks": marks.numpy()})


def _without_signs(path: Path) -> None:
    """The same weights counted from 0 up, with 128 for nothing.

    Products of signed weights are added in sixteen bits on processors without instructions of their own for them, and
    cut off where they do not fit: decision 0016.
    """
    model = onnx.load(path)
    tables = {table.name: table for table in model.graph.initializer}
    of_products = {node.input[at] for node in model.graph.node if node.op_type == "MatMulInteger" for at in (1, 3)}
    for name in sorted(of_products):
        signed = numpy_helper.to_array(tables[name]).astype(np.int16)
        tables[name].CopyFrom(numpy_helper.from_array((signed + 128).astype(np.uint8), name))
    onnx.save(model, path)


def _apart(exact: Path, small: Path, feed: dict[str, Any]) -> float:
    one, other = (
        InferenceSession(str(path), providers=["CPUExecutionProvider"]).run(None, feed)[0] for path in (exact, small)
    )
    return float(np.linalg.norm(one - other) / np.linalg.norm(one))
