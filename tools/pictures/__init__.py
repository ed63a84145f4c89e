"""Pictures of every page, to look at: a development tool.

``python -m tools.pictures --out FOLDER`` runs the demo with some more of an office's day, signs in as
its officers, and takes each page light, dark, in grey, with high contrast, at 1000 and 360 px, in
Russian, zoomed, in an exercise and on paper; then contact sheets. With ``--dir`` a stage is kept and
used again, which saves the minute that the demo takes. A page whose address needs nothing is pictured
by itself; for any other a line in ``scenes.py`` says who looks at what, and a missing one is told.
"""
