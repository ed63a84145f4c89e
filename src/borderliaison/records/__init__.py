"""Records: what every report says of whom and what; each value with who said so and who may know."""
