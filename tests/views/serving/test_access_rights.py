"""Who may do what: logging in, sessions, tokens, scopes, limits, and the audit of every write."""

import json
import re
import shutil
import subprocess
import sys

import pytest
from argon2 import PasswordHasher
from fastapi.testclient import TestClient
from made_site import client, laid_here
from starlette.websockets import WebSocketDisconnect

from tadmor.datamodel.people import SCOPES, Doer, Known, Role, Scope
from tadmor.ledger import Ledger
from tadmor.ledger.accounts import Accounts
from tadmor.views.deciding import decisions
from tadmor.views.serving import access
from tadmor.views.serving.admission import Admission
from tadmor.views.serving.app import Answering, application
from tadmor.views.serving.limits import GUESS, Buckets, Guesses, Limit
from tadmor.views.serving.scopes import RULES, needed
from tadmor.views.serving.shelf import Shelf

BY = Doer(name="somebody", known=Known.SHELL)
PASSWORD = "four words of mine"  # noqa: S105
NAMES = {role: f"{role.value.title()} Name" for role in Role}


@pytest.fixture(scope="module", autouse=True)
def _quick():
    """Passwords are hashed with little memory: that it takes a lot is the ledger's to test."""
    with pytest.MonkeyPatch.context() as patch:
        quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr("tadmor.ledger.accounts.secrets._hasher", lambda: quick)
        yield


@pytest.fixture(scope="module")
def staffed(laid_case, tmp_path_factory, _quick):
    """The small case with an account of each role, and nothing of what other tests left in its audit; tests copy it."""
    alone = shutil.ignore_patterns("accounts.db*")
    folder = shutil.copytree(laid_case, tmp_path_factory.mktemp("staffed") / "case", ignore=alone)
    with Accounts.open(folder) as people:
        for role in reversed(Role):
            people.add(NAMES[role], role, PASSWORD, BY)
    return folder


@pytest.fixture
def folder(staffed, tmp_path):
    return shutil.copytree(staffed, tmp_path / "case")


def browser(folder, base="http://localhost", **answering):
    """A browser that follows no redirect by itself."""
    app = application(Shelf(folder, laid_here), answering=Answering(**answering))
    return TestClient(app, base_url=base, follow_redirects=False)


@pytest.fixture
def site(folder):
    with browser(folder) as found:
        yield found


def token_of(page):
    return re.search(r'name="token" value="([0-9a-f]+)"', page.text)[1]


def log_in(site, name=NAMES[Role.ADMIN], password=PASSWORD, to="/"):
    form = {"token": token_of(site.get("/login")), "name": name, "password": password, "to": to}
    return site.post("/login", data=form)


def token(folder, role, *scopes):
    with Accounts.open(folder) as people:
        return people.add_token(NAMES[role], "test", scopes or sorted(SCOPES[role]), 30, BY)[1]


def bearing(secret):
    return {"authorization": f"Bearer {secret}"}


def acts(folder):
    """What was done, in the order done, without the accounts that were made first."""
    with Accounts.open(folder) as people:
        return [one for one in reversed(people.acts(1000)) if one.what != "account added"]


def a_claim(folder):
    with Ledger.open(folder) as ledger:
        return next(iter(ledger.claims())).id


def authors(folder):
    with Ledger.open(folder) as ledger:
        return [one.author for one in decisions(ledger, every=True)]


def review(folder, author="typed by hand"):
    return {"claim": a_claim(folder), "decision": "accept", "author": author, "reason": "I was there"}


def test_without_accounts_this_machine_reads_and_decides_without_logging_in(own):
    with browser(own) as site:
        assert site.get("/places").status_code == 200
        assert site.get("/login").headers["location"] == "/"
        assert site.post("/api/v1/reviews", json=review(own)).status_code == 201
        assert "Log out" not in site.get("/places").text
    assert authors(own) == ["typed by hand"]
    act = acts(own)[-1]
    assert (act.who, act.known, act.what, act.about) == (
        "typed by hand", "typed", "POST /api/v1/reviews", "decision 1",
    )  # fmt: skip


def test_where_there_are_accounts_people_are_led_to_the_log_in_on_this_machine_too(site):
    answer = site.get("/places/gn:163808?as_of=2016-06-01")
    assert answer.status_code == 303
    assert answer.headers["location"] == "/login?to=/places/gn%3A163808%3Fas_of%3D2016-06-01"
    assert "Palmyra" not in site.get("/login").text
    assert site.get("/assets/page.css").status_code == 200


