"""The texts of --help, which have to agree with the manual page and README."""

OVERVIEW = """\
usage: headerlens [PATH...]                   open the window, with these mails in it
       headerlens check [OPTIONS] [PATH|-]... check in the terminal; "-" reads standard input
       headerlens --sample NAME               open the window with a shipped example
       headerlens --self-test                 verify the shipped examples without a network
       headerlens --version | --help

HeaderLens re-verifies who sent a saved mail (DKIM, SPF, DMARC, ARC) over DNS, sets the result beside
what the receiver recorded, and explains every failure. Nothing but DNS questions leaves the computer.
`headerlens check --help` lists the options of the terminal check.
"""

EXIT_STATUS = """\
exit status:
  0   every message is authenticated (DMARC passes, or an aligned check passes where no policy is published)
  1   at least one message is not authenticated
  2   at least one could not be told (no answer from DNS, headers only, nothing published), none failed
  64  wrong usage    65  not a mail    66  cannot be read
  Of several messages a failed one decides first, then one that could not be taken, then an unclear one.
"""
