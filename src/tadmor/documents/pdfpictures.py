"""The process that draws the pages of a PDF: bytes in, grey pictures (PGM) out, each behind its length."""

import sys

#: Dots an inch, which text recognition wants; and the most dots of a page: A3 at that.
DOTS, MOST_DOTS = 300, 20_000_000


def main() -> None:
    """Draw what stands on standard input; at most so many pages."""
    import pypdfium2 as pdfium  # noqa: PLC0415 - only this process loads PDFium

    document = pdfium.PdfDocument(sys.stdin.buffer.read())
    for number in range(min(len(document), int(sys.argv[1]))):
        page = document[number]
        width, height = page.get_size()
        scale = min(DOTS / 72, (MOST_DOTS / max(width * height, 1.0)) ** 0.5)
        dots = page.render(scale=scale, grayscale=True).to_numpy().squeeze()
        picture = b"P5 %d %d 255\n" % (dots.shape[1], dots.shape[0]) + dots.tobytes()
        sys.stdout.buffer.write(len(picture).to_bytes(8, "big") + picture)


if __name__ == "__main__":
    main()
