"""Five documents of the UN's kinds, in parts that any format can be made from. All of it is invented for the tests.

A report, a resolution, concluding observations, a summary record and a note verbale, numbered "12.", "12)", "§ 12" or
not at all. `to_txt` sets a document as a copied report stands in a file: hard-wrapped, blank lines between blocks,
notes under a rule.

    Part("numbered", "12)", "Le Comité prie l’État partie d’agir[^1].")   a footnote's call stands in the text
    Part("footnote", "1", "CCT/C/14/2.")                                 the note itself
    Part("table", text="Région\\tDemandes\\nNord\\t14")                     a row a line, tabs between cells
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

WIDTH = 90
CALL = re.compile(r"\[\^(\d+)\]")
SUPERSCRIPT = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
TIED = re.compile(r" (?=[:;!?»])|(?<=«) |(?<=§) ")  # spaces at which French breaks no line
INDENTS = {"title": 2, "heading": 2, "item": 4, "subitem": 8}


@dataclass(frozen=True)
class Part:
    """A block of a document."""

    kind: str  # masthead, title, heading, numbered, plain, item, subitem, table, footnote
    label: str = ""  # as printed: I., A., 12., 12), § 12, a), i), 1 for a footnote
    text: str = ""
    depth: int = 0  # of a heading whose label does not tell

    @property
    def level(self) -> int:
        """The level of a heading: 2 with a letter, 1 with another label or none, if nothing else is said."""
        return self.depth or (2 if re.fullmatch(r"[A-H]\.", self.label) else 1)


@dataclass(frozen=True)
class Document:
    """A document: its name for identifiers, its symbol and its parts in reading order."""

    name: str
    symbol: str
    parts: tuple[Part, ...]


def _read(written: str) -> tuple[Part, ...]:
    """The parts of a document written `kind label | text`, lines that go on indented, `\\t` and `\\n` in tables."""
    parts = []
    for line in re.sub(r"\n +", " ", written.strip()).splitlines():
        head, text = line.split(" | ", 1)
        kind, _, label = head.partition(" ")
        depth = int(label[1:]) if label.startswith(">") else 0
        parts.append(Part(kind, "" if depth else label, text.replace("\\t", "\t").replace("\\n", "\n"), depth))
    return tuple(parts)


REPORT = Document(
    "rapport",
    "A/99/412",
    _read("""
masthead | Nations Unies
masthead | A/99/412
masthead | Distr. générale
masthead | 14 août 2044
masthead | Français
masthead | Original : anglais
title | Accès des travailleurs saisonniers à la santé et à l’éducation
title | Rapport du Secrétaire général
heading | Résumé
plain | Le présent rapport fait suite à la résolution 98/117 de l’Assemblée générale. Il rend compte des
  consultations tenues à Nairobi et à Santiago, au cours desquelles les gouvernements ont été priés d’ouvrir leurs
  dispensaires et leurs écoles aux familles des travailleurs saisonniers.
heading I. | Introduction
numbered 1. | Dans sa résolution 98/117, l’Assemblée générale a prié le Secrétaire général de lui présenter un
  rapport sur l’accès des travailleurs saisonniers à la santé et à l’éducation[^1]. Le présent rapport répond à
  cette demande.
footnote 1 | Voir la résolution 98/117, par. 14. Le texte en a été adopté sans être mis aux voix.
numbered 2. | Quarante-deux gouvernements, onze organisations internationales et une soixantaine d’associations ont
  répondu au questionnaire. Les réponses portaient sur les années 2040 à 2043.
heading II. | Questions examinées
heading A. | Santé
numbered 3. | De nombreuses associations ont souligné que les soins d’urgence étaient souvent refusés aux personnes
  sans contrat. Elles ont demandé aux États :
item a) | De garantir à tous les travailleurs, quel que soit leur statut, les soins d’urgence et le suivi des
  grossesses ;
