"""Ten bad minutes for two offices as they are served: ``SOAK_S=600 python -m tests.faults.soak``.

Two offices of one country write to each other through the interface for programs, one letter after the
other, and say again under the same key what was not answered. Meanwhile any process is killed with
SIGKILL: supervisor, worker, pages, records, hub, jobs and backups, on PostgreSQL a backend of the
database. What ends is started again as systemd does. Twice an office is put back to an earlier
`blo node backup` by `blo node restore`, one on either side. ``SOAK_DB=postgres`` chooses the database,
``SOAK_SEED`` repeats what chance did.
"""
