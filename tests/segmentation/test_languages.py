"""Tests of `languages`: which texts are told to be in another language, and that the model is asked of few alone."""

from __future__ import annotations

import pytest
from pries.segmentation import languages

FRENCH = (
    "Les communes du littoral devraient publier le relevé de leurs digues.",
    "Commission régionale de gestion durable de la ressource forestière de Guyane, rapport annuel 2031",
    "La loi intitulée Freedom of Information Act a été modifiée en 2031 à Londres.",
    "M. Lucas van de Velde, Mme Ana María del Río, M. Otto von Berg, conseillers",
    "Contribution de la Bulgarie : 12 000 dollars ; contribution de la Roumanie : 9 000 dollars",
)
OTHERS = {
    "en": "Coastal towns should tell the public every year whether their sea walls are safe.",
    "es": "Los municipios costeros deben publicar cada año el estado de los diques.",
    "pt": "Os municípios do litoral devem publicar todos os anos o estado dos diques.",
    "it": "I comuni della costa dovrebbero pubblicare ogni anno lo stato delle dighe.",
    "de": "Die Gemeinden an der Küste sollten jedes Jahr den Zustand der Deiche veröffentlichen.",
    "nl": "De gemeenten aan de kust moeten elk jaar de toestand van het dijkennet bekendmaken.",
    "pl": "Gminy nadmorskie powinny co roku ogłaszać, że stan wałów jest dobry, oraz kto za to odpowiada.",
    "ru": "Прибрежные города должны ежегодно публиковать сведения о состоянии дамб.",
    "ar": "على المدن الساحلية أن تخبر السكان كل سنة عن حالة السدود وأن تقوم بإصلاحها قبل الشتاء.",
}


@pytest.mark.parametrize("text", FRENCH)
def test_no_model_is_asked_of_french_nor_of_names(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(languages, "model", lambda: pytest.fail("the model was asked"))
    assert languages.judged([(text, 1)]) == ("fr", [])


@pytest.mark.parametrize(("language", "text"), OTHERS.items())
def test_a_paragraph_in_another_language_is_told(language: str, text: str) -> None:
    assert languages.judged([(FRENCH[0], 1), (text, 3)])[1] == [languages.Foreign(language, 1, 3)]


def test_a_document_is_in_the_language_of_most_of_its_text() -> None:
    paragraphs = [(OTHERS["en"], 1), (OTHERS["en"], 3), (FRENCH[0], 5)]
    assert languages.judged(paragraphs) == ("en", [languages.Foreign("en", 2, 1)])
