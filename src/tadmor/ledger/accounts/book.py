"""The accounts of a case: opened, asked and changed; each change and its act in one transaction."""

import os
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Row, delete, func, insert, inspect, select, update
from sqlalchemy.exc import DatabaseError

from tadmor.datamodel.issues import Issue
from tadmor.datamodel.people import SCOPES, Account, Act, Doer, Known, Person, Role, Scope, Token
from tadmor.errors import CaseDamagedError, CaseNotWritableError, CaseTooNewError, UsageError
from tadmor.ledger.accounts import acts, secrets, sessions, tokens
from tadmor.ledger.accounts.tables import LAYOUT, ONLY_ADDED, accounts, layouts, metadata
from tadmor.ledger.case import CaseFolder
from tadmor.ledger.damage import guarded
from tadmor.ledger.store import engine_of, reading, transaction

#: Where the accounts of a case lie.
FILE = "accounts.db"
#: Most characters of a name and of a token's label.
_NAME = 100

Clock = Callable[[], datetime]
_Row = Row[tuple[object, ...]]


def person_name(given: str) -> str:
    """A name as it is kept.

    Raises:
        UsageError: it is none.
    """
    name = " ".join(unicodedata.normalize("NFKC", given).split())
    if not name or not name.isprintable() or len(name) > _NAME:
        message = f"{given!r} is no name of a person; take printable characters, {_NAME} at most"
        raise UsageError(message)
    return name


