"""Images and scanned pages: decoded, made flat, read by OCR."""
