"""The layouts of tables that can be imported. A new one is a module here and a line in `EVENTS`."""

from tadmor.tables.layouts.acled import Acled
from tadmor.tables.layouts.control import Control
from tadmor.tables.layouts.events import Events
from tadmor.tables.layouts.rows import Layout, UnknownStatusError
from tadmor.tables.layouts.ucdp import HEADLESS, Ucdp

__all__ = ["EVENTS", "HEADLESS", "Control", "Layout", "UnknownStatusError"]

#: Layouts of event tables, in the order tried: a table of one's own may have the columns of any.
EVENTS: tuple[Layout, ...] = (Ucdp(), Acled(), Events())