def folded(name: str) -> str:
    """A name by which people are told apart: without regard to case and to how it is composed."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _now() -> datetime:
    return datetime.now(UTC)


class Accounts:
    """The people of a case, their sessions and tokens, and what was done; any number of threads may ask."""

    def __init__(self, folder: Path, clock: Clock = _now) -> None:
        self._folder = folder
        self._clock = clock
        path = folder / FILE
        self._engine = engine_of(path, writable=os.access(path, os.W_OK), journal="DELETE")

    @classmethod
    def open(cls, folder: Path, clock: Clock = _now) -> Self:
        """The accounts of a case, whose file is made where there is none.

        Raises:
            CaseNotFoundError: no case is there.
            CaseNotWritableError: the file cannot be made.
            CaseDamagedError: it is no such file.
            CaseTooNewError: a later version wrote it.
        """
        CaseFolder(folder).find()
        path = folder / FILE
        try:
            # made before the database opens it, so that nobody else may read it for a moment
            os.close(os.open(path, os.O_CREAT | os.O_RDONLY, 0o600))
        except OSError as error:
            raise CaseNotWritableError(folder, error.strerror or str(error)) from error
        opened = cls(folder, clock)
        try:
            opened._lay()
        except DatabaseError as error:
            opened.close()
            raise CaseDamagedError(path, str(error.orig)) from error
        return opened

    @classmethod
    def there(cls, folder: Path) -> Self | None:
        """The accounts of a case that has a file of them."""
        return cls.open(folder) if (folder / FILE).is_file() else None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._engine.dispose()

    def _lay(self) -> None:
        with reading(self._engine) as connection:
            laid = inspect(connection).has_table(layouts.name)
            found = connection.execute(select(layouts.c.version)).scalar() if laid else None
        if found is not None and found > LAYOUT:
            raise CaseTooNewError(self._folder, f"accounts {found}", f"accounts {LAYOUT}")
        if found is None:
            with self._writing() as connection:
                if inspect(connection).has_table(layouts.name):  # another process was quicker
                    return
                metadata.create_all(connection)
                for verb in ("UPDATE", "DELETE"):
                    connection.exec_driver_sql(ONLY_ADDED.format(verb=verb))
                connection.execute(insert(layouts), {"version": LAYOUT})

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        with transaction(self._engine, self._folder) as connection:
            yield connection

    # ---- accounts

    def every(self) -> tuple[Account, ...]:
        """All accounts, by name."""
        with reading(self._engine) as connection:
            return tuple(_account(row) for row in connection.execute(select(accounts).order_by(accounts.c.folded)))

    def account(self, name: str) -> Account | None:
        """The account of a name."""
        with reading(self._engine) as connection:
            row = _row(connection, name)
        return _account(row) if row is not None else None

    def add(self, name: str, role: Role, password: str, by: Doer) -> Account:
        """A new account.

        Raises:
            UsageError: the name is taken or none, the password is weak, or nobody would be an admin.
        """
        name = person_name(name)
        secrets.check_password(password, name)
        kept, now = secrets.hashed(password), self._clock()
        made = Account(name=name, role=role, made=now, changed=now)
        with self._writing() as connection:
            if _row(connection, name) is not None:
                message = f"there is an account of {name} already"
                raise UsageError(message)
            moment = now.isoformat()
            row = {"folded": folded(name), "name": name, "role": role.value, "password": kept}
            connection.execute(insert(accounts), {**row, "made": moment, "changed": moment})
            _check_admins(connection)
            acts.append(connection, now, by, "account added", name, f"role {role}")
        return made

    def set_role(self, name: str, role: Role, by: Doer) -> Account:
        """Another role; the person has to log in again.

        Raises:
            UsageError: there is no such account, or nobody would be an admin.
        """
        with self._writing() as connection:
            found = _known(connection, name)
            self._change(connection, found.folded, role=role.value)
            _check_admins(connection)
            acts.append(connection, self._clock(), by, "role changed", found.name, f"{found.role} to {role}")
            return _account(_known(connection, name))

    def set_password(self, name: str, password: str, by: Doer) -> None:
        """Another password; the person has to log in again, everywhere.

        Raises:
            UsageError: there is no such account, or the password is weak.
        """
        secrets.check_password(password, name)
        kept = secrets.hashed(password)
        with self._writing() as connection:
            found = _known(connection, name)
            self._change(connection, found.folded, password=kept)
            acts.append(connection, self._clock(), by, "password changed", found.name, "done")

    def remove(self, name: str, by: Doer) -> None:
        """No account of this name, no session and no token of it.

        Raises:
            UsageError: there is none, or nobody would be an admin.
        """
        with self._writing() as connection:
            found = _known(connection, name)
            sessions.end_all(connection, found.folded)
            tokens.forget_all(connection, found.folded)
            connection.execute(delete(accounts).where(accounts.c.folded == found.folded))
            _check_admins(connection)
            acts.append(connection, self._clock(), by, "account removed", found.name, "done")

    def _change(self, connection: Connection, account: str, **values: str) -> None:
        changed = self._clock().isoformat()
        connection.execute(update(accounts).where(accounts.c.folded == account).values(changed=changed, **values))
        sessions.end_all(connection, account)

    # ---- logging in

    def log_in(self, name: str, password: str, address: str | None) -> str | None:
        """The id of a new session; `None` where name and password do not belong together.

        It takes as long for a name that nobody has. What was typed as a name is noted only where somebody has it:
        people type passwords there.
        """
        secrets.ready()
        with reading(self._engine) as connection:
            found = _row(connection, name)
        matches = secrets.right(password, found.password if found is not None else None)
        with self._writing() as connection:
            now = self._clock()
            again = _row(connection, name) if matches else None
            if found is None or again is None or again.password != found.password:
                who = found.name if found is not None else "an unknown name"
                by = Doer(name=who, known=Known.NOBODY, address=address)
                acts.append(connection, now, by, "log-in", "", "failed")
                return None
            by = Doer(name=found.name, known=Known.ACCOUNT, address=address)
            acts.append(connection, now, by, "log-in", "", "done")
            return sessions.begin(connection, found.folded, now)

    def log_out(self, session: str, by: Doer) -> None:
        """The session is over."""
        with self._writing() as connection:
            sessions.end(connection, session)
            acts.append(connection, self._clock(), by, "log-out", "", "done")

    def person_of_session(self, session: str) -> Person | None:
        """Who has a session, with what the role allows now; `None` where it is over."""
        now = self._clock()
        with reading(self._engine) as connection:
            found = sessions.account_of(connection, session, now)
            row = _row(connection, found[0]) if found is not None else None
        if found is None or row is None:
            return None
        if found[1]:
            with self._writing() as connection:
                sessions.note_use(connection, session, now)
        role = Role(row.role)
        return Person(name=row.name, role=role, scopes=SCOPES[role])

    # ---- tokens

    def add_token(self, name: str, label: str, scopes: Sequence[Scope], days: int, by: Doer) -> tuple[Token, str]:
        """A token of an account, and the secret, which is kept nowhere.

        Raises:
            UsageError: there is no such account, it has not all of these scopes, or the label or the days will not do.
        """
        label = person_name(label)
        if not 1 <= days <= tokens.LONGEST:
            message = f"a token lasts from 1 to {tokens.LONGEST} days, not {days}"
            raise UsageError(message)
        with self._writing() as connection:
            found = _known(connection, name)
            beyond = [one.value for one in scopes if one not in SCOPES[Role(found.role)]]
            if beyond or not scopes:
                told = f"a {found.role} has no scope {', '.join(beyond)}"
                message = told if beyond else "name the scopes of the token"
                raise UsageError(message)
            token, secret = tokens.make(connection, found, label, scopes, self._clock(), days)
            told = f"{' '.join(token.scopes)}, until {token.expires:%Y-%m-%d}"
            acts.append(connection, token.made, by, "token added", f"{token.id} of {found.name} ({label})", told)
        return token, secret

    def tokens(self, name: str | None = None) -> tuple[Token, ...]:
        """All tokens, or those of an account."""
        with reading(self._engine) as connection:
            return tokens.every(connection, folded(name) if name is not None else None)

    def revoke_token(self, identity: str, by: Doer, of: str | None = None) -> Token:
        """A token opens nothing any more; `of`: only if it is of this account.

        Raises:
            UsageError: there is none of this id, or it was revoked before.
        """
        with self._writing() as connection:
            found = tokens.one(connection, identity)
            if found is None or (of is not None and folded(found.account) != folded(of)):
                message = f"there is no token {identity}"
                raise UsageError(message)
            if found.revoked is not None:
                message = f"the token {identity} was revoked before"
                raise UsageError(message)
            tokens.revoke(connection, identity, self._clock())
            acts.append(connection, self._clock(), by, "token revoked", f"{identity} of {found.account}", "done")
        return found

    def person_of_token(self, secret: str) -> Person | None:
        """For whom a program acts, with what both the token and the role allow now; `None` where it opens nothing."""
        with reading(self._engine) as connection:
            found = tokens.of_secret(connection, secret)
            row = _row(connection, found.account) if found is not None else None
        if found is None or row is None or not found.opens(self._clock()):
            return None
        role = Role(row.role)
        return Person(name=row.name, role=role, scopes=SCOPES[role] & set(found.scopes), token=found.id)

    # ---- what was done

    def note(self, by: Doer, what: str, about: str, outcome: str) -> None:
        """Note something that was done elsewhere, or refused."""
        with self._writing() as connection:
            acts.append(connection, self._clock(), by, what, about, outcome)

    def acts(self, limit: int, before: int | None = None) -> tuple[Act, ...]:
        """What was done, the latest first."""
        with reading(self._engine) as connection:
            return acts.latest(connection, limit, before)

    def verify(self) -> list[Issue]:
        """Where the acts are not as they were written."""
        with reading(self._engine) as connection:
            return list(guarded(FILE, "audit-unreadable", acts.broken(connection)))


def _row(connection: Connection, name: str) -> _Row | None:
    return connection.execute(select(accounts).where(accounts.c.folded == folded(name))).first()


def _known(connection: Connection, name: str) -> _Row:
    found = _row(connection, name)
    if found is None:
        message = f"there is no account of {name}"
        raise UsageError(message)
    return found


def _check_admins(connection: Connection) -> None:
    """Where there are accounts, one is an admin's."""
    every = connection.execute(select(func.count()).select_from(accounts)).scalar_one()
    asked = select(func.count()).select_from(accounts).where(accounts.c.role == Role.ADMIN.value)
    if every and not connection.execute(asked).scalar_one():
        message = "one account has to be an admin's; add or keep one first"
        raise UsageError(message)


def _account(row: _Row) -> Account:
    return Account(
        name=row.name,
        role=Role(row.role),
        made=datetime.fromisoformat(row.made),
        changed=datetime.fromisoformat(row.changed),
    )
