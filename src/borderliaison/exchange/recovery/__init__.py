"""After a loss: new epochs, what peers give back, and streams of two histories."""
