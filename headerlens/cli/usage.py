"""The texts of --help, which have to agree with the manual page and README."""

OVERVIEW = """\
usage: headerlens [PATH...]                   open the window, with these mails in it
       headerlens check [OPTIONS] [PATH|-]... check in the terminal; "-" reads standard input
       headerlens domain [OPTIONS] DOMAIN     the set-up of a sending domain, without a mail
       headerlens --sample NAME               open the window with a shipped example
       headerlens --self-test                 try every part of this installation, without a network
       headerlens --licences                  what the program carries of others, and their terms
       headerlens --version | --help

HeaderLens re-verifies who sent a saved mail (DKIM, SPF, DMARC, ARC) over DNS, sets the result beside
what the receiver recorded, and explains every failure. Nothing but DNS questions leaves the computer.
`headerlens check --help` and `headerlens domain --help` list the options of the terminal.
"""

DOMAIN_EXIT_STATUS = """\
exit status:
  0   nothing has to be mended
  1   something has to be mended or improved
  2   it could not be told: DNS gave no answer, and nothing wrong was found in the others
  64  wrong usage    70  a mistake of the program
"""

EXIT_STATUS = """\
exit status:
  0   every message is authenticated (DMARC passes, or an aligned check passes where no policy is published)
  1   at least one message is not authenticated
  2   at least one could not be told (no answer from DNS, headers only, nothing published), none failed
  64  wrong usage    65  not a mail    66  cannot be read    70  a mistake of the program
  Of several messages a mistake of the program decides first, then a failed one, then one that could
  not be taken, then an unclear one.
"""
