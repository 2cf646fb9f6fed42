"""What a form of the desk asks for."""

from collections.abc import Mapping

import msgspec

from tadmor.datamodel.identities import Kind
from tadmor.errors import UsageError
from tadmor.views.adding import Said
from tadmor.views.deciding import By
from tadmor.views.serving.writing import Adding, AnyWish, OnIdentity, OnNumber, OnSource, What, Wish, signed

_LARGEST = 2**63 - 1
_CHOOSE = "what is decided? Choose one of the buttons"


def wish_of(form: Mapping[str, str]) -> AnyWish:
    """What a form decides: its button names what, and the claims or the decision that it is on.

    Raises:
        UsageError: what it decides cannot be decided.
    """
    what, *rest = form.get("decision", "").split() or [""]
    by = signed(form.get("author", ""), form.get("reason", ""))
    match what:
        case "identity":
            return _on_two(form, by, same=rest[:1] == ["merge"])
        case "grade":
            return OnSource(source=form.get("source", ""), grade=form.get("grade", ""), by=by)
        case "add":
            return Adding(said=said_in(form), by=by)
        case "settle" | "take-back":
            return OnNumber(number=number(rest[0] if rest else ""), settles=what == "settle", by=by)
        case _:
            return _on_claims(what, rest, form, by)


def _on_claims(what: str, claims: list[str], form: Mapping[str, str], by: By) -> Wish:
    if what in ("link", "part") and len(claims) == 1:
        claims += form.get("other", "").split()[:1]
    try:
        meant = msgspec.convert(what, What)
    except msgspec.ValidationError as error:
        raise UsageError(_CHOOSE) from error
    fields = _corrected(form) if what == "correct" else {}
    return Wish(what=meant, claims=tuple(claims), by=by, fields=fields, blind=is_blind(form))


def is_blind(form: Mapping[str, str]) -> bool:
    """Is it said without seeing what others say?"""
    return form.get("blind") == "1"


def _on_two(form: Mapping[str, str], by: By, *, same: bool) -> OnIdentity:
    try:
        kind = msgspec.convert(form.get("kind"), Kind)
    except msgspec.ValidationError as error:
        raise UsageError(_CHOOSE) from error
    return OnIdentity(kind=kind, one=form.get("one", ""), other=form.get("other", ""), same=same, by=by)


def said_in(form: Mapping[str, str]) -> Said:
    """The claim that a form makes.

    Raises:
        UsageError: its words stand nowhere.
    """
    fields = {key.removeprefix("field."): value.strip() for key, value in form.items() if key.startswith("field.")}
    return Said(
        document=form.get("document", ""),
        kind=form.get("kind", ""),
        start=number(form["start"]) if form.get("start") else None,
        end=number(form["end"]) if form.get("end") else None,
        words=form.get("words"),
        modality=form.get("modality", ""),
        polarity=form.get("polarity", ""),
        fields={field: value for field, value in fields.items() if value},
    )


def number(typed: str) -> int:
    """A number as typed.

    Raises:
        UsageError: it is none.
    """
    if not (typed.isascii() and typed.isdigit() and len(typed) < 20 and int(typed) <= _LARGEST):
        message = f"{typed[:20]!r} is no number"
        raise UsageError(message)
    return int(typed)


def _corrected(form: Mapping[str, str]) -> dict[str, str]:
    """The fields that say something else than when the form was shown."""
    now = {key.removeprefix("set."): value.strip() for key, value in form.items() if key.startswith("set.")}
    return {field: value for field, value in now.items() if value != form.get(f"was.{field}", "").strip()}
