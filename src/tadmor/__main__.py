"""`python -m tadmor`: the command line where the script is not on the path."""

from tadmor.views.cli import main

main()
