"""What items are about, in the reader's language."""

from collections.abc import Collection

from borderliaison.correspondence.models import Item
from borderliaison.correspondence.people import Acting
from borderliaison.correspondence.shown.render import brief
from borderliaison.correspondence.threads import firsts_of


def titles_of(items: Collection[Item], acting: Acting, lang: str) -> dict[int, str]:
    """Return what each item is about, by its primary key.

    A message says nothing of its own: it is about what the first of its thread is about. Its author's
    server has put that into his language; here it is said in the reader's.
    """
    own = {one.pk: brief(one, lang).title for one in items}
    firsts = firsts_of({one.thread_id for one in items if not own[one.pk]}, acting)
    about = {thread: brief(first, lang).title for thread, first in firsts.items()}
    return {one.pk: own[one.pk] or about.get(one.thread_id, "") or one.title for one in items}
