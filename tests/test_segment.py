"""Segment: paragraphs, sections, furniture; every line accounted for. The reference report by hand."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from pipeline import corpus, lexicon, schema, sections, segment, stage
from pipeline.errors import InputError
from pipeline.ids import content_id

ROOT = Path(__file__).parent.parent
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
    for row in blocks:  # the text is that of its lines, but for the number before it
        kept = [source[n - 1] for n in range(row.line_start, row.line_end + 1) if n not in out]
        whole = "".join("".join(kept).split())
        assert whole.endswith("".join(row.text.split()))
        assert len(whole) - len("".join(row.text.split())) <= len("VIII. ")
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


# --- files, limits, mistakes --------------------------------------------------------------------------


def run(folder: Path, settings: Path = stage.SETTINGS) -> dict[str, pd.DataFrame]:
    manifest = pd.DataFrame(corpus.manifest(folder), columns=list(corpus.COLUMNS))
    return segment.run(folder, manifest, settings=settings)


def test_an_unreadable_document_is_a_problem_and_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "bon.txt").write_bytes("1. Les États ont été priés d’agir.".encode("cp1252"))
    (tmp_path / "image.txt").write_bytes(b"\x89PNG\0")
    (tmp_path / "vide.txt").write_bytes(b"")
    made = run(tmp_path)
    assert made["documents"][["doc_id", "format", "encoding"]].values.tolist() == [["bon", "txt", "cp1252"]]
    assert made["problems"][["file", "doc_id", "line", "stage", "problem"]].values.tolist() == [
        ["image.txt", "image", 0, "segment", "binary content, not text"],
        ["vide.txt", "vide", 0, "segment", "empty document"],
    ]
    assert made["problems"].remedy.all()
    assert made["sentences"].text.tolist() == ["Les États ont été priés d’agir."]


def test_a_document_beyond_the_limit_is_a_problem(tmp_path: Path) -> None:
    settings, folder = tmp_path / "settings", tmp_path / "corpus"
    settings.mkdir()
    folder.mkdir()
    (settings / "segment.toml").write_text("max_characters = 20\n", encoding="utf-8")
    (folder / "court.txt").write_text("Agissons.", encoding="utf-8")
    (folder / "long.txt").write_text("Les États ont été priés d’agir.", encoding="utf-8")
    made = run(folder, settings)
    assert made["problems"].problem.tolist() == ["longer than 20 characters"]
    (folder / "court.txt").unlink()
    with pytest.raises(InputError, match="no readable document"):
        run(folder, settings)


def test_documents_know_nothing_of_each_other(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.txt").write_text(RESOLUTION, encoding="utf-8")
    made = run(tmp_path)
    one = segment.segment_text(RESOLUTION, "b").sentences
    both = made["sentences"]
    assert both[both.doc_id == "b"].reset_index(drop=True).equals(one)
    assert both.sentence_id.is_unique


def test_identifiers_outlive_renumbering_and_tell_repetitions_apart() -> None:
    before = segmented("1. Agissez.\n\n2. Les États agiront. Agissez.\n").sentences
    after = segmented("Avant.\n\n7. Agissez.\n\n8. Les  États\nagiront. Agissez.\n").sentences
    assert after.sentence_id.tolist()[1:] == before.sentence_id.tolist()
    assert before.sentence_id.is_unique
    assert before.sentence_id.tolist()[0] == content_id("s", "essai", "Agissez.", 1)


def test_the_command_writes_the_tables_of_the_schema_in_the_same_bytes(tmp_path: Path) -> None:
    corpus.refresh(ROOT / "corpus", tmp_path / "manifest.csv")
    words = ["--corpus", str(ROOT / "corpus"), "--manifest", str(tmp_path / "manifest.csv")]
    made = []
    for side in ("a", "b"):
        out = [part for t in segment.WRITES for part in (f"--{t}", str(tmp_path / side / f"{t}.parquet"))]
        assert segment.main([*words, *out]) == 0
        made.append({t: (tmp_path / side / f"{t}.parquet").read_bytes() for t in segment.WRITES})
    assert made[0] == made[1]
    for table in segment.WRITES:
        frame = pd.read_parquet(tmp_path / "a" / f"{table}.parquet")
        assert list(frame.columns) == [c.name for c in schema.TABLES[table].filled_by("segment")]


def test_a_wrong_manifest_is_one_line_and_exit_code_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--corpus", str(tmp_path), "--manifest", str(tmp_path / "manifest.csv")]
    words += [part for t in segment.WRITES for part in (f"--{t}", str(tmp_path / f"{t}.parquet"))]
    assert segment.main(words) == 2
    (tmp_path / "manifest.csv").write_text("doc_id\na\n", encoding="utf-8")
    assert segment.main(words) == 2
    told = capsys.readouterr().err.splitlines()
    assert ["no such manifest" in told[0], "not a manifest" in told[1], len(told)] == [True, True, 2]
    assert list(tmp_path.glob("*.parquet")) == []


def test_a_title_pattern_that_is_none_is_named(tmp_path: Path) -> None:
    (tmp_path / "section_roles.csv").write_text("pattern,role,example\n(,annex,Annexe\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"section_roles\.csv, line 2: pattern '\('"):
        sections.Roles.read(tmp_path, 200)


def test_each_title_pattern_gives_its_example_the_role_of_its_row() -> None:
    roles = sections.Roles.read(stage.LEXICONS, 200)
    rows = lexicon.read(stage.LEXICONS, sections.SECTION_ROLES)
    assert [(row["example"], roles.of(row["example"])) for row in rows] == [
        (row["example"], row["role"]) for row in rows
    ]
    assert [roles.of(title) for title in ("Séance inaugurale", "Conclure", "Résumer")] == ["", "", ""]


@pytest.mark.parametrize(
    "unit", ["a", ".", "A. ", "(", "1) ", "a) un; ", "A/", "_ ", " ", "-", "« ", "1. Les\n\n", "- De\n", "\f2\n"]
)
def test_long_runs_of_anything_are_read(unit: str) -> None:
    """Patterns are possessive or anchored: 200,000 characters would take minutes if one was quadratic."""
    found = segmented("Texte " + unit * (200_000 // len(unit)) + " fin.")
    assert len(found.paragraphs) >= 1
