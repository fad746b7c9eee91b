"""Announced recommendations: documents of our own whose titles, lead-ins, labels and tables announce them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest
from corpora import requested
from pries.base.places import SETTINGS
from pries.segmentation import segment

REVIEW = """EXAMEN DU BURUNDI

II. Conclusions et/ou recommandations

115. Les recommandations formulées au cours du dialogue et énumérées ci-après ont été acceptées par le Burundi :

115.1 Abolir les frais de scolarité et construire des internats (Norvège, Ghana) ;

115.2 Poursuivre la réforme de la police (Irlande) (Chili) ;

115.3 Ne pas expulser les familles de pêcheurs (Costa Rica) ;

115.4 Création d'un registre des terres (Japon).

116. Le dialogue a été courtois.
"""

SECTIONS = """IV. Recommandations

A. À l'intention des communes

31. Publier chaque année les comptes des régies et en débattre.

32. Le Parlement devrait adopter le budget en mars.

B. À l'intention du Ministère des transports

33. Entretenir les pistes rurales.

34. La Cour des comptes formule les recommandations suivantes :

a) Recruter des ingénieurs ;

b) Tenir à jour l'inventaire des ponts.

V. Méthode

35. Lire les archives prend du temps.
"""

LABELS = """Recommandation 1 : Ouvrir les bibliothèques le dimanche.

