"""A case served on an address of this machine: the page and the API over one shelf of atlases."""
