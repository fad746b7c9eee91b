"""Growing: for each reader, documents that repeat one hostile thing as often as one likes, and how its time grows.

    python tests/growing.py              all (make growth): seconds of the last three lengths, each twice the one before
    python tests/growing.py docx "akn: n"    those whose names begin so

Each would cost a reader that looks back at what it has read a square of its length. Documents are made longer until
they take half a second; ends with 1 where an exponent over the last doubling is above 1.3. `tests/test_growth.py`
counts the lines that small ones run.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Callable, Sequence

import hostile
from hostile import W, word
from hostile_markup import akn, book, item, with_part
from layouts_markup import odt
from pries.reading import formats
from pries.reading.marks import Unreadable

FEW, MANY, ENOUGH, LEAST, MOST = 125, 128_000, 0.5, 0.1, 1.3  # times; seconds; the exponent that is allowed

TEXT = "Les États ont été priés d’agir."
RUN = "<w:r><w:t>{}</w:t></w:r>"
RAISED = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'
QUOTE, ITEM, CELLS, LAZY = "> a\n\n", "- a\n", "| a | b |\n", "a\n"
LINE = "<b>a</b>\n"
DELETED = "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" + RUN.format(TEXT + " ") + "</w:p>"
CUSTOM = '<w:footnoteReference w:customMarkFollows="1" w:id="{}"/><w:t>*</w:t>'
CALL = '<w:r><w:footnoteReference w:id="1"/></w:r>'
CHANGED = "<w:ins>" + RUN.format("Agir. ") + "</w:ins><w:del><w:r><w:delText>Non.</w:delText></w:r></w:del>"
RELATION = hostile.MAIN.rpartition("/")[0]


def part(kind: str, body: str) -> dict[str, str | bytes]:
    """A part of a Word file (footnotes, styles, numbering) with the relation that names it."""
    rel = f'<Relationship Id="r1" Type="{RELATION}/{kind}" Target="{kind}.xml"/>'
    return {
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{hostile.RELATIONS}">{rel}</Relationships>',
        f"word/{kind}.xml": f'<w:{kind} xmlns:w="{W}">{body}</w:{kind}>',
    }


def notes(number: int) -> dict[str, str | bytes]:
    return part(
        "footnotes", "".join(f'<w:footnote w:id="{n}">{hostile.paragraph("Voir.")}</w:footnote>' for n in range(number))
    )


def levels(number: int) -> dict[str, str | bytes]:
    """A list of so many levels, which as many lists share."""
    level = "".join(f'<w:lvl w:ilvl="{n}"><w:pStyle w:val="s{n}"/></w:lvl>' for n in range(number))
    lists = "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="1"/></w:num>' for n in range(number))
    return part("numbering", f'<w:abstractNum w:abstractNumId="1">{level}</w:abstractNum>{lists}')


def linked(number: int) -> dict[str, str | bytes]:
    """So many lists that each take their levels from the list of a style."""
    lists = "".join(
        f'<w:abstractNum w:abstractNumId="{n}"><w:numStyleLink w:val="s"/></w:abstractNum>' for n in range(number)
    )
    return part(
        "numbering",
        lists + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in range(number)),
    )


def styled(number: int) -> dict[str, str | bytes]:
    """So many styles, each based on the one before."""
    return part(
        "styles",
        "".join(
            f'<w:style w:styleId="s{n}"><w:name w:val="n{n}"/><w:basedOn w:val="s{n - 1}"/></w:style>'
            for n in range(number)
        ),
    )


def of_style(n: int) -> str:
    return (
        f'<w:p><w:pPr><w:pStyle w:val="s{n}"/><w:numPr><w:numId w:val="{n}"/></w:numPr></w:pPr>{RUN.format(TEXT)}</w:p>'
    )


WORDS: dict[str, Callable[[int], bytes]] = {
    "paragraphs": lambda n: word(hostile.paragraph(TEXT) * n),
    "runs of a paragraph": lambda n: word(f"<w:p>{RUN.format('agir ') * n}</w:p>"),
    "texts of a run": lambda n: word(f"<w:p><w:r>{'<w:t>agir </w:t>' * n}</w:r></w:p>"),
    "raised figures": lambda n: word(f"<w:p>{(RUN.format('agir ') + RAISED.format('1')) * n}</w:p>"),
    "raised blanks": lambda n: word(f"<w:p>{RUN.format(' ') * n}{RAISED.format(' ') * n}{RUN.format(TEXT)}</w:p>"),
    "deleted ends": lambda n: word(DELETED * n),
    "changes": lambda n: word(f"<w:p>{CHANGED * n}</w:p>"),
    "own marks in a run": lambda n: word(
        "<w:p><w:r>" + "".join(map(CUSTOM.format, range(n))) + "</w:r></w:p>", more=notes(n)
    ),
    "calls of one note": lambda n: word(
        f"<w:p>{RUN.format(TEXT)}{CALL * n}</w:p>",
        more=part("footnotes", f'<w:footnote w:id="1">{hostile.paragraph(TEXT * n)}</w:footnote>'),
    ),
    "notes": lambda n: word(
        "".join(f'<w:p>{RUN.format(TEXT)}<w:r><w:footnoteReference w:id="{k}"/></w:r></w:p>' for k in range(n)),
        more=notes(n),
    ),
    "styles": lambda n: word("".join(map(of_style, range(n))), more=styled(n)),
    "levels": lambda n: word("".join(map(of_style, range(n))), more=levels(n)),
    "linked lists": lambda n: word("".join(map(of_style, range(n))), more=linked(n)),
    "cells of a row": lambda n: word(f"<w:tbl><w:tr>{f'<w:tc>{hostile.paragraph(TEXT)}</w:tc>' * n}</w:tr></w:tbl>"),
    "rows": lambda n: word(f"<w:tbl>{f'<w:tr><w:tc>{hostile.paragraph(TEXT)}</w:tc></w:tr>' * n}</w:tbl>"),
    "merged rows": lambda n: word(
        "<w:tbl>"
        + f"<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr>{hostile.paragraph('a')}</w:tc></w:tr>" * n
        + f"</w:tbl>{hostile.paragraph(TEXT)}"
    ),
    "boxes": lambda n: word(f"<w:p>{f'<w:r><w:txbxContent>{hostile.paragraph(TEXT)}</w:txbxContent></w:r>' * n}</w:p>"),
    "placeholders": lambda n: word(
        f"<w:p>{RUN.format(TEXT)}{'<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr></w:sdt>' * n}</w:p>"
    ),
    "properties": lambda n: word(f"<w:p><w:pPr>{'<w:rPr/>' * n}</w:pPr>{RUN.format(TEXT) * n}</w:p>"),
}
ROW_OF_ODT = f"<table:table-row><table:table-cell><text:p>{TEXT}</text:p></table:table-cell></table:table-row>"
ODTS: dict[str, Callable[[int], bytes]] = {
    "paragraphs": lambda n: odt(f"<text:p>{TEXT}</text:p>" * n),
    "spans": lambda n: odt(f"<text:p>{'<text:span>agir </text:span>' * n}</text:p>"),
    "spaces": lambda n: odt(f"<text:p>a{'<text:s/>' * n}{TEXT}</text:p>"),
    "notes": lambda n: odt(
        f"<text:p>{TEXT}" + "<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>a</text:p></text:note-body></text:note>" * n + "</text:p>"
    ),
    "lists": lambda n: odt(item(TEXT) * n),
    "lists that go on": lambda n: odt(
        "".join(item(TEXT, of=f'xml:id="l{k}" text:continue-list="l{k - 1}"') for k in range(n))
    ),
    "empty items": lambda n: odt(f"<text:p>{TEXT}</text:p><text:list>{'<text:list-item/>' * n}</text:list>"),
    "lists in lists without text": lambda n: odt(
        f"<text:p>{TEXT}</text:p>"
        + "<text:list><text:list-item>" * 60
        + "<text:list/>" * n
        + "</text:list-item></text:list>" * 60
    ),
    "boxes": lambda n: odt(
        f'<text:p xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0">{TEXT}'
        + f"<draw:frame><draw:text-box><text:p>{TEXT}</text:p></draw:text-box></draw:frame>" * n
        + "</text:p>"
    ),
    "changes": lambda n: odt(
        "<text:tracked-changes>"
        + "<text:changed-region><text:deletion><text:p>Non.</text:p></text:deletion></text:changed-region>" * n
        + f"</text:tracked-changes><text:p>{'<text:change/>' * n}{TEXT}</text:p>"
    ),
    "headings": lambda n: odt('<text:h text:outline-level="1">Titre</text:h>' * n + f"<text:p>{TEXT}</text:p>"),
    "cells": lambda n: odt(
        f"<table:table><table:table-row>{f'<table:table-cell><text:p>{TEXT}</text:p></table:table-cell>' * n}"
        "</table:table-row></table:table>"
    ),
    "rows": lambda n: odt(f"<table:table>{ROW_OF_ODT * n}</table:table>"),
    "styles": lambda n: with_part(
        odt(f"<text:p>{TEXT}</text:p>" + "".join(f'<text:p text:style-name="s{k}">{TEXT}</text:p>' for k in range(n))),
        "styles.xml",
        '<a xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0">'
        + "".join(f'<style:style style:name="s{k}"><style:text-properties/></style:style>' for k in range(n))
        + "</a>",
    ),
}
AKNS: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda n: akn(f"<paragraph><num>1.</num><content><p>{TEXT}</p></content></paragraph>" * n),
    "speakers of a speech": lambda n: akn(
        f"<debateBody><speech>{'<from>Mme A</from>' * n}<p>{TEXT}</p></speech></debateBody>"
    ),
    "speakers without a speech": lambda n: akn(f"<p>{TEXT}</p><debateBody>{'<from>Mme A</from>' * n}</debateBody>"),
    "speakers behind a long paragraph": lambda n: akn(
        f"<speech><p>{TEXT}{'<b>a</b>' * n}</p>{'<from>Mme A</from>' * n}</speech>"
    ),
    "sections with headings": lambda n: akn(f"<section><heading>Titre</heading><p>{TEXT}</p></section>" * n),
    "headings in cells": lambda n: akn(f"<section>{'<div><heading>Titre</heading></div>' * n}<p>{TEXT}</p></section>"),
    "numbers": lambda n: akn(f"<p>{TEXT}</p>" + "<num>1</num>" * n),
    "numbers before nothing": lambda n: akn(f"<section>{'<num>1</num><div/>' * n}<p>{TEXT}</p></section>"),
    "notes": lambda n: akn(f"<p>{TEXT}{'<authorialNote><p>a</p></authorialNote>' * n}</p>"),
    "inline": lambda n: akn(f"<p>{'<ref>agir</ref> ' * n}{TEXT}</p>"),
    "cells": lambda n: akn(f"<table><tr>{f'<td><p>{TEXT}</p></td>' * n}</tr></table>"),
    "references": lambda n: akn(f"<meta>{'<references><original/></references>' * n}</meta><p>{TEXT}</p>"),
}
HTMLS: dict[str, Callable[[int], str]] = {
    "calls of an empty note": lambda n: (
        f"<html><p>{TEXT}{'<sup><a href=#n>1</a></sup>' * n}</p><p id=n>{'<b></b>' * n}Note.</p>"
    ),
    "notes in notes": lambda n: (
        "<html><p>"
        + "".join(f'<sup><a href="#n{k}">1</a></sup> a ' for k in range(200))
        + "</p>"
        + "".join(f"<div id=n{k}>" for k in range(200))
        + "<b></b>" * n
        + TEXT
    ),
    "raised blanks": lambda n: f"<html><p>{'<sup> </sup>' * n}{TEXT}</p>",
    "raised words": lambda n: f"<html><p>{'agir<sup>er</sup> ' * n}{TEXT}</p>",
    "raised hard spaces": lambda n: f"<html><p>{TEXT}{'&nbsp;<sup>e</sup>' * n}</p>",
    "links at the top": lambda n: f"<html><p>{'<a href=#a> </a>' * n}</p><p id=a>{TEXT}</p>",
    "hidden": lambda n: f"<html><p>{TEXT}{'<span hidden>Non.</span>' * n}</p>",
    "classes": lambda n: f"<html><style>.x{{display:none}}</style><p class='{'y ' * n}'>{TEXT}</p>",
    "styles": lambda n: f"<html><style>{'.x{display:none}' * n}</style><p>{TEXT}</p>",
    "bold in bold": lambda n: f"<html><p>{'<b>a</b> ' * n}{TEXT}</p>",
    "cells": lambda n: f"<html><table><tr>{f'<td>{TEXT}</td>' * n}</tr></table>",
    "spanning cells": lambda n: f"<html><p>{TEXT}<table>{'<tr><td rowspan=9999 colspan=90>a</td></tr>' * n}</table>",
    "preformatted": lambda n: f"<html><pre>{LINE * n}{TEXT}</pre>",
}
MARKDOWNS: dict[str, Callable[[int], str]] = {
    "quotes": lambda n: f"# Titre\n\n{QUOTE * n}{TEXT}\n",
    "items": lambda n: f"# Titre\n\n{ITEM * n}\n{TEXT}\n",
    "emphasis": lambda n: f"# Titre\n\n{'*a **b ' * n}\n\n{TEXT}\n",
    "links": lambda n: f"# Titre\n\n{'[a](' * n}\n\n{TEXT}\n",
    "brackets": lambda n: f"# Titre\n\n{'[' * n}\n\n{TEXT}\n",
    "images": lambda n: f"# Titre\n\n{'![' * n}\n\n{TEXT}\n",
    "code": lambda n: f"# Titre\n\n{''.join('`' * (1 + k % 70) + 'a' for k in range(n))}\n\n{TEXT}\n",
    "tags": lambda n: f"# Titre\n\n{'<a ' * n}\n\n{TEXT}\n",
    "comments": lambda n: f"# Titre\n\na {'<!-- a ' * n}\n\n{TEXT}\n",
    "definitions": lambda n: "# Titre\n\n" + "".join(f"[a{k}]: /b\n" for k in range(n)) + f"\n{TEXT}\n",
    "notes": lambda n: f"# Titre\n\n{TEXT}{'a[^1] ' * n}\n\n" + "".join(f"[^{k}]: Voir.\n" for k in range(n)),
    "rows": lambda n: f"# Titre\n\n| a | b |\n|---|---|\n{CELLS * n}\n{TEXT}\n",
    "columns": lambda n: f"# Titre\n\n|{' a |' * n}\n|{'---|' * n}\n|{' a |' * n}\n\n{TEXT}\n",
    "struck": lambda n: f"# Titre\n\n{'~~a ' * n}\n\n{TEXT}\n",
    "entities": lambda n: f"# Titre\n\n{'&amp' * n}\n\n{TEXT}\n",
    "lazy lines": lambda n: f"# Titre\n\n> > > > a\n{LAZY * n}\n{TEXT}\n",
}
BOOKS: dict[str, Callable[[int], bytes]] = {
    "rows": lambda n: book(["id", "texte"], *([k, TEXT] for k in range(n))),
    "columns": lambda n: book(["id", "texte", *map(str, range(n % 16_000))], [1, TEXT, *["a"] * (n % 16_000)]),
    "titles": lambda n: book(*(["Titre"] for _ in range(n)), ["id", "texte"], [1, TEXT]),
    "alike": lambda n: book(["id", "texte"], *([1, TEXT] for _ in range(n))),
}
PDFS: dict[str, Callable[[int], bytes]] = {
    "letters": lambda n: hostile.page(b"BT /F1 1 Tf 9 9 Td " + b"(agir ) Tj " * n + b"ET"),
    "lines": lambda n: hostile.page(b"BT /F1 12 Tf " + b"0 -1 Td (Les Etats agiront.) Tj " * n + b"ET"),
    "white letters": lambda n: hostile.page(
        hostile.DRAWN
        + b" 1 g BT /F1 12 Tf "
        + b"".join(b"1 0 0 1 %d 500 Tm (a) Tj " % (k % 500) for k in range(n))
        + b"ET"
    ),
    "rulings": lambda n: hostile.page(
        hostile.DRAWN + b"".join(b" 0 %d m 595 %d l S" % (k % 842, k % 842) for k in range(n))
    ),
    "cells": lambda n: hostile.page(
        hostile.DRAWN + b"".join(b" %d %d 9 6 re S" % (40 + k % 50 * 9, 40 + k // 50 % 120 * 6) for k in range(n))
    ),
    "columns": lambda n: hostile.page(
        b"BT /F1 6 Tf "
        + b"".join(b"1 0 0 1 %d %d Tm (agir) Tj " % (9 + k % 9 * 60, 9 + k // 9 % 800) for k in range(n))
        + b"ET"
    ),
    "pages": lambda n: hostile.pdf(
        hostile.CATALOG,
        f"<< /Type /Pages /Kids [{'3 0 R ' * n}] /Count {n} >>",
        hostile.PAGE,
        hostile.stream(hostile.DRAWN),
    ),
}
READERS = {"docx": WORDS, "odt": ODTS, "akn": AKNS, "html": HTMLS, "md": MARKDOWNS, "xlsx": BOOKS, "pdf": PDFS}
DOCUMENTS = {f"{reader}: {name}": made for reader, many in READERS.items() for name, made in many.items()}


def data(name: str, number: int) -> bytes:
    """The bytes of a document that repeats its thing so many times."""
    made = DOCUMENTS[name](number)
    return made.encode() if isinstance(made, str) else made


def spent_on(name: str, number: int) -> tuple[float, str]:
    """The processor's seconds that reading a document takes, and why it is refused if it is."""
    given, begun, problem = data(name, number), time.process_time(), ""
    try:
        formats.texts(given, formats.Limits())
    except Unreadable as error:
        problem = error.problem
    return time.process_time() - begun, problem


def main(argv: Sequence[str] | None = None) -> int:
    """Print a line for each document; 1 where one grows too fast over the last doubling."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="what the names of some documents begin with")
    names, bad = tuple(parser.parse_args(argv).names), 0
    for name in DOCUMENTS:
        if names and not name.startswith(names):
            continue
        spent_on(name, FEW)  # what is loaded once
        number, seconds, problem = FEW, [0.0, 0.0], ""
        while number < MANY and (seconds[-1] < ENOUGH or len(seconds) < 5):
            number *= 2
            took, problem = spent_on(name, number)
            seconds.append(took)
        grows = math.log2(seconds[-1] / max(seconds[-2], 1e-3)) if seconds[-1] >= LEAST else 0.0
        bad += grows > MOST
        shown = "".join(f"{s:7.2f}" for s in seconds[-3:])
        print(f"{name:<40}{number:>8,}{shown}  n^{grows:.2f}{'  !' * (grows > MOST)}  {problem}", flush=True)
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
