from factories.english import english
from factories.moving import seats, store

__all__ = ["english", "seats", "store"]