item b) | De former le personnel des dispensaires ruraux :
subitem i) | En créant des cours du soir dans les langues des travailleurs ;
subitem ii) | En recrutant des médiateurs parmi les anciens saisonniers ;
item c) | De ne transmettre aucune donnée médicale aux services de l’immigration.
numbered 4. | L’Organisation mondiale de la Santé a été invitée à publier un guide à l’intention des inspecteurs du
  travail[^2]. Plusieurs participants ont ajouté qu’il faudrait que ce guide soit traduit avant la prochaine saison.
footnote 2 | Un premier projet de ce guide a été distribué à Santiago.
heading B. | Éducation
numbered 5. | Les chefs d’établissement ont recommandé que les enfants puissent s’inscrire à tout moment de l’année.
  Le tableau ci-après indique le nombre de demandes reçues par région.
table | Région\\tDemandes\\tPart\\nAfrique\\t14\\t33 %\\nAmériques\\t17\\t41 %\\nEurope\\t11\\t26 %
numbered 6. | Une représentante des enseignants a déclaré que les classes itinérantes avaient fait leurs preuves.
  Elle a exhorté les ministères à leur accorder des moyens durables.
heading III. | Conclusion et recommandations
numbered 7. | Les gouvernements devraient ratifier sans réserve les conventions relatives au travail saisonnier. Ils
  sont également encouragés à désigner un médiateur national.
numbered 8. | Le Secrétaire général prie instamment les employeurs de remettre à chaque travailleur un contrat
  rédigé dans une langue qu’il comprend.
heading | Annexe
heading | Liste des consultations
plain | La première consultation s’est tenue à Nairobi, du 3 au 5 février 2043. Les participants y ont été invités à
  soumettre leurs propositions par écrit.
plain | La seconde consultation s’est tenue à Santiago, du 9 au 11 juin 2043.
"""),
)

RESOLUTION = Document(
    "resolution",
    "A/RES/99/231",
    _read("""
masthead | Nations Unies
masthead | A/RES/99/231
masthead | Distr. générale
masthead | 19 décembre 2044
title | Résolution adoptée par l’Assemblée générale le 19 décembre 2044
heading | 99/231. Protection des bibliothèques et des archives en temps de crise
plain | L’Assemblée générale,
plain | Rappelant ses résolutions 95/12 du 4 décembre 2040 et 97/88 du 11 décembre 2042, relatives à la sauvegarde
  du patrimoine écrit,
plain | Consciente que la perte d’archives prive les populations de la preuve de leurs droits, et notant avec
  préoccupation que les fonds des petites communes sont les plus exposés,
plain | Ayant examiné le rapport du Secrétaire général,
numbered 1. | Prend note avec satisfaction du rapport du Secrétaire général et des recommandations qui y figurent ;
numbered 2. | Demande aux États Membres de dresser l’inventaire de leurs fonds menacés et d’en conserver une copie
  en lieu sûr ;
numbered 3. | Invite les institutions spécialisées, agissant dans les limites de leurs mandats :
item a) | À mettre des spécialistes de la restauration à la disposition des pays qui en font la demande ;
item b) | À faciliter l’échange de copies numériques entre les bibliothèques ;
numbered 4. | Engage les donateurs à verser des contributions volontaires au fonds d’urgence créé à cette fin ;
numbered 5. | Prie le Secrétaire général de lui rendre compte à sa cent unième session de l’application de la
  présente résolution, et notamment :
item a) | Des mesures prises par les États Membres ;
item b) | De l’utilisation du fonds d’urgence ;
numbered 6. | Décide d’inscrire à l’ordre du jour provisoire de sa cent unième session la question intitulée «
  Sauvegarde du patrimoine écrit ».
plain | 78e séance plénière
plain | 19 décembre 2044
"""),
)

OBSERVATIONS = Document(
    "observations",
    "CCT/C/14/CO/3",
    _read("""
