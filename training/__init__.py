"""How the learned reader's network is made: `python -m training` (see `training/README.md`)."""
