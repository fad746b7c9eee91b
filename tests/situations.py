"""Situations: what a nasty folder, system or hour does to a run, alone and beside three good documents.

    python tests/situations.py                 each alone, then beside three good documents (make abuse)
    python tests/situations.py "boucle.pdf"    some of them

A situation is a line of SITUATIONS: what it puts into the folder of documents or of outputs, how the run is begun,
which exit codes it may end with, and which files problems.csv has to name. A run says what is wrong in lines, never a
traceback; the rows of the good documents are those of a run on them alone; it takes two gigabytes at most.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import shlex
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import abuse
import hostile
from abuse import ASKED, GOOD, Ran
from hostile_markup import book
from layouts_markup import odt
from pries.base.errors import CANNOT_START, DONE, DONE_WITH_PROBLEMS, STOPPED_HALF_WAY
from pries.base.places import LEXICONS, SETTINGS

LONGEST = 300  # seconds
RUN = "exec {run}"
OWN = RUN + " --lexicons {corpus}/lexicons --settings {corpus}/settings"
STARTED = frozenset((DONE, DONE_WITH_PROBLEMS))
REFUSED = frozenset((CANNOT_START,))
HALF_WAY = frozenset((STOPPED_HALF_WAY, CANNOT_START))
ROOT = "<w:style w:styleId='a'><w:basedOn w:val='a'/></w:style>"


class Situation(NamedTuple):
    """What is put where, how the run is begun, how it may end, and what it has to name."""

    put: Callable[[Path, Path], object] = lambda corpus, outputs: None
    how: str = RUN
    codes: frozenset[int] = STARTED
    named: tuple[str, ...] = ()
    options: tuple[str, ...] = ("tables",)  # figures and pages are made from tables


def file(name: str | bytes, content: str | bytes | Callable[[], str | bytes], named: bool = False) -> Situation:
    """A file in the folder of documents."""

    def put(corpus: Path, outputs: Path) -> None:
        made = content() if callable(content) else content
        data = made.encode("utf-8", "surrogatepass") if isinstance(made, str) else made
        (corpus / os.fsdecode(name)).write_bytes(data)

    return Situation(put, named=(os.fsdecode(name),) if named else ())


def refused(name: str, content: str | bytes | Callable[[], str | bytes]) -> Situation:
    """A file because of which the run cannot start."""
    return file(name, content)._replace(codes=REFUSED)


def broken_work(corpus: Path, outputs: Path) -> None:
    """A finished run whose intermediate files have been cut in half since."""
    abuse.run(corpus, outputs, "tables")
    for path in sorted((outputs / ".work").rglob("*")):
        if path.is_file() and path.name != "lock":
            path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    for path in sorted((outputs / "tables").glob("*.csv")):
        path.write_bytes(b"\0" * 100)


def folder_in_place(name: str) -> Callable[[Path, Path], None]:
    """A folder where the run wants to write a file, or has one."""
    return lambda corpus, outputs: (outputs / name).mkdir(parents=True)


def file_in_place(name: str) -> Callable[[Path, Path], None]:
    """A file where the run wants a folder."""

    def put(corpus: Path, outputs: Path) -> None:
        (outputs / name).parent.mkdir(parents=True, exist_ok=True)
        (outputs / name).write_text("moi")

    return put


def twins(corpus: Path, outputs: Path) -> None:
    """Names that only differ in how their accents are written, or in case."""
    for n, name in enumerate(("Été.txt", unicodedata.normalize("NFD", "Été.txt"), "été.txt", "ÉTÉ.TXT")):
        (corpus / name).write_text(f"1. {ASKED}{n}\n", encoding="utf-8")


def deep(corpus: Path, outputs: Path) -> None:
    """A document below three hundred folders."""
    place = corpus.joinpath(*["d"] * 300)
    place.mkdir(parents=True)
    (place / "fond.txt").write_text(ASKED, encoding="utf-8")


def loops(corpus: Path, outputs: Path) -> None:
    """Links that lead to each other, and to the folder that they are in."""
    (corpus / "a.txt").symlink_to("b.txt")
    (corpus / "b.txt").symlink_to("a.txt")
    (corpus / "encore").symlink_to(".", target_is_directory=True)


def odd_times(corpus: Path, outputs: Path) -> None:
    """Documents written before 1970, and a hundred thousand years from now."""
    for name, seconds in (("avant.txt", -(10**9)), ("zero.txt", 0), ("après.txt", 2**41)):
        (corpus / name).write_text(ASKED, encoding="utf-8")
        os.utime(corpus / name, (seconds, seconds))


def hard_links(corpus: Path, outputs: Path) -> None:
    """One document of two names."""
    (corpus / "un.txt").write_text(ASKED, encoding="utf-8")
    os.link(corpus / "un.txt", corpus / "deux.txt")


def door(corpus: Path, outputs: Path) -> None:
    """A socket of a program that may be listening."""
    with socket.socket(socket.AF_UNIX) as listening:
        before = Path.cwd()
        os.chdir(corpus)  # a path of 108 characters at most
        listening.bind("prise.txt")
        os.chdir(before)


def own(name: str, text: str | Callable[[], str]) -> Callable[[Path, Path], None]:
    """Lexicons and settings of one's own, of which one file is another."""

    def put(corpus: Path, outputs: Path) -> None:
        for folder in (LEXICONS, SETTINGS):
            shutil.copytree(folder, corpus / folder.name)
        (corpus / name).write_text(text() if callable(text) else text, encoding="utf-8")

    return put


