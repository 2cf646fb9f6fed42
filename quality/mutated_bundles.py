"""Single changes of a bundle: of its bytes, of its members, and of what the zip says about them."""

import io
import random
import warnings
import zipfile
from collections.abc import Callable

Members = list[tuple[zipfile.ZipInfo, bytes]]


def changed(kind: str, draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    """One change of a kind, in words, and the bundle with it; it is not what it was."""
    while True:
        what, data = KINDS[kind](draw, whole)
        if data != whole:
            return what, data


def _flipped(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    at = draw.randrange(len(whole))
    data = bytearray(whole)
    data[at] ^= 1 << draw.randrange(8)
    return f"a bit of byte {at}", bytes(data)


def _flipped_in_frame(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    """In what is no member's bytes: headers, directory, end."""
    frame = list(range(len(whole) - 22, len(whole)))
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        for one in packed.infolist():
            frame.extend(range(one.header_offset, one.header_offset + 30 + len(one.filename)))
        frame.extend(range(packed.start_dir, len(whole)))
    at = draw.choice(frame)
    data = bytearray(whole)
    data[at] ^= 1 << draw.randrange(8)
    return f"a bit of byte {at}, of the zip's own", bytes(data)


def _added_behind(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    return "bytes at the end", whole + draw.randbytes(draw.randrange(1, 40))


def _added_before(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    return "bytes at the beginning", draw.randbytes(draw.randrange(1, 40)) + whole


def _cut_off(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    left = draw.randrange(len(whole))
    return f"all behind byte {left} cut off", whole[:left]


def _edited(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    """A member written anew, with the checksums of the zip right."""
    members = _members(whole)
    at = draw.randrange(len(members))
    info, data = members[at]
    if not data:
        return "", whole
    other = bytearray(data)
    other[draw.randrange(len(data))] ^= 1 << draw.randrange(8)
    members[at] = (info, bytes(other))
    return f"a bit of {info.filename}", _packed(members)


def _grown(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    members = _members(whole)
    at = draw.randrange(len(members))
    info, data = members[at]
    members[at] = (info, data + draw.choice([b" ", b"\n", b"\0"]))
    return f"a byte more at the end of {info.filename}", _packed(members)


def _dropped(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    members = _members(whole)
    info, _ = members.pop(draw.randrange(len(members)))
    return f"{info.filename} dropped", _packed(members)


def _doubled(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    members = _members(whole)
    one = draw.choice(members)
    members.insert(draw.randrange(len(members) + 1), one)
    return f"{one[0].filename} doubled", _packed(members)


def _swapped(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    members = _members(whole)
    one, other = draw.sample(range(len(members)), 2)
    members[one], members[other] = members[other], members[one]
    return f"{members[one][0].filename} and {members[other][0].filename} in each other's place", _packed(members)


def _exchanged(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    members = _members(whole)
    one, other = draw.sample(range(len(members)), 2)
    (first, first_data), (second, second_data) = members[one], members[other]
    members[one], members[other] = (first, second_data), (second, first_data)
    return f"the bytes of {first.filename} and {second.filename} exchanged", _packed(members)


def _renamed(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    members = _members(whole)
    info, _ = draw.choice(members)
    was, info.filename = info.filename, draw.choice([f"{info.filename}x", f"../{info.filename}", info.filename.upper()])
    return f"{was} renamed {info.filename}", _packed(members)


def _dated(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    members = _members(whole)
    info, _ = draw.choice(members)
    info.date_time = (draw.randrange(1981, 2030), 1, 1, 0, 0, 0)
    return f"{info.filename} dated {info.date_time[0]}", _packed(members)


def _commented(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    members = _members(whole)
    info, _ = draw.choice(members)
    if draw.random() < 0.5:
        return "a comment on the zip", _packed(members, comment=b"seen")
    info.comment = b"seen"
    return f"a comment on {info.filename}", _packed(members)


def _permitted(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    members = _members(whole)
    info, _ = draw.choice(members)
    info.external_attr = draw.choice([0o100777, 0o120777, 0o100600]) << 16
    return f"other permissions of {info.filename}", _packed(members)


def _compressed(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    members = _members(whole)
    info, _ = draw.choice(members)
    info.compress_type = zipfile.ZIP_DEFLATED
    return f"{info.filename} compressed", _packed(members)


def _slipped_in(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    members = _members(whole)
    name = draw.choice(["originals/more.html", "verify2.py", "__pycache__/json.pyc", "json.py", "texts/"])
    members.insert(draw.randrange(len(members) + 1), (zipfile.ZipInfo(name), b"slipped in"))
    return f"{name} slipped in", _packed(members)


def _a_line(draw: random.Random, whole: bytes) -> tuple[str, bytes]:
    """A line of the rows, the history or the findings dropped, doubled or exchanged with the next."""
    members = _members(whole)
    lines = [
        at for at, (info, data) in enumerate(members) if info.filename.endswith(".jsonl") and data.count(b"\n") > 1
    ]
    at = draw.choice(lines)
    info, data = members[at]
    rows = data.splitlines(keepends=True)
    number = draw.randrange(len(rows) - 1)
    how = draw.choice(["dropped", "doubled", "exchanged"])
    if how == "dropped":
        del rows[number]
    elif how == "doubled":
        rows.insert(number, rows[number])
    else:
        rows[number], rows[number + 1] = rows[number + 1], rows[number]
    members[at] = (info, b"".join(rows))
    return f"line {number + 1} of {info.filename} {how}", _packed(members)


def _members(whole: bytes) -> Members:
    with zipfile.ZipFile(io.BytesIO(whole)) as packed:
        return [(one, packed.read(one)) for one in packed.infolist()]


def _packed(members: Members, comment: bytes = b"") -> bytes:
    """Written as a bundle is: where members are as they were, so is the file."""
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w") as packed:
        warnings.simplefilter("ignore")  # a doubled name is what is wanted
        for info, data in members:
            fresh = zipfile.ZipInfo(info.filename, info.date_time)
            fresh.compress_type, fresh.comment, fresh.external_attr = (
                info.compress_type,
                info.comment,
                info.external_attr,
            )
            fresh.flag_bits, fresh.create_system = info.flag_bits, 3
            packed.writestr(fresh, data)
        packed.comment = comment
    return buffer.getvalue()


#: Kinds of change.
KINDS: dict[str, Callable[[random.Random, bytes], tuple[str, bytes]]] = {
    "flipped byte": _flipped,
    "flipped byte of the zip": _flipped_in_frame,
    "added behind": _added_behind,
    "added before": _added_before,
    "cut off": _cut_off,
    "edited member": _edited,
    "grown member": _grown,
    "dropped member": _dropped,
    "doubled member": _doubled,
    "swapped members": _swapped,
    "exchanged members": _exchanged,
    "renamed member": _renamed,
    "dated member": _dated,
    "comment": _commented,
    "permissions": _permitted,
    "compressed member": _compressed,
    "slipped-in member": _slipped_in,
    "line of rows": _a_line,
}
