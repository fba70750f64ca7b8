"""Deals: one row for each agreement, project, institution, investment, purchase and loan of an article."""
