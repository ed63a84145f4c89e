"""What an administrator has decided about the exchange: the reason is kept here, the rest in the audit."""

from datetime import datetime

from borderliaison.audit.services import record
from borderliaison.exchange.models import Decision


def decide(action: str, actor: str, subject: str, why: str, now: datetime) -> Decision:
    """Keep a decision, in the transaction of what is done about it.

    Args:
        action: the audit line's action.
        actor: the administrator.
        subject: the id of what it was decided about.
        why: the reason, in his words.
        now: the time.
    """
    made = Decision.objects.create(
        at=now, actor=actor[:64], action=action, subject=subject[:120], why=why[:500]
    )
    record(action, actor=actor, subject=subject, decision=str(made.pk))
    return made
