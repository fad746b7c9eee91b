"""Ont été priés: who asks whom to do what, how strongly, in French UN reports.

A sentence goes through the packages in this order: reading (a file to its text), segmentation (paragraphs, sentences),
grammar (words, syntax), actors (who is mentioned), requests (who asks whom to do what), review (a person's decisions),
content and textometry (themes, groups, words), publishing (tables, figures, the reader). `stages` lists the steps,
`running` makes them, `python -m pries` is the door.

    >>> import pries
    >>> pries.requests_in("Les gouvernements ont été priés de ratifier les conventions.")["addressee"].tolist()
    ['gouvernements']
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from pries.publishing.figures.figures import CaptionedFigure

__all__ = [
    "__version__", "compare_requests", "compare_words", "concordance", "copy_lexicons", "draw_sample", "explain",
    "figure", "read", "requests_in", "run",
]  # fmt: skip
__version__ = "0.1.0"

os.environ.setdefault("ARROW_DEFAULT_MEMORY_POOL", "system")  # its own keeps what is freed: a third more at the peak


def run(
    corpus: Path | str, outputs: Path | str, until: str = "", *,
    lexicons: Path | str | None = None, settings: Path | str | None = None,
) -> int:  # fmt: skip
    """`pries --corpus … --outputs …`, or the stages that one of them needs (`until="tables"`), in a process of its own.

    Its exit code: 0 done, 3 with documents that could not be read, which `read(outputs, "problems")` names; what it
    says of another is in RuntimeError. `lexicons` and `settings` are folders of one's own (`copy_lexicons`).

        run("mes rapports", "mes résultats", until="tables") -> 0
    """
    own = {"--lexicons": lexicons, "--settings": settings}
    folders = [word for option, folder in own.items() if folder is not None for word in (option, folder)]
    return _command(*([until] if until else []), "--corpus", corpus, "--outputs", outputs, *folders)


def read(outputs: Path | str, table: str) -> pd.DataFrame:
    """A published table of a run, with its declared types; docs/tables.md has the columns of each.

    FileNotFoundError where the run has no such table.

        read("outputs", "obligations")["addressee"] -> gouvernements, États Membres; organisations, …
    """
    from pries.store.files import read_csv

    return read_csv(Path(outputs) / "tables" / f"{table}.csv", table)


def requests_in(text: str) -> pd.DataFrame:
    """The requests in a French text, a row each; columns as obligations has before corrections.

    requests_in("Il a été demandé aux États de ratifier la Convention.")["actions"] -> ratifier
    """
    from pries.inspection.explain import requests_in

    return requests_in(text)


def explain(text: str) -> str:
    """How a French text is read: each request with its frame and rules, and what was ruled out, why.

    explain("Les États ont été priés de coopérer.") -> request, passive, addressee États, …
    """
    from pries.inspection.explain import explain

    return explain(text)


def compare_requests(outputs: Path | str, by: str, one: str, other: str, *, distinct: bool = False) -> pd.DataFrame:
    """What two parts of a run ask, as `pries compare --requests --by BY ONE OTHER`; `distinct`: without restatements.

    A row for all requests and for each strength, type of addressee, theme and action: measure, value, n, n_other,
    share, share_other, difference with its interval (low, high), per_1000, per_1000_other, rate_difference (rate_low,
    rate_high), p, adjusted. InputError for an unknown kind of part (`by`), or a part that is not there.

        compare_requests("outputs", "section", "V", "VI") -> strength, should (*devrait*): 7 of 14, 2 of 9, …
    """
    from pries.inspection import compare, compare_requests

    frames = compare.read(Path(outputs), *compare_requests.TABLES)
    return compare_requests.compared(frames, by, one, other, distinct=distinct)[0]


def compare_words(outputs: Path | str, by: str, one: str, other: str, *, unit: str = "lemma") -> pd.DataFrame:
    """The terms that tell two parts of a run apart, as `pries compare --by BY ONE OTHER`: Lafon's specificities.

    Columns: term, f (times in the first part), F (in both), t and T (words there), score (a power of ten, positive
    where the first has more). `unit` is form, lemma, actor or trigger. InputError for an unknown part.

        compare_words("outputs", "section", "V", "VI") -> travailleur, 12 of 18, +7.9
    """
    from pries.inspection import compare

    return compare.words(Path(outputs), by, one, other, unit)


def concordance(outputs: Path | str, words: str, *, by: str = "form", around: int = 80) -> pd.DataFrame:
    """Every place where words stand in the texts of a run, as `pries kwic`; `by`: form, lemma, regex or actor.

    Columns: doc_id, paragraph, start, end, left, keyword, right, with `around` characters on each side. InputError
    for another `by`, or what is no regular expression.

        concordance("outputs", "prier de", by="lemma") -> … les gouvernements ont été | priés de | ratifier …
    """
    from pries.inspection import kwic

    return kwic.search(Path(outputs), words, by, around)[0]


def figure(outputs: Path | str, name: str, lang: str = "fr", by: str = "", **look: Any) -> CaptionedFigure:
    """A published figure of a run: its `data`, `title`, `caption`, `alt` and matplotlib `picture`; a notebook shows it.

    `save("figure.pdf")` writes it with its numbers and caption. `by`: date, document or a column of metadata.csv as
    parts; `look`: settings of figures.toml. InputError for an unknown name, part, font or width.

        figure("outputs", "requests_by_addressee", width=85, font="serif", grey=True, title=False)
    """
    from pries.publishing.figures import figures

    return figures.drawn(Path(outputs) / "tables", lang, names=[name], by=by, **look)[name]


def copy_lexicons(folder: Path | str) -> Path:
    """A copy of the lexicons that come with the program, in the new folder `folder`, to be edited and given to `run`.

    docs/lexicons.md has the columns of each. FileExistsError where the folder is there.

        copy_lexicons("les miens") / "triggers.csv" -> enjoindre, sommer, prier, …
    """
    from pries.base.places import LEXICONS

    return Path(shutil.copytree(LEXICONS, folder))


def draw_sample(corpus: Path | str, outputs: Path | str, n: int = 150) -> pd.DataFrame:
    """`pries sample -n N`: sentences drawn at random, to be coded in CORPUS/sample.csv, which it writes.

    Columns, all text: sentence_id, doc_id, paragraph, stratum, pi, coded, coder, date, note (docs/trust.md).
    RuntimeError where no run is there.

        draw_sample("corpus", "outputs", 80) -> « Les États devraient… », stratum requests-sure, pi 0.25, …
    """
    import pandas as pd

    _command("sample", "--corpus", corpus, "--outputs", outputs, "-n", str(n))
    return pd.read_csv(Path(corpus) / "sample.csv", dtype=str, keep_default_na=False)


def _command(*words: Path | str) -> int:
    """`pries` with these words, in a process of its own: 0 or 3; RuntimeError with what it says of another code."""
    done = subprocess.run([sys.executable, "-m", "pries", *words], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 3):
        raise RuntimeError(done.stderr.strip())
    return done.returncode
