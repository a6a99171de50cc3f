"""`python -m liandong`: the command line without its script."""

from liandong.cli import main

main()
