"""Benchmarks: each figure is a median beside a limit or a rival measured in the same run."""
