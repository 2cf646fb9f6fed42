"""Which documents count the same casualties: figures by document, linked in order of publication.

`accounts` brings together what one document says of one number of victims, `grounds` and `likeness` say how far two
accounts speak of the same ones, `linking` links them, and `interval` says within which bounds another voice counts.
"""

from tadmor.record.casualties.accounts import Account, accounts_of
from tadmor.record.casualties.interval import Spread, spread_of
from tadmor.record.casualties.linking import tallies_of
from tadmor.record.casualties.tally import Tally

__all__ = ["Account", "Spread", "Tally", "accounts_of", "spread_of", "tallies_of"]
