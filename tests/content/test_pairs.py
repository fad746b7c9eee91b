"""Pairs: sentences of several kinds of documents that ask the same, or nearly the same, through the real parse.

`tests/pairs/pairs.tsv`: judgement (same, near, different), kind of document, the two sentences. Near is not the same.
"""

from __future__ import annotations

import csv

import pytest
from conftest import ROOT
from corpora import requested
from pries.base.places import LEXICONS
from pries.content import request_words, sameness
from pries.content.concepts import Concepts
from pries.content.substance import Substance, substances
from pries.inspection.explain import beside
from pries.segmentation import segment

with (ROOT / "tests" / "pairs" / "pairs.tsv").open(encoding="utf-8", newline="") as file:
    PAIRS = list(csv.DictReader(file, delimiter="\t"))
CONCEPTS = Concepts.read(LEXICONS)
# A converse (« conseiller » / « compter sur les conseils »), a subject or a place that no action holds; other words for
# the same thing, requests that are not read, complements that end too early; a comparison (« égal à celui de ») that is
# read as a set of words.
KNOWN = {
    "Dans la diffusion de cette charte auprès des familles, un rôle important devrait revenir à la radio scolaire.",
    "Il faut que des collègues expérimentés conseillent les maîtres débutants.",
    "Il faudrait éliminer les stéréotypes de genre des programmes d'histoire en les révisant.",
    "Il importe de faire connaître la présente norme aux exploitants, aux organismes de contrôle et aux "
    "associations de consommateurs.",
    "Les puissances nucléaires sont instamment priées de cesser les essais nucléaires dans l'atmosphère.",
    "La Conférence générale recommande aux États membres de restituer les manuscrits sortis illégalement "
    "de leur pays d'origine.",
    "Les employeurs sont priés de ne licencier aucun travailleur pour son activité syndicale.",
    "La réduction des taxes postales applicables aux cécogrammes est recommandée aux administrations.",
    "L'abolition des frais de scolarité au niveau primaire devrait être envisagée par les autorités scolaires.",
    "L'enseignement des principes de la Charte dans les écoles est vivement souhaité.",
    "Recommande de diminuer la durée du travail des femmes enceintes.",
    "La révision des manuels d'histoire par les ministères est souhaitable.",
    "Les autorités devraient ouvrir des bibliothèques de village.",
    "Charge le Bureau international d'examiner l'harmonisation des formats des lettres.",
    "Le Comité devrait tenir deux réunions par an.",
    "Tout enfant devrait pouvoir fréquenter gratuitement un établissement préscolaire.",
    "Il y a lieu d'allouer une indemnité particulière aux instituteurs des écoles à classe unique.",
    "L'orientation scolaire des élèves devrait se faire en collaboration avec leurs parents.",
    "Il est recommandé d'enseigner aux accoucheuses traditionnelles les notions élémentaires d'hygiène.",
    "L'emploi dans les usines d'enfants âgés de moins de quinze ans devrait être interdit.",
    "Le nombre d'élèves par classe ne devrait pas dépasser vingt-cinq dans l'enseignement préscolaire.",
    "L'enseignement de l'hygiène devrait commencer dès les premières années de l'école.",
    "Les châtiments corporels devraient être bannis des écoles.",
    "Il y a lieu de doter annuellement les bibliothèques des écoles de livres nouveaux.",
    "Les institutrices devraient percevoir le même traitement que les instituteurs.",
    "La gratuité du transport devrait être assurée aux élèves qui habitent loin de l'école.",
    "Il importe que le traitement des instituteurs soit égal à celui des autres fonctionnaires.",
    "Il importe d'avancer l'âge auquel débute l'étude des langues vivantes.",
    "En cas de perte d'un envoi recommandé, l'expéditeur devrait recevoir une indemnité.",
    "Le Comité recommande la création d'une zone exempte d'armes nucléaires en Afrique.",
    "Il est demandé aux Parties d'échanger des informations sur toute exportation de déchets dangereux.",
    "L'enseignement des langues vivantes devrait disposer d'un horaire suffisant.",
    "L'inspection des écoles privées devrait incomber à l'État.",
    "Il y a lieu de combattre plus énergiquement l'absentéisme scolaire.",
    "Il conviendrait que les manuels de géographie soient exempts de tout préjugé national.",
    "Le Conseil exécutif est chargé de préparer un manuel pour la formation des agents.",
    "La protection juridique des œuvres folkloriques devrait être garantie par les États membres.",
    "Les femmes devraient avoir accès au crédit agricole dans les mêmes conditions que les hommes.",
    "Le Conseil exécutif est chargé de préparer un programme d'échange des agents.",
    "La date de la rentrée scolaire devrait être la même sur l'ensemble du territoire national.",
    "Le Directeur général est prié de réunir un groupe d'experts sur les maladies cardiaques.",
    "Il convient de mettre à la disposition des dockers des vestiaires et des lavabos.",
    "Nul ne devrait être admis aux travaux dangereux avant l'âge de dix-huit ans.",
    "Les guichets devraient rester ouverts plus longtemps.",
}


@pytest.fixture(scope="module")
def asked() -> dict[str, list[Substance]]:
    """What each sentence asks, all parsed at once."""
    texts = dict.fromkeys(row[side] for row in PAIRS for side in ("one", "other"))
    parts = [segment.segment_text(f"1. {text}", text, lexicons=LEXICONS) for text in texts]
    found = requested(*parts)
    rows, actions = found["obligations"], found["actions"]
    words = request_words.read_words(found["tokens"], LEXICONS)
    made = substances(words, request_words.requests(words, rows, actions), rows, actions, CONCEPTS)
    there: dict[str, list[Substance]] = {text: [] for text in texts}
    for text, one in zip(rows["doc_id"], made, strict=True):
        there[text].append(one)
    return there


def marks(row: dict[str, str]) -> list[pytest.MarkDecorator]:
    return [pytest.mark.xfail(strict=True)] if KNOWN & {row["one"], row["other"]} else []


@pytest.mark.parametrize("row", [pytest.param(row, marks=marks(row), id=row["one"][:60]) for row in PAIRS])
def test_a_pair(asked: dict[str, list[Substance]], row: dict[str, str]) -> None:
    ones, others = asked[row["one"]], asked[row["other"]]
    assert ones
    assert others
    chosen = sameness.Settings()
    same = any(sameness.compare(one, other, CONCEPTS, chosen)[0] for one in ones for other in others)
    assert same == (row["judgement"] == "same")


def test_explain_tells_why_two_requests_are_the_same_one() -> None:
    told = beside("Il faut créer un fonds.", "La création d'un fonds est recommandée.")
    assert told.splitlines()[0] == "faut / recommandée: same words, 1.00"
    assert "in both       argent, créer" in told
    told = beside("Le ministère doit publier le bilan.", "Le ministère doit détruire le bilan.")
    assert "in the second détruire" in told
    assert beside("Il pleut.", "Il faut agir.") == "no request in one of the two"
