"""The server's back office: processes over a snapshot, or over the store itself, that may be killed at any moment."""
