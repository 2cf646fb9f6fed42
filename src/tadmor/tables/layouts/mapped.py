"""Any table, by a file that says what its columns, words and days mean (YAML; `docs/formats.md` has an example)."""

from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec
import yaml

from tadmor.datamodel.claims import EventType
from tadmor.datamodel.tables import RowClaims
from tadmor.dictionaries.names import fold
from tadmor.tables.cells import Cell
from tadmor.tables.columns import BadRowError, Cells, Columns, plain
from tadmor.tables.layouts.rows import Layout
from tadmor.tables.making import Page

#: Bytes of a mapping file: a page or two.
_LARGEST = 100_000
#: What a user writes for rows of a type to be left out.
LEFT_OUT = "-"
#: What columns and constants can be, by what the table tells.
_ROLES = {
    "events": [
        "id",
        "date",
        "first_day",
        "last_day",
        "place",
        "place_id",
        "lat",
        "lon",
        "country",
        "province",
        "district",
        "type",
        "actor",
        "target",
        "source",
        "notes",
        "killed",
        "killed_low",
        "killed_high",
        "wounded",
        "wounded_low",
        "wounded_high",
    ],
    "control": [
        "place",
        "place_id",
        "lat",
        "lon",
        "country",
        "province",
        "district",
        "status",
        "first_day",
        "last_day",
        "notes",
    ],
}
_DAYS = frozenset({"date", "first_day", "last_day"})
#: Roles whose value may be the same for all rows: those of which no words are quoted.
_CONSTANT = frozenset({"country", "province", "district", "type"})
_KEYS = ("table", "source", "columns", "constants", "types", "holders", "days", "empty")


class TableMapping(msgspec.Struct, frozen=True, kw_only=True):
    """What a mapping file says.

    `table` is events or control; `columns` gives the table's column for each role; `constants` values of roles for all
    rows; `types` what the table's words for events mean (`LEFT_OUT`: rows to be left out); `holders` whom its statuses
    name; `days` how its days are written (as strptime has it); `empty` words that stand for nothing.
    """

    table: str
    source: str | None = None
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    types: dict[str, str] = {}
    holders: dict[str, str] = {}
    days: tuple[str, ...] = ()
    empty: tuple[str, ...] = ()


class MappingError(ValueError):
    """A mapping file that cannot be followed; its text begins with the line."""


def read_mapping(text: str) -> TableMapping:
    """A mapping file.

    Raises:
        MappingError: it is none; the text has the line and what to do.
    """
    if len(text) > _LARGEST:
        message = f"line 1: a mapping file has at most {_LARGEST:,} characters; this is something else"
        raise MappingError(message)
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        at = error.problem_mark or error.context_mark
        message = f"line {at.line + 1 if at is not None else 1}: {error.problem}; check the indents and colons"
        raise MappingError(message) from error
    except yaml.YAMLError as error:
        message = f"line 1: {' '.join(str(error).split())}"
        raise MappingError(message) from error
    if root is None:
        message = "line 1: holds nothing; begin with `table: events`"
        raise MappingError(message)
    return _mapping(_pairs(root))


def _mapping(told: dict[str, tuple[yaml.Node, yaml.Node]]) -> TableMapping:
    for name, (key, _) in told.items():
        if name not in _KEYS:
            raise _at(key, f"there is no {name!r} here; what can be told: {', '.join(_KEYS)}")
    table = _scalar(told["table"][1]) if "table" in told else "events"
    if table not in _ROLES:
        raise _at(told["table"][1], f"table {table!r} is neither events nor control")
    return TableMapping(
        table=table,
        source=_scalar(told["source"][1]) if "source" in told else None,
        columns=_roles(told, "columns", _ROLES[table]),
        constants=_roles(told, "constants", [role for role in _ROLES[table] if role in _CONSTANT]),
        types=_types(told),
        holders=_words(told, "holders"),
        days=_days(told),
        empty=_list(told, "empty"),
    )


def _roles(told: Mapping[str, tuple[yaml.Node, yaml.Node]], name: str, known: list[str]) -> dict[str, str]:
    found = {}
    for role, (key, value) in _pairs(told[name][1]).items() if name in told else ():
        if role not in known:
            raise _at(key, f"{role!r} is nothing that {name} can tell; that is {', '.join(known)}")
        found[role] = _scalar(value)
    return found


def _types(told: Mapping[str, tuple[yaml.Node, yaml.Node]]) -> dict[str, str]:
    kinds, found = [kind.value for kind in EventType], {}
    for word, (_, value) in _pairs(told["types"][1]).items() if "types" in told else ():
        kind = _scalar(value)
        if kind != LEFT_OUT and kind not in kinds:
            raise _at(value, f"{kind!r} is no type of event; write one of {', '.join(kinds)}, or {LEFT_OUT!r}")
        found[fold(word)] = kind
    return found


