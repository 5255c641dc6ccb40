"""DOCX files: their text in reading order, laid out on A4 sheets so that facts have positions.

package     the ZIP archive: its parts by relationship, and the limit of unpacked bytes
body        paragraphs and table rows, tracked changes as accepted
numbering   the numbers that Word prints before headings and list items
maths       equations as one line of text
chart       the figures of charts and the words of diagrams
sheet       laying out lines on sheets, and drawing sheets
"""
