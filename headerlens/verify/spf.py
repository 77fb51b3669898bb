"""SPF for the border hop (RFC 7208): the inputs are put in order, pyspf decides, and every step stays visible.

The identity (2.3, 2.4; RFC 9989 4.4): MAIL FROM; with the null reverse path the HELO name as postmaster@HELO, told by
`Identity.HELO`. An unknown MAIL FROM is not replaced by HELO, because a pass of HELO says nothing about MAIL FROM and
would count for DMARC: the result is none with spf.no_domain. MAIL FROM that is only a domain, as Microsoft records it,
is checked with the local part postmaster (4.3) and the note spf.local_part_unknown.

Codes of `SpfCheck.code`, None for a pass:

| code                 | result    | `problem`                                                   |
|----------------------|-----------|-------------------------------------------------------------|
| spf.fail             | fail      | None                                                        |
| spf.softfail         | softfail  | None                                                        |
| spf.neutral          | neutral   | None; `matched` is None when no term matched                |
| spf.none             | none      | the domain; there is no record (4.5)                        |
| spf.no_domain        | none      | what was given; nothing that can be checked (4.3)           |
| spf.no_ip            | none      | what was given; no address to check                         |
| spf.temperror        | temperror | the question without an answer, "TXT name"                  |
| spf.syntax           | permerror | the term (4.6)                                              |
| spf.not_ascii        | permerror | the domain whose record holds other than ASCII              |
| spf.several_records  | permerror | the domain (4.5)                                            |
| spf.too_many_lookups | permerror | the term that was the eleventh (4.6.4)                      |
| spf.too_many_voids   | permerror | the term whose answer was the third empty one (4.6.4)       |
| spf.too_many_mx      | permerror | the domain with more than ten mail servers (4.6.4)          |
| spf.include_none     | permerror | the included domain, which has no record (5.2)              |
| spf.redirect_none    | permerror | the domain of redirect=, which has no record (6.1)          |
| spf.include_loop     | permerror | the term that leads back to a record under evaluation       |
| spf.unprocessable    | permerror | what pyspf stumbled over; a bug on either side              |

Notes: spf.local_part_unknown, spf.helo_unknown (a macro may need it), spf.no_name (the domain does not exist),
spf.pass_all ("+all" matched: everybody passes), spf.ptr (a ptr term was evaluated, 5.5 advises against it),
spf.dns (why a question has no answer, a `Failure`).

With spf.too_many_lookups the tree goes on past the tenth look-up (see `verify.spf_counting`) and `lookups` is the
total; in every other case `lookups` is what the evaluation spent.
"""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from headerlens.model.dns import Lookup
from headerlens.model.limits import MAX_MAILBOX_CHARACTERS
from headerlens.model.verdicts import Identity, Note, Result, SenderInputs, SpfCheck, SpfNode, TermState
from headerlens.parse.names import to_ascii
from headerlens.verify.spf_macros import MacroValues

if TYPE_CHECKING:
    from headerlens.verify.spf_tracing import TracedQuery

CODES = (
    "spf.fail",
    "spf.softfail",
    "spf.neutral",
    "spf.none",
    "spf.no_domain",
    "spf.no_ip",
    "spf.temperror",
    "spf.syntax",
    "spf.not_ascii",
    "spf.several_records",
    "spf.too_many_lookups",
    "spf.too_many_voids",
    "spf.too_many_mx",
    "spf.include_none",
    "spf.redirect_none",
    "spf.include_loop",
    "spf.unprocessable",
)
"""Every code a check may carry."""


def check_spf(inputs: SenderInputs, ask: Lookup) -> SpfCheck:
    """Judge the border hop by SPF as published today (RFC 7208 4). Never raises; questions go through `ask` only."""
    identity, local, written = _identity(inputs)
    domain = checkable_domain(written or "")
    if domain is None:
        return SpfCheck(inputs, Result.NONE, "spf.no_domain", identity, "", problem=written)
    address = clean_address(inputs.client_ip)
    if address is None:
        return SpfCheck(inputs, Result.NONE, "spf.no_ip", identity, domain, problem=inputs.client_ip)
    # pyspf and what it imports cost a quarter of the start-up time; a window without a mail does not need them
    from headerlens.verify.spf_tracing import TracedQuery

    query = TracedQuery(address, local or "postmaster", domain, _helo(inputs) or "unknown", ask)
    return _judged(inputs, identity, domain, query, _early_notes(inputs, identity, local))


def spf_domain(inputs: SenderInputs) -> str:
    """The domain that `check_spf` will ask for, in A-labels; "" when there is none."""
    _, _, written = _identity(inputs)
    return checkable_domain(written or "") or ""


def macro_values(inputs: SenderInputs) -> MacroValues | None:
    """What the macros of a record stand for in `check_spf`; None where nothing will be checked."""
    _, local, written = _identity(inputs)
    domain, address = checkable_domain(written or ""), clean_address(inputs.client_ip)
    if domain is None or address is None:
        return None
    return MacroValues(address, local or "postmaster", domain, _helo(inputs) or "unknown")


