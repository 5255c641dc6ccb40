/** A page that names the operator. `{{…}}` are filled when the site is published. */
export interface LegalPage {
  title: string;
  description: string;
  sections: { title: string; paragraphs: string[] }[];
}

/** The pages that the law asks for. A paragraph whose value a stage does not have is empty, and left out. */
export interface LegalTexts {
  noOperator: string;
  represented: string;
  vatId: string;
  mail: string;
  imprint: LegalPage;
  privacy: LegalPage;
  terms: LegalPage;
  refunds: LegalPage;
}
