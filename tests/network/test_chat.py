"""What a model is asked, and what becomes of each way in which it may fail to answer."""

import json

import pytest
from made_endpoint import completion

from tadmor.errors import EndpointError, UsageError
from tadmor.network import Chat, address_of
from tadmor.network.chat import WAITS
from tadmor.network.door import Reply

URL = "https://models.example.org/v1"
KEY = "sk-very-secret"
GOOD = Reply(200, completion("yes").body)
DOWN = EndpointError(URL, "no answer (connection refused)")


class Line:
    """Gives prepared replies in turn, the last one for ever, and keeps what was sent and waited."""

    def __init__(self, *replies):
        self.replies = list(replies)
        self.sent = []
        self.waited = []

    def send(self, to, body, headers, timeout):
        self.sent.append((str(to), json.loads(body), headers, timeout))
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, Exception):
            raise reply
        return reply

    def chat(self, url=URL, **fields):
        return Chat(address_of(url), "made-up", send=self.send, wait=self.waited.append, **fields)


@pytest.mark.parametrize("url", [URL, f"{URL}/", f"{URL}/chat/completions"])
def test_the_model_is_asked_at_temperature_0(url):
    """One request with the instructions and the text; the answer is the message's content."""
    line = Line(GOOD)
    assert line.chat(url, key=KEY, timeout=9).complete("mark it", "Ибб fell.") == "yes"
    ((to, body, headers, timeout),) = line.sent
    assert (to, timeout) == (f"{URL}/chat/completions", 9)
    assert (body["model"], body["temperature"], body["stream"]) == ("made-up", 0, False)
    assert body["messages"] == [
        {"role": "system", "content": "mark it"},
        {"role": "user", "content": "Ибб fell."},
    ]
    assert headers["Authorization"] == f"Bearer {KEY}"


def test_without_a_key_none_is_sent():
    """Most endpoints on one's own machine ask for none."""
    line = Line(GOOD)
    line.chat("http://models.example.org/v1", key=" ").complete("", "")
    assert "Authorization" not in line.sent[0][2]


@pytest.mark.parametrize("failed", [Reply(429, b""), Reply(500, b""), Reply(503, b"busy"), DOWN])
def test_what_may_pass_is_tried_again(failed):
    """After longer and longer waits."""
    line = Line(failed, failed, GOOD)
    assert line.chat().complete("", "") == "yes"
    assert line.waited == list(WAITS[:2])


def test_a_server_says_when_to_ask_again():
    """Its wait is kept, up to a minute."""
    line = Line(Reply(429, b"", 7.0), Reply(429, b"", 3600.0), GOOD)
    line.chat().complete("", "")
    assert line.waited == [7.0, 60.0]


@pytest.mark.parametrize(
    ("failed", "why"),
    [(DOWN, "no answer (connection refused)"), (Reply(502, b"<html>"), "HTTP 502"), (Reply(429, b""), "HTTP 429")],
)
def test_after_the_last_try_it_is_one_line(failed, why):
    """The address and the reason."""
    line = Line(failed)
    with pytest.raises(EndpointError) as caught:
        line.chat().complete("", "")
    assert str(caught.value).startswith(URL)
    assert str(caught.value).endswith(why)
    assert line.waited == list(WAITS)


def test_a_service_that_is_down_does_not_hold_up_every_text():
    """Once all tries have failed, the next request has a single one, until one succeeds."""
    line = Line(*[DOWN] * (len(WAITS) + 2), GOOD, Reply(503, b""), GOOD)
    chat = line.chat()
    for _ in range(2):
        with pytest.raises(EndpointError):
            chat.complete("", "")
    assert line.waited == list(WAITS)
    assert chat.complete("", "") == "yes"
    assert chat.complete("", "") == "yes"
    assert line.waited == [*WAITS, WAITS[0]]


def test_a_text_that_is_refused_is_not_sent_again():
    """Too long, or not to the server's taste: its own words are shown, on one line and not for ever."""
    said = {"error": {"message": f"too  long\nfor {KEY}" + "x" * 500}}
    line = Line(Reply(400, json.dumps(said).encode()))
    with pytest.raises(EndpointError, match=r"HTTP 400: too long for \[key\]x+$") as caught:
        line.chat(key=KEY).complete("", "")
    assert len(str(caught.value)) < 260
    assert len(line.sent) == 1


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (Reply(401, json.dumps({"error": {"message": f"wrong: {KEY[:9]}"}}).encode()), "the key is refused"),
        (Reply(404, b'{"message": "no such model"}'), "HTTP 404: no such model"),
        (Reply(405, b""), "no chat-completions endpoint"),
        (Reply(302, b""), "leads elsewhere"),
    ],
)
def test_what_can_never_succeed_is_a_wrong_call(reply, why):
    """The key, the address or the model is wrong: no text after this one would fare better."""
    line = Line(reply)
    with pytest.raises(UsageError, match=why) as caught:
        line.chat(key=KEY).complete("", "")
    assert KEY[:9] not in str(caught.value)
    assert len(line.sent) == 1


@pytest.mark.parametrize(
    "body", [b"<html>hello</html>", b"{}", b'{"choices": []}', b'{"choices": 1}', b"\xff", b"[" * 9999]
)
def test_another_service_is_no_model(body):
    """A page of 200 that is no chat completion points at the address."""
    with pytest.raises(EndpointError, match="no chat completion; check --llm-url"):
        Line(Reply(200, body)).chat().complete("", "")


def test_a_model_that_says_nothing_gives_an_empty_answer():
    """A filter may leave the content out."""
    assert Line(Reply(200, completion(None).body)).chat().complete("", "") == ""


def test_a_key_does_not_travel_unencrypted():
    """Save to this machine."""
    with pytest.raises(UsageError, match="unencrypted") as caught:
        Line(GOOD).chat("http://models.example.org/v1", key=KEY)
    assert KEY not in str(caught.value)
    assert Line(GOOD).chat("http://localhost:8000/v1", key=KEY).complete("", "") == "yes"


@pytest.mark.parametrize("key", ["sk-one\r\nHost: other", "ключ", "a\x00b"])
def test_a_key_that_is_none_is_a_wrong_call(key):
    """It is not shown."""
    with pytest.raises(UsageError, match="set it anew") as caught:
        Line(GOOD).chat(key=key)
    assert key not in str(caught.value)
