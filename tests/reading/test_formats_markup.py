"""OpenDocument, Markdown, Akoma Ntoso: what each has of its own, and what tells it from other texts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from layouts_markup import AKN, odt
from pries.reading.formats import Limits, kind_of_text, texts
from pries.reading.marks import CALL, END, LINE, Unreadable

SHOWN = str.maketrans({CALL: "{", LINE: "<", END: ">"})
TEXT = "Les gouvernements ont été priés de ratifier les deux conventions."


def lines(data: str | bytes) -> list[str]:
    """The blocks of a file; marks as `<rule>` and `{call>`."""
    (read,) = texts(data.encode() if isinstance(data, str) else data, Limits())
    return read.text.removesuffix("\n").translate(SHOWN).split("\n\n")


# --- OpenDocument ---------------------------------------------------------------------------------

STYLES = (
    '<style:style style:name="S"><style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="H"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="R"><style:text-properties style:text-position="super 58%"/></style:style>'
    '<style:style style:name="B"><style:text-properties style:text-position="-33% 58%"/></style:style>'
    '<text:list-style style:name="N">'
    '<text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="." text:start-value="3"/>'
    '<text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." text:display-levels="2"/>'
    "</text:list-style>"
    '<text:list-style style:name="P"><text:list-level-style-bullet text:level="1" text:bullet-char="–"/>'
    "</text:list-style>"
)


def listed(*items: str, style: str = "N", more: str = "") -> str:
    made = "".join(f"<text:list-item><text:p>{item}</text:p></text:list-item>" for item in items)
    return f'<text:list text:style-name="{style}" {more}>{made}</text:list>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<text:h text:outline-level="2">Santé</text:h>', ["<heading 2>Santé"]),
        (
            "<text:p>Un<text:s text:c='3'/>deux<text:tab/>trois<text:line-break/>quatre</text:p>",
            ["Un deux trois\nquatre"],
        ),
        ('<text:p>Un<text:span text:style-name="S"> non</text:span> deux</text:p>', ["Un deux"]),
        ('<text:p>Un<text:span text:style-name="H"> non</text:span> deux</text:p>', ["Un deux"]),
        (
            '<text:p>la loi<text:span text:style-name="R">3</text:span>, m'
            '<text:span text:style-name="R">2</text:span></text:p>',
            ["la loi{3>, m2"],
        ),
        ('<text:p>CO<text:span text:style-name="B">2</text:span></text:p>', ["CO2"]),
        ("<text:tracked-changes><text:p>Non</text:p></text:tracked-changes><text:p>Oui</text:p>", ["Oui"]),
        ("<text:p>Un<office:annotation><text:p>Non</text:p></office:annotation> deux</text:p>", ["Un deux"]),
        (
            "<text:table-of-content><text:index-body><text:p>I. Santé 3</text:p>"
            "</text:index-body></text:table-of-content><text:p>Un</text:p>",
            ["<navigation>I. Santé 3", "Un"],
        ),
        (listed("un", "deux"), ["3. un", "4. deux"]),
        (
            listed("un") + "<text:p>Texte</text:p>" + listed("deux", more='text:continue-numbering="true"'),
            ["3. un", "Texte", "4. deux"],
        ),
        (listed("un") + listed("deux"), ["3. un", "3. deux"]),
        (
            "<text:numbered-paragraph><text:number>4.</text:number><text:p>un</text:p></text:numbered-paragraph>",
            ["4. un"],
        ),
        (listed("un", style="P"), ["– un"]),
        (listed(f"un {listed('sous', 'sous')}"), ["3. un", "3.1. sous", "3.2. sous"]),
        (
            f"<table:table><table:table-row><table:table-cell><text:p>12.</text:p></table:table-cell><table:table-cell><text:p>{TEXT}</text:p>"
            "</table:table-cell></table:table-row></table:table>",
            [f"12. {TEXT}"],
        ),
    ],
)
def test_open_document(body: str, expected: list[str]) -> None:
    assert lines(odt(body, STYLES)) == expected


def test_headings_of_an_open_document_are_numbered_by_their_outline() -> None:
    outline = (
        "<text:outline-style"
        ' style:name="O"><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format="A" style:num-suffix="."/></text:outline-style>'
    )
    body = "".join(f'<text:h text:outline-level="{level}">Titre</text:h>' for level in (1, 2, 2, 1, 2))
    numbers = [line.partition(">")[2] for line in lines(odt(body, outline))]
    assert numbers == ["I. Titre", "A. Titre", "B. Titre", "II. Titre", "A. Titre"]


# --- Markdown -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("# Titre\n\nUn *mot* et **deux**.", ["<heading 1>Titre", "Un mot et deux."]),
        ("# T\n\n12. Un\n\n14. Deux\n\n3) Trois", ["<heading 1>T", "12. Un", "14. Deux", "3) Trois"]),
        ("# T\n\n- un\n* deux\n", ["<heading 1>T", "• un", "• deux"]),
        ("# T\n\nUn :\na) deux ;\nb) trois.", ["<heading 1>T", "Un :\na) deux ;\nb) trois."]),
        ("# T\n\n    Un retrait.", ["<heading 1>T", "Un retrait."]),
        ("# T\n\n~~non~~ oui", ["<heading 1>T", "oui"]),
        ("Voir [la loi](https://exemple.org/l).", ["Voir la loi."]),
        (
            "# T\n\nUn mot[^a].\n\n[^a]: La note,\n  longue.",
            ["<heading 1>T", "Un mot{a>.", "<footnote a>La note, longue."],
        ),
        ("# T\n\n1\\. Un & « deux »", ["<heading 1>T", "1. Un & « deux »"]),
        ("---\ntitle: Avis\n---\nTexte.", ["Texte."]),
        ("+++\ntitle = 'Avis'\n+++\n\n# Eau\n\n1. Boire.\n1. Laver.", ["<heading 1>Eau", "1. Boire.", "2. Laver."]),
        (
            "Plan du port\n\nRecommandation | Pilote\n---|---|\nCurer le bassin | Régie\n",
            ["Plan du port", "<table>Recommandation\tPilote", "Recommandation : Curer le bassin. Responsable : Régie."],
        ),
        ("# Eau\n\n- [ ] Boire.\n- [x] Laver.", ["<heading 1>Eau", "• Boire.", "• Laver."]),
    ],
)
def test_markdown(text: str, expected: list[str]) -> None:
    assert kind_of_text(text) == "md"
    assert lines(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "* A/68/150.\n\n1. Texte **important**.",
        "---\nTexte\n---\nSuite",
        "#hashtag\n\nTexte",
        "Titre\n=====\n\n1. Texte[1] et (voir [2]).",
        "___\n\n1 Voir __ci-dessus__.",
        "a | b\n\nTexte",
    ],
)
def test_plain_text_is_no_markdown(text: str) -> None:
    assert kind_of_text(text) == "txt"


# --- Akoma Ntoso ----------------------------------------------------------------------------------


def akn(body: str, name: str = "doc", before: str = "") -> str:
    return f'{before}<akomaNtoso xmlns="{AKN}"><{name}>{body}</{name}></akomaNtoso>'


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<mainBody><p>Un <b>mot</b><eol/>deux</p></mainBody>", ["Un mot\ndeux"]),
        (
            "<body><section><num>1</num><heading>Santé</heading><content><p>Un.</p></content></section></body>",
            ["<heading 1>1. Santé", "Un."],
        ),
        (
            "<body><article><num>Article 3</num><paragraph><num>1</num>"
            "<content><p>Un.</p></content></paragraph></article></body>",
            ["<heading 1>Article 3", "1. Un."],
        ),
        (
            "<preamble><formula><p>Le Conseil,</p></formula></preamble>"
            "<mainBody><paragraph><num>2.</num><content><p>Prie :</p>"
            "<blockList><item><num>a)</num><p>un ;</p></item></blockList></content></paragraph></mainBody>",
            ["Le Conseil,", "2. Prie :", "a) un ;"],
        ),
        (
            "<debateBody><speech by='#r'><from>Mme Roy</from><p>Oui.</p>"
            "<p>Bien.</p></speech><scene>(Rires)</scene></debateBody>",
            ["Mme Roy : Oui.", "Bien.", "(Rires)"],
        ),
        (
            "<mainBody><p>Un<authorialNote marker='3'><p>La note.</p></authorialNote> mot.</p></mainBody>",
            ["Un{3> mot.", "<footnote 3>La note."],
        ),
        (
            "<preface><p><docTitle>Avis</docTitle></p></preface><mainBody><p>Un.</p></mainBody>",
            ["<heading 1>Avis", "Un."],
        ),
        (
            "<body><hcontainer><section><num>I</num><heading>Santé</heading><p>Un.</p><section><heading>Eau</heading>"
            "<p>Deux.</p></section></section></hcontainer><hcontainer><p>Trois.</p></hcontainer></body>",
            ["<heading 1>I. Santé", "Un.", "<heading 2>Eau", "Deux.", "Trois."],
        ),
        (
            "<debateBody><speech><from>Mme Roy</from><p>Oui.</p></speech><speech><from>M. Ba</from></speech>"
            "<speech><p>Soit.</p></speech></debateBody>",
            ["Mme Roy : Oui.", "M. Ba", "Soit."],
        ),
        (
            "<mainBody><p>Un <del>non</del>mot</p><toc><tocItem>I. Santé</tocItem></toc></mainBody>",
            ["Un mot", "<navigation>I. Santé"],
        ),
    ],
)
def test_akoma_ntoso(body: str, expected: list[str]) -> None:
    assert kind_of_text(akn(body)) == "akn"
    assert lines(akn(body)) == expected


def test_any_prefix_and_encoding_of_akoma_ntoso_are_read() -> None:
    body = f"<a:p>{TEXT}</a:p>"
    before = '<?xml version="1.0" encoding="iso-8859-1"?><!-- x -->'
    text = f'{before}<a:akomaNtoso xmlns:a="{AKN}"><a:doc>{body}</a:doc></a:akomaNtoso>'
    assert lines(text.encode("latin-1")) == [TEXT]


def test_what_akoma_ntoso_says_of_a_work() -> None:
    meta = (
        '<meta><identification><FRBRWork><FRBRdate date="2031-02-03"/><FRBRalias value="OKO/RES/3"/>'
        '<FRBRalias value="Avis sur la pêche"/>'
        '</FRBRWork><FRBRExpression><FRBRdate date="2032-01-01"/><FRBRlanguage language="fra"/>'
        "</FRBRExpression></identification></meta>"
    )
    (read,) = texts(akn(f"{meta}<mainBody><p>Un.</p></mainBody>").encode(), Limits())
    assert read.metadata == {"title": "Avis sur la pêche", "symbol": "OKO/RES/3", "date": "2031-02-03", "lang": "fr"}


def test_other_xml_is_named() -> None:
    with pytest.raises(Unreadable, match="XML"):
        texts(b'<?xml version="1.0"?><TEI><text>Un.</text></TEI>', Limits())


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=80))
def test_any_text_in_any_of_them_is_read_or_refused(text: str) -> None:
    plain = text.replace("&", "&amp;").replace("<", "&lt;")
    for data in (
        f"# T\n\n{text}".encode(),
        akn(f"<mainBody><p>{plain}</p></mainBody>").encode(),
        odt(f"<text:p>{plain}</text:p>"),
    ):
        try:
            made = texts(data, Limits())
        except Unreadable as error:
            assert error.remedy  # noqa: PT017
        else:
            assert len(made) == 1
