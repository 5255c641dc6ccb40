"""DOCX files: their text in reading order, set on A4 sheets so that a fact has a place.

package     the ZIP archive: its parts, found by relationship, and how much they unpack to
body        paragraphs and table rows, tracked changes as accepted
numbering   the numbers that Word prints before headings and list items
maths       equations on one line
chart       the figures of charts and the words of diagrams
sheet       lines set on sheets, and sheets drawn
"""
