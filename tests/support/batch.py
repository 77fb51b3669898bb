"""What tests of many messages hand to the workers; functions of a module, so that a process can find them."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from headerlens.gui.engine import Asking, LiveEngine
from headerlens.gui.many import LiveMany
from headerlens.intake.files import read_file
from headerlens.model.case import Case
from headerlens.model.dns import Answer, Lookup, Outcome, Question
from headerlens.model.locator import Locator
from headerlens.model.message import RawMessage, Refusal
from headerlens.model.progress import Cancelled
from headerlens.model.verdicts import SecondOpinion
from headerlens.samples import samples
from tests.support.domains import RecordedDomains


def read(locator: Locator) -> RawMessage | Refusal:
    """The file of `locator`, or an accident its name asks for."""
    if "crash" in locator.path.name:
        os._exit(7)
    if "bug" in locator.path.name:
        raise ValueError("the secret subject of the mail")
    if "slow" in locator.path.name:
        time.sleep(30)
    return read_file(locator.path)


def level(case: Case, _second: tuple[SecondOpinion, ...]) -> tuple[str, str, int]:
    """What came out, and in which process."""
    return case.raw.name, case.judgement.level.value, os.getpid()


class RecordedMany(LiveMany):
    """Answers from those recorded for the samples, in this process; `hold` keeps them back until `go`."""

    jobs: int | None = 1

    def __init__(self) -> None:
        self.hold = False
        self.go = threading.Event()

    def answers(self, asking: Asking) -> Callable[[Cancelled], Lookup]:  # noqa: ARG002  the signature is the engine's
        """All recorded answers together; a name that none of them knows does not exist."""
        lookups = [one.lookup() for one in samples()]

        def make(cancelled: Cancelled) -> Lookup:
            def ask(question: Question) -> Answer:
                while self.hold and not self.go.wait(0.01) and not cancelled():
                    pass
                found = (lookup(question) for lookup in lookups)
                return next((one for one in found if one.outcome is not Outcome.NO_NAME), lookups[0](question))

            return ask

        return make


class RecordedEngine(LiveEngine):
    """The real engine with recorded answers for many messages."""

    def __init__(self) -> None:
        self._many = RecordedMany()
        self._domains = RecordedDomains()

    @property
    def many(self) -> RecordedMany:
        """The same one each time."""
        return self._many

    @property
    def domains(self) -> RecordedDomains:
        """The same one each time."""
        return self._domains


def write_samples(folder: Path, copies: int = 1) -> Iterator[Locator]:
    """The shipped examples as files, each so many times."""
    for number in range(copies):
        for one in samples():
            path = folder / f"{number:03}-{one.name}.eml"
            path.write_bytes(one.message().octets)
            yield Locator(path)
