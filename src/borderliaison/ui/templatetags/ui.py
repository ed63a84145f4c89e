"""The component library as one set of tags: ``{% load ui %}``. The tags are in ``ui.tags``."""

from django.template import Library

from borderliaison.ui.tags import frame, marks, page, traffic

register = Library()
for part in (frame, marks, traffic, page):
    register.tags |= part.register.tags
    register.filters |= part.register.filters
