"""Pages that print more in a larger installation, each with the reason.

They may take longer in the measure in which they print more, by their bytes, and no longer.
"""

MORE = {
    "portal:home": "prints up to 8 clusters of each theme, 48 on a page, 60 around the ring",
    "portal:sitemap": "names every published cluster",
    "reporting:reading_download": "holds every published figure, as a stream of rows",
}
