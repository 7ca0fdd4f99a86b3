"""Out of the web: pages fetched politely, and from public addresses only."""
