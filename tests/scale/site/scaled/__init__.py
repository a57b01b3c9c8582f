"""Pages and a job that exist for the tests of several processes alone."""
