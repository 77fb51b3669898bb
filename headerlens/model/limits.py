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

MAX_MIME_PARTS = 2_000
"""Parts of one mail that are told apart; a digest of a busy list has about a hundred. What follows is in the last."""

MAX_MIME_DEPTH = 16
"""Parts within parts; forwarded twice with pictures is 8. Each level costs one more search through the octets."""

MAX_MIME_FIELD_OCTETS = 8 * 1024
"""How far Content-Type and Content-Disposition are read; a long Japanese file name in RFC 2231 takes 1 kB."""

MAX_MIME_FIELDS_OCTETS = 2 * 1024 * 1024
"""The same for all parts together: reading costs about a microsecond per sign, and real mails have under 100 kB."""

MAX_SHARED_ANSWERS = 20_000
"""Answers that many messages share; a mailbox of 10,000 mails asks about that many questions, a kilobyte each."""

BATCH_JOBS = 4
"""Messages checked at a time where nobody says otherwise: more gain little and burden the resolver."""

CAUSE_CANDIDATES = 1_500_000
"""Bodies hashed to prove what changed one: a million boundaries of lines take about a second."""

CAUSE_OCTETS = 1_200_000_000
"""Octets hashed for it: SHA-256 takes about a second for so many."""

CAUSE_LINES = 400_000
"""Line boundaries tried from the end of a body on, where footers are: 25 MB of base64 have about 330,000."""

CAUSE_SIGNED_OCTETS = 32
"""With an l= below this a match says little: many texts begin with the same few octets."""

CAUSE_EDITED_OCTETS = 2 * 1024 * 1024
"""Searches that write a body anew do so only up to here; beyond it only added lines are looked for."""

CAUSE_SHOWN_CHANGES = 20
"""Changes of one kind listed one by one; rewritten links come by the hundred and are then told together."""

CAUSE_DEEP_OCTETS = 256 * 1024
"""Pairs of changes are tried for bodies up to here: their number grows with the square of what is in a body."""

MAX_LISTED = 100_000
"""Messages listed from one folder, mailbox or archive; a list of more helps nobody, and each costs half a kilobyte."""

MAX_FOLDER_ENTRIES = 200_000
"""Files and folders looked at in one folder; a Maildir of a busy person has some ten thousand."""

MAX_FOLDER_DEPTH = 16
"""Folders inside folders; Thunderbird and Apple Mail stay under ten."""

MAX_ARCHIVE_MEMBERS = 10_000
"""Members of one zip that are looked at, the first ones; each costs opening, and 100,000 are an attack."""

MAX_ARCHIVE_DIRECTORY_OCTETS = 16 * 1024 * 1024
"""How far the list of members of one zip is read: 10,000 with long names take 2 MB."""

MAX_ARCHIVE_DEPTH = 3
"""Archives inside archives; people send a zip in a zip, a deeper nest only makes unpackers work."""

MAX_UNPACKED_OCTETS = 128 * 1024 * 1024
"""A packed mailbox or inner archive is held in memory while its messages are read; a larger one is to be unpacked."""

MAX_UNPACKED_TOTAL_OCTETS = 2 * 1024 * 1024 * 1024
"""All that is unpacked to list one archive, the inner ones included: about ten seconds of work."""

MAX_PACKED_RATIO = 250
"""Octets out of one packed octet: mails reach 10, one blank picture in a mail may reach this, a bomb has 1,000."""

PACKED_RATIO_FROM_OCTETS = 8 * 1024 * 1024
"""Below this size the ratio is not looked at: a small member can do no harm."""

MAX_ENCRYPTED_OCTETS = 16 * 1024 * 1024
"""The old encryption of zips is undone octet by octet: this much takes about 15 s."""

MAX_MEMBER_NAME = 400
"""Characters kept of a name inside an archive; file systems end at 255."""

MAX_LENGTHS_WRONG = 16
"""Wrong Content-Length fields after which a mailbox is only split by its From_ lines: each costs a search."""

MAX_ATTACHED = 200
"""Mails inside one mail that are listed; the digest of a busy list holds about a hundred."""

# ---- the search for causes in the header: counts, so that the same mail always gives the same answer

CAUSE_HEADER_HASHES = 500_000
"""Header candidates hashed for one RSA signature, whose digest is known: under a second."""

CAUSE_HEADER_VERIFICATIONS = 8_000
"""The same for one Ed25519 signature, where each candidate costs a verification of about 0.12 ms."""

CAUSE_OPTIONS = 3_000
"""Readings of all fields of one name; one fold or two in a list of ten recipients are about 600."""

CAUSE_READINGS = 2_500
"""Readings of one field under c=simple, where each blank may have been a fold."""

CAUSE_SIGNATURES = 5
"""Signatures searched for a cause; what explains the first is tried on the others at once."""

MAX_REPAIR_PLANS = 120
"""Undoings tried on the first octets of a text without a header, singly and together; each takes a few milliseconds."""

MAX_RESTORINGS = 60
"""Undoings and pairs of them that a body hash is asked about; nine are known, and few show traces in one mail."""

MAX_RESTORED_OCTETS = 96 * 1024 * 1024
"""Octets hashed for that in all, each also written once or twice: a few seconds for a hostile mail."""

CAUSE_SHOWN = 500
"""Characters kept of what a changed field said and says; the source view shows the rest."""

MAX_OLE_ENTRIES = 50_000
"""Storages and streams of one .msg: a message with 100 recipients and 50 attachments has about 5,000."""

MAX_CASE_OCTETS = 4 * MAX_MESSAGE_OCTETS
"""A case file holds a message twice at most (as handed over, and repaired) in base64, and its DNS answers."""

MAX_MIME_SEARCHED_OCTETS = 128 * 1024 * 1024
"""Octets searched for delimiters in one mail, all levels together: five times through a mail of 25 MB, a second at
most. Deeper multiparts are left whole."""

MAX_SELECTORS = 40
"""Selectors of one domain asked for by hand or for a service; real domains have about ten."""

MAX_REPORT_TARGETS = 10
"""Report addresses whose permission is asked for; each costs a question, and real records name two or three."""

MAX_MAIL_SERVERS = 20
"""Mail servers of one domain that are looked up; RFC 7208 4.6.4 ends at ten, large providers have five."""

MAX_REPORT_ROWS = 200
"""Rows of one table of a report: a mail with more hops or questions is an attack on whoever prints it."""

MAX_PDF_MESSAGES = 200
"""Messages in one PDF: Qt lays all of it out in memory, a quarter of a second for each."""

CAUSE_EFFORT = 3_400_000_000
"""Nanoseconds, reckoned and not measured, for making the bodies that are hashed: an ordinary mail needs under a
second of them, a hostile one with thousands of links in a dozen texts took a minute."""

MAX_SESSION_OCTETS = 200_000_000
"""Octets of messages that the window's session keeps as they are; mails looked at before are kept compressed. Eight
pastes of 25 MB, or some thousand ordinary mails."""

MAX_FOLLOWED = 60
"""Questions one answer may give rise to in advance: twenty mail servers with two types of address each fit."""

MAX_LISTED_CASE_OCTETS = 2 * MAX_MESSAGE_OCTETS
"""A case file in a folder or archive, where several workers open one each; a larger one is opened by itself."""
