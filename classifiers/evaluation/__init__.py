"""How right the labels are: pure scores over gold and predicted rows."""
