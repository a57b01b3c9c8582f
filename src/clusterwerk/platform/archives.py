"""ZIP files that others made."""

import zipfile
import zlib

# What the library raises for one that is damaged, locked, or packed in a way it does not know.
ZIP_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError)
