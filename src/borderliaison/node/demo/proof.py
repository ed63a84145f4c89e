"""Proof for ``--check``: what a step left in the databases, read and never written.

The pages have shown it already; this looks whether the receiver really holds it, how it came, and
under whose authorisation.
"""

import sqlite3
from contextlib import closing
from typing import Any

from borderliaison.node.demo.build import Stage
from borderliaison.node.demo.cast import DemoOffice


class NotProved(AssertionError):
    """A database does not hold what the page has shown."""


class Proof:
    """Looks into the databases of a stage.

    Args:
        stage: the nodes.
        wanted: whether to look at all.
    """

    def __init__(self, stage: Stage, *, wanted: bool) -> None:
        self._stage = stage
        self._wanted = wanted

    def received(
        self, office: DemoOffice, sender: DemoOffice, key: str, authorised_by: str = ""
    ) -> None:
        """Prove that an office holds an item by a letter of the sender.

        Raises:
            NotProved: it does not, or under another authorisation.
        """
        rows = self._ask(
            office,
            "SELECT letters.issuer, letters.authorised_by FROM correspondence_item AS item"
            " JOIN exchange_letterrow AS letters ON hex(letters.letter_id) = upper(item.letter)"
            " WHERE item.key = ?",
            key,
        )
        expected = [(sender.code, authorised_by)]
        if rows is not None and rows != expected:
            raise NotProved(f"{office.name}: {rows} and not {expected}")

    def absent(self, office: DemoOffice, key: str) -> None:
        """Prove that nothing of an item has reached an office.

        Raises:
            NotProved: something has.
        """
        rows = self._ask(office, "SELECT id FROM correspondence_item WHERE key = ?", key)
        if rows:
            raise NotProved(f"{office.name} holds {key} already")

    def receipt(self, office: DemoOffice, key: str, of: DemoOffice, step: str) -> None:
        """Prove that an office holds the receipt of another for an item.

        Raises:
            NotProved: it does not.
        """
        rows = self._ask(
            office,
            "SELECT receipt.id FROM correspondence_receipt AS receipt"
            " JOIN correspondence_item AS item ON item.id = receipt.item_id"
            " WHERE item.key = ? AND receipt.office = ? AND receipt.step = ?",
            key, of.code, step,
        )  # fmt: skip
        if rows is not None and len(rows) != 1:
            raise NotProved(f"{office.name} holds {len(rows)} receipts of {of.name}, not one")

    def _ask(self, office: DemoOffice, query: str, *values: str) -> list[Any] | None:
        if not self._wanted:
            return None
        path = self._stage.node(office) / "node.sqlite3"
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)) as database:
            return database.execute(query, values).fetchall()
