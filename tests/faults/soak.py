"""Ten bad minutes: ``SOAK_S=600 python -m tests.faults.soak``; ``SOAK_SEED`` repeats what chance did.

Two offices write to each other through a real hub while any process is killed at random, and twice an
old copy of a database is put back on either side. A letter that nobody but the restored database held is
lost with it and not counted. The last line is ``letters N lost 0 doubled 0 misordered 0``; the exit code
is 1 where one of these is not 0.
"""

import os
import random
import sys
import tempfile
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from tests.faults.network import Network, TestNode, network, wait_until

OFFICES = ("KG-BDB", "KG-DST")
SETTLE_S = 180.0
MOST_AT_ONCE = 8


@dataclass
class Soak:
    """What was posted, and what is done to whom."""

    net: Network
    chance: random.Random
    posted: dict[str, list[str]] = field(default_factory=lambda: {one: [] for one in OFFICES})
    copies: dict[str, Path] = field(default_factory=dict)

    def post(self) -> None:
        """Post some letters from one office to the other."""
        one, other = self.chance.sample(OFFICES, 2)
        number = self.chance.randint(1, MOST_AT_ONCE)
        self.posted[one] += self.net.node(one).post(number, other)

    def kill_desk(self) -> None:
        """Kill a process that posts while it does; what it had committed counts."""
        one, other = self.chance.sample(OFFICES, 2)
        after_s = self.chance.random() / 10
        posted = self.net.node(one).kill_desk_while_posting(after_s, MOST_AT_ONCE, other)
        known = set(self.posted[one])  # what a peer gives back meanwhile is not new
        self.posted[one] += [letter for letter in posted if letter not in known]

    def kill_worker(self) -> None:
        """Kill one worker and start it again."""
        node = self.net.node(self.chance.choice(OFFICES))
        node.kill_worker()
        node.start_worker()

    def kill_hub(self) -> None:
        """Kill the hub and start it again, a moment later."""
        self.net.hub.stop()
        time.sleep(self.chance.random())
        self.net.hub.start()

    def copy(self, office: str) -> None:
        """Take a copy that is put back later."""
        self.copies[office] = self.net.node(office).copy()

    def put_back(self, office: str) -> None:
        """Put the old copy back; what nobody else holds is lost with the database."""
        node = self.net.node(office)
        (other,) = set(OFFICES) - {office}
        node.kill_worker()
        peer = self.net.node(other)
        held = _letters(peer) | set(peer.applied())
        node.put_back(self.copies[office], note=self.chance.random() < 0.5)
        held |= _letters(node)
        self.posted[office] = [one for one in self.posted[office] if one in held]
        node.start_worker()

    def settle(self) -> None:
        """Wait until everything has arrived that can, or for so long."""
        for one, other in (OFFICES, OFFICES[::-1]):
            node, wanted = self.net.node(other), set(self.posted[one])
            try:
                wait_until(lambda n=node, w=wanted: w <= set(n.applied()), "arrived", SETTLE_S)
            except AssertionError as error:
                print(f"{other}: {error}", flush=True)

    def count(self) -> tuple[int, int, int, int]:
        """Return how many letters there are, were lost, doubled, and came in another order."""
        lost = doubled = misordered = 0
        for one, other in (OFFICES, OFFICES[::-1]):
            applied = self.net.node(other).applied()
            wanted = {letter: at for at, letter in enumerate(self.posted[one])}
            lost += len(set(wanted) - set(applied))
            doubled += len(applied) - len(set(applied))
            order = [wanted[letter] for letter in dict.fromkeys(applied) if letter in wanted]
            misordered += sum(after < before for before, after in pairwise(order))
        return sum(map(len, self.posted.values())), lost, doubled, misordered


def _letters(node: TestNode) -> set[str]:
    """Return the ids of the letters that a node's database holds, its own and others'."""
    return {bytes(one).hex() for (one,) in node.rows("SELECT letter_id FROM exchange_letterrow")}


def main() -> int:
    """Run for ``SOAK_S`` seconds, then settle and count; return the exit code."""
    lasts_s = float(os.environ.get("SOAK_S", "600"))
    seed = int(os.environ.get("SOAK_SEED", "0")) or random.SystemRandom().randrange(1, 2**32)
    print(f"seed {seed}, {lasts_s:.0f} s", flush=True)
    with (
        tempfile.TemporaryDirectory(prefix="soak-") as folder,
        network(Path(folder), *OFFICES) as net,
    ):
        soak = Soak(net, random.Random(seed))  # noqa: S311 - chance has to be repeatable
        for node in net.nodes.values():
            node.start_worker()
        restored = list(OFFICES)
        soak.chance.shuffle(restored)
        began = time.monotonic()
        due = [(lasts_s * at, act, one) for one, (first, then) in zip(
            restored, ((0.1, 0.35), (0.45, 0.7)), strict=True
        ) for at, act in ((first, soak.copy), (then, soak.put_back))]  # fmt: skip
        while (passed := time.monotonic() - began) < lasts_s:
            while due and due[0][0] <= passed:
                _, act, office = due.pop(0)
                print(f"{passed:.0f} s: {act.__name__} {office}", flush=True)
                act(office)
            what = soak.chance.choices(
                (soak.post, soak.kill_desk, soak.kill_worker, soak.kill_hub), weights=(75, 5, 15, 5)
            )[0]
            what()
            time.sleep(soak.chance.random() / 2)
        soak.settle()
        letters, lost, doubled, misordered = soak.count()
    print(f"letters {letters} lost {lost} doubled {doubled} misordered {misordered}", flush=True)
    return 1 if lost or doubled or misordered else 0


if __name__ == "__main__":
    sys.exit(main())
