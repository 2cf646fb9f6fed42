"""How people meet the record: queries, the command line, exports."""
