"""The practice server: invented companies on the real platforms' paths, nights that move, and the truth beside them.

``server.serve`` answers with the invented world, ``payloads.serve_payloads`` with a folder of recorded answers.
"""
