"""Sentences: where they end, and the items of lists. `|` stands where a sentence must end."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pries.base import lexicon
from pries.base.errors import InputError
from pries.base.places import LEXICONS
from pries.segmentation import sentences

CUES = sentences.Cues.read(LEXICONS)


def marked(text: str, *parts: tuple[int, str]) -> str:
    """The sentences with `|` between them; an item's with the item, as in `|<a>a) d’agir;`."""
    found = sentences.spans(text, parts or [(0, "")], CUES)
    return "|".join(f"<{s.item}>" * bool(s.item) + text[s.start : s.end] for s in found)


def unmarked(text: str) -> str:
    return re.sub(r"\|(<[^>]*>)?", " ", text)


@pytest.mark.parametrize(
    "expected",
    [
        # the ends
        "Les États ont été priés d’agir.|Ils l’ont fait.",
        "Que faire ?|Il faut agir !|Nul n’en doute…|Les États agiront.",
        "Ils ont été priés d’agir...|Les États l’ont fait.",
        "Il s’agit de l’après-2015.|En effet, les États agiront.",
        "Les travaux ont pris fin en 2013.|20 pays y ont pris part.",
        "Tous y ont droit.|À cet égard, les États devraient agir.|Étant donné les faits, ils agiront.",
        "Ils ont agi;|"[:-1] + " les autres attendent : rien ne presse.",
        "Le Comité a agi.1|Les États aussi.",
        "Le Comité a agi.²|Les États aussi.",
        # no ends
        "Le taux est de 3.5 pour cent et le document A/68/370.Add.1 le dit.",
        "Voir l’art. 5, l’al. 2, le par. 12 et la p. 3 du vol. 1577 de la coll. Études.",
        "Voir Nations Unies, Recueil des Traités, vol. II, chap. IV, fig. A, et cf. Annexe II.",
        "M. Diallo, MM. Martin et Ndiaye, Mme A. Le Gall et le Dr. Martin ont été priés d’agir.",
        "J. Dupont et P.-H. Martin ont parlé avec J. R. R. Diallo.",
        "Le délai, c.-à-d. Noël, et les fêtes, p. ex. Pâques, ont été rappelés.",
        "La société Martin Ltd. (Genève) devrait répondre.",
        "La séance est ouverte à 10 h 15 le 3 oct. 2013 par S.E. M. Diallo.",
        "Les États ont agi (voir par. 5. Annexe comprise) et les autres aussi.",
        "Il a cité […] Les États dans sa note.",
        "Les prix, les salaires, etc. ont monté.",
        "« Que faire ? » a-t-il demandé. « Rien ! » a-t-elle dit."[:31],
        # abbreviations that end a sentence all the same
        "Il faut des routes, des ports, etc.|Les États devraient agir.",
        "Cela ressort de l’annexe A.|Les États devraient agir.",
        "Il cite l’O.N.U.|Le Comité aussi.",
        # quotations and brackets
        "Il a dit : « Les États doivent agir.|Ils le feront. »|Puis il est parti.",
        "Il a crié « Agissez ! » aux États.|Nul n’a bougé.",
        "Les États doivent << agir. >>|Nul n’a bougé.",
        "Le Comité a agi.|(Voir l’annexe.)|Les États aussi.",
        'Il a dit : "Agissons."|"Oui", a-t-elle répondu.',
    ],
)
def test_sentences_end_where_marked(expected: str) -> None:
    assert marked(unmarked(expected)) == expected


