"""What the workers say: python3 -m greeting."""

import os


def greeting(stage: str) -> str:
    """Return what a worker of a stage says."""
    return f"hello from {stage}"


if __name__ == "__main__":
    print(greeting(os.environ["STAGE"]))
