"""Who can see what of a cluster: by kind of data, by name, and through their eyes."""
