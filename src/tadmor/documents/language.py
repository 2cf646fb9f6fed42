"""Which language a document is in."""

from functools import cache
from typing import Any

#: Characters looked at: enough for certainty, and 0.1 ms of work.
LOOKED_AT = 2_000
#: Languages told apart: those that reporting on wars is written in. With all 97, English of a wire without its commas
#: was taken for Nigerian Pidgin.
LANGUAGES = (
    *("am", "ar", "az", "be", "bg", "bn", "bs", "cs", "da", "de", "el", "en", "es", "et", "fa", "fi", "fr", "he"),
    *("hi", "hr", "hu", "hy", "id", "it", "ja", "ka", "kk", "ko", "ku", "lt", "lv", "mk", "my", "nl", "no", "pl"),
    *("ps", "pt", "ro", "ru", "si", "sk", "sl", "sq", "sr", "sv", "sw", "ta", "th", "tr", "uk", "ur", "uz", "vi", "zh"),
)
#: Below so many letters nothing certain can be said (short headlines are taken for Javanese).
FEWEST_LETTERS = 80


def identify(text: str) -> str | None:
    """BCP 47 code of the language, or `None` where the text is too short to tell.

    Text mostly in ASCII with the small words of English is told without the model, which takes 0.3 s to load.
    """
    start = text[:LOOKED_AT]
    if sum(letter.isalpha() for letter in start) < FEWEST_LETTERS:
        return None
    if _is_plainly_english(start):
        return "en"
    code, _ = _identifier().classify(start)
    return str(code)


@cache
def _identifier() -> Any:
    """The model, loaded once, for the languages that reports are found in."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - loads numpy and a model of 5 MB

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(list(LANGUAGES))
    return identifier


#: No other language written in Latin letters has all of these among its commonest words.
_ENGLISH = frozenset(
    {"the", "of", "and", "in", "to", "a", "was", "were", "that", "by", "for", "on", "from", "with", "said"}
)


def _is_plainly_english(text: str) -> bool:
    """At least one word in six is one of English's commonest, "the" among them; in English prose it is one in three."""
    words = text.lower().split()
    common = [word for word in words if word in _ENGLISH]
    return len(common) * 6 >= len(words) and common.count("the") * 40 >= len(words)
