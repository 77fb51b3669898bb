"""The installer and the MSI: Python's own files, our launchers, and what packs them."""
