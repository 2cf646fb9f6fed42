"""The shipped network tells the same on every processor."""

import numpy as np

from tadmor.datamodel.claims import KINDS
from tadmor.extraction.learned.network import load_network

#: "[CLS] the army has taken the city [SEP]", and the first six numbers of what the encoder makes of "[CLS]", as an exact
#: sum of its weights of eight bits gives them.
PIECES = (101, 1996, 2390, 2038, 2579, 1996, 2103, 102)
STATES = (-0.4404, 0.3043, 0.4313, 0.3210, -0.2469, 0.0802)


def test_whole_numbers_are_added_without_loss():
    """Sums of signed weights overflow on processors without instructions of their own for them, and change every state."""
    states, _, _ = load_network().encoded(PIECES, np.zeros((len(PIECES), len(KINDS)), dtype=int).tolist())
    np.testing.assert_allclose(states[0, :6], STATES, atol=0.005)
