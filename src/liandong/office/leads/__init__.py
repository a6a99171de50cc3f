"""Leads: where firms come from, who files them first, what is done by when."""
