"""What ends a back-up or a restore, with a sentence for whoever runs it."""

from clusterwerk.platform.postgres.errors import ServerError


class BackupError(ServerError):
    """The file, the key or the installation is not as needed; nothing was changed."""