def over(name: str, text: str) -> Callable[[Path, Path], None]:
    """A file of lexicons or settings of the corpus, over those of the program."""

    def put(corpus: Path, outputs: Path) -> None:
        (corpus / name).parent.mkdir()
        (corpus / name).write_text(text, encoding="utf-8")

    return put


def linked_lexicons(corpus: Path, outputs: Path) -> None:
    """A folder of lexicons that leads out of the folder of documents."""
    (corpus / "lexicons").symlink_to("/etc", target_is_directory=True)


def many_files(corpus: Path, outputs: Path) -> None:
    """A table of sixteen hundred files, each with a row in metadata.csv."""
    rows = "".join(f"d{n},r{n:05}.txt\n" for n in range(1_600))
    (corpus / "metadata.csv").write_text("doc_id,file\n" + rows, encoding="utf-8")
    for n in range(1_600):
        (corpus / f"r{n:05}.txt").write_text(f"{n}. Agir.\n", encoding="utf-8")


def changing(corpus: Path, outputs: Path) -> None:
    """A document that changes between being listed and being read."""
    (corpus / "change.txt").write_text(ASKED, encoding="utf-8")
    (outputs.parent / "change.py").write_text(
        "import sys\nfrom pathlib import Path\nfrom pries import __main__\nfrom pries.reading import corpus\n"
        "listed = corpus.manifest\n"
        "def manifest(folder, *rest):\n    found = listed(folder, *rest)\n"
        "    Path(folder, 'change.txt').write_text('Un autre texte.')\n    return found\n"
        "corpus.manifest = manifest\nsys.argv[0] = 'pries'\nsys.exit(__main__.main())\n",
        encoding="utf-8",
    )


def metadata(rows: str, header: str = "doc_id,file,date\n") -> str:
    return header + rows


def tounicode() -> bytes:
    """A font in which one code stands for five hundred characters, and a page of that code."""
    long = "0041" * 500
    cmap = f"1 begincodespacerange <00> <FF> endcodespacerange 1 beginbfchar <61> <{long}> endbfchar".encode()
    font = "/F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 5 0 R >>"
    text = hostile.stream(b"BT /F1 9 Tf 9 700 Td " + b"(aaaaaaaaaaaaaaaaaaaa) Tj " * 2_000 + b"ET")
    page = hostile.PAGE.replace(hostile.FONT, f"<< /Font << {font} >> >>")
    return hostile.pdf(hostile.CATALOG, hostile.PAGES, page, text, hostile.stream(cmap))


