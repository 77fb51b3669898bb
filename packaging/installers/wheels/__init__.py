"""The wheel and the source distribution."""
