"""Run the command as `python -m daytona_local`."""

from daytona_local.cli import main

if __name__ == "__main__":
    main()
