"""What chart pages need to show another view in place: views of other times, and the figures that views share."""
