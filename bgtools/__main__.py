"""`python -m bgtools`: the commands, where the script `bgdata` is not on the path."""

from bgtools.cli import main

if __name__ == "__main__":
    main(prog_name="bgdata")
