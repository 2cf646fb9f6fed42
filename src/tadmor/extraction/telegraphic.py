"""Headlines and what is written like them: passives without their auxiliary."""

from tadmor.dictionaries.lexicon import Form
from tadmor.extraction.builder import Scene
from tadmor.extraction.frames import Frame
from tadmor.extraction.parse import Role
from tadmor.extraction.victims import is_counted, is_one_thing


def is_telegraphic(scene: Scene, number: int, frame: Frame) -> bool:
    """Headlines leave out "were": "13 civilians killed 43 others injured"."""
    main = scene.parse.main(scene.parse.pieces[number])
    if main.form is not Form.PAST or frame.subject is None or frame.object is None:
        return False
    if scene.parse.pieces[number - 1].role is not Role.NP:  # "an attack that killed 12 people"
        return False
    if not is_counted(scene, frame.subject) or is_one_thing(scene, frame.subject):  # "an attack on a clinic killed two"
        return False
    if "mostly" in scene.reading.lower[main.end : frame.object.end]:  # "over 400 wounded mostly children"
        return True
    if not is_counted(scene, frame.object):
        return False
    following = scene.parse.after(frame.object.number)
    return following is not None and following.role is Role.VERB and scene.parse.main(following).form is Form.PAST
