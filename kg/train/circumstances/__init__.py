"""Annotated articles → weights of what speaks for a date or a place of an event."""
