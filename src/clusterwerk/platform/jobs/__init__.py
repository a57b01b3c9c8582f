"""Background jobs: asked for inside a change, done by the worker as the person who asked.

A job commits or rolls back with the change that asked for it. It may be started again, because a
worker may be killed at any moment: its steps commit with their progress, and what it does outside
the database goes through `effects`. The queue holds numbers only, because it has no row policies.

`asking` declares and asks, `progress` is what a job works with, `running` is one attempt, `effects`
what is done outside, `periodic` what runs by the clock.
"""

from clusterwerk.platform.jobs.asking import app, ask, job
from clusterwerk.platform.jobs.models import JobRun
from clusterwerk.platform.jobs.progress import Progress
from clusterwerk.platform.jobs.registry import Job

__all__ = ["Job", "JobRun", "Progress", "app", "ask", "job"]
