"""Segment: paragraphs, sections, furniture; every line accounted for. The reference report by hand."""

from __future__ import annotations

import pytest
from conftest import ROOT
from pries.segmentation import joining, segment
from pries.segmentation.furniture import SUPERSCRIPTS

REPORT = ROOT / "corpus" / "A_68_370.txt"


def segmented(text: str) -> segment.Segmented:
    return segment.segment_text(text, "essai")


# --- the reference report ---------------------------------------------------------------------------

SECTIONS = {  # title, first and last paragraph, read off the report
    "I": ("Introduction", 1, 6),
    "II": ("Principales constatations", 7, 17),
    "III": ("Séance inaugurale", 18, 23),
    "IV": ("Débat général", 24, 26),
    "V.A": ("Migration des travailleurs et droits de l’homme", 27, 27),
    "V.B": ("Migration des travailleurs et travail décent", 28, 29),
    "V.C": ("Recrutement éthique et responsable des travailleurs migrants", 30, 31),
    "VI.A": ("Ratification des instruments des Nations Unies relatifs aux droits de l’homme", 32, 35),
    "VI.B": ("Femmes et enfants migrants", 36, 37),
    "VI.C": ("Migrants en détresse, en transit ou dans une situation de crise", 38, 43),
    "VII": ("Le point de vue des jeunes", 44, 45),
    "VIII.A": ("Migrants et diaspora : partenaires mondiaux de développement", 46, 48),
    "VIII.B": ("Renforcement des capacités et membres de la diaspora", 49, 49),
    "VIII.C": ("Migrants, migrations et programme de développement de l’ONU pour l’après-2015", 50, 50),
    "VIII.D": ("Amélioration de la base de données d’éléments factuels", 51, 52),
    "IX.A": (
        "Approche de la problématique des migrations et du développement fondée sur les droits, attentive à la "
        "problématique hommes-femmes et centrée sur les migrants",
        53,
        54,
    ),
    "IX.B": ("Partenariats, coopération et cohérence", 55, 56),
    "X": ("Conclusion", 57, 59),
}
CHAPTERS = {
    "V": "Thème 1 : Le travail et la mobilité des migrants",
    "VI": "Thème 2 : Les droits et la protection des migrants",
    "VIII": "Thème 3 : Développement humain et rôle de la diaspora",
    "IX": "Thème 4 : Gouvernance des migrations et partenariats",
}
ROLES = {"II": "summary", "X": "conclusion"}


@pytest.fixture(scope="module")
def report() -> segment.Segmented:
    return segment.segment_text(REPORT.read_text(encoding="utf-8"), "A_68_370")


def test_the_report_has_59_paragraphs_in_their_sections(report: segment.Segmented) -> None:
    found = report.paragraphs[report.paragraphs.kind == "paragraph"]
    expected = [
        (str(n), section, title, ROLES.get(section, "body"))
        for section, (title, first, last) in SECTIONS.items()
        for n in range(first, last + 1)
    ]
    columns = ["paragraph", "section", "section_title", "section_role"]
    assert list(found[columns].itertuples(index=False, name=None)) == expected
    assert len(expected) == 59


def test_the_report_has_its_headings(report: segment.Segmented) -> None:
    found = report.paragraphs[(report.paragraphs.kind == "heading") & (report.paragraphs.section_role != "annex")]
    titles = {section: title for section, (title, *_) in SECTIONS.items()} | CHAPTERS
    assert dict(zip(found.section, found.text, strict=True)) == titles
    assert found.paragraph.tolist() == ["heading:" + section for section in found.section]


def test_the_annex_stands_apart(report: segment.Segmented) -> None:
    annex = report.paragraphs[report.paragraphs.section_role == "annex"]
    assert annex.kind.tolist() == ["heading"] * 2 + ["annex"] * 14
    assert set(annex.section) == {"annex"}
    assert annex.paragraph.tolist()[-1] == "annex:p14"
    assert annex.section_title.tolist()[-1].startswith("Programme des auditions informelles interactives avec")
    assert annex.text.tolist()[3] == "10 heures-10 h 15 Ouverture des auditions"


