"""Where things are and what the limits are: from the call, the environment, then defaults."""

import os
from pathlib import Path

import msgspec

from tadmor.errors import UsageError

#: The folder of a case where nothing else is said.
DEFAULT_CASE = Path("case")
#: Where the key of an endpoint is looked for, and nowhere else.
LLM_KEY = "TADMOR_LLM_KEY"
#: A ground of the user's own under the map, and what is said of its terms.
GROUND, GROUND_TERMS = "TADMOR_GROUND", "TADMOR_GROUND_TERMS"
#: The folder of keys that sign checkpoints.
KEYS = "TADMOR_KEYS"
#: Whose decisions are noted, where no author is given.
AUTHOR = "TADMOR_AUTHOR"


class LlmSettings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A chat-completions endpoint that reads, and its model; the key is no part of it (`llm_key`).

    At most `at_once` requests are under way at any time; an answer is awaited for `timeout` seconds.
    """

    url: str
    model: str
    at_once: int = 4
    timeout: float = 120.0


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a run works with.

    `batch` files of `batch_bytes` in all are held in memory together; undated documents are dated by the company of
    their batch and of `company` documents of the case. From `few` files on, `workers` processes read; each holds the
    tables, about 300 MB, and takes a second to start, in which one process reads about ten reports.

    `sources` is a table of the user's own sources and their sides, in the format of `dictionaries/sources`. `reader`
    says who reads: "learned" (the network over the rules), "rules" (the rules alone: quicker, and they miss more) or
    "llm" (a language model behind the endpoint `llm`, which goes with this reader alone). `ocr` names the languages in
    which pictures and scanned PDFs are recognised ("eng+ara"); `None`: they are not.
    """

    batch: int = 200
    batch_bytes: int = 64_000_000
    company: int = 500
    few: int = 40
    workers: int = msgspec.field(default_factory=lambda: min(os.cpu_count() or 1, 4))
    sources: Path | None = None
    reader: str = "learned"
    llm: LlmSettings | None = None
    ocr: str | None = None

    def __post_init__(self) -> None:
        if (self.reader == "llm") != (self.llm is not None):
            message = f"an endpoint goes with the reader llm and with no other, got reader {self.reader}"
            raise ValueError(message)


def llm_settings(
    reader: str, url: str | None, model: str | None, at_once: int | None = None, timeout: float | None = None
) -> LlmSettings | None:
    """The endpoint as given on the command line; `None` where another reader reads.

    Raises:
        UsageError: the reader lacks its endpoint, or the endpoint its reader.
    """
    given = {"url": url, "model": model, "at_once": at_once, "timeout": timeout}
    named = {name: value for name, value in given.items() if value is not None}
    if reader != "llm":
        if named:
            message = "--llm-... options go with --reader llm; without it, nothing leaves this machine"
            raise UsageError(message)
        return None
    if url is None or not (model or "").strip():
        message = "--reader llm needs --llm-url (as http://localhost:8000/v1) and --llm-model"
        raise UsageError(message)
    return msgspec.convert(named, LlmSettings)


def llm_key() -> str | None:
    """The endpoint's key, from the environment."""
    return os.environ.get(LLM_KEY)


def own_sources(case: Path, given: Path | None) -> Path | None:
    """The user's table of sources: the one given, else `sources.yaml` in the case, else none."""
    kept = case / "sources.yaml"
    return given or (kept if kept.is_file() else None)


def own_ground(file: Path | None, terms: str | None) -> tuple[Path | None, str | None]:
    """The file of the user's own ground and its terms: as given, else TADMOR_GROUND and TADMOR_GROUND_TERMS."""
    named = os.environ.get(GROUND)
    return file or (Path(named) if named else None), terms or os.environ.get(GROUND_TERMS)


def case_folder(given: Path | None) -> Path:
    """The case's folder: the one given, else TADMOR_CASE, else `case` in the working folder."""
    if given is not None:
        return given
    named = os.environ.get("TADMOR_CASE")
    return Path(named) if named else DEFAULT_CASE


def keys_folder() -> Path:
    """Where keys lie, outside every case: TADMOR_KEYS, else `tadmor/keys` among the user's settings."""
    named = os.environ.get(KEYS)
    if named:
        return Path(named)
    return Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "tadmor" / "keys"


def author(given: str | None) -> str:
    """Who decides: the one given, else TADMOR_AUTHOR, else the name that git knows.

    Raises:
        UsageError: nobody is named.
    """
    named = (given if given is not None else os.environ.get(AUTHOR, "") or _git_name()).strip()
    if not named:
        message = f"who decides? Give --author NAME, or set {AUTHOR}"
        raise UsageError(message)
    return named


def _git_name() -> str:
    """The user's name in git's settings; empty where there is no git or no name."""
    import shutil  # noqa: PLC0415 - only for who decides
    import subprocess  # noqa: PLC0415

    git = shutil.which("git")
    if git is None:
        return ""
    told = subprocess.run([git, "config", "user.name"], capture_output=True, text=True, check=False)  # noqa: S603
    return told.stdout
