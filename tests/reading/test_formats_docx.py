"""DOCX: numbers, headings, notes, tables, changes, boxes; the reference report; files made to do harm."""

from __future__ import annotations

import io
import random
import zipfile
from pathlib import Path

import docx
import pytest
from conftest import ROOT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from layouts_office import LISTS, notes, number, numbered, saved
from pries.reading import table_cells
from pries.reading.marks import CALL, END, LINE, Unreadable, heading
from pries.reading.word import read
from pries.segmentation import segment

MAIN = "word/document.xml"
SENTENCE = "Les gouvernements ont été priés de ratifier les deux conventions."
SHOWN = str.maketrans({CALL: "{", LINE: "<", END: ">"})


def lines(data: bytes, *, max_characters: int = 1_000_000, max_unpacked: int = 20_000_000) -> list[str]:
    """The blocks of a document; marks as `<rule>` and `{call>`."""
    text = read(data, max_characters=max_characters, max_unpacked=max_unpacked)
    return text.removesuffix("\n").translate(SHOWN).split("\n\n")


def body(xml: str, **parts: str) -> bytes:
    """A Word document whose body is this XML (prefix w), with whole other parts: numbering, styles."""
    word = docx.Document()
    for element in list(word.element.body)[:-1]:
        word.element.body.remove(element)
    wrapped = parse_xml(f"<w:body {nsdecls('w', 'm')} {OTHERS}>{xml}</w:body>")
    for rank, element in enumerate(wrapped):
        word.element.body.insert(rank, element)
    data = saved(word)
    for name, made in parts.items():
        data = replaced(data, f"word/{name}.xml", f"<w:{name} {nsdecls('w')}>{made}</w:{name}>".encode())
    return data


