"""What a reader may know of an entity: of all that is the same for him, every value with who says it."""
