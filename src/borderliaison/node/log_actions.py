"""What an administrator does about what the log warns of. Every warning and every error is here."""

from typing import Final

ACTIONS: Final = {
    "part.ended": "Nothing at first: it is started again. Where it ends again and again, read the"
    " `part.crash` before it.",
    "part.killed": "Look at the load of the machine and its disk; nothing was lost.",
    "part.not_started": "Free memory and processes on the machine, and see that the installation is whole.",
    "part.silent": "Look at the load of the machine, its disk and the database; report it where it comes"
    " again. Nothing was lost.",
    "part.not_kept": "Note `error` and `where` and report them. systemd starts the node again; without"
    " it, `blo serve`.",
    "part.crash": "Note `error` and `where`, and report them. Free the disk where it is full.",
    "job.failed": "Look up `code`; once its cause is gone, `blo node jobs --run JOB`.",
    "feed.failed": "Look at the database and its disk; pages hear of events again by themselves.",
    "metrics.refused": "Give Prometheus the present token, or find out who asked.",
    "metrics.unsafe_token": "Make another: `blo metrics open --renew`.",
    "library.said": "Nothing, unless it comes often: then report `place`.",
    "exchange.cannot_seal": "Look up `code`, mend it, then `blo exchange retry`. The letter waits.",
    "exchange.refused": "Tell the other office's administrator `code` and `letter`: its server sent what"
    " this one may not take.",
    "exchange.quarantined": "`blo exchange quarantine` shows it, with the reason and the way out.",
    "exchange.quarantine_full": "Find out who floods this node; drop from quarantine what was looked at.",
    "exchange.stream_frozen": "Call the other office's administrator: one of the two was restored or"
    " copied. The proof is in quarantine; a person decides.",
    "exchange.epoch_begun": "Nothing: what a peer holds comes back by itself. Watch for"
    " `exchange.recovery_ended`.",
    "exchange.epoch_begun_by_peer": "Ask the other office whether it restored a backup. Where it did not,"
    " treat it as a stolen key.",
    "exchange.directory_behind": "Bring our authority's newest directory: `blo directory import FILE`.",
    "exchange.recovery_begun": "See that the `peers` are linked; pages stay closed until they answered.",
    "exchange.peer_reconciled": "Nothing.",
    "exchange.recovery_ended": "Nothing.",
    "exchange.got_back": "Nothing.",
    "exchange.marks_damaged": "Look at the disk. Keep the damaged file; tell whoever looks after backups.",
    "exchange.page_unusable": "Tell the other office's administrator `code`; it is asked again.",
    "exchange.returned_unreadable": "Put the keys of that time back from the backup, then"
    " `blo exchange retry`.",
    "exchange.applied_later": "Once is chance: the letters are applied by themselves. Again and again:"
    " look at the disk, and at what `exchange.apply_failed` says of these letters.",
    "exchange.apply_failed": "Look up `code`; after an upgrade or a new form, `blo exchange retry`.",
    "exchange.answer_unusable": "Once is noise. Often from one `peer`: compare directories and clocks with"
    " its administrator.",
    "exchange.blob_unusable": "With `E-FIL-09` make room on the disk. Else ask `peer`'s administrator"
    " whether its disk is whole.",
    "records.not_drawn": "Note `code` and `where` and report them; the report itself is whole. A later"
    " version draws it: `blo records draw`.",
    "records.failed": "Look at the database server or the disk; it is tried again by itself.",
    "files.reworking_died": "Once is a broken file. Often: somebody tries files that do harm; ask who added"
    " them (`file.added`), and look for an upgrade.",
    "printing.ended": "Nothing, once. Often: the machine has too little memory for its work.",
    "printing.refused": "Note `status` and which page it was, and report them; `Ctrl P` prints meanwhile.",
    "exchange.keys_not_here": "Put the keys in place that the directory names, or ask the authority to list"
    " those that are here.",
    "exchange.hub_away": "Look at the link and the hub; letters wait and go by themselves.",
    "exchange.hub_too_small": "Raise `max_payload` at the hub to `needed`.",
    "exchange.no_poke": "Shorten the node's path, or free `run/worker.sock`; letters go a second later.",
    "exchange.ledger_away": "Look at the database server or the disk; it is tried again by itself.",
    "exchange.ledger_fault": "Note `error` and `where` and report them; check the disk.",
    "exchange.listener_failed": "Note `error` and `where` and report them; the letter itself is safe.",
    "exchange.handling_failed": "Note `error` and `where` and report them; the sender sends it again.",
}
"""What to do, by event."""
