"""``python -m mujaz``: the commands, on the project in this folder."""

from mujaz import cli

if __name__ == "__main__":
    cli.run()
