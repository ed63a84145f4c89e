"""What the exchange logs, and what it means. Ids and codes only; ``docs/reference/logs.md`` shows it."""

from typing import Final

EVENTS: Final = {
    "exchange.sealed": "`entries` were sealed in `streams` streams, in one commit.",
    "exchange.cannot_seal": "`delivery` to `recipient` could not be sealed: `code`. It waits.",
    "exchange.sent": "Entries `first` to `last` of `stream` went to `peer`, `size` bytes.",
    "exchange.not_sent": "A frame to `peer` was not answered: `code`. It is tried again in `retry_s`.",
    "exchange.received": "A frame from `peer` came in a `lane`: what it was (`arrival`), its `last` entry,"
    " how many were `fresh`.",
    "exchange.refused": "`letter` from `peer` was refused with `code`; the stream went on.",
    "exchange.quarantined": "Something was kept apart: `reason`, `code`, `size`, `digest`.",
    "exchange.quarantine_full": "Quarantine holds `rows`; `digest` was not kept.",
    "exchange.judged_again": "What was released from quarantine was judged again: `arrival`, `digest`.",
    "exchange.stream_frozen": "`stream` with `peer` is stopped: two histories, `why`. A person decides.",
    "exchange.epoch_begun": "The next `epoch` of a `lane` to `peer` was begun: something may be lost here.",
    "exchange.epoch_begun_by_peer": "`peer` has begun the next `epoch` of a `lane`, after its entry"
    " `follows`: it has lost something, or a person there has closed a stream.",
    "exchange.directory_behind": "A newer directory was held here before the database was put back:"
    " nobody is believed, and pages stay closed.",
    "exchange.recovery_begun": "This node may lack what others hold, `why`; `peers` are awaited.",
    "exchange.peer_reconciled": "`peer` holds nothing that is lacking here.",
    "exchange.recovery_ended": "No peer holds anything that is lacking here; the pages are open.",
    "exchange.marks_damaged": "The high-water file could not be read: `code`. It was begun anew.",
    "exchange.gave_back": "`peer` was given back what it had sent: entries `first` to `last`.",
    "exchange.got_back": "`peer` has given back entries `first` to `last` of `stream`.",
    "exchange.not_given_back": "`peer` was asked for what it holds of ours, and did not answer: `code`.",
    "exchange.page_unusable": "What `peer` gave back could not be used: `code`.",
    "exchange.returned_unreadable": "`letter` was given back, and does not open with our keys: `code`.",
    "exchange.applied": "Handlers were run for `letters` letters, in one commit.",
    "exchange.applied_later": "The database refused to ledger and apply in one commit: `error`. The frame"
    " is ledgered alone; its letters wait in line.",
    "exchange.not_together": "`letters` letters could not be applied all at once: `error`. They are"
    " applied one by one, so that the one at fault stands alone.",
    "exchange.apply_failed": "`letter` is delivered but could not be applied: `code`.",
    "exchange.answer_unusable": "An answer said to be from `peer` could not be used: `code`.",
    "exchange.blob_begun": "`blob`, a file or its preview, comes from `peer`; `at` bytes of it were here.",
    "exchange.blob_fetched": "`blob`, a file or its preview, came whole from `peer`.",
    "exchange.blob_not_fetched": "`peer` did not answer for a file: `code`. It is gone on with later.",
    "exchange.blob_refused": "`peer` asked for `blob`, which no letter names to it; it got nothing.",
    "exchange.blob_unusable": "What `peer` gave as a file is not what its letter names, or cannot be kept:"
    " `code`.",
    "exchange.reconciled": "Heads were compared with `peer`; `latency_ms` to its worker.",
    "exchange.old_heads": "Heads of `peer` came that are older than others of it; nothing was done.",
    "exchange.keys_switched": "This office signs with the key `kid` from now on; the directory says so.",
    "exchange.keys_not_here": "The directory names keys for this office that are not here (`code`); the"
    " earlier ones stay in use.",
    "exchange.hub_connected": "The hub is connected.",
    "exchange.hub_away": "The connection to the hub was lost; it is tried again and again.",
    "exchange.hub_error": "The hub's client reported `error`.",
    "exchange.hub_too_small": "The hub carries messages of `carries` bytes; a frame may have `needed`.",
    "exchange.no_poke": "The worker cannot be woken (`error`); it looks once a second.",
    "exchange.ledger_away": "The database did not answer; it is tried again.",
    "exchange.ledger_fault": "The database refused what was to be written in `work` with `peer`:"
    " `error` at `where`. It is tried again in `retry_s`.",
    "exchange.listener_failed": "A `listener` to the progress of `letter` failed: `error` at `where`."
    " What it wrote was undone; the letter's progress was kept.",
    "exchange.handling_failed": "A message on `channel` could not be worked on: `error` at `where`.",
}
