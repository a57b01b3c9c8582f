"""Exit codes of the command line, the same for every command."""

OK = 0
PROBLEMS = 1  # the command ran and found something wrong (a failed check, an import with errors)
USAGE = 2  # the command was called wrongly; Typer's own code
ENVIRONMENT = 3  # the machine, a setting or the database is not as needed
