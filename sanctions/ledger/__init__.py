"""What the ledger of sanctions derives and checks: where codes stand, which days can be, how caps are said."""
