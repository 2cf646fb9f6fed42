"""Who is answered: this machine, by its own names; what every answer carries; a case that changes meanwhile."""

import io
import socket
import subprocess
import sys
from datetime import date

import pytest
from fastapi.testclient import TestClient
from made_site import Done, client, laid_here

from tadmor.datamodel.history import Decision
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.views.deciding import By, on_claim
from tadmor.views.laying import atlas_path
from tadmor.views.serve import names_of
from tadmor.views.serving.app import Answering, application
from tadmor.views.serving.guarding import POLICY
from tadmor.views.serving.shelf import FailedError, NotReadyError, Shelf


def test_every_answer_carries_the_policy(site):
    for address in ("/", "/api/v1/case", "/nowhere", "/assets/page.css"):
        headers = site.get(address).headers
        assert headers["content-security-policy"] == POLICY
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
        assert "server" not in headers


def test_the_policy_lets_nothing_in_from_elsewhere():
    assert "http" not in POLICY
    assert "unsafe" not in POLICY
    assert POLICY.startswith("default-src 'none'")


@pytest.mark.parametrize("host", ["example.org", "example.org:8321", "127.0.0.1.example.org", "", "[::2]:8321"])
def test_a_name_that_is_not_of_this_machine_is_turned_away(site, host):
    assert site.get("/api/v1/case", headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", ["localhost", "localhost:8321", "127.0.0.1:8321", "[::1]:8321", "LOCALHOST"])
def test_names_of_this_machine_are_answered(site, host):
    assert site.get("/api/v1/case", headers={"host": host}).status_code == 200


@pytest.mark.parametrize("site_of", ["cross-site", "same-site"])
def test_a_page_of_another_site_cannot_write(site, site_of):
    assert site.post("/api/v1/case", headers={"sec-fetch-site": site_of}).status_code == 403
    assert site.post("/api/v1/case", headers={"sec-fetch-site": "same-origin"}).status_code == 405


@pytest.mark.parametrize("origin", ["http://example.org", "http://localhost:9", "http://localhost.example.org", "null"])
def test_a_page_of_another_origin_cannot_write_where_the_browser_tells_no_more(site, origin):
    assert site.post("/api/v1/case", headers={"origin": origin}).status_code == 403
    assert site.post("/api/v1/case", headers={"origin": "http://localhost"}).status_code == 405


@pytest.mark.parametrize("host", ["0.0.0.0", "example.org"])  # noqa: S104 - what is refused
def test_others_are_not_served_without_accounts(tadmor, case, host):
    done = tadmor("serve", "--case", case, "--host", host, "--name", "case.example.org")
    assert (done.returncode, done.stderr) == (
        2,
        (
            f"tadmor: {host}: others could reach this address, and there are no accounts; make one first: "
            f"tadmor account add NAME --role admin --case {case}\n"
        ),
    )


def test_https_takes_a_certificate_and_its_key(tadmor, case):
    for given in (("--tls-cert", case / "case.toml"), ("--tls-cert", case / "case.toml", "--tls-key", case / "none")):
        done = tadmor("serve", "--case", case, *given)
        assert (done.returncode, done.stderr.count("\n")) == (2, 1)


@pytest.mark.parametrize(
    ("host", "names", "answered"),
    [
        ("127.0.0.1", [], {"localhost", "127.0.0.1", "[::1]"}),
        ("127.3.2.1", [], {"127.3.2.1", "localhost", "127.0.0.1", "[::1]"}),
        ("192.0.2.7", [], {"192.0.2.7"}),
        ("192.0.2.7", ["Case.Example.org"], {"192.0.2.7", "case.example.org"}),
        ("2001:db8::1", [], {"[2001:db8::1]"}),
    ],
)
def test_it_answers_to_the_address_and_the_names_given(host, names, answered):
    assert names_of(host, names) == answered


@pytest.mark.parametrize(("host", "name"), [("0.0.0.0", None), ("127.0.0.1", "http://a"), ("127.0.0.1", "a:80")])  # noqa: S104
def test_names_are_names_and_an_address_that_is_every_address_takes_one(host, name):
    with pytest.raises(UsageError, match=r"--name|no name"):
        names_of(host, [name] if name else [])


def test_a_name_that_was_given_is_answered_and_no_other(case):
    app = application(Shelf(case, laid_here), answering=Answering(names_of("192.0.2.7", ["case.example.org"])))
    with TestClient(app, base_url="http://case.example.org") as site:
        assert site.get("/api/v1/case").status_code == 200
        assert site.get("/api/v1/case", headers={"host": "192.0.2.7:8321"}).status_code == 200
        assert site.get("/api/v1/case", headers={"host": "localhost"}).status_code == 421


def test_a_port_that_is_taken_is_one_line(case):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        call = [sys.executable, "-m", "tadmor.views.cli", "serve", "--case", case, "--port", str(port)]
        done = subprocess.run(call, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stderr) == (
        2,
        f"tadmor: port {port} of 127.0.0.1 is taken; name another with --port\n",
    )


@pytest.fixture
def growing(tadmor, tmp_path):
    """A case of one report, and a second to be read into it."""
    first, second = tmp_path / "first.txt", tmp_path / "second.txt"
    first.write_text("Army takes Palmyra\nReuters\n2016-03-27\n\nThe Syrian army captured Palmyra on Sunday.\n")
    second.write_text("Raqqa falls\nReuters\n2017-10-17\n\nThe SDF captured Raqqa from Islamic State on Tuesday.\n")
    tadmor("read", first, "--case", tmp_path / "case")
    return tmp_path / "case", second


class Slow(Done):
    """A process that has not ended yet."""

    returncode = None

    def wait(self, timeout=None):
        if timeout is None:  # it was told to end
            return 0
        raise subprocess.TimeoutExpired("laying", timeout)


def test_the_last_record_is_shown_while_a_changed_case_is_concluded(growing, tadmor, monkeypatch):
    folder, second = growing
    monkeypatch.setattr("tadmor.views.serving.shelf._FRESH", -1)
    begun = []

    def later(of, day):
        begun.append(day)
        return laid_here(of, day) if len(begun) == 1 else Slow()

    shelf = Shelf(folder, later)
    before = shelf.atlas()
    tadmor("read", second, "--case", folder)
    during = shelf.atlas()
    assert (during.concluding, during.key) == (True, before.key)
    assert shelf.atlas().concluding
    assert len(begun) == 2  # begun once, whoever asks
    laid_here(folder, None)
    after = shelf.atlas()
    assert not after.concluding
    assert after.key != before.key
    shelf.close()


def test_the_pages_say_that_a_record_is_being_concluded(growing, tadmor, monkeypatch):
    folder, second = growing
    monkeypatch.setattr("tadmor.views.serving.shelf._FRESH", -1)
    begun = []

    def later(of, day):
        begun.append(day)
        return laid_here(of, day) if len(begun) == 1 else Slow()

    with client(folder, later) as site:
        assert "concluded anew" not in site.get("/places").text
        tadmor("read", second, "--case", folder)
        page = site.get("/places").text
        assert "concluded anew" in page
        assert "Raqqa" not in page
        assert site.get("/api/v1/case").json()["concluding"]
        laid_here(folder, None)
        page = site.get("/places").text
        assert "concluded anew" not in page
        assert "Raqqa" in page


def test_of_a_case_that_goes_on_changing_each_record_that_is_made_is_shown(growing, tadmor, monkeypatch):
    """A record that was laid out of a later state than it was begun for stands in until the next."""
    folder, second = growing
    monkeypatch.setattr("tadmor.views.serving.shelf._FRESH", -1)
    shelf = Shelf(folder, laid_here)
    first = shelf.atlas().key
    makers = []

    class Told(Done):
        def __init__(self):
            self.stdout = io.BytesIO()
            self.returncode = None

        def poll(self):
            return self.returncode

    def begun(*_):
        makers.append(Told())
        return makers[-1]

    shelf._start = begun
    tadmor("read", second, "--case", folder)
    assert (shelf.atlas().key, len(makers)) == (first, 1)
    decide_on_a_claim(folder)
    laid_here(folder, None)
    with Ledger.open(folder) as ledger:
        made = atlas_path(ledger, None).stem
    makers[0].stdout.write(made.encode())
    makers[0].stdout.seek(0)
    makers[0].returncode = 0
    decide_on_a_claim(folder)
    later = shelf.atlas()
    assert (later.key, later.concluding) == (made, True)


def test_between_two_records_of_a_changing_case_the_server_rests(growing, tadmor, monkeypatch):
    """As long as the last one took, unless a decision was made here: that is followed at once."""
    folder, _ = growing
    monkeypatch.setattr("tadmor.views.serving.shelf._FRESH", -1)
    clock = [0.0]
    monkeypatch.setattr("tadmor.views.serving.shelf.monotonic", lambda: clock[0])
    begun = []

    def taking_ten_seconds(of, day):
        begun.append(clock[0])
        clock[0] += 10
        return laid_here(of, day)

    shelf = Shelf(folder, taking_ten_seconds)
    shelf.atlas()
    decide_on_a_claim(folder)
    for moment in (12.0, 19.0, 20.5):
        clock[0] = moment
        shelf.atlas()
    assert begun == [0.0, 20.5]
    decide_on_a_claim(folder)
    shelf.look_again()
    shelf.atlas()
    assert begun == [0.0, 20.5, 30.5]


def decide_on_a_claim(folder):
    with Ledger.open(folder, writable=True) as ledger:
        claim = next(iter(ledger.claims()))
        on_claim(ledger, claim, Decision.ACCEPT, By.now("A. Reviewer", "read it again"))


def test_a_day_that_takes_long_is_not_ready_and_one_that_fails_says_why(growing, monkeypatch):
    folder, _ = growing
    monkeypatch.setattr("tadmor.views.serving.shelf.WAIT", 0.0)
    with pytest.raises(NotReadyError):
        Shelf(folder, lambda *_: Slow()).atlas(date(2016, 4, 1))

    class Failed(Done):
        returncode = 1

    shelf = Shelf(folder, lambda *_: Failed())
    monkeypatch.setattr("tadmor.views.serving.shelf.WAIT", 5.0)
    with pytest.raises(FailedError, match="ended with 1"):
        shelf.atlas(date(2016, 4, 1))


def test_a_program_that_was_changed_under_the_server_is_told(growing):
    folder, _ = growing
    elsewhere = Shelf(folder, lambda *_: Done())  # another program lays its atlas out under another name
    with pytest.raises(FailedError, match="start it again"):
        elsewhere.atlas(date(2016, 4, 1))


def test_a_process_of_its_own_lays_the_record_out(growing):
    folder, _ = growing
    shelf = Shelf(folder)
    with Ledger.open(folder) as ledger:
        assert ledger.head() in shelf.atlas(date(2016, 4, 1)).atlas.sheet("case").decode()
    shelf.close()