masthead | Nations Unies
masthead | CCT/C/14/CO/3
masthead | Distr. générale
masthead | 7 mai 2044
title | Comité des conditions de travail
title | Observations finales concernant le troisième rapport périodique
heading A. | Introduction
numbered 1) | Le Comité a examiné le troisième rapport périodique de l’État partie à ses 201e et 202e séances,
  tenues les 22 et 23 avril 2044. Il a adopté les présentes observations finales à sa 219e séance.
numbered 2) | Le Comité se félicite du dialogue ouvert qu’il a eu avec la délégation, mais regrette que le rapport
  ait été soumis avec deux ans de retard.
heading B. | Aspects positifs
numbered 3) | Le Comité note avec satisfaction que l’État partie a adopté :
item a) | Le Code du travail agricole, en 2041 ;
item b) | Le plan d’action contre le travail forcé, en 2042.
heading C. | Principaux sujets de préoccupation et recommandations
heading >3 | Inspection du travail
numbered 4) | Le Comité s’inquiète de ce que les inspecteurs ne puissent entrer dans les exploitations familiales
  qu’avec l’accord de l’employeur[^1].
footnote 1 | CCT/C/14/3, par. 57.
numbered 5) | Le Comité recommande à l’État partie :
item a) | De modifier le Code du travail agricole, afin que les inspecteurs puissent entrer dans toute exploitation
  sans préavis ;
item b) | D’augmenter le nombre d’inspecteurs et de leur dispenser une formation portant :
subitem i) | Sur les indices de travail forcé ;
subitem ii) | Sur l’audition des enfants ;
item c) | De publier chaque année les résultats des inspections.
heading >3 | Salaires
numbered 6) | Le Comité est préoccupé par les retenues que les employeurs opèrent pour le logement. Il engage l’État
  partie à plafonner ces retenues et à veiller à ce que les salaires soient versés sans retard.
heading >3 | Diffusion et suivi
numbered 7) | Le Comité demande à l’État partie de diffuser largement les présentes observations finales, dans
  toutes les langues du pays.
numbered 8) | L’État partie est prié de soumettre son quatrième rapport périodique le 30 avril 2049 au plus tard. Il
  devrait y indiquer les mesures prises pour donner suite au paragraphe 5.
"""),
)

RECORD = Document(
    "compte_rendu",
    "A/C.9/99/SR.12",
    _read("""
masthead | Nations Unies
masthead | A/C.9/99/SR.12
masthead | Distr. générale
masthead | 3 novembre 2044
masthead | Français
masthead | Original : français
title | Neuvième Commission
title | Compte rendu analytique de la 12e séance
plain | La séance est ouverte à 10 h 5.
heading | Point 70 de l’ordre du jour : Gestion des bassins fluviaux (suite) (A/99/318 et A/99/319)
numbered § 1 | La Présidente invite la Commission à poursuivre l’examen des rapports dont elle est saisie. Elle prie
  les délégations de limiter leurs interventions à cinq minutes.
numbered § 2 | M. Delorme (Valdanie) dit que son pays a subi trois crues en deux ans. Il demande aux États riverains
  de communiquer sans délai les relevés de leurs stations.
numbered § 3 | Mme Okoro (Littorie) souscrit à cette demande. Elle estime toutefois qu’il conviendrait que les
  relevés soient publiés dans un format ouvert, et que le Secrétariat devrait en établir le modèle.
numbered § 4 | M. Sarrazin (Montalbe), prenant la parole au titre du droit de réponse, rappelle que les barrages de
  son pays ont été construits conformément au traité de 2019. Il appelle les délégations à s’abstenir de toute
  accusation.
heading | Projet de résolution A/C.9/99/L.4 : Alerte rapide dans les bassins partagés
numbered § 5 | Mme Lindqvist (Norlande), présentant le projet de résolution, invite tous les membres de la
  Commission à se porter coauteurs du texte.
