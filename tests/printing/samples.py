"""A document with one block of each kind, and the words of a PDF."""

import re
from datetime import UTC, datetime

import pypdfium2

from borderliaison.printing.blocks import (
    Block,
    Column,
    Document,
    Drawing,
    Fact,
    Facts,
    Heading,
    Ladder,
    Marked,
    Marking,
    Picture,
    Pictures,
    Rungs,
    Said,
    Sheet,
    Sign,
    Signatures,
    Step,
    Table,
    Text,
)

MARKING = Marking("Для служебного пользования", False, ("H1", "H2"), "4 офиса")
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc0"
    "00000301010018dd8db00000000049454e44ae426082"
)


def every_block() -> tuple[Block, ...]:
    """One of each."""
    return (
        Heading(Said("Seizure", "Изъятие"), 1, ("Immediate",)),
        Marked(MARKING, ("B", "2"), "4×4"),
        Facts(
            (
                Fact(Said("Plate"), (Said("KG 01 7784 AD", code=True),)),
                Fact(Said("When", "Когда"), (Said("12.05.2026 21:41", note="15:41 UTC"),)),
                Fact(Said("Why"), (Said("Driver changed at Sary-Tash\nload not as declared"),)),
            ),
            2,
        ),
        Table((Column(Said("No")), Column(Said("Substance"), 3)), ((Said("1"), Said("Heroin")),)),
        Text(Said("Somebody else may have written this."), is_notice=True),
        Pictures(Said("Files"), (Picture("seal.png", (Said("PNG"),), "image/png", PIXEL),)),
        Ladder(
            Said("Receipts"),
            ("Saved here", "Sent"),
            (
                Rungs("Dostuk", "", (Step("done", "21:41:03"), Step("waiting", "waiting"))),
                Rungs("Osh", "", (), elsewhere="The author’s office holds its receipts."),
            ),
        ),
        Signatures((Said("Printed by"), Said("Received by")), Said("name"), Said("day")),
    )


def drawing() -> Drawing:
    """A picture over a whole sheet, with each form of sign."""
    forms = ("solid", "dashed", "dotted", "dashdot", "thick", "fill", "ring", "letter")
    signs = tuple(Sign(one, "#0b56a0", Said(f"sign {one}"), "P") for one in forms)
    return Drawing("Grey lorry", signs, Said("13 of 17 items"), PIXEL)


def document(*body: Block, exercise: str = "", lang: str = "en") -> Document:
    """A document of these blocks."""
    sheet = Sheet(
        MARKING,
        "Bor-Dobo",
        "Printed by A. Toktosunov",
        "Page {page} of {pages}",
        "KG-BDB/KG-BOR/in/2026/17",
        exercise,
        "Nothing here is real" if exercise else "",
    )
    made_at = datetime(2026, 5, 12, 15, 41, tzinfo=UTC)
    return Document(Said("Grey lorry"), lang, made_at, sheet, body)


def pages_of(pdf: bytes) -> list[str]:
    """Return the words of each page."""
    with pypdfium2.PdfDocument(pdf) as opened:
        return [page.get_textpage().get_text_range() for page in opened]


def squeezed(text: str) -> str:
    """Return text without what setting it in lines adds: spaces, line breaks, hyphens at line ends."""
    return re.sub(r"[\s\u00ad\u2010\u0002\ufffe-]", "", text)
