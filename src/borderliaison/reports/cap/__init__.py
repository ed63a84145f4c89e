"""Alerts and lookouts as messages of the Common Alerting Protocol 1.2, and such messages as drafts.

Source: OASIS Standard CAP-v1.2 (1 July 2010).
"""
