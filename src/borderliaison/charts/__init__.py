"""Charts: what an analyst makes of the records, and who may see that.

A chart names entities and says where each stands; it holds nothing of what is said of them. That is read
from the records for whoever opens it, so that two officers may see one chart with different facts, and what
is withdrawn is gone from every chart at once. The words that an analyst adds himself are kept under the
strictest marking among what the version shows. A version never changes; only its owner makes the next.
"""