@pytest.mark.parametrize("path", ["/api/v1/case", "/api/v1/reviews", "/api/v1/nowhere", "/openapi.json"])
def test_programs_are_told_that_nobody_is_logged_in(site, path):
    answer = site.get(path)
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert answer.headers["www-authenticate"] == 'Bearer realm="tadmor"'
    assert answer.headers["cache-control"] == "no-store"


def test_the_first_account_has_everybody_log_in_at_once(own):
    with browser(own) as site:
        assert site.get("/api/v1/case").status_code == 200
        with Accounts.open(own) as people:
            people.add("Ada Admin", Role.ADMIN, PASSWORD, BY)
        assert site.get("/api/v1/case").status_code == 401
        with Accounts.open(own) as people:
            people.remove("Ada Admin", BY)
        assert site.get("/api/v1/case").status_code == 200


def test_beyond_this_machine_everybody_logs_in_even_where_no_account_is_left(own):
    with browser(own, beyond=True) as site:
        assert site.get("/api/v1/case").status_code == 401
        assert site.get("/").status_code == 303


def test_a_name_and_its_password_open_the_record_until_logging_out(site):
    answer = log_in(site, to="/places?as_of=2016-06-01")
    assert (answer.status_code, answer.headers["location"]) == (303, "/places?as_of=2016-06-01")
    page = site.get("/places")
    assert page.status_code == 200
    assert "<bdi>Admin Name</bdi>" in page.text
    session = site.cookies["tadmor_session"]
    assert site.post("/logout").status_code == 303
    assert site.get("/places").status_code == 303
    assert site.get("/api/v1/case", headers={"cookie": f"tadmor_session={session}"}).status_code == 401


@pytest.mark.parametrize(
    ("base", "secure", "marked"),
    [("http://localhost", False, False), ("https://localhost", False, True), ("http://localhost", True, True)],
)
def test_the_cookie_is_kept_from_scripts_and_other_sites_and_by_tls_from_the_open_network(folder, base, secure, marked):
    with browser(folder, base, secure=secure) as site:
        cookie = log_in(site).headers["set-cookie"].casefold()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert ("; secure" in cookie) == marked
    assert "max-age" not in cookie


@pytest.mark.parametrize(
    "to",
    ["https://example.org/", "//example.org", "/\\example.org", "javascript:alert(1)", "/login?to=/login", "", "x"],
)
def test_logging_in_leads_to_no_other_site(site, to):
    assert log_in(site, to=to).headers["location"] == "/"


@pytest.mark.parametrize("name", [NAMES[Role.ADMIN], "Nobody", "<script>alert(1)</script>"])
def test_a_wrong_password_and_an_unknown_name_are_told_in_the_same_words_and_slowed_down_alike(site, name):
    told = [log_in(site, name, "not the password") for _ in range(int(GUESS.burst) + 1)]
    assert [one.status_code for one in told] == [403] * int(GUESS.burst) + [429]
    assert "name and password do not belong together" in told[0].text
    assert int(told[-1].headers["retry-after"]) >= 1
    assert "<script>alert" not in told[0].text
    assert log_in(site, name).status_code == 429  # the right one too


def test_log_ins_that_succeed_are_not_counted(site):
    assert {log_in(site).status_code for _ in range(int(GUESS.burst) + 3) if site.cookies.clear() is None} == {303}


def test_guesses_are_counted_by_address_and_by_name():
    now = [0.0]
    guesses = Guesses(lambda: now[0])
    assert all(not guesses.take(f"name {number}", "a") for number in range(20))
    assert guesses.take("one more", "a") > 0
    assert not guesses.take("one more", "b")
    assert [guesses.take("known", f"address {number}") > 0 for number in range(60)].count(False) == 50
    now[0] += 3600
    assert not guesses.take("known", "a")


def test_a_bucket_fills_again_steadily():
    now = [0.0]
    bucket = Buckets(Limit(burst=2, rate=0.5), lambda: now[0])
    assert [bucket.take("a") for _ in range(3)] == [0, 0, 2]
    assert bucket.take("b") == 0
    now[0] += 2
    assert [bucket.take("a") for _ in range(2)] == [0, 2]


