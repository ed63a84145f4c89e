"""The office at Bor-Dobo on the evening of 14 May 2026, and its lookout about the grey lorry."""

from datetime import UTC, datetime
from typing import Any

import pytest

from borderliaison.forms.context import Context, Directory
from borderliaison.forms.load import load_form
from borderliaison.forms.schema import Form

DIRECTORY = Directory.of(
    offices={
        "KG-BDB": {"en": "Bor-Dobo", "ru": "Бор-Дөбө"},
        "KG-DST": {"en": "Dostuk", "ru": "Достук"},
    },
    crossings={
        "bor-dobo": {"en": "Bor-Dobo", "ru": "Бор-Дөбө"},
        "dostuk": {"en": "Dostuk", "ru": "Достук"},
    },
    agencies={
        "KG-BOR": {"en": "Border service", "ru": "Пограничная служба"},
        "KG-CUS": {"en": "Customs", "ru": "Таможенная служба"},
    },
)


@pytest.fixture
def directory() -> Directory:
    return DIRECTORY


@pytest.fixture
def context() -> Context:
    return Context(
        now=datetime(2026, 5, 14, 14, 51, tzinfo=UTC),
        zone="Asia/Bishkek",
        directory=DIRECTORY,
        given={"language": "en", "crossing": "bor-dobo", "agencies": ["KG-BOR"]},
    )


@pytest.fixture
def lookout() -> Form:
    return load_form("lookout", 1)


@pytest.fixture
def result() -> Form:
    return load_form("lookout_result", 1)


@pytest.fixture
def grey_lorry() -> dict[str, Any]:
    return {
        "event_at": "14.05.2026 20:40",
        "crossing": "bor-dobo",
        "agencies": ["KG-BOR"],
        "cases": "ЕРП 03-158-2026-000041",
        "subject_kind": "vehicle",
        "subject": "Grey lorry with trailer",
        "plate": "KG 01 7784 AD",
        "suspicion": ["narcotics"],
        "route_from": "KG",
        "route_to": "UZ",
        "where": "dostuk",
        "lane": "out",
        "window": {"from": "2026-05-14 22:00", "until": "2026-05-18 06:00"},
        "expires": "2026-05-18 06:00",
        "action": "search",
        "measures": ["dog", "tighten_control"],
        "grounds": "Driver changed at Sary-Tash, load not as declared",
        "text_language": "en",
        "urgency": "Immediate",
        "severity": "Severe",
        "certainty": "Likely",
        "category": ["Security"],
    }
