"""The report as PDF, for reading and printing: page images beside their facts.

the order        a summary of its documents with the first page of each, the files that were not
                 read, totals, contradictions, dates
each document    its kind and summary, then page by page the image with numbered frames, and
                 beside it the facts with those numbers
"""

from analysis.report.pdf.template import as_pdf

__all__ = ["as_pdf"]
