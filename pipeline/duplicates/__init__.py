"""One job behind several postings: what is compared, keys that find candidates, and the decision with its reason.

``sighting`` makes what is compared of a posting; ``keys`` gives the numbers under which a database finds candidates by equality;
``deciding`` says which job a new posting belongs to; ``clusters`` does all of it in memory. ``keys`` and ``deciding`` load numpy,
the others do not.
"""
