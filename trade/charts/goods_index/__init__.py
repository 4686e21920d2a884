"""The index of goods: each section, chapter and heading, with its newest figure and what sanctions say of it today."""
