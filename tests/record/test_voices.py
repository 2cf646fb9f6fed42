"""Who really speaks in a claim."""

from claims_builder import control, outlet, unnamed, when

from tadmor.datamodel.documents import Copy, CopyKind
from tadmor.datamodel.sources import Source, SourceKind
from tadmor.record.independence import Voices

A, B = outlet("Gazette"), outlet("Weekly")
WIRE = Source(id="wire", name="Wire", kind=SourceKind.AGENCY)
DAY = when("2016-08-12")


def told(source, **more):
    return control(source, "sdf", DAY, **more)


def test_the_origin_speaks_not_its_relays():
    """Both outlets quote one agency."""
    assert Voices(claims := [told((A, WIRE)), told((B, WIRE))]).count(claims) == 1


def test_an_agency_and_an_outlet_of_its_own_are_two():
    """The outlet that reports by itself is a voice beside the agency."""
    assert Voices(claims := [told((A, WIRE)), told(B)]).count(claims) == 2


def test_one_owner_is_one_voice():
    """Two outlets of one house."""
    house = [outlet(name, owner="house") for name in ("Morning", "Evening")]
    assert Voices(claims := [told(one) for one in house]).count(claims) == 1


def test_owners_in_a_ring_do_no_harm():
    """Data that says A owns B and B owns A still gives voices."""
    ring = [outlet("One", owner="two"), outlet("Two", owner="one")]
    assert Voices(claims := [told(one) for one in ring]).count(claims) <= 2


def test_a_copy_speaks_with_the_voice_of_what_it_copies_and_only_there():
    """The copying outlet keeps its own voice in its other documents."""
    claims = [told(A, document="a"), told(B, document="b"), told(B, document="own")]
    voices = Voices(claims, [Copy(earlier="a", later="b", kind=CopyKind.SAME, share=1.0)])
    assert [voices.key(one) for one in claims] == ["gazette", "gazette", "weekly"]


def test_a_copy_of_a_copy_has_the_first_voice():
    """Three in a row speak with one voice."""
    third = outlet("Third")
    claims = [told(A, document="a"), told(B, document="b"), told(third, document="c")]
    copies = [Copy(earlier=one, later=two, kind=CopyKind.REWRITE, share=0.8) for one, two in (("a", "b"), ("b", "c"))]
    assert {Voices(claims, copies).key(one) for one in claims} == {"gazette"}


def test_a_quoting_document_shares_only_the_quoted_words():
    """A blog that quotes a passage speaks for itself elsewhere."""
    claims = [
        told(A, document="a", quote="The army took the town."),
        told(B, document="b", quote="The army took the town."),
        told(B, document="b", quote="My view is that it fell"),
    ]
    voices = Voices(claims, [Copy(earlier="a", later="b", kind=CopyKind.QUOTES, share=0.3)])
    assert [voices.key(one) for one in claims] == ["gazette", "gazette", "weekly"]


def test_a_rewrite_that_drops_its_source_keeps_the_voice():
    """The same words, once with the agency named and once without."""
    claims = [told((A, WIRE), document="a", quote="The army took it"), told(B, document="b", quote="The army took it")]
    voices = Voices(claims, [Copy(earlier="a", later="b", kind=CopyKind.REWRITE, share=0.9)])
    assert {voices.key(one) for one in claims} == {"wire"}


def test_two_origins_in_copied_text_stay_two():
    """Both copies quote two rivals: two voices, not one."""
    rival = unnamed("rebels")
    claims = [
        told((one, origin), document=name, quote=f"{origin.name} said so")
        for one, name in ((A, "a"), (B, "b"))
        for origin in (WIRE, rival)
    ]
    voices = Voices(claims, [Copy(earlier="a", later="b", kind=CopyKind.SAME, share=1.0)])
    assert voices.count(claims) == 2


def test_a_group_lists_who_carried_it():
    """Members are the outlets and the origin."""
    claims = [told((A, WIRE)), told((B, WIRE))]
    assert Voices(claims).group(claims)[0].members == ("gazette", "weekly", "wire")
