"""The composition root: configuration, settings, wiring, processes, the demo."""
