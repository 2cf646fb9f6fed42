"""Who may do what with a case: passwords, sessions, tokens, and the audit of all changes to them."""

import sqlite3
import stat
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher

from tadmor.datamodel.people import Doer, Known, Role, Scope
from tadmor.errors import UsageError
from tadmor.ledger import Ledger
from tadmor.ledger.accounts import ABSOLUTE, FILE, IDLE, LEAST, Accounts, secrets

BY = Doer(name="somebody", known=Known.SHELL)
PASSWORD, OTHER = "four words of mine", "other words of mine"


class Clock:
    """Time that a test lets pass."""

    def __init__(self):
        self.now = datetime(2030, 1, 1, tzinfo=UTC)

    def __call__(self):
        return self.now


#: As it is outside of these tests, most of which hash with little memory.
REAL = secrets._hasher


@pytest.fixture(autouse=True)
def _quick(monkeypatch):
    quick = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
    monkeypatch.setattr(secrets, "_hasher", lambda: quick)
    secrets._nobodys.cache_clear()
    yield
    secrets._nobodys.cache_clear()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def folder(tmp_path):
    with Ledger.open(tmp_path / "case", create=True):
        return tmp_path / "case"


@pytest.fixture
def people(folder, clock):
    """An admin and a reader."""
    with Accounts.open(folder, clock) as found:
        found.add("Ada Admin", Role.ADMIN, PASSWORD, BY)
        found.add("Rob Reader", Role.READER, PASSWORD, BY)
        yield found


def test_the_file_is_its_owners_alone(people, folder):
    assert stat.S_IMODE((folder / FILE).stat().st_mode) == 0o600


def test_no_secret_stands_in_the_file(people, folder):
    session = people.log_in("Ada Admin", PASSWORD, None)
    _, token = people.add_token("Ada Admin", "script", [Scope.READ], 30, BY)
    held = (folder / FILE).read_bytes()
    for secret in (PASSWORD, session, token):
        assert secret.encode() not in held
    assert b"$argon2id$" in held


def test_a_name_and_its_password_log_in_whatever_the_case_of_the_name(people):
    session = people.log_in("ada  ADMIN", PASSWORD, "192.0.2.1")
    person = people.person_of_session(session)
    assert (person.name, person.role, person.scopes) == ("Ada Admin", Role.ADMIN, frozenset(Scope))
    assert people.log_in("Ada Admin", OTHER, None) is None
    assert people.log_in("Nobody", PASSWORD, None) is None
    assert people.person_of_session("guessed") is None


@pytest.mark.parametrize("password", ["a" * (LEAST - 1), "a" * 40, "ab" * 20, "Ada AdminAda Admin", "x1y2" * 200, ""])
def test_a_password_that_is_easily_guessed_is_refused(people, password):
    with pytest.raises(UsageError, match="password"):
        people.set_password("Ada Admin", password, BY)
    assert people.log_in("Ada Admin", PASSWORD, None)


def test_a_password_is_kept_as_slow_to_guess_and_a_name_that_nobody_has_takes_the_same_work(
    people, folder, monkeypatch
):
    real, asked = REAL(), []

    class Watched:
        def verify(self, kept, password):
            asked.append(kept.rpartition("$")[0].rpartition("$")[0])
            return real.verify(kept, password)

        def hash(self, password):
            return real.hash(password)

    monkeypatch.setattr(secrets, "_hasher", Watched)
    people.set_password("Ada Admin", PASSWORD, BY)
    people.log_in("Ada Admin", OTHER, None)
    people.log_in("Nobody", OTHER, None)
    assert asked == ["$argon2id$v=19$m=65536,t=3,p=4"] * 2


def test_a_session_ends_when_nothing_is_asked_for_long(people, clock):
    session = people.log_in("Ada Admin", PASSWORD, None)
    clock.now += IDLE - timedelta(minutes=1)
    assert people.person_of_session(session)
    clock.now += IDLE - timedelta(minutes=1)
    assert people.person_of_session(session)
    clock.now += IDLE
    assert people.person_of_session(session) is None


def test_a_session_in_use_ends_too(people, clock):
    session = people.log_in("Ada Admin", PASSWORD, None)
    until = clock.now + ABSOLUTE
    while clock.now < until:
        assert people.person_of_session(session)
        clock.now += IDLE / 2
    assert people.person_of_session(session) is None


def test_logging_out_ends_one_session(people):
    first, second = people.log_in("Ada Admin", PASSWORD, None), people.log_in("Ada Admin", PASSWORD, None)
    people.log_out(first, BY)
    assert people.person_of_session(first) is None
    assert people.person_of_session(second)


def test_another_password_or_role_ends_all_sessions(people):
    session = people.log_in("Rob Reader", PASSWORD, None)
    people.set_role("Rob Reader", Role.REVIEWER, BY)
    assert people.person_of_session(session) is None
    session = people.log_in("Rob Reader", PASSWORD, None)
    people.set_password("Rob Reader", OTHER, BY)
    assert people.person_of_session(session) is None
    assert people.log_in("Rob Reader", PASSWORD, None) is None
    assert people.log_in("Rob Reader", OTHER, None)


