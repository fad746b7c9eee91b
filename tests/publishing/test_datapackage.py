"""The data package: valid by frictionless, true of every published table, and broken tables are found by it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import frictionless
from conftest import Run
from pries.publishing import datapackage
from pries.schema import schema


def valid(folder: Path) -> tuple[bool, list[str]]:
    report = frictionless.Package(str(folder / "datapackage.json")).validate()
    return report.valid, [error.message for task in report.tasks for error in task.errors]


def test_the_published_tables_are_valid(full_run: Run) -> None:
    described = json.loads(full_run.files["datapackage.json"])
    paths = {resource["path"] for resource in described["resources"]}
    assert paths == {name for name in full_run.files if name.startswith("tables/") and name.endswith(".csv")}
    assert valid(full_run.folder) == (True, [])


def test_a_table_that_does_not_fit_is_found(full_run: Run, tmp_path: Path) -> None:
    shutil.copytree(full_run.folder / "tables", tmp_path / "tables")
    shutil.copy(full_run.folder / "datapackage.json", tmp_path)
    table = tmp_path / "tables" / "obligations.csv"
    table.write_text(table.read_text(encoding="utf-8").replace(",passive,", ",passif,"), encoding="utf-8")
    fine, errors = valid(tmp_path)
    assert not fine
    assert any("passif" in error for error in errors)


def test_every_column_has_its_type_and_description() -> None:
    described = json.loads(datapackage.descriptor(["obligations"]))["resources"][0]["schema"]["fields"]
    columns = schema.TABLES["obligations"].columns
    assert [(f["name"], f["type"]) for f in described] == [(c.name, datapackage.TYPES[c.kind]) for c in columns]
    assert all(f["description"] for f in described)


def test_no_request_is_valid_too(tmp_path: Path) -> None:
    names = [name for name, table in schema.TABLES.items() if table.published]
    for name in names:
        path = tmp_path / "tables" / f"{name}.csv"
        path.parent.mkdir(exist_ok=True)
        path.write_text(schema.empty(name).to_csv(index=False), encoding="utf-8")
    (tmp_path / "datapackage.json").write_text(datapackage.descriptor(names), encoding="utf-8")
    assert valid(tmp_path) == (True, [])
