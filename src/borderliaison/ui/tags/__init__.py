"""The component library's tags, by concept; ``templatetags.ui`` gathers them into one library."""
