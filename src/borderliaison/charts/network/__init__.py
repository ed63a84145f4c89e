"""The network of a chart: items, links and what is said of them, read for whoever looks."""
