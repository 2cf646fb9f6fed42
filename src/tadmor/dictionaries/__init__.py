"""Known before reading: actors, sources and their sides, equipment, sites, times, and the gazetteer.

Tables are YAML beside typed loaders; nothing here reads a document's own facts.
"""
