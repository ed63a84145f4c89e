"""The feed of events that wakes pages. A row commits with its cause; a poke only makes it quick."""
