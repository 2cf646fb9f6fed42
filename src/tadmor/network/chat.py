"""Chat completions as OpenAI and those that follow it offer them: instructions and a text in, an answer out."""

from collections.abc import Callable, Mapping
from time import sleep
from typing import Any

import msgspec

from tadmor import __version__
from tadmor.errors import EndpointError, UsageError
from tadmor.network.door import Address, Reply, post

Post = Callable[[Address, bytes, Mapping[str, str], float], Reply]

#: Seconds to wait before the second, third and last try where the server names none.
WAITS = (2.0, 8.0, 20.0)
#: The longest wait that a server may ask for.
_LONGEST = 60.0
#: Later, the same request may be answered.
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504, 529})
#: The service is down, for whatever is asked.
_BROKEN = frozenset({500, 502, 503, 504, 529})
#: No request will be answered: the key, the address or the model is wrong, or nothing is paid.
_NEVER = {
    401: "the key is refused; set TADMOR_LLM_KEY to one that holds",
    402: "the account is not paid up",
    403: "access is refused; set TADMOR_LLM_KEY to a key that may use it",
    404: "there is nothing there, or not that model; check --llm-url and --llm-model",
    405: "that is no chat-completions endpoint; check --llm-url",
}
#: Characters of a server's own explanation that are shown.
_SHOWN = 160


class _Message(msgspec.Struct, frozen=True):
    content: str | None = None


class _Choice(msgspec.Struct, frozen=True):
    message: _Message


class _Answer(msgspec.Struct, frozen=True):
    choices: list[_Choice] = []


class Chat:
    """A model behind an endpoint; may be asked from several threads at once."""

    def __init__(
        self,
        address: Address,
        model: str,
        *,
        key: str | None = None,
        timeout: float = 120.0,
        send: Post = post,
        wait: Callable[[float], None] = sleep,
    ) -> None:
        """Ask nothing yet.

        Args:
            address: the endpoint's base, as "http://localhost:8000/v1", or the whole of it.
            model: as the endpoint names it.
            key: what it wants to see, if anything.
            timeout: seconds for one answer.
            send: what carries a request.
            wait: what passes time.

        Raises:
            UsageError: the key is none, or would travel unencrypted to another machine.
        """
        self._to = address._replace(path=_completions(address.path))
        self._model = model
        self._headers = {"Content-Type": "application/json", "User-Agent": f"tadmor/{__version__}"}
        self._key = _checked(key, self._to)
        if self._key is not None:
            self._headers["Authorization"] = f"Bearer {self._key}"
        self._timeout = timeout
        self._send = send
        self._wait = wait
        self._down = False

    def complete(self, instructions: str, text: str) -> str:
        """The model's answer, at temperature 0.

        A request that fails is made again after a while. Once all tries of one have failed, each later one has a single
        try, until one succeeds: a service that is down does not hold up every text for the whole of the waits.

        Raises:
            EndpointError: no usable answer came.
            UsageError: none will ever come: the key, the address or the model is refused.
        """
        body = msgspec.json.encode(_request(self._model, instructions, text))
        for pause in () if self._down else WAITS:
            try:
                reply = self._send(self._to, body, self._headers, self._timeout)
            except EndpointError:
                self._wait(pause)
                continue
            if reply.status not in _AGAIN:
                return self._taken(reply)
            self._wait(min(reply.retry_after, _LONGEST) if reply.retry_after is not None else pause)
        return self._last(body)

    def _last(self, body: bytes) -> str:
        try:
            reply = self._send(self._to, body, self._headers, self._timeout)
        except EndpointError:
            self._down = True
            raise
        self._down = self._down or reply.status in _BROKEN
        return self._taken(reply)

    def _taken(self, reply: Reply) -> str:
        """The answer in a reply."""
        if reply.status in _NEVER or 300 <= reply.status < 400:
            why = _NEVER.get(reply.status, "it leads elsewhere; name the address that it leads to")
            said = self._explained(reply.body) if reply.status != 401 else ""  # some repeat a part of the key
            message = f"{self._to}: {why} (HTTP {reply.status}{said})"
            raise UsageError(message)
        if reply.status != 200:
            raise EndpointError(str(self._to), f"HTTP {reply.status}{self._explained(reply.body)}")
        self._down = False
        try:
            answer = msgspec.json.decode(reply.body, type=_Answer)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            answer = _Answer()
        if not answer.choices:
            raise EndpointError(str(self._to), "what it answers is no chat completion; check --llm-url")
        return answer.choices[0].message.content or ""

    def _explained(self, body: bytes) -> str:
        """What the server says of a refusal, on one line, without the key should it stand there."""
        try:
            said = msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            return ""
        told = said.get("error", said.get("message")) if isinstance(said, dict) else None
        told = told.get("message") if isinstance(told, dict) else told
        if not isinstance(told, str) or not told.strip():
            return ""
        if self._key:
            told = told.replace(self._key, "[key]")
        line = " ".join("".join(letter if letter.isprintable() else " " for letter in told).split())
        return f": {line[:_SHOWN]}"


def _completions(path: str) -> str:
    own = path.rstrip("/")
    return own if own.endswith("/chat/completions") else f"{own}/chat/completions"


def _checked(key: str | None, to: Address) -> str | None:
    """A key fit to be sent; the messages do not show it."""
    own = (key or "").strip()
    if not own:
        return None
    if not (own.isascii() and own.isprintable()):
        message = "TADMOR_LLM_KEY holds what no key can hold; set it anew"
        raise UsageError(message)
    if not (to.secure or to.here):
        message = f"{to}: the key would travel unencrypted; use https, or unset TADMOR_LLM_KEY"
        raise UsageError(message)
    return own


def _request(model: str, instructions: str, text: str) -> dict[str, Any]:
    return {
        "model": model,
        "temperature": 0,
        "stream": False,
        "messages": [{"role": "system", "content": instructions}, {"role": "user", "content": text}],
    }