numbered § 6 | La Présidente croit comprendre que la Commission souhaite adopter le projet de résolution sans le
  mettre aux voix.
numbered § 7 | Il en est ainsi décidé.
numbered § 8 | M. Delorme (Valdanie) remercie la Commission et encourage le Secrétaire général à créer sans attendre
  le mécanisme d’alerte.
plain | La séance est levée à 12 h 45.
"""),
)

NOTE = Document(
    "note_verbale",
    "A/99/507",
    _read("""
masthead | Nations Unies
masthead | A/99/507
masthead | Distr. générale
masthead | 2 octobre 2044
title | Note verbale datée du 28 septembre 2044, adressée au Secrétaire général par la Mission permanente de la
  Valdanie
plain | La Mission permanente de la Valdanie auprès de l’Organisation des Nations Unies présente ses compliments au
  Secrétaire général et a l’honneur de lui transmettre ci-joint le texte de la déclaration que son gouvernement a
  adoptée au sujet de la navigation sur la Sorne.
plain | Depuis le mois de mars, douze navires marchands ont été retenus sans motif à l’écluse de Brème-le-Haut.
  Leurs équipages n’ont reçu ni vivres ni soins, alors que les autorités riveraines avaient été priées à deux
  reprises de leur porter assistance.
plain | Le Gouvernement valdanien demande au Gouvernement montalbien de laisser repartir ces navires sans condition.
  Il l’invite également à rouvrir les consultations prévues par le traité :
item – | Pour fixer d’un commun accord les droits d’écluse ;
item – | Pour créer une commission chargée d’instruire les plaintes des équipages.
plain | Il prie en outre le Secrétaire général de désigner un envoyé personnel. M. Delorme, représentant permanent,
  se tient à sa disposition à cette fin.
plain | La Mission permanente saurait gré au Secrétaire général de bien vouloir faire distribuer le texte de la
  présente note et de son annexe comme document de l’Assemblée générale, au titre du point 70 de l’ordre du jour.
heading | Annexe à la note verbale datée du 28 septembre 2044
heading | Déclaration sur la liberté de navigation
plain | Le Gouvernement valdanien rappelle que la Sorne est ouverte aux navires de tous les États.
plain | Il exhorte tous les États riverains à respecter cette liberté et recommande que tout différend soit soumis à
  l’arbitrage.
"""),
)

DOCUMENTS = (REPORT, RESOLUTION, OBSERVATIONS, RECORD, NOTE)


def texts(document: Document) -> list[str]:
    """The texts that a reader expects of the headings and paragraphs, items in theirs, without calls and labels."""
    found: list[str] = []
    for part in document.parts:
        text = CALL.sub("", part.text)
        if part.kind in ("item", "subitem"):
            found[-1] += f" {part.label} {text}"
        elif part.kind not in ("masthead", "table", "footnote"):
            found.append(text)
    return found


def to_txt(document: Document) -> str:
    """The document as plain text: hard-wrapped, blank lines between blocks, notes under a rule where they stand."""
    blocks: list[str] = []
    for kind, parts in groupby(document.parts, lambda part: part.kind):
        if kind == "footnote":
            blocks.append("_" * 15)
        blocks += ["\n".join(_lines(part)) for part in parts]
    return "\n\n".join(blocks) + "\n"


def _lines(part: Part) -> Iterator[str]:
    if part.kind == "table":
        rows = [row.split("\t") for row in part.text.split("\n")]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        for row in rows:
            yield "    " + "   ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        return
    label = part.label.translate(SUPERSCRIPT) if part.kind == "footnote" else part.label
    text = CALL.sub(lambda call: call[1].translate(SUPERSCRIPT), part.text)
    whole = TIED.sub("\u00a0", f"{label} {text}" if label else text)
    first = " " * INDENTS.get(part.kind, 0)
    yield from textwrap.wrap(whole, WIDTH, initial_indent=first)
