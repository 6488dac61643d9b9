"""The practice server: invented companies on the real platforms' paths, nights that move, and the truth beside them."""
