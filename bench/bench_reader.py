"""Bench of the reader: first screen and filters in a real Chromium, with 5,000 requests from 100 documents.

Reads the published tables, whose report it multiplies; writes a page into a scratch folder; prints seconds.

    first screen  median 0.410 s  (0.390–0.460)  at most 1.0 s
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any

import pandas as pd
from pries.base import console, interrupt
from pries.publishing import reader
from pries.schema import schema
from pries.store import files

TABLES = Path("outputs/tables")
DOCUMENTS, REQUESTS = 100, 5_000
METADATA = {"session": ("ordinaire", "extraordinaire"), "place": ("Genève", "New York", "Nairobi", "Vienne", "Rome")}
AT_MOST = {"first screen": 1.0} | dict.fromkeys(
    ("filter", "search", "dates", "metadata", "sort", "contexts", "left context", "families", "a family", "card",
     "nearest", "chart", "inferred", "repetitions"), 0.5,
)  # seconds  # fmt: skip
FLAGS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync",
    "--disable-background-networking", "--disable-component-update", "--window-size=1100,900",
)  # fmt: skip
# The first screen is there when something is painted and the scripts have run that fill it.
PAINT = """
const paint = performance.getEntriesByName("first-contentful-paint")[0]?.startTime ?? 0;
return Math.max(paint, performance.getEntriesByType("navigation")[0].domContentLoadedEventEnd);
"""
TIMED = "const begun = performance.now(); %s; document.body.offsetHeight; return performance.now() - begun;"
CHANGE = "const box = document.getElementById('%s'); box.value = '%s'; box.dispatchEvent(new Event('%s'))"
GO = "state = { ...read(), ...%s }; show()"
TRIED = {  # the view, and what is done in it
    "filter": ("table", [CHANGE % ("filter-modality", value, "change") for value in ("urge", "request", "should", "")]),
    "search": ("table", [CHANGE % ("q", value, "input") for value in ("ratif*", "«priés de»", "droits SAUF m*", "")]),
    "dates": ("table", [CHANGE % ("from", value, "change") for value in ("1950", "1990-05", "")]),
    "metadata": ("table", [CHANGE % ("filter-m1", value, "change") for value in ("Rome", "Vienne", "")]),
    "sort": ("table", [f"document.getElementById('sort-{key}').click()" for key in ("action", "action", "issuer")]),
    "contexts": ("table", [GO % "{ view: 'context', q: 'de*' }", GO % "{ view: 'context', q: '' }"]),
    "left context": ("context&q=de*",
                     [f"document.getElementById('align-{side}').click()" for side in ("left", "right")]),
    "families": ("table", [GO % "{ view: 'families' }", GO % "{ view: 'families', modality: 'should' }"]),
    "a family": ("families", [f"document.querySelectorAll('#found summary')[{i}].click()" for i in range(3)]),
    "card": ("table", [f"card.close(); open(requests[{i}])" for i in (0, 700, 4000)]),
    "nearest": ("table", [f"card.close(); open(requests[{i}]); document.querySelector('#near summary').click()"
                          for i in (0, 700, 4000)]),
    "chart": ("table", [GO % "{ view: 'map' }", GO % "{ view: 'map', rows: 'section', columns: 'year' }"]),
    "inferred": ("table", ["document.getElementById('inferred').click()"] * 2),
    "repetitions": ("who", [CHANGE % ("restated", value, "change") for value in ("no", "yes", "")]),
}  # fmt: skip


def multiplied(tables: Mapping[str, pd.DataFrame], copies: int, requests: int | None = None) -> dict[str, pd.DataFrame]:
    """The same report `copies` times over, a year apart, each with a name and identifiers of its own.

    `requests` in all; what one report asks the next one asks again, then two others ask it.
    """
    made = {}
    for name, frame in tables.items():
        copied = []
        for i in range(copies if name != "clusters" else 1):
            copy = frame.copy()
            for column in {"doc_id", "obligation_id"} & set(copy):
                copy[column] = copy[column] + f"_{i}"
            if name == "documents":
                copy["date"] = str(1901 + i)
            if name == "obligations":
                copy["family"] = copy["family"] + f"_{i // 2}"
            copied.append(copy)
        made[name] = pd.concat(copied, ignore_index=True)
    if requests is not None:
        made["obligations"] = made["obligations"].groupby("doc_id", sort=False).head(requests // copies)
        ids = set(made["obligations"]["obligation_id"])
        for name in ("actions", "cluster_members"):
            made[name] = made[name][made[name]["obligation_id"].isin(ids)]
    made["families"] = families_of(made["obligations"], made["documents"])
    repeats = made["families"].set_index("obligation_id")["restates"]
    restates = made["obligations"]["obligation_id"].map(repeats).fillna("")
    made["obligations"] = made["obligations"].assign(restates=restates)
    made["metadata"] = pd.concat(
        made["documents"][["doc_id"]].assign(field=field, value=[values[i % len(values)] for i in range(copies)])
        for field, values in METADATA.items()
    )
    return made


def families_of(obligations: pd.DataFrame, documents: pd.DataFrame) -> pd.DataFrame:
    """The table of families of requests that stand in the order of their dates."""
    among = obligations[["family", "doc_id", "obligation_id"]]
    among = among[among.duplicated("family", keep=False)].sort_values("family", kind="stable")
    first = among.groupby("family")["obligation_id"].transform("first")
    found = among.assign(
        rank=among.groupby("family").cumcount() + 1,
        date=among["doc_id"].map(documents.set_index("doc_id")["date"]),
        restates=first.where(first != among["obligation_id"], ""), score=1.0, reason="copy",
    )  # fmt: skip
    return schema.conform(found, "families")


@contextmanager
def chromium(downloads: Path | None = None) -> Iterator[Any]:
    """A headless browser, which saves in `downloads`. Raises FileNotFoundError where there is none."""
    from selenium import webdriver

    binary, driver = shutil.which("chromium"), shutil.which("chromedriver")
    if not binary or not driver:
        raise FileNotFoundError("chromium and chromedriver")
    options = webdriver.ChromeOptions()
    for flag in FLAGS:
        options.add_argument(flag)
    options.binary_location = binary
    if downloads is not None:
        options.add_experimental_option("prefs", {"download.default_directory": str(downloads)})
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    browser = webdriver.Chrome(options=options, service=webdriver.ChromeService(driver))
    try:
        yield browser
    finally:
        browser.quit()


def measure(page: Path, runs: int) -> dict[str, list[float]]:
    """Seconds of the first screen and of each action, `runs` times."""
    found: dict[str, list[float]] = {name: [] for name in AT_MOST}
    with chromium() as browser:
        for _ in range(runs):
            browser.get("about:blank")
            browser.get(page.as_uri())
            found["first screen"].append(browser.execute_script(PAINT) / 1000)
            for name, (view, actions) in TRIED.items():
                browser.get("about:blank")
                browser.get(f"{page.as_uri()}#view={view}")
                found[name] += [browser.execute_script(TIMED % action) / 1000 for action in actions]
    return found


def main(argv: Sequence[str] | None = None) -> int:
    """Measure, and print a line for each measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tables", type=Path, default=TABLES, metavar="DIR", help=f"in: the CSV tables ({TABLES})")
    parser.add_argument("--runs", type=int, default=5, metavar="N")
    options = parser.parse_args(argv)
    interrupt.as_exception()
    with console.one_line() as guard, tempfile.TemporaryDirectory(prefix="bench-") as scratch:
        tables = multiplied(reader.read_tables(options.tables), DOCUMENTS, REQUESTS)
        page, pieces = reader.render(tables)
        for i, piece in enumerate(pieces):
            files.write_text(Path(scratch) / "reader" / reader.name_of(i), piece)
        files.write_text(Path(scratch) / "reader.html", page)
        size = (len(page) + sum(map(len, pieces))) / 1e6
        n = len(tables["obligations"])
        console.say("bench", f"the reader with {n:,} requests of {DOCUMENTS} documents, {size:.1f} million characters")
        try:
            found = measure(Path(scratch) / "reader.html", options.runs)
        except (ImportError, FileNotFoundError) as missing:
            console.say("bench", f"no browser to measure the reader in ({missing}); `make test` as root installs one")
            return guard.code
        for name, seconds in found.items():
            over = " OVER" if median(seconds) > AT_MOST[name] else ""
            spread = f"{min(seconds):.3f}–{max(seconds):.3f}"
            console.say(name, f"median {median(seconds):.3f} s  ({spread})  at most {AT_MOST[name]:.1f} s{over}")
    return guard.code


if __name__ == "__main__":
    sys.exit(main())
