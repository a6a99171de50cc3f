"""Events: invitations, wishes, schedules, the day, signing, follow-up."""