def test_who_asks_too_often_is_told_when_to_ask_again(folder, laid_case, monkeypatch):
    monkeypatch.setattr(access, "READ", Limit(burst=3, rate=0.1))
    secrets = [token(folder, Role.READER), token(folder, Role.EDITOR)]
    with browser(folder) as site:
        told = [site.get("/api/v1/case", headers=bearing(secrets[0])) for _ in range(4)]
        assert [one.status_code for one in told] == [200, 200, 200, 429]
        assert int(told[-1].headers["retry-after"]) >= 1
        assert told[-1].headers["content-type"] == "application/problem+json"
        assert site.get("/api/v1/case", headers=bearing(secrets[1])).status_code == 200
    with browser(laid_case) as site:  # no accounts: nobody is slowed down
        assert {site.get("/api/v1/case").status_code for _ in range(10)} == {200}


@pytest.mark.parametrize(
    ("method", "path", "scope"),
    [
        ("GET", "/login", None), ("POST", "/login", None), ("POST", "/logout", None), ("GET", "/assets/page.css", None),
        ("GET", "/", Scope.READ), ("HEAD", "/api/v1/case", Scope.READ), ("GET", "/desk", Scope.READ),
        ("GET", "/static/record.js", Scope.READ), ("GET", "/openapi.json", Scope.READ), ("POST", "/me", Scope.READ),
        ("POST", "/api/v1/reviews", Scope.REVIEW), ("POST", "/desk/decisions", Scope.REVIEW),
        ("POST", "/uploads", Scope.WRITE), ("POST", "/api/v1/uploads", Scope.WRITE),
        ("GET", "/accounts", Scope.ADMIN), ("GET", "/audit", Scope.ADMIN), ("POST", "/accounts", Scope.ADMIN),
        ("GET", "/api/v1/accounts", Scope.ADMIN), ("GET", "/api/v1/audit/verify", Scope.ADMIN),
        ("POST", "/", Scope.ADMIN), ("DELETE", "/api/v1/reviews/1", Scope.ADMIN), ("PUT", "/assets/x", Scope.ADMIN),
        ("OPTIONS", "/", Scope.ADMIN), ("POST", "/api/v1/claims", Scope.ADMIN), ("BREW", "/login", Scope.ADMIN),
    ],
)  # fmt: skip
def test_what_each_request_needs(method, path, scope):
    assert needed(method, path) is scope


def test_no_rule_is_hidden_by_one_before_it():
    for number, rule in enumerate(RULES):
        for method in rule.methods:
            assert needed(method, rule.begins) == rule.scope, number


@pytest.mark.parametrize("role", Role)
def test_a_role_may_do_what_its_scopes_say_and_no_more(folder, role):
    secret, may = token(folder, role), SCOPES[role]
    with browser(folder) as site:
        asked = {
            Scope.READ: site.get("/api/v1/case", headers=bearing(secret)),
            Scope.REVIEW: site.post("/api/v1/reviews", json={}, headers=bearing(secret)),
            Scope.WRITE: site.post("/api/v1/uploads", headers=bearing(secret)),
            Scope.ADMIN: site.get("/api/v1/audit", headers=bearing(secret)),
        }
    assert {scope for scope, answer in asked.items() if answer.status_code not in (401, 403)} == may
    for scope in set(Scope) - may:
        assert asked[scope].headers["www-authenticate"].endswith(f'error="insufficient_scope", scope="{scope}"')


def test_a_page_that_a_person_may_not_see_says_so(site):
    log_in(site, NAMES[Role.REVIEWER])
    answer = site.get("/accounts")
    assert (answer.status_code, answer.headers["content-type"]) == (403, "text/html; charset=utf-8")
    assert "scope admin" in answer.text


def test_a_token_of_less_than_its_account_is_held_to_that(folder):
    secret = token(folder, Role.ADMIN, Scope.READ)
    with browser(folder) as site:
        assert site.get("/api/v1/case", headers=bearing(secret)).status_code == 200
        assert site.post("/api/v1/reviews", json=review(folder), headers=bearing(secret)).status_code == 403
        assert site.get("/api/v1/audit", headers=bearing(secret)).status_code == 403
    assert authors(folder) == []