Recommandation 2 (à l'intention du Ministère de la culture) : Numériser les registres paroissiaux.

Recommandation no 3 – Que les ministères publient leurs comptes.

Recommandation 4. Les communes devraient entretenir leurs archives.
"""

UNANNOUNCED = """Programme de travail

Réviser le règlement intérieur.

Publier la liste des membres.
"""


def found(
    text: str, kind: str = "", settings: Path = SETTINGS, known: tuple[tuple[str, str], ...] = ()
) -> list[tuple[str, ...]]:
    """The requests of a text: trigger, construction, issuer, addressee, actions, polarity."""
    cells = [{"doc_id": "d", "field": name, "value": value} for name, value in (("kind", kind), *known)]
    metadata = pd.DataFrame(cells) if kind else None
    made = requested(segment.segment_text(text, "d"), metadata=metadata, settings=settings)
    table, paragraphs = made["obligations"], made["paragraphs"]
    texts = dict(zip(paragraphs["paragraph"], paragraphs["text"], strict=True))
    for row in table.to_dict("records"):
        assert texts[row["paragraph"]][row["trigger_start"] : row["trigger_end"]] == row["trigger"]
    columns = ["trigger", "construction", "issuer", "addressee", "actions", "polarity"]
    return list(table[columns].itertuples(index=False, name=None))


def test_states_recommend_to_the_state_under_review() -> None:
    assert found(REVIEW) == [
        ("Abolir", "listed", "Norvège; Ghana", "Burundi", "Abolir; construire", "positive"),
        ("Poursuivre", "listed", "Irlande; Chili", "Burundi", "Poursuivre", "positive"),
        ("expulser", "listed", "Costa Rica", "Burundi", "expulser", "negative"),
        ("Création", "listed", "Japon", "Burundi", "Création", "positive"),
    ]


def test_titles_and_lead_ins_announce_and_say_to_whom() -> None:
    assert found(SECTIONS) == [
        ("Publier", "listed", "", "communes", "Publier; débattre", "positive"),
        ("devrait", "modal", "", "Parlement", "adopter", "positive"),
        ("Entretenir", "listed", "", "Ministère des transports", "Entretenir", "positive"),
        ("Recruter", "listed", "Cour des comptes", "Ministère des transports", "Recruter", "positive"),
        ("Tenir", "listed", "Cour des comptes", "Ministère des transports", "Tenir", "positive"),
    ]


def test_labels_announce() -> None:
    assert found(LABELS) == [
        ("Ouvrir", "listed", "", "", "Ouvrir", "positive"),
        ("Numériser", "listed", "", "Ministère de la culture", "Numériser", "positive"),
        ("publient", "listed", "", "ministères", "publient", "positive"),
        ("devraient", "modal", "", "communes", "entretenir", "positive"),
    ]


def test_what_nothing_announces_is_none() -> None:
    assert found(UNANNOUNCED) == []


def test_a_setting_announces_all_documents(tmp_path: Path) -> None:
    shutil.copytree(SETTINGS, tmp_path, dirs_exist_ok=True)
    (tmp_path / "obligations.toml").write_text("recommendations = true\n", encoding="utf-8")
    assert [row[0] for row in found(UNANNOUNCED, settings=tmp_path)] == ["Réviser", "Publier"]


def test_metadata_announce_a_document() -> None:
    assert [row[0] for row in found(UNANNOUNCED, "Recommandations")] == ["Réviser", "Publier"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("- Mieux protéger les sources et former les gardes forestiers.", [("protéger", "protéger; former")]),
        ("En matière de pêche, interdire le chalutage côtier.", [("interdire", "interdire")]),
        ("Construire des puits. - Réparer les pompes.", [("Construire", "Construire"), ("Réparer", "Réparer")]),
        ("a) Ratifier l'Accord ; b) Y associer les régions.", [("Ratifier", "Ratifier"), ("associer", "associer")]),
        ("Adopter la loi forestière et de la faire appliquer.", [("Adopter", "Adopter; faire")]),
        ("Ouvrez les données publiques.", [("Ouvrez", "Ouvrez")]),
        (
            "La Ville recommande au préfet : a) De rouvrir la gare ; b) De doubler la voie.",
            [("recommande", "rouvrir; doubler")],
        ),
    ],
)
def test_forms_of_items(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(row[0], row[4]) for row in found(text, "recommandations")] == expected


ASSIZES = """Actes des assises de la mer

Les délégués ont adopté les recommandations suivantes :

À l'endroit de l'État
• Recruter des garde-côtes ;
• Baliser les récifs.

À l'endroit des armateurs
• Assurer les équipages.
"""

AUDIENCES = """Bilan des écoles rurales

RECOMMANDATIONS

(Ministère de l'éducation, Office des bâtiments)
1. Repeindre les salles chaque été.

(Communes)
2. Tenir un carnet des travaux.
"""

NUMBERED = """Rapport de la mission sur les canaux

Recommandation no 1 : Interdire les moteurs à essence
Les berges s'effondrent sous les vagues.

Proposition n° 2 – Élargir le chemin de halage
Il ne mesure qu'un mètre.
"""


def said(text: str) -> list[tuple[str, str, str]]:
    """Trigger, issuer and addressee of what a text recommends."""
    return [(trigger, issuer, addressee) for trigger, _, issuer, addressee, *_ in found(text)]


def test_paragraphs_below_a_lead_in_may_begin_with_whom_they_mean() -> None:
    assert said(ASSIZES) == [
        ("Recruter", "délégués", "État"),
        ("Baliser", "délégués", "État"),
        ("Assurer", "délégués", "armateurs"),
    ]


def test_a_title_in_brackets_names_whom_it_means() -> None:
    both = "Ministère de l'éducation; Office des bâtiments"
    assert said(AUDIENCES) == [("Repeindre", "", both), ("Tenir", "", "Communes")]


def test_a_label_opens_a_line_of_its_own() -> None:
    assert said(NUMBERED) == [("Interdire", "", ""), ("Élargir", "", "")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Recommandation 1 (direction des ports) : draguer le chenal.", [("draguer", "", "direction des ports")]),
        ("Recommandation 1 (priorité haute) : draguer le chenal.", [("draguer", "", "")]),
        (
            "EXAMEN DU BURUNDI\n\nRecommandation 12.4 : Abolir les taxes d'école – Norvège\n\nL'examen a eu lieu.",
            [("Abolir", "Norvège", "Burundi")],
        ),
        (
            "Au vu de ce qui précède, la Médiatrice formule les recommandations suivantes à l'intention du préfet :\n\n"
            "1. Modifier la circulaire ;\n\n2. Ouvrir un guichet.",
            [("Modifier", "Médiatrice", "préfet"), ("Ouvrir", "Médiatrice", "préfet")],
        ),
        ("Recommandations au Parlement :\n1) Voter le budget.", [("Voter", "", "Parlement")]),
        (
            "Pêche en mer : nos recommandations\n\n1. Tenez un registre.\n\n2. Ne laissez personne seul.",
            [("Tenez", "", ""), ("laissez", "", "")],
        ),
        (
            "La Conférence adopte la recommandation suivante :\n\n1. Que les ministères publient leurs cartes ;\n\n"
            "2. Que les villes entretiennent les digues.",
            [("publient", "Conférence", "ministères"), ("entretiennent", "Conférence", "villes")],
        ),
        (  # what the clause itself lists is no recommendation of its own
            "La Conférence adopte la recommandation suivante :\n\n1. Que les villes veillent :\n\n"
            "a) à curer les fossés ;\n\nb) à payer les vigies ;\n\n2. Que les ports soient dragués.",
            [("veillent", "Conférence", "villes"), ("dragués", "Conférence", "")],
        ),
        ("LES PRINCIPALES PROPOSITIONS\n\nRendre gratuit le passage des écluses.", [("Rendre", "", "")]),
        (
            "RECOMMANDATIONS\n\nOn a dit :\n\nAu préfet\n- Draguer le port.\n\nAux armateurs\n- Assurer les marins.",
            [("Draguer", "", "préfet"), ("Assurer", "", "armateurs")],
        ),
        (
            "Actions recommandées\n\nA1 – Draguer le chenal.\n\nA2 – Baliser le port.",
            [("Draguer", "", ""), ("Baliser", "", "")],
        ),
        (
            "Recommandation 1. Réviser le tarif de l'eau\nDestinataire : Office du canal\nPriorité : moyenne",
            [("Réviser", "", "Office du canal")],
        ),
        ("Note\n\nNos recommandations en bref\n\n➢ Verser une bourse\n\nMéthode\n\nOn a lu.", [("Verser", "", "")]),
        ("La proposition de loi n° 3 : réformer les ports.\n\nLe texte a été lu.", []),
    ],
)
def test_other_ways_to_announce(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert said(text + "\n") == expected


BODIES = """Récapitulatif des recommandations

1. Fermer le centre de tri (direction des déchets, préfet).

2. (Réitérée) Publier l'inventaire des ponts (État).

3. Réunir les ministères (Santé, Travail).

Recommandation 2044-7 (ANPF, caisses de secours) : notifier les refus par écrit.

Recommandation 8 – À l'intention des ports : baliser les chenaux.
"""


def test_brackets_and_labels_name_the_bodies_that_are_to_act() -> None:
    assert said(BODIES) == [
        ("Fermer", "", "direction des déchets; préfet"),
        ("Publier", "", "État"),
        ("Réunir", "", ""),
        ("notifier", "", "ANPF; caisses de secours"),
        ("baliser", "", "ports"),
    ]


CHAPTERS = """Rapport de la commission des digues

Chapitre 7. Recommandations

7.1 Au Parlement

1. Voter la loi sur les polders.

7.2 Aux communes riveraines

2. Entretenir les vannes.
"""


def test_a_chapter_of_recommendations_holds_those_of_its_sections() -> None:
    assert said(CHAPTERS) == [("Voter", "", "Parlement"), ("Entretenir", "", "communes riveraines")]


def test_an_item_behind_a_bullet_needs_no_full_stop() -> None:
    text = "Nos recommandations\n\nAux mairies :\n- Réouverture des lavoirs du canton\n- Publier les analyses d'eau\n"
    assert said(text) == [("Réouverture", "", "mairies"), ("Publier", "", "mairies")]


def test_metadata_say_who_recommends_and_who_is_to_act() -> None:
    known = (("État auteur", "Norvège"), ("Entité_responsable", "Ministère des ports"), ("Pays", "Togo"))
    rows = found("Baliser les chenaux.", "recommandations", known=known)
    assert [row[2:4] for row in rows] == [("Norvège", "Ministère des ports")]
    rows = found("Baliser les chenaux.", "recommandations", known=known[::2])
    assert [row[2:4] for row in rows] == [("Norvège", "Togo")]


COUNCIL = """Le conseil de quartier, à l'unanimité :
– approuve le bilan ;
– charge la régie de réparer les bancs ;
- recommande que les squares ferment plus tard.
"""
ORDINALS = """Je vous demande de :
1° recenser les puits ;
2° me transmettre la carte.
"""
MIXED = """La Ligue demande au ministère :
• de publier les plans ;
• que les riverains soient consultés.
"""
WITHIN = """La Conférence estime :
1. Que la ville, qui doit tirer parti de ses canaux, les rouvre ;
2. Que la région ait des crédits.
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (WITHIN, [("doit", "", "tirer")]),
        (COUNCIL, [("charge", "conseil de quartier", "réparer"), ("recommande", "conseil de quartier", "ferment")]),
        (ORDINALS, [("demande", "", "recenser; transmettre")]),
        (MIXED, [("demande", "Ligue", "publier; consultés")]),
    ],
)
def test_items_go_on_with_their_lead_in(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(row[0], row[2], row[4]) for row in found(text)] == expected


