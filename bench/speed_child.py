"""One timed reading, in a process of its own: `python -m bench.speed_child ARTICLES CASE WORKERS READER`."""

import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import Any

from bench.speed import peak_megabytes

_HUNDRED = 100


def main() -> None:
    """Read, and print seconds by stage as JSON."""
    articles, case, workers, reader = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
    started = time.perf_counter()
    spent: dict[str, float] = defaultdict(float)
    from tadmor import pipeline  # noqa: PLC0415 - imports are part of what is timed
    from tadmor.extraction.learned.network import Network  # noqa: PLC0415
    from tadmor.grounding import Grounder  # noqa: PLC0415
    from tadmor.ledger import Ledger  # noqa: PLC0415
    from tadmor.pipeline import reading  # noqa: PLC0415
    from tadmor.settings import Settings  # noqa: PLC0415

    def timed(stage: str, call: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(call)
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            try:
                return call(*args, **kwargs)
            finally:
                spent[stage] += time.perf_counter() - began

        return wrapper

    Network.encoded = timed("encoder", Network.encoded)  # type: ignore[method-assign]
    reading.load = timed("load", reading.load)  # type: ignore[attr-defined]
    Grounder.ground = timed("ground", Grounder.ground)  # type: ignore[method-assign]
    Ledger.add = timed("ledger", Ledger.add)  # type: ignore[method-assign]
    pipeline.Machine.understand = timed("understand", pipeline.Machine.understand)  # type: ignore[method-assign]
    ended = [time.perf_counter()]
    with Ledger.open(case, create=True) as ledger:
        settings = Settings(workers=workers, few=1, reader=reader)
        pipeline.read([articles], ledger, settings=settings, progress=lambda *_: ended.append(time.perf_counter()))
    spent["growth"] = _growth(ended)
    spent["extract"] = spent["understand"] - spent["ground"] - spent["encoder"]
    spent["all"] = time.perf_counter() - started
    print(json.dumps({**spent, "megabytes": peak_megabytes()}))


def _growth(ended: list[float]) -> float:
    """How much longer the last hundred articles took than the second hundred; the first one pays for starting."""
    if len(ended) <= 3 * _HUNDRED:
        return float("nan")
    return (ended[-1] - ended[-1 - _HUNDRED]) / (ended[2 * _HUNDRED] - ended[_HUNDRED])


if __name__ == "__main__":
    main()