def test_a_token_that_opens_nothing_is_not_made_up_for_by_a_session(site):
    log_in(site)
    for shown in ("Bearer wrong", "Bearer ", "Basic YTpi", ""):
        answer = site.get("/api/v1/case", headers={"authorization": shown})
        assert answer.status_code == 401
        assert 'error="invalid_token"' in answer.headers["www-authenticate"]
    assert site.get("/api/v1/case").status_code == 200


def test_the_author_of_a_decision_is_who_is_logged_in_whatever_is_typed(folder):
    secret = token(folder, Role.REVIEWER)
    with browser(folder) as site:
        assert site.post("/api/v1/reviews", json=review(folder, "Eve"), headers=bearing(secret)).status_code == 201
        log_in(site, NAMES[Role.EDITOR])
        claim = a_claim(folder)
        page = site.get(f"/desk/claims/{claim}")
        assert re.search(r'name="author"[^>]*readonly value="Editor Name"', page.text)
        form = {
            "token": token_of(page),
            "decision": f"reject {claim}",
            "author": "Eve",
            "reason": "so",
            "from": "claim",
        }
        assert site.post("/desk/decisions", data=form).status_code == 303
    assert authors(folder) == ["Reviewer Name", "Editor Name"]


def test_a_form_of_another_site_of_another_person_or_without_token_writes_nothing(folder):
    claim = a_claim(folder)
    form = {"decision": f"reject {claim}", "author": "Eve", "reason": "so"}
    with browser(folder) as site:
        log_in(site, NAMES[Role.EDITOR])
        old = token_of(site.get(f"/desk/claims/{claim}"))
        assert site.post("/desk/decisions", data=form).status_code == 403
        own = form | {"token": old}
        assert site.post("/desk/decisions", data=own, headers={"sec-fetch-site": "cross-site"}).status_code == 403
        assert site.post("/desk/decisions", data=own, headers={"origin": "https://example.org"}).status_code == 403
        assert site.post("/desk/decisions", data=own, headers={"origin": "null"}).status_code == 403
        site.cookies.delete("tadmor_session")
        log_in(site, NAMES[Role.REVIEWER])
        assert site.post("/desk/decisions", data=own).status_code == 403
        assert authors(folder) == []
        fresh = form | {"token": token_of(site.get(f"/desk/claims/{claim}"))}
        assert site.post("/desk/decisions", data=fresh, headers={"origin": "http://localhost"}).status_code == 303
    assert authors(folder) == ["Reviewer Name"]


def test_a_session_ends_while_serving_when_role_or_password_change(folder, site):
    for change in (
        lambda people: people.set_role(NAMES[Role.READER], Role.REVIEWER, BY),
        lambda people: people.set_password(NAMES[Role.READER], PASSWORD, BY),
    ):
        log_in(site, NAMES[Role.READER])
        assert site.get("/api/v1/case").status_code == 200
        with Accounts.open(folder) as people:
            change(people)
        assert site.get("/api/v1/case").status_code == 401
        site.cookies.clear()


def test_a_revoked_token_opens_nothing_at_once(folder, site):
    secret = token(folder, Role.READER)
    assert site.get("/api/v1/case", headers=bearing(secret)).status_code == 200
    with Accounts.open(folder) as people:
        people.revoke_token(people.tokens()[0].id, BY)
    assert site.get("/api/v1/case", headers=bearing(secret)).status_code == 401


def test_every_write_is_in_the_audit_with_who_where_what_and_how_it_ended(folder):
    secret, reading = token(folder, Role.REVIEWER), token(folder, Role.READER)
    with browser(folder) as site:
        site.post("/api/v1/reviews", json=review(folder), headers=bearing(secret))
        site.post("/api/v1/reviews", json={"reason": "x"}, headers=bearing(secret))
        site.post("/api/v1/reviews", json=review(folder), headers=bearing(reading))
        log_in(site)
        shown = site.get("/audit")
        told = site.get("/api/v1/audit?limit=2").json()
        rest = site.get(f"/api/v1/audit?limit=1000&cursor={told['next']}").json()
        verdict = site.get("/api/v1/audit/verify").json()
    found = [(one.who.partition(" (token")[0], one.known, one.about, one.outcome) for one in acts(folder)[2:]]
    assert found == [
        ("Reviewer Name", "token", "decision 1", "done (201)"),
        ("Reviewer Name", "token", "", "refused (422)"),
        ("Reader Name", "token", "", "refused (403)"),
        ("Admin Name", "account", "", "done"),
    ]
    assert {one.address for one in acts(folder)[2:]} == {"testclient"}
    assert "decision 1" in shown.text
    numbers = [one["number"] for one in told["acts"] + rest["acts"]]
    assert numbers == list(range(len(numbers), 0, -1))
    assert rest["next"] is None
    assert (verdict["holds"], verdict["acts"], verdict["head"]) == (True, len(numbers), told["acts"][0]["digest"])


