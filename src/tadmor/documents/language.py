"""Which language a document is in."""

#: Characters looked at: enough for certainty, and 0.1 ms of work.
LOOKED_AT = 2_000
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
    import py3langid  # noqa: PLC0415 - loads its model on import

    code, _ = py3langid.classify(start)
    return str(code)


#: No other language written in Latin letters has all of these among its commonest words.
_ENGLISH = frozenset(
    {"the", "of", "and", "in", "to", "a", "was", "were", "that", "by", "for", "on", "from", "with", "said"}
)


def _is_plainly_english(text: str) -> bool:
    """At least one word in six is one of English's commonest, "the" among them; in English prose it is one in three."""
    words = text.lower().split()
    common = [word for word in words if word in _ENGLISH]
    return len(common) * 6 >= len(words) and common.count("the") * 40 >= len(words)