def test_a_removed_account_opens_nothing(people):
    session = people.log_in("Rob Reader", PASSWORD, None)
    _, token = people.add_token("Rob Reader", "script", [Scope.READ], 30, BY)
    people.remove("Rob Reader", BY)
    people.add("Rob Reader", Role.READER, OTHER, BY)
    assert people.person_of_session(session) is None
    assert people.person_of_token(token) is None


def test_a_token_opens_what_it_says_until_it_expires(people, clock):
    made, secret = people.add_token("Ada Admin", "script", [Scope.REVIEW, Scope.READ], 30, BY)
    person = people.person_of_token(secret)
    assert (person.name, person.token, person.scopes) == ("Ada Admin", made.id, {Scope.READ, Scope.REVIEW})
    assert people.person_of_token(secret + "x") is None
    clock.now += timedelta(days=30)
    assert people.person_of_token(secret) is None


def test_a_token_never_has_more_than_its_account(people):
    with pytest.raises(UsageError, match="no scope review"):
        people.add_token("Rob Reader", "script", [Scope.READ, Scope.REVIEW], 30, BY)
    people.set_role("Rob Reader", Role.EDITOR, BY)
    _, secret = people.add_token("Rob Reader", "script", [Scope.READ, Scope.WRITE], 30, BY)
    people.set_role("Rob Reader", Role.READER, BY)
    assert people.person_of_token(secret).scopes == {Scope.READ}


def test_a_revoked_token_opens_nothing(people):
    made, secret = people.add_token("Ada Admin", "script", [Scope.READ], 30, BY)
    with pytest.raises(UsageError, match="no token"):
        people.revoke_token(made.id, BY, of="Rob Reader")
    people.revoke_token(made.id, BY)
    assert people.person_of_token(secret) is None
    with pytest.raises(UsageError, match="revoked before"):
        people.revoke_token(made.id, BY)


@pytest.mark.parametrize("days", [0, 400])
def test_a_token_ends_some_day(people, days):
    with pytest.raises(UsageError, match="days"):
        people.add_token("Ada Admin", "script", [Scope.READ], days, BY)


def test_where_there_are_accounts_one_is_an_admins(folder, clock):
    with Accounts.open(folder, clock) as people:
        with pytest.raises(UsageError, match="admin"):
            people.add("Rob Reader", Role.READER, PASSWORD, BY)
        people.add("Ada Admin", Role.ADMIN, PASSWORD, BY)
        people.add("Rob Reader", Role.READER, PASSWORD, BY)
        for change in (lambda: people.remove("Ada Admin", BY), lambda: people.set_role("Ada Admin", Role.READER, BY)):
            with pytest.raises(UsageError, match="admin"):
                change()
        assert [one.role for one in people.every()] == [Role.ADMIN, Role.READER]
        people.remove("Rob Reader", BY)
        people.remove("Ada Admin", BY)
        assert people.every() == ()


def test_a_name_stands_for_one_person(people):
    with pytest.raises(UsageError, match="already"):
        people.add("ADA admin", Role.READER, PASSWORD, BY)


def test_every_change_is_an_act_that_names_no_secret(people):
    people.log_in("Rob Reader", OTHER, "192.0.2.7")
    people.log_in(PASSWORD, "typed in the wrong field", "192.0.2.7")
    made, secret = people.add_token("Ada Admin", "script", [Scope.READ], 30, BY)
    people.revoke_token(made.id, BY)
    people.set_password("Rob Reader", OTHER, BY)
    told = people.acts(100)
    assert [one.what for one in reversed(told)] == [
        "account added", "account added", "log-in", "log-in", "token added", "token revoked", "password changed",
    ]  # fmt: skip
    failed = [(one.who, one.address, one.outcome) for one in told if one.what == "log-in"]
    assert failed == [("an unknown name", "192.0.2.7", "failed"), ("Rob Reader", "192.0.2.7", "failed")]
    assert not any(word in str(told) for word in (PASSWORD, OTHER, secret))
    assert people.verify() == []


@pytest.mark.parametrize(
    "change", ["UPDATE acts SET who = 'Eve' WHERE number = 1", "DELETE FROM acts WHERE number = 1"]
)
def test_an_act_that_was_changed_or_removed_is_found(people, folder, change):
    connection = sqlite3.connect(folder / FILE)
    with pytest.raises(sqlite3.IntegrityError, match="only added"):
        connection.execute(change)
    for verb in ("UPDATE", "DELETE"):
        connection.execute(f"DROP TRIGGER acts_no_{verb}")
    connection.execute(change)
    connection.commit()
    connection.close()
    assert [one.rule for one in people.verify()] == ["audit-broken"]


def test_whatever_is_noted_is_a_line_of_bounded_length(people):
    people.note(BY, "POST /\x00\ud800", "x" * 10_000, "a\nb")
    act = people.acts(1)[0]
    assert (act.what, len(act.about), act.outcome) == ("POST / ?", 500, "a b")
    assert people.verify() == []
