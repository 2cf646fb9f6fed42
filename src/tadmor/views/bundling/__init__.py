"""Proof bundles: a finding, a place or a whole case with all it rests on, in one file that anyone can check offline.

`bundle.write` makes one. What goes in is told in `docs/formats.md`, what it shows in `docs/custody.md`; `verifier` is
the stand-alone program that checks it.
"""
