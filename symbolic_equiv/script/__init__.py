"""The proof-script language: a claim, and for each line of its proof the rule and the reason."""
