"""The demo's past year: what its offices wrote in the 52 weeks before today. All of it is invented.

Owns: the published figures that the amounts add up to, the rhythm of the offices, and the planted
truths that an analysis must be able to find again. The same seed and the same day give the same year.

    figures, rhythm, plants -> drawing -> happenings -> filling -> loading

It knows nothing of the exchange: a past that was never sent has no ledger. It is loaded as history that
an office brings along, into the databases of demo nodes only.
"""
