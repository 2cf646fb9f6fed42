"""A case that an older tadmor wrote: refused with the way out, and brought up to date."""

import pytest
from alembic import command
from alembic.config import Config

from tadmor.ledger import Ledger
from tadmor.ledger.case import CaseFolder
from tadmor.ledger.store import engine_of


@pytest.fixture
def old(tmp_path):
    """A case as the first schema has it."""
    folder = CaseFolder(tmp_path / "old")
    folder.make()
    folder.describe()
    engine = engine_of(folder.ledger, writable=True)
    config = Config()
    config.set_main_option("script_location", "tadmor.ledger:migrations")
    config.set_main_option("path_separator", "os")
    with engine.connect() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
    engine.dispose()
    return folder.folder


def test_a_reader_is_told_how_to_go_on(tadmor, old):
    """What only reads changes nothing, and says which command does."""
    told = tadmor("brief", "--case", old)
    assert told.returncode == 3
    assert f"run tadmor upgrade --case {old}" in told.stderr
    assert told.stderr.count("\n") == 1


def test_upgrade_brings_it_up_to_date_once(tadmor, old):
    """It can be read then, holds what it held, and a second call has nothing to do."""
    assert "brought up to date from schema 0001" in tadmor("upgrade", "--case", old).stdout
    with Ledger.open(old) as ledger:
        assert ledger.counts()["claims"] == 0
    assert tadmor("verify", "--case", old).returncode == 0
    assert "up to date already" in tadmor("upgrade", "--case", old).stdout


def test_upgrade_makes_no_case(tadmor, tmp_path):
    """Where there is none, none is made."""
    told = tadmor("upgrade", "--case", tmp_path / "none")
    assert told.returncode == 3
    assert not (tmp_path / "none").exists()
