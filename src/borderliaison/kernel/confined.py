"""What a process gives up that works on what others wrote: memory, time, room on the disk."""

import os
import resource


def confine(*, memory_bytes: int, cpu_s: int, written_bytes: int, open_files: int = 32) -> None:
    """Limit this process for good, and let everything else go first.

    Args:
        memory_bytes: that it may ask for.
        cpu_s: that it may take, in seconds of a processor.
        written_bytes: that it may write into one file.
        open_files: that it may hold open.
    """
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_CPU, cpu_s),
        (resource.RLIMIT_FSIZE, written_bytes),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, open_files),
    ):
        hard = resource.getrlimit(what)[1]
        limit = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (limit, limit))
    os.nice(10)