def of_word(body: str, more: Mapping[str, str | bytes] | None = None) -> Callable[[], bytes]:
    return lambda: hostile.word(body, more=dict(more or {}))


ODD_DIGITS = "".join(f"\n\n{sign}. Le Conseil prie les États d’agir.\n\n{sign}) D’agir ;" for sign in "²³¹①⑴Ⅳ٣१𝟙〇½৩")
ODD_CASES = "Les İtats ont été priés d’agir. Les ẞtats et les ŉtats devraient ratifier. ﷽ ﬁn ǰ ΐ L’Éﬃcacité. "
ODD_LINES = "\u2028 \u2029 \x85 \x1c \x1d \x1e \x1f \v \r".split(" ")
EMOJI = "👩\u200d👩\u200d👧\u200d👦🏳\ufe0f\u200d🌈e\u0301\u0302\u0303\u0304"
SITUATIONS: dict[str, Situation] = {
    # names, folders, links
    "jumeaux": Situation(twins),
    "profond": Situation(deep),
    "boucles de liens": Situation(loops, named=("a.txt", "b.txt", "encore")),
    "liens durs": Situation(hard_links),
    "prise": Situation(door, named=("prise.txt",)),
    "nom sans code": file(b"nom\xff\xfe.txt", ASKED),
    "nom de 255 octets": file("n" * 251 + ".txt", ASKED),
    "nom de rien": file(" .txt", ASKED),
    "dates": Situation(odd_times),
    "fichiers de bureau": Situation(
        lambda corpus, outputs: [
            (corpus / name).write_bytes(b"\0\1\2")
            for name in (".DS_Store", "Thumbs.db", "~$rapport.docx", ".~lock.rapport.odt#", "desktop.ini")
        ]
    ),
    # tables of the folder
    "metadata.csv dossier": Situation(
        lambda corpus, outputs: (corpus / "metadata.csv").mkdir(), codes=STARTED | REFUSED
    ),
    "corrections.csv dossier": Situation(
        lambda corpus, outputs: (corpus / "corrections.csv").mkdir(), codes=STARTED | REFUSED
    ),
    "metadata.csv ouvert": refused("metadata.csv", 'doc_id,file\nbon1,"bon1.txt\n'),
    "metadata.csv nul": refused("metadata.csv", "doc_id,file\nbon1\0,bon1.txt\n"),
    "metadata.csv utf-16": file("metadata.csv", lambda: "doc_id,file\n".encode("utf-16"))._replace(
        codes=STARTED | REFUSED
    ),
    "metadata.csv large": file("metadata.csv", lambda: "file," + ",".join(f"c{n}" for n in range(3_000)) + "\n"),
    "metadata.csv long": file("metadata.csv", lambda: "file,titre\nbon1.txt," + "t" * 10**6 + "\n")._replace(
        codes=STARTED | REFUSED
    ),
    "metadata.csv dates": file(
        "metadata.csv", "file,date\nbon1.txt,0000-00-00\nbon2.txt,99999-01-01\nbon3.txt,２０１３\n"
    )._replace(codes=STARTED | REFUSED),
    "metadata.csv chemins": refused("metadata.csv", "doc_id,file\na,../../etc/passwd\n"),
    "metadata.csv, 1600 fichiers": Situation(many_files),
    "corrections.csv vaines": file(
        "corrections.csv",
        lambda: "obligation_id,action,field,old,new\n" + "".join(f"o{n},edit,issuer,a,b\n" for n in range(20_000)),
    ),
    "corrections.csv longue": file(
        "corrections.csv", lambda: f"obligation_id,action,field,old,new\no1,edit,issuer,,{'x' * 10**6}\n"
    )._replace(codes=STARTED | REFUSED),
    "corrections.csv tournantes": file(
        "corrections.csv",
        lambda: (
            "obligation_id,action,field,old,new\n"
            + ",edit,actor_label,États,pays\n,edit,actor_label,pays,États\n" * 500
        ),
    ),
    "corrections.csv nulle": file("corrections.csv", "\0" * 1_000)._replace(codes=STARTED | REFUSED),
    "sample.csv impossible": file(
        "sample.csv",
        "sentence_id,doc_id,paragraph,stratum,pi,coded\n"
        + "".join(f"s{n},bon1,1,a,{pi},\n" for n, pi in enumerate(("0", "nan", "-1", "1e-320", "inf", "2", ""))),
    )._replace(codes=STARTED | REFUSED),
    "sample.csv vaine": file(
        "sample.csv",
        lambda: (
            "sentence_id,doc_id,paragraph,stratum,pi,coded\n" + "".join(f"s{n},x,p1,a,0.5,\n" for n in range(50_000))
        ),
    )._replace(codes=STARTED | REFUSED),
    # lexicons and settings
    "lexicons ailleurs": Situation(linked_lexicons, codes=STARTED | REFUSED),
    "lexicons inconnu": Situation(own("lexicons/inconnu.csv", "a,b\n"), OWN),
    "lexicons coupé": Situation(own("lexicons/triggers.csv", 'lemma,pos,"'), OWN, REFUSED),
    "settings coupé": Situation(own("settings/parse.toml", 'model = "fr_core'), OWN, REFUSED),
    "lexique du corpus": Situation(over("lexicons/actors.csv", "head,type,only\ngabelou,labour,\n")),
    "ligne absente": Situation(over("lexicons/actors.csv", "head,type,only\n!gabelou,,\n"), codes=REFUSED),
    "réglage du corpus inconnu": Situation(over("settings/figures.toml", "largeur = 85\n"), codes=REFUSED),
    "settings lourd": Situation(own("settings/clusters.toml", lambda: "# a\n" * 10**6), OWN),
    # files of office programs, web pages, PDF
    "styles en boucle.docx": file("styles.docx", of_word(hostile.paragraph(ASKED), {"word/styles.xml": ROOT})),
    "large.docx": file(
        "large.docx",
        of_word(
            "<w:tbl>"
            + "<w:tr><w:tc><w:tcPr><w:gridSpan w:val='32767'/></w:tcPr><w:p/></w:tc></w:tr>" * 3_000
            + f"</w:tbl>{hostile.paragraph(ASKED)}"
        ),
    ),
    "en-tête de soi-même.docx": file(
        "soi.docx",
        of_word(
            hostile.paragraph(ASKED),
            {
                "word/_rels/document.xml.rels": f'<Relationships xmlns="{hostile.RELATIONS}"><Relationship Id="a" '
                'Type="x/header" Target="document.xml"/></Relationships>'
            },
        ),
    ),
    "sept cents cellules.docx": file(
        "cellules.docx",
        of_word("<w:tbl>" + ("<w:tr>" + f"<w:tc>{hostile.paragraph(ASKED)}</w:tc>" * 70 + "</w:tr>") * 10 + "</w:tbl>"),
    ),
    "document vide de sens.docx": file("vide.docx", of_word("<w:p/>" * 200_000), named=True),
    "numéros.odt": file(
        "numéros.odt",
        lambda: odt("".join(f'<text:h text:outline-level="{n % 13}">{ASKED}</text:h>' for n in range(3_000))),
    ),
    "compressé.txt": file("compressé.txt", lambda: gzip.compress(b"a" * 10**8), named=True),
    "classeur de dates.xlsx": file(
        "dates.xlsx", lambda: book(["id", "texte", "date"], *([n, ASKED, -(10**15)] for n in range(50)))
    ),
    "boucle.pdf": file(
        "boucle.pdf",
        lambda: hostile.pdf(
            hostile.CATALOG,
            "<< /Type /Pages /Kids [2 0 R 2 0 R 3 0 R] /Count 3 >>",
            hostile.PAGE,
            hostile.stream(hostile.DRAWN),
        ),
    ),
    "lettres sans fin.pdf": file("lettres.pdf", tounicode),
    "notes.pdf": file(
        "notes.pdf",
        lambda: hostile.pdf(
            hostile.CATALOG,
            hostile.PAGES,
            hostile.PAGE.replace(
                "/MediaBox", "/Annots [" + "<< /Type /Annot /Subtype /Text /Rect [0 0 9 9] >> " * 50_000 + "] /MediaBox"
            ),
            hostile.stream(hostile.DRAWN),
        ),
    ),
    "entités.html": file("entités.html", lambda: f"<html><p>{'&#233;&eacute;' * 200_000}<p>{ASKED}"),
    "identifiants.html": file(
        "identifiants.html",
        lambda: f"<html><p>{ASKED}" + "".join(f"<p id=a{n}><a href=#a{n + 1}>{n}</a>" for n in range(30_000)),
    ),
    "utf-7.html": file("utf-7.html", b"<html><meta charset=utf-7><p>+ADw-script+AD4-Les Etats agiront."),
    # texts
    "chiffres.txt": file("chiffres.txt", f"1. {ASKED}{ODD_DIGITS}\n"),
    "casse.txt": file("casse.txt", f"1. {ODD_CASES * 50}\n"),
    "lignes.txt": file("lignes.txt", "1. " + "".join(f"{ASKED}{line}" for line in ODD_LINES * 20)),
    "emoji.txt": file("emoji.txt", f"1. {ASKED}{EMOJI * 3_000}\n"),
    "droite à gauche.txt": file("droite.txt", f"1. {ASKED}\n\n2. \u202e" + "يجب على الدول أن تصادق. " * 2_000),
    "langues.jsonl": file(
        "langues.jsonl",
        lambda: "".join(
            json.dumps({"doc_id": n, "text": t}) + "\n" for n, t in (([], "a"), ({}, ASKED), (True, ASKED), ("", "é"))
        ),
    ),
    "vingt mille lignes.csv": file(
        "lignes.csv",
        lambda: "doc_id,text\n" + "".join(f"r{n},Oui.\n" for n in range(2_000)) + 'x,"' + "a\n" * 10_000 + '"\n',
    ),
    # where the run writes
    "outputs fichier": Situation(file_in_place("."), codes=REFUSED)._replace(
        put=lambda corpus, outputs: outputs.write_text("moi")
    ),
    "tables fichier": Situation(file_in_place("tables"), codes=HALF_WAY),
    "work fichier": Situation(file_in_place(".work"), codes=HALF_WAY),
    "verrou dossier": Situation(folder_in_place(".work/lock"), codes=HALF_WAY),
    "hashes dossier": Situation(folder_in_place(".work/hashes.json"), codes=STARTED | HALF_WAY),
    "table dossier": Situation(folder_in_place("tables/sentences.csv"), codes=HALF_WAY),
    "work coupé": Situation(broken_work),
    "disque plein": Situation(how="ulimit -f 40; " + RUN, codes=HALF_WAY),
    # how the run is begun
    "erreurs fermées": Situation(how=RUN + " 2>&-"),
    "sorties fermées": Situation(how=RUN + " <&- >&- 2>&-"),
    "tube fermé": Situation(how="{run} | head -c 1; exit ${{PIPESTATUS[0]}}", codes=STARTED | HALF_WAY),
    "ascii": Situation(how="PYTHONIOENCODING=ascii " + RUN),
    "sans langue": file("été.txt", ASKED)._replace(
        how="export LC_ALL=C PYTHONUTF8=0 PYTHONCOERCECLOCALE=0; " + RUN, codes=STARTED | REFUSED
    ),
    "sans rien": Situation(how="exec env -i {run}"),
    "sans TMPDIR": Situation(how="TMPDIR=/nulle/part HOME=/nulle/part " + RUN),
    "peu de fichiers": Situation(how="ulimit -n 40; " + RUN),
    "peu de mémoire": Situation(how="ulimit -v 700000; " + RUN, codes=STARTED | HALF_WAY),
    "optimisé": Situation(how="PYTHONOPTIMIZE=2 PYTHONHASHSEED=7 COLUMNS=1 TERM=dumb " + RUN),
    "deux à la fois": Situation(how="{run} >/dev/null 2>&1 & " + RUN, codes=STARTED | REFUSED | HALF_WAY),
    "change.txt": Situation(changing, named=("change.txt",)),
}


