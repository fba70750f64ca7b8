"""Article text to mentions, dates, quantities, roles, quotations, deals and keywords."""
