"""An office's page on paper: what the page says, to hang beside the telephone."""

import pytest

from borderliaison.audit.models import AuditLine
from borderliaison.offices.services import load_network
from tests.accounts.people import officer, signed_in
from tests.printing.samples import pages_of, squeezed

pytestmark = pytest.mark.django_db


def test_an_office_says_on_paper_where_it_is_and_who_works_there() -> None:
    load_network()
    answer = signed_in(officer(language="en")).get("/offices/KG-DST/pdf/", {"second": "ru"})
    assert answer.headers["Content-Disposition"] == 'attachment; filename="KG-DST.pdf"'
    pages = pages_of(answer.content)
    said = squeezed("".join(pages))
    wanted = (
        "Dostuk",
        "Country",
        "Страна",
        "Kyrgyzstan",
        "Dustlik",
        "Местное время",
        "Who works here",
        "Dostuk → Operational Management Sector Osh",
        "Written as",
        "Достук",
    )
    assert [one for one in wanted if squeezed(one) not in said] == []
    assert "Printed by A. Toktosunov" in pages[0]
    assert AuditLine.objects.get(action="paper.taken").subject == "KG-DST"


def test_an_office_that_is_not_in_the_network_has_no_paper() -> None:
    load_network()
    assert signed_in(officer()).get("/offices/KG-ZZZ/pdf/").status_code == 404
