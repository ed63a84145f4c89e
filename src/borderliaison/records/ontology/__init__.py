"""Which kinds of things and links there are and what can be said of each. Pure.

``ftm/`` holds the schemata of followthemoney 4.11.2 as they were published, ``own/`` what the offices need
besides, ``left_out.yaml`` what is taken out of both, ``words/`` their labels.
"""
