"""What whoever watches over the site is told: conditions that need a person, and the mails about them."""
