"""Where output goes: colour and tables in a terminal; when piped, plain aligned text and tab-separated lists."""

import os
import sys
from collections.abc import Iterable, Sequence

from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

#: Columns of what is printed: wider lines are hard to read, whatever the terminal has.
WIDEST = 120
#: Where no terminal says how wide it is.
PIPED = 100


class Screen:
    """Standard output; `plain` when it is no terminal."""

    def __init__(self) -> None:
        self.plain = not sys.stdout.isatty()
        told = os.environ.get("COLUMNS", "")
        width = int(told) if told.isdigit() else None
        self.console = Console(highlight=False, width=(width or PIPED) if self.plain else width)
        self.console.width = min(self.console.width, WIDEST)
        self.width = self.console.width

    def heading(self, text: str, note: str = "") -> None:
        """A section's name, over a line."""
        line = Text(f"\n{text}", style="bold")
        line.append(f"  {note}" if note else "", style="dim not bold")
        line.append("\n" + "─" * self.width, style="dim not bold")
        self._print(line)

    def say(self, text: str | Text, style: str = "", indent: int = 0) -> None:
        """A paragraph, wrapped; its lines begin `indent` columns in."""
        line = text if isinstance(text, Text) else Text(text, style=style)
        self._print(Padding(line, (0, 0, 0, indent)) if indent else line)

    def pair(self, head: str | Text, text: Text, *, indent: int, room: int) -> None:
        """A head and a paragraph beside it, `room` columns in, whose lines all begin there."""
        grid = Table.grid(padding=0)
        grid.add_column(width=room)
        grid.add_column(ratio=1)
        grid.add_row(head, text)
        self._print(Padding(grid, (0, 0, 0, indent)))

    def table(self, columns: Sequence[str], rows: Iterable[Sequence[str | Text]], *, listed: bool = False) -> None:
        """A table whose last column takes the room left.

        Args:
            columns: heads; one that begins with ">" is a column of figures.
            rows: cells.
            listed: when piped, print a head and tab-separated lines for other programs.
        """
        if listed and self.plain:
            for row in ([column.lstrip(">") for column in columns], *rows):  # not through rich, which widens tabs
                sys.stdout.write("\t".join(" ".join(str(cell).split()) for cell in row) + "\n")
            return
        table = Table(box=None, show_edge=False, pad_edge=False, header_style="dim", padding=(0, 2, 0, 0))
        for number, column in enumerate(columns):
            last = number == len(columns) - 1
            table.add_column(
                column.lstrip(">"),
                justify="right" if column.startswith(">") else "left",
                overflow="fold",
                no_wrap=column.startswith(">"),
                ratio=1 if last else None,
            )
        for row in rows:
            table.add_row(*row)
        self._print(table)

    def _print(self, what: RenderableType) -> None:
        """Print; without the spaces that fill lines up, where nobody sees a ground colour."""
        if not self.plain:
            self.console.print(what)
            return
        with self.console.capture() as lines:
            self.console.print(what)
        sys.stdout.write("\n".join(line.rstrip() for line in lines.get().split("\n")))
