"""The demo: invented people and member organisations around the published figures.

Every row of it is marked, and its organisations have numbers of a range of their own.
"""
