"""One request goes to the address that was named and to no other, and what goes wrong is one line."""

import io
import time

import pytest
from made_endpoint import Given

from tadmor.errors import EndpointError, UsageError
from tadmor.network import address_of
from tadmor.network.door import Reply, ask, post


@pytest.mark.parametrize(
    ("url", "shown", "here"),
    [
        ("http://localhost:8000/v1", "http://localhost:8000/v1", True),
        ("http://[::1]:11434/v1", "http://[::1]:11434/v1", True),
        ("http://127.0.0.2/v1", "http://127.0.0.2/v1", True),
        ("https://models.example.org", "https://models.example.org", False),
        ("https://models.example.org/v1?api-version=2&token=secret", "https://models.example.org/v1", False),
        ("http://localhost.example.org/v1", "http://localhost.example.org/v1", False),
    ],
)
def test_an_address_is_shown_without_what_follows_the_question_mark(url, shown, here):
    """It may hold a key; whether the address is this machine is told by its host."""
    found = address_of(url)
    assert (str(found), found.here) == (shown, here)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:8000",
        "ftp://example.org/v1",
        "http://",
        "http://example.org:port/v1",
        "http://[::1/v1",
        "http://exa mple.org",
        "http://example.org/v1\r\nHost: other",
        "http://пример.org",
    ],
)
def test_what_is_no_web_address_is_a_wrong_call(url):
    """The message says how one is written."""
    with pytest.raises(UsageError, match="write it as http://localhost:8000/v1"):
        address_of(url)


def test_an_address_with_a_password_is_a_wrong_call():
    """It would be shown and kept; the message does not repeat it."""
    with pytest.raises(UsageError) as caught:
        address_of("https://me:secret@example.org/v1")
    assert "secret" not in str(caught.value)


def test_a_request_arrives_as_it_was_sent(endpoint):
    """Path, query, headers and body; the reply comes back with its status."""
    endpoint.reply = lambda _asked: Given("é".encode(), 418, {"Retry-After": "7"})
    reply = post(address_of(f"{endpoint.url}/chat?api-version=2"), b'{"a": 1}', {"X-One": "1"}, 5)
    assert reply == Reply(418, "é".encode(), 7.0)
    (asked,) = endpoint.asked
    assert (asked.path, asked.headers["X-One"], asked.body) == ("/v1/chat?api-version=2", "1", {"a": 1})


def test_a_redirect_is_not_followed(endpoint):
    """A text goes to nobody but the host that was named."""
    endpoint.reply = lambda _asked: Given(status=307, headers={"Location": "http://127.0.0.1:9/elsewhere"})
    assert post(address_of(endpoint.url), b"{}", {}, 5).status == 307
    assert len(endpoint.asked) == 1


def test_no_proxy_of_the_environment_is_used(endpoint, monkeypatch):
    """What stands in HTTP_PROXY sees nothing."""
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    assert post(address_of(endpoint.url), b"{}", {}, 5).status == 200


def test_who_does_not_answer_in_time_is_given_up(endpoint):
    """The message names the address and the seconds."""
    endpoint.reply = lambda _asked: time.sleep(1) or Given()
    with pytest.raises(EndpointError, match=r"^http://127\.0\.0\.1:\d+/v1: no answer within 0\.2 seconds$"):
        post(address_of(endpoint.url), b"{}", {}, 0.2)


def test_an_endpoint_that_is_down_is_one_line(endpoint):
    """The message says that nobody answers, and why."""
    with pytest.raises(EndpointError, match=r"^http://127\.0\.0\.1:1/v1: no answer \(connection refused\)$"):
        post(address_of("http://127.0.0.1:1/v1"), b"{}", {}, 5)


def test_an_answer_that_breaks_off_is_none(endpoint):
    """Half an answer is not taken for one."""
    endpoint.reply = lambda _asked: Given(b"half", length=100)
    with pytest.raises(EndpointError, match="no answer"):
        post(address_of(endpoint.url), b"{}", {}, 5)


def test_an_answer_without_end_is_not_taken(endpoint, monkeypatch):
    """More than any list of claims needs is refused."""
    monkeypatch.setattr("tadmor.network.door.MOST_BYTES", 1000)
    endpoint.reply = lambda _asked: Given(b"x" * 2000)
    with pytest.raises(EndpointError, match="longer than 1,000 bytes"):
        post(address_of(endpoint.url), b"{}", {}, 5)


def test_another_protocol_is_no_answer(endpoint):
    """A server that does not speak TLS is named, not waited for."""
    with pytest.raises(EndpointError, match=r"^https://127\.0\.0\.1:\d+/v1: no answer \("):
        post(address_of(endpoint.url.replace("http:", "https:")), b"{}", {}, 5)


def test_a_file_is_sent_as_it_is_read(endpoint):
    """Of a body that is read as it is sent, the length is told before; the answer comes with its media type."""
    endpoint.reply = lambda _asked: Given(b"{}", 201, {"Content-Type": "application/json"})
    body = b'{"text": "%s"}' % (b"x" * 100_000)
    headers = {"Content-Length": str(len(body))}
    reply = ask("POST", address_of(endpoint.url), headers, 5, body=io.BytesIO(body))
    assert (reply.status, reply.media) == (201, "application/json")
    assert len(endpoint.asked[0].body["text"]) == 100_000


def test_more_may_be_taken_of_an_answer_where_the_caller_says_so(endpoint, monkeypatch):
    """An original may be longer than a list of claims."""
    monkeypatch.setattr("tadmor.network.door.MOST_BYTES", 1000)
    endpoint.reply = lambda _asked: Given(b"x" * 2000)
    assert len(ask("POST", address_of(endpoint.url), {}, 5, body=b"{}", most=2000).body) == 2000
