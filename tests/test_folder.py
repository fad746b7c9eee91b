"""A folder as users have it: a hundred documents of all formats, some broken; and one report in seven formats."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import openpyxl
import pytest
from conftest import ROOT, differing, make, pries, published, rows
from layouts import Document, Part, to_txt
from layouts_markup import to_akn, to_md, to_odt
from layouts_office import to_docx, to_html
from pdf_maker import Style, place
from pdf_maker import make as to_pdf
from pries.segmentation import segment
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

# A request of each document, by its number; what is asked differs, so that no two documents are alike.
REQUESTS = (
    "Le Comité a prié les gouvernements de publier le rapport n° {n}.",
    "Il faudrait que les États financent le programme n° {n}.",
    "Les syndicats ont exhorté les employeurs à respecter l’accord n° {n}.",
    "Il a été recommandé aux États Membres d’adopter la loi n° {n}.",
)


def small(n: int) -> Document:
    """A short report of two numbered paragraphs, the second with a request."""
    parts = (
        Part("heading", "I.", "Introduction"),
        Part("numbered", "1.", f"La séance n° {n} a été ouverte par un exposé sur les villes et les migrations."),
        Part("numbered", "2.", REQUESTS[n % len(REQUESTS)].format(n=n)),
    )
    return Document(f"doc{n:02}", f"A/{n}/1", parts)


def good(folder: Path) -> set[str]:
    """85 documents in ten forms; their names."""
    table, lines = [["doc_id", "text", "date", "organe"]], []
    for n in range(85):
        document, text = small(n), to_txt(small(n))
        stem = folder / ("sous-dossier" if n % 17 == 0 else "") / document.name
        stem.parent.mkdir(parents=True, exist_ok=True)
        form = n % 10
        if form == 0:
            stem.with_suffix(".txt").write_bytes(text.encode())
        elif form == 1:
            stem.with_suffix(".txt").write_bytes(("\ufeff" + text.replace("\n", "\r\n")).encode())
        elif form == 2:
            stem.with_suffix(".txt").write_bytes(text.encode("cp1252"))
        elif form == 3:
            stem.with_suffix(".text").write_bytes(text.encode("utf-16"))
        elif form == 4:
            stem.with_suffix(".docx").write_bytes(to_docx(document))
        elif form == 5:
            stem.with_suffix(".pdf").write_bytes(to_pdf(document.parts, Style(head=document.symbol)))
        elif form == 6:
            stem.with_suffix(".dat").write_bytes(to_pdf(document.parts, Style(columns=2, head=document.symbol)))
        elif form == 7:
            stem.with_suffix(".html").write_bytes(to_html(document).encode())
        elif form == 8:
            table.append([document.name, text, "2013-07", "Comité"])
        else:
            lines.append(json.dumps({"doc_id": document.name, "text": text, "organe": "Conseil"}, ensure_ascii=False))
    buffer = io.StringIO(newline="")
    csv.writer(buffer).writerows(table)
    (folder / "textes.csv").write_bytes(buffer.getvalue().encode())
    (folder / "textes.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return {small(n).name for n in range(85)}


def archive(**members: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in members.items():
            file.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return buffer.getvalue()


def workbook() -> bytes:
    buffer = io.BytesIO()
    openpyxl.Workbook().save(buffer)
    return buffer.getvalue()


def encrypted() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, encrypt=StandardEncryption("secret", "maître"), invariant=True)
    canvas.drawString(72, 700, "Le Comité prie les États d’agir.")
    canvas.save()
    return buffer.getvalue()


# name: what stands in it, a word of what is said
BAD: dict[str, tuple[bytes, str]] = {
    "vide.txt": (b"", "empty"),
    "blanc.txt": (b" \r\n\t \xc2\xa0\n", "empty"),
    "binaire.txt": (bytes(range(256)) * 20, "binary"),
    "ni-l-un.txt": (b"\x81\x8d\x8f\x90\x9d" * 9, "neither UTF-8"),
    "image.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a picture"),
    "ancien.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "before 2007"),
    "riche.rtf": (b"{\\rtf1\\ansi Le Comit\\'e9 prie les \\'c9tats.}", "RTF"),
    "numerise.pdf": (place([[]]), "no text"),
    "coupe.pdf": (to_pdf(small(1).parts, Style())[:400], "broken"),
    "chiffre.pdf": (encrypted(), "password"),
    "casse.docx": (to_docx(small(1))[:3000], "broken archive"),
    "bombe.docx": (archive(word__document_xml="a" * 3 * 10**8), "too large"),
    "classeur.xlsx": (workbook(), "Excel"),
    "donnees.xml": (b"<?xml version='1.0'?><corpus><texte>Le Comit\xc3\xa9.</texte></corpus>", "XML"),
    "chiffres.csv": (b"id;valeur\n1;3\n2;4\n", "no column of texts"),
}  # fmt: skip


def backwards(source: Path, folder: Path) -> Path:
    """A copy of a folder whose files were written in the other order."""
    for path in sorted((path for path in source.rglob("*") if path.is_file()), reverse=True):
        target = folder / path.relative_to(source)
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(path.read_bytes())
    return folder


def test_a_hundred_documents_15_of_them_bad(tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    names = good(corpus)
    for name, (data, _) in BAD.items():
        (corpus / name).write_bytes(data)
    done = pries("--corpus", corpus, "--outputs", out)
    assert done.code == 3, done.err
    documents, problems = rows(out / "tables" / "documents.csv"), rows(out / "tables" / "problems.csv")
    assert {row["doc_id"] for row in documents} == names
    assert {row["obligations"] for row in documents} == {"1"}
    assert {row["paragraphs"] for row in documents} == {"2"}
    assert {row["format"] for row in documents} == {"txt", "docx", "pdf", "html", "csv", "jsonl"}
    assert {"utf-8", "cp1252", "utf-16", "text layer, 1 page"} <= {row["encoding"] for row in documents}
    assert {row["file"]: BAD[row["file"]][1] for row in problems if BAD[row["file"]][1] not in row["problem"]} == {}
    assert sorted(row["file"] for row in problems) == sorted(BAD)
    assert all(row["remedy"] for row in problems)
    said = "\n".join(done.out + done.err)
    assert [name for name in BAD if name not in said] == []
    assert "Traceback" not in said
    more = {(row["field"], row["value"]) for row in rows(out / "tables" / "metadata.csv")}
    assert more == {("organe", "Comité"), ("organe", "Conseil")}
    # the same tables from make, two jobs more, files that came in another order
    again = tmp_path / "again"
    made = make("-j4", f"CORPUS={backwards(corpus, tmp_path / 'other')}", f"OUTPUTS={again}")
    assert made.code == 0, made.err
    assert differing(published(out), published(again)) == []


@pytest.fixture(scope="module")
def report() -> Document:
    """The reference report in parts."""
    text = (ROOT / "corpus" / "A_68_370.txt").read_text(encoding="utf-8")
    parts = []
    for row in segment.segment_text(text, "A_68_370").paragraphs.itertuples():
        label = row.paragraph.partition(":")[2].split(".")[-1]
        if row.kind == "heading":
            parts.append(Part("heading", "" if label.isdigit() or label == "annex" else f"{label}.", row.text))
        else:
            numbered = row.paragraph.isdigit()
            parts.append(Part("numbered" if numbered else "plain", f"{row.paragraph}." * numbered, row.text))
    return Document("A_68_370", "A/68/370", tuple(parts))


def test_the_report_in_seven_formats_is_the_same_report(report: Document, tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus", tmp_path / "out"
    corpus.mkdir()
    (corpus / "un.txt").write_bytes((ROOT / "corpus" / "A_68_370.txt").read_bytes())
    (corpus / "deux.pdf").write_bytes(to_pdf(report.parts, Style(head=report.symbol)))
    (corpus / "trois.docx").write_bytes(to_docx(report))
    (corpus / "quatre.html").write_bytes(to_html(report).encode())
    (corpus / "cinq.odt").write_bytes(to_odt(report))
    (corpus / "six.md").write_bytes(to_md(report).encode())
    (corpus / "sept.xml").write_bytes(to_akn(report))
    done = pries("tables", "--corpus", corpus, "--outputs", out)
    assert done.code == 0, done.err
    formats = {row["doc_id"]: row["format"] for row in rows(out / "tables" / "documents.csv")}
    assert sorted(formats.values()) == ["akn", "docx", "html", "md", "odt", "pdf", "txt"]
    paragraphs = {}
    obligations = {}
    for doc_id in formats:
        own = [row for row in rows(out / "tables" / "paragraphs.csv") if row["doc_id"] == doc_id]
        paragraphs[doc_id] = [(r["paragraph"], " ".join(r["text"].split())) for r in own if r["paragraph"].isdigit()]
        mine = [row for row in rows(out / "tables" / "obligations.csv") if row["doc_id"] == doc_id]
        ours = ("doc_id", "obligation_id", "sentence_id", "cluster", "family", "restates", "citation")
        obligations[doc_id] = [{k: v for k, v in row.items() if k not in ours} for row in mine]
    assert len(paragraphs["un"]) == 59
    assert [formats[name] for name, found in paragraphs.items() if found != paragraphs["un"]] == []
    assert len(obligations["un"]) > 80
    assert [formats[name] for name, found in obligations.items() if found != obligations["un"]] == []