AUDIT = """CHAMBRE DES COMPTES DES ÎLES

RECOMMANDATIONS

Recommandation n° 1. : Tenir un inventaire des quais. [Mise en œuvre en cours]
R2. Aux ports et à la Régie : Publier les tarifs.

RAPPELS AU DROIT

Rappel au droit n° 1. : Tenir un registre.
"""
BEFORE = """La Cour formule les recommandations suivantes :

1. (ministère des ports) : curer les bassins ;

2. (Office des phares) : rallumer les feux.
"""


def test_labels_of_auditors_with_remarks_behind_and_bodies_before() -> None:
    assert said(AUDIT) == [("Tenir", "", ""), ("Publier", "", "ports; Régie")]
    assert said(BEFORE) == [("curer", "Cour", "ministère des ports"), ("rallumer", "Cour", "Office des phares")]


def test_whom_an_asker_means_may_stand_above_each_list() -> None:
    text = (
        "Au vu de ces constats, la Ligue recommande :\n\nAux communes\n\n• de curer les canaux\n\n"
        "• de payer les éclusiers\n\n"
        "À la Région\n\n• de rouvrir les ports et de les draguer\n"
    )
    assert said(text) == [
        ("curer", "Ligue", "communes"), ("payer", "Ligue", "communes"), ("rouvrir", "Ligue", "Région")
    ]  # fmt: skip


