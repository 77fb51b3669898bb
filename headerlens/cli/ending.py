"""How a command ends when it does not end well: in a line on standard error and an exit status."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from headerlens.cli.main import EX_USAGE
from headerlens.cli.options import WrongUsage
from headerlens.dns.recorded import EvidenceError
from headerlens.present.harmless import harmless

INTERRUPTED = 130
PIPE_CLOSED = 141
"""128 and the number of the signal, as shells tell it."""


def ended(command: str, work: Callable[[], int]) -> int:
    """What `work` returns, else the status that says why it did not get that far."""
    try:
        return work()
    except (WrongUsage, EvidenceError) as wrong:
        print(f"headerlens {command}: {harmless(str(wrong))}", file=sys.stderr)
        print(f'Try "headerlens {command} --help".', file=sys.stderr)
        return EX_USAGE
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # whoever read the answers has enough; Python would complain once more when it closes the stream
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED
