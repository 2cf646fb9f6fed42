"""Who published a document that came without an outlet."""

import pytest
from made_documents import of_blocks

from tadmor.datamodel.documents import Form
from tadmor.datamodel.sources import SourceKind
from tadmor.dictionaries.sources import load_sources
from tadmor.grounding.publishing import publisher_named

BODY = (Form.BODY, "The army said on Monday that it had taken the bridge.")


def test_a_head_that_is_an_outlets_name_is_the_publisher():
    """A first line that is the name of a known agency, alone or with a date, says who publishes."""
    for head in ("Reuters", "Reuters, 11 December 2016"):
        found = publisher_named(of_blocks((Form.HEADLINE, head), BODY), load_sources())
        assert found is not None
        assert found.name == "Reuters"


@pytest.mark.parametrize("dateline", ["BEIRUT, May 21, 2015 (Reuters) -", "BEIRUT (Reuters) – Rebels fled on Monday."])
def test_a_dateline_names_its_agency(dateline):
    """The agency between brackets after a place in capitals reports the text."""
    found = publisher_named(of_blocks((Form.HEADLINE, "Rebels flee"), (Form.BODY, dateline), BODY), load_sources())
    assert found is not None
    assert found.kind is SourceKind.AGENCY


def test_a_headline_about_an_agency_is_no_publisher():
    """A headline that mentions a source, and brackets that name none, say nothing of who publishes."""
    blocks = ((Form.HEADLINE, "Reuters reporter freed"), (Form.BODY, "MANBIJ (Aleppo) - Shelling went on."), BODY)
    assert publisher_named(of_blocks(*blocks), load_sources()) is None
