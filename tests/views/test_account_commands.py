"""`tadmor account` and `tadmor token`: who may log in, told and changed on the command line."""

import io
import json
import shutil
import sqlite3
import sys
from typing import NamedTuple

import pytest

from tadmor.datamodel.people import Doer, Known, Role
from tadmor.ledger.accounts import Accounts
from tadmor.views.cli import main

PASSWORD = "four words of mine\n"  # noqa: S105


class Done(NamedTuple):
    """How a call ended."""

    returncode: int
    stdout: str
    stderr: str


@pytest.fixture
def run(capsys, monkeypatch):
    """The command line in this process: what is tested starts no other."""

    def call(*words, input=""):  # noqa: A002 - as the other tests call it
        monkeypatch.setattr(sys, "argv", ["tadmor", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.StringIO(input))
        with pytest.raises(SystemExit) as ended:
            main()
        return Done(ended.value.code, *capsys.readouterr())

    return call


@pytest.fixture(scope="module")
def staffed_once(case, tmp_path_factory):
    """A copy of the small case with one admin."""
    folder = shutil.copytree(case, tmp_path_factory.mktemp("staffed") / "case")
    with Accounts.open(folder) as people:
        people.add("Ada Admin", Role.ADMIN, PASSWORD.strip(), Doer(name="somebody", known=Known.SHELL))
    return folder


@pytest.fixture
def staffed(staffed_once, tmp_path):
    """A copy that a test may change."""
    return shutil.copytree(staffed_once, tmp_path / "case")


def test_accounts_are_made_changed_listed_and_removed(run, staffed):
    done = run("account", "add", "Rob", "--role", "editor", "--case", staffed, input=PASSWORD)
    assert (done.returncode, done.stdout) == (0, "Rob may log in as an editor\n")
    assert "Rob is a reviewer now" in run("account", "role", "Rob", "reviewer", "--case", staffed).stdout
    assert "another password" in run("account", "password", "Rob", "--case", staffed, input=PASSWORD).stdout
    told = json.loads(run("account", "list", "--json", "--case", staffed).stdout)
    assert [(one["name"], one["role"]) for one in told] == [("Ada Admin", "admin"), ("Rob", "reviewer")]
    run("account", "remove", "Rob", "--case", staffed)
    assert "Rob" not in run("account", "list", "--case", staffed).stdout


@pytest.mark.parametrize(
    ("words", "typed", "told"),
    [
        (("account", "add", "Rob"), "short\n", "the password has 5 characters"),
        (("account", "add", "Rob"), "", "the password has 0 characters"),
        (("account", "add", "ada admin"), PASSWORD, "there is an account of ada admin already"),
        (("account", "add", " "), PASSWORD, "no name of a person"),
        (("account", "role", "Eve", "reader"), "", "there is no account of Eve"),
        (("account", "role", "Ada Admin", "reader"), "", "one account has to be an admin's"),
        (("account", "password", "Eve"), PASSWORD, "there is no account of Eve"),
        (("account", "remove", "Eve"), "", "there is no account of Eve"),
        (("token", "remove", "zz"), "", "there is no token zz"),
        (("token", "add", "Ada Admin", "--label", "x", "--days", "0"), "", "a token lasts from 1 to 366 days"),
        (("token", "add", "Ada Admin", "--label", "x", "--scope", "king"), "", "--scope"),
    ],
)
def test_what_cannot_be_is_one_line(run, staffed, words, typed, told):
    done = run(*words, "--case", staffed, input=typed)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_no_option_takes_a_password(run):
    for command in ("add", "password"):
        assert "--password" not in run("account", command, "--help").stdout


def test_a_token_is_printed_once_and_listed_without_its_secret(run, staffed):
    secret = run("token", "add", "Ada Admin", "--label", "export", "--case", staffed).stdout.strip()
    assert secret.startswith("tadmor_")
    (told,) = json.loads(run("token", "list", "--json", "--case", staffed).stdout)
    assert (told["account"], told["label"], told["scopes"]) == ("Ada Admin", "export", ["read"])
    assert secret not in run("token", "list", "--case", staffed).stdout
    assert run("token", "remove", told["id"], "--case", staffed).returncode == 0
    assert json.loads(run("token", "list", "--json", "--case", staffed).stdout)[0]["revoked"] is not None


def test_verify_finds_an_audit_that_was_changed(run, staffed):
    assert run("verify", "--case", staffed).returncode == 0
    connection = sqlite3.connect(staffed / "accounts.db")
    connection.execute("DROP TRIGGER acts_no_UPDATE")
    connection.execute("UPDATE acts SET who = 'Eve'")
    connection.commit()
    connection.close()
    done = run("verify", "--case", staffed)
    assert done.returncode == 1
    assert "the audit was changed here" in done.stderr
