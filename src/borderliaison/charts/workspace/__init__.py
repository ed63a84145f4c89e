"""An analyst's workspace as a file: his views, standing questions, specifications and charts, out and in.

The file holds what he made of the records and nothing of what is said in them: keys, places, his own words.
"""
