"""Who has access: seats that are offered by mail, asked for, changed and taken away.

A seat in a cluster is offered by its manager, one in an agency by its programme manager. A seat of
a member organisation is asked for, by a cluster or by the organisation itself, and given by a
steward. `vouching.py` is where a room above says who speaks for which organisation.
"""
