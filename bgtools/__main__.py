"""The command's way in: python -m bgtools. A Ctrl-C while the commands are imported ends without a word."""

import sys


def main():
    try:
        from bgtools.cli import main as commands
    except KeyboardInterrupt:
        sys.exit(130)
    commands(prog_name="bgdata")


if __name__ == "__main__":
    main()