def clean_address(text: str | None) -> str | None:
    """An address in canonical text form, None when there is none.

    Brackets, "IPv6:" and zones are removed; an IPv4 address mapped into IPv6 becomes IPv4 (RFC 7208 5).
    """
    bare = (text or "")[:MAX_MAILBOX_CHARACTERS].strip().strip("[]")
    if bare.lower().startswith("ipv6:"):
        bare = bare[5:]
    try:
        address = ipaddress.ip_address(bare.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return str(mapped or address)


def checkable_domain(text: str) -> str | None:
    """The A-labels of a name that SPF can be asked for: at least two labels, 253 octets at most (RFC 7208 4.3).

    None for address literals, empty and over-long labels.
    """
    written = text.removesuffix(".")
    if not written or written.startswith("[") or len(written) > MAX_MAILBOX_CHARACTERS:
        return None
    name = written.lower() if written.isascii() else to_ascii(written)
    if name is None or len(name) > 253:
        return None
    labels = name.split(".")
    return name if len(labels) > 1 and all(0 < len(label) < 64 for label in labels) else None


def _identity(inputs: SenderInputs) -> tuple[Identity, str, str | None]:
    """Which identity is checked, its local part ("" when unknown), and its domain as written, None when unknown."""
    if inputs.mail_from is None:
        return Identity.MAILFROM, "", None
    if not inputs.mail_from.strip("<> "):
        return Identity.HELO, "postmaster", inputs.helo
    mailbox = inputs.mail_from.strip("<> ")[-MAX_MAILBOX_CHARACTERS:]
    local, _, domain = mailbox.rpartition("@")
    return Identity.MAILFROM, local, domain


def _helo(inputs: SenderInputs) -> str | None:
    """The HELO name in A-labels for %{h}; None when it is unknown or absurd."""
    helo = (inputs.helo or "").strip()
    if not helo or len(helo) > MAX_MAILBOX_CHARACTERS:
        return None
    return helo if helo.isascii() else to_ascii(helo)


def _early_notes(inputs: SenderInputs, identity: Identity, local: str) -> list[Note]:
    notes = []
    if identity is Identity.MAILFROM and not local:
        notes.append(Note("spf.local_part_unknown"))
    if _helo(inputs) is None:
        notes.append(Note("spf.helo_unknown"))
    return notes


def _judged(inputs: SenderInputs, identity: Identity, domain: str, query: TracedQuery, notes: list[Note]) -> SpfCheck:
    """Run the evaluation and write down what came of it."""
    from headerlens.verify.spf_tree import freeze

    result, code, problem = _run(query)
    lookups = _counted(query, code)
    tree = freeze(query.root) if query.root is not None else SpfNode(domain, None, result)
    return SpfCheck(
        inputs,
        result,
        code,
        identity,
        domain,
        matched=query.matched.term.text if query.matched and query.trouble is None else None,
        lookups=lookups,
        void_lookups=query.void_lookups,
        tree=tree,
        problem=domain if code == "spf.none" else problem,
        notes=(*notes, *_late_notes(query, tree)),
    )


def _run(query: TracedQuery) -> tuple[Result, str | None, str | None]:
    """Result, code and problem of the evaluation."""
    try:
        word = str(query.check()[0])
    except (ValueError, LookupError, AssertionError) as slip:
        # pyspf lets these through for input we know no example of; the checks before it take the known ones
        return Result.PERMERROR, "spf.unprocessable", f"{type(slip).__name__}: {slip}"
    result = Result(word)
    if query.trouble is not None:
        return result, query.trouble.code, query.trouble.problem
    return result, None if result is Result.PASS else f"spf.{result.value}", None


def _counted(query: TracedQuery, code: str | None) -> int:
    """The look-ups spent, or those there would be if nothing stopped at the tenth."""
    if code != "spf.too_many_lookups":
        return query.lookups
    from headerlens.verify.spf_counting import count_on

    return count_on(query)


def _late_notes(query: TracedQuery, tree: SpfNode) -> list[Note]:
    """What the evaluation showed besides its result."""
    notes = []
    if query.no_name:
        notes.append(Note("spf.no_name"))
    failure = getattr(query.trouble, "failure", None)
    if failure is not None:
        notes.append(Note("spf.dns", str(failure)))
    deciding = query.matched
    if deciding is not None and deciding.term.kind == "all" and deciding.term.qualifier == "+":
        notes.append(Note("spf.pass_all", deciding.term.text))
    if _uses_ptr(tree):
        notes.append(Note("spf.ptr"))
    return notes


def _uses_ptr(node: SpfNode) -> bool:
    """Whether a ptr term was reached anywhere in the tree."""
    return any(
        (term.kind == "ptr" and term.state is not TermState.NOT_REACHED) or (term.child and _uses_ptr(term.child))
        for term in node.terms
    )
