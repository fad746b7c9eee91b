"""Office: the requests as a Word file to send on, and every published table as one Excel workbook.

Reads the published tables and the words of labels.csv; writes DOCX (a heading for each addressee, under it who asks,
the sentence, how strongly, where) and XLSX (a sheet for each table, with what a column holds as a note on its head).
What stands in a report stays text: no cell is a formula or a link, and characters that XML forbids are left out.
The same tables give the same bytes: both files are dated 1 January 1980, the first day that a zip archive knows.

    python -m pipeline.office --tables outputs/tables --docx outputs/requests.docx --xlsx outputs/tables.xlsx

    gouvernements
    intervenants | « Ils ont aussi **prié** les gouvernements de ratifier … » | exhortation | A/68/370, par. 10
"""

from __future__ import annotations

import argparse
import io
import math
import re
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import xlsxwriter
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm, Pt
from docx.table import _Row

from pipeline import atomic, files, schema, stage
from pipeline.errors import InputError
from pipeline.labels import Words
from pipeline.tables import several

READS = ("documents", "sentences", "obligations")
DATE = datetime(1980, 1, 1)
MOST_SYMBOLS = 3  # of more documents only the number is told
FIELDS = ("PAGE", "NUMPAGES")
HEADS = ("axis.issuer", "office.request", "reader.strength", "reader.place")
WIDTHS = (40, 140, 35, 42)  # mm, on 257 between the margins
ROWS, CHARACTERS = 1_048_575, 32_767  # what a sheet holds under its head, and a cell
AS_TEXT = dict.fromkeys(("strings_to_urls", "strings_to_formulas", "strings_to_numbers"), False)
CUT = "… [coupé]"
LOOKS: dict[str, dict[str, Any]] = {"bold": {"bold": True}, "plain": {}, "wrapped": {"text_wrap": True}}
WIDE = 70  # characters of a column; longer text wraps
ILLEGAL = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Tables = Mapping[str, pd.DataFrame]


def legal(text: str) -> str:
    """`text` without the characters that XML 1.0 forbids: "a\\x00b" -> "ab"."""
    return ILLEGAL.sub("", text)


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


def add_request(row: _Row, request: Mapping[str, Any], start: int, source: str, words: Words) -> None:
    """One request in its row: who asks, the sentence that begins at `start`, how strongly, where, what it restates."""
    issuer, said, strength, place = (cell.paragraphs[0] for cell in row.cells)
    issuer.add_run(legal(request["issuer"]) or words("unnamed")).italic = None if request["issuer"] else True
    before, trigger, after = parted(request["sentence_text"], request["trigger"], request["trigger_start"] - start)
    said.add_run(f"«\u00a0{legal(before)}")
    said.add_run(legal(trigger)).bold = True
    said.add_run(f"{legal(after)}\u00a0»")
    strength.add_run(words(f"modality.{request['modality']}"))
    place.add_run(legal(request["citation"] + (f"\n{words('reader.restates')} {source}" if source else "")))


def word_file(tables: Tables, words: Words, english: Words) -> bytes:
    """The Word file: title, what was read, and the requests by addressee."""
    requests = tables["obligations"]
    title = words("title.requests_by_addressee")
    heads = [(words(key), english(key)) for key in HEADS]
    starts = dict(zip(tables["sentences"]["sentence_id"], tables["sentences"]["start"].tolist(), strict=True))
    cited = dict(zip(requests["obligation_id"], requests["citation"], strict=True))
    rows = requests.to_dict("records")
    document = docx.Document()
    set_up(document, title, words)
    document.add_heading(title, 0)
    document.add_paragraph(legal(read_line(tables, words)))
    document.add_paragraph(words("office.bold") if rows else words("nothing").capitalize() + ".")
    for name, places in by_addressee(list(requests["addressee_actor"])).items():
        shown = legal(name) or words("unnamed")
        document.add_heading(shown, 1)
        document.add_paragraph(caption(requests.iloc[places], words)).paragraph_format.keep_with_next = True
        table = document.add_table(rows=0, cols=len(WIDTHS), style="Table Grid")
        table.autofit = False
        for column, width in zip(table.columns, WIDTHS, strict=True):
            column.width = Mm(width)
        table._tbl.tblPr.append(marked("w:tblCaption", "w:val", shown))
        add_heads(table.add_row(), heads)
        for row in (rows[place] for place in places):
            source = row["restates"] and cited.get(row["restates"], row["restates"])
            add_request(table.add_row(), row, starts.get(row["sentence_id"], 0), source, words)
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


