"""Labels with their values: pairs of any document, fields of fillable forms, ticked boxes."""
