"""What other apps may ask of figures and goods; the settings name these modules, so that none imports them."""
