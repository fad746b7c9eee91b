"""Office: the requests as a Word file to send on, and every published table as one Excel workbook.

Reads the published tables and the words of labels.csv; writes DOCX (a heading for each addressee, under it who asks,
the sentence, how strongly, where) and XLSX (a sheet for each table, with what a column holds as a note on its head).
What stands in a report stays text: no cell is a formula or a link, and characters that XML forbids are left out.
The same tables give the same bytes: both files are dated 1 January 1980, the first day that a zip archive knows.

    python -m pries.publishing.office --tables outputs/tables --docx outputs/requests.docx --xlsx outputs/tables.xlsx

    gouvernements
    intervenants | « Ils ont aussi **prié** les gouvernements de ratifier … » | exhortation | A/68/370, par. 10
"""

from __future__ import annotations

import io
import re
import time
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any

import docx
import pandas as pd
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import _Row

from pries.base import atomic, console
from pries.base.errors import InputError
from pries.base.layers import Folder
from pries.base.places import LEXICONS, SETTINGS
from pries.publishing.labels import Words
from pries.publishing.workbook import DATE, excel_file, legal
from pries.schema import schema
from pries.store import files, rowwise
from pries.store.cells import several

READS = ("documents", "sentences", "obligations")
MOST_SYMBOLS = 3  # of more documents only the number is told
FIELDS = ("PAGE", "NUMPAGES")
BREAKS = re.compile(r"[\t\r\n]")  # elements of their own in a run
HEADS = ("axis.issuer", "office.request", "reader.strength", "reader.place")
WIDTHS = (40, 140, 35, 42)  # mm, on 257 between the margins

Tables = Mapping[str, pd.DataFrame]


def read_tables(folder: Path) -> dict[str, pd.DataFrame]:
    """The published tables that are there. Raises InputError where one that the Word file needs is missing."""
    paths = {name: folder / f"{name}.csv" for name, table in schema.TABLES.items() if table.published}
    for name in READS:
        if not paths[name].is_file():
            raise InputError(str(paths[name]), "no such table", "run the stages before, or name another folder")
    return {name: files.read_csv(path, name) for name, path in paths.items() if path.is_file()}


def by_addressee(cells: Sequence[str]) -> dict[str, list[int]]:
    """Places of the requests of each addressee, the most requests first, those that name nobody ("") last."""
    found: dict[str, list[int]] = defaultdict(list)
    for place, cell in enumerate(cells):
        for name in dict.fromkeys(several(cell)) or ("",):
            found[name].append(place)
    return dict(sorted(found.items(), key=lambda item: (item[0] == "", -len(item[1]), item[0])))


def parted(sentence: str, trigger: str, at: int) -> tuple[str, str, str]:
    """A sentence before, at and after its trigger; a trigger that does not stand `at` is looked for."""
    if at < 0 or sentence[at : at + len(trigger)] != trigger:
        at = sentence.find(trigger)
    end = at + len(trigger)
    return (sentence[:at], trigger, sentence[end:]) if at >= 0 else (sentence, "", "")


def caption(requests: pd.DataFrame, words: Words) -> str:
    """How many requests, and how many of them restate another: "n = 91 demandes et recommandations, dont …"."""
    n, repeats = len(requests), int((requests["restates"] != "").sum())
    key = "note.none" if n == 0 else "note.one" if n == 1 else "note.n"
    return words(key, n=words.number(n), repeats=words.number(repeats))


def read_line(tables: Tables, words: Words) -> str:
    """What was read, in one line: documents, requests, restatements, and whether a person has looked at them."""
    documents, requests = tables["documents"], tables["obligations"]
    names = [symbol or doc_id for symbol, doc_id in documents[["symbol", "doc_id"]].to_numpy()]
    key = "note.document" if len(names) == 1 else "note.documents" if 1 < len(names) <= MOST_SYMBOLS else "note.many"
    where = words(key, symbols=", ".join(names), n=words.number(len(names)))
    seen = words.checked(requests)
    return f"{where} {caption(requests, words)} {seen}"


def marked(tag: str, attribute: str, value: str) -> BaseOxmlElement:
    """An element of a Word file with one attribute."""
    element = OxmlElement(tag)
    element.set(qn(attribute), value)
    return element


def set_up(document: Document, title: str, words: Words) -> None:
    """A4 on its side, in French, page numbers at the foot, fixed properties."""
    section = document.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(20)
    normal = document.styles["Normal"]
    normal.font.size = Pt(9.5)
    normal.paragraph_format.space_after = Pt(3)
    normal.paragraph_format.line_spacing = 1.0
    for part, tag in ((document.styles.element, "w:lang"), (document.settings.element, "w:themeFontLang")):
        for element in part.iter(qn(tag)):
            element.set(qn("w:val"), "fr-FR")
    for piece in re.split(r"\b(PAGE|NUMPAGES)\b", words("office.page", page="PAGE", pages="NUMPAGES")):
        run = section.footer.paragraphs[0].add_run("1" if piece in FIELDS else piece)
        if piece in FIELDS:
            field = marked("w:fldSimple", "w:instr", piece)
            run._r.addprevious(field)
            field.append(run._r)
    properties = document.core_properties
    properties.author, properties.last_modified_by, properties.comments = "Ont été priés", "Ont été priés", ""
    properties.title, properties.language, properties.revision = title, "fr-FR", 1
    properties.created = properties.modified = DATE
    relations = document.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]  # the template's own picture


