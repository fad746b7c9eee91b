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
# A converse (« conseiller » / « compter sur les conseils »), a subject or a place that no action holds; other words for
# the same thing, requests that are not read, complements that end too early.
KNOWN = {
    "La radio scolaire devrait jouer un rôle important dans la diffusion de la présente charte auprès des familles.",
    "Les maîtres débutants doivent pouvoir compter sur les conseils de collègues expérimentés.",
    "Il convient de réduire l'effectif des classes dans les écoles rurales.",
    "Les programmes d'histoire devraient être révisés en vue d'en éliminer les stéréotypes de genre.",
    "Les personnes détenues doivent pouvoir s'entretenir avec leur avocat en toute confidentialité.",
    "Il est souhaitable que la présente norme soit portée à la connaissance des exploitants, des organismes de "
    "contrôle, des syndicats de la branche et du public.",
    "Les puissances nucléaires sont instamment priées de cesser les essais nucléaires dans l'atmosphère.",
    "Les États Membres devraient instituer la vaccination antivariolique obligatoire.",
    "L'amélioration de l'approvisionnement des campagnes en eau potable est recommandée.",
    "La Conférence générale recommande aux États membres de restituer les manuscrits sortis illégalement de leur pays "
    "d'origine.",
    "Les employeurs sont priés de ne licencier aucun travailleur pour son activité syndicale.",
    "La réduction des taxes postales applicables aux cécogrammes est recommandée aux administrations.",
    "Le retrait des réserves formulées à la Convention sur l'élimination de la discrimination à l'égard "
    "des femmes a été demandé aux États parties.",
    "La Puissance administrante est invitée à remettre immédiatement l'ensemble des pouvoirs aux peuples "
    "du territoire.",
    "La Puissance administrante devrait faciliter l'accès du territoire à une mission de visite.",
    "L'abolition des frais de scolarité au niveau primaire devrait être envisagée par les autorités scolaires.",
    "L'enseignement des principes de la Charte dans les écoles est vivement souhaité.",
    "Recommande de diminuer la durée du travail des femmes enceintes.",
    "La révision des manuels d'histoire par les ministères est souhaitable.",
    "Les autorités devraient ouvrir des bibliothèques de village.",
    "Les États devraient s'abstenir de fournir des armes aux belligérants.",
    "Le Haut-Commissaire est invité à faciliter le retour volontaire des réfugiés.",
    "Charge le Bureau international d'examiner l'harmonisation des formats des lettres.",
    "Le Comité devrait tenir deux réunions par an.",
}


@pytest.fixture(scope="module")
def asked() -> dict[str, list[Substance]]:
    """What each sentence asks, all parsed at once."""
    texts = dict.fromkeys(row[side] for row in PAIRS for side in ("one", "other"))
    parts = [segment.segment_text(f"1. {text}", text, lexicons=LEXICONS) for text in texts]
    found = requested(*parts)
    rows, actions = found["obligations"], found["actions"]
    words = request_words.read_words(found["tokens"], LEXICONS)
    made = substances(words, request_words.requests(words, rows, actions), rows, actions, Concepts.read(LEXICONS))
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
    same = any(sameness.compare(one, other, chosen)[0] for one in ones for other in others)
    assert same == (row["judgement"] == "same")


def test_explain_tells_why_two_requests_are_the_same_one() -> None:
    told = beside("Il faut créer un fonds.", "La création d'un fonds est recommandée.")
    assert told.splitlines()[0] == "faut / recommandée: same words, 1.00"
    assert "in both       argent, créer" in told
    told = beside("Le ministère doit publier le bilan.", "Le ministère doit détruire le bilan.")
    assert "in the second détruire" in told
    assert beside("Il pleut.", "Il faut agir.") == "no request in one of the two"
