"""How long a silent worker counts as alive: said once, for the worker and for the task that takes over its jobs."""

HEARTBEAT_SECONDS = 5
DEAD_AFTER_SECONDS = 20
