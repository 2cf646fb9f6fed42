"""Files that hold others: web archives (WARC, WACZ), mailboxes, tables of texts.

`members` gives what is inside one, each with how it got there; nothing is unpacked to the disk.
"""
