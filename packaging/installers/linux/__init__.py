"""The .deb and the AppImage."""