def test_reading_leaves_nothing_in_the_audit(folder):
    secret = token(folder, Role.READER)
    before = acts(folder)
    with browser(folder) as site:
        assert site.get("/places", headers=bearing(secret)).status_code == 200
    assert acts(folder) == before


def send(site, page, **form):
    return site.post(page, data={"token": token_of(site.get(page)), **form})


def test_an_admin_makes_changes_and_removes_accounts_without_scripts(folder, site):
    log_in(site)
    name = "<script>alert(1)</script>"
    twice = {"password": PASSWORD, "again": PASSWORD}
    page = send(site, "/accounts", do="add", name=name, role="reader", **twice)
    assert "&lt;script&gt;alert(1)&lt;/script&gt; may log in now" in page.text
    assert "<script>alert" not in page.text
    assert send(site, "/accounts", do="add", name=name, role="reader", **twice).status_code == 422
    assert send(site, "/accounts", do="add", name="b", role="reader", password=PASSWORD, again="x").status_code == 422
    assert send(site, "/accounts", do="add", name="b", role="king", **twice).status_code == 422
    assert send(site, "/accounts", do="nothing").status_code == 422
    send(site, "/accounts", do="role", name=name, role="reviewer")
    send(site, "/accounts", do="remove", name=NAMES[Role.EDITOR])
    with Accounts.open(folder) as people:
        assert {one.name: one.role for one in people.every()} == {
            name: Role.REVIEWER, NAMES[Role.ADMIN]: Role.ADMIN, NAMES[Role.REVIEWER]: Role.REVIEWER,
            NAMES[Role.READER]: Role.READER,
        }  # fmt: skip
    with browser(folder) as other:
        assert log_in(other, name).status_code == 303
    assert "<script>alert" not in site.get("/audit").text


def test_a_token_is_shown_once(folder, site):
    log_in(site, NAMES[Role.REVIEWER])
    form = {"do": "token", "label": "notebook", "days": "30", "scope.read": "1", "scope.review": "1"}
    secret = re.search(r'id="secret">([^<]+)<', send(site, "/me", **form).text)[1]
    assert secret not in site.get("/me").text
    with browser(folder) as program:
        assert program.get("/api/v1/case", headers=bearing(secret)).status_code == 200
    assert send(site, "/me", **form | {"scope.admin": "1"}).status_code == 422
    with Accounts.open(folder) as people:
        (made,) = people.tokens()
    assert send(site, "/me", do="revoke", token_id=made.id).status_code == 200
    assert site.get("/api/v1/case", headers=bearing(secret)).status_code == 401


def test_a_person_changes_the_own_password_and_logs_in_anew(site):
    log_in(site, NAMES[Role.READER])
    fresh = {"password": "other words of mine", "again": "other words of mine"}
    assert send(site, "/me", do="password", now="wrong", **fresh).status_code == 422
    assert send(site, "/me", do="password", now=PASSWORD, **fresh).status_code == 303
    assert site.get("/api/v1/case").status_code == 401
    site.cookies.clear()
    assert log_in(site, NAMES[Role.READER]).status_code == 403
    assert log_in(site, NAMES[Role.READER], "other words of mine").status_code == 303


def test_a_token_makes_no_accounts_through_pages(folder, site):
    answer = site.post("/accounts", data={"do": "remove", "name": "x"}, headers=bearing(token(folder, Role.ADMIN)))
    assert answer.status_code == 403


