"""HeaderLens re-verifies who sent a mail and explains every failure."""

__version__ = "0.1.0"
