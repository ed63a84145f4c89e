"""Foreign keys and migrations keep to the same table as imports: ``layers`` in ``pyproject.toml``.

import-linter cannot see a foreign key that is named by a string, a reverse accessor, or a dependency
between migrations.
"""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from django.apps import apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

PYPROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


def _layers() -> list[set[str]]:
    """Return the packages of each layer, the ground floor first."""
    contracts = tomllib.loads(PYPROJECT.read_text())["tool"]["importlinter"]["contracts"]
    (layers,) = [one["layers"] for one in contracts if one["id"] == "layers"]
    return [{name.strip() for name in layer.split("|")} for layer in reversed(layers)]


def _floor(label: str) -> int:
    return next(n for n, layer in enumerate(_layers()) if label in layer)


def _may_refer(source: str, target: str) -> bool:
    return source == target or _floor(target) < _floor(source)


def _ours(label: str) -> bool:
    return apps.get_app_config(label).name.startswith("borderliaison.")


def _own_relations() -> Iterator[tuple[type[models.Model], "models.ForeignObject[object, object]"]]:
    for model in apps.get_models(include_auto_created=True):
        if _ours(model._meta.app_label):
            for field in model._meta.get_fields():
                relates = isinstance(field, models.ForeignObject) or field.many_to_many
                if relates and not field.auto_created:
                    yield model, field  # type: ignore[misc]


def test_the_table_names_every_package_that_is_a_django_app() -> None:
    known = set().union(*_layers())
    assert {config.label for config in apps.get_app_configs() if _ours(config.label)} <= known


def test_a_model_refers_only_to_models_of_packages_below_its_own() -> None:
    wrong = []
    for model, field in _own_relations():
        target = field.related_model
        assert not isinstance(target, str)
        label = target._meta.app_label
        if _ours(label) and not _may_refer(model._meta.app_label, label):
            wrong.append(f"{model._meta.label}.{field.name} -> {target._meta.label}")
    assert not wrong


def test_a_relation_across_packages_leaves_no_reverse_accessor() -> None:
    wrong = []
    for model, field in _own_relations():
        target = field.related_model
        assert not isinstance(target, str)
        crosses = target._meta.app_label != model._meta.app_label
        if crosses and not field.remote_field.hidden:
            wrong.append(f'{model._meta.label}.{field.name} needs related_name="+"')
    assert not wrong


def test_a_migration_depends_only_on_migrations_of_packages_below_its_own() -> None:
    wrong = []
    for (label, name), migration in MigrationLoader(None).disk_migrations.items():
        if not _ours(label):
            continue
        for needed, _ in [*migration.dependencies, *migration.run_before]:
            other = "accounts" if needed == "__setting__" else needed
            if _ours(other) and not _may_refer(label, other):
                wrong.append(f"{label}.{name} -> {other}")
    assert not wrong


def test_our_user_model_was_there_before_whatever_refers_to_it() -> None:
    graph = MigrationLoader(None).graph
    for label in ("account", "mfa"):
        for leaf in graph.leaf_nodes(label):
            assert ("accounts", "0001_initial") in graph.forwards_plan(leaf)
