"""Mail that finds its way onto timelines.

`parsing` reads one message with `parts`, `headers`, `plain` (text out of HTML), `forwarded` and
`moments` (dates as mail programs write them); `quoting` folds what was said before. `addresses`
keeps the secret address of a team, `arriving` takes a message in, `matching` says whom it is with,
`filing` is what a person does in the tray, `folder` picks mail up from a folder.
"""