@pytest.mark.parametrize(
    "expected",
    [
        "Ils ont prié les États :|<a>a) d’instaurer un code;|<b>b) d’agir; et|<c>c) de lutter.|Il attend.",
        "Tout va.|Il recommande de :|<a>a) Créer un fonds.|<a>Ce fonds serait doté;|<b>b) Agir vite.|Il attend.",
        "Il prie|<1>1) les États d’agir et|<2>2) les autres d’aider.|Il attend.",
        "Il prie de :|<a>a) mesurer :|<a.i>i) la faim;|<a.ii>ii) la soif;|<b>b) publier les chiffres.|Il attend.",
        "Il prie les États (quels qu’ils soient) :|<a>(a) d’agir; ou|<b>(b) de répondre.",
        "Il prie :|<a>a) les uns d’agir;|<b>b) les autres de voir.|Il cite :|<a>a) le plan; et|<b>b) le code.",
        "Il cite :|<a>a) le plan;|<b>b) la loi, les alinéas a), c) et d) compris;|<c>c) le code.",
        "Il cite :|<a>a) la loi et l’alinéa b) du plan;|<b>b) le code.",
        "Il prie les uns :|<i>i) d’agir;|<ii>ii) de voir;|<iii>iii) de suivre l’alinéa a) du code.",
    ],
)
def test_run_in_lists_are_split_under_their_lead_in(expected: str) -> None:
    assert marked(unmarked(expected)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Conformément à l’art. 5 a) et b) de la loi, les États ont été priés d’agir.",
        "Conformément aux alinéas a) et b) du paragraphe 2, les États ont été priés d’agir.",
        "Conformément au paragraphe 5, a) à c), les États ont été priés d’agir.",
        "Les articles 3 a), 4 b) et 5 c) du règlement ont été cités.",
        "Les États (au nombre de 5) ont été priés d’agir (voir note 2) sans tarder.",
        "La mesure a) est la seule que le Comité ait proposée.",
    ],
)
def test_citations_are_no_lists(text: str) -> None:
    assert marked(text) == text


def test_items_on_lines_of_their_own_last_until_the_next() -> None:
    text = "Le Comité recommande : a) Créer un fonds. Il serait doté : i) par les États; ii) par l’ONU; b) Agir."
    parts = [(0, ""), (text.index("a)"), "a"), (text.index("b)"), "b")]
    assert marked(text, *parts) == (
        "Le Comité recommande :|<a>a) Créer un fonds.|<a>Il serait doté :"
        "|<a.i>i) par les États;|<a.ii>ii) par l’ONU;|<b>b) Agir."
    )


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        ".",
        "a) b) c)",
        "Les États. Ils ont agi !  « Bien. »  a) un deux; b) trois quatre.",
        "(((. A. B) C. ) D",
        "« « « . » » » A",
    ],
)
def test_every_character_but_spaces_is_in_exactly_one_sentence(text: str) -> None:
    found = sentences.spans(text, [(0, "")], CUES)
    covered = [i for span in found for i in range(span.start, span.end)]
    assert len(covered) == len(set(covered))
    assert [i for i, c in enumerate(text) if not c.isspace() and i not in covered] == []
    assert all(text[s.start : s.end] == text[s.start : s.end].strip() != "" for s in found)


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param(
            "Le Comité cite J. La Fontaine et attend.",
            marks=pytest.mark.xfail(strict=True, reason="an initial before a name that begins as a sentence does"),
        ),
        pytest.param(
            "Ils ont besoin de vitamine C.|Paris en enverra.",
            marks=pytest.mark.xfail(strict=True, reason="a letter at the end, a name at the beginning"),
        ),
    ],
)
def test_known_misses(expected: str) -> None:
    assert marked(unmarked(expected)) == expected


def test_each_abbreviation_behaves_as_its_example_says() -> None:
    """Titles and references end nothing in their example; openers and final forms end a sentence there."""
    for row in lexicon.read(LEXICONS, sentences.ABBREVIATIONS):
        found = sentences.ends(row["example"], CUES)
        if row["kind"] in ("title", "reference", "cited", "link"):
            assert found == [], row["example"]
        elif row["kind"] == "opener":
            assert len(found) == 1, row["example"]
        form = row["form"].rstrip(".").replace("’", "'").lower()
        assert form in row["example"].replace("’", "'").lower(), row["example"]


def test_a_broken_row_of_the_lexicon_is_named(tmp_path: Path) -> None:
    path = tmp_path / "abbreviations.csv"
    path.write_text("form,kind,example\nart.,référence,Voir l’art. 5.\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"line 2: kind 'référence' is unknown"):
        sentences.Cues.read(tmp_path)