OTHERS = (
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def replaced(data: bytes, name: str, part: bytes | None) -> bytes:
    """The archive with another part of this name, or without it."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.namelist():
            if entry != name:
                new.writestr(entry, old.read(entry))
        if part is not None:
            new.writestr(name, part)
    return buffer.getvalue()


def p(text: str, properties: str = "") -> str:
    """A paragraph of one run."""
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def listed(level: int, key: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{key}"/></w:numPr>'


def level(rank: int, form: str, text: str, more: str = "", start: int = 1) -> str:
    return (
        f'<w:lvl w:ilvl="{rank}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def lists(levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>') -> str:
    return f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}'


# --- numbers ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "text", "start", "expected"),
    [
        ("decimal", "%1.", 12, ["12.", "13."]),
        ("decimal", "%1)", 1, ["1)", "2)"]),
        ("decimal", "(%1)", 9, ["(9)", "(10)"]),
        ("decimal", "§ %1", 3, ["§ 3", "§ 4"]),
        ("decimal", "%1", 12, ["12.", "13."]),
        ("decimalZero", "%1.", 9, ["09.", "10."]),
        ("lowerLetter", "%1)", 26, ["z)", "aa)"]),
        ("lowerLetter", "%1", 1, ["a)", "b)"]),
        ("upperLetter", "%1.", 1, ["A.", "B."]),
        ("lowerRoman", "%1)", 4, ["iv)", "v)"]),
        ("upperRoman", "%1.", 9, ["IX.", "X."]),
        ("bullet", "–", 1, ["–", "–"]),
        ("bullet", "\uf0b7", 1, ["•", "•"]),
        ("none", "", 1, ["", ""]),
        ("ordinal", "%1.", 1, ["1.", "2."]),
        ("decimal", "\ufffaheading 1\ufffb%1.", 1, ["heading 11.", "heading 12."]),
    ],
)
def test_word_s_numbers_stand_before_the_text(form: str, text: str, start: int, expected: list[str]) -> None:
    data = body(p("Un", listed(0)) + p("Deux", listed(0)), numbering=lists(level(0, form, text, start=start)))
    assert lines(data) == [f"{label} {word}".strip() for label, word in zip(expected, ("Un", "Deux"), strict=True)]


def labels(levels: str, *used: int) -> list[str]:
    """The numbers of paragraphs on these levels of a list."""
    data = body("".join(p("x", listed(rank)) for rank in used), numbering=lists(levels))
    return [line.removesuffix(" x") for line in lines(data)]


def test_levels_start_again_under_a_higher_one() -> None:
    levels = level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)") + level(2, "lowerRoman", "%3)")
    used = (0, 1, 2, 2, 1, 2, 0, 1, 0)
    assert labels(levels, *used) == ["1.", "a)", "i)", "ii)", "b)", "i)", "2.", "a)", "3."]


def test_levels_may_be_shown_together_go_on_and_be_written_in_figures() -> None:
    both = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2")
    assert labels(both, 0, 1, 1, 0, 1) == ["I.", "I.1", "I.2", "II.", "II.1"]
    legal = level(0, "upperRoman", "%1.") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    assert labels(legal, 0, 1) == ["I.", "1.1"]
    through = level(0, "upperLetter", "%1.") + level(1, "decimal", "%2.", '<w:lvlRestart w:val="0"/>')
    assert labels(through, 0, 1, 1, 0, 1) == ["A.", "1.", "2.", "B.", "3."]
    assert labels(both, 1, 0) == ["I.1", "I."]


def test_a_list_may_override_a_start_and_shares_its_counter_otherwise() -> None:
    nums = "".join(
        f'<w:num w:numId="{key}"><w:abstractNumId w:val="0"/>{more}</w:num>'
        for key, more in {
            1: "",
            2: '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride>',
            3: f'<w:lvlOverride w:ilvl="0">{level(0, "upperRoman", "%1.")}</w:lvlOverride>',
        }.items()
    )
    used = (1, 1, 2, 2, 1, 3)
    data = body("".join(p("x", listed(0, key)) for key in used), numbering=lists(level(0, "decimal", "%1."), nums))
    assert lines(data) == ["1. x", "2. x", "7. x", "8. x", "9. x", "X. x"]


def test_a_style_may_number_and_a_paragraph_may_undo_it() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Base"><w:name w:val="base"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Texte"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Item"><w:basedOn w:val="Base"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Boucle"><w:basedOn w:val="Boucle"/></w:style>'
    )
    numbering = lists(level(0, "decimal", "%1.") + level(1, "lowerLetter", "%2)", '<w:pStyle w:val="Item"/>'))
    xml = "".join(
        p("x", f'<w:pStyle w:val="{style}"/>{more}')
        for style, more in (
            ("Texte", ""),
            ("Item", ""),
            ("Texte", listed(0, 0)),
            ("Boucle", ""),
            ("Texte", '<w:numPr><w:ilvl w:val="1"/></w:numPr>'),
            ("Texte", listed(0, 99)),
        )
    )
    assert lines(body(xml, styles=styles, numbering=numbering)) == ["1. x", "a) x", "x", "x", "b) x", "x"]


def test_an_empty_paragraph_counts_as_word_counts_it() -> None:
    data = body(p("", listed(0)) + p("x", listed(0)), numbering=lists(level(0, "decimal", "%1.")))
    assert lines(data) == ["2. x"]


# --- headings, notes, tables ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "outline", "text", "expected"),
    [
        ("heading 2", "", "Santé", "<heading 2>Santé"),
        ("Titre 1", "", "Santé", "<heading 1>Santé"),
        ("_ H _2/3", "", "Santé", "<heading 2>Santé"),
        ("_ H _M_Ch", "", "Santé", "<heading 1>Santé"),
        ("Title", "", "Santé", "<heading 1>Santé"),
        ("autre", "2", "Santé", "<heading 3>Santé"),
        ("heading 1", "9", "Santé", "Santé"),
        ("autre", "", "Santé", "Santé"),
        ("heading 2", "1", SENTENCE, SENTENCE),
    ],
)
def test_headings_are_told_by_style_or_outline(name: str, outline: str, text: str, expected: str) -> None:
    level = f'<w:pPr><w:outlineLvl w:val="{outline}"/></w:pPr>' if outline else ""
    styles = f'<w:style w:type="paragraph" w:styleId="S"><w:name w:val="{name}"/>{level}</w:style>'
    assert lines(body(p(text, '<w:pStyle w:val="S"/>'), styles=styles)) == [expected]


def test_notes_follow_the_paragraph_that_calls_them() -> None:
    word = docx.Document()
    word.add_paragraph("Agir")
    word.add_paragraph("Suite")
    notes(word, {7: "Voir la résolution 61/208.", 3: "Ibid."})
    xml = '<w:r {0}><w:footnoteReference w:id="{1}"{2}/>{3}</w:r>'
    for key, mark, text in ((7, "", ""), (3, ' w:customMarkFollows="1"', "<w:t>*</w:t>"), (99, "", "")):
        word.paragraphs[0]._p.append(parse_xml(xml.format(nsdecls("w"), key, mark, text)))
    assert lines(saved(word)) == [
        "Agir{1>{*>{2>",
        "<footnote 1>Voir la résolution 61/208.",
        "<footnote *>Ibid.",
        "Suite",
    ]


def test_a_note_that_is_called_twice_is_told_once_and_each_call_has_its_own_mark() -> None:
    word = docx.Document()
    notes(word, {3: "Ibid."})
    call = '<w:footnoteReference w:id="3" w:customMarkFollows="1"/><w:t>{}</w:t>'
    run = f"<w:r {nsdecls('w')}><w:t>Agir</w:t>{call.format('*')}{call.format('**')}</w:r>"
    word.add_paragraph()._p.append(parse_xml(run))
    assert lines(saved(word)) == ["Agir{*>{**>", "<footnote *>Ibid."]


def cell(*paragraphs: str) -> str:
    return f"<w:tc>{''.join(paragraphs)}</w:tc>"


def test_a_number_in_the_cell_before_a_title_goes_behind_its_mark() -> None:
    assert table_cells.row([["1."], [heading(1) + "Cadre juridique"]]) == [heading(1) + "1. Cadre juridique"]


def test_cells_with_sentences_are_text_and_the_rest_of_a_table_is_left_out() -> None:
    inner = f"<w:tbl><w:tr>{cell(p('Dans une autre table, les États sont priés d’agir vite.'))}</w:tr></w:tbl>"
    rows = (
        cell(p("Région")) + cell(p("Demandes")),
        cell(p("Afrique")) + cell(p("14"), p("bis")),
        cell(p("12.")) + cell(p(SENTENCE), p("Suite")) + cell(p("Nairobi")),
        cell(p("")) + cell(p("")),
        cell(inner, p("")),
        "<w:trPr><w:del/></w:trPr>" + cell(p("Supprimé")),
    )
    xml = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
    assert lines(body(xml)) == [
        "<table>Région\tDemandes",
        "<table>Afrique\t14 bis",
        f"12. {SENTENCE}",
        "Suite",
        "<table>Nairobi",
        "Dans une autre table, les États sont priés d’agir vite.",
    ]


def test_headers_and_footers_are_left_out() -> None:
    word = docx.Document()
    word.sections[0].header.paragraphs[0].text = "A/99/412"
    word.sections[0].footer.paragraphs[0].text = "2/15"
    word.add_paragraph("Texte")
    assert lines(saved(word)) == ["<running head>A/99/412", "<running head>2/15", "Texte"]


# --- what runs hold -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("runs", "expected"),
    [
        ("<w:r><w:t>Un</w:t><w:tab/><w:t>deux</w:t><w:br/><w:t>trois</w:t></w:r>", ["Un deux trois"]),
        ("<w:r><w:t>non</w:t><w:noBreakHyphen/><w:t>ci</w:t><w:softHyphen/><w:t>té</w:t></w:r>", ["non\u2011cité"]),
        ("<w:r><w:t>Un\u00ad \ufff9mot\ufffb</w:t></w:r>", ["Un mot"]),
        ("<w:hyperlink><w:r><w:t>Lien</w:t></w:r></w:hyperlink>", ["Lien"]),
        ("<w:ins><w:r><w:t>Oui</w:t></w:r></w:ins><w:del><w:r><w:delText>Non</w:delText></w:r></w:del>", ["Oui"]),
        ("<w:moveTo><w:r><w:t>Oui</w:t></w:r></w:moveTo><w:moveFrom><w:r><w:t>Non</w:t></w:r></w:moveFrom>", ["Oui"]),
        ('<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:t>3</w:t></w:r>', ["3"]),
        ("<w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>Contrôle</w:t></w:r></w:sdtContent></w:sdt>", ["Contrôle"]),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>Non</w:t></w:r><w:r><w:t>Oui</w:t></w:r>", ["Oui"]),
        ('<w:r><w:sym w:char="00E9"/><w:sym w:char="F0B7"/><w:sym w:char="zz"/></w:r>', ["é•"]),
        ('<w:r><w:t>l</w:t><w:sym w:font="Symbol" w:char="F0A2"/><w:t>eau</w:t></w:r>', ["l’eau"]),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0D8"/><w:t> boire</w:t></w:r>', ["• boire"]),
        ('<w:r><w:sym w:font="Arial" w:char="F0E9"/><w:t>tat</w:t></w:r>', ["état"]),
        ("<w:r><w:rPr><w:strike/></w:rPr><w:t>Non</w:t></w:r><w:r><w:t>Oui</w:t></w:r>", ["Oui"]),
        ("<w:r><w:rPr><w:dstrike/></w:rPr><w:t>Non</w:t></w:r><w:r><w:t>Oui</w:t></w:r>", ["Oui"]),
        ('<w:r><w:rPr><w:strike w:val="0"/></w:rPr><w:t>Oui</w:t></w:r>', ["Oui"]),
        ("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>", ["x+1"]),
        (
            "<w:r><w:t>Avant</w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>Encadré</w:t></w:r></w:p>"
            "</w:txbxContent></mc:Choice><mc:Fallback><w:pict><v:textbox><w:txbxContent><w:p><w:r><w:t>Encadré</w:t></w:r>"
            "</w:p></w:txbxContent></v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>",
            ["Avant", "Encadré"],
        ),
    ],
)
def test_what_a_paragraph_holds(runs: str, expected: list[str]) -> None:
    assert lines(body(f"<w:p>{runs}</w:p>")) == expected


RAISED = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:t>{}</w:t></w:r>'


@pytest.mark.parametrize(
    ("paragraphs", "expected"),
    [
        (["Il faut agir|2| vite."], ["Il faut agir{2> vite."]),
        (["Il faut agir.|3, 4|"], ["Il faut agir.{3>{4>"]),
        (["Le 1|er| mai, 30 m|2| de bois."], ["Le 1er mai, 30 m2 de bois."]),
        (["Il faut agir|2|.", "|2| Loi du 3 mai."], ["Il faut agir{2>.", "<footnote 2>Loi du 3 mai."]),
        (["|2| Nul n’appelle cette ligne."], ["2 Nul n’appelle cette ligne."]),
    ],
)
def test_a_raised_figure_after_a_word_calls_a_note(paragraphs: list[str], expected: list[str]) -> None:
    made = ""
    for text in paragraphs:
        runs = [
            RAISED.format(run) if rank % 2 else f'<w:r><w:t xml:space="preserve">{run}</w:t></w:r>'
            for rank, run in enumerate(text.split("|"))
        ]
        made += f"<w:p>{''.join(runs)}</w:p>"
    assert lines(body(made)) == expected


def test_a_deleted_end_joins_two_paragraphs() -> None:
    xml = p("Un ", "<w:rPr><w:del/></w:rPr>") + p("deux") + p("Trois", "<w:rPr><w:del/></w:rPr>")
    assert lines(body(xml)) == ["Un deux", "Trois"]


# --- the reference report -------------------------------------------------------------------------------


def test_the_report_as_a_word_document_has_the_same_59_paragraphs() -> None:
    report = segment.segment_text((ROOT / "corpus" / "A_68_370.txt").read_text(encoding="utf-8"), "A_68_370")
    word = docx.Document()
    numbered(word)
    listed_as = {levels[0]: key for key, levels in LISTS.items()}
    for row in report.paragraphs.itertuples():
        label = row.paragraph.removeprefix("heading:").rpartition(".")[2]
        styled = "Heading 2" if label in "ABCDEFGH" else "Heading 1"
        paragraph = word.add_paragraph(row.text, style=styled if row.kind == "heading" else None)
        if row.paragraph.isdigit():
            number(paragraph, listed_as["1."], 0)
        elif label.isupper():
            number(paragraph, listed_as["I."], int(styled[-1]) - 1)
    text = read(saved(word), max_characters=1_000_000, max_unpacked=10_000_000)
    made = segment.segment_text(text, "A_68_370")
    columns = ["paragraph", "section", "section_title", "section_role", "kind", "text"]
    assert made.paragraphs[columns].values.tolist() == report.paragraphs[columns].values.tolist()
    assert made.paragraphs.paragraph.str.fullmatch(r"\d+").sum() == 59
    assert made.sentences.equals(report.sentences)


# --- files made to do harm ------------------------------------------------------------------------------

GOOD = body(p("Texte"))
ENTITIES = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c SYSTEM "file:///etc/passwd">]>'
BOMB = f"<w:document {nsdecls('w')}><w:body><w:p><w:r><w:t>{'a' * 50_000_000}</w:t></w:r></w:p></w:body></w:document>"


def with_document(xml: bytes) -> bytes:
    return replaced(GOOD, MAIN, xml)


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"", "not an office document"),
        (b"Les \xc9tats ont \xe9t\xe9 pri\xe9s d'agir.", "not an office document"),
        (GOOD[:2000], "not an office document"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old office format"),
        (replaced(GOOD, MAIN, None), f"an office document without its part {MAIN}"),
        (with_document(b"Un texte."), "is no XML"),
        (with_document(b""), "is no XML"),
        (with_document(b"<w:document xmlns:w='w'><w:body>"), "is no XML"),
        (with_document(b"<a/>"), "an office document that is no text"),
        (with_document(ENTITIES + b"<w>&b;&c;</w>"), "XML with a document type"),
        (with_document((ENTITIES + b"<w>&b;</w>").decode().encode("utf-16")), "XML with a document type"),
        (with_document(BOMB.encode()), "too large when unpacked"),
        (with_document(b"<a>" * 10_000 + b"</a>" * 10_000), "is no XML"),
        (body(p("")), "no text in this document"),
    ],
)
def test_what_cannot_be_read_is_refused(data: bytes, problem: str) -> None:
    with pytest.raises(Unreadable) as caught:
        lines(data)
    assert problem in caught.value.problem
    assert caught.value.remedy


def test_a_line_of_50_megabytes_is_read_or_refused() -> None:
    runs = f"<w:r><w:t>{'mot ' * 100_000}</w:t></w:r>" * 125
    data = with_document(f"<w:document {nsdecls('w')}><w:body><w:p>{runs}</w:p></w:body></w:document>".encode())
    with pytest.raises(Unreadable, match="too large when unpacked"):
        lines(data)
    buffer = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as packed, zipfile.ZipFile(buffer, "w") as stored:
        for name in packed.namelist():
            stored.writestr(name, packed.read(name))
    with pytest.raises(Unreadable, match="longer than 1,000,000 characters"):
        lines(buffer.getvalue(), max_unpacked=60_000_000)
    assert len(lines(buffer.getvalue(), max_characters=60_000_000, max_unpacked=60_000_000)[0]) == 49_999_999


def test_declared_sizes_are_not_believed() -> None:
    liar = bytearray(with_document(BOMB[:9_000_000].encode()))
    size, small = (9_000_000 + BOMB[:9_000_000].count("’") * 2).to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert liar.count(size) == 2
    with pytest.raises(Unreadable, match="broken office document"):
        lines(bytes(liar.replace(size, small)))
    with pytest.raises(Unreadable, match="too large when unpacked"):
        lines(bytes(liar), max_unpacked=8_000_000)


def test_names_in_the_archive_lead_nowhere(tmp_path: Path) -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        '<Relationship Id="r1" Type="x/officeDocument" Target="../../../etc/passwd"/>'
        '<Relationship Id="r2" Type="x/officeDocument" TargetMode="External" Target="http://localhost/"/>'
        "</Relationships>"
    )
    assert lines(replaced(GOOD, "_rels/.rels", relations.encode())) == ["Texte"]


def test_boxes_and_tables_nested_deep_are_read_or_refused() -> None:
    for opens, closes in (
        ("<w:p><w:r><w:txbxContent>", "</w:txbxContent></w:r></w:p>"),
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
    ):
        for depth in (60, 5000):
            inner = opens * depth + p("Texte") + closes * depth
            data = with_document(f"<w:document {nsdecls('w')}><w:body>{inner}</w:body></w:document>".encode())
            try:
                assert lines(data)[-1].endswith("Texte")
            except Unreadable as error:
                refused = error.problem
                assert refused.endswith("is no XML)")


def test_a_broken_file_never_ends_in_another_error() -> None:
    chance = random.Random(7)
    ended = set()
    for _ in range(300):
        data = bytearray(GOOD)
        for _ in range(chance.randint(1, 12)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        try:
            ended.add(" ".join(lines(bytes(data))))
        except Unreadable as error:
            ended.add(error.problem)
    assert len(ended) > 3
