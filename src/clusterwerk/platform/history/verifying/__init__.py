"""Whether the history is still what was sealed.

Computed here and not in the database, from the plain tables: whoever could change the functions
that seal could change functions that verify. It needs the owner's role, because it reads the
events of everybody, and one snapshot.
"""

from clusterwerk.platform.history.verifying.faults import Fault, Verification
from clusterwerk.platform.history.verifying.verify import snapshot, verify

__all__ = ["Fault", "Verification", "snapshot", "verify"]
