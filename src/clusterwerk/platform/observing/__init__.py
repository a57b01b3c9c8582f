"""What an installation tells its keepers: that it lives, that it is ready, figures, lines of a log.

None of it names a person, a cluster or an address: a metric is read by machines of others, and a
log is kept by whoever runs the machine.
"""