def begun(situation: Situation, corpus: Path, outputs: Path) -> tuple[Ran, str]:
    """Run the program in a situation; how it ended, and what it said."""
    situation.put(corpus, outputs)
    program = [str(outputs.parent / "change.py")] if (outputs.parent / "change.py").exists() else ["-m", "pries"]
    words = [sys.executable, *program, "--corpus", str(corpus), "--outputs", str(outputs), *situation.options]
    path = f"PYTHONPATH={shlex.quote(os.environ.get('PYTHONPATH', ''))}"
    shell = situation.how.format(run=f"env {path} {shlex.join(words)}", corpus=shlex.quote(str(corpus)))
    start = time.monotonic()
    said = outputs.parent / "said"
    with said.open("wb") as told, subprocess.Popen(["bash", "-c", shell], stdout=told, stderr=told) as running:
        _, status, used = os.wait4(running.pid, 0)
        running.returncode = os.waitstatus_to_exitcode(status)
    ran = Ran(running.returncode, time.monotonic() - start, used.ru_maxrss / 1024, outputs / "tables")
    return ran, said.read_text(encoding="utf-8", errors="replace")


def wrong(situation: Situation, ran: Ran, said: str, undisturbed: Path | None) -> list[str]:
    """What is wrong with a run; `undisturbed` are the tables of the good documents, None where there are none."""
    codes = situation.codes | (REFUSED if undisturbed is None else frozenset())
    if ran.code not in codes or "Traceback" in said:
        return [f"exit code {ran.code}: {said[-400:]}"]
    found = [f"{ran.megabytes:,.0f} MB"] * (ran.megabytes > abuse.MEGABYTES) + ["too long"] * (ran.seconds > LONGEST)
    if ran.code in STARTED and undisturbed is not None:
        good = [Path(name).stem for name in GOOD]
        found += [
            f"{t} differ" for t in abuse.TABLES if abuse.rows(ran.tables, t, good) != abuse.rows(undisturbed, t, good)
        ]
        told = {row["file"] for row in abuse.problems(ran.tables)}
        found += [f"{name} is not named" for name in situation.named if name not in told]
    return found


