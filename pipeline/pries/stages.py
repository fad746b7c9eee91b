"""Stages: the one list of what a run does, in its order: what each stage reads, what it writes, on what it works.

A stage is a function `run` of the module that its row names. It takes the tables that it reads by their names, and
gives those that it writes in a dictionary. Stages per document work on a shard of documents and know no other shard;
what follows works on the corpus. Pages are made from the published tables. Modules are named, not imported, so that a
run with nothing to do loads none of them.

    parse: sentences -> tokens, vectors, per document: « Les gouvernements ont été priés » -> Les, gouvernements, …
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass
from types import ModuleType

DOCUMENT, CORPUS, PAGE = "document", "corpus", "page"


@dataclass(frozen=True)
class Stage:
    """A row of the list. Names of tables are those of `schema.TABLES`; found/… are requests before corrections."""

    name: str
    module: str
    per: str
    reads: tuple[str, ...] = ()
    writes: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()  # of the tables that it reads, those that it holds whole; others may come in batches
    shares: bool = False  # it takes what other stages of the run have read of the same tables
    source: str = ""  # a file of the corpus folder that it reads, as bytes
    files: tuple[str, ...] = ()  # what it writes below OUTPUTS: files, or folders of them
    languages: tuple[str, ...] = ()  # one call for each

    @property
    def units(self) -> dict[str, str]:
        """What of the stage is made apart, with its language: figures-fr, figures-en; most stages are one unit."""
        return {f"{self.name}-{lang}": lang for lang in self.languages} or {self.name: ""}

    def given_as(self, table: str) -> str:
        """The name under which its function takes a table: found/obligations comes as obligations, unless both do."""
        short = table.rpartition("/")[2]
        return table.replace("/", "_") if table != short and short in self.reads else short

    def load(self) -> ModuleType:
        """The module of the stage's function."""
        return importlib.import_module(self.module)


def _names(words: str) -> tuple[str, ...]:
    return tuple(words.split())


STAGES = (
    Stage("segment", "pries.segmentation.segment", DOCUMENT,
          writes=_names("documents metadata paragraphs sentences footnotes dropped problems")),
    Stage("parse", "pries.grammar.parse", DOCUMENT, _names("sentences"), _names("tokens vectors")),
    Stage("actors", "pries.actors.actors", DOCUMENT, _names("paragraphs sentences tokens vectors"), _names("actors"),
          shares=True),
    Stage("obligations", "pries.requests.obligations", DOCUMENT,
          _names("paragraphs sentences tokens actors documents metadata"),
          _names("found/obligations found/actions unrecognised oddities"), shares=True),
    Stage("corrections", "pries.review.corrections", CORPUS,
          _names("paragraphs sentences actors found/obligations found/actions"),
          _names("obligations actions checks set_labels judged unapplied"), _names("found/obligations found/actions"),
          source="corrections.csv"),
    Stage("themes", "pries.content.themes", CORPUS,
          _names("paragraphs sentences tokens obligations actions set_labels"),
          _names("themes"), _names("obligations actions set_labels")),
    Stage("families", "pries.content.families", CORPUS,
          _names("tokens vectors documents paragraphs obligations actions judged"), _names("families"),
          _names("documents obligations actions judged"), shares=True),
    Stage("histories", "pries.content.histories", CORPUS, _names("documents obligations families"),
          _names("histories renewals"), _names("documents obligations families")),
    Stage("quotations", "pries.content.quotations", CORPUS, _names("documents obligations"), _names("quotations"),
          _names("documents obligations")),
    Stage("clusters", "pries.content.clusters", CORPUS,
          _names("tokens vectors obligations actions themes families histories"),
          _names("clusters clusters_by_k k_selection cluster_members cluster_tree"),
          _names("obligations actions families histories"), shares=True),
    Stage("specificities", "pries.textometry.specificities", CORPUS,
          _names("tokens sentences paragraphs documents actors obligations actions cluster_members metadata"),
          _names("specificities specificity_tests"),
          _names("documents obligations actions cluster_members metadata")),
    Stage("frequencies", "pries.textometry.frequencies", CORPUS, _names("tokens"),
          _names("lexicon repeated_segments")),
    Stage("correspondence", "pries.textometry.correspondence", CORPUS,
          _names("tokens sentences paragraphs documents actors"), _names("afc afc_axes"), _names("documents")),
    Stage("reinert", "pries.textometry.reinert", CORPUS, _names("tokens sentences paragraphs documents"),
          _names("text_segments reinert_classes reinert_terms reinert_tree"), _names("documents")),
    Stage("estimates", "pries.estimation.estimates", CORPUS,
          _names("""documents sentences found/obligations found/actions obligations actions themes cluster_members
                 families set_labels"""),
          _names("estimates sample sample_unused sample_problems"),
          _names("""documents found/obligations found/actions obligations actions cluster_members families
                 set_labels"""),
          source="sample.csv"),
    Stage("tables", "pries.publishing.tables", CORPUS,
          _names("""documents metadata paragraphs sentences footnotes dropped problems actors obligations actions
                 themes families histories renewals quotations clusters clusters_by_k k_selection cluster_members
                 cluster_tree specificities specificity_tests lexicon repeated_segments afc afc_axes
                 text_segments reinert_classes reinert_terms reinert_tree checks set_labels judged unapplied
                 unrecognised oddities estimates sample sample_unused sample_problems"""),
          whole=_names("""documents metadata problems obligations actions families histories renewals quotations
                 clusters clusters_by_k k_selection cluster_members cluster_tree specificities specificity_tests lexicon
                 repeated_segments afc afc_axes reinert_classes reinert_terms reinert_tree checks set_labels judged
                 unapplied unrecognised oddities estimates sample sample_unused sample_problems"""),
          files=("tables", "run.json", "datapackage.json")),
    Stage("reader", "pries.publishing.reader", PAGE,
          _names("""documents paragraphs sentences actors obligations actions clusters cluster_members estimates sample
                 sample_unused problems families metadata judged"""),
          files=("reader.html",)),
    Stage("methods", "pries.publishing.methods", PAGE,
          _names("""documents problems dropped paragraphs sentences obligations clusters k_selection lexicon
                 reinert_classes reinert_tree estimates run.json"""),
          files=("methods.txt",)),
    Stage("office", "pries.publishing.office", PAGE, ("*",), files=("requests.docx", "tables.xlsx")),
    Stage("figures", "pries.publishing.figures.figures", PAGE,
          _names("""documents paragraphs obligations clusters k_selection cluster_members cluster_tree specificities
                 afc afc_axes reinert_classes reinert_terms reinert_tree estimates metadata families histories
                 renewals"""),
          files=("figures",), languages=("fr", "en")),
)  # fmt: skip
CHECK = Stage("check", "pries.running.check", CORPUS)  # lexicons and settings, before anything is written
BY_NAME = {stage.name: stage for stage in STAGES}