@pytest.mark.parametrize("label", ["R2.", "R 2 :", "Reco n° 2 –", "Rec. 2 :"])
def test_short_labels_announce_also_as_titles(label: str) -> None:
    text = f"Rapport sur les ports\n\n{label} Draguer les chenaux du delta\n\nLes navires y échouent chaque hiver.\n"
    assert said(text) == [("Draguer", "", "")]


@pytest.mark.parametrize(
    ("item", "issuers", "actions"),
    [
        ("Togo, Chili : Fermer les mines et indemniser les mineurs", "Togo; Chili", "Fermer; indemniser"),
        ("Fermer les mines (Togo) ; indemniser les mineurs (Cuba)", "Togo; Cuba", "Fermer; indemniser"),
        ("Fermer les mines (Togo, Chili) et indemniser les mineurs (Chili)", "Togo; Chili", "Fermer; indemniser"),
        ("Fermer les mines le long du fleuve (Mali, Niger) avec soin (Togo)", "Togo", "Fermer"),
        (
            "Fermer les mines (Venezuela (République bolivarienne du), Congo)",
            "Venezuela (République bolivarienne du); Congo",
            "Fermer",
        ),
    ],
)
def test_states_in_brackets(item: str, issuers: str, actions: str) -> None:
    text = f"EXAMEN\n\nRÉPUBLIQUE DU CONGO\n\n7. Les recommandations ci-après seront examinées :\n\n7.1 {item} ;"
    assert [row[2:5] for row in found(text)] == [(issuers, "Congo", actions)]


LINES = """Bilan des quais

Recommandations

La mission est restée trois jours.

Aux armateurs :

Repeindre les coques chaque printemps ;

Ne pas vider les cuves au port.

Au niveau régional :

Ouvrir une école de marine.

Recommandation 4 : Agrandir la capitainerie

Priorité : élevée

Les quais débordent.

Destinataire : Ministère des ports

5. (DGAM, préfet) : baliser la passe.
"""


def test_a_line_of_its_own_says_whom_it_means() -> None:
    assert said(LINES) == [
        ("Repeindre", "", "armateurs"),
        ("vider", "", "armateurs"),
        ("Ouvrir", "", ""),
        ("Agrandir", "", "Ministère des ports"),
        ("baliser", "", "DGAM; préfet"),
    ]


HASHES = """Avis sur les digues

Synthèse

Préconisation #1
La commission préconise de réserver un quai aux pêcheurs.

Préconisation #2
Créer un fonds de secours.

Préconisation #3 : Former les pilotes.

3. La passe nord

Recommandation
Draguer le chenal.
"""


def test_numbers_behind_a_sign_and_a_lone_title() -> None:
    assert [row[0] for row in found(HASHES)] == ["préconise", "Créer", "Former", "Draguer"]


@pytest.mark.parametrize(
    "label",
    [
        "Recommandation B :",
        "Recommandation n° IV –",
        "Première recommandation :",
        "3e recommandation –",
        "Recommandation principale :",
        "Recommandation (priorité 1) :",
        "Recommandation n° 7 (avant 2031) :",
    ],
)
def test_labels_may_count_in_letters_and_words(label: str) -> None:
    assert said(f"Les quais sont vieux.\n\n{label} Draguer le bassin du nord.\n") == [("Draguer", "", "")]


def test_a_title_may_stand_in_one_paragraph_with_its_list() -> None:
    line = "Recommandation du comité à l'intention des ports : baliser le chenal et draguer le bassin."
    assert said(f"{line}\n\nLe port vieillit.\n") == [("baliser", "", "ports")]
    text = "Le port vieillit.\n\nNos propositions\n• Draguer le bassin\n• Repeindre les grues\n"
    assert said(text) == [("Draguer", "", ""), ("Repeindre", "", "")]


@pytest.mark.parametrize("marks", [("", ""), ("1/ ", "2/ "), ("A- ", "B- "), ("-", "-"), ("=> ", "=> ")])
def test_items_without_a_full_stop_below_a_title(marks: tuple[str, str]) -> None:
    items = "\n".join(
        f"{mark}{what}" for mark, what in zip(marks, ("Draguer le bassin", "Former les pilotes"), strict=True)
    )
    text = f"Le port vieillit depuis la guerre.\n\nNos recommandations\n\n{items}\n\nMéthode\n\nNous avons lu.\n"
    assert said(text) == [("Draguer", "", ""), ("Former", "", "")]
