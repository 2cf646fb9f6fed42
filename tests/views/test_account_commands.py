"""`tadmor account` and `tadmor token`: who may log in, told and changed on the command line."""

import json
import shutil
import sqlite3

import pytest

PASSWORD = "four words of mine\n"  # noqa: S105


@pytest.fixture
def staffed(tadmor, case, tmp_path):
    """A copy of the small case with one admin."""
    folder = shutil.copytree(case, tmp_path / "case")
    done = tadmor("account", "add", "Ada Admin", "--role", "admin", "--case", folder, input=PASSWORD)
    assert (done.returncode, done.stdout) == (0, "Ada Admin may log in as an admin\n")
    return folder


def test_accounts_are_made_changed_listed_and_removed(tadmor, staffed):
    assert tadmor("account", "add", "Rob", "--case", staffed, input=PASSWORD).returncode == 0
    assert "Rob is a reviewer now" in tadmor("account", "role", "Rob", "reviewer", "--case", staffed).stdout
    assert "another password" in tadmor("account", "password", "Rob", "--case", staffed, input=PASSWORD).stdout
    told = json.loads(tadmor("account", "list", "--json", "--case", staffed).stdout)
    assert [(one["name"], one["role"]) for one in told] == [("Ada Admin", "admin"), ("Rob", "reviewer")]
    tadmor("account", "remove", "Rob", "--case", staffed)
    assert "Rob" not in tadmor("account", "list", "--case", staffed).stdout


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
def test_what_cannot_be_is_one_line(tadmor, staffed, words, typed, told):
    done = tadmor(*words, "--case", staffed, input=typed)
    assert done.returncode == 2
    assert told in done.stderr
    assert done.stderr.count("\n") == 1


def test_no_option_takes_a_password(tadmor):
    for command in ("add", "password"):
        assert "--password" not in tadmor("account", command, "--help").stdout


def test_a_token_is_printed_once_and_listed_without_its_secret(tadmor, staffed):
    secret = tadmor("token", "add", "Ada Admin", "--label", "export", "--case", staffed).stdout.strip()
    assert secret.startswith("tadmor_")
    (told,) = json.loads(tadmor("token", "list", "--json", "--case", staffed).stdout)
    assert (told["account"], told["label"], told["scopes"]) == ("Ada Admin", "export", ["read"])
    assert secret not in tadmor("token", "list", "--case", staffed).stdout
    assert tadmor("token", "remove", told["id"], "--case", staffed).returncode == 0
    assert json.loads(tadmor("token", "list", "--json", "--case", staffed).stdout)[0]["revoked"] is not None


def test_verify_finds_an_audit_that_was_changed(tadmor, staffed):
    assert tadmor("verify", "--case", staffed).returncode == 0
    connection = sqlite3.connect(staffed / "accounts.db")
    connection.execute("DROP TRIGGER acts_no_UPDATE")
    connection.execute("UPDATE acts SET who = 'Eve'")
    connection.commit()
    connection.close()
    done = tadmor("verify", "--case", staffed)
    assert done.returncode == 1
    assert "the audit was changed here" in done.stderr