def fitting(text: str) -> str:
    """`text` cut to what a cell holds, which Excel counts in UTF-16 units, with a mark that shows it."""
    if len(text) * 2 <= CHARACTERS or len(coded := text.encode("utf-16-le")) <= 2 * CHARACTERS:
        return text
    return coded[: 2 * (CHARACTERS - len(CUT))].decode("utf-16-le", "ignore") + CUT


def add_sheet(book: xlsxwriter.Workbook, name: str, frame: pd.DataFrame, looks: Mapping[str, Any]) -> tuple[int, int]:
    """A sheet with a published table; gives the numbers of cells cut and of rows left out."""
    sheet, cut = book.add_worksheet(name[:31]), 0
    frame, left = frame.iloc[:ROWS], max(len(frame) - ROWS, 0)
    for at, column in enumerate(schema.TABLES[name].columns):
        values = frame[column.name].tolist()
        width = len(column.name) + 3  # and the arrow of the filter
        if column.kind == "text":
            texts = [legal(value) for value in values]
            width = max(width, max(map(len, texts), default=0))
            values = [fitting(text) for text in texts]
            cut += sum(len(a) != len(b) for a, b in zip(texts, values, strict=True))
        sheet.set_column(at, at, min(width, WIDE), looks["wrapped" if width > WIDE else "plain"])
        sheet.write_string(0, at, column.name, looks["bold"])
        unit = f"\n[{column.unit}]" if column.unit else ""
        sheet.write_comment(0, at, column.description + unit, {"x_scale": 2})
        write = {"text": sheet.write_string, "bool": sheet.write_boolean}.get(column.kind, sheet.write_number)
        for row, value in enumerate(values, 1):
            if value != "" and not (isinstance(value, float) and not math.isfinite(value)):
                write(row, at, value)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(frame), len(schema.TABLES[name].columns) - 1)
    return cut, left


def excel_file(tables: Tables, words: Words, english: Words) -> bytes:
    """The workbook: a sheet that says what the others hold, then one for each table."""

    def both(key: str, **values: str) -> str:
        return f"{words(key, **values)} ({english(key, **values)})"

    buffer = io.BytesIO()
    # In memory: xlsxwriter's other ways go through temporary files, and constant_memory repeats each text in full.
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **AS_TEXT})
    book.set_properties({"title": "Ont été priés", "author": "Ont été priés", "created": DATE})
    looks = {name: book.add_format({"valign": "top", **look}) for name, look in LOOKS.items()}
    first = book.add_worksheet(f"{words('office.readme')} – {english('office.readme')}")
    for at, (key, width) in enumerate((("sheet", 26), ("row", 60), ("rows", 16), ("remark", WIDE))):
        first.set_column(at, at, width, looks["wrapped"])
        first.write_string(0, at, both(f"office.{key}"), looks["bold"])
    for row, (name, frame) in enumerate(tables.items(), 1):
        cut, left = add_sheet(book, name, frame, looks)
        first.write_string(row, 0, name)
        first.write_string(row, 1, schema.TABLES[name].row)
        first.write_number(row, 2, len(frame))
        told = (("office.cut", cut, CHARACTERS), ("office.left", left, ROWS))
        remarks = (both(key, n=str(n), most=str(most), file=f"{name}.csv") for key, n, most in told if n)
        first.write_string(row, 3, "\n".join(remarks))
    first.freeze_panes(1, 0)
    first.autofilter(0, 0, len(tables), 3)
    book.close()
    return buffer.getvalue()


def run(tables: Path, word: Path, excel: Path, lexicons: Path = stage.LEXICONS) -> None:
    """Write both files. Raises InputError for a missing table or label, and writes nothing then."""
    begun = time.perf_counter()
    found, words, english = read_tables(tables), Words(lexicons, "fr"), Words(lexicons, "en")
    made = {word: word_file(found, words, english), excel: excel_file(found, words, english)}
    with atomic.together():
        for path, data in made.items():
            files.write_bytes(path, data)
    sizes = ", ".join(f"{path} ({len(data) // 1024} kB)" for path, data in made.items())
    stage.say("office", sizes, time.perf_counter() - begun)


def main(argv: Sequence[str] | None = None) -> int:
    """From tables to a Word file and a workbook."""
    parser = argparse.ArgumentParser(
        prog="python -m pipeline.office", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--tables", type=Path, required=True, metavar="DIR", help="in: the published CSV tables")
    parser.add_argument("--docx", type=Path, required=True, metavar="FILE", help="out: the requests by addressee")
    parser.add_argument("--xlsx", type=Path, required=True, metavar="FILE", help="out: every table as a sheet")
    stage.add_folders(parser)
    options = parser.parse_args(argv)
    with stage.one_line() as guard:
        run(options.tables, options.docx, options.xlsx, options.lexicons)
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
