"""Builds what people install, and tries it out. Standard library only; tools of the system do the heavy work."""
