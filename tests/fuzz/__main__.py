"""Search for what a decoder does not bear: ``python -m tests.fuzz [NAME ...] --seconds 60``.

Each decoder runs in a process of its own under atheris (libFuzzer), which keeps what reaches further.
What is found is written into ``--out`` and named; the last line counts.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from random import Random

CHILD = "BLO_FUZZ_CHILD"
MOST_BYTES = 1 << 16
_RUNS = re.compile(rb"#(\d+)\s+DONE|stat::number_of_executed_units:\s+(\d+)")


def main() -> int:
    """Give each decoder its time; return how many have a finding."""
    import atheris  # noqa: F401  # said at once, where it is not installed

    from tests.fuzz.decoders import DECODERS

    parser = argparse.ArgumentParser(prog="fuzz")
    parser.add_argument("names", nargs="*", choices=[[], *DECODERS])
    parser.add_argument("--seconds", type=int, default=60, help="for all decoders together")
    parser.add_argument("--out", type=Path, default=Path(tempfile.gettempdir()) / "blo-fuzz")
    said = parser.parse_args()
    names = said.names or list(DECODERS)
    each = max(1, said.seconds // len(names))
    runs = findings = 0
    for name in names:
        made, found = _search(name, each, said.out / name.replace(" ", "-"))
        runs += made
        findings += len(found)
        print(f"{name:32} {made:>9} runs  {len(found)} findings", flush=True)
        for path in found:
            print(f"    {path}", flush=True)
    print(f"decoders {len(names)} runs {runs} findings {findings}")
    return min(findings, 1)


def _search(name: str, seconds: int, out: Path) -> tuple[int, list[Path]]:
    """Run one decoder's search; return the number of runs and the files of what was found."""
    from tests.fuzz.decoders import DECODERS

    corpus, findings = out / "corpus", out / "findings"
    for folder in (corpus, findings):
        folder.mkdir(parents=True, exist_ok=True)
    for number, seed in enumerate(DECODERS[name].seeds):
        (corpus / f"seed-{number}").write_bytes(seed)
    before = set(findings.iterdir())
    done = subprocess.run(
        [
            *(sys.executable, "-m", "tests.fuzz", str(corpus)),
            *(f"-max_total_time={seconds}", f"-max_len={MOST_BYTES}", "-rss_limit_mb=2048"),
            *("-timeout=10", "-print_final_stats=1", f"-artifact_prefix={findings}/"),
        ],
        env={**os.environ, CHILD: name},
        stderr=subprocess.PIPE,
        check=False,
    )
    (out / "log").write_bytes(done.stderr)
    counted = [int(one or two) for one, two in _RUNS.findall(done.stderr)]
    found = sorted(set(findings.iterdir()) - before)
    if done.returncode and not found:
        found = [out / "log"]
    return (counted[-1] if counted else 0), found


def child(name: str) -> None:
    """Be the process of one decoder."""
    import atheris

    with atheris.instrument_imports(include=["borderliaison"]):
        from tests.fuzz.decoders import DECODERS, REFUSALS
    from tests.fuzz.changing import change

    decoder = DECODERS[name]

    def one(data: bytes) -> None:
        try:
            decoder.run(data)
        except REFUSALS:
            return

    def mutate(data: bytes, max_size: int, seed: int) -> bytes:
        random = Random(seed)
        if random.random() < 0.3:
            return bytes(atheris.Mutate(data, max_size))
        return change(data, random, as_text=decoder.as_text)[:max_size]

    atheris.Setup(sys.argv, one, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    if named := os.environ.get(CHILD):
        child(named)
    else:
        sys.exit(main())
