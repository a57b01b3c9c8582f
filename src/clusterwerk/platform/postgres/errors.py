"""What can go wrong between the program and its database server, told to a person."""


class ServerError(Exception):
    """The server cannot be used; the message says why and what to do."""
