"""XML-TEI for TXM: one file per document with its words, and metadata.csv.

Reads documents, paragraphs, sentences and the tokens; writes txm/DOCUMENT.xml and txm/metadata.csv.

TXM's import modules « XML/w + CSV » and « XTZ + CSV » take words that stand in <w> as they are, and make each
attribute a property of the word (here `lemma` and `pos`, as TEI P5's att.linguistic names them; TXM's own tagger
would call its properties `frlemma` and `frpos`). metadata.csv has the file's name without `.xml` in its first column,
`id` (TXM manual, chapter on importable formats). A new <div type="section"> begins at each heading or change of
section, side by side, so that `n` ("V.A") parts the corpus; <p n="12">, <s n="1">. The text between words stays: a
paragraph reads as it did. Characters that XML 1.0 forbids are left out; a token of such characters only is no word.
The teiHeader says what made it.

    <s n="1"><w lemma="le" pos="DET">Les</w> <w lemma="gouvernement" pos="NOUN">gouvernements</w> …
"""

from __future__ import annotations

from typing import Any

from lxml import etree

from pries.exchange.finished_run import PROJECT, Files, Rows, Source, codes, csv_text, file_stem, flat, legal

TEI = "http://www.tei-c.org/ns/1.0"
METADATA = ("id", "document", "symbol", "title", "date", "year")


def element(parent: etree._Element | None, tag: str, text: str = "", **attributes: str) -> etree._Element:
    """An element of TEI; empty attributes are left out."""
    kept = {name: flat(value) for name, value in attributes.items() if flat(value)}
    name = f"{{{TEI}}}{tag}"
    made = etree.Element(name, kept, nsmap={None: TEI}) if parent is None else etree.SubElement(parent, name, kept)
    if text:
        made.text = legal(text)
    return made


def add_tail(parent: etree._Element, text: str) -> None:
    """Text after the last child of `parent`, or at its beginning."""
    last = next(parent.iterchildren(reversed=True), None)  # len(parent) would count them all
    if last is not None:
        last.tail = (last.tail or "") + legal(text)
    else:
        parent.text = (parent.text or "") + legal(text)


def add_paragraph(division: etree._Element, paragraph: Any, source: Source) -> None:
    """A paragraph with its sentences and words, and the text between them."""
    made, text, at = element(division, "p", n=paragraph.paragraph), paragraph.text, 0
    for sentence, words in source.parsed(paragraph):
        add_tail(made, text[at : words[0].start])
        at = words[0].start
        inside = element(made, "s", n=str(sentence.sentence))
        for word in words:
            add_tail(inside, text[at : word.start])
            if form := legal(word.form):
                element(inside, "w", form, lemma=word.lemma or word.form, pos=word.tag)
            at = word.end
    add_tail(made, text[at:])


def add_header(root: etree._Element, document: Any, source: Source) -> None:
    """The teiHeader: title, where the text comes from, what made the file."""
    header = element(root, "teiHeader")
    described = element(header, "fileDesc")
    element(element(described, "titleStmt"), "title", flat(document.title or document.symbol or document.doc_id))
    element(element(described, "publicationStmt"), "p", "Export for textometry; the report belongs to its publisher.")
    cited = ", ".join(filter(None, (document.symbol, document.date, document.file)))
    element(element(described, "sourceDesc"), "p", flat(cited) or "no source named")
    software = element(element(element(header, "encodingDesc"), "appInfo"), "application", ident="ont-ete-pries")
    software.set("version", source.version)
    element(software, "label", f"{PROJECT}, settings {source.settings}")


def document_xml(document: Any, blocks: Rows, source: Source) -> str:
    """One document as TEI."""
    root = element(None, "TEI")
    add_header(root, document, source)
    body = element(element(root, "text"), "body")
    division, section = None, None
    for block in blocks:
        heading = block.kind == "heading"
        if heading or division is None or block.section != section:
            division, section = element(body, "div", type="section", n=block.section), block.section
        if heading:
            element(division, "head", block.text)
        else:
            add_paragraph(division, block, source)
    if division is None:
        element(body, "p")  # TEI wants a body that holds something
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True).decode("utf-8") + "\n"


def txm(source: Source) -> Files:
    """All documents and their metadata."""
    names = codes(source.blocks, file_stem)
    made, metadata = {}, []
    for document in source.rows("documents"):
        name = names[document.doc_id]
        made[f"txm/{name}.xml"] = document_xml(document, source.blocks[document.doc_id], source)
        cells = (name, document.doc_id, document.symbol, document.title, document.date, document.date[:4])
        metadata.append(dict(zip(METADATA, map(flat, cells), strict=True)))
    return {**made, "txm/metadata.csv": csv_text(metadata, METADATA)}
