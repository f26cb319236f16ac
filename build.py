"""This site's program: ``python build.py --help``. Page kinds and filters of its own go here."""

from pathlib import Path

from mujaz import cli

if __name__ == "__main__":
    cli.main(Path(__file__).resolve().parent)