def add_heads(row: _Row, heads: Sequence[tuple[str, str]]) -> None:
    """Column heads that come again on each page, the English ones marked as English for a screen reader."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for cell, (french, english) in zip(row.cells, heads, strict=True):
        cell.paragraphs[0].add_run(french).bold = True
        run = cell.paragraphs[0].add_run(f" ({english})")
        run._r.get_or_add_rPr().append(marked("w:lang", "w:val", "en-GB"))


def blank(row: _Row, named: bool) -> BaseOxmlElement:
    """A row of four cells to copy: issuer, sentence before, at and after its trigger, strength, place."""
    cells = [cell.paragraphs[0] for cell in row.cells]
    for cell, pieces in zip(cells, (1, 3, 1, 1), strict=True):
        for _ in range(pieces):
            cell.add_run("…")
    cells[0].runs[0].italic = None if named else True
    cells[1].runs[1].bold = True
    element: BaseOxmlElement = row._tr
    element.getparent().remove(element)
    return element


def filled(row: BaseOxmlElement, request: Mapping[str, Any], start: int, source: str, words: Words) -> BaseOxmlElement:
    """A copy of a blank row with one request, whose sentence begins at `start`, and what it restates."""
    before, trigger, after = parted(request["sentence_text"], request["trigger"], request["trigger_start"] - start)
    texts = (
        request["issuer"] or words("unnamed"),
        f"«\u00a0{before}",
        trigger,
        f"{after}\u00a0»",
        words(f"modality.{request['modality']}"),
        request["citation"] + (f"\n{words('reader.restates')} {source}" if source else ""),
    )
    made = deepcopy(row)
    for run, text in zip(made.iter(qn("w:r")), texts, strict=True):
        write(run, legal(text))
    return made


def write(run: BaseOxmlElement, text: str) -> None:
    """Put `text` in the place of the one text of a run; python-docx would go through it letter by letter."""
    if not text or BREAKS.search(text):
        run.text = text
        return
    element = run[-1]
    element.text = text
    if text != text.strip():
        element.set(qn("xml:space"), "preserve")


def word_file(tables: Tables, words: Words, english: Words) -> bytes:
    """The Word file: title, what was read, and the requests by addressee."""
    requests = tables["obligations"]
    title = words("title.requests_by_addressee")
    heads = [(words(key), english(key)) for key in HEADS]
    starts = dict(rowwise.tuples(tables["sentences"], "sentence_id", "start"))
    cited = dict(rowwise.tuples(requests, "obligation_id", "citation"))
    rows = list(rowwise.records(requests))
    document = docx.Document()
    set_up(document, title, words)
    document.add_heading(title, 0)
    document.add_paragraph(legal(read_line(tables, words)))
    document.add_paragraph(words("office.bold") if rows else words("nothing").capitalize() + ".")
    for name, places in by_addressee(requests["addressee_actor"].tolist()).items():
        shown = legal(name) or words("unnamed")
        document.add_heading(shown, 1)
        document.add_paragraph(caption(requests.iloc[places], words)).paragraph_format.keep_with_next = True
        table = document.add_table(rows=0, cols=len(WIDTHS), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, WIDTHS, strict=True):
            column.width = Mm(width)
        table._tbl.tblPr.append(marked("w:tblCaption", "w:val", shown))
        add_heads(table.add_row(), heads)
        blanks = {named: blank(table.add_row(), named) for named in (True, False)}
        for row in (rows[place] for place in places):
            source = row["restates"] and cited.get(row["restates"], row["restates"])
            like = blanks[row["issuer"] != ""]
            table._tbl.append(filled(like, row, starts.get(row["sentence_id"], 0), source, words))
    buffer = io.BytesIO()
    document.save(buffer)
    return undated(buffer.getvalue())


def undated(archive: bytes) -> bytes:
    """The zip archive with entries in the order of their names, all of the same date."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as old, zipfile.ZipFile(out, "w") as new:
        for name in sorted(old.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            new.writestr(zipfile.ZipInfo(name, DATE.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def run(tables: Path, word: Path, excel: Path, lexicons: Folder = LEXICONS, settings: Folder = SETTINGS) -> list[Path]:
    """Write both files, and give them. Raises InputError for a missing table or label, and writes nothing then."""
    begun = time.perf_counter()
    found, words, english = read_tables(tables), Words(lexicons, "fr"), Words(lexicons, "en")
    made = {word: word_file(found, words, english), excel: excel_file(found, words, english)}
    with atomic.together():
        for path, data in made.items():
            files.write_bytes(path, data)
    sizes = ", ".join(f"{path} ({len(data) // 1024} kB)" for path, data in made.items())
    console.say("office", sizes, time.perf_counter() - begun)
    return [word, excel]
