"""The legal pack of an installation, drafted from its settings, and its log of breaches."""
