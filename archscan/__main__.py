"""``python -m archscan``: the same as the command."""

from archscan.cli import main

if __name__ == "__main__":
    main()
