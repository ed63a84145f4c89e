"""The figures that there are, each with its words. ``docs/reference/metrics.md`` is written from them."""

from typing import Final

from borderliaison.web.exposition import Family

INFO: Final = Family(
    "blo_info",
    "Always 1; its labels are the office and the versions of what runs here.",
    ("office", "program", "python", "django", "database", "nats_server"),
)
WORKER: Final = Family("blo_worker_up", "Whether the worker answers: 1 or 0.")
LETTERS: Final = Family(
    "blo_letters", "Letters of this office by stage; to two offices counts twice.", ("stage",)
)
RECEIVED: Final = Family(
    "blo_letters_received",
    "Entries of other offices that were ledgered here, by what became of them.",
    ("application",),
)
OUTBOX: Final = Family("blo_outbox_letters", "Letters that wait in the clear to be sealed.")
UNSEALABLE: Final = Family("blo_unsealable_letters", "Of those, the ones that could not be sealed.")
OLDEST: Final = Family(
    "blo_oldest_waiting_seconds",
    "How long the oldest letter waits that is not delivered; 0 where none waits.",
)
QUARANTINED: Final = Family("blo_quarantined", "Messages kept apart, outside the ledgers.")
FORKS: Final = Family("blo_forks", "Of those, proofs that a peer has two histories.")
FROZEN: Final = Family("blo_frozen_streams", "Streams that are stopped until a person decides.")
LINK: Final = Family(
    "blo_link", "1 for the state that the link to a peer is in.", ("peer", "state")
)
LATENCY: Final = Family(
    "blo_link_latency_seconds", "Of the peer's last answer to a ping.", ("peer",)
)
WAITING: Final = Family("blo_link_waiting_letters", "Letters to it, not delivered yet.", ("peer",))
HEARD: Final = Family(
    "blo_link_heard_timestamp_seconds", "When something signed by the peer last came.", ("peer",)
)
PEER_CLOCK: Final = Family(
    "blo_link_clock_ahead_seconds", "How far the peer's clock runs ahead of ours.", ("peer",)
)
CLOCK: Final = Family(
    "blo_clock_offset_seconds",
    "How far ahead the other offices' clocks are: the middle of the peers that are linked.",
)
STREAMS: Final = Family("blo_event_streams", "Pages that listen to the feed of events.")
FEED_LAG: Final = Family(
    "blo_feed_lag_seconds", "How long the oldest event waits that was not told yet; 0 for none."
)
DATABASE: Final = Family("blo_database_bytes", "What the database takes on its disk.")
DISK_FREE: Final = Family("blo_disk_free_bytes", "Free on the file system of the node.")
DISK: Final = Family("blo_disk_bytes", "The size of that file system.")
MEMORY: Final = Family(
    "blo_process_resident_memory_bytes", "Resident memory of a part of the node.", ("part",)
)
BACKUP: Final = Family(
    "blo_backup_age_seconds", "Since the newest complete backup. Absent while there is none."
)
SERIAL: Final = Family(
    "blo_directory_serial", "Serial of the signed directory of an authority.", ("authority",)
)
DIRECTORY_AGE: Final = Family(
    "blo_directory_age_seconds", "Since that directory was signed.", ("authority",)
)
DIRECTORY_LEFT: Final = Family(
    "blo_directory_expires_seconds", "Until it expires; negative afterwards.", ("authority",)
)

FAMILIES: Final = (
    INFO, WORKER, LETTERS, RECEIVED, OUTBOX, UNSEALABLE, OLDEST, QUARANTINED, FORKS, FROZEN, LINK,
    LATENCY, WAITING, HEARD, PEER_CLOCK, CLOCK, STREAMS, FEED_LAG, DATABASE, DISK_FREE, DISK, MEMORY,
    BACKUP, SERIAL, DIRECTORY_AGE, DIRECTORY_LEFT,
)  # fmt: skip
"""All there are."""
