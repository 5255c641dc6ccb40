"""A file within another one, such as an attachment of an e-mail."""

from dataclasses import dataclass

from analysis.model.fact import Fact, LineItem


@dataclass(frozen=True, slots=True, kw_only=True)
class Content:
    """The pages from `first_page` on that a file within a file has.

    `facts` and `line_items` are those that its embedded data states.
    """

    title: str | None
    kind_of_file: str
    first_page: int
    page_count: int
    facts: tuple[Fact, ...] = ()
    line_items: tuple[LineItem, ...] = ()

    @property
    def pages(self) -> range:
        """The numbers of its pages in the whole document, from 0."""
        return range(self.first_page, self.first_page + self.page_count)
