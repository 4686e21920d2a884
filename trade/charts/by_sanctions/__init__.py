"""Trade against the rules: what was traded, split by what sanctions say of it, under the rules of then or of today."""
