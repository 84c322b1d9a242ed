"""Run the command as `python -m pulumi_daytona.cli`."""

from pulumi_daytona.cli import main

if __name__ == "__main__":
    main()