def test_without_accounts_no_page_makes_the_first(own):
    with browser(own) as site:
        assert "account add" in site.get("/accounts").text
        form = {"do": "add", "name": "Eve", "role": "admin", "password": PASSWORD, "again": PASSWORD}
        form["token"] = token_of(site.get(f"/desk/claims/{a_claim(own)}"))
        assert site.post("/accounts", data=form).status_code == 403
        assert json.loads(site.get("/api/v1/accounts").content) == {"accounts": []}


def test_accounts_that_cannot_be_asked_let_nobody_in(folder):
    (folder / "accounts.db").write_bytes(b"no database at all, but long enough to be read as one")
    with browser(folder) as site:
        assert site.get("/api/v1/case").status_code == 503
        assert site.post("/api/v1/reviews", json=review(folder)).status_code == 503
    assert authors(folder) == []


def test_nothing_but_http_is_spoken(site):
    with pytest.raises(WebSocketDisconnect), site.websocket_connect("/"):
        pass


def test_a_look_at_the_accounts_lets_go_of_no_lock(folder):
    """The server looks at the file before each answer: a change that another thread is making stays the only one."""
    admission = Admission(folder)
    admission._look()
    again = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], timeout=0, isolation_level=None)\n"
        "connection.execute('BEGIN IMMEDIATE')\n"
    )
    with Accounts.open(folder) as people, people._writing():
        admission._look()
        call = [sys.executable, "-c", again, str(folder / "accounts.db")]
        other = subprocess.run(call, capture_output=True, text=True, check=False, timeout=30)
    assert "database is locked" in other.stderr


def test_accounts_that_were_put_in_place_of_others_are_seen(folder, tmp_path):
    """Another file at the same address, with the same count of changes, is another file."""
    admission = Admission(folder)
    before = admission._look()
    shutil.copy(folder / "accounts.db", tmp_path / "copy.db")
    (tmp_path / "copy.db").replace(folder / "accounts.db")
    assert admission._look() not in (None, before)
    (folder / "accounts.db").unlink()
    assert admission._look() is None


def test_an_original_that_is_fetched_is_noted(own):
    """Who took the bytes as obtained, and of which document; looking at the document is not noted."""
    with Ledger.open(own) as ledger:
        document = next(ledger.documents()).id
    with client(own) as site:
        assert site.get(f"/api/v1/documents/{document}").status_code == 200
        assert site.get(f"/api/v1/documents/{document}/original").status_code == 200
        assert site.get("/api/v1/documents/none/original").status_code == 404
    with Accounts.open(own) as accounts:
        assert [(act.what, act.about) for act in accounts.acts(5)] == [
            ("original handed out", f"of document {document}")
        ]


def test_tables_that_are_taken_along_are_noted_and_what_is_looked_at_is_not(own):
    """CSV, GeoJSON and JSON Lines, however they are asked for, with what was asked; the same list as JSON is a look."""
    with client(own) as site:
        assert site.get("/api/v1/claims?kind=control&limit=3").status_code == 200
        assert site.get("/api/v1/claims?kind=control&format=csv").status_code == 200
        assert site.get("/api/v1/control?day=2016-04-01", headers={"accept": "application/geo+json"}).status_code == 200
        tag = site.get("/api/v1/claims?format=jsonl").headers["etag"]
        assert site.get("/api/v1/claims?format=jsonl", headers={"if-none-match": tag}).status_code == 304
    with Accounts.open(own) as accounts:
        assert [(act.what, act.about) for act in reversed(accounts.acts(5))] == [
            ("export", "/api/v1/claims?kind=control&format=csv as csv"),
            ("export", "/api/v1/control?day=2016-04-01 as geojson"),
            ("export", "/api/v1/claims?format=jsonl as jsonl"),
        ]


def test_the_same_table_taken_along_again_within_the_hour_is_noted_once(own, monkeypatch):
    """Else a map that goes back to a day would fill the audit, and wait for it each time."""
    now = 0.0
    monkeypatch.setattr("tadmor.views.serving.access.time.monotonic", lambda: now)
    with client(own) as site:
        for now in (1.0, 2.0, 3601.0):  # noqa: B007 - the clock
            assert site.get("/api/v1/control?day=2016-04-01&format=geojson").status_code == 200
            assert site.get("/api/v1/claims?format=csv&limit=3").status_code == 200
    with Accounts.open(own) as accounts:
        assert [act.about.split("?")[0] for act in accounts.acts(9)] == ["/api/v1/claims", "/api/v1/control"] * 2
