"""The preview: the site as it will be on GitHub Pages, built again at each save.

Two processes. One serves: it watches the sources (``watching``), answers the browser (``serving``) and
is always there. The other builds (``building``), at the first one's word (``workshop``): no request
waits for it, never do two builds run at once, and a new ``build.py`` means a new process.
"""
