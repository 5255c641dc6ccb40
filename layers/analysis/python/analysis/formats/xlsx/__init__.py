"""Read spreadsheets: the visible sheets as rows of cells.

number_format   which formats are dates, and how numbers are shown
workbook        the rows of a file
"""
