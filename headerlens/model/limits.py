"""What we accept of a mail and of DNS, each number with its reason. A limit reached is a finding, never silence."""

MAX_MESSAGE_OCTETS = 64 * 1024 * 1024
"""Receivers seldom take more than 25-50 MB; above this a file is refused instead of filling the memory."""

MAX_HEADER_OCTETS = 1024 * 1024
"""Real headers stay under 100 kB; a megabyte of header is an attack on every parser behind it."""

MAX_FIELDS = 20_000
"""A field costs an object; the window must stay quick with this many, and no real mail comes near."""

MAX_SIGNATURES_SHOWN = 25
"""RFC 6376 6.1 lets a verifier limit the number; more are counted but not listed."""

MAX_SIGNATURES_CHECKED = 10
"""Each costs a DNS question and a hash of the body; RFC 9990 senders report far fewer."""

MAX_ARC_SETS = 50
"""RFC 8617 4.2.1."""

MAX_RECORDED_FIELDS = 100
"""Authentication-Results fields read; forged mails carry a few, real ones under twenty."""

MAX_RECORDED_TOKENS = 20_000
"""Words, signs and comments read from one recorded field; the longest real one has about 250."""

MAX_HOPS = 200
"""RFC 5321 6.3 expects loops to be cut at about 100 Received fields."""

MAX_COMMENT_DEPTH = 50
"""Nested comments are walked with a counter; deeper ones are a fault (2,000 made a recursive parser crash)."""

MAX_ADDRESSES = 200
"""Mailboxes read from one address field."""

MAX_STRUCTURED_OCTETS = 64 * 1024
"""How far From, Received, Date and their like are read; each word costs an object, and real ones stay under 10 kB."""

RSA_MIN_BITS = 1024
"""RFC 8301 3.2: shorter keys MUST NOT be considered valid."""

RSA_WEAK_BITS = 2048
"""RFC 8301 3.2: signers SHOULD use at least this."""

RSA_MAX_BITS = 16_384
"""A hostile 16,384-bit key held dkimpy for 20 s; OpenSSL refuses larger ones."""

MAX_TXT_OCTETS = 64 * 1024
"""The most a DNS message over TCP can carry."""

DNS_TIMEOUT_SECONDS = 5.0
"""One question: interface.md 4.5."""

DNS_DEADLINE_SECONDS = 20.0
"""All questions of one message together: RFC 7208 4.6.4 asks for at least 20 s."""

DNS_PARALLEL = 32
"""Questions under way at once: the keys and policy walks of eight signers are about that many, and fewer would make
them wait for each other. The forwarders of home routers take 150."""

MAX_QUESTIONS = 300
"""One message may cost this many questions: SPF's worst legal case is about 111, each signature and walk adds 9."""

MAX_FORESEEN = 200
"""Questions asked in advance; SPF's worst legal case fits. What is cut here is asked when a check needs it."""

MAX_ALIASES = 8
"""CNAME links followed; resolvers give up at about this depth."""

SPF_MAX_LOOKUPS = 10
"""RFC 7208 4.6.4."""

SPF_MAX_VOID_LOOKUPS = 2
"""RFC 7208 4.6.4."""

SPF_MAX_TREE_TERMS = 500
"""Terms kept for the picture of an evaluation; a record of 48 kB would otherwise flood it."""

DMARC_MAX_QUERIES = 8
"""RFC 9989 4.10: the most a tree walk may ask."""

CLOCK_SLACK_SECONDS = 300
"""Clocks of mail servers differ; RFC 6376 3.5 allows a slack. Five minutes is what most verifiers take."""

SECOND_OPINION_MAX_OCTETS = 1024 * 1024
"""dkimpy holds the interpreter lock: 25 MB stop the window for half a second (engine.md 2)."""

SECOND_OPINION_MAX_BLANKS = 1000
"""dkimpy is quadratic in a run of blanks: 80,000 take 12 s."""

SECOND_OPINION_MAX_SIGNATURES = 5
"""Its cost grows with the square of the number of signatures."""

SECOND_OPINION_MAX_KEY_BITS = 4096
"""It computes RSA in pure Python."""

MAX_SHOWN_CHARACTERS = 2_000
"""A value longer than this is cut in texts (never an organisation's labels); the evidence keeps the whole."""

MAX_KEYS_TRIED = 5
"""Key records tried at one selector: RFC 6376 3.6.2.2 leaves several undefined, and each costs an RSA operation."""

SPF_MAX_TERM_CHARACTERS = 512
"""A domain name has 253 octets; longer terms only serve to make pyspf's expressions backtrack for minutes."""

SPF_MAX_COUNTED_LOOKUPS = 60
"""After the eleventh look-up the records are only counted on, to name the guilty include; real ones end near 30."""

SPF_MAX_ANSWERS_SHOWN = 60
"""Records kept beside one term: ten mail servers with a few addresses each."""

MAX_MAILBOX_CHARACTERS = 320
"""RFC 5321 4.5.3.1: 64 for the local part, 255 for the domain, and the sign between."""

SECOND_OPINION_MAX_COST = 50_000_000
"""The sum of the squares of all runs of blanks: about 0.2 s of dkimpy's expressions; a 50th of it for fields x h=."""

MAX_DOH_CONNECTIONS = 8
"""Connections to one DNS over HTTPS resolver: HTTP/1.1 carries one question at a time on each, and each costs both
sides a TLS handshake."""

MAX_DOH_OCTETS = 256 * 1024
"""What one HTTP response may bring, fields included; the largest DNS message has 64 kB."""

TELLTALE_SELECTOR_CHARACTERS = 32
"""A selector label longer than this is telling; Amazon's keys, which serve all mails of a domain, have just 32."""

TELLTALE_TOKEN_CHARACTERS = 8
"""A shorter word of an address stands in other names by chance ("news", "info", "mail2024")."""

SECOND_OPINION_MAX_FOLD_COST = 2_000_000_000
"""Octets times lines of each field, added up: dkimpy joins a field line by line, and this takes it about 50 ms; the
longest real field (60 kB in 800 lines) costs a 40th."""

MAX_TAGS = 2_000
"""Tags read from one list; real ones hold about fifteen, and 900,000 empty places took 24 s."""
