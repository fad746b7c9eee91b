"""Actors: French sentences, each with the mentions that it holds (words -> canonical name, type)."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from corpora import mentioned
from pries.actors.known_names import ActorNames
from pries.base.errors import InputError
from pries.base.places import LEXICONS
from pries.segmentation import segment

Find = Callable[[str], pd.DataFrame]


@pytest.fixture(scope="module")
def find() -> Find:
    return lambda text: mentioned(segment.segment_text(text, "d1"))["actors"]


def mentions(table: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(table[["text", "actor", "type"]].itertuples(index=False, name=None))


def test_nouns_with_the_qualifiers_that_tell_groups_apart(find: Find) -> None:
    table = find("Les participants issus de la société civile, venus nombreux, ont remercié plusieurs États Membres.")
    assert mentions(table) == [
        ("Les participants issus de la société civile", "participants issus de la société civile", "civil_society"),
        ("plusieurs États Membres", "États Membres", "state"),
    ]


def test_an_acronym_has_the_name_of_the_organisation(find: Find) -> None:
    table = find("L’OIT et le Conseil de sécurité ont publié une note.")
    assert list(table["actor"]) == ["Organisation internationale du Travail", "Conseil de sécurité"]
    assert list(table["type"]) == ["un", "un"]


def test_nested_names_are_not_split(find: Find) -> None:
    table = find("Les représentants de la société civile ont parlé.")
    assert list(table["text"]) == ["Les représentants de la société civile"]


def test_coordinated_groups_are_split(find: Find) -> None:
    table = find("Les gouvernements, la société civile et la communauté internationale ont été encouragés à agir.")
    assert list(table["actor"]) == ["gouvernements", "société civile", "communauté internationale"]


def test_a_noun_of_no_lexicon_is_an_actor_where_it_acts(find: Find) -> None:
    assert mentions(find("Les rectorats doivent publier la carte scolaire.")) == [
        ("Les rectorats", "rectorats", "state")
    ]
    assert find("La carte des rectorats est parue.").empty


def test_a_thing_is_no_actor(find: Find) -> None:
    assert find("Le cadre juridique et la mise en œuvre du plan restent à définir.").empty


@pytest.mark.parametrize(
    ("text", "pronoun", "stands_for"),
    [
        ("Les intervenants ont parlé du travail. Ils ont prié les gouvernements d’agir.", "Ils", "intervenants"),
        ("Les participants ont salué les syndicats et les ont invités à poursuivre.", "les", "syndicats"),
        ("Certains participants ont préconisé un fonds; d’autres estiment préférable d’attendre.", "d’autres",
         "participants"),
        ("Les délégations ont parlé. Plusieurs d’entre elles ont recommandé d’attendre.", "Plusieurs d’entre elles",
         "délégations"),
        ("Le délégué du Togo a parlé. Celui du Bénin a prié le Conseil d’agir.", "Celui du Bénin", "délégué du Bénin"),
    ],
)  # fmt: skip
def test_pronouns_are_resolved_in_the_paragraph(find: Find, text: str, pronoun: str, stands_for: str) -> None:
    table = find(text)
    row = table[table["text"] == pronoun]
    assert list(row["actor"]) == [stands_for]
    assert set(row["antecedent"]) <= set(table["mention_id"])


@pytest.mark.parametrize("text", ["Il a été proposé de créer un fonds.", "Il faudrait agir.", "Il est urgent d’agir."])
def test_impersonal_il_stands_for_nobody(find: Find, text: str) -> None:
    assert find("Le Président a ouvert la séance. " + text)["text"].tolist() == ["Le Président"]


def test_ids_are_unique_and_offsets_true(find: Find) -> None:
    text = "Les États ont prié les États de prier les États."
    table = find(text)
    assert table["mention_id"].is_unique
    assert [text[s:e] for s, e in zip(table["start"], table["end"], strict=True)] == list(table["text"])


@pytest.mark.parametrize(
    ("text", "actor"),
    [
        ("La Suisse encourage les parties.", "Suisse"),
        ("Les États-Unis ont prié le Conseil d’agir.", "États-Unis d’Amérique"),
        ("La Fédération de Russie a demandé un vote.", "Fédération de Russie"),
    ],
)
def test_countries_have_canonical_names(find: Find, text: str, actor: str) -> None:
    row = find(text).iloc[0]
    assert (row["actor"], row["type"]) == (actor, "state")


@pytest.mark.parametrize("text", ["Les combats ont repris en Libye.", "La situation du Burundi est grave."])
def test_a_country_told_as_a_place_is_nobody(find: Find, text: str) -> None:
    assert find(text).empty


def test_a_short_name_stands_for_the_full_one_of_the_document(find: Find) -> None:
    table = find("Le Comité des droits de l’homme a siégé. Le Comité recommande à l’État partie d’agir.")
    assert list(table["actor"])[:2] == ["Comité des droits de l’homme"] * 2


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Les représentants de la société civile ont parlé.", "civil_society"),
        ("Les représentants des travailleurs et du patronat ont parlé.", "community"),
        ("Le Représentant spécial du Secrétaire général a parlé.", "un"),
    ],
)
def test_representatives_are_of_the_type_of_whom_they_represent(find: Find, text: str, kind: str) -> None:
    assert find(text).iloc[0]["type"] == kind


@pytest.fixture
def lexicons(tmp_path: Path) -> Path:
    return Path(shutil.copytree(LEXICONS, tmp_path / "lexicons"))


def test_actor_groups_count_names_together(lexicons: Path) -> None:
    with (lexicons / "actor_groups.csv").open("a", encoding="utf-8") as file:
        file.write("gouvernements,États\nÉtats Membres,États\n")
    names = ActorNames.read(lexicons)
    assert [names.counted_as(a) for a in ("gouvernements", "États Membres", "OIT")] == ["États", "États", "OIT"]


def test_an_unknown_type_is_refused(lexicons: Path) -> None:
    with (lexicons / "actors.csv").open("a", encoding="utf-8") as file:
        file.write("lutin,elf,\n")
    with pytest.raises(InputError, match="type 'elf' is unknown"):
        ActorNames.read(lexicons)


def test_an_actor_has_one_canonical_name_whatever_its_apostrophe(find: Find) -> None:
    table = find("L'Agence de l'eau a parlé. L’Agence de l’eau a parlé.")
    assert list(table["text"]) == ["L'Agence de l'eau", "L’Agence de l’eau"]
    assert list(table["actor"]) == ["Agence de l’eau"] * 2
