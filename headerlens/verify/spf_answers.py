"""pyspf's questions, asked through our `Lookup` and answered in pyspf's shapes (RFC 7208 4.4, 4.6.4, 5.4, 5.5)."""

from __future__ import annotations

import ipaddress
import warnings

from headerlens.model.dns import Answer, Failure, Lookup, Outcome, Question

with warnings.catch_warnings():
    # WORKAROUND: pyspf 2.0.14 has invalid escapes in its source, told once when it is compiled; mended in 2.1
    warnings.filterwarnings("ignore", message=".*invalid escape sequence")
    import spf

PermError, TempError = spf.PermError, spf.TempError
"""What pyspf raises, and catches at its door."""

_MAX_NAMES = 10
"""Mail servers of one mx and names of one address (RFC 7208 4.6.4)."""

MAX_NAME_LENGTH = 253
"""Octets of a domain name in text form (RFC 7208 7.3)."""


class PermanentTrouble(spf.PermError):  # type: ignore[misc]  # pyspf ships no types
    """A permerror with our code and the term or name at fault."""

    def __init__(self, code: str, problem: str) -> None:
        super().__init__(code)
        self.code = code
        self.problem = problem


class TemporaryTrouble(spf.TempError):  # type: ignore[misc]  # pyspf ships no types
    """A temperror: the question that has no answer, and why."""

    def __init__(self, question: Question, failure: Failure) -> None:
        super().__init__(failure.value)
        self.code = "spf.temperror"
        self.problem = f"{question.rtype} {question.name}"
        self.failure = failure


class AnsweredQuery(spf.query):  # type: ignore[misc]  # pyspf ships no types
    """A query whose every question goes through `ask`, each once; a subclass hears what came of them."""

    def __init__(self, client_ip: str, mailbox: str, helo: str, ask: Lookup) -> None:
        super().__init__(client_ip, mailbox, helo, querytime=0)
        self._ask = ask
        self._answers: dict[Question, Answer] = {}

    def heard(self, texts: list[str]) -> None:
        """Called with the records of each answer but TXT."""

    def heard_nothing(self) -> None:
        """Called for each empty answer."""

    def name_is_missing(self, domain: str) -> bool:
        """Whether DNS said that this name, asked for before, does not exist."""
        answer = self._answers.get(Question(domain.lower(), "TXT"))
        return answer is not None and answer.outcome is Outcome.NO_NAME

    def texts(self, domain: str) -> tuple[bytes, ...]:
        """The TXT records of a name; () for none and for a name that cannot exist."""
        answer = self._answer(domain, "TXT")
        if answer is not None and not answer.records:
            self.heard_nothing()
        return answer.texts if answer is not None else ()

    def dns(self, name: str, qtype: str, cnames: object = None, ignore_void: bool = False) -> list[object]:  # noqa: ARG002, FBT001, FBT002  pyspf's signature
        """The records pyspf asks for, in pyspf's shapes; [] for an empty answer or a name that cannot exist."""
        answer = self._answer(str(name), qtype)
        if answer is None:
            return []
        if not answer.records and not ignore_void:
            self.heard_nothing()
        return self._records(answer)

    def dns_mx(self, domain: str) -> list[object]:
        """The addresses of the mail servers of a domain, ten servers at most (RFC 7208 4.6.4, 5.4)."""
        servers = sorted(self.dns(domain, "MX"), key=str)
        if len(servers) > _MAX_NAMES:
            raise PermanentTrouble("spf.too_many_mx", domain)
        return [address for server in servers for address in self.dns_a(server, self.A)]

    def validated_ptrs(self) -> list[str]:
        """Names of the client's address that lead back to it; trouble on the way only costs the name (RFC 7208 5.5)."""
        try:
            names = self.dns_ptr(self.i)
        except spf.TempError:
            return []
        return [str(name) for name in names[:_MAX_NAMES] if self._leads_back(str(name))]

    def _leads_back(self, name: str) -> bool:
        try:
            return bool(self.cidrmatch(self.dns_a(name, self.A), self.cidrmax))
        except spf.TempError:
            return False

    def _answer(self, name: str, rtype: str) -> Answer | None:
        """What DNS says, None for a name that cannot exist. Asked once each: a second answer could differ."""
        question = Question(name.lower().removesuffix("."), rtype)
        if not _is_name(question.name):
            return None
        if question not in self._answers:
            self._answers[question] = self._ask(question)
        answer = self._answers[question]
        if answer.failure is Failure.BAD_NAME:
            return None
        if answer.outcome is Outcome.FAILED:
            raise TemporaryTrouble(question, answer.failure or Failure.BAD_ANSWER)
        return answer

    def _records(self, answer: Answer) -> list[object]:
        """Each record in pyspf's form; what is no record of its type is left out."""
        texts = [b"".join(record).decode("ascii", "replace") for record in answer.records]
        self.heard(texts)
        if answer.question.rtype in {"A", "AAAA"}:
            return [text for text in texts if _is_address(text)]
        return [text.split()[-1].rstrip(".") for text in texts if text.strip()]


def _is_name(name: str) -> bool:
    """Whether a name can exist at all: labels of 1 to 63 octets, 253 altogether."""
    return name.isascii() and len(name) <= MAX_NAME_LENGTH and all(0 < len(label) < 64 for label in name.split("."))


def _is_address(text: str) -> bool:
    try:
        ipaddress.ip_address(text)
    except ValueError:
        return False
    return True
