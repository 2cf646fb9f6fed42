"""Publishing: what of a case may leave it, made into a site and files that need no server, and checked before it does."""
