from factories.english import english

__all__ = ["english"]