def _words(told: Mapping[str, tuple[yaml.Node, yaml.Node]], name: str) -> dict[str, str]:
    return {word: _scalar(value) for word, (_, value) in _pairs(told[name][1]).items()} if name in told else {}


def _days(told: Mapping[str, tuple[yaml.Node, yaml.Node]]) -> tuple[str, ...]:
    forms = _list(told, "days")
    for form in forms:
        try:
            back = datetime.strptime(datetime(2016, 12, 11).strftime(form), form)  # noqa: DTZ001, DTZ007 - no zone
        except ValueError:
            back = None
        if back is None or (back.month, back.day, back.year % 100) != (12, 11, 16):
            raise _at(told["days"][1], f"{form!r} tells no day; write how days are written, as '%d/%m/%Y'")
    return forms


def _list(told: Mapping[str, tuple[yaml.Node, yaml.Node]], name: str) -> tuple[str, ...]:
    if name not in told:
        return ()
    node = told[name][1]
    return tuple(map(_scalar, node.value)) if isinstance(node, yaml.SequenceNode) else (_scalar(node),)


def _pairs(node: yaml.Node) -> dict[str, tuple[yaml.Node, yaml.Node]]:
    if not isinstance(node, yaml.MappingNode):
        raise _at(node, "needs names with values, as `place: Town`")
    found: dict[str, tuple[yaml.Node, yaml.Node]] = {}
    for key, value in node.value:
        name = _scalar(key)
        if name in found:
            raise _at(key, f"{name!r} stands twice")
        found[name] = (key, value)
    return found


def _scalar(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _at(node, "needs one word or number here")
    return str(node.value)


def _at(node: yaml.Node, message: str) -> MappingError:
    return MappingError(f"line {node.start_mark.line + 1}: {message}")


class Mapped:
    """A layout of tables whose columns, words and days a mapping file explains."""

    name = "mapped"

    def __init__(self, mapping: TableMapping, inner: Layout) -> None:
        self.source = mapping.source
        self._mapping = mapping
        self._inner = inner
        self._empty = frozenset(word.strip() for word in mapping.empty)

    def fits(self, columns: Columns) -> bool:
        """The user says that it does; columns that it lacks are named when it is opened."""
        wanted = {plain(name) for name in self._mapping.columns.values()}
        return all(name in columns for name in wanted)

    def read(self, cells: Cells, page: Page) -> RowClaims | None:
        """What the row says, once its words are explained; nothing where its type is left out."""
        explained = _Explained(cells, self._mapping, self._explain)
        return None if explained.text("type") == LEFT_OUT else self._inner.read(explained, page)

    def _explain(self, role: str, cell: Cell) -> Cell | None:
        """A cell as the mapping has it.

        Raises:
            BadRowError: a type or a day that the mapping does not explain.
        """
        if cell.text in self._empty:
            return None
        if role in _DAYS and self._mapping.days:
            return cell._replace(text=self._day(cell.text))
        if role == "type" and self._mapping.types:
            kind = self._mapping.types.get(fold(cell.text))
            if kind is None:
                message = (
                    f"type {cell.text[:60]!r} is not among the mapping's types; add it there, or {LEFT_OUT!r} for it"
                )
                raise BadRowError(message)
            return cell._replace(text=kind)
        return cell

    def _day(self, written: str) -> str:
        for form in self._mapping.days:
            try:
                return datetime.strptime(written, form).date().isoformat()  # noqa: DTZ007 - a day has no zone
            except ValueError:
                continue
        message = f"day {written[:60]!r} is not written as the mapping's days say ({', '.join(self._mapping.days)})"
        raise BadRowError(message)


class _Explained(Cells):
    """A row whose cells are asked for by role alone: a column that has a role's name by chance is not taken for it."""

    def __init__(self, cells: Cells, mapping: TableMapping, explain: Callable[[str, Cell], Cell | None]) -> None:
        super().__init__(cells.row, cells.cells, cells.columns)
        self._mapping = mapping
        self._explain = explain

    def cell(self, *names: str) -> Cell | None:
        """The first of some roles that the row fills, as the mapping explains it."""
        for name in names:
            found = super().cell(name) if name in self._mapping.columns else None
            explained = self._explain(name, found) if found is not None else None
            if explained is None and name in self._mapping.constants:
                return Cell(self._mapping.constants[name], self.start, self.start)
            if explained is not None:
                return explained
        return None
