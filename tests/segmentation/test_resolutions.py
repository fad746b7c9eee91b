"""Parts of a resolution: which paragraphs are preambular, which operative; texts of our own."""

from __future__ import annotations

from pries.base.places import LEXICONS
from pries.segmentation.segment import segment_text

MODERN = """L'Assemblée générale,

Rappelant sa résolution sur les océans,

Profondément préoccupée par l'érosion des côtes,

Convaincue que les ports doivent être protégés,

1. Prie le Secrétaire général de dresser une carte des ports ;

2. Demande aux États riverains de la tenir à jour ;

3. Décide de rester saisie de la question.

12e séance plénière
8 mars 2003
"""

OLD = """La Conférence 1) Constate que les cantines manquent dans les campagnes.

2) Reconnaît que les communes n'ont pas de quoi les payer.

3) Recommande aux ministères d'en fonder.

4) Estime que les parents doivent être consultés.
"""

FORMULA = """La Conférence internationale des phares, réunie à Brest, adopte la recommandation suivante :

Considérant que les phares s'éteignent,

Que les gardiens partent,

Soumet aux ministères de la marine la recommandation suivante :

1. Les phares seront tous gardés.

2. Notant les frais qui en résultent, les ports y contribueront.
"""

REPORT = """I. Introduction

1. Le Comité note que les ports ont été agrandis.

2. Rappelant ses observations, il recommande aux ports de publier leurs comptes.

3. Demande d'assistance de l'État riverain
"""


def parts(text: str) -> list[str]:
    table = segment_text(text, "d", lexicons=LEXICONS).paragraphs
    return table["part"][table["kind"] != "heading"].tolist()


def test_participles_open_the_preamble_and_numbers_what_is_decided() -> None:
    assert parts(MODERN)[:7] == ["", *["preambular"] * 3, *["operative"] * 3]
    assert set(parts(MODERN)[7:]) <= {""}


def test_without_participles_what_is_stated_is_preambular() -> None:
    assert parts(OLD) == ["preambular", "preambular", "operative", "operative"]


def test_the_formula_is_neither() -> None:
    assert parts(FORMULA) == ["", "preambular", "preambular", "", "operative", "operative"]


def test_a_report_has_no_parts() -> None:
    assert set(parts(REPORT)) == {""}


QUOTING = """11. Le présent rapport est soumis en application d'une résolution dont le texte suit :

« L'Assemblée générale,

Consciente de l'importance des ports,

1. Prie le Secrétaire général de dresser une carte ;

2. Invite les États à la tenir à jour. »

12. Le Secrétaire général a consulté les ports. Ceux-ci ont été priés de répondre.

13. La Commission soumet au Conseil le projet de résolution suivant :

    Le Conseil des ports,

    Notant le rapport sur les cartes,

    1. Décide de créer un fonds ;

    2. Demande aux États de le financer.

14. Le présent rapport a été établi en mai.
"""


def test_a_report_goes_on_after_the_resolution_that_it_quotes() -> None:
    quoted = ["", "preambular", "operative", "operative"]
    assert parts(QUOTING) == ["", *quoted, "", "", *quoted, ""]


def test_an_organ_may_say_much_before_the_preamble_that_follows_it() -> None:
    opening = "La Conférence des phares, convoquée à Brest par les ports, les villes et l'État du 2 au 4 mai 1975, "
    text = f"{opening}Considérant que les phares s'éteignent, adopte ce qui suit :\n\n1. Les phares seront gardés.\n"
    assert parts(text) == ["preambular", "operative"]


def test_a_number_opens_a_paragraph_after_a_preamble_that_no_colon_ends() -> None:
    text = "La Conférence, Constatant que les phares s'éteignent;\n\n1) Souligne leur utilité ;\n\n"
    text += "2) Prie les ports d'en bâtir."
    assert parts(text) == ["preambular", "operative", "operative"]


def test_a_preamble_may_end_with_the_verb_that_governs_what_follows() -> None:
    text = "La Conférence,\n\nConsidérant que les gardiens partent ; — 37 Recommande aux ports :\n\n"
    text += "1° Que les phares soient gardés ;\n\n2° Que les feux soient peints."
    assert parts(text) == ["", "preambular", "operative", "operative"]


def test_the_resolution_s_own_number_may_stand_before_the_organ() -> None:
    text = "Recommandation n° 7 La Conférence des phares, réunie à Brest, Ayant examiné les feux,\n\n"
    text += "Adopte la recommandation suivante : 1. QUE LES PORTS soient gardés.\n\n2. QUE LES FEUX soient peints."
    assert parts(text) == ["preambular", "operative", "operative"]


def test_the_number_of_a_page_does_not_hide_how_a_paragraph_opens() -> None:
    text = "La Conférence, Considérant que les feux s'éteignent,\n\n103 Invite les ports à les allumer."
    assert parts(text) == ["preambular", "operative"]


PROGRAMME = """4.1 Les ports vieillissent, et leurs gardiens partent.

4.2 Pour les sauver, les mesures suivantes sont proposées :

4.2.1 mettre à jour les cartes marines ;

4.2.2 la formation de nouveaux gardiens ;

4.2.3 draguer les chenaux chaque année.
"""

DECLARATION = """Réunis à Brest du 3 au 5 mai, nous, maires des ports, avons parlé des phares.

1. Former des gardiens reste un défi pour chacun de nos ports.

2. Les feux s'éteignent l'un après l'autre.

3. Les navires s'échouent plus souvent qu'autrefois.

4. Allumer les feux. Les ports y veilleront chaque soir.

5. Former les gardiens. Les écoles de la marine les accueilleront.

6. Publier les cartes. Elles seront gratuites.
"""


def test_a_recommendation_in_prose_is_operative_from_its_actions_on() -> None:
    assert parts(PROGRAMME) == ["preambular", "preambular", *["operative"] * 3]
    assert parts(DECLARATION) == ["", *["preambular"] * 3, *["operative"] * 3]


def test_a_report_that_ends_in_recommendations_has_no_parts() -> None:
    told = "\n\n".join(f"{n}. Le Comité a visité le port numéro {n} et ses gardiens." for n in range(1, 8))
    assert set(parts(f"{told}\n\n8. Draguer le chenal.\n\n9. Former les gardiens.\n\n10. Publier la carte.\n")) == {""}


PARLIAMENT = """Résolution sur les phares

Le Parlement de la côte,

– vu la convention sur les phares,

A. considérant que les feux s'éteignent;

B. considérant que les gardiens doivent dormir;

1. demande au ministère de rallumer les feux;

2. souligne que les cartes sont anciennes;

3. charge son Président de transmettre la présente résolution aux ports.
"""


def test_letters_before_what_is_considered_and_numbers_that_go_on_with_one_sentence() -> None:
    assert parts(PARLIAMENT) == [*["preambular"] * 3, *["operative"] * 3]
    rows = segment_text(PARLIAMENT, "d").paragraphs
    assert rows["paragraph"].tolist()[-3:] == ["1", "2", "3"]
