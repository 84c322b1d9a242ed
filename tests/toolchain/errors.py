"""What can go wrong while an engine or an SDK is put in place."""


class EngineError(Exception):
    """An engine can't be had this way; the message is one line that says why and what to do."""


class MissingError(Exception):
    """Something that is needed isn't on this machine; the message is one line that says what."""


class SdkError(Exception):
    """An SDK or a program of it can't be made; the message says why."""
