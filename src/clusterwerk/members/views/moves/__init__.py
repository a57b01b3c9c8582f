"""The wizard of moving in: files, columns, preview, rehearsal, import, result."""