def tried(name: str, place: Path, undisturbed: Path | None) -> tuple[Ran, str, list[str]]:
    """A situation in a place of its own, beside the good documents where their tables are given."""
    corpus = place / "corpus"
    abuse.put(corpus, [])
    if undisturbed is None:
        for good in GOOD:
            (corpus / good).unlink()
    ran, said = begun(SITUATIONS[name], corpus, place / "outputs")
    return ran, said, wrong(SITUATIONS[name], ran, said, undisturbed)


def main(argv: Sequence[str] | None = None) -> int:
    """Try the situations; 1 where something is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    names, bad = parser.parse_args(argv).names or list(SITUATIONS), 0
    with tempfile.TemporaryDirectory(prefix="situations-") as folder:
        abuse.put(Path(folder, "good"), [])
        undisturbed = abuse.run(Path(folder, "good"), Path(folder, "undisturbed"), "tables").tables
        for name in names:
            for tables in (None, undisturbed):
                with tempfile.TemporaryDirectory(prefix="situation-") as place:
                    ran, said, faults = tried(name, Path(place), tables)
                bad += bool(faults)
                how = "beside" if tables else "alone"
                last = said.strip().rpartition("\n")[2][:110]
                told = "; ".join(faults) or f"harmless  {last}"
                print(
                    f"{name:<30}{how:<7}{ran.seconds:6.1f} s {ran.megabytes:6,.0f} MB  exit {ran.code}  {told}",
                    flush=True,
                )
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main())
