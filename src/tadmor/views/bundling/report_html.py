"""The report as one page: no script, nothing from elsewhere, and every text in the direction of its own script."""

from collections.abc import Iterable, Iterator
from html import escape

from tadmor.views.bundling.report import Block, Facts, Heading, Text, Words
from tadmor.views.bundling.scripts import LEFTWARD

_STYLE = """
body { font: 16px/1.5 Georgia, "Noto Serif", "Noto Naskh Arabic", serif; color: #1a1a1a; background: #fff;
  margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 46rem }
h1 { font-size: 1.8rem; line-height: 1.25 }
h2 { margin-top: 2.5rem; border-bottom: 1px solid #777; font-size: 1.35rem }
h3 { margin-top: 2rem; font-size: 1.12rem }
h4 { margin-bottom: .4rem; font-size: 1rem }
dl { display: grid; grid-template-columns: minmax(8rem, 14rem) 1fr; gap: .2rem 1rem; margin: .8rem 0 }
dt { color: #555 }
dd { margin: 0 }
dt, dd, p, cite { overflow-wrap: anywhere }
blockquote { margin: 1rem 0; padding: .2rem 0 .2rem 1rem; border-inline-start: 4px solid #8a6d3b }
blockquote p { margin: .2rem 0; font-size: 1.08rem }
mark { background: #f6e7b4; color: inherit }
blockquote span { color: #555 }
cite { display: block; font-style: normal; font-size: .86rem; color: #444 }
@media (max-width: 34rem) { dl { grid-template-columns: 1fr } dd { margin-bottom: .4rem } }
@media print {
  body { padding: 0; font-size: 10.5pt }
  blockquote, dl { break-inside: avoid }
  h2, h3, h4 { break-after: avoid }
}
"""
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def as_html(blocks: Iterable[Block]) -> Iterator[bytes]:
    """The page, a block at a time."""
    every = iter(blocks)
    first = next(every)
    title = first.text if isinstance(first, Heading) else ""
    yield (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_text(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n"
    ).encode()
    yield _block(first)
    yield from map(_block, every)
    yield b"</main>\n</body>\n</html>\n"


def _text(text: str) -> str:
    """A text as markup; half a surrogate pair, which no encoding has, as the sign for what cannot be shown."""
    return escape(text.encode("utf-8", "replace").decode(), quote=True)


def _apart(text: str) -> str:
    """A text of the report's own, from left to right, with names in other directions kept to themselves."""
    return LEFTWARD.sub(lambda found: f"<bdi>{found[0]}</bdi>", _text(text))


def _block(block: Block) -> bytes:
    match block:
        case Heading():
            told = f"<h{block.level}>{_apart(block.text)}</h{block.level}>"
        case Text():
            told = f"<p>{_apart(block.text)}</p>"
        case Words():
            beneath = "".join(f"<cite>{_apart(line)}</cite>" for line in block.beneath)
            words = f"{_around(block.before)}<mark>{_text(block.words)}</mark>{_around(block.after)}"
            told = f'<blockquote><p dir="auto">{words}</p>{beneath}</blockquote>'
        case Facts():
            pairs = (
                f"<dt><bdi>{_text(name)}</bdi></dt><dd><bdi>{_text(value)}</bdi></dd>" for name, value in block.rows
            )
            told = f"<dl>{''.join(pairs)}</dl>"
    return f"{told}\n".encode()


def _around(text: str) -> str:
    return f"<span>{_text(text)}</span>" if text else ""


def _fact(name: str, value: str) -> str:
    return f"<dt>{_apart(name)}</dt><dd>{_apart(value)}</dd>"
