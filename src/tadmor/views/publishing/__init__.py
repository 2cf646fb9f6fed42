"""Publishing: what of a case may leave it, as a site and files that need no server, checked before it leaves."""
