"""The root of every error tree. The class docstring of a leaf is what an officer reads, translated."""


class LiaisonError(Exception):
    """Something could not be done.

    Attributes:
        code: a short stable code that an officer can quote on the telephone (``E-KEY-04``).
        retryable: whether trying the same again later can succeed.
        hint: what an administrator may do about it; empty where nothing more can be said.
    """

    code: str = "E-GEN-00"
    retryable: bool = False
    hint: str = ""

    @classmethod
    def sentence(cls) -> str:
        """Return what somebody reads of it, to be translated: the first paragraph of the docstring."""
        return " ".join((cls.__doc__ or "").strip().partition("\n\n")[0].split())


class MalformedData(LiaisonError):
    """The data is not in the form that was expected."""

    code = "E-ENC-01"
