"""How Django writes and reads days and hours (FORMAT_MODULE_PATH): its own for English are American."""

DATE_FORMAT = SHORT_DATE_FORMAT = "j F Y"  # 27 November 2026
TIME_FORMAT = "H:i"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "j F Y, H:i T"  # 27 November 2026, 14:00 UTC
YEAR_MONTH_FORMAT = "F Y"
MONTH_DAY_FORMAT = "j F"
FIRST_DAY_OF_WEEK = 1  # Monday

# "01/06/2026" is 1 June to some and 6 January to others, so it is not read (tables/day_text.py).
DATE_INPUT_FORMATS = ["%Y-%m-%d", "%d %B %Y", "%d %b %Y"]
DATETIME_INPUT_FORMATS = ["%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%d %H:%M"]
TIME_INPUT_FORMATS = ["%H:%M:%S", "%H:%M:%S.%f", "%H:%M"]
