import type { FactResponse } from "@/lib/api/client.generated";
import type { DocumentPart } from "./documentParts";
import factLists from "./factLists.generated.json";
import { groupFacts } from "./groupFacts";

/** `doubtful` first: those to be reviewed are a section before the others. `document`: as they are on the pages. */
export type FactOrder = "doubtful" | "document";

export type SectionName = "doubtful" | "header" | "parties" | "sums" | "other";

export interface FactSection {
  name: SectionName;
  facts: FactResponse[];
}

const PARTIES = new Set([
  ...["seller", "buyer", "merchant", "party", "sender", "recipient", "address", "ship_to", "carrier"],
  ...["seller_vat_id", "buyer_vat_id", "vat_id", "email", "url", "phone", "account_holder", "signature"],
  ...["employer", "employee", "employer_number", "insurer", "insured", "payer", "payee"],
]);

const SUMS = new Set([
  ...factLists.amounts,
  ...["currency", "cash_discount", "payment_terms", "payment_method", "payment_reference", "iban", "bic"],
]);

/**
 * The facts of a document in sections without empty ones. Less likely values and generic facts are the section `other`,
 * which is closed until it is asked for. A fact that was reviewed stays in its section, so that nothing moves under the hand.
 */
export function factSections(
  part: Pick<DocumentPart, "kind" | "facts">,
  order: FactOrder,
  isShown: (fact: FactResponse) => boolean = () => true,
): FactSection[] {
  const { primary, secondary } = groupFacts(part);
  const isFirst = (fact: FactResponse) => order === "doubtful" && fact.doubtful;
  const sections: FactSection[] = [
    { name: "doubtful", facts: part.facts.filter(isFirst) },
    { name: "header", facts: [] },
    { name: "parties", facts: [] },
    { name: "sums", facts: [] },
    { name: "other", facts: secondary.filter((fact) => !isFirst(fact)) },
  ];
  for (const fact of primary) {
    const name = sectionOf(fact);
    if (!isFirst(fact)) sections.find((section) => section.name === name)?.facts.push(fact);
  }
  return sections
    .map(({ name, facts }) => ({ name, facts: inOrder(facts.filter(isShown), order) }))
    .filter(({ facts }) => facts.length > 0);
}

function sectionOf({ name }: FactResponse): SectionName {
  if (PARTIES.has(name)) return "parties";
  return SUMS.has(name) ? "sums" : "header";
}

/** By place on the pages. Facts without one follow, as the reader lists them. */
function inOrder(facts: FactResponse[], order: FactOrder): FactResponse[] {
  if (order === "doubtful") return facts;
  const place = ({ page, box }: FactResponse) => [
    page ?? Number.MAX_SAFE_INTEGER,
    box?.[1] ?? 0,
    box?.[0] ?? 0,
  ];
  return facts.toSorted((first, second) => {
    const [a, b] = [place(first), place(second)];
    const at = a.findIndex((value, index) => value !== b[index]);
    return at < 0 ? 0 : (a[at] ?? 0) - (b[at] ?? 0);
  });
}

/** Whether a customer still has to look at it. */
export function isToReview({ doubtful, review }: FactResponse): boolean {
  return doubtful && review === null;
}
