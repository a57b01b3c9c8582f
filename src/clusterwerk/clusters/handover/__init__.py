"""A cluster goes over to another host, or into another cluster.

Proposed by the cluster or its agency, accepted by the cluster that takes it in, carried out by the
agency on or after its day; each with who and when. It can be rehearsed: everything is really done
and then undone, so that what is told is what would happen. Rooms join with steps of their own.
"""
