"""The bundle and its disk image."""
