"""Who held which place on which day, from unequal voices: the numbers behind the record's control.

In come voices (`Voice`: the word of one source for each place and day, or nothing), the actors, and where the places
lie; out comes, for each place and day, how likely each actor holds it (`Fused`): as known at the end (`smoothed`) and
as could be known on the day itself (`filtered`), with what was learned of each voice and who copies whom.

No voice is believed in advance and no truth is shown. A place's holder is a hidden chain that rarely changes, and
rather to an actor who holds the places around it; a voice is a table of how it words what it sees, learned over all
places: how often its first word is right, how soon it corrects a wrong one, how often it leaves a right one. So a
change of word is news; a repetition only tells that the voice still did not correct itself, and tells less each day.
The method, its reasons and what lost against it stand in `docs/decisions/0011-maps-fused-without-labels.md`.

What is told is kept as spells, and the chains run over the days on which something is told alone: time and memory
grow with what is said, not with days times places. Words are numbers into a voice's own list. Nothing here knows a
source, an actor or a place by name.
"""

from tadmor.record.fusion.copying import Copying, copying
from tadmor.record.fusion.daily import Daily
from tadmor.record.fusion.fusing import Fused, fuse
from tadmor.record.fusion.handing import Change, changes
from tadmor.record.fusion.settings import Settings
from tadmor.record.fusion.updating import Place, Standing, begun, told
from tadmor.record.fusion.voices import SILENT, Spell, Voice, carried, from_arrays, from_grid, from_spells

__all__ = [
    "SILENT",
    "Change",
    "Copying",
    "Daily",
    "Fused",
    "Place",
    "Settings",
    "Spell",
    "Standing",
    "Voice",
    "begun",
    "carried",
    "changes",
    "copying",
    "from_arrays",
    "from_grid",
    "from_spells",
    "fuse",
    "told",
]