def test_furniture_is_out_of_the_text_and_page_breaks_are_joined(report: segment.Segmented) -> None:
    rules = dict(zip(report.dropped.line, report.dropped.rule, strict=True))
    expected = {30: "footnote", 32: "address", 33: "address", 34: "address", 35: "address"}
    assert rules == expected | {38: "symbol", 41: "job number"}
    text = report.paragraphs.set_index("paragraph").text
    assert "développement. La proposition de liste d’organisations" in text["3"]
    whole = "\n".join(report.paragraphs.text)
    assert [word for word in ("undocs", "13-46142", "A/68/370", "* A/68/150") if word in whole] == []
    assert "le plan d’action en 10 points pour la protection" in text["43"]


@pytest.mark.parametrize(
    ("paragraph", "word"),
    [
        ("9", "hommes-femmes."),
        ("13", "de non-refoulement"),
        ("23", "l’après-2015. En effet"),
        ("39", "de non-refoulement"),
        ("49", "Commission européenne-Nations Unies"),
        ("8", "des objectifs qui puisse être"),
    ],
)
def test_hyphens_and_odd_spaces_at_line_ends(report: segment.Segmented, paragraph: str, word: str) -> None:
    assert word in report.paragraphs.set_index("paragraph").text[paragraph]


def test_the_list_of_paragraph_30_stands_under_its_lead_in(report: segment.Segmented) -> None:
    found = report.sentences[report.sentences.paragraph == "30"]
    assert found.item.tolist() == ["", "", "", "a", "b", "c", "d", ""]
    assert found.text.tolist()[2] == "Ils ont prié les États Membres :"
    assert found.text.tolist()[5].startswith("c) d’imposer des amendes")
    assert found.text.tolist()[6].endswith("de contrôle de ces agences.")
    assert found.text.tolist()[7].startswith("Le coût de leurs services devrait")


def test_sentences_of_the_report(report: segment.Segmented) -> None:
    body = report.sentences[~report.sentences.paragraph.str.startswith("annex")]
    assert len(body) == 185
    assert body[body.item == ""].text.str.endswith((".", ":")).all()
    assert not report.sentences.paragraph.str.startswith("heading").any()
    assert report.sentences.sentence_id.str.fullmatch("s[0-9a-f]{12}").all()


# --- every document -----------------------------------------------------------------------------------

