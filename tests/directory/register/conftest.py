from factories.english import english
from factories.register_extracts import own_folder

__all__ = ["english", "own_folder"]
