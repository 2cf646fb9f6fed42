"""The record for people: pages that work without scripts, and the map."""
