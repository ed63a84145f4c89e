"""Pictures and documents that officers add to what they send, and that come with letters.

Owns: what is taken in and how it is made harmless, the blobs on the disk, who may look at which, the
marks that are drawn over a picture. Never knows: what a report or a message is (it holds their keys
alone), or how chunks travel. Invariants: an original is kept as it came and never changed; what anybody
is shown was drawn anew here from points of colour; what lies on the disk is encrypted and named by its
hash.
"""
