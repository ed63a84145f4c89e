"""What values can be: names, dates, identifiers and so on, as followthemoney knows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from borderliaison.forms.words import Words


@dataclass(frozen=True, slots=True)
class PropertyType:
    """What the values of a property are.

    Attributes:
        name: as the schemata name it.
        group: what values of this type are called together, over all properties; empty where they mean
            nothing without their property.
        label: in words.
        is_matchable: whether equal values speak for two entities being one.
        is_pivot: whether two entities with an equal value are worth looking at together.
        max_length: of a value, in characters.
    """

    name: str
    group: str
    label: Words
    is_matchable: bool = False
    is_pivot: bool = False
    max_length: int = 250


_PIVOTS: Final = frozenset(
    {"address", "checksum", "email", "entity", "identifier", "ip", "name", "phone", "url"}
)
_COMPARED: Final = _PIVOTS | {"country", "date"}


def _type(name: str, group: str, label: str, russian: str, max_length: int = 250) -> PropertyType:
    words = Words({"en": label, "ru": russian})
    return PropertyType(name, group, words, name in _COMPARED, name in _PIVOTS, max_length)


_ALL: Final = (
    _type("address", "addresses", "Address", "Адрес"),
    _type("checksum", "checksums", "Checksum", "Контрольная сумма", 64),
    _type("country", "countries", "Country", "Страна", 16),
    _type("date", "dates", "Date", "Дата", 32),
    _type("email", "emails", "E-mail address", "Адрес электронной почты"),
    _type("entity", "entities", "Record", "Запись", 64),
    _type("gender", "genders", "Sex", "Пол", 16),
    _type("html", "", "Formatted text", "Размеченный текст", 65_000),
    _type("identifier", "identifiers", "Identifier", "Идентификатор", 64),
    _type("ip", "ips", "IP address", "IP-адрес", 64),
    _type("json", "", "Data", "Данные", 65_000),
    _type("language", "languages", "Language", "Язык", 16),
    _type("mimetype", "mimetypes", "Kind of file", "Вид файла"),
    _type("name", "names", "Name", "Имя", 384),
    _type("number", "", "Number", "Число"),
    _type("phone", "phones", "Telephone number", "Номер телефона", 64),
    _type("string", "", "Text", "Текст", 1024),
    _type("text", "", "Long text", "Длинный текст", 65_000),
    _type("topic", "topics", "Topic", "Тема", 64),
    _type("url", "urls", "Address in the net", "Адрес в сети", 4096),
)
TYPES: Final[Mapping[str, PropertyType]] = {one.name: one for one in _ALL}