RESOLUTION = """\
L’Assemblée générale,

Rappelant sa résolution 67/219 du 21 décembre 2012,

1. Prie le Secrétaire général de lui faire rapport;

2. Demande instamment aux États Membres :

a) De ratifier la Convention. Elle date de 1990;

b) De prendre des mesures pour :

i) Lutter contre la traite;

ii) Protéger les victimes; et

c) D’agir;

3. Décide de rester saisie de la question.
"""
PAGES = """\
A/HRC/35/25/Add.1
Rapport du Rapporteur spécial sur les droits de l’homme des migrants

Résumé
Le présent rapport rend compte de la mission que le Rapporteur spécial a effectuée en mai.

GE.17-06354 (F) 160517 180517
*1706354*
\fA/HRC/35/25/Add.1
2 GE.17-06354

I. Introduction
1. Le Rapporteur spécial a effectué une mission du 1er au 8 mai 2016, à l’invitation du
Gouvernement¹. Il a remercié les autorités qui l’ont reçu et les a priées de lui
répondre par écrit.
_______________
¹ Voir A/HRC/20/24, par. 5.
\fA/HRC/35/25/Add.1
GE.17-06354 3
Elles devraient aussi former leurs agents, et les agents devraient être mieux payés
qu’ils ne le sont.
II. Conclusions et recommandations
A. Conclusions
2. Tout va bien.
Annexe I
Liste des personnes rencontrées
M. Dupont
Mme Diallo
Annexe II : Calendrier
1. Le calendrier sera publié.
2. Il sera suivi.
"""
UNWRAPPED = """\
Résumé
Les États ont été priés d’agir sans tarder dans le domaine des migrations internationales. Ils le feront.
Les gouvernements devraient ratifier la Convention; les autres devraient s’abstenir de la dénoncer.
Conclusion
Les gouvernements devraient agir.
"""
DOCUMENTS = {
    "report": REPORT.read_text(encoding="utf-8"),
    "resolution": RESOLUTION,
    "pages": PAGES,
    "unwrapped": UNWRAPPED,
    "crlf": RESOLUTION.replace("\n", "\r\n"),
    "one line": "23. Soutient l’action menée par les autorités;",
    "furniture alone": "A/68/370\n\n12\n\nhttp://undocs.org/A/68/370\n",
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_line_is_in_one_paragraph_or_dropped(name: str) -> None:
    found, lines = segmented(DOCUMENTS[name]), DOCUMENTS[name].splitlines()
    blocks = list(found.paragraphs.itertuples())
    places = [n for row in blocks for n in range(row.line_start, row.line_end + 1)]
    out = found.dropped.set_index("line").text
    written = [n for n, line in enumerate(DOCUMENTS[name].replace("\r", "").split("\n"), 1) if line.strip()]
    assert len(places) == len(set(places))
    assert [n for n in written if (n in places) + (n in out) < 1] == []
    assert [n for n in out.index if n not in written] == []
    source = DOCUMENTS[name].replace("\r", "").split("\n")
    assert out.tolist() == [source[n - 1] for n in out.index]
    calls = found.footnotes[found.footnotes.paragraph != ""].sort_values("start", ascending=False)
    for row in blocks:  # the text is that of its lines, but for the number before it and the calls of notes in it
        kept = [source[n - 1] for n in range(row.line_start, row.line_end + 1) if n not in out]
        whole = "".join("".join(kept).translate(SUPERSCRIPTS).split())
        text = row.text
        for call in calls[calls.paragraph == row.paragraph].itertuples():
            text = text[: call.start] + call.mark + text[call.start :]
        text = "".join(text.translate(SUPERSCRIPTS).split())
        assert whole.endswith(text)
        assert len(whole) - len(text) <= len("VIII. ")
    assert lines


@pytest.mark.parametrize("name", DOCUMENTS)
def test_sentences_cover_their_paragraphs(name: str) -> None:
    found = segmented(DOCUMENTS[name])
    assert found.paragraphs.paragraph.is_unique
    assert found.sentences.sentence_id.is_unique
    for row in found.paragraphs[found.paragraphs.kind != "heading"].itertuples():
        mine = found.sentences[found.sentences.paragraph == row.paragraph]
        assert [row.text[s.start : s.end] for s in mine.itertuples()] == mine.text.tolist()
        assert " ".join(mine.text) == row.text
        assert mine.sentence.tolist() == list(range(1, len(mine) + 1))


@pytest.mark.parametrize("line", ["³", "²³", "①", "1" * 5000, "٣"])
def test_a_line_of_odd_digits_is_read(line: str) -> None:
    """Not every digit is a number that Python reads."""
    found = segmented(f"1. Ils ont agi.\n\n{line}\n\n2. Ils ont parlé.\n")
    assert {"1", "2"} <= set(found.paragraphs.paragraph)


@pytest.mark.parametrize("word", ["e\u200b\u0301tude", "e\u00ad\u0301tude"])
def test_text_is_composed_after_all_else(word: str) -> None:
    assert segmented(f"1. Une {word}.").paragraphs.text.tolist() == ["Une étude."]
    assert joining.joined(["Une e\u00ad", "\u0301tude."]) == "Une étude."


CUT = "Les ministres ont recom-\nmandé la construc-\ntion d’un pont et la non-\nprolifération des cen-\ndres."


def test_a_document_that_cuts_words_at_line_ends_is_read_whole() -> None:
    text = segment.segment_text(CUT, "d").paragraphs["text"].tolist()
    assert text == ["Les ministres ont recommandé la construction d’un pont et la non-prolifération des cendres."]


def test_compounds_at_line_ends_keep_their_hyphens() -> None:
    lines = "Le savoir-\nfaire des non-\nrésidents, le vice-\nprésident et la main-\nd’œuvre du cen-\ntre."
    text = segment.segment_text(lines, "d").paragraphs["text"].tolist()
    assert text == ["Le savoir-faire des non-résidents, le vice-président et la main-d’œuvre du cen-tre."]
