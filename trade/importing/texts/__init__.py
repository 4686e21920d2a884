"""What the texts of files say, in English, Chinese and Korean: countries, flows, units, periods, headers."""
